package dev.headgrad.tape.op;

import ai.djl.ndarray.types.DataType;
import dev.headgrad.tape.core.DenseArray;
import dev.headgrad.tape.core.Dims;
import dev.headgrad.tape.core.Elements;
import dev.headgrad.tape.core.Node;
import dev.headgrad.tape.core.UnaryOp;
import dev.headgrad.tape.kernel.Simd;
import dev.headgrad.tape.kernel.Workers;

/** Many elements to one, along axes. */
public final class Reductions {

  private Reductions() {}

  /**
   * Along some of the axes. The input is brought into the form (outer, reduced, inner): without a
   * copy if the reduced axes lie together, as they mostly do.
   */
  private abstract static class Reduction extends UnaryOp {
    final boolean[] mask;
    final boolean keepDims;

    Reduction(String name, Keeps keeps, boolean[] mask, boolean keepDims) {
      super(name, keeps);
      this.mask = mask;
      this.keepDims = keepDims;
    }

    /** The dtype of the result. */
    DataType resultType(DataType type) {
      return type;
    }

    /** Reduces x, contiguous of dims (outer, n, inner), to y of dims (outer, inner). */
    abstract void reduce(DenseArray x, int outer, int n, int inner, DenseArray y);

    @Override
    protected final DenseArray forward(DenseArray x) {
      int first = 0;
      while (first < mask.length && !mask[first]) {
        first++;
      }
      int last = mask.length - 1;
      while (last > first && !mask[last]) {
        last--;
      }
      DataType result = resultType(x.type());
      DenseArray in = grouped(Elements.to(x, Types.domain(result)), first, last);
      int n = 1;
      int inner = 1;
      for (int i = 0; i < mask.length; i++) {
        n *= mask[i] ? x.dim(i) : 1;
        inner *= i > last && !mask[i] ? x.dim(i) : 1;
      }
      int[] dims = Dims.reduced(x.dims(), mask, keepDims);
      DenseArray y = DenseArray.dirty(in.type(), dims);
      if (y.size() > 0) {
        boolean apart = in.dims() != x.dims() && !java.util.Arrays.equals(in.dims(), x.dims());
        int outer = apart ? y.size() : y.size() / inner;
        reduce(in, outer, n, apart ? 1 : inner, y);
      }
      return Elements.to(y, result);
    }

    /** x itself if the reduced axes lie together, else a copy with them at the end. */
    private DenseArray grouped(DenseArray x, int first, int last) {
      for (int i = first; i <= last; i++) {
        if (!mask[i] && x.dim(i) != 1) {
          int[] axes = new int[mask.length];
          int k = 0;
          for (int pass = 0; pass < 2; pass++) {
            for (int a = 0; a < mask.length; a++) {
              if (mask[a] == (pass == 1)) {
                axes[k++] = a;
              }
            }
          }
          return Elements.copy(Shapes.transpose(x, axes));
        }
      }
      return x;
    }

    /** The head with the reduced axes back in, each of length 1. */
    final DenseArray restored(Node node, DenseArray head) {
      return keepDims ? head : Shapes.reshape(head, Dims.reduced(node.inputDims(0), mask, true));
    }
  }

  // y = Σ x            dx = g, repeated
  private static final class Sum extends Reduction {
    Sum(boolean[] mask, boolean keepDims) {
      super("sum", Keeps.NOTHING, mask, keepDims);
    }

    @Override
    void reduce(DenseArray x, int outer, int n, int inner, DenseArray y) {
      // replaced by kernels below
      int xo = x.offset();
      switch (x.type()) {
        case FLOAT32:
          float[] fx = x.floats();
          float[] fy = y.floats();
          if (inner == 1) {
            Workers.parallelFor(
                outer,
                Math.max(1, (1 << 15) / Math.max(1, n)),
                (from, to) -> {
                  for (int i = from; i < to; i++) {
                    fy[i] = Simd.KERNELS.sum(fx, xo + i * n, n);
                  }
                });
          } else {
            for (int o = 0; o < outer; o++) {
              for (int j = 0; j < inner; j++) {
                double s = 0;
                for (int i = 0; i < n; i++) {
                  s += fx[xo + (o * n + i) * inner + j];
                }
                fy[o * inner + j] = (float) s;
              }
            }
          }
          break;
        case FLOAT64:
          double[] dx = x.doubles();
          double[] dy = y.doubles();
          for (int o = 0; o < outer; o++) {
            for (int j = 0; j < inner; j++) {
              double s = 0;
              for (int i = 0; i < n; i++) {
                s += dx[xo + (o * n + i) * inner + j];
              }
              dy[o * inner + j] = s;
            }
          }
          break;
        default:
          long[] lx = x.longs();
          long[] ly = y.longs();
          for (int o = 0; o < outer; o++) {
            for (int j = 0; j < inner; j++) {
              long s = 0;
              for (int i = 0; i < n; i++) {
                s += lx[xo + (o * n + i) * inner + j];
              }
              ly[o * inner + j] = s;
            }
          }
      }
    }

    @Override
    protected DenseArray gradient(Node node, DenseArray head) {
      return Shapes.broadcast(restored(node, head), node.inputDims(0));
    }
  }

  /** The sum over axes; over all for an empty list of no axes given is the array itself. */
  public static DenseArray sum(DenseArray x, int[] axes, boolean keepDims) {
    return new Sum(Dims.mask(axes, x.rank()), keepDims).apply(x);
  }

  /** The sum of all elements, 0-d. */
  public static DenseArray sum(DenseArray x) {
    return sum(x, Dims.all(x.rank()), false);
  }

  /** x summed along what was repeated when it was broadcast from these dimensions. */
  public static DenseArray sumTo(DenseArray x, int... dims) {
    if (java.util.Arrays.equals(x.dims(), dims)) {
      return x;
    }
    int lead = x.rank() - dims.length;
    boolean[] mask = new boolean[x.rank()];
    for (int i = 0; i < mask.length; i++) {
      mask[i] = i < lead || (dims[i - lead] == 1 && x.dim(i) != 1);
    }
    return Shapes.reshape(new Sum(mask, true).apply(x), dims);
  }
}
