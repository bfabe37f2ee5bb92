package dev.headgrad.tape.op;

import dev.headgrad.tape.core.DenseArray;
import dev.headgrad.tape.core.Dims;

/** Lengths of vectors along axes. */
public final class Norms {

  private Norms() {}

  /** {@code (Σ |x|^p)^(1/p)} over axes; p = 0 counts what is not 0. The gradient at 0 is NaN. */
  public static DenseArray norm(DenseArray x, double p, int[] axes, boolean keepDims) {
    DenseArray in = Casting.cast(x, Types.floating(x.type()));
    if (p == 2) {
      return UnaryMath.sqrt(Reductions.sumOfSquares(in, axes, keepDims));
    }
    DenseArray magnitudes = UnaryMath.abs(in);
    if (p == 1) {
      return Reductions.sum(magnitudes, axes, keepDims);
    }
    if (p == 0) {
      DenseArray counted = Casting.cast(Logic.truth(in), in.type());
      return Reductions.sum(counted, axes, keepDims);
    }
    if (p == Double.POSITIVE_INFINITY) {
      return Reductions.max(magnitudes, axes, keepDims);
    }
    return Powers.pow(Reductions.sum(Powers.pow(magnitudes, p), axes, keepDims), 1 / p);
  }

  /** x divided by its norm along an axis, or by eps where that is larger. */
  public static DenseArray normalize(DenseArray x, double p, int axis, double eps) {
    DenseArray length = norm(x, p, new int[] {Dims.axis(axis, x.rank())}, true);
    return Arithmetic.div(x, Arithmetic.maximum(length, Creation.scalar(eps, length.type())));
  }
}
