package dev.headgrad.tape.op;

import ai.djl.ndarray.types.DataType;
import dev.headgrad.tape.core.BinaryOp;
import dev.headgrad.tape.core.DenseArray;
import dev.headgrad.tape.core.Dims;
import dev.headgrad.tape.core.Elements;
import dev.headgrad.tape.core.Runs;

/**
 * An operation of two arrays, element by element, broadcast by NumPy's rules and promoted to a
 * common dtype.
 *
 * <p>A subclass gives the formula for {@code float}, {@code double} and {@code long}; the other
 * dtypes are computed in the one of these that holds them. Where the loops of a run can be faster
 * than a call per element, it overrides them.
 */
abstract class Broadcasting extends BinaryOp {

  Broadcasting(String name, Keeps keeps) {
    super(name, keeps);
  }

  abstract float of(float a, float b);

  abstract double of(double a, double b);

  abstract long of(long a, long b);

  /** The dtype of the result, given the promoted dtype of the inputs. */
  DataType resultType(DataType promoted) {
    return promoted;
  }

  /**
   * One run: {@code y[yo + i] = f(a[ao + i * as], b[bo + i * bs])}, strides 0 or 1, and not both 0
   * unless n is 1.
   */
  void run(float[] a, int ao, int as, float[] b, int bo, int bs, float[] y, int yo, int n) {
    for (int i = 0; i < n; i++) {
      y[yo + i] = of(a[ao + i * as], b[bo + i * bs]);
    }
  }

  void run(double[] a, int ao, int as, double[] b, int bo, int bs, double[] y, int yo, int n) {
    for (int i = 0; i < n; i++) {
      y[yo + i] = of(a[ao + i * as], b[bo + i * bs]);
    }
  }

  void run(long[] a, int ao, int as, long[] b, int bo, int bs, long[] y, int yo, int n) {
    for (int i = 0; i < n; i++) {
      y[yo + i] = of(a[ao + i * as], b[bo + i * bs]);
    }
  }

  @Override
  protected final DenseArray forward(DenseArray a, DenseArray b) {
    DataType promoted = Types.promote(a, b);
    DataType domain = Types.domain(promoted);
    DenseArray y = DenseArray.dirty(domain, Dims.broadcast(a.dims(), b.dims()));
    compute(a, b, y);
    return Elements.to(y, resultType(promoted));
  }

  /** Computes into y, which is contiguous and has the broadcast dimensions and a domain's dtype. */
  private void compute(DenseArray a, DenseArray b, DenseArray y) {
    DenseArray x1 = operand(a, y.type());
    DenseArray x2 = operand(b, y.type());
    int[] dims = y.dims();
    Runs runs =
        Runs.over(dims, Shapes.broadcastStrides(x1, dims), Shapes.broadcastStrides(x2, dims), y.strides());
    int as = runs.stride(0);
    int bs = runs.stride(1);
    if ((as | bs) >>> 1 != 0) { // an inner stride that no run loop takes
      compute(Elements.copy(x1), Elements.copy(x2), y);
      return;
    }
    switch (y.type()) {
      case FLOAT32:
        float[] fa = x1.floats();
        float[] fb = x2.floats();
        float[] fy = y.floats();
        runs.forEach(
            x1.offset(), x2.offset(), 0, (ao, bo, yo, n) -> run(fa, ao, as, fb, bo, bs, fy, yo, n));
        break;
      case FLOAT64:
        double[] da = x1.doubles();
        double[] db = x2.doubles();
        double[] dy = y.doubles();
        runs.forEach(
            x1.offset(), x2.offset(), 0, (ao, bo, yo, n) -> run(da, ao, as, db, bo, bs, dy, yo, n));
        break;
      default:
        long[] la = x1.longs();
        long[] lb = x2.longs();
        long[] ly = y.longs();
        runs.forEach(
            x1.offset(), x2.offset(), 0, (ao, bo, yo, n) -> run(la, ao, as, lb, bo, bs, ly, yo, n));
    }
  }

  private static DenseArray operand(DenseArray x, DataType domain) {
    return x.type() == domain ? x : Elements.to(x, domain);
  }
}
