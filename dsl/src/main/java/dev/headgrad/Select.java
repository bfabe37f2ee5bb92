package dev.headgrad;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;

/**
 * Choosing between arrays. The gradient of the branch not taken is 0 whatever the head is, which
 * makes {@code where} the way to state a derivative at a kink.
 */
final class Select {
  private Select() {}

  /** {@code a} where the condition is true (or not 0), else {@code b}; all three are broadcast. */
  static NDArray where(NDArray condition, NDArray a, NDArray b) {
    Shapes.sameDtype(a, b);
    Shape shape =
        Shapes.broadcast(condition.getShape(), Shapes.broadcast(a.getShape(), b.getShape()));
    NDArray truth = condition.getDataType() == DataType.BOOLEAN ? condition : condition.neq(0);
    return to(a, shape).getNDArrayInternal().where(to(truth, shape), to(b, shape));
  }

  /** {@code a} where the condition is true, else {@code b} everywhere. */
  static NDArray where(NDArray condition, NDArray a, Number b) {
    return where(condition, a, full(a, b));
  }

  /** {@code a} everywhere where the condition is true, else {@code b}. */
  static NDArray where(NDArray condition, Number a, NDArray b) {
    return where(condition, full(b, a), b);
  }

  /** An array like {@code like}, filled with a value. */
  static NDArray full(NDArray like, Number value) {
    return Elementary.full(like, like.getShape(), value);
  }

  /** The array broadcast to a shape. */
  static NDArray to(NDArray x, Shape shape) {
    return x.getShape().equals(shape) ? x : x.broadcast(shape);
  }

  /** The larger one of each pair; of two equal ones the gradient goes to {@code a}. */
  static NDArray maximum(NDArray a, NDArray b) {
    return choose(a.gte(b), b.gt(a), a, b);
  }

  /** The smaller one of each pair; of two equal ones the gradient goes to {@code a}. */
  static NDArray minimum(NDArray a, NDArray b) {
    return choose(a.lte(b), b.lt(a), a, b);
  }

  /** {@code a} where it is chosen, {@code b} where that is chosen, else NaN with gradient 0. */
  private static NDArray choose(NDArray takeA, NDArray takeB, NDArray a, NDArray b) {
    if (!a.getDataType().isFloating()) {
      return where(takeA, a, b);
    }
    NDArray nan = Elementary.constant(a, Float.NaN);
    return where(takeA, a, where(takeB, b, nan));
  }
}
