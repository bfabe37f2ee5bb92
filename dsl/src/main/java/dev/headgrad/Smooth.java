package dev.headgrad;

import ai.djl.ndarray.NDArray;
import java.util.function.UnaryOperator;

/**
 * Elementwise functions that DJL does not have, composed of those it has so that value and gradient
 * are accurate on the whole domain.
 */
final class Smooth {
  private Smooth() {}

  /**
   * An accurate value with the derivatives, of any order, of an expression for the same function
   * that is less accurate but has accurate derivatives.
   */
  private static NDArray corrected(NDArray expression, NDArray accurate) {
    NDArray rough = expression.stopGradient();
    NDArray error = Select.where(accurate.eq(rough), 0, accurate.sub(rough)); // no inf - inf
    return expression.add(error.stopGradient());
  }

  /** log(1 + x): the rounding error of 1 + x is divided out (Kahan). */
  static NDArray log1p(NDArray x) {
    NDArray constant = x.stopGradient();
    NDArray sum = constant.add(1);
    NDArray exact = sum.eq(1).logicalOr(sum.sub(1).eq(sum)); // no 0 / 0 and no inf / inf
    NDArray part = Select.where(exact, 1, sum.sub(1));
    NDArray accurate =
        Select.where(sum.eq(1), constant, sum.log().mul(ratio(constant, part, exact)));
    return corrected(x.add(1).log(), accurate);
  }

  private static NDArray ratio(NDArray x, NDArray part, NDArray exact) {
    return Select.where(exact, 1, x.div(part));
  }

  /** The inverse hyperbolic sine: log(x + sqrt(x² + 1)) right of 0, mirrored to the left of it. */
  static NDArray arcsinh(NDArray x) {
    return orElse(
        x,
        NDArray::asinh,
        a -> {
          NDArray left = a.lt(0);
          NDArray size = Select.where(left, a.neg(), a);
          NDArray root = size.square().add(1).sqrt();
          NDArray constant = size.stopGradient();
          NDArray small = constant.square().div(root.stopGradient().add(1));
          NDArray value = corrected(size.add(root).log(), log1p(constant.add(small)));
          return Select.where(left, value.neg(), value);
        });
  }

  /** The inverse hyperbolic cosine: log(x + sqrt(x² - 1)). */
  static NDArray arccosh(NDArray x) {
    return orElse(
        x,
        NDArray::acosh,
        a -> {
          NDArray root = a.sub(1).sqrt().mul(a.add(1).sqrt());
          NDArray constant = a.stopGradient().sub(1);
          return corrected(a.add(root).log(), log1p(constant.add(root.stopGradient())));
        });
  }

  /** The inverse hyperbolic tangent: half of log(1 + x) - log(1 - x). */
  static NDArray arctanh(NDArray x) {
    return orElse(x, NDArray::atanh, a -> Elementary.mul(log1p(a).sub(log1p(a.neg())), 0.5));
  }

  /** The engine's own function, or, as PyTorch has some of them not in DJL, another expression. */
  private static NDArray orElse(
      NDArray x, UnaryOperator<NDArray> function, UnaryOperator<NDArray> expression) {
    try {
      return function.apply(x);
    } catch (UnsupportedOperationException e) {
      return expression.apply(x);
    }
  }

  /** exp(x) - 1: near 0 as 2 sinh(x / 2) exp(x / 2), which does not cancel. */
  static NDArray expm1(NDArray x) {
    NDArray near = x.abs().lt(1);
    NDArray half = Elementary.mul(Select.where(near, x, 0), 0.5);
    NDArray precise = Elementary.mul(half.sinh().mul(half.exp()), 2);
    return Select.where(near, precise, x.exp().sub(1));
  }

  /** The real cube root; its derivative at 0 is infinite. */
  static NDArray cbrt(NDArray x) {
    NDArray negative = x.lt(0);
    NDArray root = Powers.pow(Select.where(negative, x.neg(), x), 1.0 / 3);
    return Select.where(negative, root.neg(), root);
  }

  /** exp(gammaln(x)), negative between -1 and 0, -3 and -2, and so on; NaN at -1, -2, ... */
  static NDArray gamma(NDArray x) {
    NDArray below = x.floor();
    NDArray pole = x.lt(0).logicalAnd(below.eq(x));
    NDArray odd = x.lt(0).logicalAnd(below.mod(2).neq(0));
    NDArray magnitude = x.gammaln().exp();
    NDArray value = Select.where(odd, magnitude.neg(), magnitude);
    NDArray undefined = Select.where(pole, x, 1).sqrt();
    return Select.where(pole, undefined, value);
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
    NDArray series = Elementary.mul(r, 1.0 / 132).sub(1.0 / 240).mul(r).add(1.0 / 252);
    series = series.mul(r).sub(1.0 / 120).mul(r).add(1.0 / 12).mul(r);
    NDArray right = w.log().sub(Elementary.rdiv(w, 0.5)).sub(series).sub(steps);
    NDArray angle = Elementary.mul(Select.where(reflected, x, 0.25), Math.PI);
    return Select.where(reflected, right.sub(Elementary.rdiv(angle.tan(), Math.PI)), right);
  }
}
