package dev.headgrad.tape.op;

import ai.djl.ndarray.types.DataType;
import dev.headgrad.tape.core.DenseArray;
import dev.headgrad.tape.core.NaryOp;
import dev.headgrad.tape.core.Node;
import org.jspecify.annotations.Nullable;

/**
 * y = x wᵀ + b of matrices x and w, where a vector b may be missing; dx = g w, dw = gᵀ x, db the
 * sum of the rows of g.
 *
 * <p>An operation of its own for two reasons: the gradient of w, as that of a transposed view,
 * would come out transposed and be copied; and b is added to the product where that lies.
 */
final class Linear extends NaryOp {

  private static final Linear LINEAR = new Linear();

  private Linear() {
    super("linear", Keeps.INPUTS);
  }

  /** Whether this is for these arrays; their shapes need not match yet. */
  static boolean fits(DenseArray x, DenseArray w, @Nullable DenseArray b) {
    return x.rank() >= 2
        && w.rank() == 2
        && x.dim(x.rank() - 1) == w.dim(1)
        && isWide(x.type())
        && x.type() == w.type()
        && (b == null || (b.type() == x.type() && b.rank() == 1 && b.dim(0) == w.dim(0)));
  }

  private static boolean isWide(DataType type) {
    return type == DataType.FLOAT32 || type == DataType.FLOAT64;
  }

  /** The layer, of arrays that {@link #fits fit}. */
  static DenseArray of(DenseArray x, DenseArray w, @Nullable DenseArray b) {
    return x.rank() == 2
        ? matrices(x, w, b)
        : MatrixProduct.tall(x, w.dim(0), matrix -> matrices(matrix, w, b));
  }

  private static DenseArray matrices(DenseArray x, DenseArray w, @Nullable DenseArray b) {
    return b == null ? LINEAR.apply(x, w)[0] : LINEAR.apply(x, w, b)[0];
  }

  @Override
  protected boolean keepsInput(Node node, int i) {
    return i < 2 && node.needs(1 - i);
  }

  @Override
  protected DenseArray[] forward(DenseArray[] in) {
    DenseArray w = in[1].detached();
    DenseArray turned = MatrixProduct.transposed(w);
    DenseArray y = MatrixProduct.multiply(in[0], turned);
    turned.release();
    w.release();
    if (in.length > 2) {
      DenseArray b = in[2].detached();
      y = Arithmetic.addOver(y, b);
      b.release();
    }
    return new DenseArray[] {y};
  }

  @Override
  protected @Nullable DenseArray[] gradients(Node node, @Nullable DenseArray[] heads) {
    DenseArray g = heads[0];
    @Nullable DenseArray[] gradients = new DenseArray[node.inputs()];
    if (g != null) {
      gradients[0] = node.needs(0) ? MatrixProduct.matMul(g, node.input(1)) : null;
      gradients[1] =
          node.needs(1) ? MatrixProduct.matMul(MatrixProduct.transposed(g), node.input(0)) : null;
      if (gradients.length > 2) {
        gradients[2] = g; // summed over its rows by the engine
      }
    }
    return gradients;
  }
}
