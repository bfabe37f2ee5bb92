package dev.headgrad.tape.op;

import ai.djl.ndarray.types.DataType;
import dev.headgrad.tape.core.DenseArray;
import dev.headgrad.tape.core.Dims;
import dev.headgrad.tape.core.Elements;
import java.util.Arrays;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * The elements that index arrays select, by NumPy's rules: where in a row-major array of the given
 * dimensions they are, and in which order.
 *
 * <p>The result has the axes (outer…, picked…, middle…, row): outer and row are axes that were not
 * indexed, before and after those that were. Only where axes that were not indexed lie between
 * indexed ones, these are middle, and then there is no outer. Row is the largest run of elements
 * that lie behind each other.
 */
public final class Positions {

  private static final int[] ZERO = {0};

  final int[] source;
  final int[] dims;
  final int[] outer;
  final int[] picked;
  final int[] middle;
  final int row;

  /** Where in the result the axes of the index arrays begin, and how many they are. */
  private final int lead;

  private final int indexRank;

  private Positions(
      int[] source,
      int[] dims,
      int lead,
      int indexRank,
      int[] outer,
      int[] picked,
      int[] middle,
      int row) {
    this.source = source;
    this.dims = dims;
    this.lead = lead;
    this.indexRank = indexRank;
    this.outer = outer;
    this.picked = picked;
    this.middle = middle;
    this.row = row;
  }

  /** The dimensions of the result. */
  public int[] dims() {
    return dims;
  }

  /** How many elements are selected. */
  int size() {
    return outer.length * picked.length * middle.length * row;
  }

  /**
   * Whole sub-arrays: along the axis, the ones that the index names.
   *
   * @throws IndexOutOfBoundsException if an index is out of range
   */
  public static Positions along(int[] source, int axis, DenseArray index) {
    @Nullable DenseArray[] indices = new DenseArray[source.length];
    indices[axis] = index;
    return of(source, indices);
  }

  /**
   * The elements that one index array per axis names together; the arrays are broadcast against
   * each other. Axes without an array are taken whole. The axes of the index arrays stand where the
   * indexed axes stood if these are neighbours, else in front.
   *
   * @param indices an array, or null, for each axis; at least one array
   * @throws IllegalArgumentException if the arrays cannot be broadcast against each other
   * @throws IndexOutOfBoundsException if an index is out of range
   */
  public static Positions of(int[] source, @Nullable DenseArray[] indices) {
    int[] indexDims = Dims.SCALAR;
    int first = -1;
    int last = -1;
    int count = 0;
    for (int i = 0; i < source.length; i++) {
      DenseArray index = indices[i];
      if (index != null) {
        indexDims = Dims.broadcast(indexDims, index.dims());
        first = first < 0 ? i : first;
        last = i;
        count++;
      }
    }
    boolean neighbours = last - first + 1 == count;
    int lead = neighbours ? first : 0;
    int[] strides = Dims.strides(source);
    int[] picked = new int[Dims.size(indexDims)];
    int[] kept = new int[source.length - count];
    int[] keptStrides = new int[kept.length];
    int k = 0;
    for (int i = 0; i < source.length; i++) {
      DenseArray index = indices[i];
      if (index == null) {
        kept[k] = source[i];
        keptStrides[k++] = strides[i];
      } else {
        add(picked, Shapes.broadcast(index, indexDims), source[i], i, strides[i]);
      }
    }
    int tail = kept.length - (source.length - 1 - last);
    int[] dims = new int[kept.length + indexDims.length];
    System.arraycopy(kept, 0, dims, 0, lead);
    System.arraycopy(indexDims, 0, dims, lead, indexDims.length);
    System.arraycopy(kept, lead, dims, lead + indexDims.length, kept.length - lead);
    return new Positions(
        source,
        dims,
        lead,
        indexDims.length,
        offsets(kept, keptStrides, 0, lead),
        picked,
        offsets(kept, keptStrides, lead, tail),
        Dims.size(Arrays.copyOfRange(kept, tail, kept.length)));
  }

  /**
   * Single elements: for each element of the index, the one that has its index on the axis and
   * stands in the same place on the others.
   *
   * @param index as many axes as the source, none of the others longer than the source's
   * @throws IllegalArgumentException if the index has another rank or is too long
   * @throws IndexOutOfBoundsException if an index is out of range
   */
  public static Positions matching(int[] source, int axis, DenseArray index) {
    int[] dims = index.dims();
    boolean fits = dims.length == source.length;
    for (int i = 0; fits && i < dims.length; i++) {
      fits = i == axis || dims[i] <= source[i];
    }
    if (!fits) {
      throw new IllegalArgumentException(
          "an index of shape "
              + Dims.text(dims)
              + " does not fit an array of shape "
              + Dims.text(source)
              + ": it needs as many axes, and none but axis "
              + axis
              + " longer than the array's");
    }
    int[] strides = Dims.strides(source).clone();
    int along = strides[axis];
    strides[axis] = 0;
    int[] picked = offsets(dims, strides, 0, dims.length);
    add(picked, index, source[axis], axis, along);
    return new Positions(source, dims, 0, dims.length, ZERO, picked, ZERO, 1);
  }

  /**
   * 1 where what is written to the selected elements stays, 0 where a later one overwrites it.
   *
   * @return FLOAT32, broadcastable to the result; null if no element is selected twice
   */
  @Nullable DenseArray lasting() {
    BitSet seen = new BitSet();
    float[] last = new float[picked.length];
    int distinct = 0;
    for (int i = picked.length - 1; i >= 0; i--) {
      if (!seen.get(picked[i])) {
        seen.set(picked[i]);
        last[i] = 1;
        distinct++;
      }
    }
    if (distinct == picked.length) {
      return null;
    }
    int[] flags = new int[dims.length - lead];
    Arrays.fill(flags, 1);
    System.arraycopy(dims, lead, flags, 0, indexRank);
    return DenseArray.of(last, DataType.FLOAT32, flags);
  }

  /** Adds the offsets that an index array makes along one axis. */
  private static void add(int[] offsets, DenseArray index, int length, int axis, int stride) {
    DenseArray whole = Elements.to(index, DataType.INT64);
    long[] values = whole.longs();
    int at = whole.offset();
    for (int i = 0; i < offsets.length; i++) {
      long value = values[at + i];
      offsets[i] += (int) (value < 0 ? value + length : value) * stride;
      if (value >= length || value < -length) {
        throw outOfRange(value, axis, length);
      }
    }
  }

  /** The error for an index that an axis does not have. */
  public static IndexOutOfBoundsException outOfRange(long index, int axis, int length) {
    return new IndexOutOfBoundsException(
        "index " + index + " is out of bounds for axis " + axis + " with size " + length);
  }

  /** The offsets of all elements that some axes span, in row-major order. */
  private static int[] offsets(int[] dims, int[] strides, int from, int to) {
    int[] offsets = ZERO;
    for (int i = from; i < to; i++) {
      int[] longer = new int[offsets.length * dims[i]];
      int k = 0;
      for (int offset : offsets) {
        for (int j = 0; j < dims[i]; j++) {
          longer[k++] = offset + j * strides[i];
        }
      }
      offsets = longer;
    }
    return offsets;
  }
}
