package dev.headgrad;

import ai.djl.ndarray.NDArray;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;

/**
 * Last layers that bring their own gradient, whatever the head: part of {@link Nd}. Labels are
 * constants.
 */
public sealed interface LossOutputs permits Nd {

  /** {@link #softmaxOutput(Tensor, Tensor, LossOptions.SoftmaxOutput)} with MXNet's defaults. */
  default Tensor softmaxOutput(Tensor data, Tensor label) {
    return softmaxOutput(data, label, new LossOptions.SoftmaxOutput());
  }

  /**
   * The softmax of each example. Its gradient is that of the cross entropy with the label, whatever
   * the head: softmax minus 1 at the label.
   *
   * @param data (n, classes), or more axes: all after the first are classes, unless an option says
   *     otherwise
   * @param label classes as whole numbers, (n); or probabilities in the shape of data
   */
  default Tensor softmaxOutput(Tensor data, Tensor label, LossOptions.SoftmaxOutput options) {
    return data.with(label.detach(), (x, l) -> SoftmaxOutputs.softmax(x, l, options));
  }

  /** {@link #linearRegressionOutput(Tensor, Tensor, double)} with scale 1. */
  default Tensor linearRegressionOutput(Tensor data, Tensor label) {
    return linearRegressionOutput(data, label, 1);
  }

  /** The data itself, with the gradient of half the squared distance to the label. */
  default Tensor linearRegressionOutput(Tensor data, Tensor label, double gradScale) {
    return regression(data, label, gradScale, Elementary::copy, NDArray::sub);
  }

  /** {@link #maeRegressionOutput(Tensor, Tensor, double)} with scale 1. */
  default Tensor maeRegressionOutput(Tensor data, Tensor label) {
    return maeRegressionOutput(data, label, 1);
  }

  /** The data itself, with the gradient of the absolute distance; -1 at the label itself. */
  default Tensor maeRegressionOutput(Tensor data, Tensor label, double gradScale) {
    BinaryOperator<NDArray> slope = (y, l) -> Elementary.truth(y.gt(l), y).mul(2).sub(1);
    return regression(data, label, gradScale, Elementary::copy, slope);
  }

  /** {@link #logisticRegressionOutput(Tensor, Tensor, double)} with scale 1. */
  default Tensor logisticRegressionOutput(Tensor data, Tensor label) {
    return logisticRegressionOutput(data, label, 1);
  }

  /** The sigmoid, with the gradient of its cross entropy with the label. */
  default Tensor logisticRegressionOutput(Tensor data, Tensor label, double gradScale) {
    UnaryOperator<NDArray> sigmoid = x -> x.getNDArrayInternal().sigmoid();
    return regression(data, label, gradScale, sigmoid, NDArray::sub);
  }

  private static Tensor regression(
      Tensor data,
      Tensor label,
      double gradScale,
      UnaryOperator<NDArray> value,
      BinaryOperator<NDArray> slope) {
    double outputs = (double) data.size() / data.shape(0); // of each example
    Tensor target = label.detach().reshape(data.shape());
    return data.with(
        target,
        (x, l) ->
            Custom.apply(x, value, (head, in, y) -> slope.apply(y, l).mul(gradScale).div(outputs)));
  }

  /** {@link #svmOutput(Tensor, Tensor, double, double, boolean)} with 1, 1 and squares. */
  default Tensor svmOutput(Tensor data, Tensor label) {
    return svmOutput(data, label, 1, 1, false);
  }

  /**
   * The data itself, with the gradient of the hinge loss of a support vector machine for each class
   * against all others.
   *
   * @param data (n, classes)
   * @param label (n)
   * @param margin how far from 0 a score should be
   * @param regularizationCoefficient what the gradient is multiplied with
   * @param useLinear whether the distances count as such, or squared
   */
  default Tensor svmOutput(
      Tensor data,
      Tensor label,
      double margin,
      double regularizationCoefficient,
      boolean useLinear) {
    Tensor hot = data.mx().nd().oneHot(label.detach(), (int) data.shape(1)).astype(data.dtype());
    return data.with(
        hot,
        (a, target) ->
            Custom.apply(
                a,
                Elementary::copy,
                (head, in, y) -> {
                  NDArray side = target.mul(2).sub(1); // 1 for the label, -1 for all others
                  NDArray missing = y.mul(side).neg().add(margin);
                  NDArray inside = Elementary.truth(missing.gt(0), y);
                  NDArray weight = useLinear ? inside : inside.mul(missing).mul(2);
                  return weight.mul(side).mul(-regularizationCoefficient);
                }));
  }

  /** {@link #makeLoss(Tensor, double, double, String)} with the gradient 1. */
  default Tensor makeLoss(Tensor data) {
    return makeLoss(data, 1, 0, "null");
  }

  /** {@link #makeLoss(Tensor, double, double, String)} without normalization. */
  default Tensor makeLoss(Tensor data, double gradScale) {
    return makeLoss(data, gradScale, 0, "null");
  }

  /**
   * The data itself, as a loss: its gradient is a constant.
   *
   * @param gradScale the gradient
   * @param validThresh above which an element counts as valid
   * @param normalization what the gradient is divided by: {@code null} for nothing, {@code batch}
   *     for the size of the batch, unless there is one axis only, {@code valid} for the number of
   *     valid elements
   */
  default Tensor makeLoss(Tensor data, double gradScale, double validThresh, String normalization) {
    return data.map(
        a ->
            Custom.apply(
                a,
                Elementary::copy,
                (head, x, y) -> {
                  NDArray one = x.onesLike().mul(gradScale);
                  return switch (normalization) {
                    case "null" -> one;
                    case "batch" -> one.div(x.getShape().dimension() > 1 ? x.getShape().get(0) : 1);
                    case "valid" ->
                        one.div(
                            Select.maximum(
                                Elementary.truth(x.gt(validThresh), x).sum(),
                                Elementary.constant(x, 1)));
                    default ->
                        throw new IllegalArgumentException(
                            "there is no normalization "
                                + normalization
                                + "; null, batch and valid are");
                  };
                }));
  }
}
