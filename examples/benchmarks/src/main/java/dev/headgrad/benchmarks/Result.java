package dev.headgrad.benchmarks;

import org.jspecify.annotations.Nullable;

/**
 * What came of a program on one entrant: measurements, or the reason why there are none.
 *
 * @param series the measurements
 * @param failure the reason
 */
record Result(@Nullable Series series, @Nullable String failure) {

  static Result of(Series series) {
    return new Result(series, null);
  }

  static Result failed(String reason) {
    return new Result(null, reason);
  }
}
