package dev.headgrad;

import ai.djl.ndarray.types.DataType;
import org.jspecify.annotations.Nullable;

/** Choosing elements by index, mask or order: part of {@link Nd}. */
public sealed interface SelectionFunctions permits Nd {

  /** x where the condition is not 0, else y. The condition may be one row selector (n). */
  default Tensor where(Tensor condition, Tensor x, Tensor y) {
    Tensor rows =
        condition.ndim() == 1 && x.ndim() > 1
            ? condition.reshape(rowShape(condition.size(), x.ndim())).broadcastLike(x)
            : condition;
    return rows.mx().compute(() -> Select.where(rows.ndarray().neq(0), x.ndarray(), y.ndarray()));
  }

  private static long[] rowShape(long n, int rank) {
    long[] shape = new long[rank];
    java.util.Arrays.fill(shape, 1);
    shape[0] = n;
    return shape;
  }

  /** The rows of a that the indices name; out of range ones are clipped. */
  default Tensor take(Tensor a, Tensor indices) {
    return take(a, indices, 0, "clip");
  }

  /** The slices along an axis that the indices name; out of range ones are clipped. */
  default Tensor take(Tensor a, Tensor indices, int axis) {
    return take(a, indices, axis, "clip");
  }

  /** The rows of a that the indices name. */
  default Tensor take(Tensor a, Tensor indices, String mode) {
    return take(a, indices, 0, mode);
  }

  /**
   * The slices along an axis that the indices name.
   *
   * @param mode for indices out of range: {@code clip}, {@code wrap}, or {@code raise}
   * @throws IllegalArgumentException in mode raise, if an index is out of range
   */
  default Tensor take(Tensor a, Tensor indices, int axis, String mode) {
    int at = Shapes.axis(axis, a.ndim());
    Tensor inside = bounded(indices, a.shape(at), mode);
    Object[] index = new Object[at + 1];
    java.util.Arrays.fill(index, Slice.ALL);
    index[at] = inside;
    return a.get(index);
  }

  private static Tensor bounded(Tensor indices, long size, String mode) {
    Tensor whole = indices.detach().trunc();
    switch (mode) {
      case "clip":
        return whole.clip(0, size - 1);
      case "wrap":
        return whole.rem(size);
      case "raise":
        for (double i : whole.astype(DataType.FLOAT64).toDoubleArray()) {
          if (i < 0 || i >= size) {
            throw new IllegalArgumentException(
                "index " + (long) i + " is out of range for an axis of length " + size);
          }
        }
        return whole;
      default:
        throw new IllegalArgumentException(
            "there is no mode " + mode + "; clip, wrap and raise are");
    }
  }

  /**
   * Rows of a table.
   *
   * @param data whole numbers of any shape
   * @param weight (inputDim, outputDim)
   * @throws IllegalArgumentException if a gradient is attached to the indices, or the table has
   *     another shape
   */
  default Tensor embedding(Tensor data, Tensor weight, int inputDim, int outputDim) {
    if (data.getGrad() != null) {
      throw new IllegalArgumentException("embedding has no gradient for its indices: detach them");
    }
    if (weight.shape(0) != inputDim || weight.shape(1) != outputDim) {
      throw new IllegalArgumentException(
          "an embedding of "
              + inputDim
              + " rows of "
              + outputDim
              + " needs such weights, not "
              + Shapes.text(weight.shape()));
    }
    return take(weight, data);
  }

  /** A 1 at each index, on a new last axis. */
  default Tensor oneHot(Tensor indices, int depth) {
    return oneHot(indices, depth, 1, 0);
  }

  /** {@code onValue} at each index, on a new last axis, else {@code offValue}; float32. */
  default Tensor oneHot(Tensor indices, int depth, double onValue, double offValue) {
    Nd nd = indices.mx().nd();
    Tensor hot = hot(indices.astype(DataType.FLOAT32), depth);
    return hot.times(onValue - offValue).plus(offValue).plus(nd.zeros(1));
  }

  /** {@link #oneHot(Tensor, int, double, double)} in another dtype. */
  default Tensor oneHot(
      Tensor indices, int depth, double onValue, double offValue, DataType dtype) {
    return oneHot(indices, depth, onValue, offValue).astype(dtype);
  }

  /** 1 where the last, new axis has the index, in the dtype of the indices. */
  private static Tensor hot(Tensor indices, long depth) {
    Tensor places = indices.mx().nd().arange(depth).astype(indices.dtype());
    return indices.trunc().expandDims(-1).eq(places);
  }

  /** For each element of the index, the element of data that it names along the last axis. */
  default Tensor pick(Tensor data, Tensor index) {
    return pick(data, index, -1, false, "clip");
  }

  /** For each element of the index, the element of data that it names along an axis. */
  default Tensor pick(Tensor data, Tensor index, int axis) {
    return pick(data, index, axis, false, "clip");
  }

  /** {@link #pick(Tensor, Tensor, int, boolean, String)} with out of range indices clipped. */
  default Tensor pick(Tensor data, Tensor index, int axis, boolean keepdims) {
    return pick(data, index, axis, keepdims, "clip");
  }

  /** {@link #pick(Tensor, Tensor, int, boolean, String)} along the last axis. */
  default Tensor pick(Tensor data, Tensor index, String mode) {
    return pick(data, index, -1, false, mode);
  }

  /**
   * For each element of the index, the element of data that it names along an axis.
   *
   * @param index the shape of data without the axis, or with it of length 1
   * @param mode for indices out of range: {@code clip} or {@code wrap}
   */
  default Tensor pick(Tensor data, Tensor index, int axis, boolean keepdims, String mode) {
    int at = Shapes.axis(axis, data.ndim());
    Tensor flat = index.ndim() == data.ndim() && index.shape(at) == 1 ? index.squeeze(at) : index;
    Tensor inside = bounded(flat, data.shape(at), mode).astype(data.dtype());
    Tensor chosen = hot(inside, data.shape(at));
    Tensor last = data.swapaxes(at, data.ndim() - 1);
    Tensor none = last.zerosLike();
    Tensor lined = at == data.ndim() - 1 ? chosen : moved(chosen, at, data.ndim());
    Tensor kept = data.mx().nd().where(lined, last, none).sum(-1);
    Tensor result = at == data.ndim() - 1 || data.ndim() == 2 ? kept : restored(kept, at);
    return keepdims ? result.expandDims(at) : result;
  }

  /** The axes of a choice in the order that data has after its axis was exchanged with the last. */
  private static Tensor moved(Tensor chosen, int at, int rank) {
    int[] order = new int[rank];
    for (int i = 0; i < rank; i++) {
      order[i] = i;
    }
    // (…, b, …, z, depth) to (…, z, …, depth): what stood last in data now stands at the axis
    for (int i = rank - 2; i > at; i--) {
      order[i] = i - 1;
    }
    order[at] = rank - 2;
    return rank == 2 ? chosen : chosen.transpose(order);
  }

  private static Tensor restored(Tensor kept, int at) {
    int rank = kept.ndim();
    int[] order = new int[rank];
    for (int i = 0; i < rank; i++) {
      order[i] = i < at ? i : i + 1;
    }
    order[rank - 1] = at;
    return kept.transpose(order);
  }

  /** {@link #pick(Tensor, Tensor)}. */
  default Tensor chooseElement0index(Tensor lhs, Tensor rhs) {
    return pick(lhs, rhs);
  }

  /** For each row of a, the element that the indices name. */
  default Tensor batchTake(Tensor a, Tensor indices) {
    return pick(a, indices, 1);
  }

  /** The elements from begin to end: MXNet's {@code nd.slice}. */
  default Tensor slice(Tensor data, @Nullable Long[] begin, @Nullable Long[] end) {
    return slice(data, begin, end, new Long[0]);
  }

  /**
   * Every {@code step}-th of the elements from begin to end along the first axes.
   *
   * @param begin for each axis; null for an open end
   * @param end for each axis; null for an open end
   * @param step for each axis, negative to go backwards; null, or no entry, for 1
   */
  default Tensor slice(
      Tensor data, @Nullable Long[] begin, @Nullable Long[] end, @Nullable Long[] step) {
    if (begin.length != end.length || begin.length > data.ndim()) {
      throw new IllegalArgumentException(
          "slice of shape "
              + Shapes.text(data.shape())
              + " with "
              + begin.length
              + " beginnings and "
              + end.length
              + " ends");
    }
    Object[] index = new Object[begin.length];
    for (int i = 0; i < index.length; i++) {
      Long by = i < step.length ? step[i] : null;
      index[i] = Slice.of(begin[i], end[i], by == null ? 1 : by);
    }
    return data.get(index).copy();
  }

  /** The elements from begin to end, where no end is open. */
  default Tensor slice(Tensor data, long[] begin, long[] end) {
    return slice(data, boxed(begin), boxed(end));
  }

  private static Long[] boxed(long[] values) {
    return java.util.Arrays.stream(values).boxed().toArray(Long[]::new);
  }

  /** {@link #slice(Tensor, long[], long[])}. */
  default Tensor crop(Tensor data, long[] begin, long[] end) {
    return slice(data, begin, end);
  }

  /** The elements from begin to end of one axis; a null end is open. */
  default Tensor sliceAxis(Tensor data, int axis, long begin, @Nullable Long end) {
    Object[] index = new Object[Shapes.axis(axis, data.ndim()) + 1];
    java.util.Arrays.fill(index, Slice.ALL);
    index[index.length - 1] = Slice.of((Long) begin, end, 1);
    return data.get(index).copy();
  }

  /** The elements from begin to end of one axis. */
  default Tensor sliceAxis(Tensor data, int axis, int begin, int end) {
    return sliceAxis(data, axis, begin, (Long) (long) end);
  }

  /**
   * data cut to the lengths of another array.
   *
   * @param axes along which to cut; all if there are none
   * @throws IllegalArgumentException if the other array is longer
   */
  default Tensor sliceLike(Tensor data, Tensor shapeLike, int... axes) {
    Object[] index = new Object[data.ndim()];
    java.util.Arrays.fill(index, Slice.ALL);
    if (axes.length == 0 && shapeLike.ndim() != data.ndim()) {
      throw new IllegalArgumentException(
          "sliceLike without axes needs arrays of as many dimensions, not "
              + Shapes.text(data.shape())
              + " and "
              + Shapes.text(shapeLike.shape()));
    }
    for (int axis : Shapes.axes(axes, data.ndim())) {
      if (shapeLike.shape(axis) > data.shape(axis)) {
        throw new IllegalArgumentException(
            "axis "
                + axis
                + " of shape "
                + Shapes.text(data.shape())
                + " is shorter than that of "
                + Shapes.text(shapeLike.shape()));
      }
      index[axis] = Slice.of(0, shapeLike.shape(axis));
    }
    return data.get(index).copy();
  }

  /**
   * Elements, or slices of the last axes, at places.
   *
   * @param indices (m, …): of the first m axes of data one place each, in its columns
   */
  default Tensor gatherNd(Tensor data, Tensor indices) {
    return data.get(columns(indices));
  }

  private static Object[] columns(Tensor indices) {
    Tensor[] columns = new Tensor[(int) indices.shape(0)];
    java.util.Arrays.setAll(columns, i -> indices.detach().get(i));
    return columns;
  }

  /** Zeros of a shape, with data written where the columns of the indices say; a later one wins. */
  default Tensor scatterNd(Tensor data, Tensor indices, long[] shape) {
    return data.map(
        a -> Scattering.scatter(a, Host.longs(indices.ndarray()), indices.shape(), shape));
  }

  /** Places in axes as places in one row: of each column of data. */
  default Tensor ravelMultiIndex(Tensor data, long[] shape) {
    Tensor place = data.get(0).zerosLike();
    for (int axis = 0; axis < shape.length; axis++) {
      place = place.times(shape[axis]).plus(data.get(axis));
    }
    return place;
  }

  /** Places in one row as places in axes: a column for each. */
  default Tensor unravelIndex(Tensor data, long[] shape) {
    java.util.List<Tensor> rows = new java.util.ArrayList<>();
    Tensor rest = data;
    for (int axis = shape.length - 1; axis >= 0; axis--) {
      Tensor place = rest.rem(shape[axis]);
      rows.add(0, place);
      rest = rest.minus(place).div(shape[axis]);
    }
    return data.mx().nd().stack(rows, 0);
  }
}
