package dev.headgrad;

import ai.djl.ndarray.types.DataType;
import java.util.Arrays;

/** Softmax and its relatives: part of {@link Nd}. */
public sealed interface SoftmaxFunctions permits Nd {

  /** e to the power of x, divided by its sum along the last axis. */
  default Tensor softmax(Tensor data) {
    return softmax(data, -1);
  }

  /** e to the power of x, divided by its sum along an axis. */
  default Tensor softmax(Tensor data, int axis) {
    int at = Shapes.axis(axis, data.ndim());
    return data.map(x -> x.softmax(at));
  }

  /** The softmax of data divided by a temperature. */
  default Tensor softmax(Tensor data, int axis, double temperature) {
    return softmax(data.div(temperature), axis);
  }

  /** The softmax of data divided by a temperature, along the last axis. */
  default Tensor softmax(Tensor data, double temperature) {
    return softmax(data, -1, temperature);
  }

  /** The softmax along the last axis, in another dtype. */
  default Tensor softmax(Tensor data, DataType dtype) {
    return softmax(data.astype(dtype));
  }

  /** {@link #softmax(Tensor, Tensor, int, double, boolean)} along the last axis. */
  default Tensor softmax(Tensor data, Tensor length, boolean useLength) {
    return softmax(data, length, -1, 1, useLength);
  }

  /**
   * The softmax of the first elements along an axis; 0 behind them.
   *
   * @param length how many elements count: the shape of data without the axis
   * @param temperature what data is divided by before
   * @param useLength false if all elements count
   */
  default Tensor softmax(
      Tensor data, Tensor length, int axis, double temperature, boolean useLength) {
    if (!useLength) {
      return softmax(data, axis, temperature);
    }
    int at = Shapes.axis(axis, data.ndim());
    Nd nd = data.mx().nd();
    long[] line = new long[data.ndim()];
    Arrays.fill(line, 1);
    line[at] = data.shape(at);
    Tensor places = nd.arange(data.shape(at)).reshape(line);
    Tensor inside =
        nd.broadcastLesser(places, length.detach().astype(DataType.FLOAT32).expandDims(at));
    // exp of the lowest is 0; a row without elements becomes 0 in the end
    Tensor low = data.with(inside, (x, m) -> Select.where(m.neq(0), x, -1e30));
    Tensor shares = softmax(low, at, temperature);
    return shares.with(inside, (x, m) -> Select.where(m.neq(0), x, 0));
  }

  /** The softmax of -data along the last axis. */
  default Tensor softmin(Tensor data) {
    return softmin(data, -1);
  }

  /** The softmax of -data. */
  default Tensor softmin(Tensor data, int axis) {
    return softmax(data.unaryMinus(), axis);
  }

  /** The softmax of -data divided by a temperature. */
  default Tensor softmin(Tensor data, int axis, double temperature) {
    return softmax(data.unaryMinus(), axis, temperature);
  }

  /** The logarithm of the softmax along the last axis. */
  default Tensor logSoftmax(Tensor data) {
    return logSoftmax(data, -1);
  }

  /** The logarithm of the softmax. */
  default Tensor logSoftmax(Tensor data, int axis) {
    int at = Shapes.axis(axis, data.ndim());
    return data.map(x -> x.logSoftmax(at));
  }

  /** The logarithm of the softmax of data divided by a temperature. */
  default Tensor logSoftmax(Tensor data, int axis, double temperature) {
    return logSoftmax(data.div(temperature), axis);
  }

  /** The softmax of each example: {@link #softmaxActivation(Tensor, String)} as an instance. */
  default Tensor softmaxActivation(Tensor data) {
    return softmaxActivation(data, "instance");
  }

  /**
   * The softmax over the last axis, or over the channels.
   *
   * @param mode {@code instance}, or {@code channel}: axis 1
   */
  default Tensor softmaxActivation(Tensor data, String mode) {
    return switch (mode) {
      case "instance" -> softmax(data, -1);
      case "channel" -> softmax(data, 1);
      default ->
          throw new IllegalArgumentException(
              "there is no mode " + mode + "; instance and channel are");
    };
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
   * The negative logarithm of the probability of each labelling, by connectionist temporal
   * classification (Graves et al., 2006), with class 0 as the blank and labels ended by 0.
   *
   * @param data scores before the softmax: (steps, n, classes)
   * @param label (n, labels)
   * @return (n)
   */
  default Tensor ctcLoss(Tensor data, Tensor label) {
    return ctcLoss(data, label, new LossOptions.Ctc());
  }

  /** {@link #ctcLoss(Tensor, Tensor)} with options. */
  default Tensor ctcLoss(Tensor data, Tensor label, LossOptions.Ctc options) {
    int[] steps = new int[(int) data.shape(1)];
    Arrays.fill(steps, (int) data.shape(0));
    return Alignment.loss(this, data, label, steps, null, options.blankLabel());
  }

  /**
   * {@link #ctcLoss(Tensor, Tensor)} of sequences of different lengths.
   *
   * @param dataLengths how many steps of each sequence count, if the options say so: (n)
   * @param labelLengths how many labels of each count, if the options say so: (n)
   */
  default Tensor ctcLoss(
      Tensor data, Tensor label, Tensor dataLengths, Tensor labelLengths, LossOptions.Ctc options) {
    int[] steps = new int[(int) data.shape(1)];
    Arrays.fill(steps, (int) data.shape(0));
    return Alignment.loss(
        this,
        data,
        label,
        options.useDataLengths() ? dataLengths.toIntArray() : steps,
        options.useLabelLengths() ? labelLengths.toIntArray() : null,
        options.blankLabel());
  }
}
