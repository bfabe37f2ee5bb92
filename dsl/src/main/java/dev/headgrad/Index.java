package dev.headgrad;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.lang.ref.Reference;
import java.util.ArrayList;
import java.util.List;

/**
 * One index, resolved against a shape: one {@link Part} per axis of the indexed array, plus the new
 * axes. Reading and writing with it is {@link Indexing}'s.
 */
final class Index {

  /** What happens to one axis. */
  sealed interface Part {}

  /** Python's {@code None}: a new axis of size 1. */
  record New() implements Part {}

  /** One element; the axis goes away. */
  record At(long position) implements Part {}

  /** {@code count} elements from {@code first} on, {@code step} apart. */
  record Range(long first, long count, long step) implements Part {
    boolean isWhole(long size) {
      return first == 0 && step == 1 && count == size;
    }
  }

  /**
   * The elements at these positions; positions of several axes are broadcast against each other.
   */
  record Pick(long[] positions, Shape shape) implements Part {}

  private final List<Part> parts;

  private Index(List<Part> parts) {
    this.parts = parts;
  }

  List<Part> parts() {
    return parts;
  }

  /** Whether this is the whole array as it is. */
  boolean isIdentity(Shape shape) {
    if (parts.size() != shape.dimension()) {
      return false;
    }
    for (int i = 0; i < parts.size(); i++) {
      if (!(parts.get(i) instanceof Range range) || !range.isWhole(shape.get(i))) {
        return false;
      }
    }
    return true;
  }

  boolean hasPicks() {
    return parts.stream().anyMatch(Pick.class::isInstance);
  }

  /**
   * Resolves what was written between the brackets.
   *
   * @throws IndexOutOfBoundsException if a position is outside its axis or there are too many parts
   * @throws IllegalArgumentException if a part is of a kind that cannot index
   */
  static Index resolve(Object[] written, Shape shape) {
    List<Object> items = items(written);
    int consumed = 0;
    int ellipsis = -1;
    for (int i = 0; i < items.size(); i++) {
      Object item = items.get(i);
      if (item == Axis.ELLIPSIS) {
        if (ellipsis >= 0) {
          throw new IllegalArgumentException("an index can have only one ellipsis ('...')");
        }
        ellipsis = i;
      } else {
        consumed += axesOf(item);
      }
    }
    int rank = shape.dimension();
    if (consumed > rank) {
      throw new IndexOutOfBoundsException(
          "too many indices: " + consumed + " for an array of shape " + Shapes.text(shape));
    }
    if (ellipsis < 0) {
      ellipsis = items.size();
    } else {
      items.remove(ellipsis);
    }
    for (int i = consumed; i < rank; i++) {
      items.add(ellipsis, Slice.ALL);
    }
    List<Part> parts = new ArrayList<>();
    int axis = 0;
    for (Object item : items) {
      if (item == Axis.NEW) {
        parts.add(new New());
      } else if (item instanceof Mask mask) {
        axis = mask.resolve(parts, shape, axis);
      } else {
        parts.add(part(item, axis, shape.get(axis)));
        axis++;
      }
    }
    return new Index(parts);
  }

  private static List<Object> items(Object[] written) {
    List<Object> items = new ArrayList<>();
    for (Object item : written) {
      if (item instanceof String text) {
        for (String piece : text.split(",", -1)) {
          items.add(parse(piece.strip()));
        }
      } else if (item instanceof boolean[]
          || item instanceof boolean[][]
          || item instanceof boolean[][][]) {
        NestedValues values = NestedValues.of(item);
        items.add(new Mask(values.integers(), values.shape()));
      } else if (item instanceof Tensor tensor) {
        items.add(fromArray(tensor.ndarray()));
        Reference.reachabilityFence(tensor);
      } else if (item instanceof NDArray array) {
        items.add(fromArray(array));
      } else {
        items.add(item);
      }
    }
    return items;
  }

  private static Object fromArray(NDArray array) {
    long[] values = Host.longs(array);
    return array.getDataType() == DataType.BOOLEAN
        ? new Mask(values, array.getShape())
        : new Pick(values, array.getShape());
  }

  private static Object parse(String piece) {
    if (piece.equals("...")) {
      return Axis.ELLIPSIS;
    }
    if (piece.equals("None") || piece.equals("newaxis")) {
      return Axis.NEW;
    }
    if (piece.contains(":")) {
      return Slice.parse(piece);
    }
    try {
      return Long.valueOf(piece);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("not an index: '" + piece + "'", e);
    }
  }

  private static int axesOf(Object item) {
    return item == Axis.NEW ? 0 : item instanceof Mask mask ? mask.shape().dimension() : 1;
  }

  private static Part part(Object item, int axis, long size) {
    if (item instanceof Integer || item instanceof Long || item instanceof Short) {
      return new At(wrap(((Number) item).longValue(), axis, size));
    }
    if (item instanceof Slice slice) {
      return new Range(slice.first(size), slice.count(size), slice.step());
    }
    if (item instanceof Pick pick) {
      long[] positions = pick.positions();
      for (int i = 0; i < positions.length; i++) {
        positions[i] = wrap(positions[i], axis, size);
      }
      return pick;
    }
    if (item instanceof int[]
        || item instanceof long[]
        || item instanceof List
        || item instanceof Object[]) {
      NestedValues nested = NestedValues.of(item);
      return part(new Pick(nested.integers(), nested.shape()), axis, size);
    }
    throw new IllegalArgumentException(
        "an index is made of integers, slices, arrays of integers or booleans, '...' and new axes,"
            + " not of "
            + item.getClass().getName());
  }

  private static long wrap(long position, int axis, long size) {
    if (position < -size || position >= size) {
      throw new IndexOutOfBoundsException(
          "index " + position + " is out of bounds for axis " + axis + " with size " + size);
    }
    return position < 0 ? position + size : position;
  }

  /** A boolean array: the positions where it is true, one {@link Pick} per axis it covers. */
  private record Mask(long[] values, Shape shape) {

    int resolve(List<Part> parts, Shape indexed, int axis) {
      int rank = shape.dimension();
      for (int d = 0; d < rank; d++) {
        if (shape.get(d) != indexed.get(axis + d)) {
          throw new IndexOutOfBoundsException(
              "boolean index has shape "
                  + Shapes.text(shape)
                  + ", which does not match "
                  + Shapes.text(indexed)
                  + " from axis "
                  + axis
                  + " on");
        }
      }
      int count = 0;
      for (long value : values) {
        count += value != 0 ? 1 : 0;
      }
      long[][] positions = new long[rank][count];
      int k = 0;
      for (int i = 0; i < values.length; i++) {
        if (values[i] != 0) {
          long rest = i;
          for (int d = rank - 1; d >= 0; d--) {
            positions[d][k] = rest % shape.get(d);
            rest /= shape.get(d);
          }
          k++;
        }
      }
      for (long[] ofAxis : positions) {
        parts.add(new Pick(ofAxis, new Shape(count)));
      }
      return axis + rank;
    }
  }
}
