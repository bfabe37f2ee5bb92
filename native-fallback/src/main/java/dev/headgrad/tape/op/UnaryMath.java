package dev.headgrad.tape.op;

import static dev.headgrad.tape.op.Arithmetic.mul;

import dev.headgrad.tape.core.DenseArray;
import dev.headgrad.tape.core.Node;
import dev.headgrad.tape.core.Op.Keeps;
import dev.headgrad.tape.kernel.Simd;

/** Functions of one real number. */
public final class UnaryMath {

  private UnaryMath() {}

  // y = e^x            dx = g * y
  private static final Pointwise EXP =
      new Pointwise("exp", Keeps.OUTPUT) {
        @Override
        double of(double x) {
          return Math.exp(x);
        }

        @Override
        void run(float[] x, int xo, float[] y, int yo, int n) {
          Simd.KERNELS.exp(x, xo, y, yo, n);
        }

        @Override
        protected DenseArray gradient(Node node, DenseArray head) {
          return mul(head, node.output());
        }
      };

  // y = -x             dx = -g
  private static final Pointwise NEG =
      new Pointwise.Integral("neg", Keeps.NOTHING) {
        @Override
        double of(double x) {
          return -x;
        }

        @Override
        long of(long x) {
          return -x;
        }

        @Override
        protected DenseArray gradient(Node node, DenseArray head) {
          return neg(head);
        }
      };

  /** e to the power of x. */
  public static DenseArray exp(DenseArray x) {
    return EXP.apply(x);
  }

  /** -x. */
  public static DenseArray neg(DenseArray x) {
    return NEG.apply(x);
  }
}
