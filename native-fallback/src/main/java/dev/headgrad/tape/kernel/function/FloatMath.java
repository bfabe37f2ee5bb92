package dev.headgrad.tape.kernel.function;

import dev.headgrad.tape.kernel.Fma;

/**
 * Functions of one float, in float arithmetic alone: the same steps as {@link VectorMath}, and so
 * the same bits, without the Vector API.
 *
 * <p>Where the processor has fused multiply-adds, every result is within 2.5 ulp of the exact
 * value, for every argument; {@link #gelu} is within 2.5 ulp for positive arguments and within
 * 2<sup>-23</sup> |x| for negative ones. Without, the bound is 4 ulp. Polynomials and reductions
 * are those of the Cephes Mathematical Library, release 2.2 (S. L. Moshier, 1992), single
 * precision, unless a method says otherwise. Subnormal arguments and results, zeros of both signs,
 * infinities and NaN are as in {@link Math}.
 */
final class FloatMath {

  /** 3 * 2<sup>22</sup>: added to a small number, it leaves its nearest integer in the low bits. */
  static final float ROUNDER = 0x1.8p23f;

  /** How an integer is stored in the low bits after {@link #ROUNDER} was added. */
  static final int ROUNDER_BITS = 0x4b400000;

  static final int SIGN = 0x80000000;
  static final int ONE_BITS = 0x3f800000;

  /** 1/2. */
  static final int HALF_BITS = 0x3f000000;

  /** Beyond these, e to the power of x is zero and infinite. */
  static final float EXP_LOW = -104;

  static final float EXP_HIGH = 89;

  /** Below it, 1 plus e to the power of x is 1. */
  static final float SIGMOID_LOW = -30;

  /** From here on, e to the power of x is a normal number. */
  static final float EXP_NORMAL = -87.3f;

  /** Below, e to the power of x is nothing beside 1. */
  static final float EXPM1_LOW = -30;

  static final float LOG2_E = 1.44269504f;

  /** The logarithm of 2 in two parts, of which the first has few bits. */
  static final float LN2_HIGH = 0.693359375f;

  static final float LN2_LOW = -2.12194440e-4f;

  /** Of the polynomial of least error for (e<sup>r</sup> - 1 - r) / r<sup>2</sup>. */
  static final float E2 = 0.5f;

  static final float E3 = 0.16666667f;
  static final float E4 = 0.041666552f;
  static final float E5 = 0.0083333105f;
  static final float E6 = 0.001392627f;
  static final float E7 = 0.00019891106f;

  private FloatMath() {}

  /** (e<sup>r</sup> - 1 - r) / r<sup>2</sup> for small r. */
  private static float expTail(float r) {
    float p = Fma.of(E7, r, E6);
    p = Fma.of(p, r, E5);
    p = Fma.of(p, r, E4);
    p = Fma.of(p, r, E3);
    return Fma.of(p, r, E2);
  }

  /** e<sup>r</sup> - 1 for small r. */
  static float expm1Small(float r) {
    return Fma.of(r * r, expTail(r), r);
  }

  /** x minus n logarithms of 2. */
  static float reduced(float x, float n) {
    return Fma.of(n, -LN2_LOW, Fma.of(n, -LN2_HIGH, x));
  }

  /** 2 to the power of n, which has ROUNDER_BITS added; n is an exponent of a normal number. */
  static float power(int bits) {
    return Float.intBitsToFloat((bits << 23) + ONE_BITS);
  }

  private static float clamp(float x, float low, float high) {
    float y = x < low ? low : x;
    return y > high ? high : y;
  }

  private static float withSignOf(float sign, float y) {
    int bits = Float.floatToRawIntBits(y) | (Float.floatToRawIntBits(sign) & SIGN);
    return Float.intBitsToFloat(bits);
  }

  /** e to the power of x. */
  static float exp(float x) {
    return expClamped(clamp(x, EXP_LOW, EXP_HIGH));
  }

  /** -|x|, or EXP_LOW if that is less. */
  private static float lowered(float x) {
    float y = -Math.abs(x);
    return y < EXP_LOW ? EXP_LOW : y;
  }

  /** e to the power of x between EXP_LOW and EXP_HIGH: scaled in two steps, for subnormals. */
  private static float expClamped(float x) {
    float z = Fma.of(x, LOG2_E, ROUNDER);
    return scaled(expReduced(x, z - ROUNDER), z);
  }

  /** p times 2 to the power of n, which has ROUNDER added. */
  static float scaled(float p, float n) {
    int bits = Float.floatToRawIntBits(n) - ROUNDER_BITS;
    int half = bits >> 1;
    return p * power(half) * power(bits - half);
  }

  /** e to the power of x, which is so far from the limits that one scaling does. */
  private static float expInside(float x) {
    float z = Fma.of(x, LOG2_E, ROUNDER);
    return expReduced(x, z - ROUNDER) * power(Float.floatToRawIntBits(z));
  }

  /**
   * e to the power of x - n log 2, a small number. What the sums round off is added in the end, so
   * that almost every result is the float next to the exact one, as in the libraries of C.
   */
  static float expReduced(float x, float n) {
    float high = Fma.of(n, -LN2_HIGH, x);
    float low = n * -LN2_LOW;
    float r = high + low;
    float tail = Fma.of(r * r, expTail(r), high - r + low);
    float sum = r + 1;
    return sum + (r - (sum - 1) + tail);
  }

  /**
   * e to the power of x, which is not positive; 0 where that would be subnormal. It is for sums,
   * and cheaper: within 1 ulp, but one result in ten is not the nearest float.
   */
  static float expBelow(float x) {
    if (x < EXP_NORMAL) {
      return 0;
    }
    float z = Fma.of(x, LOG2_E, ROUNDER);
    float s = power(Float.floatToRawIntBits(z));
    return Fma.of(s, expm1Small(reduced(x, z - ROUNDER)), s);
  }

  /** e to the power of x, minus 1. */
  static float expm1(float x) {
    float y = clamp(x, EXPM1_LOW, EXP_HIGH);
    float z = Fma.of(y, LOG2_E, ROUNDER);
    float q = expm1Small(reduced(y, z - ROUNDER));
    // with half of the power, which does not overflow before the result does
    float s = power(Float.floatToRawIntBits(z) - 1);
    float h = Fma.of(s, q, s - 0.5f);
    return withSignOf(x, h + h);
  }

  static final float SQRT_HALF = 0.70710678f;

  /** The bits of sqrt(1/2): taken from those of a number, they leave its exponent. */
  static final int SQRT_HALF_BITS = 0x3f3504f3;

  static final int MANTISSA = 0x007fffff;
  static final float TWO_23 = 0x1p23f;

  static final float L3 = 3.3333331174e-1f;
  static final float L4 = -2.4999993993e-1f;
  static final float L5 = 2.0000714765e-1f;
  static final float L6 = -1.6668057665e-1f;
  static final float L7 = 1.4249322787e-1f;
  static final float L8 = -1.2420140846e-1f;
  static final float L9 = 1.1676998740e-1f;
  static final float L10 = -1.1514610310e-1f;
  static final float L11 = 7.0376836292e-2f;

  /** (log(1 + f) - f + f<sup>2</sup>/2) / f<sup>3</sup> for 1 + f between sqrt(1/2) and sqrt(2). */
  private static float logTail(float f) {
    float p = Fma.of(L11, f, L10);
    p = Fma.of(p, f, L9);
    p = Fma.of(p, f, L8);
    p = Fma.of(p, f, L7);
    p = Fma.of(p, f, L6);
    p = Fma.of(p, f, L5);
    p = Fma.of(p, f, L4);
    return Fma.of(p, f, L3);
  }

  /** log(1 + f) for 1 + f between sqrt(1/2) and sqrt(2). */
  private static float logNearOne(float f) {
    return Fma.of(-0.5f, f * f, logTail(f) * (f * f * f)) + f;
  }

  /** log(1 + f) plus e logarithms of 2. */
  private static float logOf(float e, float f) {
    float y = Fma.of(logTail(f), f * f * f, e * LN2_LOW);
    return Fma.of(e, LN2_HIGH, Fma.of(-0.5f, f * f, y) + f);
  }

  /** What a logarithm is of zero, of negative numbers, of infinity and of NaN; else y. */
  private static float logLimits(float x, float y) {
    return x > 0 && x < Float.POSITIVE_INFINITY
        ? y
        : x == 0 ? Float.NEGATIVE_INFINITY : x < 0 ? Float.NaN : x;
  }

  /** x as a normal number: a subnormal one is multiplied by 2<sup>23</sup>. */
  private static float normal(float x) {
    return x < Float.MIN_NORMAL ? x * TWO_23 : x;
  }

  /** How much {@link #normal} changed the exponent. */
  private static float normalShift(float x) {
    return x < Float.MIN_NORMAL ? 23 : 0;
  }

  /** The exponent of a number whose mantissa is between sqrt(1/2) and sqrt(2). */
  private static float exponent(float normal) {
    int e = (Float.floatToRawIntBits(normal) - SQRT_HALF_BITS) >> 23;
    return Float.intBitsToFloat(e + ROUNDER_BITS) - ROUNDER;
  }

  /** The mantissa between sqrt(1/2) and sqrt(2), minus 1. */
  private static float mantissa(float normal) {
    int m = (Float.floatToRawIntBits(normal) - SQRT_HALF_BITS) & MANTISSA;
    return Float.intBitsToFloat(m + SQRT_HALF_BITS) - 1;
  }

  /** The natural logarithm of x. */
  static float log(float x) {
    float v = normal(x);
    return logLimits(x, logOf(exponent(v) - normalShift(x), mantissa(v)));
  }

  static final float LOG2_E_LOW = 1.92596303e-8f;

  /** The logarithm of x to base 2. */
  static float log2(float x) {
    float v = normal(x);
    float y = logNearOne(mantissa(v));
    float e = exponent(v) - normalShift(x);
    return logLimits(x, Fma.of(y, LOG2_E, Fma.of(y, LOG2_E_LOW, e)));
  }

  static final float LOG10_E = 0.4342944819f;

  /** The logarithm of 2 to base 10 in two parts, of which the first has few bits. */
  static final float LOG10_2_HIGH = 3.00781250e-1f;

  static final float LOG10_2_LOW = 2.48745663981195e-4f;

  /** The logarithm of x to base 10. */
  static float log10(float x) {
    float v = normal(x);
    float y = logNearOne(mantissa(v));
    float e = exponent(v) - normalShift(x);
    return logLimits(x, Fma.of(e, LOG10_2_HIGH, Fma.of(e, LOG10_2_LOW, y * LOG10_E)));
  }

  /** log(1 + x): the logarithm of the rounded sum, and the first-order term of what it lost. */
  static float log1p(float x) {
    float u = 1 + x;
    float lost = x - (u - 1);
    float y = logOf(exponent(u), mantissa(u));
    float z = x < TWO_23 ? lost / u + y : y;
    return withSignOf(x, logLimits(u, z));
  }

  static final float A2 = 0.66666675f;
  static final float A4 = 0.39998889f;
  static final float A6 = 0.28616595f;
  static final float A8 = 0.21430741f;
  static final float A10 = 0.24289558f;

  /**
   * log(1 + e<sup>x</sup>), without overflow: with e to the power of -|x|, and the logarithm by the
   * series of atanh, as in FDLIBM (Sun Microsystems, 1993), cut by Lawson's algorithm.
   */
  static float softplus(float x) {
    float e = expClamped(lowered(x));
    float s = e / (e + 2);
    float z = s * s;
    float r = Fma.of(A10, z, A8);
    r = Fma.of(r, z, A6);
    r = Fma.of(r, z, A4);
    r = Fma.of(r, z, A2);
    return (x > 0 ? x : 0) + Fma.of(s, Fma.of(r, z, -e), e);
  }

  /** From here on, tanh is 1. */
  static final float TANH_HIGH = 10;

  /** The hyperbolic tangent of x: with q = e to the power of |2 x|, minus 1, it is q / (q + 2). */
  static float tanh(float x) {
    float a = Math.abs(x);
    float b = a > TANH_HIGH ? TANH_HIGH : a;
    float y = b + b;
    float z = Fma.of(y, LOG2_E, ROUNDER);
    float s = power(Float.floatToRawIntBits(z));
    float q = Fma.of(s, expm1Small(reduced(y, z - ROUNDER)), s - 1);
    return withSignOf(x, q / (q + 2));
  }

  /**
   * 1 / (1 + e<sup>-x</sup>), in these very steps, which are MXNet's; so it is 0 where
   * e<sup>-x</sup> is infinite.
   */
  static float sigmoid(float x) {
    return 1 / (1 + exp(-x));
  }

  /** From here on, erf is 1. */
  static final float ERF_HIGH = 4;

  /** Below, erf is a polynomial; from here on, 1 minus an exponential function of one. */
  static final float ERF_SMALL = 0.9277f;

  static final float F1 = 0.12837915f;
  static final float F3 = -0.37612486f;
  static final float F5 = 0.11281721f;
  static final float F7 = -0.026763128f;
  static final float F9 = 0.004988009f;
  static final float F11 = -5.9642741e-4f;

  static final float G1 = 0.12865284f;
  static final float G2 = 0.63513368f;
  static final float G3 = 0.10626604f;
  static final float G4 = -0.023787150f;
  static final float G5 = 0.0036543088f;
  static final float G6 = -3.2571547e-4f;
  static final float G7 = 1.1521951e-5f;

  /**
   * The error function of x. Polynomials fitted to erf(x) / x and -log(1 - erf(x)) / x with the
   * least largest relative error of erf (Lawson's algorithm).
   */
  static float erf(float x) {
    float a = Math.abs(x);
    float s = x * x;
    float p = Fma.of(F11, s, F9);
    p = Fma.of(p, s, F7);
    p = Fma.of(p, s, F5);
    p = Fma.of(p, s, F3);
    p = Fma.of(p, s, F1);
    float small = Fma.of(p, x, x);
    float t = a > ERF_HIGH ? ERF_HIGH : a;
    float g = Fma.of(G7, t, G6);
    g = Fma.of(g, t, G5);
    g = Fma.of(g, t, G4);
    g = Fma.of(g, t, G3);
    g = Fma.of(g, t, G2);
    g = Fma.of(g, t, G1);
    float large = withSignOf(x, 1 - expInside(-Fma.of(g, t, t)));
    return a < ERF_SMALL ? small : large;
  }

  /** x (1 + erf(x / sqrt(2))) / 2. */
  static float gelu(float x) {
    return 0.5f * x * (erf(x * SQRT_HALF) + 1);
  }

  /**
   * From here on, and everywhere without fused multiply-adds, sines and cosines are those of {@link
   * Math}: the reduction to an octant takes all bits of the product with 2/&pi;.
   */
  static final float SIN_HIGH = Fma.FAST ? 48_000 : 0;

  static final float TWO_OVER_PI = 0.636619772f;

  /** Half of &pi; in three parts. */
  static final float HALF_PI_1 = 1.57079637050628662109375f;

  static final float HALF_PI_2 = -4.37113883e-8f;
  static final float HALF_PI_3 = -1.71512489e-15f;

  static final float S3 = -1.6666654611e-1f;
  static final float S5 = 8.3321608736e-3f;
  static final float S7 = -1.9515295891e-4f;
  static final float C4 = 4.166664568298827e-2f;
  static final float C6 = -1.388731625493765e-3f;
  static final float C8 = 2.443315711809948e-5f;

  /** Below, the sine of x is x. */
  static final float SIN_SMALL = 0x1p-12f;

  /** The sine of x. */
  static float sin(float x) {
    float a = Math.abs(x);
    return a < SIN_SMALL ? x : a < SIN_HIGH ? circular(x, 0) : (float) Math.sin(x);
  }

  /** The cosine of x. */
  static float cos(float x) {
    return Math.abs(x) < SIN_HIGH ? circular(x, 1) : (float) Math.cos(x);
  }

  /** The sine of x plus so many right angles. */
  private static float circular(float x, int quadrant) {
    float z = Fma.of(x, TWO_OVER_PI, ROUNDER);
    float n = z - ROUNDER;
    float r = Fma.of(n, -HALF_PI_3, Fma.of(n, -HALF_PI_2, Fma.of(n, -HALF_PI_1, x)));
    int q = Float.floatToRawIntBits(z) + quadrant;
    float s = r * r;
    float sine = Fma.of(Fma.of(Fma.of(S7, s, S5), s, S3) * s, r, r);
    float cosine = Fma.of(Fma.of(Fma.of(C8, s, C6), s, C4), s * s, Fma.of(-0.5f, s, 1));
    float y = (q & 1) == 0 ? sine : cosine;
    return Float.intBitsToFloat(Float.floatToRawIntBits(y) ^ (q & 2) << 30);
  }

  /** Exponents up to this one are products. */
  private static final int POWER_HIGH = 32;

  /** Whether {@link #power(float, int)} computes such powers. */
  static boolean isSmallInteger(float p) {
    return p == (int) p && Math.abs(p) <= POWER_HIGH;
  }

  /** x<sup>p</sup> by squaring, in double arithmetic: rounded once in all that matters. */
  static float power(float x, int p) {
    double square = x;
    double y = (p & 1) == 0 ? 1 : square;
    for (int e = Math.abs(p) >> 1; e != 0; e >>= 1) {
      square *= square;
      if ((e & 1) != 0) {
        y *= square;
      }
    }
    return (float) (p < 0 ? 1 / y : y);
  }

  /**
   * x<sup>p</sup>, as e<sup>p log x</sup> in double arithmetic: its relative error is below
   * 2<sup>-44</sup> before it is rounded to a float.
   */
  static float pow(float x, float p) {
    boolean finite = x > 0 && x < Float.POSITIVE_INFINITY && x != 1;
    return (float) (finite ? Math.exp(p * Math.log(x)) : Simd.pow(x, p));
  }
}
