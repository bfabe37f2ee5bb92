package dev.headgrad;

import ai.djl.ndarray.NDArray;

/** Powers and remainders. */
final class Powers {
  private Powers() {}

  static NDArray pow(NDArray base, NDArray exponent) {
    return Elementary.check(base, exponent).pow(exponent);
  }

  static NDArray pow(NDArray base, Number exponent) {
    return exponent.doubleValue() == 0
        ? Kinks.flat(base, NDArray::onesLike)
        : base.pow(Elementary.scalar(base, exponent));
  }

  static NDArray mod(NDArray a, NDArray b) {
    return Elementary.check(a, b).mod(b);
  }

  static NDArray hypot(NDArray a, NDArray b) {
    return Elementary.check(a, b).square().add(b.square()).sqrt();
  }
}
