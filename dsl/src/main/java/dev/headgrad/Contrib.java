package dev.headgrad;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;

/** MXNet's {@code nd.contrib}. */
public final class Contrib {

  Contrib() {}

  /** The slices along the first axis where the mask is not 0. */
  public Tensor booleanMask(Tensor data, Tensor index) {
    return booleanMask(data, index, 0);
  }

  /** The slices along an axis where the mask is not 0. */
  public Tensor booleanMask(Tensor data, Tensor index, int axis) {
    int at = Shapes.axis(axis, data.ndim());
    double[] mask = index.toDoubleArray();
    if (index.ndim() != 1 || mask.length != data.shape(at)) {
      throw new IllegalArgumentException(
          "a mask of shape "
              + Shapes.text(index.shape())
              + " does not fit axis "
              + at
              + " of shape "
              + Shapes.text(data.shape()));
    }
    long[] places = new long[mask.length];
    int count = 0;
    for (int i = 0; i < mask.length; i++) {
      if (mask[i] != 0) {
        places[count++] = i;
      }
    }
    long[] chosen = java.util.Arrays.copyOf(places, count);
    return data.map(a -> Layout.takeAlong(a, at, chosen));
  }

  /** {@code a x² + b x + c}. */
  public Tensor quadratic(Tensor data, double a, double b, double c) {
    return data.square().times(a).plus(data.times(b)).plus(c);
  }

  /** x divided by the square root of the length of its last axis. */
  public Tensor divSqrtDim(Tensor data) {
    return data.div(Math.sqrt(data.shape(-1)));
  }

  /** x itself; its gradient is multiplied by the scalar. */
  public Tensor gradientmultiplier(Tensor data, double scalar) {
    return data.map(a -> Custom.apply(a, Elementary::copy, (head, x, y) -> head.mul(scalar)));
  }

  /** x rounded; the gradient passes as if it were not. */
  public Tensor roundSte(Tensor data) {
    return data.map(a -> Custom.apply(a, Kinks::round, (head, x, y) -> head));
  }

  /** The sign of x; the gradient passes as if it were x. */
  public Tensor signSte(Tensor data) {
    return data.map(a -> Custom.apply(a, Kinks::sign, (head, x, y) -> head));
  }

  /**
   * {@link #allclose(Tensor, Tensor, double, double, boolean)} with 1e-5, 1e-8, and NaN unequal.
   */
  public Tensor allclose(Tensor a, Tensor b) {
    return allclose(a, b, 1e-5, 1e-8, false);
  }

  /**
   * 1 if {@code |a - b| <= atol + rtol |b|} everywhere, else 0: shape (1).
   *
   * @param equalNan whether NaN is close to NaN
   */
  public Tensor allclose(Tensor a, Tensor b, double rtol, double atol, boolean equalNan) {
    double[] left = a.toDoubleArray();
    double[] right = b.toDoubleArray();
    boolean close = a.shape().equals(b.shape());
    for (int i = 0; close && i < left.length; i++) {
      close =
          left[i] == right[i]
              || Math.abs(left[i] - right[i]) <= atol + rtol * Math.abs(right[i])
              || (equalNan && Double.isNaN(left[i]) && Double.isNaN(right[i]));
    }
    return a.mx().nd().array(close ? 1 : 0);
  }

  /** 0, 1, 2, ... in the shape of an array. */
  public Tensor arangeLike(Tensor data) {
    return arangeLike(data, 0, 1);
  }

  /** {@code start}, start + step, ... in the shape of an array. */
  public Tensor arangeLike(Tensor data, double start, double step) {
    return numbers(data, (int) data.size(), start, step).reshape(data.shape());
  }

  /** {@code start}, start + step, ... as many as an axis of an array is long. */
  public Tensor arangeLike(Tensor data, double start, double step, int axis) {
    return numbers(data, (int) data.shape(axis), start, step);
  }

  private static Tensor numbers(Tensor data, int count, double start, double step) {
    double[] values = new double[count];
    java.util.Arrays.setAll(values, i -> start + i * step);
    return data.mx().nd().array(values, data.dtype());
  }

  /** The places of all elements, in a new last axis: int64. */
  public Tensor indexArray(Tensor data) {
    int rank = data.ndim();
    int[] all = new int[rank];
    java.util.Arrays.setAll(all, i -> i);
    return indexArray(data, all);
  }

  /** The places of all elements along some axes, in a new last axis: int64. */
  public Tensor indexArray(Tensor data, int... axes) {
    int rank = data.ndim();
    int size = (int) data.size();
    long[] places = new long[size * axes.length];
    for (int i = 0; i < size; i++) {
      for (int k = 0; k < axes.length; k++) {
        int axis = Shapes.axis(axes[k], rank);
        long stride = Shapes.product(data.shape(), axis + 1, rank);
        places[i * axes.length + k] = i / stride % data.shape(axis);
      }
    }
    return data.mx()
        .nd()
        .array(places, DataType.INT64)
        .reshape(Shapes.insert(data.shape(), rank, axes.length));
  }

  /** A copy with the rows that the indices name replaced by new ones. */
  public Tensor indexCopy(Tensor oldTensor, Tensor indexVector, Tensor newTensor) {
    int[] places = indexVector.toIntArray();
    long[] rows = new long[(int) oldTensor.shape(0)];
    java.util.Arrays.setAll(rows, i -> i);
    for (int i = 0; i < places.length; i++) {
      rows[places[i]] = rows.length + i;
    }
    Tensor both = oldTensor.mx().nd().concat(java.util.List.of(oldTensor, newTensor), 0);
    return both.map(x -> Indexing.takeRows(x, rows));
  }

  /** Images averaged in windows that divide them evenly into height times width parts. */
  public Tensor adaptiveAvgPooling2D(Tensor data, long... outputSize) {
    int rank = data.ndim();
    long width = outputSize[outputSize.length - 1];
    return data.map(x -> averaged(averaged(x, rank - 2, outputSize[0]), rank - 1, width));
  }

  /** The means of windows along an axis: from floor(i n / m) to ceil((i + 1) n / m). */
  private static NDArray averaged(NDArray x, int axis, long windows) {
    Shape shape = x.getShape();
    int size = (int) shape.get(axis);
    int count = (int) windows;
    double[] weights = new double[size * count];
    for (int i = 0; i < count; i++) {
      int from = i * size / count;
      int to = ((i + 1) * size + count - 1) / count;
      for (int j = from; j < to; j++) {
        weights[j * count + i] = 1.0 / (to - from);
      }
    }
    NDArray matrix =
        NestedValues.create(
            x.getManager(), weights, new long[0], new Shape(size, count), x.getDataType());
    int last = shape.dimension() - 1;
    NDArray moved = Layout.swapAxes(x, axis, last);
    return Layout.swapAxes(MatrixProducts.dot(moved, matrix, false, false), axis, last);
  }
}
