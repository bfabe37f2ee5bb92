package dev.headgrad.tape.op;

import static dev.headgrad.tape.op.Arithmetic.div;
import static dev.headgrad.tape.op.Arithmetic.mul;
import static dev.headgrad.tape.op.UnaryMath.number;

import ai.djl.ndarray.types.DataType;
import dev.headgrad.tape.core.DenseArray;
import dev.headgrad.tape.core.Dims;
import dev.headgrad.tape.core.Elements;
import dev.headgrad.tape.core.Node;
import dev.headgrad.tape.core.Op.Keeps;
import dev.headgrad.tape.core.UnaryOp;
import java.util.Arrays;

/** Complex numbers. */
public final class ComplexNumbers {

  private ComplexNumbers() {}

  /** Apart from the rest, so that real numbers load nothing of it. */
  private static final class Conjugate extends Pointwise {
    // y = re x - i im x  dx = conj g
    static final Conjugate OP = new Conjugate();

    private Conjugate() {
      super("conj", Keeps.NOTHING);
    }

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
  }

  /** The complex conjugate; x itself if x is real. */
  public static DenseArray conj(DenseArray x) {
    return x.type() == DataType.COMPLEX64 ? Conjugate.OP.apply(x) : x;
  }

  // y = sqrt(re² + im²)   dx = g x / y, 0 where x = 0
  private static final class Magnitude extends UnaryOp {
    static final Magnitude OP = new Magnitude();

    private Magnitude() {
      super("abs", Keeps.ALL);
    }

    @Override
    protected DenseArray forward(DenseArray x) {
      DenseArray in = Elements.contiguous(x);
      DenseArray y = DenseArray.dirty(DataType.FLOAT32, x.dims());
      for (int i = 0; i < y.size(); i++) {
        int at = 2 * (in.offset() + i);
        y.floats()[i] = (float) Math.hypot(in.floats()[at], in.floats()[at + 1]);
      }
      return y;
    }

    @Override
    protected DenseArray gradient(Node node, DenseArray head) {
      DenseArray size = Shapes.expandDims(node.output(), -1);
      DenseArray direction = div(real(node.input(0)), size);
      DenseArray slope = Selection.masked(direction, Comparison.neq(size, number(0, size)));
      return complex(mul(Shapes.expandDims(head, -1), slope));
    }
  }

  /** The magnitude of complex numbers, FLOAT32. */
  static DenseArray abs(DenseArray x) {
    return Magnitude.OP.apply(x);
  }

  // (…, 2) FLOAT32 to (…) COMPLEX64, which lie alike in memory       dx = the head as real numbers
  private static final class OfPairs extends UnaryOp {
    static final OfPairs OP = new OfPairs();

    private OfPairs() {
      super("complex", Keeps.NOTHING);
    }

    @Override
    protected DenseArray forward(DenseArray x) {
      DenseArray pairs = Elements.to(x, DataType.FLOAT32);
      int[] dims = Arrays.copyOf(x.dims(), x.rank() - 1);
      DenseArray y = DenseArray.dirty(DataType.COMPLEX64, dims);
      System.arraycopy(pairs.floats(), pairs.offset(), y.floats(), 0, x.size());
      return y;
    }

    @Override
    protected DenseArray gradient(Node node, DenseArray head) {
      return real(head);
    }
  }

  private static final class ToPairs extends UnaryOp {
    static final ToPairs OP = new ToPairs();

    private ToPairs() {
      super("real", Keeps.NOTHING);
    }

    @Override
    protected DenseArray forward(DenseArray x) {
      DenseArray pairs = Elements.contiguous(x);
      int[] dims = Arrays.copyOf(x.dims(), x.rank() + 1);
      dims[x.rank()] = 2;
      DenseArray y = DenseArray.dirty(DataType.FLOAT32, dims);
      System.arraycopy(pairs.floats(), 2 * pairs.offset(), y.floats(), 0, y.size());
      return y;
    }

    @Override
    protected DenseArray gradient(Node node, DenseArray head) {
      return complex(head);
    }
  }

  /**
   * Pairs of real numbers as complex ones.
   *
   * @param x (…, 2), the real and imaginary parts
   * @return COMPLEX64 of shape (…)
   */
  public static DenseArray complex(DenseArray x) {
    if (x.type() == DataType.COMPLEX64) {
      return x;
    }
    if (x.rank() == 0 || x.dim(x.rank() - 1) != 2) {
      throw new IllegalArgumentException(
          "complex numbers are made of pairs on the last axis, but the shape is "
              + Dims.text(x.dims()));
    }
    return OfPairs.OP.apply(x);
  }

  /** Complex numbers as pairs of real ones, FLOAT32 of shape (…, 2); x itself if it is real. */
  public static DenseArray real(DenseArray x) {
    return x.type() == DataType.COMPLEX64 ? ToPairs.OP.apply(x) : x;
  }
}
