package dev.headgrad.gluon;

import dev.headgrad.Tensor;
import java.util.stream.IntStream;

/**
 * A loss: how far predictions are from labels, one number for each example of the batch, which is
 * on axis 0. MXNet's {@code gluon.loss}.
 */
@FunctionalInterface
public interface Loss {

  /**
   * The loss of each example.
   *
   * @param prediction (n, …)
   * @param label (n, …), or for a sparse cross entropy (n)
   * @return (n)
   */
  Tensor call(Tensor prediction, Tensor label);

  /** The mean of {@code |prediction - label|} over each example. */
  static Loss l1Loss() {
    return (p, l) -> perExample(p.minus(l.reshapeLike(p)).abs());
  }

  /** Half the mean of {@code (prediction - label)²} over each example. */
  static Loss l2Loss() {
    return (p, l) -> perExample(p.minus(l.reshapeLike(p)).square().times(0.5));
  }

  /** The cross entropy of the softmax over the last axis with the class that the label names. */
  static Loss softmaxCrossEntropyLoss() {
    return (p, l) ->
        perExample(p.mx().nd().pick(p.mx().nd().logSoftmax(p), l, -1, true).unaryMinus());
  }

  /** The cross entropy of the sigmoid with labels 0 and 1, computed without overflow. */
  static Loss sigmoidBCELoss() {
    return (p, l) -> {
      Tensor label = l.reshapeLike(p);
      Tensor tail = p.mx().nd().activation(p.abs().unaryMinus(), "softrelu");
      return perExample(p.relu().minus(p.times(label)).plus(tail));
    };
  }

  /** The mean of {@code max(0, 1 - prediction * label)}, for labels -1 and 1. */
  static Loss hingeLoss() {
    return (p, l) -> perExample(p.times(l.reshapeLike(p)).rminus(1).relu());
  }

  /** The mean over all axes but the first. */
  private static Tensor perExample(Tensor loss) {
    return loss.ndim() == 1 ? loss : loss.mean(IntStream.range(1, loss.ndim()).toArray());
  }
}
