package dev.headgrad.tape.op;

import static dev.headgrad.tape.op.Arithmetic.add;
import static dev.headgrad.tape.op.Arithmetic.div;
import static dev.headgrad.tape.op.Arithmetic.mul;
import static dev.headgrad.tape.op.Arithmetic.sub;
import static dev.headgrad.tape.op.UnaryMath.neg;
import static dev.headgrad.tape.op.UnaryMath.number;
import static dev.headgrad.tape.op.UnaryMath.sqrt;
import static dev.headgrad.tape.op.UnaryMath.square;

import ai.djl.ndarray.types.DataType;
import dev.headgrad.tape.core.DenseArray;
import dev.headgrad.tape.core.Node;
import dev.headgrad.tape.core.Op.Keeps;
import dev.headgrad.tape.kernel.function.Simd;

/** Circular and hyperbolic functions and their inverses, element by element. */
public final class Trigonometry {

  private Trigonometry() {}

  // y = sin x          dx = g cos x
  private static final Pointwise SIN =
      new Pointwise("sin", Keeps.INPUTS) {
        @Override
        void run(float[] x, int xo, float[] y, int yo, int n) {
          Simd.KERNELS.sin(x, xo, y, yo, n);
        }

        @Override
        void run(double[] x, int xo, double[] y, int yo, int n) {
          Simd.KERNELS.sin(x, xo, y, yo, n);
        }

        @Override
        protected DenseArray gradient(Node node, DenseArray head) {
          return mul(head, cos(node.input(0)));
        }
      };

  // y = cos x          dx = -g sin x
  private static final Pointwise COS =
      new Pointwise("cos", Keeps.INPUTS) {
        @Override
        void run(float[] x, int xo, float[] y, int yo, int n) {
          Simd.KERNELS.cos(x, xo, y, yo, n);
        }

        @Override
        void run(double[] x, int xo, double[] y, int yo, int n) {
          Simd.KERNELS.cos(x, xo, y, yo, n);
        }

        @Override
        protected DenseArray gradient(Node node, DenseArray head) {
          return neg(mul(head, sin(node.input(0))));
        }
      };

  // y = tan x          dx = g (1 + y²)
  private static final Pointwise TAN =
      new Pointwise.Formula("tan", Keeps.OUTPUT) {
        @Override
        double of(double x) {
          return Math.tan(x);
        }

        @Override
        protected DenseArray gradient(Node node, DenseArray head) {
          return mul(head, add(square(node.output()), number(1, head)));
        }
      };

  // y = asin x         dx = g / √(1 - x²)
  private static final Pointwise ASIN =
      new Pointwise.Formula("asin", Keeps.INPUTS) {
        @Override
        double of(double x) {
          return Math.asin(x);
        }

        @Override
        protected DenseArray gradient(Node node, DenseArray head) {
          DenseArray x = node.input(0);
          return div(head, sqrt(sub(number(1, x), square(x))));
        }
      };

  // y = acos x         dx = -g / √(1 - x²)
  private static final Pointwise ACOS =
      new Pointwise.Formula("acos", Keeps.INPUTS) {
        @Override
        double of(double x) {
          return Math.acos(x);
        }

        @Override
        protected DenseArray gradient(Node node, DenseArray head) {
          DenseArray x = node.input(0);
          return neg(div(head, sqrt(sub(number(1, x), square(x)))));
        }
      };

  // y = atan x         dx = g / (1 + x²)
  private static final Pointwise ATAN =
      new Pointwise.Formula("atan", Keeps.INPUTS) {
        @Override
        double of(double x) {
          return Math.atan(x);
        }

        @Override
        protected DenseArray gradient(Node node, DenseArray head) {
          DenseArray x = node.input(0);
          return div(head, add(square(x), number(1, x)));
        }
      };

  // y = sinh x         dx = g cosh x
  private static final Pointwise SINH =
      new Pointwise.Formula("sinh", Keeps.INPUTS) {
        @Override
        double of(double x) {
          return Math.sinh(x);
        }

        @Override
        protected DenseArray gradient(Node node, DenseArray head) {
          return mul(head, cosh(node.input(0)));
        }
      };

  // y = cosh x         dx = g sinh x
  private static final Pointwise COSH =
      new Pointwise.Formula("cosh", Keeps.INPUTS) {
        @Override
        double of(double x) {
          return Math.cosh(x);
        }

        @Override
        protected DenseArray gradient(Node node, DenseArray head) {
          return mul(head, sinh(node.input(0)));
        }
      };

  // y = asinh x        dx = g / √(x² + 1)
  private static final Pointwise ASINH =
      new Pointwise.Formula("asinh", Keeps.INPUTS) {
        @Override
        double of(double x) {
          return asinhOf(x);
        }

        @Override
        protected DenseArray gradient(Node node, DenseArray head) {
          DenseArray x = node.input(0);
          return div(head, sqrt(add(square(x), number(1, x))));
        }
      };

  // y = acosh x        dx = g / √(x² - 1)
  private static final Pointwise ACOSH =
      new Pointwise.Formula("acosh", Keeps.INPUTS) {
        @Override
        double of(double x) {
          return Math.log(x + Math.sqrt(x - 1) * Math.sqrt(x + 1));
        }

        @Override
        protected DenseArray gradient(Node node, DenseArray head) {
          DenseArray x = node.input(0);
          return div(head, sqrt(sub(square(x), number(1, x))));
        }
      };

  // y = atanh x        dx = g / (1 - x²)
  private static final Pointwise ATANH =
      new Pointwise.Formula("atanh", Keeps.INPUTS) {
        @Override
        double of(double x) {
          return (Math.log1p(x) - Math.log1p(-x)) / 2;
        }

        @Override
        protected DenseArray gradient(Node node, DenseArray head) {
          DenseArray x = node.input(0);
          return div(head, sub(number(1, x), square(x)));
        }
      };

  // y = angle of (b, a)                 da = g b / (a² + b²)      db = -g a / (a² + b²)
  private static final Broadcasting ATAN2 =
      new Broadcasting.Formula("atan2", Keeps.INPUTS) {
        @Override
        DataType resultType(DataType promoted) {
          return Types.floating(promoted);
        }

        @Override
        double of(double a, double b) {
          return Math.atan2(a, b);
        }

        @Override
        protected DenseArray gradientA(Node node, DenseArray head) {
          return div(mul(head, node.input(1)), squares(node));
        }

        @Override
        protected DenseArray gradientB(Node node, DenseArray head) {
          return neg(div(mul(head, node.input(0)), squares(node)));
        }

        private DenseArray squares(Node node) {
          return add(square(node.input(0)), square(node.input(1)));
        }
      };

  /** Exact for small x, too, and odd. */
  private static double asinhOf(double x) {
    double m = Math.abs(x);
    double y =
        m < 1e8 ? Math.log1p(m + m * m / (1 + Math.sqrt(m * m + 1))) : Math.log(m) + Math.log(2);
    return Math.copySign(y, x);
  }

  /** The sine of x radians. */
  public static DenseArray sin(DenseArray x) {
    return SIN.apply(x);
  }

  /** The cosine of x radians. */
  public static DenseArray cos(DenseArray x) {
    return COS.apply(x);
  }

  /** The tangent of x radians. */
  public static DenseArray tan(DenseArray x) {
    return TAN.apply(x);
  }

  /** The angle in radians whose sine is x. */
  public static DenseArray asin(DenseArray x) {
    return ASIN.apply(x);
  }

  /** The angle in radians whose cosine is x. */
  public static DenseArray acos(DenseArray x) {
    return ACOS.apply(x);
  }

  /** The angle in radians whose tangent is x. */
  public static DenseArray atan(DenseArray x) {
    return ATAN.apply(x);
  }

  /** The hyperbolic sine of x. */
  public static DenseArray sinh(DenseArray x) {
    return SINH.apply(x);
  }

  /** The hyperbolic cosine of x. */
  public static DenseArray cosh(DenseArray x) {
    return COSH.apply(x);
  }

  /** The number whose hyperbolic sine is x. */
  public static DenseArray asinh(DenseArray x) {
    return ASINH.apply(x);
  }

  /** The number whose hyperbolic cosine is x. */
  public static DenseArray acosh(DenseArray x) {
    return ACOSH.apply(x);
  }

  /** The number whose hyperbolic tangent is x. */
  public static DenseArray atanh(DenseArray x) {
    return ATANH.apply(x);
  }

  /** The angle in radians of the point (b, a). */
  public static DenseArray atan2(DenseArray a, DenseArray b) {
    return ATAN2.apply(a, b);
  }

  /** Radians in degrees. */
  public static DenseArray toDegrees(DenseArray x) {
    return mul(x, Creation.scalar(180 / Math.PI, x.type()));
  }

  /** Degrees in radians. */
  public static DenseArray toRadians(DenseArray x) {
    return mul(x, Creation.scalar(Math.PI / 180, x.type()));
  }
}
