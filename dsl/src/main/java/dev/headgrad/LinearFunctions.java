package dev.headgrad;

import ai.djl.ndarray.NDArray;
import java.util.function.BinaryOperator;

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
    BinaryOperator<NDArray> product = (a, b) -> MatrixProducts.dot(a, b, transposeA, transposeB);
    boolean matrices = lhs.ndim() == 2 && rhs.ndim() == 2;
    return matrices && !transposeA && !transposeB
        ? lhs.callWith(rhs, product)
        : lhs.with(rhs, product);
  }

  /** Products of the matrices in the last two axes. */
  default Tensor batchDot(Tensor lhs, Tensor rhs) {
    return batchDot(lhs, rhs, false, false);
  }

  /** Products of the matrices in the last two axes, either of which is transposed before. */
  default Tensor batchDot(Tensor lhs, Tensor rhs, boolean transposeA, boolean transposeB) {
    return lhs.with(rhs, (a, b) -> MatrixProducts.batchDot(a, b, transposeA, transposeB));
  }

  /**
   * The Khatri-Rao product: of each column of the matrices, which have the same number of columns,
   * the Kronecker product.
   */
  default Tensor khatriRao(Tensor... args) {
    Tensor product = args[0];
    for (int i = 1; i < args.length; i++) {
      Tensor pairs = product.expandDims(1).times(args[i].expandDims(0));
      product = pairs.reshape(-3, 0);
    }
    return product;
  }
}
