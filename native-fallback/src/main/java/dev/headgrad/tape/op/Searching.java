package dev.headgrad.tape.op;

import ai.djl.ndarray.types.DataType;
import dev.headgrad.tape.core.DenseArray;
import dev.headgrad.tape.core.Dims;
import dev.headgrad.tape.core.NonDifferentiable;
import dev.headgrad.tape.kernel.function.Folds;

/** Where elements are. */
public final class Searching {

  private Searching() {}

  /** The place of the first largest or least element of each lane; a NaN is both. */
  private static final class ArgExtreme extends NonDifferentiable {
    private final int axis;
    private final boolean largest;

    ArgExtreme(int axis, boolean largest) {
      super(largest ? "argMax" : "argMin");
      this.axis = axis;
      this.largest = largest;
    }

    @Override
    protected DenseArray[] forward(DenseArray[] inputs) {
      DenseArray x = inputs[0];
      DenseArray in = Lanes.last(x, axis, Types.domain(x.type()));
      int n = Lanes.length(x, axis);
      boolean[] mask = new boolean[x.rank()];
      if (mask.length > 0) {
        mask[axis] = true;
      }
      DenseArray y = DenseArray.dirty(DataType.INT64, Dims.reduced(x.dims(), mask, false));
      long[] places = y.longs();
      int xo = in.offset();
      switch (in.type()) {
        case FLOAT32:
          float[] floats = in.floats();
          Lanes.forEach(y.size(), n, i -> places[i] = place(floats, xo + i * n, n));
          break;
        case FLOAT64:
          double[] doubles = in.doubles();
          Lanes.forEach(y.size(), n, i -> places[i] = place(doubles, xo + i * n, n));
          break;
        case INT64:
          long[] longs = in.longs();
          Lanes.forEach(y.size(), n, i -> places[i] = place(longs, xo + i * n, n));
          break;
        default:
          throw new IllegalArgumentException(
              "elements of data type " + x.type() + " have no order");
      }
      return new DenseArray[] {y};
    }

    private int place(float[] x, int xo, int n) {
      float m = largest ? Folds.KERNELS.max(x, xo, n) : Folds.KERNELS.min(x, xo, n);
      int i = 0;
      while (x[xo + i] != m && !Float.isNaN(x[xo + i])) {
        i++;
      }
      return i;
    }

    private int place(double[] x, int xo, int n) {
      double m = largest ? Folds.KERNELS.max(x, xo, n) : Folds.KERNELS.min(x, xo, n);
      int i = 0;
      while (x[xo + i] != m && !Double.isNaN(x[xo + i])) {
        i++;
      }
      return i;
    }

    private int place(long[] x, int xo, int n) {
      int best = 0;
      for (int i = 1; i < n; i++) {
        if (largest ? x[xo + i] > x[xo + best] : x[xo + i] < x[xo + best]) {
          best = i;
        }
      }
      return best;
    }
  }

  /**
   * The index of the largest element along an axis, the first one of several; INT64.
   *
   * @throws IllegalArgumentException if there are no elements along the axis
   */
  public static DenseArray argMax(DenseArray x, int axis) {
    return argExtreme(x, axis, true);
  }

  /** The index of the largest of all elements, counted in row-major order; 0-d. */
  public static DenseArray argMax(DenseArray x) {
    return argMax(Shapes.reshape(x, x.size()), 0);
  }

  /**
   * The index of the least element along an axis, the first one of several; INT64.
   *
   * @throws IllegalArgumentException if there are no elements along the axis
   */
  public static DenseArray argMin(DenseArray x, int axis) {
    return argExtreme(x, axis, false);
  }

  /** The index of the least of all elements, counted in row-major order; 0-d. */
  public static DenseArray argMin(DenseArray x) {
    return argMin(Shapes.reshape(x, x.size()), 0);
  }

  private static DenseArray argExtreme(DenseArray x, int axis, boolean largest) {
    ArgExtreme op = new ArgExtreme(Dims.axis(axis, x.rank()), largest);
    if (Lanes.length(x, op.axis) == 0) {
      throw new IllegalArgumentException(
          "attempt to get "
              + op.name()
              + " of an empty NDArray: it has shape "
              + Dims.text(x.dims()));
    }
    return op.apply(x)[0];
  }

  /**
   * Where the elements are that are not zero: a row of indices for each. INT64 (count, rank), of
   * which a 0-d array has one, as in DJL's engines.
   */
  public static DenseArray nonzero(DenseArray x) {
    return Joining.stack(1, Masking.indices(x.rank() == 0 ? Shapes.reshape(x, 1) : x));
  }
}
