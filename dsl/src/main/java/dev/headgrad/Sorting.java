package dev.headgrad;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;

/** The order of elements along an axis. It is found once, on the Java side, and is a constant. */
final class Sorting {
  private Sorting() {}

  /** Sorts each lane along an axis; NaN counts as larger than everything. */
  static Order along(NDArray x, int axis, boolean ascending) {
    Shape shape = x.getShape();
    int at = Shapes.axis(axis, shape.dimension());
    double[] values = Host.doubles(x);
    int length = (int) shape.get(at);
    int stride = (int) Shapes.product(shape, at + 1, shape.dimension());
    int lanes = length == 0 ? 0 : values.length / length;
    int[][] order = new int[lanes][length];
    Integer[] places = new Integer[length];
    for (int lane = 0; lane < lanes; lane++) {
      int base = lane / stride * stride * length + lane % stride;
      for (int i = 0; i < length; i++) {
        places[i] = i;
      }
      java.util.Arrays.sort(
          places,
          (i, j) -> {
            double left = values[base + i * stride];
            double right = values[base + j * stride];
            return ascending ? Double.compare(left, right) : Double.compare(right, left);
          });
      for (int i = 0; i < length; i++) {
        order[lane][i] = places[i];
      }
    }
    return new Order(order, shape, at, length);
  }

  /**
   * The first places of each lane.
   *
   * @param order for each lane, places in order
   * @param shape of the array that is sorted
   * @param axis along which the lanes lie
   * @param count how many places of each lane count
   */
  record Order(int[][] order, Shape shape, int axis, int count) {

    /** Only the first k of each lane; all for 0. */
    Order first(int k) {
      if (k < 0 || k > shape.get(axis)) {
        throw new IllegalArgumentException(
            "k must be between 0 and "
                + shape.get(axis)
                + ", the size of axis "
                + axis
                + ", but is "
                + k);
      }
      return k == 0 ? this : new Order(order, shape, axis, k);
    }

    /** The elements at the places; the gradient goes back there. */
    NDArray values(NDArray x) {
      return Indexing.takeFlat(x, flat(), Shapes.with(shape, axis, count));
    }

    /** The places; x is reached, with gradient 0. */
    NDArray places(NDArray x, DataType dtype) {
      Shape result = Shapes.with(shape, axis, count);
      double[] values = new double[(int) result.size()];
      int stride = (int) Shapes.product(shape, axis + 1, shape.dimension());
      for (int lane = 0; lane < order.length; lane++) {
        for (int i = 0; i < count; i++) {
          values[lane / stride * stride * count + i * stride + lane % stride] = order[lane][i];
        }
      }
      return constant(x, values, result, dtype);
    }

    /** 1 at the places, else 0, in the shape and dtype of x; x is reached, with gradient 0. */
    NDArray mask(NDArray x) {
      double[] values = new double[(int) shape.size()];
      for (long position : flat()) {
        values[(int) position] = 1;
      }
      return constant(x, values, shape, x.getDataType());
    }

    private static NDArray constant(NDArray x, double[] values, Shape shape, DataType dtype) {
      NDArray result = NestedValues.create(x.getManager(), values, longs(values), shape, dtype);
      NDArray zero = Indexing.takeFlat(x, new long[1], new Shape(1));
      return Select.where(
          result.zerosLike().toType(DataType.BOOLEAN, false), Elementary.cast(zero, dtype), result);
    }

    private static long[] longs(double[] values) {
      long[] whole = new long[values.length];
      for (int i = 0; i < whole.length; i++) {
        whole[i] = (long) values[i];
      }
      return whole;
    }

    /** Where the elements are in x as one row. */
    private long[] flat() {
      int length = (int) shape.get(axis);
      int stride = (int) Shapes.product(shape, axis + 1, shape.dimension());
      long[] positions = new long[order.length * count];
      for (int lane = 0; lane < order.length; lane++) {
        int block = lane / stride;
        for (int i = 0; i < count; i++) {
          int target = (block * count + i) * stride + lane % stride;
          positions[target] = ((long) block * length + order[lane][i]) * stride + lane % stride;
        }
      }
      return positions;
    }
  }
}
