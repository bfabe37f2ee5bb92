package dev.headgrad;

import ai.djl.ndarray.NDArray;

/**
 * Elementwise functions that DJL does not have, composed of those it has so that value and gradient
 * are accurate on the whole domain.
 */
final class Smooth {
  private Smooth() {}

  /** log(1 + x): near 0 as 2 artanh(x / (2 + x)), which does not cancel. */
  static NDArray log1p(NDArray x) {
    NDArray near = x.abs().lt(0.5);
    NDArray small = Select.where(near, x, 0);
    NDArray precise = small.div(small.add(2)).atanh().mul(2);
    return Select.where(near, precise, x.add(1).log());
  }

  /** exp(x) - 1: near 0 as 2 sinh(x / 2) exp(x / 2), which does not cancel. */
  static NDArray expm1(NDArray x) {
    NDArray near = x.abs().lt(1);
    NDArray half = Select.where(near, x, 0).div(2);
    NDArray precise = half.sinh().mul(half.exp()).mul(2);
    return Select.where(near, precise, x.exp().sub(1));
  }

  /** The real cube root; its derivative at 0 is infinite. */
  static NDArray cbrt(NDArray x) {
    NDArray negative = x.lt(0);
    NDArray root = Select.where(negative, x.neg(), x).pow(1.0 / 3);
    return Select.where(negative, root.neg(), root);
  }

  /** exp(gammaln(x)), negative between -1 and 0, -3 and -2, and so on. */
  static NDArray gamma(NDArray x) {
    NDArray odd = x.lt(0).logicalAnd(x.floor().mod(2).neq(0));
    NDArray magnitude = x.gammaln().exp();
    return Select.where(odd, magnitude.neg(), magnitude);
  }

  /**
   * The logarithmic derivative of gamma: six steps of its recurrence, then its asymptotic series
   * (Abramowitz and Stegun 6.3.5, 6.3.18); left of 1/2 by reflection (6.3.7).
   */
  static NDArray digamma(NDArray x) {
    NDArray reflected = x.lt(0.5);
    NDArray z = Select.where(reflected, x.neg().add(1), x);
    NDArray steps = Elementary.rdiv(z, 1);
    for (int k = 1; k < 6; k++) {
      steps = steps.add(Elementary.rdiv(z.add(k), 1));
    }
    NDArray w = z.add(6);
    NDArray r = Elementary.rdiv(w.square(), 1);
    // 1/12 - r/120 + r^2/252 - r^3/240 + r^4/132
    NDArray series = r.mul(1.0 / 132).sub(1.0 / 240).mul(r).add(1.0 / 252);
    series = series.mul(r).sub(1.0 / 120).mul(r).add(1.0 / 12).mul(r);
    NDArray right = w.log().sub(Elementary.rdiv(w, 0.5)).sub(series).sub(steps);
    NDArray angle = Select.where(reflected, x, 0.25).mul(Math.PI);
    return Select.where(reflected, right.sub(Elementary.rdiv(angle.tan(), Math.PI)), right);
  }
}
