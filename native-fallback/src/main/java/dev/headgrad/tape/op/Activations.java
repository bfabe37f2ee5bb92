package dev.headgrad.tape.op;

import static dev.headgrad.tape.op.Arithmetic.add;
import static dev.headgrad.tape.op.Arithmetic.div;
import static dev.headgrad.tape.op.Arithmetic.mul;
import static dev.headgrad.tape.op.Arithmetic.sub;
import static dev.headgrad.tape.op.SpecialFunctions.erf;
import static dev.headgrad.tape.op.UnaryMath.abs;
import static dev.headgrad.tape.op.UnaryMath.exp;
import static dev.headgrad.tape.op.UnaryMath.number;
import static dev.headgrad.tape.op.UnaryMath.square;

import ai.djl.ndarray.types.DataType;
import dev.headgrad.tape.core.DenseArray;
import dev.headgrad.tape.core.Node;
import dev.headgrad.tape.core.Op.Keeps;
import dev.headgrad.tape.kernel.arithmetic.BinaryLoops;
import dev.headgrad.tape.kernel.function.Simd;

/** Activation functions. */
public final class Activations {

  /** Elements of a few arrays that stay in the first cache. */
  private static final int NEAR = 1024;

  private static final float[] ONE = {1};
  private static final float[] ZERO_FLOAT = {0};
  private static final double[] ZERO_DOUBLE = {0};

  private Activations() {}

  private static final Gate RELU_GATE =
      new Gate("reluGradient") {
        @Override
        boolean open(double x) {
          return x > 0;
        }

        @Override
        void run(float[] g, int go, int gs, float[] x, int xo, int xs, float[] y, int yo, int n) {
          if (gs == 1 && xs == 1) {
            Simd.KERNELS.wherePositive(g, go, x, xo, y, yo, n);
          } else {
            super.run(g, go, gs, x, xo, xs, y, yo, n);
          }
        }
      };

  // y = max(x, 0)      dx = g where y > 0
  private static final Pointwise RELU =
      new Pointwise("relu", Keeps.OUTPUT) {
        @Override
        DataType resultType(DataType type) {
          return type;
        }

        @Override
        void run(long[] x, int xo, long[] y, int yo, int n) {
          for (int i = 0; i < n; i++) {
            y[yo + i] = Math.max(x[xo + i], 0);
          }
        }

        @Override
        void run(float[] x, int xo, float[] y, int yo, int n) {
          BinaryLoops.max(x, xo, 1, ZERO_FLOAT, 0, 0, y, yo, n);
        }

        @Override
        void run(double[] x, int xo, double[] y, int yo, int n) {
          BinaryLoops.max(x, xo, 1, ZERO_DOUBLE, 0, 0, y, yo, n);
        }

        @Override
        protected DenseArray gradient(Node node, DenseArray head) {
          return RELU_GATE.apply(head, node.output());
        }
      };

  // d = g y (1 - y)    dg = h y (1 - y)        dy = h g (1 - 2y)
  private static final Broadcasting SIGMOID_GRADIENT =
      new Broadcasting("sigmoidGradient", Keeps.INPUTS) {
        @Override
        void run(float[] g, int go, int gs, float[] y, int yo, int ys, float[] d, int to, int n) {
          if (gs == 0 || ys == 0) {
            for (int i = 0; i < n; i++) {
              d[to + i] = g[go + i * gs] * (y[yo + i * ys] * (1 - y[yo + i * ys]));
            }
            return;
          }
          for (int i = 0; i < n; i += NEAR) { // three loops over what is near
            int m = Math.min(n - i, NEAR);
            BinaryLoops.sub(ONE, 0, 0, y, yo + i, 1, d, to + i, m);
            BinaryLoops.mul(d, to + i, 1, y, yo + i, 1, d, to + i, m);
            BinaryLoops.mul(d, to + i, 1, g, go + i, 1, d, to + i, m);
          }
        }

        @Override
        void run(
            double[] g, int go, int gs, double[] y, int yo, int ys, double[] d, int to, int n) {
          for (int i = 0; i < n; i++) {
            d[to + i] = g[go + i * gs] * (y[yo + i * ys] * (1 - y[yo + i * ys]));
          }
        }

        @Override
        void run(long[] g, int go, int gs, long[] y, int yo, int ys, long[] d, int to, int n) {
          throw new AssertionError("integers have no gradients");
        }

        @Override
        protected DenseArray gradientA(Node node, DenseArray head) {
          return apply(head, node.input(1));
        }

        @Override
        protected DenseArray gradientB(Node node, DenseArray head) {
          DenseArray y = node.input(1);
          DenseArray slope = sub(number(1, y), mul(number(2, y), y));
          return mul(head, mul(node.input(0), slope));
        }
      };

  // y = 1 / (1 + e^-x) dx = g y (1 - y)
  private static final Pointwise SIGMOID =
      new Pointwise("sigmoid", Keeps.OUTPUT) {
        @Override
        void run(float[] x, int xo, float[] y, int yo, int n) {
          Simd.KERNELS.sigmoid(x, xo, y, yo, n);
        }

        @Override
        void run(double[] x, int xo, double[] y, int yo, int n) {
          Simd.KERNELS.sigmoid(x, xo, y, yo, n);
        }

        @Override
        protected DenseArray gradient(Node node, DenseArray head) {
          return SIGMOID_GRADIENT.apply(head, node.output());
        }
      };

  // y = log(1 + e^x)   dx = g sigmoid(x)
  private static final Pointwise SOFT_PLUS =
      new Pointwise("softPlus", Keeps.INPUTS) {
        @Override
        void run(float[] x, int xo, float[] y, int yo, int n) {
          Simd.KERNELS.softplus(x, xo, y, yo, n);
        }

        @Override
        void run(double[] x, int xo, double[] y, int yo, int n) {
          Simd.KERNELS.softplus(x, xo, y, yo, n);
        }

        @Override
        protected DenseArray gradient(Node node, DenseArray head) {
          return mul(head, sigmoid(node.input(0)));
        }
      };

  // y = x / (1 + |x|)  dx = g / (1 + |x|)²
  private static final Pointwise SOFT_SIGN =
      new Pointwise.Formula("softSign", Keeps.INPUTS) {
        @Override
        double of(double x) {
          return x / (1 + Math.abs(x));
        }

        @Override
        protected DenseArray gradient(Node node, DenseArray head) {
          DenseArray x = node.input(0);
          return div(head, square(add(abs(x), number(1, x))));
        }
      };

  // y = x Φ(x)         dx = g (Φ(x) + x φ(x))
  private static final Pointwise GELU =
      new Pointwise("gelu", Keeps.INPUTS) {
        @Override
        void run(float[] x, int xo, float[] y, int yo, int n) {
          Simd.KERNELS.gelu(x, xo, y, yo, n);
        }

        @Override
        void run(double[] x, int xo, double[] y, int yo, int n) {
          Simd.KERNELS.gelu(x, xo, y, yo, n);
        }

        @Override
        protected DenseArray gradient(Node node, DenseArray head) {
          DenseArray x = node.input(0);
          DenseArray erf = erf(mul(x, Creation.scalar(Math.sqrt(.5), x.type())));
          DenseArray below = mul(add(erf, number(1, x)), Creation.scalar(.5, x.type()));
          DenseArray bell = exp(mul(square(x), Creation.scalar(-.5, x.type())));
          DenseArray density = mul(bell, Creation.scalar(1 / Math.sqrt(2 * Math.PI), x.type()));
          return mul(head, add(below, mul(x, density)));
        }
      };

  // y = x where x > 0, else s a (e^x - 1), times s        dx = g s where x > 0, else g (y + s a)
  private static final class Elu extends Pointwise {
    private final double alpha;
    private final double scale;

    Elu(String name, double alpha, double scale) {
      super(name, Keeps.ALL);
      this.alpha = alpha;
      this.scale = scale;
    }

    @Override
    void run(float[] x, int xo, float[] y, int yo, int n) {
      Simd.KERNELS.expm1(x, xo, y, yo, n);
      float positive = (float) scale;
      float negative = (float) (scale * alpha);
      for (int i = 0; i < n; i++) {
        float v = x[xo + i];
        y[yo + i] = v > 0 ? positive * v : negative * y[yo + i];
      }
    }

    @Override
    void run(double[] x, int xo, double[] y, int yo, int n) {
      Simd.KERNELS.expm1(x, xo, y, yo, n);
      for (int i = 0; i < n; i++) {
        double v = x[xo + i];
        y[yo + i] = v > 0 ? scale * v : scale * alpha * y[yo + i];
      }
    }

    @Override
    protected DenseArray gradient(Node node, DenseArray head) {
      DenseArray x = node.input(0);
      DenseArray y = node.output();
      DenseArray below = add(y, Creation.scalar(scale * alpha, y.type()));
      DenseArray above = Creation.scalar(scale, y.type());
      return mul(head, Selection.where(Comparison.lte(x, number(0, x)), below, above));
    }
  }

  // y = x where x > 0, else a x       dx = g where x > 0, else a g
  private static final class LeakyRelu extends Pointwise {
    private final double alpha;

    LeakyRelu(double alpha) {
      super("leakyRelu", Keeps.INPUTS);
      this.alpha = alpha;
    }

    @Override
    void run(float[] x, int xo, float[] y, int yo, int n) {
      float slope = (float) alpha;
      for (int i = 0; i < n; i++) {
        float v = x[xo + i];
        y[yo + i] = v > 0 ? v : slope * v;
      }
    }

    @Override
    void run(double[] x, int xo, double[] y, int yo, int n) {
      for (int i = 0; i < n; i++) {
        double v = x[xo + i];
        y[yo + i] = v > 0 ? v : alpha * v;
      }
    }

    @Override
    protected DenseArray gradient(Node node, DenseArray head) {
      DenseArray x = node.input(0);
      DenseArray slope = Creation.scalar(alpha, head.type());
      return Selection.where(Comparison.gt(x, number(0, x)), head, mul(head, slope));
    }
  }

  /** The larger of x and 0. */
  public static DenseArray relu(DenseArray x) {
    return RELU.apply(x);
  }

  /** 1 / (1 + e<sup>-x</sup>). */
  public static DenseArray sigmoid(DenseArray x) {
    return SIGMOID.apply(x);
  }

  /** log(1 + e<sup>x</sup>). */
  public static DenseArray softPlus(DenseArray x) {
    return SOFT_PLUS.apply(x);
  }

  /** x / (1 + |x|). */
  public static DenseArray softSign(DenseArray x) {
    return SOFT_SIGN.apply(x);
  }

  /** x Φ(x), with the distribution function of the normal distribution. */
  public static DenseArray gelu(DenseArray x) {
    return GELU.apply(x);
  }

  /** x where it is positive, else alpha (e<sup>x</sup> - 1). */
  public static DenseArray elu(DenseArray x, double alpha) {
    return new Elu("elu", alpha, 1).apply(x);
  }

  /** ELU with the constants of Klambauer et al., Self-Normalizing Neural Networks (2017). */
  public static DenseArray selu(DenseArray x) {
    return new Elu("selu", 1.6732632423543772848170429916717, 1.0507009873554804934193349852946)
        .apply(x);
  }

  /** x where it is positive, else alpha x. */
  public static DenseArray leakyRelu(DenseArray x, double alpha) {
    return new LeakyRelu(alpha).apply(x);
  }
}
