package dev.headgrad;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import dev.headgrad.djl.Function;
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

  /** A call of a function with a rule. */
  private static final class Call extends Function {
    private final UnaryOperator<NDArray> value;
    private final Rule rule;

    Call(UnaryOperator<NDArray> value, Rule rule) {
      this.value = value;
      this.rule = rule;
    }

    @Override
    protected NDList forward(NDList inputs) {
      NDArray y = value.apply(inputs.get(0));
      saveForBackward(inputs.get(0), y);
      return new NDList(y);
    }

    @Override
    protected NDList backward(NDList outputGradients) {
      NDArray x = savedTensors().get(0);
      NDArray y = savedTensors().get(1);
      return new NDList(rule.gradient(outputGradients.get(0), x, y));
    }
  }

  /** The value of a function of x, recorded with its rule. */
  static NDArray apply(NDArray x, UnaryOperator<NDArray> value, Rule rule) {
    return dev.headgrad.djl.Autograd.apply(new Call(value, rule), new NDList(x)).get(0);
  }
}
