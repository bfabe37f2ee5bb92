package dev.headgrad.tape.core;

import org.jspecify.annotations.Nullable;

/** An operation of any number of arrays, with one or several outputs. */
public abstract class NaryOp extends Op {

  /** See {@link Op}. */
  protected NaryOp(String name, Keeps keeps) {
    super(name, keeps);
  }

  /** Computes the outputs. Not recorded. */
  protected abstract DenseArray[] forward(DenseArray[] inputs);

  /** Computes the outputs and records the call if the tape is on and a gradient can flow. */
  public final DenseArray[] apply(DenseArray... inputs) {
    DenseArray[] outputs = forward(inputs);
    if (Tape.isRecording() && anyNeedsGradient(inputs)) {
      Tape.record(this, inputs, outputs);
    }
    return outputs;
  }

  private static boolean anyNeedsGradient(@Nullable DenseArray[] inputs) {
    for (DenseArray x : inputs) {
      if (x != null && x.needsGradient()) {
        return true;
      }
    }
    return false;
  }
}
