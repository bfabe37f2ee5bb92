package dev.headgrad.print;

import java.util.function.IntToLongFunction;

/** Writes the elements of one array, all to the same width: NumPy's format functions. */
@FunctionalInterface
interface ElementFormat {
  /** The text of the element at an index into the flat array. */
  String format(int index);

  /** NumPy's {@code BoolFormat}: {@code " True"} and {@code "False"}. */
  static ElementFormat ofBooleans(IntToLongFunction elements) {
    return index -> elements.applyAsLong(index) != 0 ? " True" : "False";
  }

  /** NumPy's {@code IntegerFormat}: flush right. {@code unsigned} is for 64 bits. */
  static ElementFormat ofIntegers(IntToLongFunction elements, int[] sample, boolean unsigned) {
    int width = 0;
    for (int index : sample) {
      width = Math.max(width, integer(elements.applyAsLong(index), unsigned).length());
    }
    int columns = width;
    return index -> {
      String text = integer(elements.applyAsLong(index), unsigned);
      return " ".repeat(columns - text.length()) + text;
    };
  }

  /** NumPy's {@code ComplexFloatingFormat}: the {@code j} stands before the padding of the part. */
  static ElementFormat ofComplex(FloatFormat real, FloatFormat imaginary) {
    return index -> {
      String part = imaginary.format(index);
      int end = part.stripTrailing().length();
      return real.format(index) + part.substring(0, end) + "j" + part.substring(end);
    };
  }

  /** An integer, read as signed or not. */
  static String integer(long value, boolean unsigned) {
    return unsigned ? Long.toUnsignedString(value) : Long.toString(value);
  }
}
