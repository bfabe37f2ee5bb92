package dev.headgrad.print;

import ai.djl.ndarray.types.DataType;
import ai.djl.util.Float16Utils;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.nio.ShortBuffer;

/** The elements of an array of any data type, in row-major order, and their formats. */
final class Elements {
  private final DataType type;
  private final int[] shape;
  private final Buffer data;

  /**
   * Elements in a buffer, from its position on.
   *
   * @param shape the shape
   * @param type the data type
   * @param data bytes, or a buffer of the data type's own width
   * @throws IllegalArgumentException if the buffer does not fit the data type, or holds another
   *     number of elements than the shape
   */
  Elements(long[] shape, DataType type, Buffer data) {
    this.type = type;
    this.data = typed(type, data);
    this.shape = new int[shape.length];
    long size = 1;
    for (int axis = 0; axis < shape.length; axis++) {
      this.shape[axis] = Math.toIntExact(shape[axis]);
      size = Math.multiplyExact(size, shape[axis]);
    }
    int held = this.data.remaining() / (type == DataType.COMPLEX64 ? 2 : 1);
    if (held != size) {
      throw new IllegalArgumentException(
          "shape "
              + NumpyFormat.tuple(shape)
              + " has "
              + size
              + " elements, but the data has "
              + held);
    }
  }

  private static Buffer typed(DataType type, Buffer data) {
    Buffer typed =
        data instanceof ByteBuffer bytes
            ? viewed(type, bytes.slice().order(bytes.order()))
            : data.slice();
    boolean fits =
        switch (type) {
          case FLOAT32, COMPLEX64 -> typed instanceof FloatBuffer;
          case FLOAT64 -> typed instanceof DoubleBuffer;
          case FLOAT16, BFLOAT16, INT16, UINT16 -> typed instanceof ShortBuffer;
          case INT32, UINT32 -> typed instanceof IntBuffer;
          case INT64, UINT64 -> typed instanceof LongBuffer;
          case INT8, UINT8, BOOLEAN -> typed instanceof ByteBuffer;
          case STRING, UNKNOWN -> false;
        };
    if (!fits) {
      throw new IllegalArgumentException(
          "elements of type " + type + " cannot be read from a " + data.getClass().getSimpleName());
    }
    return typed;
  }

  private static Buffer viewed(DataType type, ByteBuffer bytes) {
    return switch (type) {
      case FLOAT32, COMPLEX64 -> bytes.asFloatBuffer();
      case FLOAT64 -> bytes.asDoubleBuffer();
      case FLOAT16, BFLOAT16, INT16, UINT16 -> bytes.asShortBuffer();
      case INT32, UINT32 -> bytes.asIntBuffer();
      case INT64, UINT64 -> bytes.asLongBuffer();
      case INT8, UINT8, BOOLEAN, STRING, UNKNOWN -> bytes;
    };
  }

  /** The text of {@code str(array)}. */
  String numpy() {
    if (data.remaining() == 0) {
      return "[]";
    }
    if (shape.length == 0) {
      return scalar(0);
    }
    ArrayText layout = new ArrayText(shape);
    return layout.format(format(layout.sample()));
  }

  private ElementFormat format(int[] sample) {
    return switch (type.getFormat()) {
      case FLOATING ->
          type == DataType.COMPLEX64
              ? ElementFormat.ofComplex(
                  new FloatFormat(i -> floating(2 * i), sample, FloatType.FLOAT32, false),
                  new FloatFormat(i -> floating(2 * i + 1), sample, FloatType.FLOAT32, true))
              : new FloatFormat(this::floating, sample, FloatType.of(type), false);
      case BOOLEAN -> ElementFormat.ofBooleans(this::integer);
      default -> ElementFormat.ofIntegers(this::integer, sample, type == DataType.UINT64);
    };
  }

  /** The text of a NumPy scalar. */
  private String scalar(int index) {
    return switch (type.getFormat()) {
      case FLOATING ->
          type == DataType.COMPLEX64
              ? complex(index, FloatType.FLOAT32)
              : FloatText.scalar(floating(index), FloatType.of(type));
      case BOOLEAN -> bool(integer(index));
      default -> ElementFormat.integer(integer(index), type == DataType.UINT64);
    };
  }

  /** The text of {@code array.tolist()}, whose floats are double precision. */
  String python() {
    StringBuilder text = new StringBuilder();
    python(text, 0, 0);
    return text.toString();
  }

  private int python(StringBuilder text, int axis, int index) {
    if (axis == shape.length) {
      text.append(pythonScalar(index));
      return index + 1;
    }
    int next = index;
    text.append('[');
    for (int i = 0; i < shape[axis]; i++) {
      text.append(i == 0 ? "" : ", ");
      next = python(text, axis + 1, next);
    }
    text.append(']');
    return next;
  }

  private String pythonScalar(int index) {
    if (type == DataType.COMPLEX64) {
      return complex(index, FloatType.FLOAT64);
    }
    return type.isFloating() ? FloatText.scalar(floating(index), FloatType.FLOAT64) : scalar(index);
  }

  private String complex(int index, FloatType precision) {
    return FloatText.complex(floating(2 * index), floating(2 * index + 1), precision);
  }

  /** Python's truth values. */
  static String bool(long value) {
    return value != 0 ? "True" : "False";
  }

  private double floating(int index) {
    return switch (type) {
      case FLOAT16 -> Float16Utils.halfToFloat(((ShortBuffer) data).get(index));
      case BFLOAT16 -> Float.intBitsToFloat(((ShortBuffer) data).get(index) << 16);
      case FLOAT64 -> ((DoubleBuffer) data).get(index);
      default -> ((FloatBuffer) data).get(index);
    };
  }

  private long integer(int index) {
    long value;
    if (data instanceof ByteBuffer bytes) {
      value = bytes.get(index);
    } else if (data instanceof ShortBuffer shorts) {
      value = shorts.get(index);
    } else if (data instanceof IntBuffer ints) {
      value = ints.get(index);
    } else {
      value = ((LongBuffer) data).get(index);
    }
    return unsigned(value, type);
  }

  /** The value of an integer whose bits may have been read as signed. */
  static long unsigned(long value, DataType type) {
    return switch (type) {
      case UINT8 -> value & 0xff;
      case UINT16 -> value & 0xffff;
      case UINT32 -> value & 0xffff_ffffL;
      default -> value;
    };
  }
}
