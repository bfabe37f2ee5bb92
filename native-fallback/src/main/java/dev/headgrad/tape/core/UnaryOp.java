package dev.headgrad.tape.core;

import org.jspecify.annotations.Nullable;

/** An operation of one array. */
public abstract class UnaryOp extends Op {

  /** See {@link Op}. */
  protected UnaryOp(String name, Keeps keeps) {
    super(name, keeps);
  }

  /** Computes the output. Not recorded. */
  protected abstract DenseArray forward(DenseArray x);

  /** The gradient of x, given that of the output. */
  protected abstract @Nullable DenseArray gradient(Node node, DenseArray head);

  /** Computes the output and records the call if the tape is on and a gradient can flow. */
  public final DenseArray apply(DenseArray x) {
    DenseArray y = forward(x);
    if (x.needsGradient()) {
      Tape.record(this, x, null, y);
    }
    return y;
  }

  @Override
  protected final @Nullable DenseArray[] gradients(Node node, @Nullable DenseArray[] heads) {
    DenseArray head = heads[0];
    return new DenseArray[] {head == null ? null : gradient(node, head)};
  }
}
