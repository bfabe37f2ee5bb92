package dev.headgrad;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import dev.headgrad.djl.Operations;
import java.util.List;

/**
 * Functions that reduce axes: part of {@link Nd}. No axes means all of them. A result of shape ()
 * is given the shape (1).
 */
public sealed interface ReductionFunctions permits Nd {

  /** A reduction of some axes of a DJL array. */
  @FunctionalInterface
  interface Reduction {
    NDArray apply(NDArray x, int[] axes, boolean keepdims);
  }

  private static Tensor reduce(
      Tensor x, int[] axis, boolean keepdims, boolean exclude, Reduction reduction) {
    return reduce(x, axis, keepdims, exclude, reduction, false);
  }

  /** Reduces, with a reduction that may make no other array than its result. */
  private static Tensor reduce(
      Tensor x,
      int[] axis,
      boolean keepdims,
      boolean exclude,
      Reduction reduction,
      boolean makesOneArray) {
    int rank = x.ndim();
    int[] given = axis.length == 0 ? axis : Shapes.axes(axis, rank);
    int[] axes = exclude ? Shapes.except(given, rank) : Shapes.axes(given, rank);
    boolean toScalar = axes.length == rank && !keepdims;
    if (rank == 0 || toScalar && rank > 1) {
      return x.map(a -> reduction.apply(a, axes, keepdims).reshape(1));
    }
    boolean keep = keepdims || toScalar; // the only axis, which then gives the shape (1) at once
    return makesOneArray
        ? x.call(a -> reduction.apply(a, axes, keep))
        : x.map(a -> reduction.apply(a, axes, keep));
  }

  /** The sum, over the axes. */
  default Tensor sum(Tensor x, int... axis) {
    return sum(x, axis, false, false);
  }

  /** The sum, over the axes; {@code keepdims} leaves them with size 1. */
  default Tensor sum(Tensor x, int[] axis, boolean keepdims) {
    return sum(x, axis, keepdims, false);
  }

  /** The sum, over the axes, or over all others if {@code exclude}. */
  default Tensor sum(Tensor x, int[] axis, boolean keepdims, boolean exclude) {
    boolean floating = x.dtype().isFloating();
    if (floating && axis.length == 0 && !keepdims && x.ndim() > 0) {
      return x.call(a -> Operations.of(a).total(a));
    }
    return reduce(x, axis, keepdims, exclude, Reductions::sum, floating);
  }

  /** The mean; of integers, cut to an integer, over the axes. */
  default Tensor mean(Tensor x, int... axis) {
    return mean(x, axis, false, false);
  }

  /**
   * The mean; of integers, cut to an integer, over the axes; {@code keepdims} leaves them with size
   * 1.
   */
  default Tensor mean(Tensor x, int[] axis, boolean keepdims) {
    return mean(x, axis, keepdims, false);
  }

  /**
   * The mean; of integers, cut to an integer, over the axes, or over all others if {@code exclude}.
   */
  default Tensor mean(Tensor x, int[] axis, boolean keepdims, boolean exclude) {
    return reduce(x, axis, keepdims, exclude, Reductions::mean);
  }

  /** The product, over the axes. */
  default Tensor prod(Tensor x, int... axis) {
    return prod(x, axis, false, false);
  }

  /** The product, over the axes; {@code keepdims} leaves them with size 1. */
  default Tensor prod(Tensor x, int[] axis, boolean keepdims) {
    return prod(x, axis, keepdims, false);
  }

  /** The product, over the axes, or over all others if {@code exclude}. */
  default Tensor prod(Tensor x, int[] axis, boolean keepdims, boolean exclude) {
    return reduce(x, axis, keepdims, exclude, Reductions::prod);
  }

  /** The sum, with NaN as 0, over the axes. */
  default Tensor nansum(Tensor x, int... axis) {
    return nansum(x, axis, false, false);
  }

  /** The sum, with NaN as 0, over the axes; {@code keepdims} leaves them with size 1. */
  default Tensor nansum(Tensor x, int[] axis, boolean keepdims) {
    return nansum(x, axis, keepdims, false);
  }

  /** The sum, with NaN as 0, over the axes, or over all others if {@code exclude}. */
  default Tensor nansum(Tensor x, int[] axis, boolean keepdims, boolean exclude) {
    return reduce(x, axis, keepdims, exclude, Reductions::nansum);
  }

  /** The product, with NaN as 1, over the axes. */
  default Tensor nanprod(Tensor x, int... axis) {
    return nanprod(x, axis, false, false);
  }

  /** The product, with NaN as 1, over the axes; {@code keepdims} leaves them with size 1. */
  default Tensor nanprod(Tensor x, int[] axis, boolean keepdims) {
    return nanprod(x, axis, keepdims, false);
  }

  /** The product, with NaN as 1, over the axes, or over all others if {@code exclude}. */
  default Tensor nanprod(Tensor x, int[] axis, boolean keepdims, boolean exclude) {
    return reduce(x, axis, keepdims, exclude, Reductions::nanprod);
  }

  /**
   * The largest element; every one of several equal ones gets the whole gradient, over the axes.
   */
  default Tensor max(Tensor x, int... axis) {
    return max(x, axis, false, false);
  }

  /**
   * The largest element; every one of several equal ones gets the whole gradient, over the axes;
   * {@code keepdims} leaves them with size 1.
   */
  default Tensor max(Tensor x, int[] axis, boolean keepdims) {
    return max(x, axis, keepdims, false);
  }

  /**
   * The largest element; every one of several equal ones gets the whole gradient, over the axes, or
   * over all others if {@code exclude}.
   */
  default Tensor max(Tensor x, int[] axis, boolean keepdims, boolean exclude) {
    return reduce(x, axis, keepdims, exclude, Reductions::max);
  }

  /**
   * The smallest element; every one of several equal ones gets the whole gradient, over the axes.
   */
  default Tensor min(Tensor x, int... axis) {
    return min(x, axis, false, false);
  }

  /**
   * The smallest element; every one of several equal ones gets the whole gradient, over the axes;
   * {@code keepdims} leaves them with size 1.
   */
  default Tensor min(Tensor x, int[] axis, boolean keepdims) {
    return min(x, axis, keepdims, false);
  }

  /**
   * The smallest element; every one of several equal ones gets the whole gradient, over the axes,
   * or over all others if {@code exclude}.
   */
  default Tensor min(Tensor x, int[] axis, boolean keepdims, boolean exclude) {
    return reduce(x, axis, keepdims, exclude, Reductions::min);
  }

  /** The norm of all elements, of order 2. */
  default Tensor norm(Tensor x) {
    return norm(x, 2, new int[0], false);
  }

  /**
   * The norm over the axes.
   *
   * @param ord 1 for the sum of |x|, 2 for the square root of the sum of x²
   */
  default Tensor norm(Tensor x, int ord, int[] axis, boolean keepdims) {
    return reduce(x, axis, keepdims, false, (a, axes, keep) -> Reductions.norm(a, ord, axes, keep));
  }

  /** {@link #norm(Tensor, int, int[], boolean)} over the axes, which go away. */
  default Tensor norm(Tensor x, int ord, int... axis) {
    return norm(x, ord, axis, false);
  }

  /** The norm of order 2 over the axes. */
  default Tensor norm(Tensor x, int[] axis, boolean keepdims) {
    return norm(x, 2, axis, keepdims);
  }

  /** {@link #sum(Tensor, int[], boolean)}. */
  default Tensor sumAxis(Tensor x, int[] axis, boolean keepdims) {
    return sum(x, axis, keepdims);
  }

  /** {@link #max(Tensor, int[], boolean)}. */
  default Tensor maxAxis(Tensor x, int[] axis, boolean keepdims) {
    return max(x, axis, keepdims);
  }

  /** {@link #min(Tensor, int[], boolean)}. */
  default Tensor minAxis(Tensor x, int[] axis, boolean keepdims) {
    return min(x, axis, keepdims);
  }

  /** The sums of each element and all before it, of x as one row. */
  default Tensor cumsum(Tensor x) {
    return cumsum(x.reshape(-1), 0);
  }

  /** The sums of each element and all before it along an axis. */
  default Tensor cumsum(Tensor x, int axis) {
    int at = Shapes.axis(axis, x.ndim());
    return x.map(a -> Elementary.cast(a.cumSum(at), a.getDataType()));
  }

  /** {@link #cumsum(Tensor, int)} in another dtype. */
  default Tensor cumsum(Tensor x, int axis, DataType dtype) {
    return cumsum(x.astype(dtype), axis);
  }

  /** Position of the largest of all elements. */
  default Tensor argmax(Tensor x) {
    return argmax(x.reshape(-1), 0, false);
  }

  /** Positions of the largest elements along an axis, in x's dtype; the first of equal ones. */
  default Tensor argmax(Tensor x, int axis) {
    return argmax(x, axis, false);
  }

  /** Positions of the largest elements along an axis, in x's dtype; the first of equal ones. */
  default Tensor argmax(Tensor x, int axis, boolean keepdims) {
    return reduce(
        x,
        new int[] {axis},
        keepdims,
        false,
        (a, axes, keep) -> Reductions.argmax(a, axes[0], keep));
  }

  /** {@link #argmax(Tensor, int)} of axis 1. */
  default Tensor argmaxChannel(Tensor x) {
    return argmax(x, 1);
  }

  /** Position of the smallest of all elements. */
  default Tensor argmin(Tensor x) {
    return argmin(x.reshape(-1), 0, false);
  }

  /** Positions of the smallest elements along an axis, in x's dtype; the first of equal ones. */
  default Tensor argmin(Tensor x, int axis) {
    return argmin(x, axis, false);
  }

  /** Positions of the smallest elements along an axis, in x's dtype; the first of equal ones. */
  default Tensor argmin(Tensor x, int axis, boolean keepdims) {
    return reduce(
        x,
        new int[] {axis},
        keepdims,
        false,
        (a, axes, keep) -> Reductions.argmin(a, axes[0], keep));
  }

  /** Mean and variance (of the population) over the axes. */
  default List<Tensor> moments(Tensor x, int[] axes, boolean keepdims) {
    Tensor mean = mean(x, axes, keepdims);
    Tensor deviation = x.minus(mean(x, axes, true));
    return List.of(mean, mean(deviation.times(deviation), axes, keepdims));
  }

  /** {@link #moments(Tensor, int[], boolean)} without the reduced axes. */
  default List<Tensor> moments(Tensor x, int... axes) {
    return moments(x, axes, false);
  }
}
