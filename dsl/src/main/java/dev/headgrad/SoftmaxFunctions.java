package dev.headgrad;

import ai.djl.ndarray.NDArray;
import java.util.function.UnaryOperator;

/** Softmax and the losses on it: part of {@link Nd}. */
public sealed interface SoftmaxFunctions permits Nd {

  /** e to the power of x, divided by its sum along the last axis. */
  default Tensor softmax(Tensor data) {
    return softmax(data, -1);
  }

  /** e to the power of x, divided by its sum along an axis. */
  default Tensor softmax(Tensor data, int axis) {
    return data.map(x -> x.softmax(Shapes.axis(axis, data.ndim())));
  }

  /** The softmax of data divided by a temperature. */
  default Tensor softmax(Tensor data, int axis, double temperature) {
    return softmax(data.div(temperature), axis);
  }

  /** The softmax of data divided by a temperature, along the last axis. */
  default Tensor softmax(Tensor data, double temperature) {
    return softmax(data, -1, temperature);
  }

  /**
   * The softmax of the first elements of each row; 0 behind them.
   *
   * @param data (n, steps)
   * @param length how many elements of each row count: (n)
   */
  default Tensor softmax(Tensor data, Tensor length, boolean useLength) {
    if (!useLength) {
      return softmax(data);
    }
    Nd nd = data.mx().nd();
    Tensor inside =
        nd.broadcastLesser(
            nd.arange(data.shape(-1)).reshape(1, -1),
            length.astype(ai.djl.ndarray.types.DataType.FLOAT32).reshape(-1, 1));
    Tensor none = data.zerosLike();
    Tensor low = nd.where(inside.plus(none), data, none.minus(1e30));
    return nd.where(inside.plus(none), softmax(low), none);
  }

  /** The softmax of -data along the last axis. */
  default Tensor softmin(Tensor data) {
    return softmin(data, -1);
  }

  /** The softmax of -data. */
  default Tensor softmin(Tensor data, int axis) {
    return softmax(data.unaryMinus(), axis);
  }

  /** The logarithm of the softmax along the last axis. */
  default Tensor logSoftmax(Tensor data) {
    return logSoftmax(data, -1);
  }

  /** The logarithm of the softmax. */
  default Tensor logSoftmax(Tensor data, int axis) {
    return data.map(x -> x.logSoftmax(Shapes.axis(axis, data.ndim())));
  }

  /** The softmax of each example: of all its axes as one. */
  default Tensor softmaxActivation(Tensor data) {
    return softmaxActivation(data, "instance");
  }

  /** The softmax of each example ({@code instance}), or over the channels ({@code channel}). */
  default Tensor softmaxActivation(Tensor data, String mode) {
    if (mode.equals("channel")) {
      return softmax(data, 1);
    }
    return softmax(data.reshape(data.shape(0), -1), -1).reshape(data.shape());
  }

  /**
   * The cross entropy of softmax, summed over the batch: shape (1).
   *
   * @param data (n, classes)
   * @param label (n), a constant
   * @throws IllegalArgumentException if a gradient is attached to the label
   */
  default Tensor softmaxCrossEntropy(Tensor data, Tensor label) {
    if (label.getGrad() != null) {
      throw new IllegalArgumentException(
          "softmaxCrossEntropy has no gradient for its label: detach it");
    }
    return data.mx().nd().pick(logSoftmax(data), label).sum().unaryMinus();
  }

  /**
   * The softmax of each row. Its gradient is that of the cross entropy with the label, whatever the
   * head: softmax minus 1 at the label.
   *
   * @param data (n, classes)
   * @param label (n), whole numbers
   */
  default Tensor softmaxOutput(Tensor data, Tensor label) {
    Tensor hot = data.mx().nd().oneHot(label, (int) data.shape(1)).astype(data.dtype());
    return data.map(a -> Custom.apply(a, x -> x.softmax(1), (head, x, y) -> y.sub(hot.ndarray())));
  }

  /** The data itself, with the gradient of half the squared distance, whatever the head. */
  default Tensor linearRegressionOutput(Tensor data, Tensor label) {
    return regression(data, label, difference -> difference);
  }

  /** The data itself, with the gradient of the absolute distance, whatever the head. */
  default Tensor mAERegressionOutput(Tensor data, Tensor label) {
    // at the label itself MXNet takes -1
    return regression(data, label, d -> d.gt(0).toType(d.getDataType(), false).mul(2).sub(1));
  }

  private static Tensor regression(Tensor data, Tensor label, UnaryOperator<NDArray> slope) {
    double outputs = (double) data.size() / data.shape(0); // of each example
    Tensor target = label.reshape(data.shape());
    return data.map(
        a ->
            Custom.apply(
                a,
                x -> x.duplicate(),
                (head, x, y) -> slope.apply(y.sub(target.ndarray())).div(outputs)));
  }

  /** The data itself, as a loss: its gradient is 1, whatever the head. */
  default Tensor makeLoss(Tensor data) {
    return data.map(a -> Custom.apply(a, x -> x.duplicate(), (head, x, y) -> head.onesLike()));
  }
}
