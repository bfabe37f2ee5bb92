package dev.headgrad;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.lang.reflect.Array;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Numbers in Java arrays, lists or arrays of them, nested to any depth, as flat row-major values
 * and a shape: what {@code nd.array} takes.
 */
final class NestedValues {
  private final long[] shape;
  private final double[] values;
  private final long[] integers;
  private int filled;

  private NestedValues(long[] shape) {
    this.shape = shape;
    int size = Math.toIntExact(new Shape(shape).size());
    this.values = new double[size];
    this.integers = new long[size];
  }

  /**
   * Reads nested values.
   *
   * @param source a number, boolean, Java array (of arrays) or list (of lists)
   * @throws IllegalArgumentException if rows have different lengths or an element is no number
   */
  static NestedValues of(Object source) {
    List<Long> dims = new ArrayList<>();
    for (Object level = source; isNested(level); ) {
      int length = length(level);
      dims.add((long) length);
      if (length == 0) {
        break;
      }
      level = element(level, 0);
    }
    NestedValues nested = new NestedValues(dims.stream().mapToLong(Long::longValue).toArray());
    nested.fill(source, 0);
    return nested;
  }

  /** Shape of the nesting: () for a single number. */
  Shape shape() {
    return new Shape(shape);
  }

  /** The values as integers, for indices. */
  long[] integers() {
    return integers;
  }

  /** The values as floating-point numbers. */
  double[] values() {
    return values;
  }

  /** An array of these values. */
  NDArray create(NDManager manager, Shape as, DataType dtype) {
    return create(manager, values, integers, as, dtype);
  }

  /** An array of {@code dtype} with the given row-major values. */
  static NDArray create(
      NDManager manager, double[] values, long[] integers, Shape shape, DataType dtype) {
    int size = values.length;
    Buffer buffer;
    switch (dtype) {
      case FLOAT64 -> buffer = DoubleBuffer.wrap(values);
      case INT64 -> buffer = LongBuffer.wrap(integers);
      case INT32 -> {
        int[] data = new int[size];
        for (int i = 0; i < size; i++) {
          data[i] = (int) integers[i];
        }
        buffer = IntBuffer.wrap(data);
      }
      case INT8, UINT8, BOOLEAN -> {
        ByteBuffer data = manager.allocateDirect(size);
        for (int i = 0; i < size; i++) {
          data.put((byte) (dtype == DataType.BOOLEAN ? (values[i] != 0 ? 1 : 0) : integers[i]));
        }
        data.rewind();
        buffer = data;
      }
      default -> {
        float[] data = new float[size];
        for (int i = 0; i < size; i++) {
          data[i] = (float) values[i];
        }
        if (dtype != DataType.FLOAT32) {
          try (NDArray wide = manager.create(FloatBuffer.wrap(data), shape, DataType.FLOAT32)) {
            return wide.toType(dtype, true);
          }
        }
        buffer = FloatBuffer.wrap(data);
      }
    }
    return EngineGaps.owned(manager.create(buffer, shape, dtype));
  }

  private void fill(Object level, int depth) {
    if (depth == shape.length) {
      put(level);
      return;
    }
    if (!isNested(level) || length(level) != shape[depth]) {
      throw new IllegalArgumentException(
          "rows of different lengths: expected "
              + shape[depth]
              + " elements at depth "
              + depth
              + ", got "
              + (isNested(level) ? length(level) : level));
    }
    if (depth == shape.length - 1 && fillRow(level)) {
      return;
    }
    for (int i = 0; i < shape[depth]; i++) {
      fill(element(level, i), depth + 1);
    }
  }

  /** Copies a row of primitives without boxing; false if the row is of another kind. */
  private boolean fillRow(Object row) {
    if (row instanceof float[] data) {
      for (float value : data) {
        put(value, (long) value);
      }
    } else if (row instanceof double[] data) {
      for (double value : data) {
        put(value, (long) value);
      }
    } else if (row instanceof int[] data) {
      for (int value : data) {
        put(value, value);
      }
    } else if (row instanceof long[] data) {
      for (long value : data) {
        put(value, value);
      }
    } else {
      return false;
    }
    return true;
  }

  private void put(Object leaf) {
    if (leaf instanceof Number number) {
      put(number.doubleValue(), number.longValue());
    } else if (leaf instanceof Boolean truth) {
      put(truth ? 1 : 0, truth ? 1 : 0);
    } else {
      throw new IllegalArgumentException(
          "expected numbers, arrays or lists of numbers, got "
              + (leaf == null ? "null" : leaf.getClass().getName()));
    }
  }

  private void put(double value, long integer) {
    values[filled] = value;
    integers[filled++] = integer;
  }

  private static boolean isNested(Object level) {
    return level instanceof List || (level != null && level.getClass().isArray());
  }

  private static int length(Object level) {
    return level instanceof List<?> list ? list.size() : Array.getLength(level);
  }

  private static Object element(Object level, int i) {
    return level instanceof List<?> list ? list.get(i) : Array.get(level, i);
  }
}
