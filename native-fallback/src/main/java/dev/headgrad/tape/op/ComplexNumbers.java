package dev.headgrad.tape.op;

import ai.djl.ndarray.types.DataType;
import dev.headgrad.tape.core.DenseArray;
import dev.headgrad.tape.core.Node;
import dev.headgrad.tape.core.Op.Keeps;

/** Complex numbers. */
public final class ComplexNumbers {

  private ComplexNumbers() {}

  // y = re x - i im x  dx = conj g
  private static final Pointwise CONJ =
      new Pointwise("conj", Keeps.NOTHING) {
        @Override
        void run(float[] x, int xo, float[] y, int yo, int n) {
          throw new AssertionError("conj of real numbers");
        }

        @Override
        void run(double[] x, int xo, double[] y, int yo, int n) {
          throw new AssertionError("conj of real numbers");
        }

        @Override
        void runComplex(float[] x, int xo, float[] y, int yo, int n) {
          for (int i = 0; i < n; i++) {
            y[2 * (yo + i)] = x[2 * (xo + i)];
            y[2 * (yo + i) + 1] = -x[2 * (xo + i) + 1];
          }
        }

        @Override
        protected DenseArray gradient(Node node, DenseArray head) {
          return conj(head);
        }
      };

  /** The complex conjugate; x itself if x is real. */
  public static DenseArray conj(DenseArray x) {
    return x.type() == DataType.COMPLEX64 ? CONJ.apply(x) : x;
  }
}
