package dev.headgrad.tape.op;

import ai.djl.ndarray.types.DataType;
import dev.headgrad.tape.core.DenseArray;
import dev.headgrad.tape.core.Dims;
import dev.headgrad.tape.core.Elements;
import dev.headgrad.tape.core.Node;
import dev.headgrad.tape.core.UnaryOp;
import dev.headgrad.tape.kernel.Workers;
import dev.headgrad.tape.kernel.convolution.Window;
import dev.headgrad.tape.kernel.pool.MaxPool;
import dev.headgrad.tape.kernel.pool.MeanPool;
import dev.headgrad.tape.kernel.pool.PoolLoops;
import java.util.Arrays;

/** Maximum, average and Lp pooling over one to three axes of images (n, channels, axes…). */
public final class Pooling {

  /** Elements read that are worth a thread of their own. */
  private static final int GRAIN = 1 << 15;

  private Pooling() {}

  /** Works on every plane (one channel of one image) in turn, on several threads. */
  private static void forPlanes(int planes, Window window, Workers.RangeTask task) {
    int work = Math.max(1, window.outSize() * window.kernelSize());
    Workers.parallelFor(planes, Math.max(1, GRAIN / work), task);
  }

  // y = max of each window      dx = zeros, with g added where the maximum was (the first of ties)
  private static final class Max extends UnaryOp {
    private final Window window;
    private final int[] dims;
    private int[] at = {};

    Max(Window window, int[] dims) {
      super("maxPool", Keeps.NOTHING);
      this.window = window;
      this.dims = dims;
    }

    @Override
    protected DenseArray forward(DenseArray x) {
      DenseArray in = Elements.to(x, Types.domain(x.type()));
      DenseArray y = DenseArray.dirty(in.type(), dims);
      at = new int[y.size()];
      int p = window.outSize();
      int size = window.inSize();
      forPlanes(
          p == 0 ? 0 : y.size() / p,
          window,
          (from, to) -> {
            if (in.type() == DataType.FLOAT32) {
              maxOfFloats(in, from, to, y);
              return;
            }
            for (int i = from; i < to; i++) {
              int xo = in.offset() + i * size;
              if (in.type() == DataType.FLOAT64) {
                PoolLoops.max(in.doubles(), xo, window, y.doubles(), at, i * p);
              } else {
                PoolLoops.max(in.longs(), xo, window, y.longs(), at, i * p);
              }
            }
          });
      return Elements.to(y, x.type());
    }

    private void maxOfFloats(DenseArray in, int from, int to, DenseArray y) {
      int size = window.inSize();
      int p = window.outSize();
      try (MaxPool pool = new MaxPool(window)) {
        for (int i = from; i < to; i++) {
          pool.of(in.floats(), in.offset() + i * size, y.floats(), at, i * p);
        }
      }
    }

    @Override
    protected DenseArray gradient(Node node, DenseArray head) {
      return new Spread(window, at, node.inputDims(0)).apply(head);
    }
  }

  // x = zeros, with y added where it came from      dy = g picked from there
  private static final class Spread extends UnaryOp {
    private final Window window;
    private final int[] at;
    private final int[] dims;

    Spread(Window window, int[] at, int[] dims) {
      super("maxPoolGradient", Keeps.NOTHING);
      this.window = window;
      this.at = at;
      this.dims = dims;
    }

    @Override
    protected DenseArray forward(DenseArray y) {
      DenseArray in = Elements.to(y, Types.domain(y.type()));
      DenseArray x = DenseArray.dirty(in.type(), dims);
      int p = window.outSize();
      int size = window.inSize();
      forPlanes(
          p == 0 ? 0 : in.size() / p,
          window,
          (from, to) -> {
            for (int i = from; i < to; i++) {
              int yo = in.offset() + i * p;
              if (in.type() == DataType.FLOAT32) {
                PoolLoops.spread(in.floats(), yo, p, at, i * p, x.floats(), i * size, size);
              } else {
                PoolLoops.spread(in.doubles(), yo, p, at, i * p, x.doubles(), i * size, size);
              }
            }
          });
      return Elements.to(x, y.type());
    }

    @Override
    protected DenseArray gradient(Node node, DenseArray head) {
      return new Pick(window, at, node.inputDims(0)).apply(head);
    }
  }

  // y = x picked from where the maxima were          dx = g spread to there
  private static final class Pick extends UnaryOp {
    private final Window window;
    private final int[] at;
    private final int[] dims;

    Pick(Window window, int[] at, int[] dims) {
      super("maxPoolPick", Keeps.NOTHING);
      this.window = window;
      this.at = at;
      this.dims = dims;
    }

    @Override
    protected DenseArray forward(DenseArray x) {
      DenseArray in = Elements.contiguous(x);
      DenseArray y = DenseArray.dirty(x.type(), dims);
      int p = window.outSize();
      for (int i = 0; i < y.size(); i++) {
        int from = in.offset() + i / p * window.inSize() + at[i];
        Elements.setDouble(y.data(), y.type(), i, Elements.getDouble(in.data(), in.type(), from));
      }
      return y;
    }

    @Override
    protected DenseArray gradient(Node node, DenseArray head) {
      return new Spread(window, at, node.inputDims(0)).apply(head);
    }
  }

  // y = mean of each window     dx = g / count, added to every element of the window
  private static final class Mean extends UnaryOp {
    private final Window window;
    private final int[] dims;
    private final int[] counts;

    Mean(Window window, int[] dims, int[] counts) {
      super("avgPool", Keeps.NOTHING);
      this.window = window;
      this.dims = dims;
      this.counts = counts;
    }

    @Override
    protected DenseArray forward(DenseArray x) {
      DenseArray in = Elements.to(x, Types.domain(Types.floating(x.type())));
      DenseArray y = DenseArray.dirty(in.type(), dims);
      int p = window.outSize();
      int size = window.inSize();
      forPlanes(
          p == 0 ? 0 : y.size() / p,
          window,
          (from, to) -> {
            MeanPool pool = new MeanPool(window, counts);
            for (int i = from; i < to; i++) {
              int xo = in.offset() + i * size;
              if (in.type() == DataType.FLOAT32) {
                pool.of(in.floats(), xo, y.floats(), i * p);
              } else {
                PoolLoops.mean(in.doubles(), xo, window, counts, y.doubles(), i * p);
              }
            }
          });
      return Elements.to(y, Types.floating(x.type()));
    }

    @Override
    protected DenseArray gradient(Node node, DenseArray head) {
      return new Unmean(window, node.inputDims(0), counts).apply(head);
    }
  }

  // x = y / count, added to every element of the window     dy = mean of g over each window
  private static final class Unmean extends UnaryOp {
    private final Window window;
    private final int[] dims;
    private final int[] counts;

    Unmean(Window window, int[] dims, int[] counts) {
      super("avgPoolGradient", Keeps.NOTHING);
      this.window = window;
      this.dims = dims;
      this.counts = counts;
    }

    @Override
    protected DenseArray forward(DenseArray y) {
      DenseArray in = Elements.to(y, Types.domain(y.type()));
      DenseArray x = DenseArray.dirty(in.type(), dims);
      int p = window.outSize();
      int size = window.inSize();
      forPlanes(
          p == 0 ? 0 : in.size() / p,
          window,
          (from, to) -> {
            MeanPool pool = new MeanPool(window, counts);
            for (int i = from; i < to; i++) {
              int yo = in.offset() + i * p;
              if (in.type() == DataType.FLOAT32) {
                pool.back(in.floats(), yo, x.floats(), i * size);
              } else {
                PoolLoops.unmean(in.doubles(), yo, window, counts, x.doubles(), i * size);
              }
            }
          });
      return Elements.to(x, y.type());
    }

    @Override
    protected DenseArray gradient(Node node, DenseArray head) {
      return new Mean(window, node.inputDims(0), counts).apply(head);
    }
  }

  /**
   * The largest element of each window. Padding never is; of ties the first counts.
   *
   * @param ceil whether a last window that hangs over the end counts
   */
  public static DenseArray max(DenseArray x, int[] kernel, int[] stride, int[] pad, boolean ceil) {
    Window window = window(x, kernel, stride, pad, ceil);
    return new Max(window, dims(x, window, kernel.length)).apply(x);
  }

  /**
   * The mean of each window.
   *
   * @param includePad whether padding counts as zeros, or not at all
   */
  public static DenseArray mean(
      DenseArray x, int[] kernel, int[] stride, int[] pad, boolean ceil, boolean includePad) {
    Window window = window(x, kernel, stride, pad, ceil);
    int[] counts = PoolLoops.counts(window, includePad);
    return new Mean(window, dims(x, window, kernel.length), counts).apply(x);
  }

  /**
   * {@code (Σ x^p)^(1/p)} of each window. As on the native engines the sum is that of the elements,
   * not of their magnitudes; as on MXNet the root of a negative sum, which an odd p can have, is
   * negative.
   */
  public static DenseArray lp(
      DenseArray x, double p, int[] kernel, int[] stride, int[] pad, boolean ceil) {
    Window window = window(x, kernel, stride, pad, ceil);
    int[] ones = new int[window.outSize()];
    Arrays.fill(ones, 1);
    return root(new Mean(window, dims(x, window, kernel.length), ones).apply(Powers.pow(x, p)), p);
  }

  /** {@code (Σ x^p)^(1/p)} over whole axes, as that of {@link #lp windows}. */
  public static DenseArray globalLp(DenseArray x, double p, int[] axes) {
    return root(Reductions.sum(Powers.pow(x, p), axes, false), p);
  }

  private static DenseArray root(DenseArray sums, double p) {
    if (p == 1) {
      return sums;
    }
    return p % 2 == 1
        ? Arithmetic.mul(Rounding.sign(sums), Powers.pow(UnaryMath.abs(sums), 1 / p))
        : Powers.pow(sums, 1 / p);
  }

  private static int[] dims(DenseArray x, Window window, int axes) {
    int[] dims = x.dims().clone();
    for (int i = 0; i < axes; i++) {
      dims[2 + i] = window.out[window.out.length - axes + i];
    }
    return dims;
  }

  private static Window window(DenseArray x, int[] kernel, int[] stride, int[] pad, boolean ceil) {
    int axes = kernel.length;
    if (x.rank() != axes + 2 || axes < 1 || axes > 3) {
      throw new IllegalArgumentException(
          "pooling with a window of "
              + axes
              + " axes needs images (n, channels, "
              + axes
              + " axes), but got the shape "
              + Dims.text(x.dims()));
    }
    Dims.requirePositive("window", kernel);
    Dims.requirePositive("stride", stride);
    int[] in = Arrays.copyOfRange(x.dims(), 2, x.rank());
    int[] out = new int[axes];
    int[] dilation = new int[axes];
    Arrays.fill(dilation, 1);
    for (int i = 0; i < axes; i++) {
      int room = in[i] + 2 * pad[i] - kernel[i];
      if (room < 0) {
        throw new IllegalArgumentException(
            "a window of length "
                + kernel[i]
                + " does not fit into axis "
                + (i + 2)
                + " of length "
                + in[i]
                + " with padding "
                + pad[i]);
      }
      if (pad[i] >= kernel[i]) {
        throw new IllegalArgumentException(
            "with a padding of "
                + pad[i]
                + " on axis "
                + (i + 2)
                + " a window of length "
                + kernel[i]
                + " would see nothing but padding; it must be less");
      }
      out[i] = (ceil ? (room + stride[i] - 1) / stride[i] : room / stride[i]) + 1;
      if (ceil && (out[i] - 1) * stride[i] >= in[i] + pad[i]) {
        out[i]--; // the last window must start inside the image or the padding before it
      }
    }
    return new Window(in, kernel, stride, pad, dilation, out);
  }
}
