package dev.headgrad;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;

/** Triangles and diagonals of the square matrices in the last two axes. */
final class Triangles {
  private Triangles() {}

  /** The number of rows and columns. */
  static int order(NDArray x) {
    Shape shape = x.getShape();
    int rank = shape.dimension();
    if (rank < 2 || shape.get(rank - 1) != shape.get(rank - 2)) {
      throw new IllegalArgumentException(
          "expected square matrices in the last two axes, got shape " + Shapes.text(shape));
    }
    return (int) shape.get(rank - 1);
  }

  /** The matrices with zeros outside of the triangle. */
  static NDArray of(NDArray x, boolean lower) {
    int n = order(x);
    boolean[] inside = new boolean[n * n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        inside[i * n + j] = lower ? j <= i : j >= i;
      }
    }
    NDArray mask =
        EngineGaps.owned(x.getManager().create(inside, new Shape(n, n)))
            .toType(DataType.BOOLEAN, false);
    return Select.where(mask, x, 0);
  }

  /** {@code A B} or {@code B A}, A transposed before if asked. */
  static NDArray product(NDArray a, NDArray b, boolean transpose, boolean rightside) {
    return rightside
        ? MatrixProducts.batchDot(b, a, false, transpose)
        : MatrixProducts.batchDot(a, b, transpose, false);
  }

  /** Where the diagonal is in a matrix of n rows, row-major. */
  static int[] diagonal(int n, int offset) {
    int count = n - Math.abs(offset);
    if (count <= 0) {
      throw new IllegalArgumentException("a matrix of order " + n + " has no diagonal " + offset);
    }
    int[] places = new int[count];
    for (int i = 0; i < count; i++) {
      places[i] = (i + Math.max(0, -offset)) * n + i + Math.max(0, offset);
    }
    return places;
  }

  /**
   * Where the triangle is in a matrix of n rows, row-major: row after row of a lower one, column
   * after column of an upper one.
   */
  static int[] triangle(int n, int offset, boolean lower) {
    boolean below = offset < 0 || (offset == 0 && lower);
    int[] places = new int[n * n];
    int count = 0;
    for (int i = 0; i < n; i++) {
      for (int j = 0; j <= i - Math.abs(offset); j++) {
        places[count++] = below ? i * n + j : j * n + i;
      }
    }
    return Arrays.copyOf(places, count);
  }

  /** The elements of each matrix at places, as the last axis. */
  static NDArray extract(NDArray x, int[] places) {
    Shape shape = x.getShape();
    int rank = shape.dimension();
    long area = shape.get(rank - 1) * shape.get(rank - 2);
    int batch = (int) (x.size() / area);
    long[] positions = new long[batch * places.length];
    for (int i = 0; i < positions.length; i++) {
      positions[i] = i / places.length * area + places[i % places.length];
    }
    long[] dims = Arrays.copyOf(shape.getShape(), rank - 1);
    dims[rank - 2] = places.length;
    return Indexing.takeFlat(x, positions, new Shape(dims));
  }

  /** Matrices of n rows with the last axis at the places, else zeros. */
  static NDArray make(NDArray x, int n, int[] places) {
    Shape shape = x.getShape();
    int rank = shape.dimension();
    int width = (int) shape.get(rank - 1);
    if (width != places.length) {
      throw new IllegalArgumentException(
          "a matrix of order " + n + " takes " + places.length + " elements, not " + width);
    }
    int batch = (int) (x.size() / width);
    long[] positions = new long[batch * n * n];
    Arrays.fill(positions, x.size()); // a zero behind all elements
    for (int b = 0; b < batch; b++) {
      for (int i = 0; i < width; i++) {
        positions[b * n * n + places[i]] = (long) b * width + i;
      }
    }
    NDArray zero = x.getManager().zeros(new Shape(1), x.getDataType());
    NDArray row = Join.concat(new NDList(x.reshape(new Shape(x.size())), zero), 0);
    long[] dims = Arrays.copyOf(shape.getShape(), rank + 1);
    dims[rank - 1] = n;
    dims[rank] = n;
    return Indexing.takeFlat(row, positions, new Shape(dims));
  }
}
