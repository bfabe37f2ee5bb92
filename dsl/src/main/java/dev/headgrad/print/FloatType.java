package dev.headgrad.print;

import ai.djl.ndarray.types.DataType;

/**
 * A binary floating-point format, as far as printing needs it. Every value of every format here is
 * exactly a double, so that values travel as doubles and the format says which doubles are
 * neighbours.
 */
enum FloatType {
  FLOAT16(11, -24, 15),
  BFLOAT16(8, -133, 127),
  FLOAT32(24, -149, 127),
  FLOAT64(53, -1074, 1023);

  private final int significandBits;
  private final int minExponent;
  private final int maxExponent;

  FloatType(int significandBits, int minExponent, int maxExponent) {
    this.significandBits = significandBits;
    this.minExponent = minExponent;
    this.maxExponent = maxExponent;
  }

  /** The format of a floating data type, and of the parts of a complex one. */
  static FloatType of(DataType type) {
    return switch (type) {
      case FLOAT16 -> FLOAT16;
      case BFLOAT16 -> BFLOAT16;
      case FLOAT32, COMPLEX64 -> FLOAT32;
      case FLOAT64 -> FLOAT64;
      default -> throw new IllegalArgumentException(type + " is not a floating type");
    };
  }

  /** Exponent of the last place of a finite number of this format: its unit is 2^exponent. */
  int exponentOfUnit(double value) {
    return Math.max(Math.getExponent(value) - significandBits + 1, minExponent);
  }

  /** Whether a significand, counted in units, is that of a power of two above the subnormals. */
  boolean isPowerOfTwo(long significand, int exponentOfUnit) {
    return significand == 1L << (significandBits - 1) && exponentOfUnit > minExponent;
  }

  /** The nearest number of this format, ties to even. */
  double round(double value) {
    if (!Double.isFinite(value)) {
      return value;
    }
    int unit = exponentOfUnit(value);
    double rounded = Math.scalb(Math.rint(Math.scalb(value, -unit)), unit);
    return Math.getExponent(rounded) > maxExponent
        ? Math.copySign(Double.POSITIVE_INFINITY, value)
        : rounded;
  }
}
