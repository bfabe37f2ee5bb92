package dev.headgrad;

import ai.djl.ndarray.types.DataType;
import java.util.ArrayList;
import java.util.List;

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

  /** For each row of a, the element that the indices name. */
  default Tensor batchTake(Tensor a, Tensor indices) {
    return pick(a, indices, 1);
  }

  /** Zeros of a shape, with data written where the columns of the indices say; a later one wins. */
  default Tensor scatterNd(Tensor data, Tensor indices, long[] shape) {
    long size = 1;
    Tensor place = indices.get(0).times(0).reshape(-1);
    for (int axis = shape.length - 1; axis >= 0; axis--) {
      place = place.plus(indices.get(axis).times(size).reshape(-1));
      size *= shape[axis];
    }
    Tensor chosen = hot(place.detach().astype(data.dtype()), size);
    return indices.mx().nd().dot(data.reshape(1, -1), chosen).reshape(shape);
  }

  /** The slices along the first axis where the mask is not 0. */
  default Tensor booleanMask(Tensor data, Tensor index) {
    double[] mask = index.astype(DataType.FLOAT64).toDoubleArray();
    List<Integer> rows = new ArrayList<>();
    for (int i = 0; i < mask.length; i++) {
      if (mask[i] != 0) {
        rows.add(i);
      }
    }
    return data.get(rows.stream().mapToInt(i -> i).toArray());
  }

  /** data cut to the lengths of another array, along all axes. */
  default Tensor sliceLike(Tensor data, Tensor shapeLike) {
    Object[] index = new Object[data.ndim()];
    for (int i = 0; i < index.length; i++) {
      index[i] = Slice.of(0, shapeLike.shape(i));
    }
    return data.get(index);
  }

  /** The last step of each sequence (steps, batch, …), given their lengths. */
  default Tensor sequenceLast(Tensor data, Tensor sequenceLength, boolean useSequenceLength) {
    if (!useSequenceLength) {
      return data.get(-1);
    }
    Tensor chosen = hot(sequenceLength.minus(1), data.shape(0)).T();
    return chosen(data, chosen);
  }

  private static Tensor chosen(Tensor data, Tensor steps) {
    long[] shape = new long[data.ndim()];
    java.util.Arrays.fill(shape, 1);
    shape[0] = data.shape(0);
    shape[1] = data.shape(1);
    Tensor mask = steps.astype(data.dtype()).reshape(shape).broadcastLike(data);
    return data.mx().nd().where(mask, data, data.zerosLike()).sum(0);
  }

  /** Each sequence (steps, batch, …) reversed, up to its length. */
  default Tensor sequenceReverse(Tensor data, Tensor sequenceLength, boolean useSequenceLength) {
    Nd nd = data.mx().nd();
    if (!useSequenceLength) {
      return data.flip(0);
    }
    int steps = (int) data.shape(0);
    double[] lengths = sequenceLength.astype(DataType.FLOAT64).toDoubleArray();
    List<Tensor> columns = new ArrayList<>();
    for (int b = 0; b < lengths.length; b++) {
      int[] order = new int[steps];
      for (int t = 0; t < steps; t++) {
        order[t] = t < lengths[b] ? (int) lengths[b] - 1 - t : t;
      }
      columns.add(data.get(Slice.ALL, b).get(order));
    }
    return nd.stack(columns, 1);
  }

  /** The places of the k largest elements along the last axis, in data's dtype. */
  default Tensor topk(Tensor data, int k) {
    return topk(data, k, "indices");
  }

  /** {@link #topk(Tensor, int, int, String, boolean)} along the last axis, largest first. */
  default Tensor topk(Tensor data, int k, String retTyp) {
    return topk(data, -1, k, retTyp, false);
  }

  /**
   * The k largest, or least, elements along an axis.
   *
   * @param retTyp {@code indices}, {@code value}, or {@code mask}: 1 for those elements
   */
  default Tensor topk(Tensor data, int axis, int k, String retTyp, boolean isAscend) {
    int at = Shapes.axis(axis, data.ndim());
    Tensor order = data.map(x -> Elementary.cast(x.argSort(at, isAscend), data.dtype()));
    Object[] first = new Object[at + 1];
    java.util.Arrays.fill(first, Slice.ALL);
    first[at] = Slice.of(0, k);
    Tensor places = order.get(first);
    Tensor mask = hot(places.swapaxes(at, data.ndim() - 1), data.shape(at)).sum(-2);
    Tensor zero = data.times(0); // reached, with gradient 0
    switch (retTyp) {
      case "indices":
        return places.plus(zero.get(first));
      case "mask":
        return mask.swapaxes(at, data.ndim() - 1).plus(zero);
      case "value":
        Tensor lanes = data.swapaxes(at, data.ndim() - 1).expandDims(-2);
        Tensor hot = hot(places.swapaxes(at, data.ndim() - 1), data.shape(at));
        return hot.times(lanes).sum(-1).swapaxes(at, data.ndim() - 1);
      default:
        throw new IllegalArgumentException(
            "there is no result " + retTyp + "; indices, value and mask are");
    }
  }
}
