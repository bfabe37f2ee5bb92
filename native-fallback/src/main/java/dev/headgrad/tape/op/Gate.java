package dev.headgrad.tape.op;

import ai.djl.ndarray.types.DataType;
import dev.headgrad.tape.core.DenseArray;
import dev.headgrad.tape.core.Node;
import org.jspecify.annotations.Nullable;

/**
 * The gradient rule of a function with flat pieces, as an operation: the head where the function
 * has slope 1, and 0 where it is flat, even if the head is infinite there.
 */
abstract class Gate extends Broadcasting {

  Gate(String name) {
    super(name, Keeps.INPUTS);
  }

  /** Whether the head passes at x. */
  abstract boolean open(double x);

  @Override
  protected boolean keepsInput(Node node, int i) {
    return i == 1;
  }

  @Override
  DataType resultType(DataType promoted) {
    return Types.floating(promoted);
  }

  // selecting among integers compiles to a conditional move; among floats, to a branch that is
  // often predicted wrongly

  @Override
  void run(float[] g, int go, int gs, float[] x, int xo, int xs, float[] y, int yo, int n) {
    for (int i = 0; i < n; i++) {
      int head = Float.floatToRawIntBits(g[go + i * gs]);
      y[yo + i] = Float.intBitsToFloat(open(x[xo + i * xs]) ? head : 0);
    }
  }

  @Override
  void run(double[] g, int go, int gs, double[] x, int xo, int xs, double[] y, int yo, int n) {
    for (int i = 0; i < n; i++) {
      long head = Double.doubleToRawLongBits(g[go + i * gs]);
      y[yo + i] = Double.longBitsToDouble(open(x[xo + i * xs]) ? head : 0);
    }
  }

  @Override
  void run(long[] g, int go, int gs, long[] x, int xo, int xs, long[] y, int yo, int n) {
    throw new AssertionError("integers have no gradients");
  }

  @Override
  protected DenseArray gradientA(Node node, DenseArray head) {
    return apply(head, node.input(1));
  }

  @Override
  protected @Nullable DenseArray gradientB(Node node, DenseArray head) {
    return null;
  }
}
