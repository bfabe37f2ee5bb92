package dev.headgrad.tape.op;

import ai.djl.ndarray.types.DataType;
import dev.headgrad.tape.core.BinaryOp;
import dev.headgrad.tape.core.DenseArray;
import dev.headgrad.tape.core.Dims;
import dev.headgrad.tape.core.Elements;
import dev.headgrad.tape.core.Node;
import dev.headgrad.tape.core.NonDifferentiable;
import dev.headgrad.tape.core.UnaryOp;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Reading and writing by index arrays. An element that is named twice gets both gradients. */
public final class Gathering {

  private Gathering() {}

  // y = x[i]           dx = zeros, with g added at i
  private static final class Gather extends UnaryOp {
    private final Positions at;

    Gather(Positions at) {
      super("gather", Keeps.NOTHING);
      this.at = at;
    }

    @Override
    protected DenseArray forward(DenseArray x) {
      DenseArray y = DenseArray.dirty(x.type(), at.dims);
      Scatters.gather(Elements.contiguous(x), at, y);
      return y;
    }

    @Override
    protected DenseArray gradient(Node node, DenseArray head) {
      return new Accumulate(at).apply(head);
    }
  }

  // y = zeros, with x added at i        dx = g[i]
  private static final class Accumulate extends UnaryOp {
    private final Positions at;

    Accumulate(Positions at) {
      super("scatterAdd", Keeps.NOTHING);
      this.at = at;
    }

    @Override
    protected DenseArray forward(DenseArray x) {
      DataType domain = Types.domain(x.type());
      DenseArray y = DenseArray.zeros(domain, at.source);
      Scatters.add(Elements.to(x, domain), at, y);
      return Elements.to(y, x.type());
    }

    @Override
    protected DenseArray gradient(Node node, DenseArray head) {
      return new Gather(at).apply(head);
    }
  }

  // y = a, with b at i         da = g, with 0 at i     db = g[i] where b was not overwritten
  private static final class Scatter extends BinaryOp {
    private final Positions at;

    Scatter(Positions at) {
      super("scatter", Keeps.NOTHING);
      this.at = at;
    }

    @Override
    protected DenseArray forward(DenseArray a, DenseArray b) {
      DenseArray y = Elements.copy(a);
      overwrite(y, at, b);
      return y;
    }

    @Override
    protected DenseArray gradientA(Node node, DenseArray head) {
      return apply(head, DenseArray.zeros(head.type()));
    }

    @Override
    protected DenseArray gradientB(Node node, DenseArray head) {
      DenseArray g = new Gather(at).apply(head);
      DenseArray kept = at.lasting();
      return kept == null ? g : Arithmetic.mul(g, kept);
    }
  }

  private static final class OneHot extends NonDifferentiable {
    private final int depth;
    private final double on;
    private final double off;
    private final DataType type;

    OneHot(int depth, double on, double off, DataType type) {
      super("oneHot");
      this.depth = depth;
      this.on = on;
      this.off = off;
      this.type = type;
    }

    @Override
    protected DenseArray[] forward(DenseArray[] inputs) {
      DenseArray index = Elements.to(inputs[0], DataType.INT64);
      int[] dims = Arrays.copyOf(index.dims(), index.rank() + 1);
      dims[index.rank()] = depth;
      DenseArray y = Creation.full(off, type, dims);
      long[] indices = index.longs();
      int from = index.offset();
      for (int i = 0; i < index.size(); i++) {
        long k = indices[from + i];
        if (k >= 0 && k < depth) {
          Elements.setDouble(y.data(), type, i * depth + (int) k, on);
        }
      }
      return new DenseArray[] {y};
    }
  }

  /** The selected elements; never a view. */
  public static DenseArray gather(DenseArray x, Positions at) {
    return new Gather(at).apply(x);
  }

  /**
   * Along an axis, the sub-arrays that an index of any shape names; its axes stand where the axis
   * stood.
   *
   * @throws IndexOutOfBoundsException if an index is out of range; negative ones count from the end
   */
  public static DenseArray take(DenseArray x, DenseArray index, int axis) {
    return gather(x, Positions.along(x.dims(), Dims.axis(axis, x.rank()), index));
  }

  /** The elements with these places in row-major order, in the shape of the index. */
  public static DenseArray take(DenseArray x, DenseArray index) {
    return take(Shapes.flatten(x), index, 0);
  }

  /**
   * For each element of the index, the one that has its index on the axis and stands in the same
   * place on the others; in the shape of the index.
   */
  public static DenseArray gather(DenseArray x, DenseArray index, int axis) {
    return gather(x, Positions.matching(x.dims(), Dims.axis(axis, x.rank()), index));
  }

  /**
   * The index of a pick with as many axes as the source.
   *
   * @param index has the shape of the source with the axis left out or of another length, broadcast
   */
  public static DenseArray pickIndex(int[] source, int axis, DenseArray index) {
    DenseArray whole = index.rank() < source.length ? Shapes.expandDims(index, axis) : index;
    int[] dims = source.clone();
    dims[axis] = whole.rank() == dims.length ? whole.dim(axis) : 1;
    if (!Shapes.isBroadcastable(whole.dims(), dims)) {
      throw new IllegalArgumentException(
          "an index of shape "
              + Dims.text(index.dims())
              + " cannot pick along axis "
              + axis
              + " of an array of shape "
              + Dims.text(source));
    }
    return Shapes.broadcast(whole, dims);
  }

  /**
   * The sub-arrays that columns of indices name: element (i, …) of the index is on axis i.
   *
   * @param index (n, …), for the first n axes of x
   * @return (…, the other axes of x)
   */
  public static DenseArray gatherNd(DenseArray x, DenseArray index) {
    int n = index.dim(0);
    if (n > x.rank()) {
      throw new IllegalArgumentException(
          "an index for " + n + " axes does not fit an array of shape " + Dims.text(x.dims()));
    }
    @Nullable DenseArray[] indices = new DenseArray[x.rank()];
    for (int i = 0; i < n; i++) {
      indices[i] = Slicing.select(index, 0, i);
    }
    return gather(x, Positions.of(x.dims(), indices));
  }

  /** A copy of x with other values at places counted in row-major order. */
  public static DenseArray put(DenseArray x, DenseArray index, DenseArray value) {
    DenseArray flat = Shapes.flatten(x);
    return Shapes.reshape(scatter(flat, Positions.along(flat.dims(), 0, index), value), x.dims());
  }

  /** A copy of x with the values at the elements that {@link #gather} with the index would read. */
  public static DenseArray scatter(DenseArray x, DenseArray index, DenseArray value, int axis) {
    return scatter(x, Positions.matching(x.dims(), Dims.axis(axis, x.rank()), index), value);
  }

  /** Zeros, with the elements of x, broadcast to the positions, added where these are. */
  public static DenseArray accumulate(DenseArray x, Positions at) {
    requireFits(x, at);
    return new Accumulate(at).apply(Shapes.broadcast(x, at.dims));
  }

  /**
   * A copy of x with other values at some positions, broadcast and cast to the dtype of x; where an
   * element is named twice, the last value stays.
   */
  public static DenseArray scatter(DenseArray x, Positions at, DenseArray value) {
    requireFits(value, at);
    return new Scatter(at).apply(x, value);
  }

  /** Writes other values at some positions of x, as {@link #scatter} does. Not recorded. */
  public static void write(DenseArray x, Positions at, DenseArray value) {
    requireFits(value, at);
    if (x.isContiguous()) {
      overwrite(x, at, value.sharesMemory(x) ? Elements.copy(value) : value);
    } else {
      DenseArray copy = Elements.copy(x);
      overwrite(copy, at, value);
      Elements.write(copy, x);
      copy.release();
    }
  }

  private static void overwrite(DenseArray x, Positions at, DenseArray value) {
    DenseArray cast = Elements.to(value, x.type());
    DenseArray whole = Elements.contiguous(Shapes.repeated(cast, at.dims));
    Scatters.write(whole, at, x);
  }

  private static void requireFits(DenseArray value, Positions at) {
    Shapes.requireBroadcastable(value, at.dims, "the indexed elements");
  }

  /**
   * For each index, a row that is {@code on} at the index and {@code off} elsewhere; all of it off
   * where the index is negative or not less than the depth.
   */
  public static DenseArray oneHot(
      DenseArray index, int depth, double on, double off, DataType type) {
    if (depth < 0) {
      throw new IllegalArgumentException("oneHot needs a depth of at least 0, but got " + depth);
    }
    return new OneHot(depth, on, off, type).apply(index)[0];
  }
}
