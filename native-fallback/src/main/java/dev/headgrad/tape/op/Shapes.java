package dev.headgrad.tape.op;

import ai.djl.ndarray.types.Shape;
import dev.headgrad.tape.core.DenseArray;
import dev.headgrad.tape.core.Dims;
import dev.headgrad.tape.core.Elements;
import dev.headgrad.tape.core.Node;
import dev.headgrad.tape.core.UnaryOp;
import java.util.Arrays;

/** Other layouts of the same elements: reshape, transpose, broadcast. Views where they can be. */
public final class Shapes {

  private Shapes() {}

  private static final class Reshape extends UnaryOp {
    private final int[] dims;

    Reshape(int[] dims) {
      super("reshape", Keeps.NOTHING);
      this.dims = dims;
    }

    @Override
    protected DenseArray forward(DenseArray x) {
      int[] strides =
          x.isContiguous() ? Dims.strides(dims) : Dims.reshapedStrides(x.dims(), x.strides(), dims);
      if (strides != null) {
        return x.view(dims, strides, x.offset());
      }
      DenseArray copy = Elements.copy(x);
      DenseArray y = copy.view(dims, Dims.strides(dims), 0);
      copy.release();
      return y;
    }

    @Override
    protected DenseArray gradient(Node node, DenseArray head) {
      return reshape(head, node.inputDims(0));
    }
  }

  private static final class Transpose extends UnaryOp {
    private final int[] axes;

    Transpose(int[] axes) {
      super("transpose", Keeps.NOTHING);
      this.axes = axes;
    }

    @Override
    protected DenseArray forward(DenseArray x) {
      int[] dims = new int[axes.length];
      int[] strides = new int[axes.length];
      for (int i = 0; i < axes.length; i++) {
        dims[i] = x.dims()[axes[i]];
        strides[i] = x.strides()[axes[i]];
      }
      return x.view(dims, strides, x.offset());
    }

    @Override
    protected DenseArray gradient(Node node, DenseArray head) {
      int[] inverse = new int[axes.length];
      for (int i = 0; i < axes.length; i++) {
        inverse[axes[i]] = i;
      }
      return transpose(head, inverse);
    }
  }

  private static final class Broadcast extends UnaryOp {
    private final int[] dims;

    Broadcast(int[] dims) {
      super("broadcast", Keeps.NOTHING);
      this.dims = dims;
    }

    @Override
    protected DenseArray forward(DenseArray x) {
      return repeated(x, dims);
    }

    @Override
    protected DenseArray gradient(Node node, DenseArray head) {
      return head; // the engine sums it back
    }
  }

  /**
   * The same elements in other dimensions; a view of x if strides can express it, as they always
   * can if x is contiguous or only axes of length 1 come and go.
   *
   * @throws IllegalArgumentException if the number of elements differs
   */
  public static DenseArray reshape(DenseArray x, int... dims) {
    if (Dims.size(dims) != x.size()) {
      throw new IllegalArgumentException(
          "an array of shape "
              + Dims.text(x.dims())
              + " cannot be reshaped to "
              + Dims.text(dims)
              + ": it has "
              + x.size()
              + " elements");
    }
    return new Reshape(dims).apply(x);
  }

  /**
   * The dimensions that a shape means for an array of a given size: one of them may be -1, which
   * stands for what is left.
   *
   * @throws IllegalArgumentException if nothing fits there, or more than one is negative
   */
  public static int[] inferred(Shape shape, int size) {
    int unknown = -1;
    long known = 1;
    for (int i = 0; i < shape.dimension(); i++) {
      if (shape.get(i) != -1) {
        known *= shape.get(i);
      } else if (unknown >= 0) {
        throw new IllegalArgumentException(
            "shape " + shape + " has more than one dimension of -1, which stands for what is left");
      } else {
        unknown = i;
      }
    }
    if (unknown < 0) {
      return Dims.of(shape);
    }
    if (known <= 0 || size % known != 0) {
      throw new IllegalArgumentException(
          "an array of " + size + " elements cannot be reshaped to " + shape);
    }
    long[] dims = shape.getShape().clone();
    dims[unknown] = size / known;
    return Dims.of(new Shape(dims));
  }

  /**
   * A new axis of length 1 before the axis that has this position in x; a view.
   *
   * @param axis from {@code -rank - 1} to {@code rank}
   */
  public static DenseArray expandDims(DenseArray x, int axis) {
    int at = Dims.axis(axis, x.rank() + 1);
    int[] dims = new int[x.rank() + 1];
    System.arraycopy(x.dims(), 0, dims, 0, at);
    dims[at] = 1;
    System.arraycopy(x.dims(), at, dims, at + 1, x.rank() - at);
    return reshape(x, dims);
  }

  /**
   * x without these axes, which have length 1; a view.
   *
   * @throws IllegalArgumentException if one of them has another length
   */
  public static DenseArray squeeze(DenseArray x, int... axes) {
    boolean[] mask = new boolean[x.rank()];
    for (int axis : axes) {
      int a = Dims.axis(axis, mask.length);
      if (mask.length == 0) {
        continue; // NumPy allows axis 0 and -1 of a 0-d array
      }
      if (x.dim(a) != 1) {
        throw new IllegalArgumentException(
            "axis "
                + a
                + " of an array of shape "
                + Dims.text(x.dims())
                + " cannot be squeezed: its length is not 1");
      }
      mask[a] = true;
    }
    return reshape(x, Dims.reduced(x.dims(), mask, false));
  }

  /** x without its axes of length 1; a view. */
  public static DenseArray squeeze(DenseArray x) {
    boolean[] mask = new boolean[x.rank()];
    for (int i = 0; i < mask.length; i++) {
      mask[i] = x.dim(i) == 1;
    }
    return reshape(x, Dims.reduced(x.dims(), mask, false));
  }

  /**
   * The axes from start to end, inclusive, as one; a 0-d array becomes one of length 1.
   *
   * @throws IllegalArgumentException if the start comes after the end
   */
  public static DenseArray flatten(DenseArray x, int start, int end) {
    if (x.rank() == 0) {
      Dims.axis(start, 0);
      Dims.axis(end, 0);
      return reshape(x, 1);
    }
    int from = Dims.axis(start, x.rank());
    int to = Dims.axis(end, x.rank());
    if (from > to) {
      throw new IllegalArgumentException(
          "flatten needs a start before its end, but got axes " + start + " and " + end);
    }
    int[] dims = new int[x.rank() - (to - from)];
    System.arraycopy(x.dims(), 0, dims, 0, from);
    dims[from] = Dims.size(Arrays.copyOfRange(x.dims(), from, to + 1));
    System.arraycopy(x.dims(), to + 1, dims, from + 1, x.rank() - to - 1);
    return reshape(x, dims);
  }

  /** All elements in a row; a view if x is contiguous. */
  public static DenseArray flatten(DenseArray x) {
    return reshape(x, x.size());
  }

  /** The axes in another order; a view. */
  public static DenseArray transpose(DenseArray x, int... axes) {
    boolean[] named = Dims.mask(axes, x.rank());
    if (axes.length != named.length) {
      throw new IllegalArgumentException(
          "transpose needs all " + named.length + " axes, but got " + Arrays.toString(axes));
    }
    int[] positive = new int[axes.length];
    for (int i = 0; i < axes.length; i++) {
      positive[i] = Dims.axis(axes[i], axes.length);
    }
    return new Transpose(positive).apply(x);
  }

  /** The axes in reverse order; a view. */
  public static DenseArray transpose(DenseArray x) {
    int[] axes = new int[x.rank()];
    Arrays.setAll(axes, i -> axes.length - 1 - i);
    return new Transpose(axes).apply(x);
  }

  /** Two axes exchanged; a view. */
  public static DenseArray swapAxes(DenseArray x, int axis1, int axis2) {
    int[] axes = Dims.all(x.rank());
    int a = Dims.axis(axis1, axes.length);
    int b = Dims.axis(axis2, axes.length);
    if (a != b) {
      axes[a] = b;
      axes[b] = a;
    }
    return new Transpose(axes).apply(x);
  }

  /**
   * x repeated along axes of length 1 and new leading axes; a view.
   *
   * @throws IllegalArgumentException if x cannot be broadcast to these dimensions
   */
  public static DenseArray broadcast(DenseArray x, int... dims) {
    if (Arrays.equals(x.dims(), dims)) {
      return x;
    }
    if (!isBroadcastable(x.dims(), dims)) {
      throw new IllegalArgumentException(
          "an array of shape "
              + Dims.text(x.dims())
              + " cannot be broadcast to "
              + Dims.text(dims));
    }
    return new Broadcast(dims).apply(x);
  }

  /** Whether an array of some dimensions can be broadcast to others. */
  public static boolean isBroadcastable(int[] from, int[] to) {
    int lead = to.length - from.length;
    boolean fits = lead >= 0;
    for (int i = 0; fits && i < from.length; i++) {
      fits = from[i] == 1 || from[i] == to[lead + i];
    }
    return fits;
  }

  /** Throws if a value cannot be broadcast to what it shall be written to. */
  static void requireBroadcastable(DenseArray value, int[] dims, String target) {
    if (!isBroadcastable(value.dims(), dims)) {
      throw new IllegalArgumentException(
          "a value of shape "
              + Dims.text(value.dims())
              + " cannot be broadcast to "
              + target
              + ", of shape "
              + Dims.text(dims));
    }
  }

  /** x repeated to larger dimensions; a view. Not recorded. */
  static DenseArray repeated(DenseArray x, int[] dims) {
    return x.view(dims, broadcastStrides(x, dims), x.offset());
  }

  /** The strides with which x runs through larger dimensions: 0 along what is repeated. */
  static int[] broadcastStrides(DenseArray x, int[] dims) {
    int[] strides = new int[dims.length];
    int lead = dims.length - x.rank();
    for (int i = 0; i < x.rank(); i++) {
      strides[lead + i] = x.dims()[i] == 1 ? 0 : x.strides()[i];
    }
    return strides;
  }
}
