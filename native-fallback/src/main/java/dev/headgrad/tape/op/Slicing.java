package dev.headgrad.tape.op;

import dev.headgrad.tape.core.BinaryOp;
import dev.headgrad.tape.core.DenseArray;
import dev.headgrad.tape.core.Dims;
import dev.headgrad.tape.core.Elements;
import dev.headgrad.tape.core.Node;
import dev.headgrad.tape.core.UnaryOp;

/** Parts of an array that are views of its memory: slices, single indices, diagonals. */
public final class Slicing {

  private Slicing() {}

  // y = x[part]        dx = zeros, with g in the part
  private static final class Slice extends UnaryOp {
    private final Part part;

    Slice(Part part) {
      super("slice", Keeps.NOTHING);
      this.part = part;
    }

    @Override
    protected DenseArray forward(DenseArray x) {
      return part.of(x);
    }

    @Override
    protected DenseArray gradient(Node node, DenseArray head) {
      return new Embed(part, node.inputDims(0), 0).apply(head);
    }
  }

  // y = fill, with x in the part        dx = g[part]
  private static final class Embed extends UnaryOp {
    private final Part part;
    private final int[] dims;
    private final double fill;

    Embed(Part part, int[] dims, double fill) {
      super("pad", Keeps.NOTHING);
      this.part = part;
      this.dims = dims;
      this.fill = fill;
    }

    @Override
    protected DenseArray forward(DenseArray x) {
      DenseArray y =
          fill == 0 ? DenseArray.zeros(x.type(), dims) : Creation.full(fill, x.type(), dims);
      write(y, part, x);
      return y;
    }

    @Override
    protected DenseArray gradient(Node node, DenseArray head) {
      return new Slice(part).apply(head);
    }
  }

  // y = a, with b in the part        da = g, with 0 in the part        db = g[part]
  private static final class Replace extends BinaryOp {
    private final Part part;

    Replace(Part part) {
      super("set", Keeps.NOTHING);
      this.part = part;
    }

    @Override
    protected DenseArray forward(DenseArray a, DenseArray b) {
      DenseArray y = Elements.copy(a);
      write(y, part, b);
      return y;
    }

    @Override
    protected DenseArray gradientA(Node node, DenseArray head) {
      return apply(head, DenseArray.zeros(head.type()));
    }

    @Override
    protected DenseArray gradientB(Node node, DenseArray head) {
      return new Slice(part).apply(head);
    }
  }

  private static final class Diagonal implements Part {
    private final int offset;
    private final int axis1;
    private final int axis2;
    private final int length;
    private final int[] source;

    Diagonal(int[] source, int offset, int axis1, int axis2) {
      this.source = source;
      this.offset = offset;
      this.axis1 = axis1;
      this.axis2 = axis2;
      long rows = source[axis1] + Math.min((long) offset, 0);
      long columns = source[axis2] - Math.max((long) offset, 0);
      this.length = (int) Math.max(0, Math.min(rows, columns));
    }

    private int[] without(int[] perAxis, int last) {
      int[] rest = new int[perAxis.length - 1];
      int k = 0;
      for (int i = 0; i < perAxis.length; i++) {
        if (i != axis1 && i != axis2) {
          rest[k++] = perAxis[i];
        }
      }
      rest[k] = last;
      return rest;
    }

    @Override
    public int[] dims() {
      return without(source, length);
    }

    @Override
    public DenseArray of(DenseArray x) {
      int s1 = x.strides()[axis1];
      int s2 = x.strides()[axis2];
      int shift = length == 0 ? 0 : offset < 0 ? -offset * s1 : offset * s2;
      return x.view(dims(), without(x.strides(), s1 + s2), x.offset() + shift);
    }
  }

  /** A part of x; a view. */
  public static DenseArray slice(DenseArray x, Region region) {
    return new Slice(region).apply(x);
  }

  /** One index of an axis, which the result does not have; a view. */
  public static DenseArray select(DenseArray x, int axis, int index) {
    return slice(x, Region.of(x.dims()).all(axis).fix(index).build());
  }

  /** The indices from start to end, exclusive, of an axis; a view. */
  public static DenseArray range(DenseArray x, int axis, int start, int end) {
    return slice(x, Region.of(x.dims()).all(axis).range(start, 1, end - start).build());
  }

  /**
   * The diagonals of the matrices that two axes span, as the last axis of the result; a view.
   *
   * @param offset 0 for the main diagonal, positive for one above, negative for one below it
   * @throws IllegalArgumentException if the axes are the same or x does not have them
   */
  public static DenseArray diagonal(DenseArray x, int offset, int axis1, int axis2) {
    if (x.rank() < 2) {
      throw new IllegalArgumentException(
          "diagonal needs an array of at least two dimensions, but it has shape "
              + Dims.text(x.dims()));
    }
    int a = Dims.axis(axis1, x.rank());
    int b = Dims.axis(axis2, x.rank());
    if (a == b) {
      throw new IllegalArgumentException("a diagonal needs two axes, but both are axis " + a);
    }
    return new Slice(new Diagonal(x.dims(), offset, a, b)).apply(x);
  }

  /**
   * An array full of one number, with x in a part of it.
   *
   * @param region a part with the dimensions of x
   * @param dims the dimensions of the whole
   */
  public static DenseArray embed(DenseArray x, Region region, double fill, int... dims) {
    return new Embed(region, dims, fill).apply(x);
  }

  /** A copy of x with other values in a part; they are broadcast and cast to the dtype of x. */
  public static DenseArray replace(DenseArray x, Region region, DenseArray value) {
    Shapes.requireBroadcastable(value, region.dims(), "the indexed part");
    return new Replace(region).apply(x, value);
  }

  /** Writes other values into a part of x; they are broadcast and cast. Not recorded. */
  public static void write(DenseArray x, Region region, DenseArray value) {
    Shapes.requireBroadcastable(value, region.dims(), "the indexed part");
    write(x, (Part) region, value);
  }

  private static void write(DenseArray x, Part part, DenseArray value) {
    Elements.requireDistinct(x);
    DenseArray target = part.of(x);
    DenseArray source = value.sharesMemory(x) ? Elements.copy(value) : value;
    DenseArray whole = Shapes.repeated(source, target.dims());
    Elements.write(whole, target);
    whole.release();
    target.release();
  }

  /**
   * Each element less the one before it along an axis, n times over; of BOOLEAN, whether the two
   * differ.
   *
   * @throws IllegalArgumentException if n is negative, or x is 0-d
   */
  public static DenseArray difference(DenseArray x, int n, int axis) {
    if (n < 0 || x.rank() == 0) {
      throw new IllegalArgumentException(
          "diff needs an array with an axis, and an order of at least 0, but got shape "
              + Dims.text(x.dims())
              + " and order "
              + n);
    }
    int a = Dims.axis(axis, x.rank());
    DenseArray y = n == 0 ? Casting.copy(x) : x;
    for (int i = 0; i < n && y.dim(a) > 0; i++) {
      DenseArray next = range(y, a, 1, y.dim(a));
      DenseArray last = range(y, a, 0, y.dim(a) - 1);
      y = x.type().isBoolean() ? Comparison.neq(next, last) : Arithmetic.sub(next, last);
    }
    return y;
  }
}
