package dev.headgrad.tape.kernel.function;

import dev.headgrad.tape.kernel.Fma;
import dev.headgrad.tape.kernel.Spares;
import org.jspecify.annotations.Nullable;

/**
 * The exponential function and what is made of it, of many floats, without the Vector API.
 *
 * <p>C2 turns loops of arithmetic into vector instructions, but not what makes a power of 2 of the
 * bits of an integer. So a block of elements goes through stages: loops of arithmetic on scratch
 * arrays, and one short loop between them that scales each element. The steps are those of {@link
 * FloatMath}, and so are the bits.
 */
final class PlainExp {

  /** Elements of a block: the scratch arrays stay in the first-level cache. */
  private static final int BLOCK = 512;

  private static final int EXP = 0;
  private static final int SIGMOID = 1;
  private static final int TANH = 2;
  private static final int EXP_SUM = 3;

  /** Makes 1 or more of every positive number, in two steps. */
  private static final float HUGE = 0x1p127f;

  private static final Spares<PlainExp> SPARES = new Spares<>(() -> new PlainExp(BLOCK));

  private final float[] x;
  private final float[] p;
  private final float[] z;

  private PlainExp(int n) {
    x = new float[n];
    p = new float[n];
    z = new float[n];
  }

  /** Scratch arrays for n elements; small ones are not worth looking for. */
  private static PlainExp take(int n) {
    return n < BLOCK ? new PlainExp(n) : SPARES.take();
  }

  private void give() {
    if (x.length == BLOCK) {
      SPARES.give(this);
    }
  }

  /** e to the power of x. */
  static void exp(float[] x, int xo, float[] y, int yo, int n) {
    run(EXP, 0, x, xo, y, yo, n);
  }

  /** 1 / (1 + e to the power of -x). */
  static void sigmoid(float[] x, int xo, float[] y, int yo, int n) {
    run(SIGMOID, 0, x, xo, y, yo, n);
  }

  /** The hyperbolic tangent of x. */
  static void tanh(float[] x, int xo, float[] y, int yo, int n) {
    run(TANH, 0, x, xo, y, yo, n);
  }

  /** e to the power of x - max, and the sum of that. */
  static double expSum(float[] x, int xo, float[] y, int yo, int n, float max) {
    return run(EXP_SUM, max, x, xo, y, yo, n);
  }

  /** The sum of e to the power of x - max. */
  static double sumExp(float[] x, int xo, int n, float max) {
    return run(EXP_SUM, max, x, xo, null, 0, n);
  }

  /** Takes block after block through the stages of a function, and adds up what they sum. */
  private static double run(
      int function, float max, float[] x, int xo, float @Nullable [] y, int yo, int n) {
    PlainExp scratch = take(n);
    double sum = 0;
    for (int i = 0; i < n; i += BLOCK) {
      int m = Math.min(BLOCK, n - i);
      System.arraycopy(x, xo + i, scratch.x, 0, m);
      switch (function) {
        case EXP:
          scratch.exp(m);
          break;
        case SIGMOID:
          scratch.sigmoid(m);
          break;
        case TANH:
          scratch.tanh(m);
          break;
        default:
          sum += scratch.expSum(m, max);
      }
      if (y != null) {
        System.arraycopy(scratch.x, 0, y, yo + i, m);
      }
    }
    scratch.give();
    return sum;
  }

  private void exp(int m) {
    reduce(x, p, z, m);
    if (!scale(p, z, x, m)) {
      scaleTwice(p, z, x, m);
    }
  }

  private double expSum(int m, float max) {
    reduceBelow(x, max, p, z, m);
    scaleBelow(x, p, z, m);
    return PlainSums.sum(x, 0, m);
  }

  private void sigmoid(int m) {
    negate(x, m);
    exp(m);
    logistic(x, m);
  }

  private void tanh(int m) {
    reduceTwice(x, p, z, m);
    powers(z, m);
    combine(x, p, z, m);
  }

  private static void negate(float[] x, int n) {
    for (int i = 0; i < n; i++) {
      x[i] = -x[i];
    }
  }

  private static void logistic(float[] e, int n) {
    for (int i = 0; i < n; i++) {
      e[i] = 1 / (1 + e[i]);
    }
  }

  /** Splits x into n logarithms of 2, which z holds with ROUNDER added, and e to what is left. */
  private static void reduce(float[] x, float[] p, float[] z, int n) {
    for (int i = 0; i < n; i++) {
      float v = Math.min(Math.max(x[i], FloatMath.EXP_LOW), FloatMath.EXP_HIGH);
      float rounded = Fma.of(v, FloatMath.LOG2_E, FloatMath.ROUNDER);
      p[i] = FloatMath.expReduced(v, rounded - FloatMath.ROUNDER);
      z[i] = rounded;
    }
  }

  /** Subtracts max from x; p becomes e to the power of what {@link #reduce} leaves, minus 1. */
  private static void reduceBelow(float[] x, float max, float[] p, float[] z, int n) {
    for (int i = 0; i < n; i++) {
      float v = x[i] - max;
      float rounded = Fma.of(v, FloatMath.LOG2_E, FloatMath.ROUNDER);
      p[i] = FloatMath.expm1Small(FloatMath.reduced(v, rounded - FloatMath.ROUNDER));
      z[i] = rounded;
      x[i] = v;
    }
  }

  /** The same p for twice the absolute value of x, up to where tanh is 1. */
  private static void reduceTwice(float[] x, float[] p, float[] z, int n) {
    for (int i = 0; i < n; i++) {
      float a = Math.min(Math.abs(x[i]), FloatMath.TANH_HIGH);
      float v = a + a;
      float rounded = Fma.of(v, FloatMath.LOG2_E, FloatMath.ROUNDER);
      p[i] = FloatMath.expm1Small(FloatMath.reduced(v, rounded - FloatMath.ROUNDER));
      z[i] = rounded;
    }
  }

  /**
   * Multiplies p by 2 to the power of n, which z holds with ROUNDER added.
   *
   * @return whether that is right: whether all n are exponents of normal numbers
   */
  private static boolean scale(float[] p, float[] z, float[] y, int m) {
    int bad = 0;
    for (int i = 0; i < m; i++) {
      int n = Float.floatToRawIntBits(z[i]) - FloatMath.ROUNDER_BITS;
      bad |= (n - Float.MIN_EXPONENT) | (Float.MAX_EXPONENT - n);
      y[i] = p[i] * FloatMath.power(n);
    }
    return bad >= 0;
  }

  /** The same in two steps, for any n. */
  private static void scaleTwice(float[] p, float[] z, float[] y, int m) {
    for (int i = 0; i < m; i++) {
      y[i] = FloatMath.scaled(p[i], z[i]);
    }
  }

  /** Makes e to the power of x of what {@link #reduceBelow} left; 0 of what is too low. */
  private static void scaleBelow(float[] x, float[] p, float[] z, int m) {
    for (int i = 0; i < m; i++) {
      float s = FloatMath.power(Float.floatToRawIntBits(z[i]));
      x[i] = x[i] < FloatMath.EXP_NORMAL ? 0 : Fma.of(s, p[i], s);
    }
  }

  /** Makes 2 to the power of n of every z, which holds n with ROUNDER added. */
  private static void powers(float[] z, int m) {
    for (int i = 0; i < m; i++) {
      z[i] = FloatMath.power(Float.floatToRawIntBits(z[i]));
    }
  }

  /**
   * The hyperbolic tangent of x, of what {@link #reduceTwice} left and of powers of 2. Its sign is
   * a number, for C2 has no vector instructions to select or to copy it.
   */
  private static void combine(float[] x, float[] p, float[] powers, int n) {
    for (int i = 0; i < n; i++) {
      float q = Fma.of(powers[i], p[i], powers[i] - 1);
      float sign = Math.max(-1, Math.min(1, x[i] * HUGE * HUGE));
      x[i] = q / (q + 2) * sign;
    }
  }
}
