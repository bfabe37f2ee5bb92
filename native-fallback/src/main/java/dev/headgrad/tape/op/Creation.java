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
   * A 0-d array for a number that is combined with an array of the given dtype: a whole number
   * takes the array's dtype; one with a fraction makes an integer array's result FLOAT32.
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
      type = DataType.FLOAT32;
    }
    DenseArray y = DenseArray.dirty(type);
    if (whole) {
      Elements.setLong(y.data(), type, 0, value.longValue());
    } else {
      Elements.setDouble(y.data(), type, 0, value.doubleValue());
    }
    return y;
  }
}
