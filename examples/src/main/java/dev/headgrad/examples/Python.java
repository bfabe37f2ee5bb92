package dev.headgrad.examples;

import ai.djl.ndarray.types.DataType;
import dev.headgrad.Tensor;
import dev.headgrad.print.NumpyFormat;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * Prints as Python's {@code print} does, so that a program's output can be held against MXNet's.
 */
public final class Python {

  private final PrintStream out;

  public Python(PrintStream out) {
    this.out = out;
  }

  /** Prints values with spaces between them, and ends the line. */
  public void print(Object... values) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < values.length; i++) {
      line.append(i == 0 ? "" : " ").append(text(values[i]));
    }
    out.print(line.append('\n'));
  }

  private static String text(Object value) {
    if (value instanceof Boolean) {
      return (Boolean) value ? "True" : "False";
    }
    return value.toString();
  }

  /** The single element of an array as {@code asscalar()} prints it. */
  public static String scalar(Tensor x) {
    return NumpyFormat.scalar(x.item(), x.dtype());
  }

  /** The number with some decimals, as Python's {@code %.3f} rounds it: by its exact value. */
  public static String fixed(double value, int decimals) {
    return new BigDecimal(value).setScale(decimals, RoundingMode.HALF_EVEN).toPlainString();
  }

  /** A shape as Python prints it: {@code (3, 4)}. */
  public static String shape(Tensor x) {
    return NumpyFormat.tuple(x.shape().getShape());
  }

  /** The number as Python prints a float of double precision. */
  public static String number(double value) {
    return NumpyFormat.scalar(value, DataType.FLOAT64);
  }
}
