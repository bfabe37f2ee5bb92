package dev.headgrad.tape.op;

import ai.djl.ndarray.types.DataType;
import dev.headgrad.tape.core.DenseArray;
import dev.headgrad.tape.core.Elements;
import dev.headgrad.tape.kernel.Workers;

/** For operations that work on the lanes along one axis, each by itself. */
final class Lanes {

  /** Elements that are worth a thread of their own. */
  private static final int GRAIN = 1 << 14;

  /** Works on the lane with this number. */
  @FunctionalInterface
  interface Kernel {
    void run(int lane);
  }

  private Lanes() {}

  /** x in another dtype, contiguous and with this axis as the last one. */
  static DenseArray last(DenseArray x, int axis, DataType type) {
    return Elements.to(axis >= x.rank() - 1 ? x : moved(x, axis, x.rank() - 1), type);
  }

  /** Undoes {@link #last}: the last axis back to where it was, contiguous. */
  static DenseArray back(DenseArray y, int axis) {
    return axis >= y.rank() - 1 ? y : Elements.copy(moved(y, y.rank() - 1, axis));
  }

  /** A view with one axis in another place. Not recorded. */
  private static DenseArray moved(DenseArray x, int from, int to) {
    int[] dims = new int[x.rank()];
    int[] strides = new int[x.rank()];
    int next = 0;
    for (int i = 0; i < dims.length; i++) {
      int axis;
      if (i == to) {
        axis = from;
      } else {
        next += next == from ? 1 : 0;
        axis = next++;
      }
      dims[i] = x.dim(axis);
      strides[i] = x.strides()[axis];
    }
    return x.view(dims, strides, x.offset());
  }

  /** The axes in an order that brings the masked ones to the end. */
  static int[] maskedLast(boolean[] mask) {
    int[] order = new int[mask.length];
    int next = 0;
    for (int pass = 0; pass < 2; pass++) {
      for (int axis = 0; axis < mask.length; axis++) {
        if (mask[axis] == (pass == 1)) {
          order[next++] = axis;
        }
      }
    }
    return order;
  }

  /** How many elements there are along an axis; 1 for a 0-d array. */
  static int length(DenseArray x, int axis) {
    return x.rank() == 0 ? 1 : x.dim(axis);
  }

  /** How many lanes there are along an axis. */
  static int count(DenseArray x, int axis) {
    int lanes = 1;
    for (int i = 0; i < x.rank(); i++) {
      lanes *= i == axis ? 1 : x.dim(i);
    }
    return lanes;
  }

  /** The dimensions with another length along one axis. */
  static int[] with(int[] dims, int axis, int length) {
    int[] out = dims.clone();
    if (out.length > 0) {
      out[axis] = length;
    }
    return out;
  }

  /** Hands every lane to the kernel, on several threads where it is much work. */
  static void forEach(int lanes, int length, Kernel kernel) {
    Workers.parallelFor(
        lanes,
        Math.max(1, GRAIN / Math.max(1, length)),
        (from, to) -> {
          for (int i = from; i < to; i++) {
            kernel.run(i);
          }
        });
  }
}
