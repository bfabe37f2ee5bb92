package dev.headgrad.tape.op;

import ai.djl.ndarray.types.DataType;
import dev.headgrad.tape.core.DenseArray;
import dev.headgrad.tape.core.UnaryOp;

/**
 * A function of one number, element by element. Integers are computed as FLOAT32, unless the
 * subclass says otherwise.
 */
abstract class Pointwise extends UnaryOp implements Singles.Kernel {

  Pointwise(String name, Keeps keeps) {
    super(name, keeps);
  }

  /** The dtype of the result. */
  DataType resultType(DataType type) {
    return Types.floating(type);
  }

  /** One run: {@code y[yo + i] = f(x[xo + i])}. */
  abstract void run(float[] x, int xo, float[] y, int yo, int n);

  abstract void run(double[] x, int xo, double[] y, int yo, int n);

  void run(long[] x, int xo, long[] y, int yo, int n) {
    throw new AssertionError(name() + " is not computed in integers");
  }

  /** A run of complex elements, real and imaginary parts in turn; offsets count elements. */
  void runComplex(float[] x, int xo, float[] y, int yo, int n) {
    throw new IllegalArgumentException(name() + " is not defined for COMPLEX64 arrays");
  }

  @Override
  protected final DenseArray forward(DenseArray x) {
    DataType result = resultType(x.type());
    DataType domain = Types.domain(result);
    return Types.cast(Singles.run(this, x, domain, domain), result);
  }

  @Override
  public final void run(DataType domain, Object x, int xo, Object y, int yo, int n) {
    switch (domain) {
      case FLOAT32:
        run((float[]) x, xo, (float[]) y, yo, n);
        break;
      case FLOAT64:
        run((double[]) x, xo, (double[]) y, yo, n);
        break;
      case COMPLEX64:
        runComplex((float[]) x, xo, (float[]) y, yo, n);
        break;
      default:
        run((long[]) x, xo, (long[]) y, yo, n);
    }
  }

  /** A function that is computed by a call per element. */
  abstract static class Formula extends Pointwise {

    Formula(String name, Keeps keeps) {
      super(name, keeps);
    }

    abstract double of(double x);

    @Override
    void run(float[] x, int xo, float[] y, int yo, int n) {
      for (int i = 0; i < n; i++) {
        y[yo + i] = (float) of(x[xo + i]);
      }
    }

    @Override
    void run(double[] x, int xo, double[] y, int yo, int n) {
      for (int i = 0; i < n; i++) {
        y[yo + i] = of(x[xo + i]);
      }
    }
  }
}
