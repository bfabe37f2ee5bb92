package dev.headgrad.benchmarks;

/**
 * How many times as fast as the natives JavaTape is meant to be: the least ratios of a native's
 * median to JavaTape's.
 *
 * @param mxnet against MXNet
 * @param pytorch against PyTorch
 */
record Goal(double mxnet, double pytorch) {
  /** Operations on a few elements, and small programs made of them. */
  static final Goal TINY = new Goal(30, 10);

  /** Everything that is bound by memory, and whole networks. */
  static final Goal FASTER = new Goal(1, 1);

  /** Matrix products. */
  static final Goal PRODUCT = new Goal(3, 1);

  /** A training step of a multilayer perceptron. */
  static final Goal PERCEPTRON = new Goal(1.5, 1.2);

  /** From the start of the process to the first gradient. */
  static final Goal START = new Goal(3, 3);

  /** The geometric mean of all programs. */
  static final Goal MEAN = new Goal(10, 3);
}
