package dev.headgrad.tape.core;

import ai.djl.ndarray.types.DataType;
import dev.headgrad.tape.kernel.matrix.Transpose;

/** Moves elements between layouts and between dtypes, and reads single ones. */
public final class Elements {

  /** Up to this number of elements, a copy is not worth a second thread. */
  private static final int SMALL = 1 << 15;

  private Elements() {}

  /**
   * The array itself if it is contiguous, else a contiguous copy. Not recorded: for kernels, which
   * read the elements of the result from its offset on.
   */
  public static DenseArray contiguous(DenseArray x) {
    return x.isContiguous() ? x : copy(x);
  }

  /** A contiguous copy. Not recorded. */
  public static DenseArray copy(DenseArray x) {
    DenseArray y = DenseArray.dirtyLike(x, x.type());
    write(x, y);
    return y;
  }

  /** The elements in another dtype, contiguous; the array itself where nothing changes. */
  public static DenseArray to(DenseArray x, DataType type) {
    if (x.type() == type) {
      return contiguous(x);
    }
    DenseArray y = DenseArray.dirtyLike(x, type);
    write(x, y);
    return y;
  }

  /**
   * Writes one array's elements over another's of the same dimensions, converted as a Java cast
   * would: towards zero, integers wrapping around; to BOOLEAN, everything but zero is true.
   */
  public static void write(DenseArray from, DenseArray to) {
    Object src = from.data();
    Object dst = to.data();
    if (from.type() == to.type()
        && from.size() > 0
        && from.size() <= SMALL
        && from.isContiguous()
        && to.isContiguous()
        && from.type() != DataType.COMPLEX64) {
      System.arraycopy(src, from.offset(), dst, to.offset(), from.size());
      return;
    }
    Runs runs = Runs.over(from.dims(), from.strides(), to.strides());
    int s = runs.stride(0);
    int d = runs.stride(1);
    if (from.type() == to.type()) {
      if (from.type() == DataType.COMPLEX64) {
        runs.forEach(
            from.offset(),
            to.offset(),
            0,
            (a, b, c, n) -> copyPairs((float[]) src, a, s, (float[]) dst, b, d, n));
      } else if (runs.areTransposed() && from.type() != DataType.STRING) {
        transpose(from, to, runs);
      } else {
        runs.forEach(
            from.offset(), to.offset(), 0, (a, b, c, n) -> copyRun(src, a, s, dst, b, d, n));
      }
    } else {
      DataType source = from.type();
      DataType target = to.type();
      runs.forEach(
          from.offset(),
          to.offset(),
          0,
          (a, b, c, n) -> castRun(src, source, a, s, dst, target, b, d, n));
    }
  }

  /** Writes the first element of a contiguous array over all others. */
  public static void repeatFirst(DenseArray y) {
    int parts = y.type() == DataType.COMPLEX64 ? 2 : 1;
    Object data = y.data();
    int from = parts * y.offset();
    int n = parts * y.size();
    for (int done = parts; done < n; done *= 2) {
      System.arraycopy(data, from, data, from + done, Math.min(done, n - done));
    }
  }

  /**
   * Throws if an array cannot be written to because it was broadcast: several of its elements are
   * one place in memory.
   */
  public static void requireDistinct(DenseArray to) {
    for (int i = 0; i < to.rank(); i++) {
      if (to.strides()[i] == 0 && to.dim(i) > 1 && to.size() > 0) {
        throw new IllegalStateException(
            "an array of shape "
                + Dims.text(to.dims())
                + " that was broadcast cannot be written to in place, as its elements share memory"
                + " along axis "
                + i
                + ": write to a duplicate");
      }
    }
  }

  /** Copies the last two of the axes that are left as a matrix, and so on for all others. */
  private static void transpose(DenseArray from, DenseArray to, Runs runs) {
    int rows = runs.secondLength();
    int cols = runs.length();
    int col = runs.stride(0);
    Object src = from.data();
    Object dst = to.data();
    Runs matrices = runs.withoutLastTwo();
    int s = matrices.stride(0);
    int d = matrices.stride(1);
    matrices.forEach(
        from.offset(),
        to.offset(),
        0,
        Math.max(1, rows * cols),
        (a, b, c, n) -> {
          for (int i = 0; i < n; i++) {
            Transpose.copy(rows, cols, src, a + i * s, 1, col, dst, b + i * d);
          }
        });
  }

  private static void copyPairs(float[] x, int xo, int xs, float[] y, int yo, int ys, int n) {
    for (int i = 0; i < n; i++) {
      y[2 * (yo + i * ys)] = x[2 * (xo + i * xs)];
      y[2 * (yo + i * ys) + 1] = x[2 * (xo + i * xs) + 1];
    }
  }

  private static void copyRun(Object src, int so, int ss, Object dst, int to, int ts, int n) {
    if (ss == 1 && ts == 1) {
      System.arraycopy(src, so, dst, to, n);
    } else if (src instanceof float[]) {
      float[] x = (float[]) src;
      float[] y = (float[]) dst;
      for (int i = 0; i < n; i++) {
        y[to + i * ts] = x[so + i * ss];
      }
    } else if (src instanceof double[]) {
      double[] x = (double[]) src;
      double[] y = (double[]) dst;
      for (int i = 0; i < n; i++) {
        y[to + i * ts] = x[so + i * ss];
      }
    } else if (src instanceof long[]) {
      long[] x = (long[]) src;
      long[] y = (long[]) dst;
      for (int i = 0; i < n; i++) {
        y[to + i * ts] = x[so + i * ss];
      }
    } else if (src instanceof int[]) {
      int[] x = (int[]) src;
      int[] y = (int[]) dst;
      for (int i = 0; i < n; i++) {
        y[to + i * ts] = x[so + i * ss];
      }
    } else if (src instanceof short[]) {
      short[] x = (short[]) src;
      short[] y = (short[]) dst;
      for (int i = 0; i < n; i++) {
        y[to + i * ts] = x[so + i * ss];
      }
    } else if (src instanceof byte[]) {
      byte[] x = (byte[]) src;
      byte[] y = (byte[]) dst;
      for (int i = 0; i < n; i++) {
        y[to + i * ts] = x[so + i * ss];
      }
    } else {
      Object[] x = (Object[]) src;
      Object[] y = (Object[]) dst;
      for (int i = 0; i < n; i++) {
        y[to + i * ts] = x[so + i * ss];
      }
    }
  }

  private static void castRun(
      Object src, DataType st, int so, int ss, Object dst, DataType dt, int to, int ts, int n) {
    if (src instanceof float[] && dst instanceof double[] && st == DataType.FLOAT32) {
      float[] x = (float[]) src;
      double[] y = (double[]) dst;
      for (int i = 0; i < n; i++) {
        y[to + i * ts] = x[so + i * ss];
      }
    } else if (src instanceof double[] && dst instanceof float[] && dt == DataType.FLOAT32) {
      double[] x = (double[]) src;
      float[] y = (float[]) dst;
      for (int i = 0; i < n; i++) {
        y[to + i * ts] = (float) x[so + i * ss];
      }
    } else if (isIntegral(st)) {
      for (int i = 0; i < n; i++) {
        setLong(dst, dt, to + i * ts, getLong(src, st, so + i * ss));
      }
    } else {
      for (int i = 0; i < n; i++) {
        setDouble(dst, dt, to + i * ts, getDouble(src, st, so + i * ss));
      }
    }
  }

  /** Whether the elements are whole numbers: the integer types and BOOLEAN. */
  public static boolean isIntegral(DataType type) {
    return type.isInteger() || type.isBoolean();
  }

  /**
   * One element of a memory, as {@code double}; the real part of a complex one.
   *
   * @param index counted in elements from the start of the memory
   */
  public static double getDouble(Object data, DataType type, int index) {
    switch (type) {
      case FLOAT32:
        return ((float[]) data)[index];
      case COMPLEX64:
        return ((float[]) data)[2 * index];
      case FLOAT64:
        return ((double[]) data)[index];
      case FLOAT16:
        return Halves.halfToFloat(((short[]) data)[index]);
      case BFLOAT16:
        return Halves.bfloatToFloat(((short[]) data)[index]);
      case UINT64:
        long bits = ((long[]) data)[index];
        return bits >= 0 ? bits : 0x1p64 + bits;
      default:
        return getLong(data, type, index);
    }
  }

  /** One element of a memory, as {@code long}; fractions are cut off. */
  public static long getLong(Object data, DataType type, int index) {
    switch (type) {
      case INT64:
      case UINT64:
        return ((long[]) data)[index];
      case INT32:
        return ((int[]) data)[index];
      case UINT32:
        return ((int[]) data)[index] & 0xffffffffL;
      case INT16:
        return ((short[]) data)[index];
      case UINT16:
        return ((short[]) data)[index] & 0xffffL;
      case INT8:
        return ((byte[]) data)[index];
      case UINT8:
      case BOOLEAN:
        return ((byte[]) data)[index] & 0xffL;
      case STRING:
        throw new IllegalArgumentException("a STRING array has no numbers in it");
      default:
        return (long) getDouble(data, type, index);
    }
  }

  /** Writes one element of a memory, converted to its type. */
  public static void setDouble(Object data, DataType type, int index, double value) {
    switch (type) {
      case FLOAT32:
        ((float[]) data)[index] = (float) value;
        break;
      case COMPLEX64:
        ((float[]) data)[2 * index] = (float) value;
        ((float[]) data)[2 * index + 1] = 0;
        break;
      case FLOAT64:
        ((double[]) data)[index] = value;
        break;
      case FLOAT16:
        ((short[]) data)[index] = Halves.floatToHalf((float) value);
        break;
      case BFLOAT16:
        ((short[]) data)[index] = Halves.floatToBfloat((float) value);
        break;
      case BOOLEAN:
        ((byte[]) data)[index] = (byte) (value != 0 ? 1 : 0);
        break;
      default:
        setLong(data, type, index, (long) value);
    }
  }

  /** Writes one element of a memory, converted to its type. */
  public static void setLong(Object data, DataType type, int index, long value) {
    switch (type) {
      case INT64:
      case UINT64:
        ((long[]) data)[index] = value;
        break;
      case INT32:
      case UINT32:
        ((int[]) data)[index] = (int) value;
        break;
      case INT16:
      case UINT16:
        ((short[]) data)[index] = (short) value;
        break;
      case INT8:
      case UINT8:
        ((byte[]) data)[index] = (byte) value;
        break;
      case BOOLEAN:
        ((byte[]) data)[index] = (byte) (value != 0 ? 1 : 0);
        break;
      case STRING:
        throw new IllegalArgumentException("a number cannot be written into a STRING array");
      default:
        setDouble(data, type, index, value);
    }
  }
}
