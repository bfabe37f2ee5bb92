package dev.headgrad.tape.op;

import ai.djl.ndarray.types.DataType;
import dev.headgrad.tape.core.DenseArray;
import dev.headgrad.tape.core.NonDifferentiable;

/** Functions that are constant between their steps. Integers stay as they are. */
public final class Rounding {

  private Rounding() {}

  private abstract static class Step extends NonDifferentiable implements Singles.Kernel {

    Step(String name) {
      super(name);
    }

    abstract double of(double x);

    long of(long x) {
      return x;
    }

    final DenseArray of(DenseArray x) {
      return apply(new DenseArray[] {x})[0];
    }

    @Override
    protected DenseArray[] forward(DenseArray[] inputs) {
      DenseArray x = inputs[0];
      DataType domain = Types.domain(x.type());
      if (domain == DataType.COMPLEX64) {
        throw new IllegalArgumentException(name() + " is not defined for COMPLEX64 arrays");
      }
      return new DenseArray[] {Types.cast(Singles.run(this, x, domain, domain), x.type())};
    }

    @Override
    public final void run(DataType domain, Object x, int xo, Object y, int yo, int n) {
      if (domain == DataType.FLOAT32) {
        float[] in = (float[]) x;
        float[] out = (float[]) y;
        for (int i = 0; i < n; i++) {
          out[yo + i] = (float) of(in[xo + i]);
        }
      } else if (domain == DataType.FLOAT64) {
        double[] in = (double[]) x;
        double[] out = (double[]) y;
        for (int i = 0; i < n; i++) {
          out[yo + i] = of(in[xo + i]);
        }
      } else {
        long[] in = (long[]) x;
        long[] out = (long[]) y;
        for (int i = 0; i < n; i++) {
          out[yo + i] = of(in[xo + i]);
        }
      }
    }
  }

  private static final Step FLOOR =
      new Step("floor") {
        @Override
        double of(double x) {
          return Math.floor(x);
        }
      };

  private static final Step CEIL =
      new Step("ceil") {
        @Override
        double of(double x) {
          return Math.ceil(x);
        }
      };

  private static final Step ROUND =
      new Step("round") {
        @Override
        double of(double x) {
          return Math.rint(x);
        }
      };

  private static final Step TRUNC =
      new Step("trunc") {
        @Override
        double of(double x) {
          return x < 0 ? Math.ceil(x) : Math.floor(x);
        }
      };

  private static final Step SIGN =
      new Step("sign") {
        @Override
        double of(double x) {
          return x > 0 ? 1 : x < 0 ? -1 : 0; // 0 for NaN, too
        }

        @Override
        long of(long x) {
          return Long.signum(x);
        }
      };

  /** The largest whole number that is not above x. */
  public static DenseArray floor(DenseArray x) {
    return FLOOR.of(x);
  }

  /** The smallest whole number that is not below x. */
  public static DenseArray ceil(DenseArray x) {
    return CEIL.of(x);
  }

  /** The nearest whole number; the even one of two that are equally near. */
  public static DenseArray round(DenseArray x) {
    return ROUND.of(x);
  }

  /** x without its fraction. */
  public static DenseArray trunc(DenseArray x) {
    return TRUNC.of(x);
  }

  /** 1, -1, or 0 for 0 and NaN. */
  public static DenseArray sign(DenseArray x) {
    return SIGN.of(x);
  }
}
