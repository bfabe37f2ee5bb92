package dev.headgrad;

import ai.djl.ndarray.types.DataType;
import java.util.List;

/** Sorting: part of {@link Nd}. Equal elements keep their order. */
public sealed interface OrderFunctions permits Nd {

  /** The elements along the last axis in ascending order. */
  default Tensor sort(Tensor data) {
    return sort(data, -1, true);
  }

  /** The elements along an axis in ascending order. */
  default Tensor sort(Tensor data, int axis) {
    return sort(data, axis, true);
  }

  /** The elements along the last axis in ascending or descending order. */
  default Tensor sort(Tensor data, boolean isAscend) {
    return sort(data, -1, isAscend);
  }

  /** The elements along an axis in ascending or descending order. */
  default Tensor sort(Tensor data, int axis, boolean isAscend) {
    return data.map(a -> Sorting.along(a, axis, isAscend).values(a));
  }

  /** The places of the elements along the last axis in ascending order, in float32. */
  default Tensor argsort(Tensor data) {
    return argsort(data, -1, true, DataType.FLOAT32);
  }

  /** The places of the elements along an axis in ascending order, in float32. */
  default Tensor argsort(Tensor data, int axis) {
    return argsort(data, axis, true, DataType.FLOAT32);
  }

  /** The places of the elements along an axis in order, in float32. */
  default Tensor argsort(Tensor data, int axis, boolean isAscend) {
    return argsort(data, axis, isAscend, DataType.FLOAT32);
  }

  /** The places of the elements along an axis in order. */
  default Tensor argsort(Tensor data, int axis, boolean isAscend, DataType dtype) {
    return data.map(a -> Sorting.along(a, axis, isAscend).places(a, dtype));
  }

  /** The place of the largest element along the last axis, in float32. */
  default Tensor topk(Tensor data) {
    return topk(data, 1);
  }

  /** The places of the k largest elements along the last axis, in float32. */
  default Tensor topk(Tensor data, int k) {
    return topk(data, k, "indices");
  }

  /** {@link #topk(Tensor, int, int, String, boolean)} along the last axis, largest first. */
  default Tensor topk(Tensor data, int k, String retTyp) {
    return topk(data, -1, k, retTyp, false);
  }

  /** {@link #topk(Tensor, int, int, String, boolean)}, largest first. */
  default Tensor topk(Tensor data, int axis, int k, String retTyp) {
    return topk(data, axis, k, retTyp, false);
  }

  /**
   * The k largest, or least, elements along an axis.
   *
   * @param k how many; 0 for all
   * @param retTyp {@code indices}, in float32; {@code value}; or {@code mask}: 1 for those
   *     elements. For {@code both} there is {@link #topkBoth}
   * @throws IllegalArgumentException if k is larger than the axis
   */
  default Tensor topk(Tensor data, int axis, int k, String retTyp, boolean isAscend) {
    return topk(data, axis, k, retTyp, isAscend, DataType.FLOAT32);
  }

  /** {@link #topk(Tensor, int, int, String, boolean)} with the dtype of the places. */
  default Tensor topk(
      Tensor data, int axis, int k, String retTyp, boolean isAscend, DataType dtype) {
    return data.map(
        a -> {
          Sorting.Order first = Sorting.along(a, axis, isAscend).first(k);
          return switch (retTyp) {
            case "indices" -> first.places(a, dtype);
            case "value" -> first.values(a);
            case "mask" -> first.mask(a);
            default ->
                throw new IllegalArgumentException(
                    "there is no result " + retTyp + "; indices, value and mask are");
          };
        });
  }

  /** Values and places of the k largest, or least, elements along an axis. */
  default List<Tensor> topkBoth(Tensor data, int axis, int k, boolean isAscend) {
    return List.of(
        topk(data, axis, k, "value", isAscend), topk(data, axis, k, "indices", isAscend));
  }
}
