package dev.headgrad;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.headgrad.djl.Operations;
import java.util.function.UnaryOperator;

/** Reductions over axes, which are given in ascending order and not empty unless x is 0-d. */
final class Reductions {
  private Reductions() {}

  static NDArray sum(NDArray x, int[] axes, boolean keepdims) {
    if (axes.length == 0) {
      return Elementary.copy(x);
    }
    Operations operations = Operations.of(x);
    NDArray sums = operations.sum(x, axes, keepdims);
    DataType dtype = operations.dtype(x);
    return dtype.isFloating() ? sums : Elementary.cast(sums, dtype); // sums of int32 may be int64
  }

  static NDArray mean(NDArray x, int[] axes, boolean keepdims) {
    long count = 1;
    for (int axis : axes) {
      count *= x.getShape().get(axis);
    }
    NDArray sums = sum(x, axes, keepdims);
    if (Shapes.reduced(x.getShape(), axes, keepdims).dimension() > 0) {
      return Elementary.div(sums, count);
    }
    // a 0-d array would take the dtype of the number on PyTorch
    return Elementary.div(sums.reshape(1), count).reshape(new Shape());
  }

  static NDArray nansum(NDArray x, int[] axes, boolean keepdims) {
    return sum(withoutNaN(x, 0), axes, keepdims);
  }

  static NDArray nanprod(NDArray x, int[] axes, boolean keepdims) {
    return prod(withoutNaN(x, 1), axes, keepdims);
  }

  private static NDArray withoutNaN(NDArray x, int instead) {
    return x.getDataType().isFloating() ? Select.where(x.neq(x), instead, x) : x;
  }

  /**
   * The product, by halves: multiplying the first half of the elements with the second until one is
   * left. Its gradient is right where elements are 0, unlike that of dividing the product by each.
   */
  static NDArray prod(NDArray x, int[] axes, boolean keepdims) {
    return overLastAxis(
        x,
        axes,
        keepdims,
        rows -> {
          NDArray left = rows;
          long n = left.getShape().get(1);
          if (n == 0) {
            return Elementary.full(rows, new Shape(rows.getShape().get(0), 1), 1);
          }
          while (n > 1) {
            long half = n / 2;
            NDArray product = columns(left, 0, half).mul(columns(left, half, 2 * half));
            left =
                n % 2 == 0 ? product : Join.concat(new NDList(product, columns(left, n - 1, n)), 1);
            n = n - half;
          }
          return left;
        });
  }

  /** The largest elements; every one of several that are equal gets the whole gradient. */
  static NDArray max(NDArray x, int[] axes, boolean keepdims) {
    return extreme(x, axes, keepdims, rows -> rows.max(new int[] {1}, true));
  }

  /** The smallest elements; every one of several that are equal gets the whole gradient. */
  static NDArray min(NDArray x, int[] axes, boolean keepdims) {
    return extreme(x, axes, keepdims, rows -> rows.min(new int[] {1}, true));
  }

  private static NDArray extreme(
      NDArray x, int[] axes, boolean keepdims, UnaryOperator<NDArray> ofRows) {
    for (int axis : axes) {
      if (x.getShape().get(axis) == 0) {
        throw new IllegalArgumentException(
            "an array of shape "
                + Shapes.text(x.getShape())
                + " has no largest or smallest element"
                + " along axis "
                + axis);
      }
    }
    return overLastAxis(
        x,
        axes,
        keepdims,
        rows ->
            Custom.apply(
                rows,
                ofRows,
                (head, in, out) ->
                    Elementary.truth(in.eq(out.broadcast(in.getShape())), in).mul(head)));
  }

  /**
   * The norm of order 1 or 2 over the axes.
   *
   * @throws IllegalArgumentException if the order is another
   */
  static NDArray norm(NDArray x, int order, int[] axes, boolean keepdims) {
    return switch (order) {
      case 1 -> sum(x.abs(), axes, keepdims);
      case 2 -> sum(x.square(), axes, keepdims).sqrt();
      default -> throw new IllegalArgumentException("norm has order 1 or 2, not " + order);
    };
  }

  /** Positions of the largest elements along an axis, in x's dtype; the first of equal ones. */
  static NDArray argmax(NDArray x, int axis, boolean keepdims) {
    return position(x, axis, keepdims, a -> a.argMax(axis));
  }

  /** Positions of the smallest elements along an axis, in x's dtype; the first of equal ones. */
  static NDArray argmin(NDArray x, int axis, boolean keepdims) {
    return position(x, axis, keepdims, a -> a.argMin(axis));
  }

  private static NDArray position(
      NDArray x, int axis, boolean keepdims, UnaryOperator<NDArray> find) {
    Shape shape = Shapes.reduced(x.getShape(), new int[] {axis}, keepdims);
    DataType dtype = x.getDataType();
    return Custom.apply(
        x,
        a -> Indexing.reshape(Elementary.cast(find.apply(a), dtype), shape),
        (head, in, out) -> in.zerosLike());
  }

  /**
   * Applies a reduction of the second axis to x as a matrix with the reduced axes in its columns.
   */
  static NDArray overLastAxis(
      NDArray x, int[] axes, boolean keepdims, UnaryOperator<NDArray> reduceColumns) {
    Shape shape = x.getShape();
    int rank = shape.dimension();
    int[] kept = Shapes.except(axes, rank);
    int[] order = new int[rank];
    long rows = 1;
    for (int i = 0; i < kept.length; i++) {
      order[i] = kept[i];
      rows *= shape.get(kept[i]);
    }
    System.arraycopy(axes, 0, order, kept.length, axes.length);
    long columns = 1;
    for (int axis : axes) {
      columns *= shape.get(axis);
    }
    NDArray matrix = Indexing.reshape(Indexing.transpose(x, order), new Shape(rows, columns));
    return Indexing.reshape(reduceColumns.apply(matrix), Shapes.reduced(shape, axes, keepdims));
  }

  private static NDArray columns(NDArray matrix, long from, long to) {
    return Indexing.range(matrix, 1, from, to);
  }
}
