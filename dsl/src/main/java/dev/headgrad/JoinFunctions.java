package dev.headgrad;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import dev.headgrad.djl.Autograd;
import java.lang.ref.Reference;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/** Functions that put arrays together and take them apart: part of {@link Nd}. */
public sealed interface JoinFunctions permits Nd {

  private static Tensor join(List<Tensor> arrays, Function<NDList, NDArray> operation) {
    if (arrays.isEmpty()) {
      throw new IllegalArgumentException("at least one array is needed");
    }
    MX mx = arrays.get(0).mx();
    NDList list = new NDList(arrays.size());
    arrays.forEach(array -> list.add(array.in(mx)));
    Tensor result = mx.compute(() -> operation.apply(list));
    Autograd.noteUse(result.ndarray(), list.toArray(new NDArray[0]));
    Reference.reachabilityFence(arrays);
    return result;
  }

  /** The arrays one after the other along axis 1. */
  default Tensor concat(Tensor... data) {
    return concat(Arrays.asList(data), 1);
  }

  /** The arrays one after the other along an axis. */
  default Tensor concat(List<Tensor> data, int dim) {
    return join(data, list -> Join.concat(list, dim));
  }

  /** {@link #concat(List, int)} along axis 0: MXNet's {@code nd.concatenate}. */
  default Tensor concatenate(List<Tensor> arrays) {
    return concat(arrays, 0);
  }

  /** {@link #concat(List, int)}: MXNet's {@code nd.concatenate}. */
  default Tensor concatenate(List<Tensor> arrays, int axis) {
    return concat(arrays, axis);
  }

  /** The arrays, of one shape, along a new axis 0. */
  default Tensor stack(Tensor... data) {
    return stack(Arrays.asList(data), 0);
  }

  /** The arrays, of one shape, along a new axis. */
  default Tensor stack(List<Tensor> data, int axis) {
    return join(data, list -> Join.stack(list, axis));
  }

  /** The sum of all arrays, which have one shape. */
  default Tensor addN(Tensor... args) {
    return join(
        Arrays.asList(args),
        list -> {
          NDArray sum = list.head();
          for (NDArray next : list.subNDList(1)) {
            Shapes.sameShape(sum, next);
            sum = Elementary.add(sum, next);
          }
          return sum == list.head() ? Elementary.copy(sum) : sum;
        });
  }

  /** {@link #addN}. */
  default Tensor elementWiseSum(Tensor... args) {
    return addN(args);
  }

  /** Equal pieces along axis 1. */
  default List<Tensor> split(Tensor data, int numOutputs) {
    return split(data, numOutputs, 1, false);
  }

  /** Equal pieces along an axis. */
  default List<Tensor> split(Tensor data, int numOutputs, int axis) {
    return split(data, numOutputs, axis, false);
  }

  /**
   * Equal pieces along an axis.
   *
   * @param squeezeAxis whether to drop the axis, if the pieces have size 1
   * @throws IllegalArgumentException if the size of the axis is no multiple of {@code numOutputs}
   */
  default List<Tensor> split(Tensor data, int numOutputs, int axis, boolean squeezeAxis) {
    int at = Shapes.axis(axis, data.ndim());
    long size = data.shape(at);
    if (numOutputs < 1 || size % numOutputs != 0) {
      throw new IllegalArgumentException(
          "axis "
              + at
              + " of size "
              + size
              + " cannot be split into "
              + numOutputs
              + " equal pieces");
    }
    long[] positions = new long[numOutputs - 1];
    Arrays.setAll(positions, i -> (i + 1) * (size / numOutputs));
    return data.mx().computeViews(() -> Layout.split(data.ndarray(), at, positions, squeezeAxis));
  }

  /** {@link #split(Tensor, int, int, boolean)}. */
  default List<Tensor> sliceChannel(Tensor data, int numOutputs, int axis, boolean squeezeAxis) {
    return split(data, numOutputs, axis, squeezeAxis);
  }

  /** {@code sections} equal pieces along an axis. */
  default List<Tensor> splitV2(Tensor data, int sections, int axis, boolean squeezeAxis) {
    return split(data, sections, axis, squeezeAxis);
  }

  /** Pieces along an axis, of which all but the first begin at the given positions. */
  default List<Tensor> splitV2(Tensor data, long[] indices, int axis, boolean squeezeAxis) {
    int at = Shapes.axis(axis, data.ndim());
    return data.mx().computeViews(() -> Layout.split(data.ndarray(), at, indices, squeezeAxis));
  }

  /** Pieces along axis 0, of which all but the first begin at the given positions. */
  default List<Tensor> splitV2(Tensor data, long... indices) {
    return splitV2(data, indices, 0, false);
  }
}
