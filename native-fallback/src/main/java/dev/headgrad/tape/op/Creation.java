package dev.headgrad.tape.op;

import ai.djl.ndarray.types.DataType;
import dev.headgrad.tape.core.DenseArray;
import dev.headgrad.tape.core.Elements;
import java.util.Arrays;

/** New arrays from a rule. */
public final class Creation {

  private Creation() {}

  /** All elements the same. */
  public static DenseArray full(double value, DataType type, int... dims) {
    DenseArray y = DenseArray.dirty(type, dims);
    Object data = y.data();
    if (type == DataType.FLOAT32) {
      Arrays.fill((float[]) data, (float) value);
    } else if (type == DataType.FLOAT64) {
      Arrays.fill((double[]) data, value);
    } else {
      for (int i = 0; i < y.size(); i++) {
        Elements.setDouble(data, type, i, value);
      }
    }
    return y;
  }

  /**
   * start, start + step, … below stop (above it for a negative step).
   *
   * @throws IllegalArgumentException if the step is 0, or there are more numbers than fit in memory
   */
  public static DenseArray arange(double start, double stop, double step, DataType type) {
    double count = Math.ceil((stop - start) / step);
    if (step == 0 || !(count < Integer.MAX_VALUE)) {
      throw new IllegalArgumentException(
          "there is no range from " + start + " to " + stop + " in steps of " + step);
    }
    int n = (int) Math.max(0, count);
    boolean whole = Elements.isIntegral(type);
    double first = whole ? (long) start : start;
    double distance = whole ? (long) step : step;
    DenseArray y = DenseArray.dirty(type, n);
    for (int i = 0; i < n; i++) {
      Elements.setDouble(y.data(), type, i, first + i * distance);
    }
    return y;
  }

  /**
   * Numbers at equal distances, FLOAT32; the last one is stop, or with endpoint false before it.
   */
  public static DenseArray linspace(double start, double stop, int count, boolean endpoint) {
    if (count < 0) {
      throw new IllegalArgumentException("the number of elements is " + count + ", below 0");
    }
    double step = (stop - start) / Math.max(1, endpoint ? count - 1 : count);
    float[] y = new float[count];
    for (int i = 0; i < count; i++) {
      y[i] = (float) (start + i * step);
    }
    if (endpoint && count > 1) {
      y[count - 1] = (float) stop;
    }
    return DenseArray.of(y, DataType.FLOAT32, count);
  }

  /** Ones on a diagonal and zeros elsewhere; diagonal k starts k columns to the right of row 0. */
  public static DenseArray eye(int rows, int columns, int k, DataType type) {
    if (rows < 0 || columns < 0) {
      throw new IllegalArgumentException(
          "a matrix of " + rows + " rows and " + columns + " columns: neither may be below 0");
    }
    DenseArray y = DenseArray.zeros(type, rows, columns);
    for (int i = Math.max(0, -k); i < rows && i + k < columns; i++) {
      Elements.setLong(y.data(), type, i * columns + i + k, 1);
    }
    return y;
  }

  /** Ones on and above the diagonal, zeros below. */
  static DenseArray triangle(int n, DataType type) {
    DenseArray y = DenseArray.zeros(type, n, n);
    for (int i = 0; i < n; i++) {
      for (int j = i; j < n; j++) {
        Elements.setLong(y.data(), type, i * n + j, 1);
      }
    }
    return y;
  }

  /** A periodic Hann window, FLOAT32: sin²(πi / n). */
  public static DenseArray hann(int n) {
    float[] y = new float[n];
    for (int i = 0; i < n; i++) {
      double s = Math.sin(Math.PI * i / n);
      y[i] = (float) (s * s);
    }
    return DenseArray.of(y, DataType.FLOAT32, n);
  }

  /**
   * A 0-d array for a number that is combined with an array of the given dtype: a whole number
   * takes the array's dtype; a Float or Double makes an integer array's result FLOAT32 or FLOAT64.
   */
  public static DenseArray scalar(Number value, DataType with) {
    boolean whole =
        value instanceof Long
            || value instanceof Integer
            || value instanceof Short
            || value instanceof Byte;
    DataType type;
    if (with.isFloating()) {
      type = with;
    } else if (whole) {
      type = with.isBoolean() ? DataType.INT64 : with;
    } else {
      type = value instanceof Float ? DataType.FLOAT32 : DataType.FLOAT64;
    }
    if (type == DataType.FLOAT32) {
      return DenseArray.constant(new float[] {value.floatValue()}, type);
    }
    DenseArray y = DenseArray.dirty(type);
    if (whole) {
      Elements.setLong(y.data(), type, 0, value.longValue());
    } else {
      Elements.setDouble(y.data(), type, 0, value.doubleValue());
    }
    return DenseArray.constant(y.data(), type);
  }
}
