package dev.headgrad.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;

/**
 * The most frequent operations, each called the shortest way there is on its engine. Results are
 * those of DJL's methods of the same names.
 */
public interface Operations {

  /** The operations of an array's engine. */
  static Operations of(NDArray array) {
    return Autograd.of(array).operations();
  }

  /** The type of an array's elements. */
  default DataType dtype(NDArray x) {
    return x.getDataType();
  }

  /** The number of an array's dimensions. */
  default int rank(NDArray x) {
    return x.getShape().dimension();
  }

  /** Whether two arrays have the same shape and dtype. */
  default boolean alike(NDArray a, NDArray b) {
    return a.getDataType() == b.getDataType() && a.getShape().equals(b.getShape());
  }

  /** {@code a + b}. */
  default NDArray add(NDArray a, NDArray b) {
    return a.add(b);
  }

  /** {@code a + b}. */
  default NDArray add(NDArray a, Number b) {
    return a.add(b);
  }

  /** {@code a - b}. */
  default NDArray sub(NDArray a, NDArray b) {
    return a.sub(b);
  }

  /** {@code a - b}. */
  default NDArray sub(NDArray a, Number b) {
    return a.sub(b);
  }

  /** {@code a * b}, element by element. */
  default NDArray mul(NDArray a, NDArray b) {
    return a.mul(b);
  }

  /** {@code a * b}. */
  default NDArray mul(NDArray a, Number b) {
    return a.mul(b);
  }

  /** {@code a / b}, element by element. */
  default NDArray div(NDArray a, NDArray b) {
    return a.div(b);
  }

  /** {@code a / b}. */
  default NDArray div(NDArray a, Number b) {
    return a.div(b);
  }

  /** The sums over axes, which are counted from the front; {@code keepDims} leaves their size 1. */
  default NDArray sum(NDArray x, int[] axes, boolean keepDims) {
    return x.sum(axes, keepDims);
  }

  /** The sum of all elements of an array of one dimension or more, in shape (1). */
  default NDArray total(NDArray x) {
    int rank = rank(x);
    if (rank == 1) {
      return sum(x, new int[] {0}, true);
    }
    int[] axes = new int[rank];
    for (int i = 0; i < rank; i++) {
      axes[i] = i;
    }
    try (NDArray sum = sum(x, axes, false)) {
      return sum.reshape(1);
    }
  }

  /** The product of two matrices, or of batches of them. */
  default NDArray matMul(NDArray a, NDArray b) {
    return a.matMul(b);
  }
}
