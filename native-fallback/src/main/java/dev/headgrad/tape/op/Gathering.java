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
      if (Scatters.areRows(at)) {
        DenseArray y = DenseArray.dirty(domain, at.source);
        DenseArray only = x.type() == domain ? onlyRow(x, at.row) : null;
        DenseArray list = only == null ? Elements.to(x, domain) : Elements.contiguous(only);
        Scatters.sumRows(list.data(), list.offset(), only == null ? at.row : 0, at, y);
        if (only != null && only != list) {
          only.release();
        }
        if (list != x) {
          list.release();
        }
        return Types.cast(y, x.type());
      }
      DenseArray y = DenseArray.zeros(domain, at.source);
      Scatters.add(Elements.to(x, domain), at, y);
      return Types.cast(y, x.type());
    }

    /** The first n elements, if x was broadcast from them; null otherwise. */
    private static @Nullable DenseArray onlyRow(DenseArray x, int n) {
      int axis = x.rank();
      for (int size = 1; size < n; ) {
        size *= x.dim(--axis);
      }
      for (int i = 0; i < axis; i++) {
        if (x.strides()[i] != 0) {
          return null;
        }
      }
      int[] dims = Arrays.copyOfRange(x.dims(), axis, x.rank());
      return x.view(dims, Arrays.copyOfRange(x.strides(), axis, x.rank()), x.offset());
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
   * Where a pick finds its elements: as {@link #gather(DenseArray, DenseArray, int)} does, but the
   * index may lack the axis, or it and the ones behind it, as if they had length 1.
   */
  public static Positions pick(int[] source, int axis, DenseArray index) {
    DenseArray whole = index;
    while (whole.rank() < source.length) {
      whole = Shapes.expandDims(whole, Math.min(axis, whole.rank()));
    }
    return Positions.matching(source, axis, whole);
  }

  /**
   * The sub-arrays that columns of indices name: element (i, …) of the index is on axis i.
   *
   * @param index (n, …), for the first n axes of x
   * @return (…, the other axes of x)
   * @throws IllegalArgumentException if x does not have n axes, or n is 0
   */
  public static DenseArray gatherNd(DenseArray x, DenseArray index) {
    if (index.rank() == 0 || index.dim(0) == 0 || index.dim(0) > x.rank()) {
      throw new IllegalArgumentException(
          "an index of shape "
              + Dims.text(index.dims())
              + " does not fit an array of shape "
              + Dims.text(x.dims())
              + ": its first axis counts the indexed axes, from 1 to all");
    }
    @Nullable DenseArray[] indices = new DenseArray[x.rank()];
    for (int i = 0; i < index.dim(0); i++) {
      indices[i] = Slicing.select(index, 0, i);
    }
    return gather(x, Positions.of(x.dims(), indices));
  }

  /**
   * A copy of x with other values at places counted in row-major order.
   *
   * @param value as many elements as the index has, or one for all
   */
  public static DenseArray put(DenseArray x, DenseArray index, DenseArray value) {
    DenseArray flat = Shapes.flatten(x);
    DenseArray values = value.size() == 1 ? value : Shapes.reshape(value, index.dims());
    return Shapes.reshape(scatter(flat, Positions.along(flat.dims(), 0, index), values), x.dims());
  }

  /**
   * A copy of x with the values at the elements that {@link #gather} with the index would read. An
   * empty index changes nothing.
   *
   * @param value at least as long as the index along each axis, or 0-d
   */
  public static DenseArray scatter(DenseArray x, DenseArray index, DenseArray value, int axis) {
    if (index.size() == 0) {
      return Casting.copy(x);
    }
    Positions at = Positions.matching(x.dims(), Dims.axis(axis, x.rank()), index);
    if (value.rank() == 0) {
      return scatter(x, at, value);
    }
    Region.Builder used = Region.of(value.dims());
    boolean fits = value.rank() == index.rank();
    for (int i = 0; fits && i < value.rank(); i++) {
      fits = index.dim(i) <= value.dim(i);
      used.range(0, 1, index.dim(i));
    }
    if (!fits) {
      throw new IllegalArgumentException(
          "a value of shape "
              + Dims.text(value.dims())
              + " does not fit an index of shape "
              + Dims.text(index.dims())
              + ": it needs as many axes, each at least as long");
    }
    return scatter(x, at, Slicing.slice(value, used.build()));
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
    Elements.requireDistinct(x);
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
