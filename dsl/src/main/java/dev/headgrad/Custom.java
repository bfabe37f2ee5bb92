package dev.headgrad;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import dev.headgrad.djl.Function;
import java.util.function.BinaryOperator;
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

  /** The gradients of a function of two arrays. */
  @FunctionalInterface
  interface PairRule {
    /** The gradients for a and b, of their shapes, given the gradient for y = f(a, b). */
    NDList gradients(NDArray head, NDArray a, NDArray b);
  }

  /** A call of a function of one array with a rule. */
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

  /** A call of a function of two arrays with a rule. */
  private static final class PairCall extends Function {
    private final BinaryOperator<NDArray> value;
    private final PairRule rule;

    PairCall(BinaryOperator<NDArray> value, PairRule rule) {
      this.value = value;
      this.rule = rule;
    }

    @Override
    protected NDList forward(NDList inputs) {
      saveForBackward(inputs.get(0), inputs.get(1));
      return new NDList(value.apply(inputs.get(0), inputs.get(1)));
    }

    @Override
    protected NDList backward(NDList outputGradients) {
      NDArray a = savedTensors().get(0);
      NDArray b = savedTensors().get(1);
      return rule.gradients(outputGradients.get(0), a, b);
    }
  }

  /**
   * The value of a function of x, recorded with its rule. The rule sees x and y as constants, so
   * the gradient itself has derivatives only with respect to the head.
   */
  static NDArray apply(NDArray x, UnaryOperator<NDArray> value, Rule rule) {
    return dev.headgrad.djl.Autograd.apply(new Call(value, rule), new NDList(x)).get(0);
  }

  /** The value of a function of two arrays, recorded with its rule. */
  static NDArray apply(NDArray a, NDArray b, BinaryOperator<NDArray> value, PairRule rule) {
    return dev.headgrad.djl.Autograd.apply(new PairCall(value, rule), new NDList(a, b)).get(0);
  }
}
