package dev.headgrad.examples;

import dev.headgrad.Nd;
import dev.headgrad.Tensor;

/**
 * A seeded stand-in for a labelled image set: ten random templates plus noise.
 *
 * @param pixels of shape (n, 1, 28, 28)
 * @param labels of shape (n)
 */
record Images(Tensor pixels, Tensor labels) {

  private static final int SIZE = 28;

  static Images of(Nd nd, int n, double noise) {
    Tensor templates = nd.random.uniform(0, 1, 10, SIZE, SIZE).gt(0.7);
    Tensor labels = nd.arange(n).rem(10);
    Tensor noisy =
        nd.take(templates, labels).plus(nd.random.normal(0, 1, n, SIZE, SIZE).times(noise));
    return new Images(noisy.reshape(n, 1, SIZE, SIZE), labels);
  }
}
