package dev.headgrad.random;

/**
 * Float functions of the C library, bit for bit those of glibc: where a sampler accepts or rejects
 * by their last bit, a more accurate result would lead to another stream.
 */
final class FloatMath {
  private static final int LOG_OFFSET = 0x3f330000;

  /** 1/c for a c near the middle of each sixteenth of the range of the significand. */
  private static final double[] INVERSE = {
    0x1.661ec79f8f3bep+0, 0x1.571ed4aaf883dp+0, 0x1.49539f0f010bp+0, 0x1.3c995b0b80385p+0,
    0x1.30d190c8864a5p+0, 0x1.25e227b0b8eap+0, 0x1.1bb4a4a1a343fp+0, 0x1.12358f08ae5bap+0,
    0x1.0953f419900a7p+0, 0x1p+0, 0x1.e608cfd9a47acp-1, 0x1.ca4b31f026aap-1,
    0x1.b2036576afce6p-1, 0x1.9c2d163a1aa2dp-1, 0x1.886e6037841edp-1, 0x1.767dcf5534862p-1,
  };

  /** log(c). */
  private static final double[] LOG = {
    -0x1.57bf7808caadep-2, -0x1.2bef0a7c06ddbp-2, -0x1.01eae7f513a67p-2, -0x1.b31d8a68224e9p-3,
    -0x1.6574f0ac07758p-3, -0x1.1aa2bc79c81p-3, -0x1.a4e76ce8c0e5ep-4, -0x1.1973c5a611cccp-4,
    -0x1.252f438e10c1ep-5, 0, 0x1.aa5aa5df25984p-5, 0x1.c5e53aa362eb4p-4,
    0x1.526e57720db08p-3, 0x1.bc2860d22477p-3, 0x1.1058bc8a07ee1p-2, 0x1.4043057b6ee09p-2,
  };

  private static final double LN2 = 0x1.62e42fefa39efp-1;

  private FloatMath() {}

  /**
   * The natural logarithm of a positive, normal, finite number: {@code logf} of glibc 2.27 and
   * later (Arm Optimized Routines), in double from a table and a polynomial.
   */
  static float log(float x) {
    int bits = Float.floatToRawIntBits(x);
    int shifted = bits - LOG_OFFSET;
    int i = (shifted >>> 19) & 15;
    int exponent = shifted >> 23;
    double z = Float.intBitsToFloat(bits - (exponent << 23));
    double r = z * INVERSE[i] - 1;
    double r2 = r * r;
    double y = 0x1.5575b0be00b6ap-2 * r - 0x1.ffffef20a4123p-2;
    y = -0x1.00ea348b88334p-2 * r2 + y;
    return (float) (y * r2 + (LOG[i] + exponent * LN2 + r));
  }

  /**
   * log Γ(x) for x = 1, 2, … 7 and every x from 8 to 2^58: {@code lgammaf} of glibc (fdlibm's
   * {@code e_lgammaf_r.c}), all in float.
   */
  static float logGamma(float x) {
    if (x < 8) {
      float factorial = 1;
      for (int i = 2; i < x; i++) {
        factorial *= i;
      }
      return log(factorial);
    }
    float z = 1 / x;
    float y = z * z;
    float w = 8.363399e-4f + y * -1.6309293e-3f;
    w = -5.9518754e-4f + y * w;
    w = 7.936506e-4f + y * w;
    w = -2.7777778e-3f + y * w;
    w = 8.3333336e-2f + y * w;
    w = 4.1893855e-1f + z * w;
    return (x - 0.5f) * (log(x) - 1) + w;
  }
}
