package dev.headgrad.tape.op;

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
      if (x.isContiguous()) {
        return x.view(dims, Dims.strides(dims), x.offset());
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
      return x.view(dims, broadcastStrides(x, dims), x.offset());
    }

    @Override
    protected DenseArray gradient(Node node, DenseArray head) {
      return head; // the engine sums it back
    }
  }

  /**
   * The same elements in other dimensions; a view of x if x is contiguous.
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

  /**
   * x repeated along axes of length 1 and new leading axes; a view.
   *
   * @throws IllegalArgumentException if x cannot be broadcast to these dimensions
   */
  public static DenseArray broadcast(DenseArray x, int... dims) {
    if (Arrays.equals(x.dims(), dims)) {
      return x;
    }
    if (!Arrays.equals(Dims.broadcast(x.dims(), dims), dims)) {
      throw new IllegalArgumentException(
          "an array of shape "
              + Dims.text(x.dims())
              + " cannot be broadcast to "
              + Dims.text(dims));
    }
    return new Broadcast(dims).apply(x);
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
