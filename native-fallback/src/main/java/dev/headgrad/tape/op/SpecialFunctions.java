package dev.headgrad.tape.op;

import static dev.headgrad.tape.op.Arithmetic.mul;
import static dev.headgrad.tape.op.UnaryMath.exp;
import static dev.headgrad.tape.op.UnaryMath.neg;
import static dev.headgrad.tape.op.UnaryMath.square;

import dev.headgrad.tape.core.DenseArray;
import dev.headgrad.tape.core.Node;
import dev.headgrad.tape.core.Op.Keeps;
import dev.headgrad.tape.kernel.function.Simd;
import org.apache.commons.numbers.gamma.Digamma;
import org.apache.commons.numbers.gamma.InverseErf;
import org.apache.commons.numbers.gamma.LogGamma;

/** The error function, its inverse, and the logarithm of gamma, element by element. */
public final class SpecialFunctions {

  private SpecialFunctions() {}

  // y = erf x          dx = g 2/√π e^(-x²)
  private static final Pointwise ERF =
      new Pointwise("erf", Keeps.INPUTS) {
        @Override
        void run(float[] x, int xo, float[] y, int yo, int n) {
          Simd.KERNELS.erf(x, xo, y, yo, n);
        }

        @Override
        void run(double[] x, int xo, double[] y, int yo, int n) {
          Simd.KERNELS.erf(x, xo, y, yo, n);
        }

        @Override
        protected DenseArray gradient(Node node, DenseArray head) {
          return mul(head, scaled(exp(neg(square(node.input(0)))), 2 / Math.sqrt(Math.PI)));
        }
      };

  // y = erfinv x       dx = g √π/2 e^(y²)
  private static final Pointwise ERFINV =
      new Pointwise.Formula("erfinv", Keeps.OUTPUT) {
        @Override
        double of(double x) {
          return InverseErf.value(x);
        }

        @Override
        protected DenseArray gradient(Node node, DenseArray head) {
          return mul(head, scaled(exp(square(node.output())), Math.sqrt(Math.PI) / 2));
        }
      };

  // y = log |Γ(x)|     dx = g ψ(x)
  private static final Pointwise GAMMALN =
      new Pointwise.Formula("gammaln", Keeps.INPUTS) {
        @Override
        double of(double x) {
          return logGamma(x);
        }

        @Override
        protected DenseArray gradient(Node node, DenseArray head) {
          return mul(head, new Polygamma(0).apply(node.input(0)));
        }
      };

  // y = ψ⁽ⁿ⁾(x)         dx = g ψ⁽ⁿ⁺¹⁾(x)
  private static final class Polygamma extends Pointwise.Formula {
    private final int order;

    Polygamma(int order) {
      super("polygamma", Keeps.INPUTS);
      this.order = order;
    }

    @Override
    double of(double x) {
      return order == 0 ? Digamma.value(x) : polygamma(order, x);
    }

    @Override
    protected DenseArray gradient(Node node, DenseArray head) {
      return mul(head, new Polygamma(order + 1).apply(node.input(0)));
    }
  }

  private static DenseArray scaled(DenseArray x, double factor) {
    return mul(x, Creation.scalar(factor, x.type()));
  }

  private static double logGamma(double x) {
    if (x > 0) {
      return LogGamma.value(x);
    }
    if (x == Math.rint(x)) {
      return Double.POSITIVE_INFINITY; // a pole
    }
    // Γ(x) Γ(1 - x) = π / sin πx
    return Math.log(Math.PI / Math.abs(Math.sin(Math.PI * x))) - LogGamma.value(1 - x);
  }

  /**
   * {@code ψ⁽ⁿ⁾(x) = (-1)^(n+1) n! Σ 1/(x+k)^(n+1)}: the first terms one by one, the rest by the
   * formula of Euler and Maclaurin (DLMF 25.11.43 with 5.15).
   */
  private static double polygamma(int n, double x) {
    int s = n + 1;
    double sum = 0;
    double at = x;
    while (at < 20) {
      sum += Math.pow(at, -s);
      at++;
    }
    sum += Math.pow(at, 1 - s) / (s - 1) + Math.pow(at, -s) / 2;
    double[] bernoulli = {1.0 / 12, -1.0 / 720, 1.0 / 30240, -1.0 / 1209600, 1.0 / 47900160};
    double rising = s;
    double power = Math.pow(at, -s - 1);
    for (int k = 0; k < bernoulli.length; k++) {
      sum += bernoulli[k] * rising * power;
      rising *= (s + 2.0 * k + 1) * (s + 2.0 * k + 2);
      power /= at * at;
    }
    double factorial = 1;
    for (int i = 2; i <= n; i++) {
      factorial *= i;
    }
    return (n % 2 == 0 ? -1 : 1) * factorial * sum;
  }

  /** 2/√π times the integral of e<sup>-t²</sup> from 0 to x. */
  public static DenseArray erf(DenseArray x) {
    return ERF.apply(x);
  }

  /** The number whose error function is x. */
  public static DenseArray erfinv(DenseArray x) {
    return ERFINV.apply(x);
  }

  /** The logarithm of the magnitude of gamma of x. */
  public static DenseArray gammaln(DenseArray x) {
    return GAMMALN.apply(x);
  }
}
