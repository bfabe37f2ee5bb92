package dev.headgrad;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.ndarray.types.SparseFormat;
import dev.headgrad.Index.At;
import dev.headgrad.Index.New;
import dev.headgrad.Index.Part;
import dev.headgrad.Index.Pick;
import dev.headgrad.Index.Range;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * NumPy's basic and advanced indexing, read and write, in operations that every engine has and
 * differentiates: strided slices, flips, transposes, reshapes, and one gather of rows.
 */
final class Indexing {
  private Indexing() {}

  /** The indexed elements, in NumPy's shape: () when every axis has an integer. */
  static NDArray get(NDArray x, Index index) {
    NDArray sliced = slice(x, index.parts());
    List<Part> parts = new ArrayList<>(index.parts());
    return index.hasPicks() ? pick(sliced, parts) : reshape(sliced, basicShape(parts));
  }

  /** Rows {@code rows} of {@code x} along its first axis, each as often as it is named. */
  static NDArray takeRows(NDArray x, long[] rows) {
    Shape shape = x.getShape();
    long rest = Shapes.product(shape, 1, shape.dimension());
    long[] dims = shape.getShape().clone();
    dims[0] = rows.length;
    if (rows.length == 0 || rest == 0) {
      return nothing(x, new Shape(dims));
    }
    NDArray table = reshape(x, new Shape(shape.get(0), rest));
    NDArray positions = EngineGaps.owned(x.getManager().create(rows));
    NDArray taken =
        x.getNDArrayInternal().embedding(positions, table, SparseFormat.DENSE).singletonOrThrow();
    return reshape(taken, new Shape(dims));
  }

  /** No elements of {@code x}, which is reached all the same. */
  private static NDArray nothing(NDArray x, Shape shape) {
    return Custom.apply(
        x, a -> a.getManager().zeros(shape, a.getDataType()), (head, in, out) -> in.zerosLike());
  }

  /** The elements at positions of {@code x} as one row, in a shape. */
  static NDArray takeFlat(NDArray x, long[] positions, Shape shape) {
    return reshape(takeRows(reshape(x, new Shape(x.size())), positions), shape);
  }

  /** Writes {@code value}, of x's dtype and broadcastable to the shape of the index, in place. */
  static void set(NDArray x, Index index, NDArray value) {
    if (index.hasPicks()) {
      setPicked(x, index, value);
      return;
    }
    Shape target = basicShape(index.parts());
    // The value with x's axes: broadcast, without the new axes, turned where x is read backwards.
    NDArray aligned = broadcast(value, target);
    if (target.size() == 0) {
      return;
    }
    List<Integer> flips = new ArrayList<>();
    NDIndex slices = new NDIndex();
    List<Long> dims = new ArrayList<>();
    for (Part part : index.parts()) {
      if (part instanceof At at) {
        slices.addSliceDim(at.position(), at.position() + 1);
        dims.add(1L);
      } else if (part instanceof Range range) {
        if (range.step() < 0 && range.count() > 1) {
          flips.add(dims.size());
        }
        addSlice(slices, range);
        dims.add(range.count());
      }
    }
    aligned = reshape(aligned, new Shape(dims));
    if (!flips.isEmpty()) {
      aligned = aligned.flip(flips.stream().mapToInt(Integer::intValue).toArray());
    }
    if (dims.isEmpty()) {
      setWhole(x, aligned);
    } else {
      x.set(slices, aligned);
    }
  }

  /** Overwrites all of {@code x} with {@code value}, of the same shape and dtype. */
  static void setWhole(NDArray x, NDArray value) {
    if (x.getShape().dimension() == 0) {
      // No engine slices a 0-d array, but each writes it as a buffer.
      x.set(value.toByteBuffer());
    } else if (x.size() > 0) {
      x.set(new NDIndex().addAllDim(), value);
    }
  }

  /** Reshapes, unless the shape is that already. */
  static NDArray reshape(NDArray x, Shape shape) {
    return x.getShape().equals(shape) ? x : x.reshape(shape);
  }

  private static void addSlice(NDIndex slices, Range range) {
    long last = range.first() + (range.count() - 1) * range.step();
    long low = Math.min(range.first(), last);
    long high = Math.max(range.first(), last);
    slices.addSliceDim(low, high + 1, Math.abs(range.step()));
  }

  /** Applies the integers, ranges and new axes: integers and new axes leave an axis of size 1. */
  private static NDArray slice(NDArray x, List<Part> parts) {
    NDIndex slices = new NDIndex();
    List<Integer> flips = new ArrayList<>();
    List<Long> dims = new ArrayList<>();
    boolean whole = true;
    boolean empty = false;
    int axis = 0;
    for (Part part : parts) {
      if (part instanceof New) {
        dims.add(1L);
        continue;
      }
      long size = x.getShape().get(axis++);
      if (part instanceof At at) {
        slices.addSliceDim(at.position(), at.position() + 1);
        whole &= size == 1;
        dims.add(1L);
      } else if (part instanceof Range range) {
        if (range.isWhole(size)) {
          slices.addAllDim();
        } else if (range.count() == 0) {
          empty = true;
        } else {
          whole = false;
          if (range.step() < 0 && range.count() > 1) {
            flips.add(axis - 1);
          }
          addSlice(slices, range);
        }
        dims.add(range.count());
      } else {
        slices.addAllDim();
        dims.add(size);
      }
    }
    Shape shape = new Shape(dims);
    if (empty) {
      return nothing(x, shape);
    }
    NDArray sliced = whole ? x : x.get(slices);
    if (!flips.isEmpty()) {
      sliced = sliced.flip(flips.stream().mapToInt(Integer::intValue).toArray());
    }
    return reshape(sliced, shape);
  }

  private static Shape basicShape(List<Part> parts) {
    List<Long> dims = new ArrayList<>();
    for (Part part : parts) {
      if (part instanceof New) {
        dims.add(1L);
      } else if (part instanceof Range range) {
        dims.add(range.count());
      }
    }
    return new Shape(dims);
  }

  /** {@code x} has one axis per part; those of integers have size 1 and count as picks of 0. */
  private static NDArray pick(NDArray x, List<Part> parts) {
    List<Integer> picked = new ArrayList<>();
    List<Integer> kept = new ArrayList<>();
    @Nullable Shape common = null;
    for (int i = 0; i < parts.size(); i++) {
      Part part = parts.get(i);
      if (part instanceof Pick pick) {
        common = common == null ? pick.shape() : Shapes.broadcast(common, pick.shape());
        picked.add(i);
      } else if (part instanceof At) {
        picked.add(i);
      } else {
        kept.add(i);
      }
    }
    Shape positionsShape = common == null ? new Shape() : common;
    int count = Math.toIntExact(positionsShape.size());
    long[] rows = new long[count];
    long rowCount = 1;
    for (int axis : picked) {
      long size = x.getShape().get(axis);
      rowCount *= size;
      for (int i = 0; i < count; i++) {
        rows[i] *= size;
      }
      if (parts.get(axis) instanceof Pick pick) {
        long[] positions = broadcast(pick, positionsShape);
        for (int i = 0; i < count; i++) {
          rows[i] += positions[i];
        }
      }
    }
    // Picked axes to the front, as one axis of rows.
    int[] order = new int[parts.size()];
    long[] dims = new long[kept.size() + 1];
    dims[0] = rowCount;
    int n = 0;
    for (int axis : picked) {
      order[n++] = axis;
    }
    for (int i = 0; i < kept.size(); i++) {
      order[n++] = kept.get(i);
      dims[i + 1] = x.getShape().get(kept.get(i));
    }
    NDArray taken = takeRows(reshape(transpose(x, order), new Shape(dims)), rows);
    // One axis of rows becomes the axes of the positions; they stand where the picks stood if
    // those were neighbours, else in front.
    int positionsRank = positionsShape.dimension();
    long[] full = new long[positionsRank + kept.size()];
    for (int i = 0; i < full.length; i++) {
      full[i] = i < positionsRank ? positionsShape.get(i) : dims[i - positionsRank + 1];
    }
    NDArray result = reshape(taken, new Shape(full));
    boolean neighbours = picked.get(picked.size() - 1) - picked.get(0) == picked.size() - 1;
    int before = neighbours ? picked.get(0) : 0;
    int[] back = new int[full.length];
    for (int i = 0; i < back.length; i++) {
      back[i] = i < before ? positionsRank + i : i < before + positionsRank ? i - before : i;
    }
    return transpose(result, back);
  }

  /** The elements {@code from} to {@code to - 1} of one axis. */
  static NDArray range(NDArray x, int axis, long from, long to) {
    NDIndex slices = new NDIndex();
    for (int i = 0; i < x.getShape().dimension(); i++) {
      if (i == axis) {
        slices.addSliceDim(from, to);
      } else {
        slices.addAllDim();
      }
    }
    return from == 0 && to == x.getShape().get(axis) ? x : x.get(slices);
  }

  /** Puts the axes into another order, unless it is the present one. */
  static NDArray transpose(NDArray x, int[] order) {
    for (int i = 0; i < order.length; i++) {
      if (order[i] != i) {
        return x.transpose(order);
      }
    }
    return x;
  }

  private static long[] broadcast(Pick pick, Shape shape) {
    if (pick.shape().equals(shape)) {
      return pick.positions();
    }
    long[] result = new long[Math.toIntExact(shape.size())];
    int offset = shape.dimension() - pick.shape().dimension();
    for (int i = 0; i < result.length; i++) {
      long rest = i;
      long source = 0;
      long stride = 1;
      for (int d = shape.dimension() - 1; d >= offset; d--) {
        long at = rest % shape.get(d);
        rest /= shape.get(d);
        long size = pick.shape().get(d - offset);
        source += size == 1 ? 0 : at * stride;
        stride *= size;
      }
      result[i] = pick.positions()[(int) source];
    }
    return result;
  }

  /** Positions of an advanced index are found by reading the numbers 0, 1, 2, ... with it. */
  private static void setPicked(NDArray x, Index index, NDArray value) {
    Shape shape = x.getShape();
    int size = Math.toIntExact(x.size());
    long[] numbers = new long[size];
    for (int i = 0; i < size; i++) {
      numbers[i] = i;
    }
    NDArray where = get(x.getManager().create(numbers, shape), index);
    NDArray aligned = broadcast(value, where.getShape());
    long[] positions = Host.longs(where);
    double[] values = Host.doubles(x);
    double[] written = Host.doubles(aligned);
    long[] integers = new long[0];
    if (!x.getDataType().isFloating()) {
      integers = Host.longs(x);
      long[] writtenIntegers = Host.longs(aligned);
      for (int i = 0; i < positions.length; i++) {
        integers[(int) positions[i]] = writtenIntegers[i];
      }
    }
    for (int i = 0; i < positions.length; i++) {
      values[(int) positions[i]] = written[i];
    }
    DataType dtype = x.getDataType();
    setWhole(x, NestedValues.create(x.getManager(), values, integers, shape, dtype));
  }

  /** The value in the shape of the place it goes to; leading axes of size 1 may be too many. */
  private static NDArray broadcast(NDArray value, Shape target) {
    Shape shape = value.getShape();
    while (shape.dimension() > target.dimension() && shape.get(0) == 1) {
      shape = shape.slice(1);
    }
    boolean fits = shape.dimension() <= target.dimension();
    for (int i = 1; fits && i <= shape.dimension(); i++) {
      long from = shape.get(shape.dimension() - i);
      fits = from == 1 || from == target.get(target.dimension() - i);
    }
    if (!fits) {
      throw new IllegalArgumentException(
          "cannot write a value of shape "
              + Shapes.text(value.getShape())
              + " into a place of shape "
              + Shapes.text(target));
    }
    NDArray trimmed = reshape(value, shape);
    return shape.equals(target) || target.size() == 0 ? trimmed : trimmed.broadcast(target);
  }
}
