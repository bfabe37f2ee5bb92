package dev.headgrad.tape.op;

import static dev.headgrad.tape.op.Arithmetic.mul;
import static dev.headgrad.tape.op.Arithmetic.sub;
import static dev.headgrad.tape.op.UnaryMath.number;

import ai.djl.ndarray.types.DataType;
import dev.headgrad.tape.core.DenseArray;
import dev.headgrad.tape.core.Node;
import dev.headgrad.tape.core.Op.Keeps;
import dev.headgrad.tape.kernel.function.Simd;
import org.jspecify.annotations.Nullable;

/** Powers, element by element. Those of integers are integers. */
public final class Powers {

  private Powers() {}

  // y = a^b     da = g b a^(b-1), 0 where b = 0     db = g y log a, 0 where a = 0 and b >= 0
  private static final Broadcasting POW =
      new Broadcasting("pow", Keeps.INPUTS) {
        @Override
        void run(float[] a, int ao, int as, float[] b, int bo, int bs, float[] y, int yo, int n) {
          if (bs == 0) {
            Simd.KERNELS.pow(a, ao, b[bo], y, yo, n);
          } else if (as == 1) {
            Simd.KERNELS.pow(a, ao, b, bo, y, yo, n);
          } else {
            for (int i = 0; i < n; i++) {
              y[yo + i] = (float) Simd.pow(a[ao], b[bo + i]);
            }
          }
        }

        @Override
        void run(
            double[] a, int ao, int as, double[] b, int bo, int bs, double[] y, int yo, int n) {
          if (bs == 0) {
            Simd.KERNELS.pow(a, ao, b[bo], y, yo, n);
          } else if (as == 1) {
            Simd.KERNELS.pow(a, ao, b, bo, y, yo, n);
          } else {
            for (int i = 0; i < n; i++) {
              y[yo + i] = Simd.pow(a[ao], b[bo + i]);
            }
          }
        }

        @Override
        void run(long[] a, int ao, int as, long[] b, int bo, int bs, long[] y, int yo, int n) {
          for (int i = 0; i < n; i++) {
            y[yo + i] = power(a[ao + i * as], b[bo + i * bs]);
          }
        }

        @Override
        protected DenseArray gradientA(Node node, DenseArray head) {
          DenseArray a = node.input(0);
          DenseArray b = node.input(1);
          DenseArray slope = mul(b, pow(a, sub(b, number(1, b))));
          return mul(head, Selection.masked(slope, Comparison.neq(b, number(0, b))));
        }

        @Override
        protected DenseArray gradientB(Node node, DenseArray head) {
          DenseArray a = node.input(0);
          DenseArray b = node.input(1);
          DenseArray slope = mul(pow(a, b), UnaryMath.log(a));
          DenseArray flat = mul(Comparison.eq(a, number(0, a)), Comparison.gte(b, number(0, b)));
          return mul(head, Selection.where(flat, Creation.full(0, slope.type()), slope));
        }
      };

  // y = x^p            dx = g p x^(p-1)
  private static final class Power extends Pointwise {
    private final Number exponent;

    Power(Number exponent) {
      super("pow", Keeps.INPUTS);
      this.exponent = exponent;
    }

    @Override
    DataType resultType(DataType type) {
      return Creation.scalar(exponent, type).type();
    }

    @Override
    void run(float[] x, int xo, float[] y, int yo, int n) {
      Simd.KERNELS.pow(x, xo, exponent.floatValue(), y, yo, n);
    }

    @Override
    void run(double[] x, int xo, double[] y, int yo, int n) {
      Simd.KERNELS.pow(x, xo, exponent.doubleValue(), y, yo, n);
    }

    @Override
    void run(long[] x, int xo, long[] y, int yo, int n) {
      long p = exponent.longValue();
      for (int i = 0; i < n; i++) {
        y[yo + i] = power(x[xo + i], p);
      }
    }

    @Override
    protected @Nullable DenseArray gradient(Node node, DenseArray head) {
      double p = exponent.doubleValue();
      if (p == 0) {
        return null;
      }
      DenseArray scaled = mul(head, Creation.scalar(p, head.type()));
      return p == 1 ? scaled : mul(scaled, pow(node.input(0), p - 1));
    }
  }

  /** A power of integers, wrapping around; that to a negative exponent loses its fraction. */
  private static long power(long base, long exponent) {
    if (exponent < 0) {
      if (base == 0) {
        throw new ArithmeticException("0 to the power of " + exponent + " is not an integer");
      }
      return base == 1 ? 1 : base == -1 ? (exponent & 1) == 0 ? 1 : -1 : 0;
    }
    long result = 1;
    long square = base;
    for (long e = exponent; e != 0; e >>>= 1) {
      if ((e & 1) != 0) {
        result *= square;
      }
      square *= square;
    }
    return result;
  }

  /** a to the power of b. */
  public static DenseArray pow(DenseArray a, DenseArray b) {
    return POW.apply(a, b);
  }

  /** x to the power of a number; an integer array stays one if the number is whole by type. */
  public static DenseArray pow(DenseArray x, Number exponent) {
    return exponent.doubleValue() == 2 && x.type().isFloating()
        ? UnaryMath.square(x)
        : new Power(exponent).apply(x);
  }
}
