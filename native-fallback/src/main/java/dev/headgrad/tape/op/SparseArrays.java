package dev.headgrad.tape.op;

import ai.djl.ndarray.types.DataType;
import dev.headgrad.tape.core.DenseArray;
import dev.headgrad.tape.core.Dims;
import dev.headgrad.tape.core.Elements;
import java.util.Arrays;

/** Dense arrays from the elements that are not zero and where they are. */
public final class SparseArrays {

  private SparseArrays() {}

  /**
   * A matrix from compressed rows.
   *
   * @param values (count)
   * @param starts for each row, and one behind the last, where its values start
   * @param columns the column of each value
   * @throws IllegalArgumentException if the starts do not divide the values among the rows
   */
  public static DenseArray ofRows(DenseArray values, long[] starts, long[] columns, int[] dims) {
    int count = columns.length;
    boolean fits = dims.length == 2 && starts.length == dims[0] + 1 && starts[0] == 0;
    for (int row = 0; fits && row < dims[0]; row++) {
      fits = starts[row] <= starts[row + 1];
    }
    if (!fits || starts[dims[0]] != count) {
      throw new IllegalArgumentException(
          "compressed rows of shape "
              + Dims.text(dims)
              + " need a start for each row and one behind the last, rising from 0 to the number of"
              + " values, "
              + count
              + ", but got "
              + Arrays.toString(starts));
    }
    long[][] places = new long[2][columns.length];
    for (int row = 0; row + 1 < starts.length; row++) {
      for (long i = starts[row]; i < starts[row + 1]; i++) {
        places[0][(int) i] = row;
      }
    }
    places[1] = columns;
    return ofCoordinates(values, places, dims);
  }

  /**
   * An array from some of its slices along the first axis.
   *
   * @param slices (count, …)
   * @param places the index of each slice
   */
  public static DenseArray ofSlices(DenseArray slices, long[] places, int[] dims) {
    DenseArray y = DenseArray.zeros(slices.type(), dims);
    DenseArray index = DenseArray.of(places.clone(), DataType.INT64, places.length);
    Gathering.write(y, Positions.along(dims, 0, index), slices);
    return y;
  }

  /**
   * An array from coordinates; values at the same place add up.
   *
   * @param values (count)
   * @param places for each axis, the index of each value
   */
  public static DenseArray ofCoordinates(DenseArray values, long[][] places, int[] dims) {
    DenseArray y = DenseArray.zeros(values.type(), dims);
    int[] strides = Dims.strides(dims);
    for (int i = 0; i < values.size(); i++) {
      int at = 0;
      for (int axis = 0; axis < dims.length; axis++) {
        long index = places[axis][i];
        if (index < 0 || index >= dims[axis]) {
          throw Positions.outOfRange(index, axis, dims[axis]);
        }
        at += (int) index * strides[axis];
      }
      double sum =
          Elements.getDouble(y.data(), y.type(), at)
              + Elements.getDouble(values.data(), values.type(), values.offset() + i);
      Elements.setDouble(y.data(), y.type(), at, sum);
    }
    return y;
  }
}
