package dev.headgrad.djl;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.training.GradientCollector;
import ai.djl.training.Trainer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * DJL's gradient collector with the head gradient that it lacks: an existing training loop changes
 * one line.
 *
 * <pre>{@code
 * try (HeadGradientCollector collector = HeadGradientCollector.of(trainer)) {
 *   NDArray y = trainer.forward(data).singletonOrThrow();
 *   collector.backward(y, dz);      // dz/dy from a part that was not recorded
 * }
 * trainer.step();
 * }</pre>
 *
 * <p>It records on this thread, in training mode, until it is closed. Gradients are where DJL's
 * optimizers look for them, {@link NDArray#getGradient()}.
 */
public final class HeadGradientCollector implements GradientCollector {

  private final Engine engine;
  private final RecordScope scope;

  private HeadGradientCollector(Engine engine) {
    if (Autograd.isRecording(engine)) {
      throw new AutogradException(
          "this thread is recording already: close the collector or scope that is open first");
    }
    this.engine = engine;
    scope = Autograd.record(engine);
  }

  /**
   * Starts recording on an engine.
   *
   * <p>Arrays that were attached with {@link NDArray#setRequiresGradient} keep their engine's way:
   * MXNet overwrites their gradients, PyTorch adds to them. On PyTorch they get gradients only
   * where no array attached with {@link Autograd#attachGrad(NDArray)} is reached.
   *
   * @param engine the engine
   * @return the collector, to be closed by this thread
   * @throws AutogradException if this thread is recording on it already
   */
  public static HeadGradientCollector of(Engine engine) {
    return new HeadGradientCollector(engine);
  }

  /**
   * Starts recording for a trainer. Its parameters are attached first, if they are not: each
   * backward overwrites their gradients, on every engine. A loop that calls backward several times
   * and counts on the sum attaches the parameters itself, with {@link GradRequest#ADD}, or hands
   * all targets to one backward.
   *
   * @param trainer the trainer, initialized
   * @return the collector, to be closed by this thread
   * @throws AutogradException if this thread is recording already
   */
  public static HeadGradientCollector of(Trainer trainer) {
    Autograd.attachParameters(trainer.getModel().getBlock());
    return new HeadGradientCollector(trainer.getManager().getEngine());
  }

  @Override
  public void backward(NDArray target) {
    backward(target, null);
  }

  /**
   * Computes the gradients of the sum of {@code target * headGradient}.
   *
   * @param target what was computed while recording
   * @param headGradient a constant of the target's dtype and number of elements; null for ones
   * @throws IllegalArgumentException if the head gradient does not fit; nothing has run then
   */
  public void backward(NDArray target, @Nullable NDArray headGradient) {
    backward(List.of(target), Collections.singletonList(headGradient));
  }

  /**
   * Computes the gradients of the sum of all {@code targets[i] * headGradients[i]}.
   *
   * @param targets what was computed while recording
   * @param headGradients one for each target; null, or null entries, for ones
   * @throws IllegalArgumentException if a head gradient does not fit; nothing has run then
   */
  public void backward(List<NDArray> targets, @Nullable List<@Nullable NDArray> headGradients) {
    backward(targets, headGradients, false);
  }

  /**
   * Computes the gradients of the sum of all {@code targets[i] * headGradients[i]}.
   *
   * @param targets what was computed while recording
   * @param headGradients one for each target; null, or null entries, for ones
   * @param retainGraph whether the graph can be differentiated again
   * @throws IllegalArgumentException if a head gradient does not fit; nothing has run then
   */
  public void backward(
      List<NDArray> targets, @Nullable List<@Nullable NDArray> headGradients, boolean retainGraph) {
    Autograd.backward(targets, headGradients, retainGraph, true);
  }

  /**
   * Sets the gradients of all arrays that are attached with {@link Autograd#attachGrad(NDArray)} on
   * this engine to zero: a trainer's parameters among them.
   */
  @Override
  public void zeroGradients() {
    EngineAutograd autograd = Autograd.of(engine);
    List<NDArray> gradients = new ArrayList<>();
    Leaves.forEach(
        (array, leaf) -> {
          if (array.getManager().getEngine() == engine) {
            gradients.add(leaf.gradient());
          }
        });
    try (RecordScope unrecorded = Autograd.pause(engine)) {
      for (NDArray gradient : gradients) {
        try (NDArray zeros = gradient.zerosLike()) {
          autograd.write(zeros, gradient);
        }
      }
    }
  }

  @Override
  public void close() {
    scope.close();
  }
}
