package dev.headgrad;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.Locale;

/** Shapes, axes and dtypes: checks and the arithmetic that operations share. */
final class Shapes {
  private Shapes() {}

  /** The shape as messages show it: {@code (2, 3)}, {@code (4)}, {@code ()}. */
  static String text(Shape shape) {
    return shape.toString();
  }

  /** The dtype as MXNet names it: {@code float32}. */
  static String text(DataType dtype) {
    return dtype == DataType.BOOLEAN ? "bool" : dtype.name().toLowerCase(Locale.ROOT);
  }

  /** An axis counted from the end if negative, checked against the rank. */
  static int axis(long axis, int rank) {
    if (axis < -rank || axis >= rank) {
      throw new IllegalArgumentException(
          "axis " + axis + " is out of bounds for an array of " + rank + " dimensions");
    }
    return (int) (axis < 0 ? axis + rank : axis);
  }

  /** Axes in ascending order, each counted from the front; all of them if none is given. */
  static int[] axes(int[] axes, int rank) {
    if (axes.length == 0) {
      int[] all = new int[rank];
      for (int i = 0; i < rank; i++) {
        all[i] = i;
      }
      return all;
    }
    int[] resolved = new int[axes.length];
    for (int i = 0; i < axes.length; i++) {
      resolved[i] = axis(axes[i], rank);
    }
    Arrays.sort(resolved);
    for (int i = 1; i < resolved.length; i++) {
      if (resolved[i] == resolved[i - 1]) {
        throw new IllegalArgumentException("axis " + resolved[i] + " is given twice");
      }
    }
    return resolved;
  }

  /** The axes of an array of {@code rank} dimensions that are not among {@code axes}. */
  static int[] except(int[] axes, int rank) {
    int[] rest = new int[rank - axes.length];
    int n = 0;
    for (int i = 0; i < rank; i++) {
      if (Arrays.binarySearch(axes, i) < 0) {
        rest[n++] = i;
      }
    }
    return rest;
  }

  /** The shape that NumPy's broadcasting gives, or an error naming both shapes. */
  static Shape broadcast(Shape a, Shape b) {
    if (a.equals(b)) {
      return a;
    }
    int rank = Math.max(a.dimension(), b.dimension());
    long[] dims = new long[rank];
    for (int i = 1; i <= rank; i++) {
      long l = i <= a.dimension() ? a.get(a.dimension() - i) : 1;
      long r = i <= b.dimension() ? b.get(b.dimension() - i) : 1;
      if (l != r && l != 1 && r != 1) {
        throw new IllegalArgumentException(
            "operands could not be broadcast together with shapes " + text(a) + " and " + text(b));
      }
      dims[rank - i] = l == 1 ? r : l;
    }
    return new Shape(dims);
  }

  /** Checks that two operands have the same dtype. */
  static void sameDtype(NDArray a, NDArray b) {
    if (a.getDataType() != b.getDataType()) {
      throw new IllegalArgumentException(
          "operands have different dtypes: "
              + text(a.getDataType())
              + " and "
              + text(b.getDataType())
              + "; cast one of them with astype");
    }
  }

  /** Checks that two operands have the same shape. */
  static void sameShape(NDArray a, NDArray b) {
    if (!a.getShape().equals(b.getShape())) {
      throw new IllegalArgumentException(
          "operands must have the same shape, got "
              + text(a.getShape())
              + " and "
              + text(b.getShape()));
    }
  }

  /** The shape with the given axes, ascending, replaced by 1 or dropped. */
  static Shape reduced(Shape shape, int[] axes, boolean keepdims) {
    long[] dims = new long[keepdims ? shape.dimension() : shape.dimension() - axes.length];
    int n = 0;
    for (int i = 0; i < shape.dimension(); i++) {
      if (Arrays.binarySearch(axes, i) < 0) {
        dims[n++] = shape.get(i);
      } else if (keepdims) {
        dims[n++] = 1;
      }
    }
    return new Shape(dims);
  }

  /** The shape of {@code dims}, but (1) instead of (): MXNet's full reductions. */
  static Shape atLeast1d(Shape shape) {
    return shape.dimension() == 0 ? new Shape(1) : shape;
  }

  /** The shape with a new dimension of {@code size} before {@code axis}. */
  static Shape insert(Shape shape, int axis, long size) {
    long[] dims = new long[shape.dimension() + 1];
    for (int i = 0; i < dims.length; i++) {
      dims[i] = i < axis ? shape.get(i) : i == axis ? size : shape.get(i - 1);
    }
    return new Shape(dims);
  }

  /** The shape with the dimension of {@code axis} replaced. */
  static Shape with(Shape shape, int axis, long size) {
    long[] dims = shape.getShape().clone();
    dims[axis] = size;
    return new Shape(dims);
  }

  /** A parameter of shape (channels), to be broadcast against data with channels on an axis. */
  static Tensor perChannel(Tensor parameter, Tensor data, int axis) {
    long[] shape = new long[data.ndim()];
    Arrays.fill(shape, 1);
    shape[axis] = parameter.size();
    return parameter.reshape(shape);
  }

  /** Product of the dimensions {@code from} to {@code to - 1}. */
  static long product(Shape shape, int from, int to) {
    long product = 1;
    for (int i = from; i < to; i++) {
      product *= shape.get(i);
    }
    return product;
  }
}
