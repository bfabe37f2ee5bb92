package dev.headgrad.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** This process's memory, as Linux counts it. */
final class Memory {

  private Memory() {}

  /**
   * Bytes of an entry of {@code /proc/self/status}.
   *
   * @param entry {@code VmRSS} for what is resident now, {@code VmHWM} for the most there was
   * @throws IOException where there is no such file, or no such entry
   */
  static long status(String entry) throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
      if (line.startsWith(entry + ":")) {
        return 1024 * Long.parseLong(line.replaceAll("[^0-9]", ""));
      }
    }
    throw new IOException("/proc/self/status has no " + entry);
  }
}
