package dev.headgrad.tape.op;

import dev.headgrad.tape.core.DenseArray;
import dev.headgrad.tape.core.Dims;
import dev.headgrad.tape.core.Elements;

/** Dense arrays from the elements that are not zero and where they are. */
public final class SparseArrays {

  private SparseArrays() {}

  /**
   * A matrix from compressed rows.
   *
   * @param values (count)
   * @param starts for each row, and one behind the last, where its values start
   * @param columns the column of each value
   */
  public static DenseArray ofRows(DenseArray values, long[] starts, long[] columns, int[] dims) {
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
