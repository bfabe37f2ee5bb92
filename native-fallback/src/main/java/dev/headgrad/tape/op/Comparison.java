package dev.headgrad.tape.op;

import ai.djl.ndarray.types.DataType;
import dev.headgrad.tape.core.DenseArray;
import dev.headgrad.tape.core.NonDifferentiable;

/** Comparisons of two arrays, element by element and broadcast, with BOOLEAN results. */
public final class Comparison {

  private Comparison() {}

  private abstract static class Compare extends NonDifferentiable implements Pairs.Kernel {

    Compare(String name) {
      super(name);
    }

    abstract void run(
        float[] a, int ao, int as, float[] b, int bo, int bs, byte[] y, int yo, int n);

    abstract void run(
        double[] a, int ao, int as, double[] b, int bo, int bs, byte[] y, int yo, int n);

    abstract void run(long[] a, int ao, int as, long[] b, int bo, int bs, byte[] y, int yo, int n);

    void runComplex(float[] a, int ao, int as, float[] b, int bo, int bs, byte[] y, int yo, int n) {
      throw new IllegalArgumentException("COMPLEX64 arrays have no order for " + name());
    }

    final DenseArray of(DenseArray a, DenseArray b) {
      return apply(new DenseArray[] {a, b})[0];
    }

    @Override
    protected DenseArray[] forward(DenseArray[] inputs) {
      DataType domain = Types.domain(Types.promote(inputs[0], inputs[1]));
      DenseArray y = Pairs.result(inputs[0], inputs[1], DataType.BOOLEAN);
      Pairs.run(this, inputs[0], inputs[1], domain, y);
      return new DenseArray[] {y};
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
      switch (domain) {
        case FLOAT32:
          run((float[]) a, ao, as, (float[]) b, bo, bs, (byte[]) y, yo, n);
          break;
        case FLOAT64:
          run((double[]) a, ao, as, (double[]) b, bo, bs, (byte[]) y, yo, n);
          break;
        case COMPLEX64:
          runComplex((float[]) a, ao, as, (float[]) b, bo, bs, (byte[]) y, yo, n);
          break;
        default:
          run((long[]) a, ao, as, (long[]) b, bo, bs, (byte[]) y, yo, n);
      }
    }
  }

  /** Equality, or its opposite: NaN equals nothing. */
  private static final class Equality extends Compare {
    private final int equal;

    Equality(String name, boolean equal) {
      super(name);
      this.equal = equal ? 1 : 0;
    }

    private byte of(boolean same) {
      return (byte) (same ? equal : 1 - equal);
    }

    @Override
    void run(float[] a, int ao, int as, float[] b, int bo, int bs, byte[] y, int yo, int n) {
      for (int i = 0; i < n; i++) {
        y[yo + i] = of(a[ao + i * as] == b[bo + i * bs]);
      }
    }

    @Override
    void run(double[] a, int ao, int as, double[] b, int bo, int bs, byte[] y, int yo, int n) {
      for (int i = 0; i < n; i++) {
        y[yo + i] = of(a[ao + i * as] == b[bo + i * bs]);
      }
    }

    @Override
    void run(long[] a, int ao, int as, long[] b, int bo, int bs, byte[] y, int yo, int n) {
      for (int i = 0; i < n; i++) {
        y[yo + i] = of(a[ao + i * as] == b[bo + i * bs]);
      }
    }

    @Override
    void runComplex(float[] a, int ao, int as, float[] b, int bo, int bs, byte[] y, int yo, int n) {
      for (int i = 0; i < n; i++) {
        int p = 2 * (ao + i * as);
        int q = 2 * (bo + i * bs);
        y[yo + i] = of(a[p] == b[q] && a[p + 1] == b[q + 1]);
      }
    }
  }

  private static final Compare EQ = new Equality("eq", true);

  private static final Compare NEQ = new Equality("neq", false);

  private static final Compare LT =
      new Compare("lt") {
        @Override
        void run(float[] a, int ao, int as, float[] b, int bo, int bs, byte[] y, int yo, int n) {
          for (int i = 0; i < n; i++) {
            y[yo + i] = (byte) (a[ao + i * as] < b[bo + i * bs] ? 1 : 0);
          }
        }

        @Override
        void run(double[] a, int ao, int as, double[] b, int bo, int bs, byte[] y, int yo, int n) {
          for (int i = 0; i < n; i++) {
            y[yo + i] = (byte) (a[ao + i * as] < b[bo + i * bs] ? 1 : 0);
          }
        }

        @Override
        void run(long[] a, int ao, int as, long[] b, int bo, int bs, byte[] y, int yo, int n) {
          for (int i = 0; i < n; i++) {
            y[yo + i] = (byte) (a[ao + i * as] < b[bo + i * bs] ? 1 : 0);
          }
        }
      };

  private static final Compare LTE =
      new Compare("lte") {
        @Override
        void run(float[] a, int ao, int as, float[] b, int bo, int bs, byte[] y, int yo, int n) {
          for (int i = 0; i < n; i++) {
            y[yo + i] = (byte) (a[ao + i * as] <= b[bo + i * bs] ? 1 : 0);
          }
        }

        @Override
        void run(double[] a, int ao, int as, double[] b, int bo, int bs, byte[] y, int yo, int n) {
          for (int i = 0; i < n; i++) {
            y[yo + i] = (byte) (a[ao + i * as] <= b[bo + i * bs] ? 1 : 0);
          }
        }

        @Override
        void run(long[] a, int ao, int as, long[] b, int bo, int bs, byte[] y, int yo, int n) {
          for (int i = 0; i < n; i++) {
            y[yo + i] = (byte) (a[ao + i * as] <= b[bo + i * bs] ? 1 : 0);
          }
        }
      };

  /** a == b. */
  public static DenseArray eq(DenseArray a, DenseArray b) {
    return EQ.of(a, b);
  }

  /** a != b. */
  public static DenseArray neq(DenseArray a, DenseArray b) {
    return NEQ.of(a, b);
  }

  /** a < b. */
  public static DenseArray lt(DenseArray a, DenseArray b) {
    return LT.of(a, b);
  }

  /** a <= b. */
  public static DenseArray lte(DenseArray a, DenseArray b) {
    return LTE.of(a, b);
  }

  /** a > b. */
  public static DenseArray gt(DenseArray a, DenseArray b) {
    return LT.of(b, a);
  }

  /** a >= b. */
  public static DenseArray gte(DenseArray a, DenseArray b) {
    return LTE.of(b, a);
  }
}
