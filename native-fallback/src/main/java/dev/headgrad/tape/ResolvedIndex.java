package dev.headgrad.tape;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.index.dim.NDIndexAll;
import ai.djl.ndarray.index.dim.NDIndexBooleans;
import ai.djl.ndarray.index.dim.NDIndexElement;
import ai.djl.ndarray.index.dim.NDIndexFixed;
import ai.djl.ndarray.index.dim.NDIndexNull;
import ai.djl.ndarray.index.dim.NDIndexPick;
import ai.djl.ndarray.index.dim.NDIndexSlice;
import ai.djl.ndarray.index.dim.NDIndexTake;
import ai.djl.ndarray.types.DataType;
import dev.headgrad.tape.core.DenseArray;
import dev.headgrad.tape.core.Dims;
import dev.headgrad.tape.op.Gathering;
import dev.headgrad.tape.op.Masking;
import dev.headgrad.tape.op.Positions;
import dev.headgrad.tape.op.Region;
import dev.headgrad.tape.op.Slicing;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an {@link NDIndex} means for an array of some dimensions, by NumPy's rules: first a region,
 * which is a view, and if there are index arrays, the positions that these name in it.
 *
 * <p>As in NumPy, a single index beside an index array counts as an index array.
 */
final class ResolvedIndex {

  private final @Nullable Region region;
  private final @Nullable Positions positions;
  private final int[] dims;

  private ResolvedIndex(@Nullable Region region, @Nullable Positions positions, int[] dims) {
    this.region = region;
    this.positions = positions;
    this.dims = dims;
  }

  /**
   * Reads an index.
   *
   * @throws IllegalArgumentException if it names more axes than there are, or a mask has the wrong
   *     shape
   * @throws IndexOutOfBoundsException if an index is out of range
   */
  static ResolvedIndex of(NDIndex index, int[] dims, TapeNDManager manager) {
    return new Parser(index, dims, manager).parse();
  }

  /** The dimensions of what is selected. */
  int[] dims() {
    return dims;
  }

  /** The selected elements: a view if there are no index arrays. */
  DenseArray get(DenseArray x) {
    DenseArray part = region == null ? x : Slicing.slice(x, region);
    return positions == null ? part : Gathering.gather(part, positions);
  }

  /** A copy of x with other values where the selected elements were. */
  DenseArray replace(DenseArray x, DenseArray value) {
    if (positions == null) {
      return Slicing.replace(x, whole(x), value);
    }
    if (region == null) {
      return Gathering.scatter(x, positions, value);
    }
    DenseArray part = Gathering.scatter(Slicing.slice(x, region), positions, value);
    return Slicing.replace(x, region, part);
  }

  /** Writes other values over the selected elements. Not recorded. */
  void write(DenseArray x, DenseArray value) {
    if (positions == null) {
      Slicing.write(x, whole(x), value);
    } else {
      DenseArray part = region == null ? x.detached() : Slicing.slice(x.detached(), region);
      Gathering.write(part, positions, value);
    }
  }

  private Region whole(DenseArray x) {
    return region == null ? Region.of(x.dims()).build() : region;
  }

  private static final class Parser {
    private final List<NDIndexElement> elements;
    private final int ellipsis;
    private final int[] source;
    private final TapeNDManager manager;
    private final boolean advanced;
    private final Region.Builder region;
    private final @Nullable DenseArray[] indices;
    private int rank;
    private boolean trivial = true;

    Parser(NDIndex index, int[] source, TapeNDManager manager) {
      this.elements = index.getIndices();
      this.ellipsis = index.getEllipsisIndex();
      this.source = source;
      this.manager = manager;
      this.region = Region.of(source);
      boolean arrays = false;
      int named = 0;
      for (NDIndexElement element : elements) {
        arrays |= element instanceof NDIndexTake || element instanceof NDIndexBooleans;
        named += element instanceof NDIndexNull ? 0 : element.getRank();
      }
      if (named > source.length) {
        throw new IllegalArgumentException(
            "The index has too many dimensions - "
                + named
                + " dimensions for an array of shape "
                + Dims.text(source));
      }
      this.advanced = arrays;
      this.indices = new DenseArray[source.length + elements.size()];
    }

    ResolvedIndex parse() {
      for (int i = 0; i < elements.size(); i++) {
        if (i == ellipsis) {
          fillUp(i);
        }
        if (elements.get(i) instanceof NDIndexPick pick) {
          return pick(pick);
        }
        add(elements.get(i));
      }
      fillUp(elements.size());
      Region part = trivial ? null : region.build();
      int[] dims = part == null ? source : part.dims();
      if (!advanced) {
        return new ResolvedIndex(part, null, dims);
      }
      Positions positions = Positions.of(dims, Arrays.copyOf(indices, dims.length));
      return new ResolvedIndex(part, positions, positions.dims());
    }

    /** Takes the axes whole that no element from this one on names. */
    private void fillUp(int next) {
      int named = 0;
      for (int i = next; i < elements.size(); i++) {
        named += elements.get(i) instanceof NDIndexNull ? 0 : elements.get(i).getRank();
      }
      int left = source.length - region.named() - named;
      region.all(left);
      rank += left;
    }

    private void add(NDIndexElement element) {
      int axis = region.named();
      if (element instanceof NDIndexAll) {
        region.all();
        rank++;
      } else if (element instanceof NDIndexFixed fixed) {
        fix(axis, fixed.getIndex());
      } else if (element instanceof NDIndexSlice slice) {
        slice(slice, source[axis]);
        rank++;
      } else if (element instanceof NDIndexNull) {
        insert();
      } else if (element instanceof NDIndexTake take) {
        region.all();
        indices[rank++] = array(take.getIndex());
      } else if (element instanceof NDIndexBooleans booleans) {
        mask(array(booleans.getIndex()), axis);
      } else {
        throw new IllegalArgumentException(
            "an array cannot be indexed by a " + element.getClass().getSimpleName());
      }
    }

    private DenseArray array(NDArray index) {
      return manager.from(index).array();
    }

    private void fix(int axis, long index) {
      int length = source[axis];
      if (index < -length || index >= length) {
        throw Positions.outOfRange(index, axis, length);
      }
      if (advanced) {
        region.all();
        indices[rank++] = DenseArray.of(new long[] {index}, DataType.INT64);
      } else {
        region.fix((int) (index < 0 ? index + length : index));
        trivial = false;
      }
    }

    private void insert() {
      region.insert();
      rank++;
      trivial = false;
    }

    /** A slice by Python's rules: bounds beyond the ends are cut off. */
    private void slice(NDIndexSlice slice, int length) {
      long step = slice.getStep() == null ? 1 : slice.getStep();
      long lowest = step > 0 ? 0 : -1;
      long highest = step > 0 ? length : length - 1;
      long start = bound(slice.getMin(), length, lowest, highest, step > 0 ? lowest : highest);
      long stop = bound(slice.getMax(), length, lowest, highest, step > 0 ? highest : lowest);
      long distance = step > 0 ? stop - start : start - stop;
      long count = distance <= 0 ? 0 : (distance - 1) / Math.abs(step) + 1;
      region.range((int) start, (int) step, (int) count);
      trivial = false;
    }

    private static long bound(
        @Nullable Long given, int length, long lowest, long highest, long otherwise) {
      if (given == null) {
        return otherwise;
      }
      long fromFront = given < 0 ? given + length : given;
      return Math.max(lowest, Math.min(highest, fromFront));
    }

    private void mask(DenseArray mask, int axis) {
      int n = mask.rank();
      if (n == 0) { // all or nothing, along a new axis
        insert();
        indices[rank - 1] = DenseArray.zeros(DataType.INT64, Masking.count(mask));
        return;
      }
      Masking.requireFits(mask, source, axis);
      region.all(n);
      for (DenseArray index : Masking.indices(mask)) {
        indices[rank++] = index;
      }
    }

    /** One element per place, from an index whose axis was left out or has length 1. */
    private ResolvedIndex pick(NDIndexPick pick) {
      if (!trivial || advanced || elements.size() != region.named() + 1) {
        throw new UnsupportedOperationException(
            "a pick can only stand last, after whole axes, and once");
      }
      Positions positions = Gathering.pick(source, region.named(), array(pick.getIndex()));
      return new ResolvedIndex(null, positions, positions.dims());
    }
  }
}
