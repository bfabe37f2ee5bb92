package dev.headgrad;

import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Functions that change the shape or the order of elements: part of {@link Nd}. */
public sealed interface ShapeFunctions permits Nd {

  /**
   * The elements in another shape.
   *
   * @param shape sizes, or MXNet's codes: 0 copies the dimension, -1 is what is left, -2 copies all
   *     remaining dimensions, -3 joins the next two, -4 splits the next one into the two sizes that
   *     follow it
   * @throws IllegalArgumentException if the sizes do not fit
   */
  default Tensor reshape(Tensor data, long... shape) {
    return reshape(data, shape, false);
  }

  /** {@link #reshape(Tensor, long...)}, matching dimensions from the end if {@code reverse}. */
  default Tensor reshape(Tensor data, long[] shape, boolean reverse) {
    Shape target = ReshapeCodes.resolve(data.shape(), shape, reverse);
    return data.view(a -> a.reshape(target));
  }

  /** The elements of one array in the shape of another. */
  default Tensor reshapeLike(Tensor lhs, Tensor rhs) {
    return reshape(lhs, rhs.shape().getShape());
  }

  /**
   * Some axes of lhs in the sizes of some axes of rhs; the other axes of lhs stay.
   *
   * @param lhsBegin first of the axes of lhs, from the end if negative; null for 0
   * @param lhsEnd axis of lhs before which they end; null for all that follow
   * @param rhsBegin first of the axes of rhs
   * @param rhsEnd axis of rhs before which they end
   */
  default Tensor reshapeLike(
      Tensor lhs,
      Tensor rhs,
      @Nullable Long lhsBegin,
      @Nullable Long lhsEnd,
      @Nullable Long rhsBegin,
      @Nullable Long rhsEnd) {
    Slice replaced = Slice.of(lhsBegin, lhsEnd, 1);
    Slice sizes = Slice.of(rhsBegin, rhsEnd, 1);
    int from = (int) replaced.first(lhs.ndim());
    int rest = from + (int) replaced.count(lhs.ndim());
    int first = (int) sizes.first(rhs.ndim());
    int count = (int) sizes.count(rhs.ndim());
    long[] shape = new long[from + count + lhs.ndim() - rest];
    for (int i = 0; i < shape.length; i++) {
      shape[i] =
          i < from
              ? lhs.shape(i)
              : i < from + count ? rhs.shape(first + i - from) : lhs.shape(i - from - count + rest);
    }
    return reshape(lhs, shape);
  }

  /** All axes but the first joined into one. */
  default Tensor flatten(Tensor data) {
    return reshape(data, data.ndim() == 1 ? new long[] {0, 1} : new long[] {0, -1});
  }

  /** The axes in the given order, or in reverse if none is given. */
  default Tensor transpose(Tensor data, int... axes) {
    return data.view(a -> Layout.transpose(a, axes));
  }

  /** Two axes exchanged. */
  default Tensor swapaxes(Tensor data, int dim1, int dim2) {
    int first = Shapes.axis(dim1, data.ndim());
    int second = Shapes.axis(dim2, data.ndim());
    return data.view(a -> Layout.swapAxes(a, first, second));
  }

  /** {@link #swapaxes}. */
  default Tensor swapAxis(Tensor data, int dim1, int dim2) {
    return swapaxes(data, dim1, dim2);
  }

  /** One axis moved to another place, the others kept in order. */
  default Tensor moveaxis(Tensor data, int source, int destination) {
    int rank = data.ndim();
    int from = Shapes.axis(source, rank);
    int to = Shapes.axis(destination, rank);
    int[] order = new int[rank];
    int next = 0;
    for (int i = 0; i < rank; i++) {
      if (i == to) {
        order[i] = from;
      } else {
        next += next == from ? 1 : 0;
        order[i] = next++;
      }
    }
    return transpose(data, order);
  }

  /** A new axis of size 1 at the given place. */
  default Tensor expandDims(Tensor data, int axis) {
    int at = Shapes.axis(axis, data.ndim() + 1);
    return data.view(a -> a.reshape(Shapes.insert(a.getShape(), at, 1)));
  }

  /** Without the given axes, which have size 1; without all such axes if none is given. */
  default Tensor squeeze(Tensor data, int... axis) {
    return data.view(
        a -> {
          var squeezed = Layout.squeeze(a, axis);
          return Indexing.reshape(squeezed, Shapes.atLeast1d(squeezed.getShape()));
        });
  }

  /** The elements of the given axes in reverse order. */
  default Tensor flip(Tensor data, int... axis) {
    int[] axes = Shapes.axes(axis, data.ndim());
    return data.map(a -> a.flip(axes));
  }

  /** {@link #flip}. */
  default Tensor reverse(Tensor data, int... axis) {
    return flip(data, axis);
  }

  /** The array repeated {@code reps[i]} times along axis i; missing axes are added in front. */
  default Tensor tile(Tensor data, long... reps) {
    return data.map(a -> Layout.tile(a, reps));
  }

  /** Each element repeated, in one axis. */
  default Tensor repeat(Tensor data, long repeats) {
    return data.map(a -> Layout.repeat(a.flatten(), repeats, 0));
  }

  /** Each element repeated along an axis. */
  default Tensor repeat(Tensor data, long repeats, int axis) {
    int at = Shapes.axis(axis, data.ndim());
    return data.map(a -> Layout.repeat(a, repeats, at));
  }

  /** The main diagonal of a matrix, or the matrix with this main diagonal. */
  default Tensor diag(Tensor data) {
    return diag(data, 0);
  }

  /** The k-th diagonal of a matrix, counted to the right, or the matrix with this k-th diagonal. */
  default Tensor diag(Tensor data, int k) {
    return diag(data, k, 0, 1);
  }

  /** The k-th diagonal of the matrices in two axes; it becomes the last axis. */
  default Tensor diag(Tensor data, int k, int axis1, int axis2) {
    if (data.ndim() == 1) {
      return data.map(a -> Layout.diag(a, k, 0, 1));
    }
    int first = Shapes.axis(axis1, data.ndim());
    int second = Shapes.axis(axis2, data.ndim());
    return data.map(a -> Layout.diag(a, k, first, second));
  }

  /** Blocks of channels, of NCHW images, as squares of pixels. */
  default Tensor depthToSpace(Tensor data, int blockSize) {
    return data.map(a -> Layout.depthToSpace(a, blockSize));
  }

  /** Squares of pixels, of NCHW images, as blocks of channels. */
  default Tensor spaceToDepth(Tensor data, int blockSize) {
    return data.map(a -> Layout.spaceToDepth(a, blockSize));
  }

  /**
   * Pads axes.
   *
   * @param mode {@code "constant"}, {@code "edge"} (repeat the outermost elements) or {@code
   *     "reflect"} (mirror at the outermost elements)
   * @param padWidth widths before and after, for each axis
   * @param constantValue the constant
   */
  default Tensor pad(Tensor data, String mode, long[] padWidth, double constantValue) {
    if (data.ndim() != 4 && data.ndim() != 5) {
      throw new IllegalArgumentException(
          "pad takes images of four or five dimensions, not of shape " + Shapes.text(data.shape()));
    }
    if (padWidth.length != 2 * data.ndim()) {
      throw new IllegalArgumentException(
          "pad_width of an array of shape "
              + Shapes.text(data.shape())
              + " has "
              + 2 * data.ndim()
              + " entries, two for each axis, not "
              + Arrays.toString(padWidth));
    }
    return switch (mode) {
      case "constant" -> data.map(a -> Layout.padConstant(a, padWidth, constantValue));
      case "edge" -> data.map(a -> Layout.padEdge(a, padWidth, false));
      case "reflect" -> data.map(a -> Layout.padEdge(a, padWidth, true));
      default ->
          throw new IllegalArgumentException(
              "unknown padding mode '" + mode + "': it is constant, edge or reflect");
    };
  }

  /** {@link #pad(Tensor, String, long[], double)} with 0. */
  default Tensor pad(Tensor data, String mode, long[] padWidth) {
    return pad(data, mode, padWidth, 0);
  }

  /** Axes of size 1 stretched; a size of 0 keeps the axis as it is. */
  default Tensor broadcastTo(Tensor data, long... shape) {
    long[] dims = shape.clone();
    for (int i = 0; i < dims.length && dims.length == data.ndim(); i++) {
      dims[i] = dims[i] == 0 ? data.shape(i) : dims[i];
    }
    Shape target = new Shape(dims);
    if (!Shapes.broadcast(data.shape(), target).equals(target)) {
      throw new IllegalArgumentException(
          "an array of shape "
              + Shapes.text(data.shape())
              + " cannot be broadcast to "
              + Shapes.text(target));
    }
    return data.view(a -> Select.to(a, target));
  }

  /** Axes of size 1 stretched to the given sizes. */
  default Tensor broadcastAxis(Tensor data, int[] axis, long[] size) {
    long[] dims = data.shape().getShape().clone();
    for (int i = 0; i < axis.length; i++) {
      dims[Shapes.axis(axis[i], dims.length)] = size[i];
    }
    return broadcastTo(data, dims);
  }

  /** An axis of size 1 stretched. */
  default Tensor broadcastAxis(Tensor data, int axis, long size) {
    return broadcastAxis(data, new int[] {axis}, new long[] {size});
  }

  /** {@link #broadcastAxis(Tensor, int[], long[])}. */
  default Tensor broadcastAxes(Tensor data, int[] axis, long[] size) {
    return broadcastAxis(data, axis, size);
  }

  /** Axes of size 1 stretched to the shape of another array. */
  default Tensor broadcastLike(Tensor lhs, Tensor rhs) {
    return broadcastTo(lhs, rhs.shape().getShape());
  }

  /** The given axes of lhs, of size 1, stretched to the sizes of axes of rhs. */
  default Tensor broadcastLike(Tensor lhs, Tensor rhs, int[] lhsAxes, int[] rhsAxes) {
    long[] sizes = new long[rhsAxes.length];
    Arrays.setAll(sizes, i -> rhs.shape(rhsAxes[i]));
    return broadcastAxis(lhs, lhsAxes, sizes);
  }

  /** The shape, as an int64 array. */
  default Tensor shapeArray(Tensor data) {
    return data.map(Layout::shapeOf);
  }

  /** The number of elements, as an int64 array of shape (1). */
  default Tensor sizeArray(Tensor data) {
    return data.map(a -> a.getManager().create(new long[] {a.size()}));
  }
}
