package dev.headgrad.tape.op;

import ai.djl.ndarray.types.DataType;
import dev.headgrad.tape.core.BinaryOp;
import dev.headgrad.tape.core.DenseArray;
import dev.headgrad.tape.core.Dims;
import dev.headgrad.tape.core.Elements;
import dev.headgrad.tape.core.Runs;
import dev.headgrad.tape.kernel.Workers;

/**
 * An operation of two arrays, element by element, broadcast by NumPy's rules and promoted to a
 * common dtype.
 *
 * <p>A subclass gives the formula for {@code float}, {@code double} and {@code long}; the other
 * dtypes are computed in the one of these that holds them. Where the loops of a run can be faster
 * than a call per element, it overrides them.
 */
abstract class Broadcasting extends BinaryOp {

  /** Elements that are worth a thread of their own. */
  private static final int GRAIN = 1 << 15;

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
    DenseArray x1 = a.type() == y.type() ? a : Elements.to(a, y.type());
    DenseArray x2 = b.type() == y.type() ? b : Elements.to(b, y.type());
    int n = y.size();
    boolean whole1 = x1.isContiguous() && x1.size() == n;
    boolean whole2 = x2.isContiguous() && x2.size() == n;
    if (whole1 && whole2) {
      runAll(x1, 1, x2, 1, y);
    } else if (whole1 && x2.size() == 1) {
      runAll(x1, 1, x2, 0, y);
    } else if (whole2 && x1.size() == 1) {
      runAll(x1, 0, x2, 1, y);
    } else {
      runParts(x1, x2, y);
    }
  }

  /** Operands that are whole or single elements: one run. */
  private void runAll(DenseArray a, int as, DenseArray b, int bs, DenseArray y) {
    int n = y.size();
    if (n <= GRAIN) {
      run(a.data(), a.offset(), as, b.data(), b.offset(), bs, y.data(), 0, n);
    } else {
      Object da = a.data();
      Object db = b.data();
      Object dy = y.data();
      Workers.parallelFor(
          n,
          GRAIN,
          (from, to) ->
              run(
                  da,
                  a.offset() + from * as,
                  as,
                  db,
                  b.offset() + from * bs,
                  bs,
                  dy,
                  from,
                  to - from));
    }
  }

  private void runParts(DenseArray a, DenseArray b, DenseArray y) {
    int[] dims = y.dims();
    Runs runs =
        Runs.over(
            dims, Shapes.broadcastStrides(a, dims), Shapes.broadcastStrides(b, dims), y.strides());
    int as = runs.stride(0);
    int bs = runs.stride(1);
    if (as > 1 || as < 0 || bs > 1 || bs < 0) { // an inner stride that no run loop takes
      runParts(Elements.contiguous(a), Elements.contiguous(b), y);
      return;
    }
    Object da = a.data();
    Object db = b.data();
    Object dy = y.data();
    runs.forEach(
        a.offset(), b.offset(), 0, (ao, bo, yo, n) -> run(da, ao, as, db, bo, bs, dy, yo, n));
  }

  private void run(Object a, int ao, int as, Object b, int bo, int bs, Object y, int yo, int n) {
    if (y instanceof float[]) {
      run((float[]) a, ao, as, (float[]) b, bo, bs, (float[]) y, yo, n);
    } else if (y instanceof double[]) {
      run((double[]) a, ao, as, (double[]) b, bo, bs, (double[]) y, yo, n);
    } else {
      run((long[]) a, ao, as, (long[]) b, bo, bs, (long[]) y, yo, n);
    }
  }
}
