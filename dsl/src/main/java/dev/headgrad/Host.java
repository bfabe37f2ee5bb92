package dev.headgrad;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Elements of arrays on the Java side, whatever the dtype. */
final class Host {
  private Host() {}

  /** The elements as doubles, row-major. Exact for all dtypes but int64 beyond 2^53. */
  static double[] doubles(NDArray x) {
    double[] values = new double[Math.toIntExact(x.size())];
    switch (x.getDataType()) {
      case FLOAT64 -> {
        return x.toDoubleArray();
      }
      case FLOAT32, FLOAT16 -> {
        float[] data = x.toFloatArray();
        for (int i = 0; i < values.length; i++) {
          values[i] = data[i];
        }
      }
      default -> {
        long[] data = longs(x);
        for (int i = 0; i < values.length; i++) {
          values[i] = data[i];
        }
      }
    }
    return values;
  }

  /** The elements as longs, row-major; fractions are cut off as MXNet cuts them off an index. */
  static long[] longs(NDArray x) {
    long[] values = new long[Math.toIntExact(x.size())];
    switch (x.getDataType()) {
      case INT64 -> {
        return x.toLongArray();
      }
      case INT32 -> {
        int[] data = x.toIntArray();
        for (int i = 0; i < values.length; i++) {
          values[i] = data[i];
        }
      }
      case UINT8 -> {
        int[] data = x.toUint8Array();
        for (int i = 0; i < values.length; i++) {
          values[i] = data[i];
        }
      }
      case INT8, BOOLEAN -> {
        ByteBuffer data = x.toByteBuffer();
        for (int i = 0; i < values.length; i++) {
          values[i] = data.get();
        }
      }
      case FLOAT64, FLOAT32, FLOAT16 -> {
        double[] data = doubles(x);
        for (int i = 0; i < values.length; i++) {
          values[i] = (long) data[i];
        }
      }
      default -> throw unsupported(x.getDataType());
    }
    return values;
  }

  /** One element in the boxed type of the dtype: it prints as Python prints it. */
  static Number boxed(NDArray x, int index) {
    return switch (x.getDataType()) {
      case FLOAT64 -> x.toDoubleArray()[index];
      case FLOAT32, FLOAT16 -> x.toFloatArray()[index];
      case INT64 -> longs(x)[index];
      default -> Math.toIntExact(longs(x)[index]);
    };
  }

  private static IllegalArgumentException unsupported(@Nullable DataType dtype) {
    return new IllegalArgumentException(
        "arrays of " + dtype + " have no elements on the Java side");
  }
}
