package dev.headgrad.tape.core;

import org.jspecify.annotations.Nullable;

/**
 * An operation: what it computes, and how a gradient flows back through it.
 *
 * <p>A subclass stands next to its kernel in a file of its family, and has its parameters (axes,
 * strides, …) as fields. Its rule is written in operations again, so that gradients of gradients
 * follow by themselves. Broadcasting and dtypes need no thought in a rule: what it returns is
 * summed back to the input's shape and cast to its dtype by the engine.
 *
 * <p>An operation without a derivative extends {@link NonDifferentiable}, on purpose.
 */
public abstract class Op {

  /** Which values the rule reads besides the head; nothing else is held in memory for it. */
  public enum Keeps {
    /** Only shapes and dtypes. */
    NOTHING(false, false, false),
    /** All inputs. */
    INPUTS(true, false, false),
    /** Each of two inputs only if the other one needs a gradient. */
    OTHER_INPUT(false, true, false),
    /** The outputs. */
    OUTPUT(false, false, true),
    /** Inputs and outputs. */
    ALL(true, false, true);

    private final boolean inputs;
    private final boolean other;
    private final boolean output;

    Keeps(boolean inputs, boolean other, boolean output) {
      this.inputs = inputs;
      this.other = other;
      this.output = output;
    }

    boolean input(Node node, int i) {
      return inputs || (other && node.needs(1 - i));
    }

    boolean output() {
      return output;
    }
  }

  private final String name;
  private final Keeps keeps;

  /**
   * @param name what error messages call the operation
   * @param keeps which values the rule reads
   */
  protected Op(String name, Keeps keeps) {
    this.name = name;
    this.keeps = keeps;
  }

  /** What error messages call the operation. */
  public final String name() {
    return name;
  }

  /** Which values the rule reads. */
  public final Keeps keeps() {
    return keeps;
  }

  /** Whether the rule reads input i of this call; what {@link #keeps()} says, unless overridden. */
  protected boolean keepsInput(Node node, int i) {
    return keeps.input(node, i);
  }

  /** Whether gradients flow through. */
  public boolean isDifferentiable() {
    return true;
  }

  /**
   * The rule: the gradient of each input.
   *
   * @param node the recorded call
   * @param heads the gradient of each output; null for an output that the backward did not reach,
   *     but at least one is given
   * @return one array per input, broadcastable to or from its shape; null where none flows
   */
  protected abstract @Nullable DenseArray[] gradients(Node node, @Nullable DenseArray[] heads);

  /**
   * The outputs once more, computed from the kept inputs by other recorded operations, for an
   * operation whose rule is a kernel of its own. They are differentiated in its place when the
   * gradients are recorded themselves.
   *
   * @return the outputs, or null if the rule is written in recorded operations
   */
  public DenseArray @Nullable [] recomposed(Node node) {
    return null;
  }

  /** Calls the rule and checks how many gradients it returned. */
  public final @Nullable DenseArray[] differentiate(Node node, @Nullable DenseArray[] heads) {
    @Nullable DenseArray[] gradients = gradients(node, heads);
    if (gradients.length != node.inputs()) {
      throw new IllegalStateException(
          "the rule of "
              + name
              + " returned "
              + gradients.length
              + " gradients for "
              + node.inputs()
              + " inputs");
    }
    return gradients;
  }

  @Override
  public String toString() {
    return name;
  }
}
