package dev.headgrad;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Operations that move elements without changing them. Axes are counted from the front. */
final class Layout {
  private Layout() {}

  /** The axes in reverse, or in the given order. */
  static NDArray transpose(NDArray x, int[] axes) {
    int rank = x.getShape().dimension();
    int[] order = new int[rank];
    if (axes.length == 0) {
      for (int i = 0; i < rank; i++) {
        order[i] = rank - 1 - i;
      }
    } else {
      if (axes.length != rank) {
        throw new IllegalArgumentException(
            "transpose of an array of shape "
                + Shapes.text(x.getShape())
                + " needs "
                + rank
                + " axes, got "
                + Arrays.toString(axes));
      }
      Shapes.axes(axes, rank); // each one once
      for (int i = 0; i < rank; i++) {
        order[i] = Shapes.axis(axes[i], rank);
      }
    }
    return Indexing.transpose(x, order);
  }

  static NDArray swapAxes(NDArray x, int axis1, int axis2) {
    int[] order = new int[x.getShape().dimension()];
    Arrays.setAll(order, i -> i == axis1 ? axis2 : i == axis2 ? axis1 : i);
    return Indexing.transpose(x, order);
  }

  /** Without the given axes, all of size 1; without any axis of size 1 if none is given. */
  static NDArray squeeze(NDArray x, int[] axes) {
    Shape shape = x.getShape();
    int[] resolved = Shapes.axes(axes, shape.dimension());
    long[] dims = new long[shape.dimension()];
    int n = 0;
    for (int i = 0; i < dims.length; i++) {
      boolean named = Arrays.binarySearch(resolved, i) >= 0;
      if (!named || shape.get(i) != 1) {
        if (named && axes.length > 0) {
          throw new IllegalArgumentException(
              "cannot squeeze axis "
                  + i
                  + " of shape "
                  + Shapes.text(shape)
                  + ": its size is not 1");
        }
        dims[n++] = shape.get(i);
      }
    }
    return Indexing.reshape(x, new Shape(Arrays.copyOf(dims, n)));
  }

  /** The array {@code reps[i]} times along axis i; missing axes are added in front. */
  static NDArray tile(NDArray x, long[] reps) {
    Shape shape = x.getShape();
    int rank = Math.max(shape.dimension(), reps.length);
    // Each axis of size n becomes (1, n), broadcast to (reps, n), and joined to reps * n.
    long[] split = new long[2 * rank];
    long[] spread = new long[2 * rank];
    long[] joined = new long[rank];
    for (int i = 0; i < rank; i++) {
      int own = i - (rank - shape.dimension());
      int rep = i - (rank - reps.length);
      long n = own < 0 ? 1 : shape.get(own);
      long times = rep < 0 ? 1 : reps[rep];
      split[2 * i] = 1;
      split[2 * i + 1] = n;
      spread[2 * i] = times;
      spread[2 * i + 1] = n;
      joined[i] = times * n;
    }
    return x.reshape(new Shape(split)).broadcast(new Shape(spread)).reshape(new Shape(joined));
  }

  /** Each element {@code times} times in succession along an axis. */
  static NDArray repeat(NDArray x, long times, int axis) {
    Shape shape = x.getShape();
    Shape split = Shapes.insert(shape, axis + 1, 1);
    Shape spread = Shapes.insert(shape, axis + 1, times);
    return x.reshape(split)
        .broadcast(spread)
        .reshape(Shapes.with(shape, axis, shape.get(axis) * times));
  }

  /** NCHW with blocks of channels moved to squares of pixels. */
  static NDArray depthToSpace(NDArray x, long block) {
    Shape s = image(x);
    long channels = s.get(1) / (block * block);
    check(channels * block * block == s.get(1), "channels", s.get(1), block * block);
    return x.reshape(new Shape(s.get(0), block, block, channels, s.get(2), s.get(3)))
        .transpose(0, 3, 4, 1, 5, 2)
        .reshape(new Shape(s.get(0), channels, s.get(2) * block, s.get(3) * block));
  }

  /** NCHW with squares of pixels moved to blocks of channels. */
  static NDArray spaceToDepth(NDArray x, long block) {
    Shape s = image(x);
    check(s.get(2) % block == 0, "height", s.get(2), block);
    check(s.get(3) % block == 0, "width", s.get(3), block);
    return x.reshape(
            new Shape(s.get(0), s.get(1), s.get(2) / block, block, s.get(3) / block, block))
        .transpose(0, 3, 5, 1, 2, 4)
        .reshape(new Shape(s.get(0), s.get(1) * block * block, s.get(2) / block, s.get(3) / block));
  }

  private static Shape image(NDArray x) {
    Shape shape = x.getShape();
    if (shape.dimension() != 4) {
      throw new IllegalArgumentException(
          "expected an array of shape (batch, channels, height, width), got " + Shapes.text(shape));
    }
    return shape;
  }

  private static void check(boolean divides, String what, long size, long block) {
    if (!divides) {
      throw new IllegalArgumentException(
          "the " + what + ", " + size + ", cannot be divided by " + block);
    }
  }

  /**
   * A diagonal of a matrix (of the last axes {@code axis1, axis2}), or a matrix with a diagonal.
   */
  static NDArray diag(NDArray x, int k, int axis1, int axis2) {
    Shape shape = x.getShape();
    if (shape.dimension() == 1) {
      long n = shape.get(0) + Math.abs(k);
      long[] rows = new long[(int) (n * n)];
      Arrays.fill(rows, shape.get(0));
      for (int i = 0; i < shape.get(0); i++) {
        int row = i + Math.max(0, -k);
        rows[(int) (row * n + row + k)] = i;
      }
      NDArray zero = x.getManager().zeros(new Shape(1), x.getDataType());
      NDArray padded = Join.concat(new NDList(x, zero), 0);
      return Indexing.takeRows(padded, rows).reshape(new Shape(n, n));
    }
    int rank = shape.dimension();
    int[] order = new int[rank];
    int n = 2;
    order[0] = axis1;
    order[1] = axis2;
    for (int i = 0; i < rank; i++) {
      if (i != axis1 && i != axis2) {
        order[n++] = i;
      }
    }
    NDArray front = Indexing.transpose(x, order);
    long height = shape.get(axis1);
    long width = shape.get(axis2);
    long length = Math.max(0, Math.min(height - Math.max(0, -k), width - Math.max(0, k)));
    if (length == 0) {
      throw new IllegalArgumentException(
          "an array of shape " + Shapes.text(shape) + " has no diagonal " + k);
    }
    long[] rows = new long[(int) length];
    for (int i = 0; i < length; i++) {
      rows[i] = (i + Math.max(0, -k)) * width + i + Math.max(0, k);
    }
    long[] dims = new long[rank - 1];
    dims[0] = height * width;
    for (int i = 2; i < rank; i++) {
      dims[i - 1] = shape.get(order[i]);
    }
    NDArray diagonal = Indexing.takeRows(front.reshape(new Shape(dims)), rows);
    int[] back = new int[rank - 1];
    for (int i = 0; i < back.length; i++) {
      back[i] = i == back.length - 1 ? 0 : i + 1;
    }
    return Indexing.transpose(diagonal, back);
  }

  /**
   * Pads with a constant.
   *
   * @param widths before and after, for each axis
   */
  static NDArray padConstant(NDArray x, long[] widths, Number value) {
    NDArray padded = x;
    for (int axis = 0; axis < x.getShape().dimension(); axis++) {
      NDList pieces = new NDList(3);
      if (widths[2 * axis] > 0) {
        pieces.add(filler(padded, axis, widths[2 * axis], value));
      }
      pieces.add(padded);
      if (widths[2 * axis + 1] > 0) {
        pieces.add(filler(padded, axis, widths[2 * axis + 1], value));
      }
      padded = pieces.size() == 1 ? padded : Join.concat(pieces, axis);
    }
    return padded;
  }

  private static NDArray filler(NDArray x, int axis, long width, Number value) {
    return Elementary.full(x, Shapes.with(x.getShape(), axis, width), value);
  }

  /**
   * Pads with elements of the array.
   *
   * @param widths before and after, for each axis
   * @param reflect whether to mirror the elements at the edge, rather than to repeat those there
   */
  static NDArray padEdge(NDArray x, long[] widths, boolean reflect) {
    NDArray padded = x;
    for (int axis = 0; axis < x.getShape().dimension(); axis++) {
      long before = widths[2 * axis];
      long after = widths[2 * axis + 1];
      long size = x.getShape().get(axis);
      if (before == 0 && after == 0) {
        continue;
      }
      if (reflect && Math.max(before, after) >= size) {
        throw new IllegalArgumentException(
            "cannot reflect " + Math.max(before, after) + " elements of an axis of size " + size);
      }
      long[] positions = new long[(int) (before + size + after)];
      for (int i = 0; i < positions.length; i++) {
        long at = i - before;
        if (reflect) {
          at = at < 0 ? -at : at >= size ? 2 * (size - 1) - at : at;
        } else {
          at = Math.max(0, Math.min(size - 1, at));
        }
        positions[i] = at;
      }
      padded = takeAlong(padded, axis, positions);
    }
    return padded;
  }

  /** The elements at the given positions of one axis. */
  static NDArray takeAlong(NDArray x, int axis, long[] positions) {
    if (axis == 0) {
      return Indexing.takeRows(x, positions);
    }
    NDArray front = swapAxes(x, 0, axis);
    return swapAxes(Indexing.takeRows(front, positions), 0, axis);
  }

  /** The pieces of an axis between the given positions. */
  static List<NDArray> split(NDArray x, int axis, long[] at, boolean squeezeAxis) {
    List<NDArray> pieces = new ArrayList<>();
    long from = 0;
    long size = x.getShape().get(axis);
    for (int i = 0; i <= at.length; i++) {
      long to = i < at.length ? Math.min(at[i], size) : size;
      NDArray piece = Indexing.range(x, axis, from, to);
      pieces.add(squeezeAxis ? squeeze(piece, new int[] {axis}) : piece);
      from = to;
    }
    return pieces;
  }

  /** The shape as an int64 array. */
  static NDArray shapeOf(NDArray x) {
    return x.getManager().create(x.getShape().getShape()).toType(DataType.INT64, false);
  }
}
