package dev.headgrad.tape.core;

import ai.djl.ndarray.types.DataType;
import dev.headgrad.tape.kernel.Buffers;
import java.util.Arrays;

/** Which Java array holds the elements of a dtype, and where it comes from. */
final class Memory {

  private Memory() {}

  /** Memory that is all zero. */
  static Object zeros(DataType type, int size) {
    if (size < Buffers.MIN_LENGTH) {
      return fresh(type, size);
    }
    Object data = dirty(type, size);
    if (data instanceof float[]) {
      Arrays.fill((float[]) data, 0);
    } else if (data instanceof double[]) {
      Arrays.fill((double[]) data, 0);
    } else if (data instanceof long[]) {
      Arrays.fill((long[]) data, 0);
    } else if (data instanceof int[]) {
      Arrays.fill((int[]) data, 0);
    } else if (data instanceof byte[]) {
      Arrays.fill((byte[]) data, (byte) 0);
    }
    return data; // the pool has no arrays of other types: they are fresh
  }

  private static Object fresh(DataType type, int size) {
    if (type == DataType.FLOAT32) {
      return new float[size];
    } else if (type == DataType.FLOAT64) {
      return new double[size];
    } else if (type == DataType.COMPLEX64) {
      return new float[Math.multiplyExact(2, size)];
    } else if (type == DataType.STRING) {
      return new String[size];
    }
    switch (type.getNumOfBytes()) { // by the type, javac would make a class of its own
      case 8:
        return new long[size];
      case 4:
        return new int[size];
      case 2:
        return new short[size];
      case 1:
        return new byte[size];
      default:
        throw new IllegalArgumentException("no array can have the data type " + type);
    }
  }

  /** Memory from the pool if it has some, with whatever was in it. */
  static Object dirty(DataType type, int size) {
    if (size < Buffers.MIN_LENGTH || type == DataType.STRING) {
      return fresh(type, size);
    } else if (type == DataType.FLOAT32) {
      return Buffers.floats(size);
    } else if (type == DataType.FLOAT64) {
      return Buffers.doubles(size);
    } else if (type == DataType.COMPLEX64) {
      return Buffers.floats(Math.multiplyExact(2, size));
    }
    switch (type.getNumOfBytes()) {
      case 8:
        return Buffers.longs(size);
      case 4:
        return Buffers.ints(size);
      case 1:
        return Buffers.bytes(size);
      default:
        return fresh(type, size);
    }
  }

  /** Gives memory back to the pool. */
  static void recycle(Object data) {
    if (data instanceof float[]) {
      Buffers.recycle((float[]) data);
    } else if (data instanceof double[]) {
      Buffers.recycle((double[]) data);
    } else if (data instanceof long[]) {
      Buffers.recycle((long[]) data);
    } else if (data instanceof int[]) {
      Buffers.recycle((int[]) data);
    } else if (data instanceof byte[]) {
      Buffers.recycle((byte[]) data);
    }
  }
}
