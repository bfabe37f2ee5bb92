package dev.headgrad.tape.core;

import org.jspecify.annotations.Nullable;

/** An operation of two arrays. */
public abstract class BinaryOp extends Op {

  /** See {@link Op}. */
  protected BinaryOp(String name, Keeps keeps) {
    super(name, keeps);
  }

  /** Computes the output. Not recorded. */
  protected abstract DenseArray forward(DenseArray a, DenseArray b);

  /** The gradient of a, given that of the output. */
  protected abstract @Nullable DenseArray gradientA(Node node, DenseArray head);

  /** The gradient of b, given that of the output. */
  protected abstract @Nullable DenseArray gradientB(Node node, DenseArray head);

  /** Computes the output and records the call if the tape is on and a gradient can flow. */
  public final DenseArray apply(DenseArray a, DenseArray b) {
    DenseArray y = forward(a, b);
    if (a.needsGradient() || b.needsGradient()) {
      Tape.record(this, a, b, y);
    }
    return y;
  }

  @Override
  protected final @Nullable DenseArray[] gradients(Node node, @Nullable DenseArray[] heads) {
    DenseArray head = heads[0];
    return new DenseArray[] {
      head != null && node.needs(0) ? gradientA(node, head) : null,
      head != null && node.needs(1) ? gradientB(node, head) : null
    };
  }
}
