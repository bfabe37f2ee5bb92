package dev.headgrad.tape;

import ai.djl.ndarray.NDArray;
import ai.djl.training.GradientCollector;
import dev.headgrad.tape.autograd.Backward;
import dev.headgrad.tape.autograd.Gradients;
import dev.headgrad.tape.core.Tape;
import java.util.Collections;
import java.util.List;

/**
 * DJL's way to gradients: everything computed between construction and {@link #close()} on this
 * thread is recorded. The gradients of several backwards within one collector add up; the first
 * backward of the next collector overwrites them.
 */
public final class TapeGradientCollector implements GradientCollector {

  private final boolean wasTraining;

  /**
   * Starts recording on this thread.
   *
   * @throws IllegalStateException if this thread is recording already
   */
  TapeGradientCollector() {
    if (Tape.setRecording(true)) {
      throw new IllegalStateException(
          "this thread is collecting gradients already: close that collector first");
    }
    wasTraining = Tape.setTraining(true);
  }

  @Override
  public void backward(NDArray target) {
    Gradients.update(
        Backward.run(
            List.of(((TapeNDArray) target).array()), Collections.singletonList(null), false, false),
        this);
  }

  @Override
  public void zeroGradients() {
    Gradients.zero();
  }

  @Override
  public void close() {
    Tape.setRecording(false);
    Tape.setTraining(wasTraining);
  }
}
