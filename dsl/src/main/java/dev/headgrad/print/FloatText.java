package dev.headgrad.print;

import dev.headgrad.print.Dragon4.Digits;

/** One floating-point number as text: NumPy's and Python's notations, without padding. */
final class FloatText {
  private FloatText() {}

  /**
   * {@code str()} of a NumPy scalar and, for float64, {@code repr()} of a Python float: shortest
   * digits, positional from 1e-4 up to below 1e16 ({@code 5.0}, {@code 0.0001}), else {@code
   * 1e-05}.
   */
  static String scalar(double value, FloatType type) {
    String text = scalarWithoutPoint(value, type);
    boolean whole = Double.isFinite(value) && text.indexOf('.') < 0 && text.indexOf('e') < 0;
    return whole ? text + ".0" : text;
  }

  /** As {@link #scalar}, but {@code 5} for 5.0: the parts of a complex number. */
  private static String scalarWithoutPoint(double value, FloatType type) {
    if (!Double.isFinite(value)) {
      return nonFinite(value);
    }
    double magnitude = Math.abs(value);
    Digits digits = Dragon4.shortest(magnitude, type);
    boolean positional = magnitude == 0 || (magnitude >= 1e-4 && magnitude < 1e16);
    String text = sign(value, false) + (positional ? positional(digits) : scientific(digits, 0, 2));
    return text.replaceFirst("\\.(?=e|$)", "");
  }

  /** {@code (1-2j)}, or {@code 2j} if the real part is 0 and not -0. */
  static String complex(double real, double imaginary, FloatType type) {
    String part = scalarWithoutPoint(imaginary, type) + "j";
    if (Double.doubleToRawLongBits(real) == 0) {
      return part;
    }
    return "(" + scalarWithoutPoint(real, type) + (part.startsWith("-") ? "" : "+") + part + ")";
  }

  /** {@code nan}, {@code inf} or {@code -inf}. */
  static String nonFinite(double value) {
    return Double.isNaN(value) ? "nan" : value < 0 ? "-inf" : "inf";
  }

  /** {@code -} where the sign bit is set, also that of -0.0; else {@code +} if wanted. */
  static String sign(double value, boolean plus) {
    boolean negative = Double.doubleToRawLongBits(value) < 0;
    return negative ? "-" : plus ? "+" : "";
  }

  /** Digits around a point that is always there: {@code 12.5}, {@code 12.}, {@code 0.001}. */
  static String positional(Digits digits) {
    String text = digits.text();
    int whole = digits.exponent() + 1;
    if (whole <= 0) {
      return "0." + "0".repeat(-whole) + text;
    }
    if (text.length() <= whole) {
      return text + "0".repeat(whole - text.length()) + ".";
    }
    return text.substring(0, whole) + "." + text.substring(whole);
  }

  /**
   * {@code 1.25e-03}: a point that is always there, {@code fraction} places behind it (more if
   * there are more digits) and an exponent of at least {@code exponentDigits} places.
   */
  static String scientific(Digits digits, int fraction, int exponentDigits) {
    String behind = digits.text().substring(1);
    behind += "0".repeat(Math.max(fraction - behind.length(), 0));
    String exponent = Integer.toString(Math.abs(digits.exponent()));
    return digits.text().charAt(0)
        + "."
        + behind
        + (digits.exponent() < 0 ? "e-" : "e+")
        + "0".repeat(Math.max(exponentDigits - exponent.length(), 0))
        + exponent;
  }
}
