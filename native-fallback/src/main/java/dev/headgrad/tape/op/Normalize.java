package dev.headgrad.tape.op;

import static dev.headgrad.tape.op.Arithmetic.add;
import static dev.headgrad.tape.op.Arithmetic.mul;
import static dev.headgrad.tape.op.Arithmetic.sub;

import ai.djl.ndarray.types.DataType;
import dev.headgrad.tape.core.DenseArray;
import dev.headgrad.tape.core.Dims;
import dev.headgrad.tape.core.Elements;
import dev.headgrad.tape.core.NaryOp;
import dev.headgrad.tape.core.Node;
import dev.headgrad.tape.core.Tape;
import dev.headgrad.tape.kernel.Workers;
import dev.headgrad.tape.kernel.norm.NormColumns;
import dev.headgrad.tape.kernel.norm.NormLoops;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * (x, gamma, beta) to (y, mean, inverse standard deviation), the statistics over some axes.
 *
 * <p>There are fast paths for FLOAT32: over all axes but one (batch), and over the last ones
 * (layer). Everything else, and every gradient that is recorded, goes through the other operations.
 */
final class Normalize extends NaryOp {
  /** Elements that are worth a thread of their own. */
  private static final int GRAIN = 1 << 15;

  private final int[] axes;
  private final int[] parameterDims;
  private final double eps;

  /**
   * @param axes what the statistics are over
   * @param parameterDims the dimensions of gamma and beta when they are broadcast against x
   */
  Normalize(int[] axes, int[] parameterDims, double eps) {
    super("normalize", Keeps.ALL);
    this.axes = axes;
    this.parameterDims = parameterDims;
    this.eps = eps;
  }

  private int[] statisticDims(DenseArray x) {
    return Dims.reduced(x.dims(), Dims.mask(axes, x.rank()), true);
  }

  private boolean isFloat(DenseArray x, DenseArray gamma) {
    return x.type() == DataType.FLOAT32 && gamma.type() == DataType.FLOAT32 && x.size() > 0;
  }

  /** The one channel axis that batch normalization leaves, or -1. */
  private int channelAxis(DenseArray x) {
    if (parameterDims.length != x.rank() || axes.length != x.rank() - 1) {
      return -1;
    }
    int axis = 0;
    while (axis < axes.length && axes[axis] == axis) {
      axis++;
    }
    return axis;
  }

  private boolean isTail(DenseArray x) {
    for (int i = 0; i < axes.length; i++) {
      if (axes[i] != x.rank() - axes.length + i) {
        return false;
      }
    }
    return axes.length < x.rank();
  }

  @Override
  protected DenseArray[] forward(DenseArray[] inputs) {
    DenseArray x = inputs[0].detached();
    DenseArray gamma = inputs[1].detached();
    DenseArray beta = inputs[2].detached();
    int channel = channelAxis(x);
    if (isFloat(x, gamma) && channel >= 0) {
      return byChannel(Elements.contiguous(x), gamma, beta, channel);
    }
    if (isFloat(x, gamma) && isTail(x)) {
      return byRow(Elements.contiguous(x), gamma, beta);
    }
    DenseArray mean = Reductions.mean(x, axes, true);
    DenseArray centered = sub(x, mean);
    DenseArray variance = Reductions.mean(mul(centered, centered), axes, true);
    DenseArray inverse = Powers.pow(add(variance, Creation.scalar(eps, x.type())), -0.5);
    DenseArray y = mul(mul(centered, inverse), Shapes.reshape(gamma, parameterDims));
    return new DenseArray[] {add(y, Shapes.reshape(beta, parameterDims)), mean, inverse};
  }

  private DenseArray[] byChannel(DenseArray x, DenseArray gamma, DenseArray beta, int axis) {
    int channels = x.dim(axis);
    int outer = Dims.size(Arrays.copyOf(x.dims(), axis));
    int inner = x.size() / outer / channels;
    DenseArray y = DenseArray.dirty(DataType.FLOAT32, x.dims());
    DenseArray mean = DenseArray.dirty(DataType.FLOAT32, statisticDims(x));
    DenseArray inverse = DenseArray.dirty(DataType.FLOAT32, statisticDims(x));
    DenseArray g = Elements.contiguous(gamma);
    DenseArray b = Elements.contiguous(beta);
    if (inner == 1) {
      new NormColumns(outer, channels, x.floats(), x.offset())
          .normalize(straight(g), straight(b), eps, y.floats(), mean.floats(), inverse.floats());
      return new DenseArray[] {y, mean, inverse};
    }
    Workers.parallelFor(
        channels,
        Math.max(1, GRAIN / (outer * inner)),
        (from, to) -> {
          for (int c = from; c < to; c++) {
            NormLoops.channel(
                x.floats(),
                x.offset(),
                outer,
                channels,
                inner,
                c,
                g.floats()[g.offset() + c],
                b.floats()[b.offset() + c],
                eps,
                y.floats(),
                mean.floats(),
                inverse.floats());
          }
        });
    return new DenseArray[] {y, mean, inverse};
  }

  private DenseArray[] byRow(DenseArray x, DenseArray gamma, DenseArray beta) {
    DenseArray mean = DenseArray.dirty(DataType.FLOAT32, statisticDims(x));
    DenseArray inverse = DenseArray.dirty(DataType.FLOAT32, statisticDims(x));
    DenseArray y = DenseArray.dirty(DataType.FLOAT32, x.dims());
    int rows = mean.size();
    int n = x.size() / rows;
    DenseArray g = Elements.contiguous(gamma);
    DenseArray b = Elements.contiguous(beta);
    Workers.parallelFor(
        rows,
        Math.max(1, GRAIN / n),
        (from, to) -> {
          for (int r = from; r < to; r++) {
            NormLoops.row(
                x.floats(),
                x.offset() + r * n,
                n,
                g.floats(),
                g.offset(),
                b.floats(),
                b.offset(),
                eps,
                y.floats(),
                r,
                mean.floats(),
                inverse.floats());
          }
        });
    return new DenseArray[] {y, mean, inverse};
  }

  @Override
  protected @Nullable DenseArray[] gradients(Node node, @Nullable DenseArray[] heads) {
    DenseArray x = node.input(0);
    DenseArray gamma = node.input(1);
    DenseArray g = heads[0];
    int channel = channelAxis(x);
    if (!Tape.isRecording() && g != null && heads[1] == null && heads[2] == null) {
      if (isFloat(x, gamma) && channel >= 0) {
        return channelGradients(node, Elements.contiguous(g), channel);
      }
      if (isFloat(x, gamma) && isTail(x)) {
        return rowGradients(node, Elements.contiguous(g));
      }
    }
    return recordedGradients(node, heads);
  }

  private DenseArray[] channelGradients(Node node, DenseArray g, int axis) {
    DenseArray x = Elements.contiguous(node.input(0));
    DenseArray gamma = Elements.contiguous(node.input(1));
    float[] mean = node.output(1).floats();
    float[] inverse = node.output(2).floats();
    int channels = x.dim(axis);
    int outer = Dims.size(Arrays.copyOf(x.dims(), axis));
    int inner = x.size() / outer / channels;
    DenseArray dx = DenseArray.dirty(DataType.FLOAT32, x.dims());
    DenseArray dGamma = DenseArray.dirty(DataType.FLOAT32, node.inputDims(1));
    DenseArray dBeta = DenseArray.dirty(DataType.FLOAT32, node.inputDims(2));
    if (inner == 1) {
      new NormColumns(outer, channels, x.floats(), x.offset())
          .gradients(
              g.floats(),
              g.offset(),
              straight(gamma),
              mean,
              inverse,
              dx.floats(),
              dGamma.floats(),
              dBeta.floats());
      return new DenseArray[] {dx, dGamma, dBeta};
    }
    Workers.parallelFor(
        channels,
        Math.max(1, GRAIN / (outer * inner)),
        (from, to) -> {
          for (int c = from; c < to; c++) {
            NormLoops.channelGradient(
                x.floats(),
                x.offset(),
                g.floats(),
                g.offset(),
                outer,
                channels,
                inner,
                c,
                gamma.floats()[gamma.offset() + c],
                mean[c],
                inverse[c],
                dx.floats(),
                dGamma.floats(),
                dBeta.floats());
          }
        });
    return new DenseArray[] {dx, dGamma, dBeta};
  }

  private DenseArray[] rowGradients(Node node, DenseArray g) {
    DenseArray x = Elements.contiguous(node.input(0));
    DenseArray gamma = Elements.contiguous(node.input(1));
    float[] mean = node.output(1).floats();
    float[] inverse = node.output(2).floats();
    int rows = mean.length;
    int n = x.size() / rows;
    DenseArray dx = DenseArray.dirty(DataType.FLOAT32, x.dims());
    DenseArray dGamma = DenseArray.zeros(DataType.FLOAT32, node.inputDims(1));
    DenseArray dBeta = DenseArray.zeros(DataType.FLOAT32, node.inputDims(2));
    // every part adds up its own rows; the parts are added in order
    int parts = Math.max(1, Math.min(Workers.threads(), x.size() / GRAIN));
    float[][] gammas = new float[parts][];
    float[][] betas = new float[parts][];
    Workers.parallelFor(
        parts,
        1,
        (from, to) -> {
          for (int part = from; part < to; part++) {
            gammas[part] = part == 0 ? dGamma.floats() : new float[n];
            betas[part] = part == 0 ? dBeta.floats() : new float[n];
            int end = (int) ((long) rows * (part + 1) / parts);
            for (int r = (int) ((long) rows * part / parts); r < end; r++) {
              NormLoops.rowGradient(
                  x.floats(),
                  x.offset() + r * n,
                  g.floats(),
                  g.offset() + r * n,
                  n,
                  gamma.floats(),
                  gamma.offset(),
                  mean[r],
                  inverse[r],
                  dx.floats(),
                  r * n,
                  gammas[part],
                  betas[part]);
            }
          }
        });
    for (int part = 1; part < parts; part++) {
      for (int i = 0; i < n; i++) {
        dGamma.floats()[i] += gammas[part][i];
        dBeta.floats()[i] += betas[part][i];
      }
    }
    return new DenseArray[] {dx, dGamma, dBeta};
  }

  private @Nullable DenseArray[] recordedGradients(Node node, @Nullable DenseArray[] heads) {
    DenseArray x = node.input(0);
    DenseArray mean = node.output(1);
    DenseArray inverse = node.output(2);
    DenseArray normal = mul(sub(x, mean), inverse);
    double n = (double) x.size() / mean.size();
    DenseArray dx = null;
    DenseArray dGamma = null;
    DenseArray dBeta = null;
    DenseArray g = heads[0];
    if (g != null) {
      DenseArray h = mul(g, Shapes.reshape(node.input(1), parameterDims));
      DenseArray along = Reductions.mean(mul(h, normal), axes, true);
      DenseArray across = sub(h, Reductions.mean(h, axes, true));
      dx = mul(inverse, sub(across, mul(normal, along)));
      dGamma = Shapes.reshape(Reductions.sumTo(mul(g, normal), parameterDims), node.inputDims(1));
      dBeta = Shapes.reshape(Reductions.sumTo(g, parameterDims), node.inputDims(2));
    }
    DenseArray gMean = heads[1];
    if (gMean != null) { // dmean/dx = 1 / n
      dx = sum(dx, Shapes.broadcast(scaled(gMean, 1 / n), x.dims()));
    }
    DenseArray gInverse = heads[2];
    if (gInverse != null) { // dinverse/dx = -inverse² x̂ / n
      DenseArray each = mul(mul(gInverse, mul(inverse, inverse)), normal);
      dx = sum(dx, scaled(each, -1 / n));
    }
    return new DenseArray[] {dx, dGamma, dBeta};
  }

  /** The elements from index 0 on. */
  static float[] straight(DenseArray x) {
    return (x.isContiguous() && x.offset() == 0 ? x : Elements.copy(x)).floats();
  }

  private static DenseArray sum(@Nullable DenseArray a, DenseArray b) {
    return a == null ? b : add(a, b);
  }

  private static DenseArray scaled(DenseArray x, double factor) {
    return mul(x, Creation.scalar(factor, x.type()));
  }
}
