package dev.headgrad.tape.core;

import org.jspecify.annotations.Nullable;

/**
 * An operation that is constant almost everywhere (a comparison, an index of a maximum, rounding)
 * or that stops gradients on purpose. It is recorded all the same: a variable that is reached only
 * through such operations has the gradient 0.
 */
public abstract class NonDifferentiable extends NaryOp {

  /**
   * @param name what error messages call the operation
   */
  protected NonDifferentiable(String name) {
    super(name, Keeps.NOTHING);
  }

  @Override
  public final boolean isDifferentiable() {
    return false;
  }

  @Override
  protected final @Nullable DenseArray[] gradients(Node node, @Nullable DenseArray[] heads) {
    return new DenseArray[node.inputs()];
  }
}
