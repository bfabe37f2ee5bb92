package dev.headgrad;

import java.util.List;

/**
 * Functions of the matrices in the last two axes: MXNet's {@code nd.linalg}. All other axes are a
 * batch.
 */
public final class LinearAlgebra {

  LinearAlgebra() {}

  /** {@code A B + C}. */
  public Tensor gemm(Tensor a, Tensor b, Tensor c) {
    return gemm(a, b, c, false, false, 1, 1);
  }

  /** {@code alpha A B + beta C}, where A and B may be transposed before. */
  public Tensor gemm(
      Tensor a,
      Tensor b,
      Tensor c,
      boolean transposeA,
      boolean transposeB,
      double alpha,
      double beta) {
    return gemm2(a, b, transposeA, transposeB, alpha).plus(c.times(beta));
  }

  /** {@code A B}. */
  public Tensor gemm2(Tensor a, Tensor b) {
    return gemm2(a, b, false, false, 1);
  }

  /** {@code alpha A B}. */
  public Tensor gemm2(Tensor a, Tensor b, double alpha) {
    return gemm2(a, b, false, false, alpha);
  }

  /** {@code alpha A B}, where A and B may be transposed before. */
  public Tensor gemm2(Tensor a, Tensor b, boolean transposeA, boolean transposeB, double alpha) {
    return a.mx().nd().batchDot(a, b, transposeA, transposeB).times(alpha);
  }

  /** {@code A Aᵀ}. */
  public Tensor syrk(Tensor a) {
    return syrk(a, false, 1);
  }

  /** {@code alpha A Aᵀ}, or {@code alpha Aᵀ A} if transposed. */
  public Tensor syrk(Tensor a, boolean transpose, double alpha) {
    return gemm2(a, a, transpose, !transpose, alpha);
  }

  /** {@code A B} with the lower triangle of A. */
  public Tensor trmm(Tensor a, Tensor b) {
    return trmm(a, b, false, false, true, 1);
  }

  /**
   * {@code alpha A B} with a triangle of A.
   *
   * @param transpose whether A is transposed then
   * @param rightside whether it is {@code alpha B A}
   * @param lower whether it is the lower triangle
   */
  public Tensor trmm(
      Tensor a, Tensor b, boolean transpose, boolean rightside, boolean lower, double alpha) {
    return a.with(
        b,
        (x, y) ->
            Elementary.mul(
                Triangles.product(Triangles.of(x, lower), y, transpose, rightside), alpha));
  }

  /** The X of {@code A X = B} with the lower triangle of A. */
  public Tensor trsm(Tensor a, Tensor b) {
    return trsm(a, b, false, false, true, 1);
  }

  /**
   * The X of {@code A X = alpha B} with a triangle of A.
   *
   * @param transpose whether A is transposed then
   * @param rightside whether it is {@code X A = alpha B}
   * @param lower whether it is the lower triangle
   */
  public Tensor trsm(
      Tensor a, Tensor b, boolean transpose, boolean rightside, boolean lower, double alpha) {
    return a.with(
        b,
        (x, y) ->
            Elementary.mul(
                Triangles.product(Triangles.of(x, lower).inverse(), y, transpose, rightside),
                alpha));
  }

  /** The lower triangular L with {@code A = L Lᵀ}, of a symmetric positive definite A. */
  public Tensor potrf(Tensor a) {
    return potrf(a, true);
  }

  /** The Cholesky factor: L with {@code A = L Lᵀ}, or U with {@code A = Uᵀ U} if not lower. */
  public Tensor potrf(Tensor a, boolean lower) {
    return a.map(x -> Factorizations.cholesky(x, lower));
  }

  /** The inverse of {@code L Lᵀ}, from the lower triangular L. */
  public Tensor potri(Tensor a) {
    return potri(a, true);
  }

  /** The inverse of {@code L Lᵀ}, or of {@code Uᵀ U} if not lower, from the triangle. */
  public Tensor potri(Tensor a, boolean lower) {
    return a.map(
        x -> {
          var inverse = Triangles.of(x, lower).inverse();
          return MatrixProducts.batchDot(inverse, inverse, lower, !lower);
        });
  }

  /** The determinant; of a single matrix in shape (1). */
  public Tensor det(Tensor a) {
    return a.map(x -> Factorizations.determinants(x).determinant());
  }

  /**
   * The sign of the determinant and the logarithm of its absolute value; of a singular matrix 0 and
   * -inf.
   */
  public List<Tensor> slogdet(Tensor a) {
    return List.of(
        a.map(x -> Factorizations.determinants(x).sign()),
        a.map(x -> Factorizations.determinants(x).logarithm()));
  }

  /** The inverse. */
  public Tensor inverse(Tensor a) {
    return a.map(x -> x.inverse());
  }

  /** Q with orthonormal rows and the lower triangular L in {@code A = L Q}. */
  public List<Tensor> gelqf(Tensor a) {
    return a.mx().computeViews(() -> Factorizations.lq(a.ndarray()));
  }

  /** The sum of the logarithms of the diagonal; of a single matrix in shape (1). */
  public Tensor sumlogdiag(Tensor a) {
    return extractdiag(a).log().sum(-1);
  }

  /** The diagonals. */
  public Tensor extractdiag(Tensor a) {
    return extractdiag(a, 0);
  }

  /** The diagonals, shifted to the right by the offset. */
  public Tensor extractdiag(Tensor a, int offset) {
    return a.map(x -> Triangles.extract(x, Triangles.diagonal(Triangles.order(x), offset)));
  }

  /** The square matrices with the last axis as their diagonals. */
  public Tensor makediag(Tensor a) {
    return makediag(a, 0);
  }

  /** The square matrices with the last axis as diagonals that are shifted by the offset. */
  public Tensor makediag(Tensor a, int offset) {
    int n = Math.toIntExact(a.shape(-1)) + Math.abs(offset);
    return a.map(x -> Triangles.make(x, n, Triangles.diagonal(n, offset)));
  }

  /** The lower triangles, row after row. */
  public Tensor extracttrian(Tensor a) {
    return extracttrian(a, 0, true);
  }

  /**
   * The triangles: lower ones row after row, upper ones column after column.
   *
   * @param offset where their edge is; a negative one means lower triangles, a positive one upper
   * @param lower whether they are lower ones, if the offset is 0
   */
  public Tensor extracttrian(Tensor a, int offset, boolean lower) {
    return a.map(x -> Triangles.extract(x, Triangles.triangle(Triangles.order(x), offset, lower)));
  }

  /** The square matrices with the last axis as their lower triangles. */
  public Tensor maketrian(Tensor a) {
    return maketrian(a, 0, true);
  }

  /** What {@link #extracttrian(Tensor, int, boolean)} takes apart. */
  public Tensor maketrian(Tensor a, int offset, boolean lower) {
    int n = Math.abs(offset);
    while (Triangles.triangle(n, offset, lower).length < a.shape(-1)) {
      n++;
    }
    int order = n;
    return a.map(x -> Triangles.make(x, order, Triangles.triangle(order, offset, lower)));
  }
}
