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
 * <p>It records on this thread, in training mode, until it is closed, and it goes through the
 * engine's own collector, so parameters get their gradients where DJL's optimizers look for them.
 */
public final class HeadGradientCollector implements GradientCollector {

  private final GradientCollector collector;

  private HeadGradientCollector(GradientCollector collector) {
    this.collector = collector;
  }

  /**
   * Starts recording on an engine.
   *
   * @throws IllegalStateException if this thread is collecting gradients on it already
   */
  public static HeadGradientCollector of(Engine engine) {
    return new HeadGradientCollector(engine.newGradientCollector());
  }

  /** Starts recording for a trainer, whose parameters get the gradients. */
  public static HeadGradientCollector of(Trainer trainer) {
    return new HeadGradientCollector(trainer.newGradientCollector());
  }

  @Override
  public void backward(NDArray target) {
    collector.backward(target);
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
   * @param headGradients one for each target; null entries for ones
   * @throws IllegalArgumentException if a head gradient does not fit; nothing has run then
   */
  public void backward(List<NDArray> targets, List<? extends @Nullable NDArray> headGradients) {
    Autograd.checkHeads(targets, new ArrayList<>(headGradients));
    NDArray total = null;
    for (int i = 0; i < targets.size(); i++) {
      NDArray y = targets.get(i);
      NDArray head = headGradients.get(i);
      // d/dx Σ y h = h dy/dx for a constant h: what a native head gradient gives
      NDArray weighted = head == null ? y : y.mul(head.stopGradient().reshape(y.getShape()));
      NDArray sum = weighted.sum();
      total = total == null ? sum : total.add(sum);
    }
    if (total != null) {
      collector.backward(total);
    }
  }

  @Override
  public void zeroGradients() {
    collector.zeroGradients();
  }

  @Override
  public void close() {
    collector.close();
  }
}
