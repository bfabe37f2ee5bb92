package dev.headgrad.tape;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/** A list of exceptions beside a test: lines of {@code name | reason}. */
public final class Reasons {

  private Reasons() {}

  /** The names of a list and their reasons. */
  public static Map<String, String> of(Class<?> test, String list) throws IOException {
    Map<String, String> reasons = new TreeMap<>();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(test.getResourceAsStream(list), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String[] entry = line.split("\\|");
        reasons.put(entry[0].strip(), entry[1].strip());
      }
    }
    return reasons;
  }
}
