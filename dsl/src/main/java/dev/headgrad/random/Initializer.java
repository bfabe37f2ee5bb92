package dev.headgrad.random;

import ai.djl.ndarray.types.Shape;

/** A rule by which MXNet gives a weight its first values; see {@link Initializers}. */
public interface Initializer {
  /**
   * The first values of a float32 weight.
   *
   * @param shape the weight's shape
   * @param random where random numbers are drawn from
   * @return the values in row-major order
   * @throws IllegalArgumentException if the rule does not apply to the shape
   */
  float[] init(Shape shape, MxRandom random);

  /**
   * The first values of a float64 weight, for which MXNet draws other numbers.
   *
   * @param shape the weight's shape
   * @param random where random numbers are drawn from
   * @return the values in row-major order
   * @throws IllegalArgumentException if the rule does not apply to the shape
   */
  double[] init64(Shape shape, MxRandom random);
}
