package dev.headgrad.djl;

import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The texts of the errors that autograd throws: the same on every engine. */
final class Refusal {

  private Refusal() {}

  static AutogradException notInGraph(@Nullable Throwable cause) {
    String text =
        "the array is not in a recorded graph: it was not computed while recording from an array"
            + " with a gradient attached, or an earlier backward freed its graph. To go through the"
            + " same graph again, pass retainGraph = true to the earlier backward";
    return cause == null ? new AutogradException(text) : new AutogradException(text, cause);
  }

  static IllegalArgumentException noHeads() {
    return new IllegalArgumentException(
        "there is nothing to differentiate: the list of heads is" + " empty");
  }

  static IllegalArgumentException headCount(int heads, int headGradients) {
    return new IllegalArgumentException(
        "there are "
            + heads
            + " heads, but "
            + headGradients
            + " head gradients; give one for each head, null for ones");
  }

  static IllegalArgumentException headShape(Shape gradient, Shape head) {
    return new IllegalArgumentException(
        "head gradient has shape " + gradient + ", but y has shape " + head);
  }

  static IllegalArgumentException headType(DataType gradient, DataType head) {
    return new IllegalArgumentException(
        "head gradient has dtype " + name(gradient) + ", but y has dtype " + name(head));
  }

  static IllegalArgumentException noVariables() {
    return new IllegalArgumentException("variables cannot be an empty list");
  }

  static AutogradException notVariable(int position) {
    return new AutogradException(
        "cannot differentiate with respect to variables["
            + position
            + "]: it does not require a gradient. Call attachGrad() on it before recording");
  }

  static AutogradException unreachable(int position) {
    return new AutogradException(
        "cannot differentiate with respect to variables["
            + position
            + "]: the heads do not depend on it");
  }

  static AutogradException notAttachable(DataType type, String engine) {
    return new AutogradException(
        engine
            + " cannot differentiate with respect to an array of dtype "
            + name(type)
            + "; cast it to float32, or use the engine JavaTape");
  }

  static AutogradException notDifferentiable(String operation, String engine, Throwable cause) {
    return new AutogradException(
        engine
            + " cannot differentiate through the operation "
            + operation
            + "; the engine JavaTape can",
        cause);
  }

  static AutogradException savedArrayChanged(String array, Throwable cause) {
    return new AutogradException(
        array
            + ", was changed in place after the operation was recorded: its gradient would be"
            + " wrong. Write to a copy, or call backward first",
        cause);
  }

  static AutogradException functionInCollector(String name) {
    return new AutogradException(
        "PyTorch's own GradientCollector would not differentiate "
            + name
            + ", which has a backward of its own: open HeadGradientCollector.of(trainer) instead,"
            + " or record with Autograd");
  }

  static AutogradException inPlace() {
    return new AutogradException(
        "cannot write into an array that takes part in a recorded graph: its gradients would be"
            + " wrong. Make a new array, call backward first, or write inside pause()");
  }

  static IllegalArgumentException markCount(int variables, int gradients, int requests) {
    return new IllegalArgumentException(
        "there are "
            + variables
            + " variables, "
            + gradients
            + " gradients and "
            + requests
            + " requests; give one of each for each variable");
  }

  static IllegalArgumentException bufferMismatch(
      int position, Shape gradient, DataType gradientType, Shape array, DataType arrayType) {
    return new IllegalArgumentException(
        "gradients["
            + position
            + "] has shape "
            + gradient
            + " and dtype "
            + name(gradientType)
            + ", but its variable has shape "
            + array
            + " and dtype "
            + name(arrayType));
  }

  static String name(DataType type) {
    return type.name().toLowerCase(Locale.ROOT);
  }
}
