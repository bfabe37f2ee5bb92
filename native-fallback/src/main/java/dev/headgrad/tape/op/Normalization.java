package dev.headgrad.tape.op;

import static dev.headgrad.tape.op.Arithmetic.add;
import static dev.headgrad.tape.op.Arithmetic.mul;
import static dev.headgrad.tape.op.Arithmetic.sub;

import ai.djl.ndarray.types.DataType;
import dev.headgrad.tape.core.DenseArray;
import dev.headgrad.tape.core.Dims;
import dev.headgrad.tape.core.Elements;
import dev.headgrad.tape.core.Tape;
import dev.headgrad.tape.kernel.Workers;
import dev.headgrad.tape.kernel.norm.NormColumns;
import dev.headgrad.tape.kernel.norm.NormLoops;
import java.util.Arrays;

/** Batch and layer normalization: to mean 0 and variance 1, then times gamma, plus beta. */
public final class Normalization {

  /** Elements that are worth a thread of their own. */
  private static final int GRAIN = 1 << 15;

  private Normalization() {}

  /**
   * Batch normalization. In training with the batch's own statistics, which also move the running
   * ones: {@code running = momentum * running + (1 - momentum) * batch}, at once and once per call;
   * otherwise with the running ones.
   *
   * @param x any shape with the channels on the axis
   * @param runningMean (channels), like all parameters; written to in training
   */
  public static DenseArray batchNorm(
      DenseArray x,
      DenseArray runningMean,
      DenseArray runningVariance,
      DenseArray gamma,
      DenseArray beta,
      int axis,
      double momentum,
      double eps,
      boolean training) {
    int channel = Dims.axis(axis, x.rank());
    int[] parameterDims = new int[x.rank()];
    Arrays.fill(parameterDims, 1);
    parameterDims[channel] = x.dim(channel);
    if (!training && !Tape.isRecording() && isFast(x, gamma, beta)) {
      return byStatistics(x, runningMean, runningVariance, gamma, beta, channel, eps);
    }
    if (!training) {
      DenseArray mean = Shapes.reshape(runningMean, parameterDims);
      DenseArray variance = Shapes.reshape(runningVariance, parameterDims);
      DenseArray inverse = Powers.pow(add(variance, Creation.scalar(eps, x.type())), -0.5);
      DenseArray scale = mul(inverse, Shapes.reshape(gamma, parameterDims));
      DenseArray shift = sub(Shapes.reshape(beta, parameterDims), mul(mean, scale));
      return add(mul(x, scale), shift);
    }
    int[] axes = new int[x.rank() - 1];
    for (int i = 0; i < axes.length; i++) {
      axes[i] = i < channel ? i : i + 1;
    }
    DenseArray[] out = new Normalize(axes, parameterDims, eps).apply(x, gamma, beta);
    double[] mean = Elements.copy(Elements.to(out[1], DataType.FLOAT64)).doubles();
    double[] inverse = Elements.copy(Elements.to(out[2], DataType.FLOAT64)).doubles();
    for (int c = 0; c < mean.length; c++) {
      move(runningMean, c, momentum, mean[c]);
      move(runningVariance, c, momentum, 1 / (inverse[c] * inverse[c]) - eps);
    }
    runningMean.written();
    runningVariance.written();
    return out[0];
  }

  private static boolean isFast(DenseArray x, DenseArray gamma, DenseArray beta) {
    return x.type() == DataType.FLOAT32
        && gamma.type() == DataType.FLOAT32
        && beta.type() == DataType.FLOAT32
        && x.size() > 0;
  }

  /** Normalizes with statistics that are known, in one pass. */
  private static DenseArray byStatistics(
      DenseArray x,
      DenseArray mean,
      DenseArray variance,
      DenseArray gamma,
      DenseArray beta,
      int axis,
      double eps) {
    DenseArray in = Elements.contiguous(x);
    DenseArray g = Elements.contiguous(gamma);
    DenseArray b = Elements.contiguous(beta);
    float[] m = Elements.copy(Elements.to(mean, DataType.FLOAT32)).floats();
    double[] v = Elements.copy(Elements.to(variance, DataType.FLOAT64)).doubles();
    int channels = x.dim(axis);
    int outer = Dims.size(Arrays.copyOf(x.dims(), axis));
    int inner = x.size() / outer / channels;
    DenseArray y = DenseArray.dirty(DataType.FLOAT32, x.dims());
    float[] scale = new float[channels];
    for (int c = 0; c < channels; c++) {
      scale[c] = (float) (g.floats()[g.offset() + c] / Math.sqrt(v[c] + eps));
    }
    if (inner == 1) {
      new NormColumns(outer, channels, in.floats(), in.offset())
          .scale(m, scale, Normalize.straight(b), y.floats());
      return y;
    }
    Workers.parallelFor(
        outer * channels,
        Math.max(1, GRAIN / inner),
        (from, to) -> {
          for (int i = from; i < to; i++) {
            int c = i % channels;
            float shift = b.floats()[b.offset() + c];
            int xo = in.offset() + i * inner;
            NormLoops.scale(in.floats(), xo, y.floats(), i * inner, inner, m[c], scale[c], shift);
          }
        });
    return y;
  }

  private static void move(DenseArray running, int c, double momentum, double batch) {
    int at = running.offset() + c * running.strides()[0];
    double old = Elements.getDouble(running.data(), running.type(), at);
    Elements.setDouble(running.data(), running.type(), at, momentum * old + (1 - momentum) * batch);
  }

  /** Layer normalization over the last axes, as many as the parameters have. */
  public static DenseArray layerNorm(
      DenseArray x, int[] normalized, DenseArray gamma, DenseArray beta, double eps) {
    int lead = x.rank() - normalized.length;
    if (lead < 0 || !Arrays.equals(normalized, Arrays.copyOfRange(x.dims(), lead, x.rank()))) {
      throw new IllegalArgumentException(
          "layer normalization over the shape "
              + Dims.text(normalized)
              + " needs an array that ends in it, but got the shape "
              + Dims.text(x.dims()));
    }
    int[] axes = new int[normalized.length];
    Arrays.setAll(axes, i -> lead + i);
    return new Normalize(axes, normalized, eps).apply(x, gamma, beta)[0];
  }
}
