package dev.headgrad.tape.op;

import ai.djl.ndarray.types.DataType;
import dev.headgrad.tape.core.DenseArray;
import dev.headgrad.tape.core.Dims;
import dev.headgrad.tape.core.Elements;
import dev.headgrad.tape.core.NaryOp;
import dev.headgrad.tape.core.Node;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Several arrays to one and one to several; copies of an array next to each other. */
public final class Joining {

  private Joining() {}

  // y = (a, b, …)      da, db, … = the parts of g
  private static final class Concat extends NaryOp {
    private final int axis;

    Concat(int axis) {
      super("concat", Keeps.NOTHING);
      this.axis = axis;
    }

    @Override
    protected DenseArray[] forward(DenseArray[] inputs) {
      int[] dims = inputs[0].dims().clone();
      dims[axis] = 0;
      for (DenseArray x : inputs) {
        dims[axis] = Math.addExact(dims[axis], x.dim(axis));
      }
      DenseArray y = DenseArray.dirty(inputs[0].type(), dims);
      int start = 0;
      for (DenseArray x : inputs) {
        DenseArray part = part(dims, start, x.dim(axis)).of(y);
        Elements.write(x, part);
        part.release();
        start += x.dim(axis);
      }
      return new DenseArray[] {y};
    }

    private Region part(int[] dims, int start, int length) {
      return Region.of(dims).all(axis).range(start, 1, length).build();
    }

    @Override
    protected @Nullable DenseArray[] gradients(Node node, @Nullable DenseArray[] heads) {
      @Nullable DenseArray[] gradients = new DenseArray[node.inputs()];
      DenseArray head = heads[0];
      int start = 0;
      for (int i = 0; i < gradients.length; i++) {
        int length = node.inputDims(i)[axis];
        if (head != null && node.needs(i)) {
          gradients[i] = Slicing.slice(head, part(head.dims(), start, length));
        }
        start += length;
      }
      return gradients;
    }
  }

  /**
   * Arrays one behind the other along an axis that they have, promoted to a common dtype.
   *
   * @throws IllegalArgumentException if they are 0-d, or differ in rank or along another axis
   */
  public static DenseArray concat(int axis, DenseArray... arrays) {
    DenseArray first = arrays[0];
    if (first.rank() == 0) {
      throw new IllegalArgumentException(
          "0-d arrays cannot be concatenated, as they have no axis; stack them");
    }
    int at = Dims.axis(axis, first.rank());
    for (int i = 1; i < arrays.length; i++) {
      int[] dims = arrays[i].dims().clone();
      if (dims.length == first.rank()) {
        dims[at] = first.dim(at);
      }
      if (!Arrays.equals(dims, first.dims())) {
        throw new IllegalArgumentException(
            "arrays can be concatenated along axis "
                + at
                + " if they have the same shape but for that axis: the first has shape "
                + Dims.text(first.dims())
                + ", but number "
                + (i + 1)
                + " has shape "
                + Dims.text(arrays[i].dims()));
      }
    }
    return new Concat(at).apply(promoted(arrays))[0];
  }

  private static DenseArray[] promoted(DenseArray[] arrays) {
    DataType type = arrays[0].type();
    for (DenseArray x : arrays) {
      type = Types.promote(type, x.type());
    }
    DenseArray[] cast = new DenseArray[arrays.length];
    for (int i = 0; i < cast.length; i++) {
      cast[i] = Casting.cast(arrays[i], type);
    }
    return cast;
  }

  /**
   * Arrays of the same shape along a new axis, promoted to a common dtype.
   *
   * @param axis where the new axis stands in the result
   * @throws IllegalArgumentException if the shapes differ
   */
  public static DenseArray stack(int axis, DenseArray... arrays) {
    int at = Dims.axis(axis, arrays[0].rank() + 1);
    DenseArray[] expanded = new DenseArray[arrays.length];
    for (int i = 0; i < arrays.length; i++) {
      if (!Arrays.equals(arrays[i].dims(), arrays[0].dims())) {
        throw new IllegalArgumentException(
            "arrays can be stacked if they have the same shape: the first has shape "
                + Dims.text(arrays[0].dims())
                + ", but number "
                + (i + 1)
                + " has shape "
                + Dims.text(arrays[i].dims()));
      }
      expanded[i] = Shapes.expandDims(arrays[i], at);
    }
    return new Concat(at).apply(promoted(expanded))[0];
  }

  // y, z, … = the parts of x        dx = (g, h, …), with zeros for parts that were not reached
  private static final class Split extends NaryOp {
    private final int axis;
    private final int[] bounds;

    Split(int axis, int[] bounds) {
      super("split", Keeps.NOTHING);
      this.axis = axis;
      this.bounds = bounds;
    }

    @Override
    protected DenseArray[] forward(DenseArray[] inputs) {
      DenseArray[] parts = new DenseArray[bounds.length - 1];
      for (int i = 0; i < parts.length; i++) {
        int length = bounds[i + 1] - bounds[i];
        parts[i] =
            Region.of(inputs[0].dims()).all(axis).range(bounds[i], 1, length).build().of(inputs[0]);
      }
      return parts;
    }

    @Override
    protected @Nullable DenseArray[] gradients(Node node, @Nullable DenseArray[] heads) {
      DenseArray[] parts = new DenseArray[heads.length];
      for (int i = 0; i < parts.length; i++) {
        DenseArray head = heads[i];
        parts[i] = head == null ? zeros(node, i) : head;
      }
      return new DenseArray[] {concat(axis, parts)};
    }

    private static DenseArray zeros(Node node, int i) {
      return Shapes.broadcast(DenseArray.zeros(node.outputType(i)), node.outputDims(i));
    }
  }

  /**
   * The parts of an array between some indices of an axis; views. An index beyond the end makes
   * empty parts.
   *
   * @param indices where a part ends and the next one begins; negative ones count from the end
   * @throws IllegalArgumentException if an index comes before the last one
   */
  public static DenseArray[] split(DenseArray x, int axis, long... indices) {
    int at = splitAxis(x, axis);
    int length = x.dim(at);
    int[] bounds = new int[indices.length + 2];
    for (int i = 0; i < indices.length; i++) {
      long index = indices[i] < 0 ? indices[i] + length : indices[i];
      bounds[i + 1] = (int) Math.max(0, Math.min(length, index));
      if (bounds[i + 1] < bounds[i]) {
        throw new IllegalArgumentException(
            "the indices of a split must not fall, but are " + Arrays.toString(indices));
      }
    }
    bounds[indices.length + 1] = length;
    return new Split(at, bounds).apply(x);
  }

  /**
   * Equal parts of an array along an axis; views.
   *
   * @throws IllegalArgumentException if the axis cannot be divided into so many
   */
  public static DenseArray[] splitEqually(DenseArray x, int axis, long sections) {
    int at = splitAxis(x, axis);
    int length = x.dim(at);
    if (sections <= 0 || length % sections != 0) {
      throw new IllegalArgumentException(
          "array split does not result in an equal division: axis "
              + at
              + " has length "
              + length
              + ", and "
              + sections
              + " parts were asked for");
    }
    int[] bounds = new int[(int) sections + 1];
    for (int i = 0; i < bounds.length; i++) {
      bounds[i] = (int) (i * (length / sections));
    }
    return new Split(at, bounds).apply(x);
  }

  private static int splitAxis(DenseArray x, int axis) {
    if (x.rank() == 0) {
      throw new IllegalArgumentException("a 0-d array cannot be split: it has no axis");
    }
    return Dims.axis(axis, x.rank());
  }

  /**
   * Copies of the whole array next to each other along each axis; if there are more repeats than
   * axes or the other way round, the shorter list is filled up with ones in front.
   */
  public static DenseArray tile(DenseArray x, int... repeats) {
    return multiplied(x, repeats, 0);
  }

  /** Each element so many times in a row along each of the last axes. */
  public static DenseArray repeat(DenseArray x, int... repeats) {
    return multiplied(x, repeats, 1);
  }

  /** Puts the repeats of each axis in front of it (0) or behind it (1). */
  private static DenseArray multiplied(DenseArray x, int[] repeats, int behind) {
    int rank = Math.max(x.rank(), repeats.length);
    int[] split = new int[2 * rank];
    int[] full = new int[2 * rank];
    int[] dims = new int[rank];
    for (int i = 0; i < rank; i++) {
      int k = i - rank + x.rank();
      int r = i - rank + repeats.length;
      int length = k < 0 ? 1 : x.dim(k);
      int times = r < 0 ? 1 : repeats[r];
      if (times < 0) {
        throw new IllegalArgumentException(
            "an array cannot be repeated " + times + " times: repeats must not be negative");
      }
      split[2 * i + behind] = 1;
      split[2 * i + 1 - behind] = length;
      full[2 * i + behind] = times;
      full[2 * i + 1 - behind] = length;
      dims[i] = Math.multiplyExact(times, length);
    }
    DenseArray y = Shapes.reshape(Shapes.broadcast(Shapes.reshape(x, split), full), dims);
    return y.sharesMemory(x) ? Casting.copy(y) : y;
  }

  /** The elements in reverse order along some axes; a copy. */
  public static DenseArray flip(DenseArray x, int... axes) {
    return Casting.copy(reversed(x, axes));
  }

  /** As {@link #flip}, but a view. */
  private static DenseArray reversed(DenseArray x, int... axes) {
    boolean[] mask = Dims.mask(axes, x.rank());
    Region.Builder reversed = Region.of(x.dims());
    for (int i = 0; i < mask.length; i++) {
      int n = x.dim(i);
      if (mask[i]) {
        reversed.range(n - 1, -1, n);
      } else {
        reversed.all();
      }
    }
    return Slicing.slice(x, reversed.build());
  }

  /**
   * x turned by 90 degrees, from the first towards the second axis; a copy.
   *
   * @param times how often; negative for the other direction
   */
  public static DenseArray rotate90(DenseArray x, int times, int axis1, int axis2) {
    int a = Dims.axis(axis1, x.rank());
    int b = Dims.axis(axis2, x.rank());
    if (a == b) {
      throw new IllegalArgumentException("a rotation needs two axes, but both are axis " + a);
    }
    switch (Math.floorMod(times, 4)) {
      case 0:
        return Casting.copy(x);
      case 1:
        return Casting.copy(Shapes.swapAxes(reversed(x, b), a, b));
      case 2:
        return flip(x, a, b);
      default:
        return flip(Shapes.swapAxes(x, a, b), b);
    }
  }

  /**
   * x with more elements around it; negative widths take some away.
   *
   * @param before how many indices to put before the first, for each axis
   * @param after how many indices to put behind the last, for each axis
   * @throws IllegalArgumentException if more is taken away than there is
   */
  public static DenseArray pad(DenseArray x, int[] before, int[] after, double value) {
    Region.Builder kept = Region.of(x.dims());
    int[] dims = new int[x.rank()];
    for (int i = 0; i < dims.length; i++) {
      dims[i] = Math.addExact(x.dim(i), Math.addExact(before[i], after[i]));
      int start = Math.max(0, -before[i]);
      int length = x.dim(i) - start - Math.max(0, -after[i]);
      if (dims[i] < 0 || length < 0) {
        throw new IllegalArgumentException(
            "axis "
                + i
                + " of an array of shape "
                + Dims.text(x.dims())
                + " cannot be padded by "
                + before[i]
                + " and "
                + after[i]);
      }
      kept.range(start, 1, length);
    }
    Region.Builder place = Region.of(dims);
    for (int i = 0; i < dims.length; i++) {
      int length = x.dim(i) - Math.max(0, -before[i]) - Math.max(0, -after[i]);
      place.range(Math.max(0, before[i]), 1, length);
    }
    return Slicing.embed(Slicing.slice(x, kept.build()), place.build(), value, dims);
  }
}
