package dev.headgrad.tape.op;

import ai.djl.ndarray.types.DataType;
import dev.headgrad.tape.core.DenseArray;
import dev.headgrad.tape.core.NonDifferentiable;

/** Logic and tests, element by element, with BOOLEAN results; everything but 0 is true. */
public final class Logic {

  private Logic() {}

  /** A test of each element. */
  private abstract static class Test extends NonDifferentiable implements Singles.Kernel {

    Test(String name) {
      super(name);
    }

    abstract boolean of(double x);

    boolean of(long x) {
      return of((double) x);
    }

    @Override
    protected DenseArray[] forward(DenseArray[] inputs) {
      DataType domain = Types.domain(inputs[0].type());
      return new DenseArray[] {Singles.run(this, inputs[0], domain, DataType.BOOLEAN)};
    }

    @Override
    public final void run(DataType domain, Object x, int xo, Object y, int yo, int n) {
      byte[] out = (byte[]) y;
      for (int i = 0; i < n; i++) {
        boolean value;
        if (domain == DataType.FLOAT32) {
          value = of(((float[]) x)[xo + i]);
        } else if (domain == DataType.FLOAT64) {
          value = of(((double[]) x)[xo + i]);
        } else {
          value = of(((long[]) x)[xo + i]);
        }
        out[yo + i] = (byte) (value ? 1 : 0);
      }
    }
  }

  private static final Test TRUTH =
      new Test("truth") {
        @Override
        boolean of(double x) {
          return x != 0;
        }
      };

  private static final Test NOT =
      new Test("logicalNot") {
        @Override
        boolean of(double x) {
          return x == 0;
        }
      };

  private static final Test IS_NAN =
      new Test("isNaN") {
        @Override
        boolean of(double x) {
          return Double.isNaN(x);
        }
      };

  private static final Test IS_INFINITE =
      new Test("isInfinite") {
        @Override
        boolean of(double x) {
          return Double.isInfinite(x);
        }
      };

  /** Whether x is not 0. */
  public static DenseArray truth(DenseArray x) {
    return x.type() == DataType.BOOLEAN ? x : TRUTH.apply(x)[0];
  }

  /** Whether x is 0. */
  public static DenseArray not(DenseArray x) {
    return NOT.apply(x)[0];
  }

  /** Whether both are true. */
  public static DenseArray and(DenseArray a, DenseArray b) {
    return Arithmetic.mul(truth(a), truth(b));
  }

  /** Whether one or both are true. */
  public static DenseArray or(DenseArray a, DenseArray b) {
    return Arithmetic.maximum(truth(a), truth(b));
  }

  /** Whether one but not both are true. */
  public static DenseArray xor(DenseArray a, DenseArray b) {
    return Comparison.neq(truth(a), truth(b));
  }

  /** Whether x is not a number. */
  public static DenseArray isNaN(DenseArray x) {
    return IS_NAN.apply(x)[0];
  }

  /** Whether x is an infinity. */
  public static DenseArray isInfinite(DenseArray x) {
    return IS_INFINITE.apply(x)[0];
  }
}
