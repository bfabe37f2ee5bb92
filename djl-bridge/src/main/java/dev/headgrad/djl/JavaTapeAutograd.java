package dev.headgrad.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import dev.headgrad.tape.TapeAutograd;
import dev.headgrad.tape.core.Leaf.Update;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Autograd on JavaTape, whose own semantics are those of the contract. */
final class JavaTapeAutograd implements EngineAutograd {

  @Override
  public boolean isRecording() {
    return TapeAutograd.isRecording();
  }

  @Override
  public boolean setRecording(boolean recording) {
    return TapeAutograd.setRecording(recording);
  }

  @Override
  public boolean isTraining() {
    return TapeAutograd.isTraining();
  }

  @Override
  public boolean setTraining(boolean training) {
    return TapeAutograd.setTraining(training);
  }

  @Override
  public void checkAttachable(NDArray array) {
    // JavaTape differentiates with respect to every dtype.
  }

  @Override
  public void attach(NDArray array, Leaf leaf) {
    switch (leaf.request()) {
      case WRITE -> TapeAutograd.attach(array, Update.WRITE, leaf.gradient());
      case ADD -> TapeAutograd.attach(array, Update.ADD, leaf.gradient());
      case NULL -> array.setRequiresGradient(false);
    }
  }

  @Override
  public boolean isInGraph(NDArray array) {
    return TapeAutograd.isOnTape(array);
  }

  @Override
  public NDArray detach(NDArray array) {
    return TapeAutograd.detach(array);
  }

  @Override
  public void backward(
      List<NDArray> heads,
      List<@Nullable NDArray> headGradients,
      boolean retainGraph,
      boolean trainMode) {
    translated(
        () -> {
          TapeAutograd.backward(heads, headGradients, retainGraph);
          return true;
        });
  }

  @Override
  public List<@Nullable NDArray> grad(
      List<NDArray> heads,
      List<@Nullable NDArray> headGradients,
      List<NDArray> variables,
      boolean retainGraph,
      boolean createGraph,
      boolean trainMode) {
    return translated(
        () -> TapeAutograd.gradients(heads, headGradients, variables, retainGraph, createGraph));
  }

  @Override
  public NDList function(
      String name, NDList inputs, UnaryOperator<NDList> forward, UnaryOperator<NDList> backward) {
    return TapeAutograd.function(name, inputs, forward, backward);
  }

  @Override
  public boolean hasNativeMemory() {
    return false;
  }

  /** JavaTape's refusals have the texts of {@link Refusal} already. */
  private static <T> T translated(Supplier<T> call) {
    try {
      return call.get();
    } catch (AutogradException e) {
      throw e;
    } catch (IllegalStateException e) {
      throw new AutogradException(String.valueOf(e.getMessage()), e);
    }
  }
}
