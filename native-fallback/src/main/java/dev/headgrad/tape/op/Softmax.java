package dev.headgrad.tape.op;

import static dev.headgrad.tape.op.Arithmetic.add;
import static dev.headgrad.tape.op.Arithmetic.mul;
import static dev.headgrad.tape.op.UnaryMath.exp;
import static dev.headgrad.tape.op.UnaryMath.neg;

import ai.djl.ndarray.types.DataType;
import dev.headgrad.tape.core.BinaryOp;
import dev.headgrad.tape.core.DenseArray;
import dev.headgrad.tape.core.Dims;
import dev.headgrad.tape.core.Elements;
import dev.headgrad.tape.core.Node;
import dev.headgrad.tape.core.UnaryOp;
import dev.headgrad.tape.kernel.arithmetic.BinaryLoops;
import dev.headgrad.tape.kernel.function.Folds;
import dev.headgrad.tape.kernel.function.Simd;

/** Softmax and its logarithm along an axis, with gradients that are one pass over it. */
public final class Softmax {

  private Softmax() {}

  /** A function of a lane, computed in floating point. */
  private abstract static class LaneFunction extends UnaryOp {
    final int axis;

    LaneFunction(String name, int axis) {
      super(name, Keeps.OUTPUT);
      this.axis = axis;
    }

    abstract void lane(float[] x, int xo, float[] y, int yo, int n);

    abstract void lane(double[] x, int xo, double[] y, int yo, int n);

    @Override
    protected final DenseArray forward(DenseArray x) {
      DataType result = Types.floating(x.type());
      DenseArray in = Lanes.last(x, axis, Types.domain(result));
      DenseArray y = DenseArray.dirty(in.type(), in.dims());
      int n = Lanes.length(x, axis);
      int xo = in.offset();
      if (y.type() == DataType.FLOAT32) {
        float[] from = in.floats();
        float[] to = y.floats();
        Lanes.forEach(Lanes.count(x, axis), n, i -> lane(from, xo + i * n, to, i * n, n));
      } else {
        double[] from = in.doubles();
        double[] to = y.doubles();
        Lanes.forEach(Lanes.count(x, axis), n, i -> lane(from, xo + i * n, to, i * n, n));
      }
      return Elements.to(Lanes.back(y, axis), result);
    }
  }

  /** A function of a lane of y and one of g. */
  private abstract static class LaneGradient extends BinaryOp {
    final int axis;

    LaneGradient(String name, int axis) {
      super(name, Keeps.INPUTS);
      this.axis = axis;
    }

    abstract void lane(float[] y, int yo, float[] g, int go, float[] dx, int dxo, int n);

    abstract void lane(double[] y, int yo, double[] g, int go, double[] dx, int dxo, int n);

    final DenseArray sum(DenseArray x) {
      return Reductions.sum(x, new int[] {axis}, true);
    }

    @Override
    protected final DenseArray forward(DenseArray y, DenseArray g) {
      DataType domain = Types.domain(y.type());
      DenseArray out = Lanes.last(y, axis, domain);
      DenseArray head = Lanes.last(g, axis, domain);
      DenseArray dx = DenseArray.dirty(domain, out.dims());
      int n = Lanes.length(y, axis);
      int yo = out.offset();
      int go = head.offset();
      if (domain == DataType.FLOAT32) {
        float[] a = out.floats();
        float[] b = head.floats();
        float[] c = dx.floats();
        Lanes.forEach(
            Lanes.count(y, axis), n, i -> lane(a, yo + i * n, b, go + i * n, c, i * n, n));
      } else {
        double[] a = out.doubles();
        double[] b = head.doubles();
        double[] c = dx.doubles();
        Lanes.forEach(
            Lanes.count(y, axis), n, i -> lane(a, yo + i * n, b, go + i * n, c, i * n, n));
      }
      return Elements.to(Lanes.back(dx, axis), y.type());
    }
  }

  // y = eˣ / Σ eˣ      dx = y (g - Σ g y)
  private static final class Soft extends LaneFunction {

    Soft(int axis) {
      super("softmax", axis);
    }

    @Override
    void lane(float[] x, int xo, float[] y, int yo, int n) {
      Folds.KERNELS.softmax(x, xo, y, yo, n);
    }

    @Override
    void lane(double[] x, int xo, double[] y, int yo, int n) {
      Folds.KERNELS.softmax(x, xo, y, yo, n);
    }

    @Override
    protected DenseArray gradient(Node node, DenseArray head) {
      return new SoftGradient(axis).apply(node.output(), head);
    }
  }

  // d = y (g - Σ g y)  dy = h (g - Σ g y) - g Σ h y      dg = y (h - Σ h y)
  private static final class SoftGradient extends LaneGradient {

    SoftGradient(int axis) {
      super("softmaxGradient", axis);
    }

    @Override
    void lane(float[] y, int yo, float[] g, int go, float[] dx, int dxo, int n) {
      float[] s = {Folds.KERNELS.dot(y, yo, g, go, n)};
      BinaryLoops.sub(g, go, 1, s, 0, 0, dx, dxo, n);
      BinaryLoops.mul(dx, dxo, 1, y, yo, 1, dx, dxo, n);
    }

    @Override
    void lane(double[] y, int yo, double[] g, int go, double[] dx, int dxo, int n) {
      double s = Folds.KERNELS.dot(y, yo, g, go, n);
      for (int i = 0; i < n; i++) {
        dx[dxo + i] = y[yo + i] * (g[go + i] - s);
      }
    }

    @Override
    protected DenseArray gradientA(Node node, DenseArray head) {
      DenseArray y = node.input(0);
      DenseArray g = node.input(1);
      DenseArray centred = add(g, neg(sum(mul(g, y))));
      return add(mul(head, centred), neg(mul(g, sum(mul(head, y)))));
    }

    @Override
    protected DenseArray gradientB(Node node, DenseArray head) {
      return new SoftGradient(axis).apply(node.input(0), head);
    }
  }

  // y = x - log Σ eˣ   dx = g - eʸ Σ g
  private static final class LogSoft extends LaneFunction {

    LogSoft(int axis) {
      super("logSoftmax", axis);
    }

    @Override
    void lane(float[] x, int xo, float[] y, int yo, int n) {
      Folds.KERNELS.logSoftmax(x, xo, y, yo, n);
    }

    @Override
    void lane(double[] x, int xo, double[] y, int yo, int n) {
      Folds.KERNELS.logSoftmax(x, xo, y, yo, n);
    }

    @Override
    protected DenseArray gradient(Node node, DenseArray head) {
      return new LogSoftGradient(axis).apply(node.output(), head);
    }
  }

  // d = g - eʸ Σ g     dy = -h eʸ Σ g      dg = h - Σ h eʸ
  private static final class LogSoftGradient extends LaneGradient {

    LogSoftGradient(int axis) {
      super("logSoftmaxGradient", axis);
    }

    @Override
    void lane(float[] y, int yo, float[] g, int go, float[] dx, int dxo, int n) {
      float[] s = {Folds.KERNELS.sum(g, go, n)};
      Simd.KERNELS.exp(y, yo, dx, dxo, n);
      BinaryLoops.mul(dx, dxo, 1, s, 0, 0, dx, dxo, n);
      BinaryLoops.sub(g, go, 1, dx, dxo, 1, dx, dxo, n);
    }

    @Override
    void lane(double[] y, int yo, double[] g, int go, double[] dx, int dxo, int n) {
      double s = Folds.KERNELS.sum(g, go, n);
      Simd.KERNELS.exp(y, yo, dx, dxo, n);
      for (int i = 0; i < n; i++) {
        dx[dxo + i] = g[go + i] - dx[dxo + i] * s;
      }
    }

    @Override
    protected DenseArray gradientA(Node node, DenseArray head) {
      return neg(mul(mul(head, exp(node.input(0))), sum(node.input(1))));
    }

    @Override
    protected DenseArray gradientB(Node node, DenseArray head) {
      return add(head, neg(sum(mul(head, exp(node.input(0))))));
    }
  }

  /** e<sup>x</sup> / &Sigma; e<sup>x</sup> along an axis; FLOAT32 for whole numbers. */
  public static DenseArray softmax(DenseArray x, int axis) {
    return new Soft(Dims.axis(axis, x.rank())).apply(x);
  }

  /** x - log &Sigma; e<sup>x</sup> along an axis; FLOAT32 for whole numbers. */
  public static DenseArray logSoftmax(DenseArray x, int axis) {
    return new LogSoft(Dims.axis(axis, x.rank())).apply(x);
  }
}
