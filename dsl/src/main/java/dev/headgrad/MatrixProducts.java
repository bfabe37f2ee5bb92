package dev.headgrad;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import dev.headgrad.djl.Operations;

/** Products of matrices and of batches of them. */
final class MatrixProducts {
  private MatrixProducts() {}

  /**
   * Sums over the last axis of a and the first of b: inner product of vectors, matrix product, and
   * so on. Transposing exchanges the first axis with all others.
   */
  static NDArray dot(NDArray a, NDArray b, boolean transposeA, boolean transposeB) {
    Shapes.sameDtype(a, b);
    Shape left = a.getShape();
    Shape right = b.getShape();
    int rankA = left.dimension();
    int rankB = right.dimension();
    if (rankA == 0 || rankB == 0) {
      return a.mul(b);
    }
    if (rankA == 1 && rankB == 1 && (transposeA || transposeB)) {
      throw new IllegalArgumentException("dot of two vectors cannot transpose them");
    }
    boolean turnA = transposeA && rankA > 1;
    boolean turnB = transposeB && rankB > 1;
    long innerA = turnA ? left.get(0) : left.get(rankA - 1);
    long innerB = turnB ? right.get(rankB - 1) : right.get(0);
    if (innerA != innerB) {
      throw new IllegalArgumentException(
          "dot of shapes "
              + Shapes.text(left)
              + (turnA ? " transposed" : "")
              + " and "
              + Shapes.text(right)
              + (turnB ? " transposed" : "")
              + ": sizes "
              + innerA
              + " and "
              + innerB
              + " must be equal");
    }
    if (rankA == 2 && rankB == 2) {
      return Operations.of(a).matMul(turnA ? a.transpose() : a, turnB ? b.transpose() : b);
    }
    long rows = innerA == 0 ? outer(left, turnA) : left.size() / innerA;
    long columns = innerB == 0 ? outer(right, !turnB) : right.size() / innerB;
    NDArray m =
        turnA
            ? Indexing.reshape(a, new Shape(innerA, rows)).transpose()
            : Indexing.reshape(a, new Shape(rows, innerA));
    NDArray n =
        turnB
            ? Indexing.reshape(b, new Shape(columns, innerB)).transpose()
            : Indexing.reshape(b, new Shape(innerB, columns));
    long[] dims = new long[rankA + rankB - 2];
    for (int i = 0; i < rankA - 1; i++) {
      dims[i] = left.get(turnA ? i + 1 : i);
    }
    for (int i = 0; i < rankB - 1; i++) {
      dims[rankA - 1 + i] = right.get(turnB ? i : i + 1);
    }
    return Operations.of(m).matMul(m, n).reshape(Shapes.atLeast1d(new Shape(dims)));
  }

  private static long outer(Shape shape, boolean first) {
    int rank = shape.dimension();
    return first ? Shapes.product(shape, 1, rank) : Shapes.product(shape, 0, rank - 1);
  }

  /** The products of the matrices in the last two axes; all other axes are equal. */
  static NDArray batchDot(NDArray a, NDArray b, boolean transposeA, boolean transposeB) {
    Shapes.sameDtype(a, b);
    NDArray m = matrices(a, transposeA);
    NDArray n = matrices(b, transposeB);
    Shape left = m.getShape();
    Shape right = n.getShape();
    int rank = left.dimension();
    boolean fits = rank == right.dimension() && left.get(rank - 1) == right.get(rank - 2);
    for (int i = 0; fits && i < rank - 2; i++) {
      fits = left.get(i) == right.get(i);
    }
    if (!fits) {
      throw new IllegalArgumentException(
          "batch_dot of shapes "
              + Shapes.text(left)
              + " and "
              + Shapes.text(right)
              + " (after transposing): batches and inner sizes must be equal");
    }
    return Operations.of(m).matMul(m, n);
  }

  /** The matrices in the last two axes, transposed if asked. */
  static NDArray matrices(NDArray x, boolean transpose) {
    int rank = x.getShape().dimension();
    if (rank < 2) {
      throw new IllegalArgumentException(
          "expected matrices in the last two axes, got shape " + Shapes.text(x.getShape()));
    }
    return transpose ? Layout.swapAxes(x, rank - 2, rank - 1) : x;
  }
}
