package dev.headgrad;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;

/** Powers and remainders. */
final class Powers {
  private Powers() {}

  static NDArray pow(NDArray base, NDArray exponent) {
    return Elementary.check(base, exponent).pow(exponent);
  }

  static NDArray pow(NDArray base, Number exponent) {
    if (exponent.doubleValue() == 0) {
      return Kinks.flat(base, NDArray::onesLike);
    }
    Number scalar = Elementary.scalar(base, exponent);
    return EngineGaps.borrowsBuffers(base.getManager())
        ? base.pow(Elementary.constant(base, scalar))
        : base.pow(scalar);
  }

  /**
   * The remainder with the sign of b, 0 where b is; the derivatives are 1 and -floor(a / b), of
   * integers 0.
   */
  static NDArray mod(NDArray a, NDArray b) {
    Elementary.check(a, b);
    if (EngineGaps.hasMxNetRemainder(a)) {
      return a.mod(b);
    }
    if (!a.getDataType().isFloating()) {
      return Kinks.reaching(a.stopGradient().mod(b.stopGradient()), a, b);
    }
    Shape shape = Shapes.broadcast(a.getShape(), b.getShape());
    return Custom.apply(
        Select.to(a, shape),
        Select.to(b, shape),
        (x, y) -> Select.where(y.eq(0), 0, x.mod(y)),
        (head, x, y) -> new NDList(head, x.div(y).floor().neg().mul(head)));
  }

  static NDArray hypot(NDArray a, NDArray b) {
    return Elementary.check(a, b).square().add(b.square()).sqrt();
  }
}
