package dev.headgrad.tape.op;

import ai.djl.ndarray.types.DataType;
import dev.headgrad.tape.core.DenseArray;
import dev.headgrad.tape.core.Dims;
import dev.headgrad.tape.core.Elements;
import java.util.Arrays;

/** Selection by masks: everything but zero is selected. */
public final class Masking {

  private Masking() {}

  /** How many elements are not zero. */
  public static int count(DenseArray mask) {
    return count(flags(mask));
  }

  private static int count(byte[] flags) {
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
    int count = count(flags);
    DenseArray[] indices = new DenseArray[mask.rank()];
    int stride = 1;
    for (int axis = indices.length - 1; axis >= 0; axis--) {
      int length = mask.dim(axis);
      long[] index = new long[count];
      int n = 0;
      for (int i = 0; n < count; i++) {
        if (flags[i] != 0) {
          index[n++] = i / stride % length;
        }
      }
      indices[axis] = DenseArray.of(index, DataType.INT64, count);
      stride *= length;
    }
    return indices;
  }

  /** Throws if a mask does not have the shape of an array's axes, from the given one on. */
  public static void requireFits(DenseArray mask, int[] dims, int axis) {
    int end = axis + mask.rank();
    if (end > dims.length || !Arrays.equals(mask.dims(), Arrays.copyOfRange(dims, axis, end))) {
      throw new IllegalArgumentException(
          "a mask of shape "
              + Dims.text(mask.dims())
              + " does not fit an array of shape "
              + Dims.text(dims)
              + " from axis "
              + axis
              + " on");
    }
  }

  /**
   * The sub-arrays where a mask is not zero, one after the other.
   *
   * @param mask has the shape of some neighbouring axes of x; a 0-d mask selects all or nothing
   * @param axis the first of them, without meaning for a mask of all axes; the result has one axis
   *     in their place
   * @throws IllegalArgumentException if the mask does not have that shape
   */
  public static DenseArray pick(DenseArray x, DenseArray mask, int axis) {
    if (mask.rank() == 0) {
      DenseArray all = DenseArray.zeros(DataType.INT64, count(mask)); // of a new axis of length 1
      return Gathering.take(Shapes.expandDims(x, 0), all, 0);
    }
    int first = Arrays.equals(mask.dims(), x.dims()) ? 0 : Dims.axis(axis, x.rank());
    requireFits(mask, x.dims(), first);
    DenseArray merged = Shapes.flatten(x, first, first + mask.rank() - 1);
    return Gathering.take(merged, indices(Shapes.flatten(mask))[0], first);
  }

  /**
   * Sequences with everything behind their ends set to a value.
   *
   * @param x (batch, steps, …)
   * @param lengths (batch)
   */
  public static DenseArray sequences(DenseArray x, DenseArray lengths, double value) {
    if (x.rank() < 2 || lengths.rank() != 1 || lengths.dim(0) != x.dim(0)) {
      throw new IllegalArgumentException(
          "a sequence mask needs sequences (batch, steps, …) and one length for each, but got the"
              + " shapes "
              + Dims.text(x.dims())
              + " and "
              + Dims.text(lengths.dims()));
    }
    DenseArray steps = Creation.arange(0, x.dim(1), 1, DataType.INT64);
    DenseArray inside = Comparison.lt(steps, Shapes.expandDims(lengths, 1));
    int[] dims = new int[x.rank()];
    Arrays.fill(dims, 1);
    dims[0] = x.dim(0);
    dims[1] = x.dim(1);
    return Selection.where(Shapes.reshape(inside, dims), x, Creation.scalar(value, x.type()));
  }
}
