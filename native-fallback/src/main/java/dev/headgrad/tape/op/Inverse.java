package dev.headgrad.tape.op;

import ai.djl.ndarray.types.DataType;
import dev.headgrad.tape.core.DenseArray;
import dev.headgrad.tape.core.Dims;
import dev.headgrad.tape.core.Elements;
import dev.headgrad.tape.core.Node;
import dev.headgrad.tape.core.UnaryOp;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.MatrixFeatures_DDRM;

/** Inverses of square matrices. */
public final class Inverse {

  private Inverse() {}

  // y = x⁻¹            dx = -yᵀ g yᵀ
  private static final UnaryOp INVERSE =
      new UnaryOp("inverse", UnaryOp.Keeps.OUTPUT) {
        @Override
        protected DenseArray forward(DenseArray x) {
          int n = x.dim(x.rank() - 1);
          DenseArray y = Elements.copy(Elements.to(x, DataType.FLOAT64));
          double[] elements = y.doubles();
          for (int at = 0; at < elements.length; at += n * n) {
            DMatrixRMaj matrix = new DMatrixRMaj(n, n);
            System.arraycopy(elements, at, matrix.data, 0, n * n);
            boolean finite = !MatrixFeatures_DDRM.hasUncountable(matrix);
            if (!CommonOps_DDRM.invert(matrix)
                || (finite && MatrixFeatures_DDRM.hasUncountable(matrix))) {
              throw new IllegalArgumentException("the matrix is singular: it has no inverse");
            }
            System.arraycopy(matrix.data, 0, elements, at, n * n);
          }
          return Elements.to(y, Types.floating(x.type()));
        }

        @Override
        protected DenseArray gradient(Node node, DenseArray head) {
          DenseArray y = node.output();
          DenseArray turned = Shapes.swapAxes(y, y.rank() - 2, y.rank() - 1);
          return UnaryMath.neg(MatrixProduct.matMul(turned, MatrixProduct.matMul(head, turned)));
        }
      };

  /**
   * The inverse of each square matrix (…, n, n).
   *
   * @throws IllegalArgumentException if the matrices are not square, or one has no inverse
   */
  public static DenseArray inverse(DenseArray x) {
    if (x.rank() < 2 || x.dim(x.rank() - 1) != x.dim(x.rank() - 2)) {
      throw new IllegalArgumentException(
          "an inverse needs square matrices, but got the shape " + Dims.text(x.dims()));
    }
    return INVERSE.apply(x);
  }
}
