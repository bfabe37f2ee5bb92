package dev.headgrad;

import ai.djl.ndarray.NDArray;
import dev.headgrad.djl.Autograd;
import java.util.function.UnaryOperator;

/** Elementwise functions with corners and steps, and MXNet's derivatives there. */
final class Kinks {
  private Kinks() {}

  /** A function whose derivative is 0 wherever there is one. */
  static NDArray flat(NDArray x, UnaryOperator<NDArray> function) {
    return reaching(function.apply(x), x);
  }

  /**
   * The values of steps, with the gradient 0 for what they were computed from, also where the
   * engine does not record steps.
   */
  static NDArray reaching(NDArray steps, NDArray... sources) {
    if (Autograd.isRecorded(steps)) {
      return steps;
    }
    NDArray result = steps;
    for (NDArray x : sources) {
      if (Autograd.isRecorded(x)) {
        NDArray zero = Select.where(x.neq(x).logicalAnd(x.eq(x)), x, 0).sum();
        result = result.add(zero.toType(result.getDataType(), false));
      }
    }
    return result;
  }

  static NDArray relu(NDArray x) {
    return Select.where(x.lte(0), 0, x);
  }

  /** -1, 0 or 1; 0 for NaN. */
  static NDArray sign(NDArray x) {
    return flat(x, a -> Elementary.truth(a.gt(0), a).sub(Elementary.truth(a.lt(0), a)));
  }

  /** Halves go away from 0. */
  static NDArray round(NDArray x) {
    NDArray constant = x.stopGradient();
    return reaching(constant.abs().add(0.5).floor().mul(constant.sign()), x);
  }

  /** Halves go down. */
  static NDArray rint(NDArray x) {
    return flat(
        x,
        a -> {
          NDArray below = a.floor();
          NDArray above = a.ceil();
          return Select.where(a.sub(below).lte(above.sub(a)), below, above);
        });
  }

  static NDArray clip(NDArray x, Number low, Number high) {
    Number from = Elementary.scalar(x, low);
    Number to = Elementary.scalar(x, high);
    return Select.where(x.lt(from), from, Select.where(x.gt(to), to, x));
  }

  static NDArray hardSigmoid(NDArray x, double alpha, double beta) {
    NDArray line = Elementary.mul(x, alpha).add(beta);
    return Select.where(line.lte(0), 0, Select.where(line.gte(1), 1, line));
  }

  static NDArray smoothL1(NDArray x, double s) {
    double square = s * s;
    NDArray inner = Elementary.mul(x.square(), square / 2);
    NDArray outer = x.abs().sub(0.5 / square);
    return Select.where(x.abs().lt(1 / square), inner, outer);
  }
}
