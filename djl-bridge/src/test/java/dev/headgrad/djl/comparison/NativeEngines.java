package dev.headgrad.djl.comparison;

import java.util.Arrays;
import java.util.List;

/**
 * The native engines that the platform of the build has, as system property headgrad.natives says.
 */
final class NativeEngines {

  private NativeEngines() {}

  static List<String> available() {
    return Arrays.stream(System.getProperty("headgrad.natives", "MXNet,PyTorch").split(","))
        .filter(engine -> !engine.equals("JavaTape"))
        .toList();
  }
}
