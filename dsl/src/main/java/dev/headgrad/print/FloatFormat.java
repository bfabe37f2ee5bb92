package dev.headgrad.print;

import dev.headgrad.print.Dragon4.Digits;
import java.util.function.IntToDoubleFunction;

/**
 * NumPy's {@code FloatingFormat} with its default options: precision 8, floatmode {@code maxprec},
 * nothing suppressed. A first pass over the elements chooses the notation and the widths.
 */
final class FloatFormat implements ElementFormat {
  private static final int PRECISION = 8;

  private final IntToDoubleFunction elements;
  private final FloatType type;
  private final boolean plus;
  private final boolean scientific;

  // Widths: sign and digits before the point, digits behind it, digits of the exponent.
  private int whole;
  private int fraction;
  private int exponent;

  /**
   * A format for the elements of an array.
   *
   * @param elements the array
   * @param sample indices of the elements that will be printed
   * @param type the type of the elements
   * @param plus whether positive numbers get a sign
   */
  FloatFormat(IntToDoubleFunction elements, int[] sample, FloatType type, boolean plus) {
    this.elements = elements;
    this.type = type;
    this.plus = plus;
    scientific = needsExponent(sample);
    int widestNonFinite = 0;
    for (int index : sample) {
      double value = elements.applyAsDouble(index);
      if (Double.isFinite(value)) {
        measure(value);
      } else {
        boolean signed = plus || value == Double.NEGATIVE_INFINITY;
        widestNonFinite = Math.max(widestNonFinite, signed ? 4 : 3);
      }
    }
    whole = Math.max(whole, widestNonFinite - behindWhole());
  }

  private boolean needsExponent(int[] sample) {
    double least = Double.POSITIVE_INFINITY;
    double greatest = 0;
    for (int index : sample) {
      double magnitude = Math.abs(elements.applyAsDouble(index));
      if (magnitude != 0 && Double.isFinite(magnitude)) {
        least = Math.min(least, magnitude);
        greatest = Math.max(greatest, magnitude);
      }
    }
    return greatest != 0
        && (greatest >= 1e8 || least < 1e-4 || type.round(greatest / least) > 1000);
  }

  private void measure(double value) {
    int sign = FloatText.sign(value, plus).length();
    if (scientific) {
      Digits digits = Dragon4.significant(Math.abs(value), type, PRECISION + 1, 1);
      String text = FloatText.scientific(digits, 0, 2);
      int e = text.indexOf('e');
      whole = Math.max(whole, sign + 1);
      fraction = Math.max(fraction, e - 2);
      exponent = Math.max(exponent, text.length() - e - 2);
    } else {
      Digits digits = Dragon4.fractional(Math.abs(value), type, PRECISION, false);
      String text = FloatText.positional(digits);
      int point = text.indexOf('.');
      whole = Math.max(whole, sign + point);
      fraction = Math.max(fraction, text.length() - point - 1);
    }
  }

  /** Columns from the point on. */
  private int behindWhole() {
    return 1 + fraction + (exponent == 0 ? 0 : 2 + exponent);
  }

  @Override
  public String format(int index) {
    double value = elements.applyAsDouble(index);
    if (!Double.isFinite(value)) {
      String text = (plus && !(value < 0) ? "+" : "") + FloatText.nonFinite(value);
      return " ".repeat(Math.max(whole + behindWhole() - text.length(), 0)) + text;
    }
    double magnitude = Math.abs(value);
    String sign = FloatText.sign(value, plus);
    if (scientific) {
      Digits digits = Dragon4.significant(magnitude, type, fraction + 1, fraction + 1);
      String text = FloatText.scientific(digits, fraction, exponent);
      return " ".repeat(whole - sign.length() - 1) + sign + text;
    }
    String text = FloatText.positional(Dragon4.fractional(magnitude, type, PRECISION, true));
    int point = text.indexOf('.');
    return " ".repeat(Math.max(whole - sign.length() - point, 0))
        + sign
        + text
        + " ".repeat(Math.max(fraction - (text.length() - point - 1), 0));
  }
}
