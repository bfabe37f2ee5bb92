package dev.headgrad.tape.core;

import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Arithmetic on dimensions: sizes, strides, axes and broadcasting by NumPy's rules. */
public final class Dims {

  /** The dimensions of a 0-d array. */
  public static final int[] SCALAR = {};

  private static final int[] UNIT = {1};

  private Dims() {}

  /**
   * The dimensions of a shape, as the {@code int}s that Java arrays are indexed with.
   *
   * @throws IllegalArgumentException if a dimension is negative, or the array would need more than
   *     2^31 - 1 elements
   */
  public static int[] of(Shape shape) {
    int[] dims = new int[shape.dimension()];
    long size = 1;
    for (int i = 0; i < dims.length; i++) {
      long dim = shape.get(i);
      if (dim < 0) {
        throw new IllegalArgumentException("shape " + shape + " has a negative dimension");
      }
      size *= dim;
      if (dim > Integer.MAX_VALUE || size > Integer.MAX_VALUE) {
        throw new IllegalArgumentException(
            "shape " + shape + " has more than 2147483647 elements, the most that one array holds");
      }
      dims[i] = (int) dim;
    }
    return dims;
  }

  /** The shape with these dimensions. */
  public static Shape shape(int[] dims) {
    long[] shape = new long[dims.length];
    for (int i = 0; i < dims.length; i++) {
      shape[i] = dims[i];
    }
    return new Shape(shape);
  }

  /** How many elements an array of these dimensions has; 1 for 0-d. */
  public static int size(int[] dims) {
    int size = 1;
    for (int dim : dims) {
      size *= dim;
    }
    return size;
  }

  /** The strides of a row-major array; not to be written to. */
  public static int[] strides(int[] dims) {
    if (dims.length <= 1) {
      return dims.length == 0 ? SCALAR : UNIT;
    }
    int[] strides = new int[dims.length];
    int stride = 1;
    for (int i = dims.length - 1; i >= 0; i--) {
      strides[i] = stride;
      stride *= dims[i];
    }
    return strides;
  }

  /**
   * The strides with which an array that is not contiguous can be seen in other dimensions of the
   * same size.
   *
   * @return null if no strides can express it, and the elements must be copied
   */
  public static int @Nullable [] reshapedStrides(int[] dims, int[] strides, int[] newDims) {
    int[] newStrides = new int[newDims.length];
    int last = newDims.length - 1;
    int stride = strides[strides.length - 1];
    int run = 1; // elements in the axes so far that lie behind each other
    for (int i = dims.length - 1; i >= 0; i--) {
      run *= dims[i];
      if (i > 0 && (dims[i - 1] == 1 || strides[i - 1] == run * stride)) {
        continue;
      }
      int size = 1;
      while (last >= 0 && (size < run || newDims[last] == 1)) {
        newStrides[last] = size * stride;
        size *= newDims[last--];
      }
      if (size != run) {
        return null;
      }
      if (i > 0) {
        stride = strides[i - 1];
        run = 1;
      }
    }
    return newStrides;
  }

  /** Whether an array with this layout is row-major without gaps. */
  static boolean contiguous(int[] dims, int[] strides) {
    int stride = 1;
    for (int i = dims.length - 1; i >= 0; i--) {
      if (dims[i] == 0) {
        return true;
      }
      if (dims[i] != 1 && strides[i] != stride) {
        return false;
      }
      stride *= dims[i];
    }
    return true;
  }

  /**
   * The axis counted from the front.
   *
   * @param axis from {@code -rank} to {@code rank - 1}; 0 and -1 are allowed for a 0-d array
   * @throws IllegalArgumentException if there is no such axis
   */
  public static int axis(int axis, int rank) {
    int axes = Math.max(rank, 1);
    if (axis < -axes || axis >= axes) {
      throw new IllegalArgumentException(
          "axis " + axis + " is out of range for an array with " + rank + " dimensions");
    }
    return axis < 0 ? axis + axes : axis;
  }

  /**
   * Which axes are meant, as a mask.
   *
   * @throws IllegalArgumentException if there is no such axis, or one is named twice
   */
  public static boolean[] mask(int[] axes, int rank) {
    boolean[] mask = new boolean[rank];
    for (int axis : axes) {
      int a = axis(axis, rank);
      if (rank == 0) {
        continue; // NumPy allows axis 0 and -1 of a 0-d array
      }
      if (mask[a]) {
        throw new IllegalArgumentException("axis " + axis + " is named twice");
      }
      mask[a] = true;
    }
    return mask;
  }

  /** All axes: 0, 1, … rank - 1. */
  public static int[] all(int rank) {
    int[] axes = new int[rank];
    for (int i = 0; i < rank; i++) {
      axes[i] = i;
    }
    return axes;
  }

  /** The dimensions after reducing the masked axes, which are dropped or kept with length 1. */
  public static int[] reduced(int[] dims, boolean[] mask, boolean keepDims) {
    int[] out = new int[dims.length];
    int rank = 0;
    for (int i = 0; i < dims.length; i++) {
      if (!mask[i]) {
        out[rank++] = dims[i];
      } else if (keepDims) {
        out[rank++] = 1;
      }
    }
    return rank == out.length ? out : rank == 0 ? SCALAR : Arrays.copyOf(out, rank);
  }

  /**
   * The dimensions of two arrays broadcast against each other.
   *
   * @throws IllegalArgumentException if they do not fit
   */
  public static int[] broadcast(int[] a, int[] b) {
    if (fits(b, a)) {
      return a;
    }
    int rank = Math.max(a.length, b.length);
    int[] out = new int[rank];
    for (int i = 1; i <= rank; i++) {
      int x = i <= a.length ? a[a.length - i] : 1;
      int y = i <= b.length ? b[b.length - i] : 1;
      if (x != y && x != 1 && y != 1) {
        throw new IllegalArgumentException(
            "shapes " + text(a) + " and " + text(b) + " cannot be broadcast together");
      }
      out[rank - i] = x == 1 ? y : x;
    }
    return out;
  }

  /** Whether an array of dimensions b is broadcast to a, and a stays as it is. */
  private static boolean fits(int[] b, int[] a) {
    int lead = a.length - b.length;
    if (lead < 0) {
      return false;
    }
    for (int i = 0; i < b.length; i++) {
      if (b[i] != a[lead + i] && b[i] != 1) {
        return false;
      }
    }
    return true;
  }

  /**
   * Refuses steps and lengths that must be at least 1 on every axis.
   *
   * @param name what the message calls them
   * @throws IllegalArgumentException if one of them is less
   */
  public static void requirePositive(String name, int[] lengths) {
    for (int length : lengths) {
      if (length < 1) {
        throw new IllegalArgumentException(
            "the " + name + " is " + text(lengths) + ", but must be at least 1 on every axis");
      }
    }
  }

  /** The dimensions in words: {@code (2, 3)}. */
  public static String text(int[] dims) {
    StringBuilder text = new StringBuilder("(");
    for (int i = 0; i < dims.length; i++) {
      text.append(i == 0 ? "" : ", ").append(dims[i]);
    }
    return text.append(')').toString();
  }
}
