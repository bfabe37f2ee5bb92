package dev.headgrad;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;

/** Writing elements to places of new zeros. */
final class Scattering {
  private Scattering() {}

  /**
   * Zeros with the rows of x at places; of several for one place the last.
   *
   * @param indices row-major, of shape (m, n…): a place in the first m axes in each column
   * @param shape of the result
   */
  static NDArray scatter(NDArray x, long[] indices, Shape indexShape, long[] shape) {
    int axes = (int) indexShape.get(0);
    int places = (int) Shapes.product(indexShape, 1, indexShape.dimension());
    long count = 1;
    for (int axis = 0; axis < axes; axis++) {
      count *= shape[axis];
    }
    // each place takes a row of x, or one of zeros behind them
    long[] sources = new long[(int) count];
    Arrays.fill(sources, places);
    for (int i = 0; i < places; i++) {
      long place = 0;
      for (int axis = 0; axis < axes; axis++) {
        long at = indices[axis * places + i];
        if (at < 0 || at >= shape[axis]) {
          throw new IndexOutOfBoundsException(
              "index " + at + " is out of bounds for axis " + axis + " with size " + shape[axis]);
        }
        place = place * shape[axis] + at;
      }
      sources[(int) place] = i;
    }
    Shape target = new Shape(shape);
    long width = count == 0 ? 0 : target.size() / count;
    NDArray rows = Indexing.reshape(x, new Shape(places, width));
    NDArray zeros = x.getManager().zeros(new Shape(1, width), x.getDataType());
    NDArray table = Join.concat(new NDList(rows, zeros), 0);
    return Indexing.reshape(Indexing.takeRows(table, sources), target);
  }
}
