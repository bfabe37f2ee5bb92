package dev.headgrad.tape.op;

import static dev.headgrad.tape.op.Arithmetic.mul;
import static dev.headgrad.tape.op.Arithmetic.sub;
import static dev.headgrad.tape.op.UnaryMath.number;

import dev.headgrad.tape.core.DenseArray;
import dev.headgrad.tape.core.Node;
import dev.headgrad.tape.core.Op.Keeps;
import dev.headgrad.tape.kernel.Simd;

/** Activation functions. */
public final class Activations {

  private Activations() {}

  private static final Gate RELU_GATE =
      new Gate("reluGradient") {
        @Override
        boolean open(double x) {
          return x > 0;
        }
      };

  // y = max(x, 0)      dx = g where y > 0
  private static final Pointwise RELU =
      new Pointwise("relu", Keeps.OUTPUT) {
        @Override
        void run(float[] x, int xo, float[] y, int yo, int n) {
          for (int i = 0; i < n; i++) {
            y[yo + i] = Math.max(x[xo + i], 0);
          }
        }

        @Override
        void run(double[] x, int xo, double[] y, int yo, int n) {
          for (int i = 0; i < n; i++) {
            y[yo + i] = Math.max(x[xo + i], 0);
          }
        }

        @Override
        protected DenseArray gradient(Node node, DenseArray head) {
          return RELU_GATE.apply(head, node.output());
        }
      };

  // y = 1 / (1 + e^-x) dx = g y (1 - y)
  private static final Pointwise SIGMOID =
      new Pointwise("sigmoid", Keeps.OUTPUT) {
        @Override
        void run(float[] x, int xo, float[] y, int yo, int n) {
          Simd.KERNELS.sigmoid(x, xo, y, yo, n);
        }

        @Override
        void run(double[] x, int xo, double[] y, int yo, int n) {
          Simd.KERNELS.sigmoid(x, xo, y, yo, n);
        }

        @Override
        protected DenseArray gradient(Node node, DenseArray head) {
          return mul(head, mul(node.output(), sub(number(1, node.output()), node.output())));
        }
      };

  /** The larger of x and 0. */
  public static DenseArray relu(DenseArray x) {
    return RELU.apply(x);
  }

  /** 1 / (1 + e<sup>-x</sup>). */
  public static DenseArray sigmoid(DenseArray x) {
    return SIGMOID.apply(x);
  }
}
