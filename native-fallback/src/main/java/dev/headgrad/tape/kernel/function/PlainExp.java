package dev.headgrad.tape.kernel.function;

import dev.headgrad.tape.kernel.Fma;
import dev.headgrad.tape.kernel.Spares;

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
    PlainExp scratch = take(n);
    for (int i = 0; i < n; i += BLOCK) {
      int m = Math.min(BLOCK, n - i);
      scratch.take(x, xo + i, m);
      scratch.exp(m);
      System.arraycopy(scratch.x, 0, y, yo + i, m);
    }
    scratch.give();
  }

  /** 1 / (1 + e to the power of -x). */
  static void sigmoid(float[] x, int xo, float[] y, int yo, int n) {
    PlainExp scratch = take(n);
    for (int i = 0; i < n; i += BLOCK) {
      int m = Math.min(BLOCK, n - i);
      scratch.take(x, xo + i, m);
      scratch.sigmoid(m);
      System.arraycopy(scratch.x, 0, y, yo + i, m);
    }
    scratch.give();
  }

  /** The hyperbolic tangent of x. */
  static void tanh(float[] x, int xo, float[] y, int yo, int n) {
    PlainExp scratch = take(n);
    for (int i = 0; i < n; i += BLOCK) {
      int m = Math.min(BLOCK, n - i);
      scratch.take(x, xo + i, m);
      scratch.tanh(m);
      System.arraycopy(scratch.x, 0, y, yo + i, m);
    }
    scratch.give();
  }

  /** e to the power of x - max, and the sum of that. */
  static double expSum(float[] x, int xo, float[] y, int yo, int n, float max) {
    PlainExp scratch = take(n);
    double sum = 0;
    for (int i = 0; i < n; i += BLOCK) {
      int m = Math.min(BLOCK, n - i);
      scratch.take(x, xo + i, m);
      sum += scratch.expSum(m, max);
      System.arraycopy(scratch.x, 0, y, yo + i, m);
    }
    scratch.give();
    return sum;
  }

  /** The sum of e to the power of x - max. */
  static double sumExp(float[] x, int xo, int n, float max) {
    PlainExp scratch = take(n);
    double sum = 0;
    for (int i = 0; i < n; i += BLOCK) {
      int m = Math.min(BLOCK, n - i);
      scratch.take(x, xo + i, m);
      sum += scratch.expSum(m, max);
    }
    scratch.give();
    return sum;
  }

  private void take(float[] from, int off, int m) {
    System.arraycopy(from, off, x, 0, m);
  }

  private void exp(int m) {
    reduce(x, p, z, m);
    if (!scale(p, z, x, m)) {
      scaleTwice(p, z, x, m);
    }
  }

  private double expSum(int m, float max) {
    shift(x, max, m);
    exp(m);
    return PlainSums.sum(x, 0, m);
  }

  private void sigmoid(int m) {
    negate(x, m);
    exp(m);
    logistic(x, m);
  }

  private void tanh(int m) {
    reduceTwice(x, p, z, m);
    scale(p, z, p, m);
    combine(x, p, x, m);
  }

  private static void shift(float[] x, float by, int n) {
    for (int i = 0; i < n; i++) {
      x[i] = x[i] - by;
    }
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

  /** The same for twice the absolute value of x, up to where tanh is 1. */
  private static void reduceTwice(float[] x, float[] p, float[] z, int n) {
    for (int i = 0; i < n; i++) {
      float a = Math.min(Math.abs(x[i]), FloatMath.TANH_HIGH);
      float v = a + a;
      float rounded = Fma.of(v, FloatMath.LOG2_E, FloatMath.ROUNDER);
      p[i] = FloatMath.expReduced(v, rounded - FloatMath.ROUNDER);
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

  /**
   * The hyperbolic tangent of x, where e holds e to the power of |2 x|. Its two formulas are chosen
   * from by products with 0 and 1, for C2 has no vector instructions to select.
   */
  private static void combine(float[] x, float[] e, float[] y, int n) {
    for (int i = 0; i < n; i++) {
      float v = x[i];
      float a = Math.abs(v);
      float small = FloatMath.tanhSmall(Math.min(a, FloatMath.TANH_SMALL));
      float large = 1 - 2 / (e[i] + 1);
      float isSmall = Math.max(0, Math.min(1, (FloatMath.TANH_SMALL - a) * HUGE));
      float sign = Math.max(-1, Math.min(1, v * HUGE * HUGE));
      y[i] = (isSmall * small + (1 - isSmall) * large) * sign;
    }
  }
}
