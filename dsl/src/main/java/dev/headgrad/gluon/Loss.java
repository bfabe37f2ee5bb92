package dev.headgrad.gluon;

import dev.headgrad.LossOptions;
import dev.headgrad.Nd;
import dev.headgrad.Tensor;
import java.util.function.BinaryOperator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

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
   * @param sampleWeight what the loss is multiplied with before the mean over an example is taken,
   *     of a shape that can be broadcast to that of the prediction; null for 1
   * @return (n)
   */
  Tensor call(Tensor prediction, Tensor label, @Nullable Tensor sampleWeight);

  /** The loss of each example, all of the same weight. */
  default Tensor call(Tensor prediction, Tensor label) {
    return call(prediction, label, null);
  }

  /** This loss, multiplied with a number. */
  default Loss weight(double weight) {
    return (p, l, w) -> call(p, l, w).times(weight);
  }

  /** A loss that compares three arrays. */
  @FunctionalInterface
  interface OfThree {
    /** The loss of each example. */
    Tensor call(Tensor first, Tensor second, Tensor third);
  }

  /** The mean of {@code |prediction - label|} over each example. */
  static Loss l1Loss() {
    return meanOf((p, l) -> p.minus(l).abs());
  }

  /** Half the mean of {@code (prediction - label)²} over each example. */
  static Loss l2Loss() {
    return meanOf((p, l) -> p.minus(l).square().times(0.5));
  }

  /** The cross entropy of the softmax over the last axis with the class that the label names. */
  static Loss softmaxCrossEntropyLoss() {
    return softmaxCrossEntropyLoss(-1, true, false);
  }

  /**
   * The cross entropy of the softmax with a label.
   *
   * @param axis of the classes
   * @param sparseLabel whether labels name classes, rather than give the probability of each
   * @param fromLogits whether predictions are logarithms of probabilities already
   */
  static Loss softmaxCrossEntropyLoss(int axis, boolean sparseLabel, boolean fromLogits) {
    return (p, l, w) -> {
      Nd nd = p.mx().nd();
      Tensor logits = fromLogits ? p : nd.logSoftmax(p, axis);
      Tensor likelihood =
          sparseLabel
              ? nd.pick(logits, l, axis, true)
              : logits.times(l.reshapeLike(logits)).sum(axis, true);
      return perExample(weighted(likelihood.unaryMinus(), w));
    };
  }

  /** {@link #softmaxCrossEntropyLoss()}. */
  static Loss softmaxCELoss() {
    return softmaxCrossEntropyLoss();
  }

  /** The cross entropy of the sigmoid with labels 0 and 1, computed without overflow. */
  static Loss sigmoidBCELoss() {
    return sigmoidBCELoss(false);
  }

  /**
   * The cross entropy of two classes with labels 0 and 1.
   *
   * @param fromSigmoid whether predictions are probabilities, rather than arguments of the sigmoid
   */
  static Loss sigmoidBCELoss(boolean fromSigmoid) {
    return meanOf((p, l) -> fromSigmoid ? entropy(p, l, null) : logistic(p, l));
  }

  /**
   * {@link #sigmoidBCELoss(boolean)}, where what a label of 1 contributes is multiplied.
   *
   * @param posWeight of a shape that can be broadcast to the predictions
   */
  static Loss sigmoidBCELoss(boolean fromSigmoid, Tensor posWeight) {
    return meanOf(
        (p, l) -> {
          if (fromSigmoid) {
            return entropy(p, l, posWeight);
          }
          Tensor weight = l.times(posWeight.minus(1)).plus(1);
          Tensor tail = softplus(p.abs().unaryMinus()).plus(p.unaryMinus().relu());
          return p.minus(p.times(l)).plus(weight.times(tail));
        });
  }

  /** {@link #sigmoidBCELoss()}. */
  static Loss sigmoidBinaryCrossEntropyLoss() {
    return sigmoidBCELoss();
  }

  private static Tensor entropy(Tensor p, Tensor l, @Nullable Tensor posWeight) {
    Tensor hit = p.plus(1e-12).log().times(l);
    Tensor miss = p.rminus(1).plus(1e-12).log().times(l.rminus(1));
    return (posWeight == null ? hit : hit.times(posWeight)).plus(miss).unaryMinus();
  }

  /** The divergence of labels, which are probabilities, from logarithms of probabilities. */
  static Loss klDivLoss() {
    return klDivLoss(true, -1);
  }

  /**
   * The mean Kullback-Leibler divergence of labels, which are probabilities.
   *
   * @param fromLogits whether predictions are logarithms of probabilities, rather than arguments of
   *     a softmax
   * @param axis of that softmax
   */
  static Loss klDivLoss(boolean fromLogits, int axis) {
    return (p, l, w) -> {
      Tensor logits = fromLogits ? p : p.mx().nd().logSoftmax(p, axis);
      return perExample(weighted(l.times(l.plus(1e-12).log().minus(logits)), w));
    };
  }

  /** {@link #huberLoss(double)} with rho 1. */
  static Loss huberLoss() {
    return huberLoss(1);
  }

  /** Half the squared distance over rho up to rho, from there on a line. */
  static Loss huberLoss(double rho) {
    return meanOf(
        (p, l) -> {
          Tensor distance = l.minus(p).abs();
          Tensor line = distance.minus(0.5 * rho);
          Tensor curve = distance.square().times(0.5 / rho);
          return p.mx().nd().where(distance.gt(rho), line, curve);
        });
  }

  /** {@link #hingeLoss(double)} with margin 1. */
  static Loss hingeLoss() {
    return hingeLoss(1);
  }

  /** The mean of {@code max(0, margin - prediction * label)}, for labels -1 and 1. */
  static Loss hingeLoss(double margin) {
    return meanOf((p, l) -> p.times(l).rminus(margin).relu());
  }

  /** {@link #squaredHingeLoss(double)} with margin 1. */
  static Loss squaredHingeLoss() {
    return squaredHingeLoss(1);
  }

  /** The mean of {@code max(0, margin - prediction * label)²}, for labels -1 and 1. */
  static Loss squaredHingeLoss(double margin) {
    return meanOf((p, l) -> p.times(l).rminus(margin).relu().square());
  }

  /** {@link #logisticLoss(String)} for labels -1 and 1. */
  static Loss logisticLoss() {
    return logisticLoss("signed");
  }

  /**
   * The mean of {@code log(1 + exp(-prediction * label))}.
   *
   * @param labelFormat {@code signed} for labels -1 and 1, {@code binary} for labels 0 and 1
   */
  static Loss logisticLoss(String labelFormat) {
    return switch (labelFormat) {
      case "signed" -> meanOf((p, l) -> logistic(p, l.plus(1).div(2)));
      case "binary" -> meanOf(Loss::logistic);
      default ->
          throw new IllegalArgumentException(
              "there is no label format " + labelFormat + "; signed and binary are");
    };
  }

  /** {@link #poissonNLLLoss(boolean, boolean)} from logarithms, without the constant. */
  static Loss poissonNLLLoss() {
    return poissonNLLLoss(true, false);
  }

  /**
   * The negative log likelihood of counts under Poisson distributions, its mean over all examples:
   * shape (1).
   *
   * @param fromLogits whether predictions are logarithms of the expected counts
   * @param computeFull whether Stirling's approximation of log(label!) is added
   */
  static Loss poissonNLLLoss(boolean fromLogits, boolean computeFull) {
    return (p, l, w) -> {
      Tensor target = l.reshapeLike(p);
      Tensor loss =
          fromLogits ? p.exp().minus(target.times(p)) : p.minus(target.times(p.plus(1e-8).log()));
      if (computeFull) {
        Tensor logs = target.times(target.log()).minus(target);
        Tensor stirling = logs.plus(target.times(2 * Math.PI).log().times(0.5));
        loss = loss.plus(p.mx().nd().where(target.gt(1), stirling, target.zerosLike()));
      }
      return weighted(loss, w).mean();
    };
  }

  /** {@link #tripletLoss(double)} with margin 1. */
  static OfThree tripletLoss() {
    return tripletLoss(1);
  }

  /**
   * How much nearer, by squared distances, a prediction is to a negative than to a positive
   * example, plus the margin, and not below 0. Called with prediction, positive and negative.
   */
  static OfThree tripletLoss(double margin) {
    return (p, positive, negative) -> {
      Tensor near = positive.reshapeLike(p).minus(p).square();
      Tensor far = negative.reshapeLike(p).minus(p).square();
      return p.mx().nd().sum(near.minus(far), new int[] {0}, false, true).plus(margin).relu();
    };
  }

  /** {@link #cosineEmbeddingLoss(double)} with margin 0. */
  static OfThree cosineEmbeddingLoss() {
    return cosineEmbeddingLoss(0);
  }

  /**
   * 1 minus the cosine between two vectors for the label 1; how much it is above the margin for the
   * label -1. Called with two arrays of vectors and the labels; gives (n, 1).
   */
  static OfThree cosineEmbeddingLoss(double margin) {
    return (x, y, label) -> {
      Nd nd = x.mx().nd();
      Tensor other = y.reshapeLike(x);
      Tensor lengths = nd.norm(x, 2, -1).times(nd.norm(other, 2, -1));
      Tensor cosine = x.times(other).sum(-1).div(nd.maximum(lengths, 1e-12)).reshape(-1, 1);
      Tensor apart = nd.maximum(cosine.minus(margin), 0);
      return nd.where(label.reshapeLike(cosine).eq(1), cosine.rminus(1), apart);
    };
  }

  /** {@link #sdmlLoss(double)} with smoothing 0.3. */
  static Loss sdmlLoss() {
    return sdmlLoss(0.3);
  }

  /**
   * Smoothed deep metric learning (Bonadiman et al., 2019): that each row is nearer to the row of
   * the same place in the other array than to all other rows.
   */
  static Loss sdmlLoss(double smoothingParameter) {
    return (x, y, w) -> {
      Nd nd = x.mx().nd();
      int n = (int) x.shape(0);
      Tensor distances = x.expandDims(1).minus(y.expandDims(0)).square().sum(2);
      double others = smoothingParameter / (n - 1);
      Tensor same = nd.eye(n).astype(x.dtype());
      Tensor labels = same.times(1 - smoothingParameter - others).plus(others);
      return klDivLoss(true, -1).call(nd.logSoftmax(distances.unaryMinus(), 1), labels, w);
    };
  }

  /** {@link #ctcLoss(String, String)} with the layouts NTC and NT. */
  static Loss ctcLoss() {
    return ctcLoss("NTC", "NT");
  }

  /**
   * Connectionist temporal classification with the last class as the blank, and labels padded with
   * -1.
   *
   * @param layout of predictions: {@code NTC} or {@code TNC}
   * @param labelLayout {@code NT} or {@code TN}
   */
  static Loss ctcLoss(String layout, String labelLayout) {
    if (!(layout.equals("NTC") || layout.equals("TNC"))
        || !(labelLayout.equals("NT") || labelLayout.equals("TN"))) {
      throw new IllegalArgumentException(
          "there is no layout " + layout + " with " + labelLayout + "; NTC and TNC, NT and TN are");
    }
    return (p, l, w) -> {
      Nd nd = p.mx().nd();
      Tensor steps = layout.equals("NTC") ? p.swapaxes(0, 1) : p;
      Tensor labels = labelLayout.equals("NT") ? l : l.swapaxes(0, 1);
      return weighted(nd.ctcLoss(steps, labels, new LossOptions.Ctc().blankLabel("last")), w);
    };
  }

  /** A loss of each element, its mean taken over each example. */
  private static Loss meanOf(BinaryOperator<Tensor> elements) {
    return (p, l, w) -> perExample(weighted(elements.apply(p, l.reshapeLike(p)), w));
  }

  /** The cross entropy of the sigmoid with labels 0 and 1. */
  private static Tensor logistic(Tensor p, Tensor l) {
    return p.relu().minus(p.times(l)).plus(softplus(p.abs().unaryMinus()));
  }

  private static Tensor softplus(Tensor x) {
    return x.mx().nd().activation(x, "softrelu");
  }

  private static Tensor weighted(Tensor loss, @Nullable Tensor sampleWeight) {
    return sampleWeight == null ? loss : loss.times(sampleWeight);
  }

  /** The mean over all axes but the first. */
  private static Tensor perExample(Tensor loss) {
    return loss.ndim() == 1 ? loss : loss.mean(IntStream.range(1, loss.ndim()).toArray());
  }
}
