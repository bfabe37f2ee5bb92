package dev.headgrad.conformance;

import static org.junit.jupiter.api.Assertions.fail;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.function.Executable;

/** The cases in which an engine differs, each with its reason: {@code engine | case | reason}. */
final class Differences {

  /** Cases where MXNet fails and headgrad, on purpose, gives the right answer: D12, D13, D14. */
  static final List<String> RIGHT_WHERE_MXNET_FAILS = List.of("batch_take");

  private final Map<String, String> reasons = new HashMap<>();

  private Differences() {}

  static Differences of(String engine) {
    Differences differences = new Differences();
    try (BufferedReader in =
        new BufferedReader(
            new InputStreamReader(
                Differences.class.getResourceAsStream("engine-differences.txt"),
                StandardCharsets.UTF_8))) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        String[] parts = line.split("\\|", 3);
        if (!line.startsWith("#") && parts.length == 3) {
          String where = parts[0].strip();
          if (where.equals("*") || where.equals(engine)) {
            differences.reasons.put(parts[1].strip(), parts[2].strip());
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return differences;
  }

  /** Runs a case; one that is listed must fail. */
  void check(String name, Executable test) throws Throwable {
    String reason = reasons.get(name);
    if (reason == null) {
      test.execute();
      return;
    }
    try {
      test.execute();
    } catch (AssertionError | RuntimeException e) {
      return;
    }
    fail(name + " passes, but is listed as differing: " + reason);
  }
}
