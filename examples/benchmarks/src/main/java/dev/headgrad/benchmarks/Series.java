package dev.headgrad.benchmarks;

import java.util.Arrays;

/** Measurements of one thing, one per round. */
final class Series {

  private final double[] values;

  /**
   * Measurements.
   *
   * @param values at least one, in the order of the rounds
   */
  Series(double... values) {
    if (values.length == 0) {
      throw new IllegalArgumentException("a series has at least one value");
    }
    this.values = values.clone();
  }

  /** The measurements, in the order of the rounds. */
  double[] values() {
    return values.clone();
  }

  /** The middle value, or the mean of the two in the middle. */
  double median() {
    return quantile(0.5);
  }

  /** Half the distance of the quartiles, as a fraction of the median. */
  double spread() {
    return (quantile(0.75) - quantile(0.25)) / (2 * median());
  }

  /** The value below which a fraction of the values lie, interpolated linearly. */
  double quantile(double fraction) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    double position = fraction * (sorted.length - 1);
    int below = (int) position;
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
  }

  /** The geometric mean of positive numbers, NaN if there are none. */
  static double geometricMean(double... numbers) {
    return Math.exp(Arrays.stream(numbers).map(Math::log).average().orElse(Double.NaN));
  }
}
