package dev.headgrad.benchmarks;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.SplittableRandom;

/** Arrays with the same numbers on every engine. */
final class Data {

  private static final long SEED = 20;

  private Data() {}

  /** Uniform between -1 and 1. */
  static NDArray uniform(NDManager manager, long... shape) {
    SplittableRandom random = new SplittableRandom(SEED);
    Shape dimensions = new Shape(shape);
    float[] values = new float[Math.toIntExact(dimensions.size())];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (2 * random.nextDouble() - 1);
    }
    return manager.create(values, dimensions);
  }

  /** Whole numbers from 0 to below a bound, as floats: the labels of a batch. */
  static NDArray labels(NDManager manager, int count, int bound) {
    SplittableRandom random = new SplittableRandom(SEED);
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = random.nextInt(bound);
    }
    return manager.create(values);
  }

  /** Row numbers from 0 to below a bound. */
  static NDArray rows(NDManager manager, int count, int bound) {
    SplittableRandom random = new SplittableRandom(SEED);
    long[] values = new long[count];
    for (int i = 0; i < count; i++) {
      values[i] = random.nextInt(bound);
    }
    return manager.create(values);
  }
}
