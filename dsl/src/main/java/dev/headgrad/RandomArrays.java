package dev.headgrad;

import ai.djl.ndarray.types.Shape;

/**
 * Random arrays: MXNet's {@code nd.random}, drawing MXNet's own streams of numbers on every engine.
 */
public final class RandomArrays {
  private final MX mx;

  RandomArrays(MX mx) {
    this.mx = mx;
  }

  /** Starts the stream anew: {@code mx.random.seed}. */
  public void seed(long seed) {
    mx.sampler().seed(seed);
  }

  /** Normally distributed float32 numbers. */
  public Tensor normal(double loc, double scale, long... shape) {
    Shape dims = new Shape(shape);
    return mx.nd()
        .array(mx.sampler().normal((float) loc, (float) scale, (int) dims.size()))
        .reshape(dims);
  }
}
