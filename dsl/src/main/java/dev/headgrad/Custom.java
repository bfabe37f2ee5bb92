package dev.headgrad;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * Operations whose gradient is stated rather than derived, for those where engines differ from
 * MXNet or from each other.
 */
final class Custom {
  private Custom() {}

  /** The gradient of a function of one array. */
  @FunctionalInterface
  interface Rule {
    /** The gradient for x, given the gradient for y = f(x), of x's shape. */
    NDArray gradient(NDArray head, NDArray x, NDArray y);
  }

  /** The gradients of a function of several arrays. */
  @FunctionalInterface
  interface Rules {
    /** A gradient for each input, given the gradient for the result. */
    NDList gradients(NDArray head, NDList inputs, NDArray y);
  }

  static NDArray apply(NDArray x, UnaryOperator<NDArray> value, Rule rule) {
    return apply(
        new NDList(x),
        inputs -> value.apply(inputs.get(0)),
        (head, inputs, y) -> new NDList(rule.gradient(head, inputs.get(0), y)));
  }

  static NDArray apply(NDList inputs, Function<NDList, NDArray> value, Rules rules) {
    return value.apply(inputs);
  }
}
