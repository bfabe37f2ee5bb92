package dev.headgrad;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import java.util.List;

/**
 * Factorizations of the matrices in the last two axes, by halves, in operations that every engine
 * has and differentiates.
 */
final class Factorizations {
  private Factorizations() {}

  /** The triangular factor of symmetric positive definite matrices. */
  static NDArray cholesky(NDArray a, boolean lower) {
    Triangles.order(a);
    NDArray symmetric = Elementary.mul(a.add(MatrixProducts.matrices(a, true)), 0.5);
    NDArray factor = cholesky(symmetric);
    return lower ? factor : MatrixProducts.matrices(factor, true);
  }

  /**
   * Of the blocks of A = ((P, Qᵀ), (Q, R)): L = ((chol P, 0), (S, chol(R - S Sᵀ))) with S = Q (chol
   * P)⁻ᵀ.
   */
  private static NDArray cholesky(NDArray a) {
    int n = Triangles.order(a);
    if (n == 1) {
      return a.sqrt();
    }
    int half = n / 2;
    NDArray top = cholesky(block(a, 0, half, 0, half));
    NDArray left = MatrixProducts.batchDot(block(a, half, n, 0, half), top.inverse(), false, true);
    NDArray rest = block(a, half, n, half, n).sub(MatrixProducts.batchDot(left, left, false, true));
    NDArray bottom = cholesky(rest);
    int rank = a.getShape().dimension();
    NDArray zeros = MatrixProducts.matrices(left, true).zerosLike();
    NDArray upper = Join.concat(new NDList(top, zeros), rank - 1);
    return Join.concat(
        new NDList(upper, Join.concat(new NDList(left, bottom), rank - 1)), rank - 2);
  }

  /** What the determinants are made of, in the shape of the batch, (1) if there is none. */
  record Determinants(NDArray determinant, NDArray sign, NDArray logarithm) {}

  /**
   * The determinants, by pivots. Which rows are exchanged is found on the Java side and is a
   * constant; singular matrices have the determinant 0 with gradient 0.
   */
  static Determinants determinants(NDArray a) {
    int n = Triangles.order(a);
    Shape shape = a.getShape();
    int rank = shape.dimension();
    int batch = (int) (a.size() / n / n);
    RowExchanges exchanges = RowExchanges.of(Host.doubles(a), batch, n);
    NDArray matrices = a.reshape(new Shape((long) batch * n, n));
    Shape stacked = new Shape(batch, n, n);
    NDArray rows = Indexing.reshape(Indexing.takeRows(matrices, exchanges.rows()), stacked);
    NDArray signs = vector(a, exchanges.signs(), batch);
    NDArray regular = signs.neq(0).reshape(batch, 1, 1);
    NDArray safe =
        Select.where(
            regular,
            rows,
            Select.to(a.getManager().eye(n).toType(a.getDataType(), false), stacked));
    NDArray pivots = Join.concat(new NDList(pivots(safe)), 1);
    NDArray size = pivots.abs().log().sum(new int[] {1});
    NDArray sign = signs.mul(product(pivots.stopGradient().sign()));
    long[] dims = rank == 2 ? new long[] {1} : java.util.Arrays.copyOf(shape.getShape(), rank - 2);
    Shape result = new Shape(dims);
    NDArray known = signs.neq(0);
    return new Determinants(
        Indexing.reshape(signs.mul(product(pivots)), result),
        Indexing.reshape(Kinks.flat(size, x -> sign), result),
        Indexing.reshape(Select.where(known, size, Double.NEGATIVE_INFINITY), result));
  }

  private static NDArray product(NDArray pivots) {
    return Reductions.prod(pivots, new int[] {1}, false);
  }

  private static NDArray vector(NDArray like, double[] values, int size) {
    return NestedValues.create(
        like.getManager(), values, new long[0], new Shape(size), like.getDataType());
  }

  /** The pivots of elimination, (batch, 1) each; det ((P, Q), (R, S)) = det P det(S - R P⁻¹ Q). */
  private static NDArray[] pivots(NDArray a) {
    int n = Triangles.order(a);
    if (n == 1) {
      return new NDArray[] {a.reshape(a.getShape().get(0), 1)};
    }
    int half = n / 2;
    NDArray top = block(a, 0, half, 0, half);
    NDArray solved =
        MatrixProducts.batchDot(top.inverse(), block(a, 0, half, half, n), false, false);
    NDArray rest =
        block(a, half, n, half, n)
            .sub(MatrixProducts.batchDot(block(a, half, n, 0, half), solved, false, false));
    NDArray[] first = pivots(top);
    NDArray[] second = pivots(rest);
    NDArray[] all = java.util.Arrays.copyOf(first, n);
    System.arraycopy(second, 0, all, half, n - half);
    return all;
  }

  /**
   * The Q with orthonormal rows and the lower triangular L of A = L Q, for matrices that are not
   * higher than wide: L is the Cholesky factor of A Aᵀ, with the signs of Householder's method.
   */
  static List<NDArray> lq(NDArray a) {
    Shape shape = a.getShape();
    int rank = shape.dimension();
    if (rank < 2 || shape.get(rank - 2) > shape.get(rank - 1)) {
      throw new IllegalArgumentException(
          "gelqf takes matrices that are not higher than wide, not shape " + Shapes.text(shape));
    }
    NDArray factor = cholesky(MatrixProducts.batchDot(a, a, false, true));
    NDArray rows = MatrixProducts.batchDot(factor.inverse(), a, false, false);
    int height = (int) shape.get(rank - 2);
    int width = (int) shape.get(rank - 1);
    double[] signs = RowExchanges.reflections(Host.doubles(a), height, width);
    long[] dims = java.util.Arrays.copyOf(shape.getShape(), rank - 1);
    NDArray sign = vector(a, signs, signs.length).reshape(new Shape(dims));
    NDArray columns = sign.reshape(Shapes.insert(sign.getShape(), rank - 2, 1));
    NDArray lines = sign.reshape(Shapes.insert(sign.getShape(), rank - 1, 1));
    return List.of(rows.mul(lines), factor.mul(columns));
  }

  private static NDArray block(NDArray a, int top, int bottom, int left, int right) {
    NDIndex index = new NDIndex().addEllipseDim();
    return a.get(index.addSliceDim(top, bottom).addSliceDim(left, right));
  }
}
