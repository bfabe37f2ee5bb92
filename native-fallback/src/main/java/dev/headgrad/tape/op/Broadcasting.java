package dev.headgrad.tape.op;

import ai.djl.ndarray.types.DataType;
import dev.headgrad.tape.core.BinaryOp;
import dev.headgrad.tape.core.DenseArray;
import dev.headgrad.tape.core.Tape;
import dev.headgrad.tape.kernel.arithmetic.RowLoops;

/**
 * An operation of two arrays, element by element, broadcast by NumPy's rules and promoted to a
 * common dtype.
 *
 * <p>A subclass computes runs of {@code float}, {@code double}, {@code long} or complex elements;
 * the other dtypes are computed in the one of these that holds them.
 */
abstract class Broadcasting extends BinaryOp implements Pairs.Kernel {

  private final int rowLoop;
  private final int rowFirstLoop;

  Broadcasting(String name, Keeps keeps) {
    this(name, keeps, RowLoops.NONE, RowLoops.NONE);
  }

  /**
   * @param rowLoop the operation's number in {@link RowLoops}
   * @param rowFirstLoop its number where the row is the first operand
   */
  Broadcasting(String name, Keeps keeps, int rowLoop, int rowFirstLoop) {
    super(name, keeps);
    this.rowLoop = rowLoop;
    this.rowFirstLoop = rowFirstLoop;
  }

  /** The dtype of the result, given the promoted dtype of the inputs. */
  DataType resultType(DataType promoted) {
    return promoted;
  }

  /**
   * One run: {@code y[yo + i] = f(a[ao + i * as], b[bo + i * bs])}, strides 0 or 1, and not both 0
   * unless n is 1.
   */
  abstract void run(float[] a, int ao, int as, float[] b, int bo, int bs, float[] y, int yo, int n);

  abstract void run(
      double[] a, int ao, int as, double[] b, int bo, int bs, double[] y, int yo, int n);

  abstract void run(long[] a, int ao, int as, long[] b, int bo, int bs, long[] y, int yo, int n);

  /** A run of complex elements, real and imaginary parts in turn; offsets count elements. */
  void runComplex(float[] a, int ao, int as, float[] b, int bo, int bs, float[] y, int yo, int n) {
    throw new IllegalArgumentException(name() + " is not defined for COMPLEX64 arrays");
  }

  @Override
  protected final DenseArray forward(DenseArray a, DenseArray b) {
    DataType result = resultType(Types.promote(a, b));
    DataType domain = Types.domain(result);
    DenseArray y = Pairs.result(a, b, domain);
    Pairs.run(this, a, b, domain, y);
    return Types.cast(y, result);
  }

  /**
   * The result written over a where no new array is needed: a is contiguous and has the dtype of
   * the result, b lies elsewhere or in the same place, and nothing is recorded.
   *
   * @return a, or else a new array
   */
  final DenseArray over(DenseArray a, DenseArray b) {
    DataType type = a.type();
    boolean inPlace =
        a.isContiguous()
            && resultType(Types.promote(a, b)) == type
            && Types.domain(type) == type
            && Shapes.isBroadcastable(b.dims(), a.dims())
            && (!b.sharesMemory(a) || liesOn(b, a))
            && !(Tape.isRecording() && (a.needsGradient() || b.needsGradient()));
    if (!inPlace) {
      return apply(a, b);
    }
    Pairs.run(this, a, b, type, a);
    a.written();
    return a;
  }

  private static boolean liesOn(DenseArray b, DenseArray a) {
    return b.isContiguous() && b.offset() == a.offset() && b.size() == a.size();
  }

  @Override
  public final void run(
      DataType domain,
      Object a,
      int ao,
      int as,
      Object b,
      int bo,
      int bs,
      Object y,
      int yo,
      int n) {
    if (domain == DataType.FLOAT32) {
      run((float[]) a, ao, as, (float[]) b, bo, bs, (float[]) y, yo, n);
    } else if (domain == DataType.FLOAT64) {
      run((double[]) a, ao, as, (double[]) b, bo, bs, (double[]) y, yo, n);
    } else if (domain == DataType.COMPLEX64) {
      runComplex((float[]) a, ao, as, (float[]) b, bo, bs, (float[]) y, yo, n);
    } else {
      run((long[]) a, ao, as, (long[]) b, bo, bs, (long[]) y, yo, n);
    }
  }

  @Override
  public final boolean runRowLoop(
      DataType domain,
      Object a,
      int ao,
      Object row,
      int ro,
      boolean rowFirst,
      Object y,
      int yo,
      int rows,
      int n) {
    int loop = rowFirst ? rowFirstLoop : rowLoop;
    if (loop == RowLoops.NONE) {
      return false;
    }
    switch (domain) {
      case FLOAT32:
        return RowLoops.run(loop, (float[]) a, ao, (float[]) row, ro, (float[]) y, yo, rows, n);
      case FLOAT64:
        return RowLoops.run(loop, (double[]) a, ao, (double[]) row, ro, (double[]) y, yo, rows, n);
      default:
        return false;
    }
  }

  /** An operation that is computed by a call per element. */
  abstract static class Formula extends Broadcasting {

    Formula(String name, Keeps keeps) {
      super(name, keeps);
    }

    abstract double of(double a, double b);

    long of(long a, long b) {
      throw new AssertionError(name() + " is not computed in integers");
    }

    @Override
    void run(float[] a, int ao, int as, float[] b, int bo, int bs, float[] y, int yo, int n) {
      for (int i = 0; i < n; i++) {
        y[yo + i] = (float) of(a[ao + i * as], b[bo + i * bs]);
      }
    }

    @Override
    void run(double[] a, int ao, int as, double[] b, int bo, int bs, double[] y, int yo, int n) {
      for (int i = 0; i < n; i++) {
        y[yo + i] = of(a[ao + i * as], b[bo + i * bs]);
      }
    }

    @Override
    void run(long[] a, int ao, int as, long[] b, int bo, int bs, long[] y, int yo, int n) {
      for (int i = 0; i < n; i++) {
        y[yo + i] = of(a[ao + i * as], b[bo + i * bs]);
      }
    }
  }
}
