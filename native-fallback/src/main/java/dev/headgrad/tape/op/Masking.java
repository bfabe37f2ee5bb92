package dev.headgrad.tape.op;

import ai.djl.ndarray.types.DataType;
import dev.headgrad.tape.core.DenseArray;
import dev.headgrad.tape.core.Elements;

/** Selection by masks: everything but zero is selected. */
public final class Masking {

  private Masking() {}

  /** How many elements are not zero. */
  public static int count(DenseArray mask) {
    byte[] flags = flags(mask);
    int count = 0;
    for (byte flag : flags) {
      count += flag;
    }
    return count;
  }

  /** The elements as 0 and 1, row-major. */
  private static byte[] flags(DenseArray mask) {
    DenseArray flags = DenseArray.of(new byte[mask.size()], DataType.BOOLEAN, mask.dims());
    Elements.write(mask, flags);
    return (byte[]) flags.data();
  }

  /** For each axis the indices of the elements that are not zero, in row-major order. INT64. */
  public static DenseArray[] indices(DenseArray mask) {
    byte[] flags = flags(mask);
    int count = 0;
    for (byte flag : flags) {
      count += flag;
    }
    DenseArray[] indices = new DenseArray[mask.rank()];
    int stride = 1;
    for (int axis = indices.length - 1; axis >= 0; axis--) {
      long[] index = new long[count];
      int n = 0;
      for (int i = 0; n < count; i++) {
        if (flags[i] != 0) {
          index[n++] = i / stride % mask.dim(axis);
        }
      }
      indices[axis] = DenseArray.of(index, DataType.INT64, count);
      stride *= mask.dim(axis);
    }
    return indices;
  }
}
