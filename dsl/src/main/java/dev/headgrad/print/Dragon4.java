package dev.headgrad.print;

import java.math.BigInteger;

/**
 * Decimal digits of a binary floating-point number: the fewest that no neighbour shares, or fewer
 * or more where the caller says so.
 *
 * <p>Steele and White's Dragon4 in the form of Ryan Juckett, with the two cutoffs that NumPy 1.21
 * gave it ({@code numpy/core/src/multiarray/dragon4.c}). Where digits are cut, the last one is
 * rounded from the exact value, ties to even, and not from the shortest digits.
 */
final class Dragon4 {
  /**
   * Decimal digits.
   *
   * @param text the digits, without a point: neither the first nor the last is 0, except in "0"
   * @param exponent the power of ten of the first digit
   */
  record Digits(String text, int exponent) {}

  private static final Digits ZERO = new Digits("0", 0);

  private static final BigInteger FOUR = BigInteger.valueOf(4);

  // The number is numerator / denominator * 10^exponent, the quotient in [1, 10). The margins, over
  // the same denominator, are half the distances to the neighbours below and above.
  private BigInteger numerator;
  private final BigInteger denominator;
  private BigInteger marginBelow;
  private BigInteger marginAbove;
  private final boolean even;
  private final int exponent;

  private Dragon4(double magnitude, FloatType type) {
    int binaryExponent = type.exponentOfUnit(magnitude);
    long significand = (long) Math.scalb(magnitude, -binaryExponent);
    // A power of two has its lower neighbour twice as near as the upper one.
    boolean powerOfTwo = type.isPowerOfTwo(significand, binaryExponent);
    BigInteger unit = powerOfTwo ? FOUR : BigInteger.TWO;
    BigInteger above = BigInteger.ONE.shiftLeft(Math.max(binaryExponent, 0));
    BigInteger top = unit.multiply(BigInteger.valueOf(significand)).multiply(above);
    BigInteger bottom = unit.shiftLeft(Math.max(-binaryExponent, 0));
    BigInteger below = above;
    if (powerOfTwo) {
      above = above.shiftLeft(1);
    }
    int decimalExponent = (int) Math.floor(Math.log10(magnitude));
    BigInteger power = BigInteger.TEN.pow(Math.abs(decimalExponent));
    if (decimalExponent > 0) {
      bottom = bottom.multiply(power);
    } else {
      top = top.multiply(power);
      below = below.multiply(power);
      above = above.multiply(power);
    }
    // The logarithm is rounded: next to a power of ten it may be one off.
    if (top.compareTo(bottom) < 0) {
      decimalExponent--;
      top = top.multiply(BigInteger.TEN);
      below = below.multiply(BigInteger.TEN);
      above = above.multiply(BigInteger.TEN);
    } else if (top.compareTo(bottom.multiply(BigInteger.TEN)) >= 0) {
      decimalExponent++;
      bottom = bottom.multiply(BigInteger.TEN);
    }
    numerator = top;
    denominator = bottom;
    marginBelow = below;
    marginAbove = above;
    even = significand % 2 == 0;
    exponent = decimalExponent;
  }

  /** The fewest digits that identify a finite, non-negative number within its type. */
  static Digits shortest(double magnitude, FloatType type) {
    if (magnitude == 0) {
      return ZERO;
    }
    Dragon4 number = new Dragon4(magnitude, type);
    return number.generate(Integer.MIN_VALUE, number.exponent);
  }

  /**
   * The shortest digits, but at most {@code most} and, zeros at the end aside, at least {@code
   * least} in all: those past the shortest are the exact ones.
   */
  static Digits significant(double magnitude, FloatType type, int most, int least) {
    if (magnitude == 0) {
      return ZERO;
    }
    Dragon4 number = new Dragon4(magnitude, type);
    return number.generate(number.exponent - most + 1, number.exponent - least + 1);
  }

  /**
   * The shortest digits, but none behind the {@code most}-th place after the point; if {@code
   * whole}, those before the point are the exact ones. The number is not below that last place.
   */
  static Digits fractional(double magnitude, FloatType type, int most, boolean whole) {
    if (magnitude == 0) {
      return ZERO;
    }
    Dragon4 number = new Dragon4(magnitude, type);
    return number.generate(-most, whole ? Math.min(number.exponent, 0) : number.exponent);
  }

  /** Digits down to the place where they are unique, which is looked for from {@code first} on. */
  private Digits generate(int last, int first) {
    StringBuilder digits = new StringBuilder();
    for (int place = exponent; ; place--) {
      BigInteger[] division = numerator.divideAndRemainder(denominator);
      int digit = division[0].intValue();
      numerator = division[1];
      int below = numerator.compareTo(marginBelow);
      int above = numerator.add(marginAbove).compareTo(denominator);
      // A number half-way to its neighbour is read back as the even one of the two.
      boolean low = even ? below <= 0 : below < 0;
      boolean high = even ? above >= 0 : above > 0;
      if (((low || high) && place <= first) || place == last) {
        return round(digits, digit, low == high ? roundsDown(digit) : low);
      }
      digits.append((char) ('0' + digit));
      numerator = numerator.multiply(BigInteger.TEN);
      marginBelow = marginBelow.multiply(BigInteger.TEN);
      marginAbove = marginAbove.multiply(BigInteger.TEN);
    }
  }

  private boolean roundsDown(int digit) {
    int half = numerator.shiftLeft(1).compareTo(denominator);
    return half < 0 || (half == 0 && digit % 2 == 0);
  }

  private Digits round(StringBuilder digits, int digit, boolean down) {
    digits.append((char) ('0' + digit));
    char dropped = down ? '0' : '9';
    int end = digits.length();
    while (end > 0 && digits.charAt(end - 1) == dropped) {
      end--;
    }
    if (end == 0) {
      return new Digits("1", exponent + 1);
    }
    digits.setLength(end);
    if (!down) {
      digits.setCharAt(end - 1, (char) (digits.charAt(end - 1) + 1));
    }
    return new Digits(digits.toString(), exponent);
  }
}
