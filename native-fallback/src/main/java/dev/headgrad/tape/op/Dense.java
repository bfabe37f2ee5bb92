package dev.headgrad.tape.op;

import dev.headgrad.tape.core.DenseArray;
import org.jspecify.annotations.Nullable;

/** Fully connected layers and embeddings. */
public final class Dense {

  private Dense() {}

  /**
   * {@code x wᵀ + b}.
   *
   * @param x (…, in)
   * @param w (out, in)
   * @param b (out), or null
   * @return (…, out)
   */
  public static DenseArray linear(DenseArray x, DenseArray w, @Nullable DenseArray b) {
    if (Linear.fits(x, w, b)) {
      return Linear.of(x, w, b);
    }
    DenseArray y = MatrixProduct.matMul(x, Shapes.transpose(w));
    return b == null ? y : Arithmetic.add(y, b);
  }

  /**
   * Rows of a table.
   *
   * @param index whole numbers of any shape and dtype
   * @param table (rows, width)
   * @return (index…, width)
   */
  public static DenseArray embedding(DenseArray index, DenseArray table) {
    return Gathering.take(table, index, 0);
  }

  /** x where it is positive, and alpha times x elsewhere; one alpha, or one for each channel. */
  public static DenseArray prelu(DenseArray x, DenseArray alpha) {
    DenseArray slope = alpha;
    if (alpha.size() > 1 && x.rank() > 2) {
      int[] dims = new int[x.rank()];
      java.util.Arrays.fill(dims, 1);
      dims[1] = alpha.size();
      slope = Shapes.reshape(alpha, dims);
    }
    DenseArray zero = Creation.scalar(0, x.type());
    return Selection.where(Comparison.gt(x, zero), x, Arithmetic.mul(x, slope));
  }
}
