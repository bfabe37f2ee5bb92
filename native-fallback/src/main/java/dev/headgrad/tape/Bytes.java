package dev.headgrad.tape;

import ai.djl.ndarray.types.DataType;
import dev.headgrad.tape.core.DenseArray;
import dev.headgrad.tape.core.Dims;
import dev.headgrad.tape.core.Elements;
import dev.headgrad.tape.op.Casting;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.nio.ShortBuffer;

/** The elements of arrays in and out of NIO buffers, in the machine's byte order. */
final class Bytes {

  private Bytes() {}

  /** How many numbers some elements are made of. */
  static int numbers(DataType type, int elements) {
    return type == DataType.COMPLEX64 ? Math.multiplyExact(2, elements) : elements;
  }

  /**
   * A copy of the elements, row-major.
   *
   * @throws UnsupportedOperationException if they are strings
   */
  static ByteBuffer of(DenseArray x, boolean direct) {
    if (x.type() == DataType.STRING) {
      throw new UnsupportedOperationException(
          "the elements of a STRING array have no fixed size: read them with toStringArray()");
    }
    DenseArray in = Elements.contiguous(x);
    int n = numbers(x.type(), in.size());
    int bytes = Math.multiplyExact(n, x.type().getNumOfBytes());
    ByteBuffer buffer = direct ? ByteBuffer.allocateDirect(bytes) : ByteBuffer.allocate(bytes);
    buffer.order(ByteOrder.nativeOrder());
    int from = numbers(x.type(), in.offset());
    Object data = in.data();
    if (data instanceof float[]) {
      buffer.asFloatBuffer().put((float[]) data, from, n);
    } else if (data instanceof double[]) {
      buffer.asDoubleBuffer().put((double[]) data, from, n);
    } else if (data instanceof long[]) {
      buffer.asLongBuffer().put((long[]) data, from, n);
    } else if (data instanceof int[]) {
      buffer.asIntBuffer().put((int[]) data, from, n);
    } else if (data instanceof short[]) {
      buffer.asShortBuffer().put((short[]) data, from, n);
    } else {
      buffer.put((byte[]) data, from, n).rewind();
    }
    return buffer;
  }

  /**
   * A new array of the elements that remain in a buffer, converted if they are of another type. The
   * buffer's position moves past them.
   *
   * @throws IllegalArgumentException if they cannot be converted: 16-bit and complex numbers
   */
  static DenseArray read(Buffer buffer, DataType type, int... dims) {
    DenseArray y = DenseArray.dirty(type, dims);
    int n = numbers(type, Dims.size(dims));
    Object data = y.data();
    if (buffer instanceof ByteBuffer) {
      ByteBuffer bytes = (ByteBuffer) buffer;
      if (data instanceof byte[]) {
        bytes.get((byte[]) data, 0, n);
        return y;
      }
      int length = Math.multiplyExact(n, type.getNumOfBytes());
      if (data instanceof float[]) {
        bytes.asFloatBuffer().get((float[]) data, 0, n);
      } else if (data instanceof double[]) {
        bytes.asDoubleBuffer().get((double[]) data, 0, n);
      } else if (data instanceof long[]) {
        bytes.asLongBuffer().get((long[]) data, 0, n);
      } else if (data instanceof int[]) {
        bytes.asIntBuffer().get((int[]) data, 0, n);
      } else {
        bytes.asShortBuffer().get((short[]) data, 0, n);
      }
      bytes.position(bytes.position() + length);
    } else if (buffer instanceof FloatBuffer && data instanceof float[]) {
      ((FloatBuffer) buffer).get((float[]) data, 0, n);
    } else if (buffer instanceof DoubleBuffer && data instanceof double[]) {
      ((DoubleBuffer) buffer).get((double[]) data, 0, n);
    } else if (buffer instanceof LongBuffer && data instanceof long[]) {
      ((LongBuffer) buffer).get((long[]) data, 0, n);
    } else if (buffer instanceof IntBuffer && data instanceof int[]) {
      ((IntBuffer) buffer).get((int[]) data, 0, n);
    } else if (buffer instanceof ShortBuffer && data instanceof short[]) {
      ((ShortBuffer) buffer).get((short[]) data, 0, n);
    } else if (buffer instanceof ShortBuffer || type == DataType.COMPLEX64) {
      throw new IllegalArgumentException(
          "a " + buffer.getClass().getSimpleName() + " does not hold elements of type " + type);
    } else {
      y.release();
      return Casting.cast(read(buffer, DataType.fromBuffer(buffer), dims), type);
    }
    return y;
  }
}
