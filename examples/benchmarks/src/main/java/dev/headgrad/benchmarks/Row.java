package dev.headgrad.benchmarks;

import java.util.EnumMap;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * One line of the table: a program on every entrant.
 *
 * @param id what the command line calls it
 * @param title what the table calls it
 * @param unit of the measurements; less is better
 * @param goal the ratios it is meant to reach
 * @param bound the limit of the machine that the program meets, if that is known
 * @param results by entrant
 */
record Row(
    String id,
    String title,
    Unit unit,
    Goal goal,
    @Nullable Bound bound,
    Map<Entrant, Result> results) {

  /** What is measured, and how the table shows it. */
  enum Unit {
    /** Nanoseconds, shown as microseconds. */
    TIME("µs", 1e3),
    /** Nanoseconds, shown as milliseconds. */
    LONG_TIME("ms", 1e6),
    /** Bytes, shown as binary megabytes. */
    MEMORY("MiB", 1 << 20);

    private final String symbol;
    private final double scale;

    Unit(String symbol, double scale) {
      this.symbol = symbol;
      this.scale = scale;
    }

    /** The unit that is shown. */
    String symbol() {
      return symbol;
    }

    /** A measurement in the unit that is shown. */
    double shown(double measured) {
      return measured / scale;
    }
  }

  Row {
    results = new EnumMap<>(results);
  }

  /** The measurements of an entrant, if it has any. */
  @Nullable Series series(Entrant entrant) {
    Result result = results.get(entrant);
    return result == null ? null : result.series();
  }

  /** How many times as much one entrant takes as another; empty unless both have measurements. */
  OptionalDouble ratio(Entrant slow, Entrant fast) {
    Series numerator = series(slow);
    Series denominator = series(fast);
    return numerator == null || denominator == null
        ? OptionalDouble.empty()
        : OptionalDouble.of(numerator.median() / denominator.median());
  }
}
