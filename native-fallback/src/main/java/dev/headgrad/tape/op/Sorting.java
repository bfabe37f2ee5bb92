package dev.headgrad.tape.op;

import static dev.headgrad.tape.op.Arithmetic.add;
import static dev.headgrad.tape.op.Arithmetic.mul;
import static dev.headgrad.tape.op.Arithmetic.sub;

import ai.djl.ndarray.types.DataType;
import dev.headgrad.tape.core.DenseArray;
import dev.headgrad.tape.core.Dims;
import dev.headgrad.tape.core.Elements;
import dev.headgrad.tape.core.NonDifferentiable;
import java.util.Arrays;

/** Order along an axis: sorting, the largest few, percentiles. NaN is above all numbers. */
public final class Sorting {

  private Sorting() {}

  // the places that the elements of each lane came from; equal ones stay in order
  private static final class ArgSort extends NonDifferentiable {
    private final int axis;
    private final boolean ascending;

    ArgSort(int axis, boolean ascending) {
      super("argSort");
      this.axis = axis;
      this.ascending = ascending;
    }

    @Override
    protected DenseArray[] forward(DenseArray[] inputs) {
      DenseArray x = inputs[0];
      boolean whole = Elements.isIntegral(x.type());
      DenseArray in = Lanes.last(x, axis, whole ? DataType.INT64 : DataType.FLOAT64);
      int n = Lanes.length(x, axis);
      DenseArray places = DenseArray.dirty(DataType.INT64, in.dims());
      Lanes.forEach(
          Lanes.count(x, axis),
          n,
          lane -> {
            int from = in.offset() + lane * n;
            int[] order = new int[n];
            for (int i = 0; i < n; i++) {
              order[i] = i;
            }
            if (whole) {
              sort(order, new int[n], 0, n, in.longs(), from);
            } else {
              sort(order, new int[n], 0, n, in.doubles(), from);
            }
            for (int i = 0; i < n; i++) {
              places.longs()[lane * n + i] = order[i];
            }
          });
      return new DenseArray[] {Lanes.back(places, axis)};
    }

    private boolean before(double a, double b) {
      if (Double.isNaN(a) || Double.isNaN(b)) {
        return Double.isNaN(ascending ? b : a) && !Double.isNaN(ascending ? a : b);
      }
      return ascending ? a < b : a > b;
    }

    /** Merge sort of places, stable. */
    private void sort(int[] order, int[] spare, int from, int to, double[] x, int xo) {
      if (to - from < 2) {
        return;
      }
      int middle = (from + to) >>> 1;
      sort(order, spare, from, middle, x, xo);
      sort(order, spare, middle, to, x, xo);
      System.arraycopy(order, from, spare, from, to - from);
      int left = from;
      int right = middle;
      for (int i = from; i < to; i++) {
        boolean takeRight =
            right < to && (left == middle || before(x[xo + spare[right]], x[xo + spare[left]]));
        order[i] = takeRight ? spare[right++] : spare[left++];
      }
    }

    private void sort(int[] order, int[] spare, int from, int to, long[] x, int xo) {
      if (to - from < 2) {
        return;
      }
      int middle = (from + to) >>> 1;
      sort(order, spare, from, middle, x, xo);
      sort(order, spare, middle, to, x, xo);
      System.arraycopy(order, from, spare, from, to - from);
      int left = from;
      int right = middle;
      for (int i = from; i < to; i++) {
        boolean takeRight = left == middle;
        if (right < to && left < middle) {
          long a = x[xo + spare[right]];
          long b = x[xo + spare[left]];
          takeRight = ascending ? a < b : a > b;
        }
        order[i] = right < to && takeRight ? spare[right++] : spare[left++];
      }
    }
  }

  /** The places, INT64, from which the elements of each lane come when it is sorted. */
  public static DenseArray argSort(DenseArray x, int axis, boolean ascending) {
    return new ArgSort(Dims.axis(axis, x.rank()), ascending).apply(x)[0];
  }

  /** The elements of each lane in ascending order. */
  public static DenseArray sort(DenseArray x, int axis) {
    if (x.rank() == 0) {
      return Casting.copy(x);
    }
    return Gathering.gather(x, argSort(x, axis, true), Dims.axis(axis, x.rank()));
  }

  /**
   * The k largest or least elements of each lane, in order.
   *
   * @return the elements, and their places, INT64
   */
  public static DenseArray[] topK(DenseArray x, int k, int axis, boolean largest) {
    int a = Dims.axis(axis, x.rank());
    boolean single = x.rank() == 0;
    int n = single ? 1 : x.dim(a);
    if (k < 0 || k > n || (single && k == 0)) {
      throw new IllegalArgumentException(
          "the top " + k + " of " + n + " elements along axis " + axis + " do not exist");
    }
    if (single) {
      return new DenseArray[] {Casting.copy(x), Creation.full(0, DataType.INT64)};
    }
    DenseArray places = Slicing.range(argSort(x, a, !largest), a, 0, k);
    return new DenseArray[] {Gathering.gather(x, places, a), places};
  }

  /** The middle one of the elements along axes, the lower one of two; NaN if one is NaN. */
  public static DenseArray median(DenseArray x, int... axes) {
    DenseArray sorted = sort(merged(x, axes), -1);
    int last = sorted.rank() - 1;
    return orNaN(sorted, Slicing.select(sorted, last, (sorted.dim(last) - 1) / 2));
  }

  /**
   * The element along axes that a share of the others is below, between two elements on the line
   * that connects them; NaN if one is NaN.
   *
   * @param percent the share, 0 to 100
   */
  public static DenseArray percentile(DenseArray x, double percent, int... axes) {
    if (!(percent >= 0 && percent <= 100)) {
      throw new IllegalArgumentException("the percentile is " + percent + ", not within 0 to 100");
    }
    DenseArray sorted = Casting.cast(sort(merged(x, axes), -1), Types.floating(x.type()));
    int last = sorted.rank() - 1;
    double at = percent / 100 * (sorted.dim(last) - 1);
    int below = (int) Math.floor(at);
    DenseArray low = Slicing.select(sorted, last, below);
    if (at == below) {
      return orNaN(sorted, low);
    }
    DenseArray high = Slicing.select(sorted, last, below + 1);
    DenseArray between = mul(sub(high, low), Creation.scalar(at - below, sorted.type()));
    return orNaN(sorted, add(low, between));
  }

  /** A value of each lane, or NaN where the lane's last element is NaN. */
  private static DenseArray orNaN(DenseArray sorted, DenseArray value) {
    if (!sorted.type().isFloating()) {
      return value;
    }
    int last = sorted.rank() - 1;
    DenseArray greatest = Slicing.select(sorted, last, sorted.dim(last) - 1);
    return Selection.where(Logic.isNaN(greatest), greatest, value);
  }

  /** x with some axes made one, at the end. */
  private static DenseArray merged(DenseArray x, int[] axes) {
    boolean[] mask = Dims.mask(axes, x.rank());
    int[] kept = Dims.reduced(x.dims(), mask, false);
    int[] dims = Arrays.copyOf(kept, kept.length + 1);
    dims[kept.length] = 1;
    for (int i = 0; i < mask.length; i++) {
      dims[kept.length] *= mask[i] ? x.dim(i) : 1;
    }
    if (dims[kept.length] == 0) {
      throw new IllegalArgumentException(
          "there is no middle of no elements, in an array of shape " + Dims.text(x.dims()));
    }
    return Shapes.reshape(Shapes.transpose(x, Lanes.maskedLast(mask)), dims);
  }
}
