package dev.headgrad.tape.op;

import ai.djl.ndarray.types.DataType;
import dev.headgrad.tape.core.DenseArray;
import dev.headgrad.tape.core.Elements;
import dev.headgrad.tape.core.UnaryOp;
import dev.headgrad.tape.kernel.Workers;

/**
 * A function of a real number, element by element. Integers are computed as FLOAT32, unless the
 * subclass is {@link Integral}.
 *
 * <p>A subclass gives the formula for {@code double}; where an array kernel is faster than a call
 * per element, it overrides the runs.
 */
abstract class Pointwise extends UnaryOp {

  /** Elements that are worth a thread of their own. */
  private static final int GRAIN = 1 << 14;

  Pointwise(String name, Keeps keeps) {
    super(name, keeps);
  }

  /** A function that is whole for whole numbers, and keeps their dtype. */
  abstract static class Integral extends Pointwise {

    Integral(String name, Keeps keeps) {
      super(name, keeps);
    }

    abstract long of(long x);

    @Override
    DataType resultType(DataType type) {
      return type;
    }

    @Override
    final void run(long[] x, int xo, long[] y, int yo, int n) {
      for (int i = 0; i < n; i++) {
        y[yo + i] = of(x[xo + i]);
      }
    }
  }

  abstract double of(double x);

  /** The dtype of the result. */
  DataType resultType(DataType type) {
    return Types.floating(type);
  }

  /** One run: {@code y[yo + i] = f(x[xo + i])}; x and y may be the same array and place. */
  void run(float[] x, int xo, float[] y, int yo, int n) {
    for (int i = 0; i < n; i++) {
      y[yo + i] = (float) of(x[xo + i]);
    }
  }

  void run(double[] x, int xo, double[] y, int yo, int n) {
    for (int i = 0; i < n; i++) {
      y[yo + i] = of(x[xo + i]);
    }
  }

  void run(long[] x, int xo, long[] y, int yo, int n) {
    throw new AssertionError(name() + " is not computed in integers");
  }

  @Override
  protected final DenseArray forward(DenseArray x) {
    DataType result = resultType(x.type());
    DataType domain = Types.domain(result);
    DenseArray in = Elements.to(x, domain);
    DenseArray y = DenseArray.dirty(domain, x.dims());
    int n = y.size();
    Object from = in.data();
    Object to = y.data();
    if (n <= GRAIN) {
      run(from, in.offset(), to, 0, n);
    } else {
      Workers.parallelFor(n, GRAIN, (i, j) -> run(from, in.offset() + i, to, i, j - i));
    }
    return Elements.to(y, result);
  }

  private void run(Object x, int xo, Object y, int yo, int n) {
    if (y instanceof float[]) {
      run((float[]) x, xo, (float[]) y, yo, n);
    } else if (y instanceof double[]) {
      run((double[]) x, xo, (double[]) y, yo, n);
    } else {
      run((long[]) x, xo, (long[]) y, yo, n);
    }
  }
}
