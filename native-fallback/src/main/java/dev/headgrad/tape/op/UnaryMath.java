package dev.headgrad.tape.op;

import static dev.headgrad.tape.op.Arithmetic.div;
import static dev.headgrad.tape.op.Arithmetic.mul;
import static dev.headgrad.tape.op.Arithmetic.sub;

import ai.djl.ndarray.types.DataType;
import dev.headgrad.tape.core.DenseArray;
import dev.headgrad.tape.core.Node;
import dev.headgrad.tape.core.Op.Keeps;
import dev.headgrad.tape.kernel.arithmetic.BinaryLoops;
import dev.headgrad.tape.kernel.function.Simd;

/** Functions of one number, element by element. */
public final class UnaryMath {

  private static final float[] MINUS_FLOAT = {-1};
  private static final double[] MINUS_DOUBLE = {-1};

  private UnaryMath() {}

  // y = e^x            dx = g * y
  private static final Pointwise EXP =
      new Pointwise("exp", Keeps.OUTPUT) {
        @Override
        void run(float[] x, int xo, float[] y, int yo, int n) {
          Simd.KERNELS.exp(x, xo, y, yo, n);
        }

        @Override
        void run(double[] x, int xo, double[] y, int yo, int n) {
          Simd.KERNELS.exp(x, xo, y, yo, n);
        }

        @Override
        protected DenseArray gradient(Node node, DenseArray head) {
          return mul(head, node.output());
        }
      };

  // y = log x          dx = g / x
  private static final Pointwise LOG =
      new Pointwise("log", Keeps.INPUTS) {
        @Override
        void run(float[] x, int xo, float[] y, int yo, int n) {
          Simd.KERNELS.log(x, xo, y, yo, n);
        }

        @Override
        void run(double[] x, int xo, double[] y, int yo, int n) {
          Simd.KERNELS.log(x, xo, y, yo, n);
        }

        @Override
        protected DenseArray gradient(Node node, DenseArray head) {
          return div(head, node.input(0));
        }
      };

  // y = sqrt x         dx = g / (2 y)
  private static final Pointwise SQRT =
      new Pointwise("sqrt", Keeps.OUTPUT) {
        @Override
        void run(float[] x, int xo, float[] y, int yo, int n) {
          Simd.KERNELS.sqrt(x, xo, y, yo, n);
        }

        @Override
        void run(double[] x, int xo, double[] y, int yo, int n) {
          Simd.KERNELS.sqrt(x, xo, y, yo, n);
        }

        @Override
        protected DenseArray gradient(Node node, DenseArray head) {
          return div(head, mul(node.output(), number(2, node.output())));
        }
      };

  // y = -x             dx = -g
  private static final Pointwise NEG =
      new Pointwise("neg", Keeps.NOTHING) {
        @Override
        void run(float[] x, int xo, float[] y, int yo, int n) {
          BinaryLoops.mul(x, xo, 1, MINUS_FLOAT, 0, 0, y, yo, n);
        }

        @Override
        void run(double[] x, int xo, double[] y, int yo, int n) {
          BinaryLoops.mul(x, xo, 1, MINUS_DOUBLE, 0, 0, y, yo, n);
        }

        @Override
        DataType resultType(DataType type) {
          return type;
        }

        @Override
        void run(long[] x, int xo, long[] y, int yo, int n) {
          for (int i = 0; i < n; i++) {
            y[yo + i] = -x[xo + i];
          }
        }

        @Override
        void runComplex(float[] x, int xo, float[] y, int yo, int n) {
          run(x, 2 * xo, y, 2 * yo, 2 * n);
        }

        @Override
        protected DenseArray gradient(Node node, DenseArray head) {
          return neg(head);
        }
      };

  // y = |x|            dx = g * sign x
  private static final Pointwise ABS =
      new Pointwise("abs", Keeps.INPUTS) {
        @Override
        void run(float[] x, int xo, float[] y, int yo, int n) {
          for (int i = 0; i < n; i++) {
            y[yo + i] = Math.abs(x[xo + i]);
          }
        }

        @Override
        void run(double[] x, int xo, double[] y, int yo, int n) {
          for (int i = 0; i < n; i++) {
            y[yo + i] = Math.abs(x[xo + i]);
          }
        }

        @Override
        DataType resultType(DataType type) {
          return type;
        }

        @Override
        void run(long[] x, int xo, long[] y, int yo, int n) {
          for (int i = 0; i < n; i++) {
            y[yo + i] = Math.abs(x[xo + i]);
          }
        }

        @Override
        protected DenseArray gradient(Node node, DenseArray head) {
          return mul(head, Rounding.sign(node.input(0)));
        }
      };

  // y = x²             dx = 2 g x
  private static final Pointwise SQUARE =
      new Pointwise("square", Keeps.INPUTS) {
        @Override
        void run(float[] x, int xo, float[] y, int yo, int n) {
          BinaryLoops.mul(x, xo, 1, x, xo, 1, y, yo, n);
        }

        @Override
        void run(double[] x, int xo, double[] y, int yo, int n) {
          BinaryLoops.mul(x, xo, 1, x, xo, 1, y, yo, n);
        }

        @Override
        DataType resultType(DataType type) {
          return type;
        }

        @Override
        void run(long[] x, int xo, long[] y, int yo, int n) {
          for (int i = 0; i < n; i++) {
            y[yo + i] = x[xo + i] * x[xo + i];
          }
        }

        @Override
        protected DenseArray gradient(Node node, DenseArray head) {
          return mul(mul(head, number(2, head)), node.input(0));
        }
      };

  // y = tanh x         dx = g (1 - y²)
  private static final Pointwise TANH =
      new Pointwise("tanh", Keeps.OUTPUT) {
        @Override
        void run(float[] x, int xo, float[] y, int yo, int n) {
          Simd.KERNELS.tanh(x, xo, y, yo, n);
        }

        @Override
        void run(double[] x, int xo, double[] y, int yo, int n) {
          Simd.KERNELS.tanh(x, xo, y, yo, n);
        }

        @Override
        protected DenseArray gradient(Node node, DenseArray head) {
          return mul(head, sub(number(1, node.output()), square(node.output())));
        }
      };

  // y = log2 x         dx = g / (x log 2)
  private static final Pointwise LOG2 =
      new Pointwise("log2", Keeps.INPUTS) {
        @Override
        void run(float[] x, int xo, float[] y, int yo, int n) {
          Simd.KERNELS.log2(x, xo, y, yo, n);
        }

        @Override
        void run(double[] x, int xo, double[] y, int yo, int n) {
          Simd.KERNELS.log2(x, xo, y, yo, n);
        }

        @Override
        protected DenseArray gradient(Node node, DenseArray head) {
          DenseArray x = node.input(0);
          return div(head, mul(x, Creation.scalar(Math.log(2), x.type())));
        }
      };

  // y = log10 x        dx = g / (x log 10)
  private static final Pointwise LOG10 =
      new Pointwise("log10", Keeps.INPUTS) {
        @Override
        void run(float[] x, int xo, float[] y, int yo, int n) {
          Simd.KERNELS.log10(x, xo, y, yo, n);
        }

        @Override
        void run(double[] x, int xo, double[] y, int yo, int n) {
          Simd.KERNELS.log10(x, xo, y, yo, n);
        }

        @Override
        protected DenseArray gradient(Node node, DenseArray head) {
          DenseArray x = node.input(0);
          return div(head, mul(x, Creation.scalar(Math.log(10), x.type())));
        }
      };

  // y = ∛x             dx = g / (3 y²)
  private static final Pointwise CBRT =
      new Pointwise.Formula("cbrt", Keeps.OUTPUT) {
        @Override
        double of(double x) {
          return Math.cbrt(x);
        }

        @Override
        protected DenseArray gradient(Node node, DenseArray head) {
          return div(head, mul(square(node.output()), number(3, node.output())));
        }
      };

  // y = x in [lo, hi]  dx = g where lo <= x <= hi, or x is NaN
  private static final class Clip extends Pointwise {
    private final Number lo;
    private final Number hi;
    private final Gate gate;

    Clip(Number lo, Number hi) {
      super("clip", Keeps.INPUTS);
      this.lo = lo;
      this.hi = hi;
      double low = lo.doubleValue();
      double high = hi.doubleValue();
      this.gate =
          new Gate("clipGradient") {
            @Override
            boolean open(double x) {
              return !(x < low || x > high);
            }
          };
    }

    @Override
    DataType resultType(DataType type) {
      return type;
    }

    @Override
    void run(float[] x, int xo, float[] y, int yo, int n) {
      float[] limits = {lo.floatValue(), hi.floatValue()};
      BinaryLoops.max(x, xo, 1, limits, 0, 0, y, yo, n);
      BinaryLoops.min(y, yo, 1, limits, 1, 0, y, yo, n);
    }

    @Override
    void run(double[] x, int xo, double[] y, int yo, int n) {
      double[] limits = {lo.doubleValue(), hi.doubleValue()};
      BinaryLoops.max(x, xo, 1, limits, 0, 0, y, yo, n);
      BinaryLoops.min(y, yo, 1, limits, 1, 0, y, yo, n);
    }

    @Override
    void run(long[] x, int xo, long[] y, int yo, int n) {
      long low = lo.longValue();
      long high = hi.longValue();
      for (int i = 0; i < n; i++) {
        y[yo + i] = Math.min(Math.max(x[xo + i], low), high);
      }
    }

    @Override
    protected DenseArray gradient(Node node, DenseArray head) {
      return gate.apply(head, node.input(0));
    }
  }

  /** A whole number that is combined with an array. */
  static DenseArray number(int value, DenseArray with) {
    return Creation.scalar(value, with.type());
  }

  /** e to the power of x. */
  public static DenseArray exp(DenseArray x) {
    return EXP.apply(x);
  }

  /** The natural logarithm of x. */
  public static DenseArray log(DenseArray x) {
    return LOG.apply(x);
  }

  /** The logarithm of x to base 2. */
  public static DenseArray log2(DenseArray x) {
    return LOG2.apply(x);
  }

  /** The logarithm of x to base 10. */
  public static DenseArray log10(DenseArray x) {
    return LOG10.apply(x);
  }

  /** The cube root of x. */
  public static DenseArray cbrt(DenseArray x) {
    return CBRT.apply(x);
  }

  /** The square root of x. */
  public static DenseArray sqrt(DenseArray x) {
    return SQRT.apply(x);
  }

  /** -x. */
  public static DenseArray neg(DenseArray x) {
    return NEG.apply(x);
  }

  /** The magnitude of x. */
  public static DenseArray abs(DenseArray x) {
    return x.type() == DataType.COMPLEX64 ? ComplexNumbers.abs(x) : ABS.apply(x);
  }

  /** x * x. */
  public static DenseArray square(DenseArray x) {
    return SQUARE.apply(x);
  }

  /** The hyperbolic tangent of x. */
  public static DenseArray tanh(DenseArray x) {
    return TANH.apply(x);
  }

  /** The nearest number to x that is not below lo and not above hi; hi if lo is above it. */
  public static DenseArray clip(DenseArray x, Number lo, Number hi) {
    boolean single = Types.domain(x.type()) == DataType.FLOAT32; // an element may be the bound
    return single ? new Clip(lo.floatValue(), hi.floatValue()).apply(x) : new Clip(lo, hi).apply(x);
  }
}
