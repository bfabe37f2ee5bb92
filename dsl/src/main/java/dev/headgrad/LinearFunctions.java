package dev.headgrad;

/** Matrix products: part of {@link Nd}. */
public sealed interface LinearFunctions permits Nd {

  /** Sum over the last axis of a and the first of b; of two vectors, in shape (1). */
  default Tensor dot(Tensor lhs, Tensor rhs) {
    return dot(lhs, rhs, false, false);
  }

  /**
   * Sum over the last axis of lhs and the first of rhs, either of which is transposed before: its
   * first axis exchanged with all others.
   */
  default Tensor dot(Tensor lhs, Tensor rhs, boolean transposeA, boolean transposeB) {
    return lhs.with(rhs, (a, b) -> MatrixProducts.dot(a, b, transposeA, transposeB));
  }

  /** Products of the matrices in the last two axes. */
  default Tensor batchDot(Tensor lhs, Tensor rhs) {
    return batchDot(lhs, rhs, false, false);
  }

  /** Products of the matrices in the last two axes, either of which is transposed before. */
  default Tensor batchDot(Tensor lhs, Tensor rhs, boolean transposeA, boolean transposeB) {
    return lhs.with(rhs, (a, b) -> MatrixProducts.batchDot(a, b, transposeA, transposeB));
  }

  /** {@code alpha A B}, of the matrices in the last two axes. */
  default Tensor linalgGemm2(Tensor a, Tensor b, double alpha) {
    return batchDot(a, b).times(alpha);
  }

  /** {@code A B}, of the matrices in the last two axes. */
  default Tensor linalgGemm2(Tensor a, Tensor b) {
    return batchDot(a, b);
  }

  /** {@code A Aᵀ}, of the matrices in the last two axes. */
  default Tensor linalgSyrk(Tensor a) {
    return batchDot(a, a, false, true);
  }

  /** The sum of the logarithms of the diagonal of each matrix in the last two axes. */
  default Tensor linalgSumlogdiag(Tensor a) {
    Nd nd = a.mx().nd();
    Tensor eye = nd.eye((int) a.shape(-1)).astype(a.dtype());
    return a.times(eye).sum(-1).log().sum(-1);
  }

  /** The inverse of each matrix in the last two axes. */
  default Tensor linalgInverse(Tensor a) {
    return a.map(x -> x.inverse());
  }
}
