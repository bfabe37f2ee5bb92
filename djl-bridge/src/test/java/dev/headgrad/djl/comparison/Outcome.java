package dev.headgrad.djl.comparison;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a program gave on an engine.
 *
 * @param arrays the arrays it returned
 * @param refusal why it returned none
 */
record Outcome(List<Values> arrays, @Nullable Throwable refusal) {

  /** The content of an array: reals if its dtype is a floating-point one, integers otherwise. */
  record Values(DataType type, Shape shape, double[] reals, long[] integers) {

    double real(int i) {
      return reals.length > 0 ? reals[i] : integers[i];
    }

    int size() {
      return Math.max(reals.length, integers.length);
    }
  }

  static Outcome of(Engine engine, Function<NDManager, NDList> program) {
    try (NDManager manager = engine.newBaseManager()) {
      List<Values> arrays = new ArrayList<>();
      for (NDArray array : program.apply(manager)) {
        arrays.add(values(array));
      }
      return new Outcome(arrays, null);
    } catch (Exception | AssertionError | LinkageError e) {
      return new Outcome(List.of(), e);
    }
  }

  boolean isRefused() {
    return refusal != null;
  }

  private static Values values(NDArray array) {
    DataType type = array.getDataType();
    Shape shape = array.getShape();
    if (type == DataType.STRING) {
      throw new UnsupportedOperationException("strings are not compared");
    }
    int size = (int) shape.size() * (type == DataType.COMPLEX64 ? 2 : 1);
    double[] reals = new double[type.isFloating() || type == DataType.COMPLEX64 ? size : 0];
    long[] integers = new long[reals.length > 0 ? 0 : size];
    ByteBuffer bytes = array.toByteBuffer(false).order(ByteOrder.nativeOrder());
    for (int i = 0; i < size; i++) {
      switch (type) {
        case FLOAT32, COMPLEX64 -> reals[i] = bytes.getFloat();
        case FLOAT64 -> reals[i] = bytes.getDouble();
        case FLOAT16 -> reals[i] = half(bytes.getShort());
        case INT64 -> integers[i] = bytes.getLong();
        case INT32 -> integers[i] = bytes.getInt();
        case INT16 -> integers[i] = bytes.getShort();
        case UINT8 -> integers[i] = bytes.get() & 0xff;
        case INT8 -> integers[i] = bytes.get();
        case BOOLEAN -> integers[i] = bytes.get() == 0 ? 0 : 1;
        default ->
            throw new UnsupportedOperationException("arrays of " + type + " are not compared");
      }
    }
    return new Values(type, shape, reals, integers);
  }

  private static double half(short bits) {
    int exponent = bits >> 10 & 0x1f;
    int mantissa = bits & 0x3ff;
    double magnitude =
        exponent == 0
            ? mantissa * 0x1p-24
            : exponent == 31
                ? mantissa == 0 ? Double.POSITIVE_INFINITY : Double.NaN
                : (mantissa + 1024) * Math.scalb(1.0, exponent - 25);
    return bits < 0 ? -magnitude : magnitude;
  }

  /** In what the two differ: any of count, dtype, shape, values; empty if they agree. */
  String differenceFrom(Outcome other) {
    if (arrays.size() != other.arrays.size()) {
      return "count";
    }
    TreeSet<String> differences = new TreeSet<>();
    for (int i = 0; i < arrays.size(); i++) {
      Values a = arrays.get(i);
      Values b = other.arrays.get(i);
      if (a.type != b.type) {
        differences.add("dtype");
      }
      if (!a.shape.equals(b.shape)) {
        differences.add("shape");
      }
      if (!sameValues(a, b)) {
        differences.add("values");
      }
    }
    return String.join(" ", differences);
  }

  private static boolean sameValues(Values a, Values b) {
    if (a.size() != b.size()) {
      return false;
    }
    double tolerance = Math.max(tolerance(a.type), tolerance(b.type));
    double scale = 0;
    for (int i = 0; i < b.reals.length; i++) {
      scale = Double.isFinite(b.reals[i]) ? Math.max(scale, Math.abs(b.reals[i])) : scale;
    }
    for (int i = 0; i < a.size(); i++) {
      boolean same =
          a.reals.length == 0 && b.reals.length == 0
              ? a.integers[i] == b.integers[i]
              : Double.compare(a.real(i), b.real(i)) == 0
                  || Math.abs(a.real(i) - b.real(i))
                      <= tolerance * (Math.abs(b.real(i)) + Math.max(.01, Math.min(1, scale)));
      if (!same) {
        return false;
      }
    }
    return true;
  }

  private static double tolerance(DataType type) {
    return switch (type) {
      case FLOAT16 -> 2e-3;
      case FLOAT32, COMPLEX64 -> 1e-5;
      case FLOAT64 -> 1e-9;
      default -> 0;
    };
  }

  @Override
  public String toString() {
    Throwable why = refusal;
    if (why != null) {
      String message = String.valueOf(why.getMessage()).lines().findFirst().orElse("");
      return why.getClass().getSimpleName()
          + ": "
          + message.substring(0, Math.min(150, message.length()));
    }
    StringBuilder text = new StringBuilder();
    for (Values v : arrays) {
      text.append(v.type).append(v.shape).append('[');
      for (int i = 0; i < Math.min(v.size(), 24); i++) {
        text.append(i == 0 ? "" : " ");
        if (v.reals.length > 0) {
          text.append((float) v.reals[i]);
        } else {
          text.append(v.integers[i]);
        }
      }
      text.append("] ");
    }
    return text.toString();
  }
}
