package dev.headgrad.tape.op;

import static dev.headgrad.tape.op.Arithmetic.div;
import static dev.headgrad.tape.op.Arithmetic.mul;

import ai.djl.ndarray.types.DataType;
import dev.headgrad.tape.core.DenseArray;
import dev.headgrad.tape.core.Dims;
import dev.headgrad.tape.core.Elements;
import dev.headgrad.tape.core.Node;
import dev.headgrad.tape.core.UnaryOp;

/** Running sums and products along an axis, and products with their gradients. */
public final class Cumulative {

  private Cumulative() {}

  /** Along lanes, each element of the result from those up to its place. */
  private abstract static class Scan extends UnaryOp {
    final int axis;

    Scan(String name, Keeps keeps, int axis) {
      super(name, keeps);
      this.axis = axis;
    }

    abstract void scan(double[] lane, int from, int n);

    abstract void scan(long[] lane, int from, int n);

    @Override
    protected final DenseArray forward(DenseArray x) {
      boolean whole = Elements.isIntegral(x.type());
      DataType domain = whole ? DataType.INT64 : DataType.FLOAT64;
      DenseArray y = Elements.copy(Lanes.last(x, axis, domain));
      int n = Lanes.length(x, axis);
      Lanes.forEach(
          Lanes.count(x, axis),
          n,
          lane -> {
            if (whole) {
              scan(y.longs(), lane * n, n);
            } else {
              scan(y.doubles(), lane * n, n);
            }
          });
      return Elements.to(Lanes.back(y, axis), whole ? DataType.INT64 : x.type());
    }
  }

  // y_i = Σ x_j, j <= i (or j >= i)      dx_j = Σ g_i the other way round
  private static final class CumSum extends Scan {
    private final boolean backward;

    CumSum(int axis, boolean backward) {
      super("cumSum", Keeps.NOTHING, axis);
      this.backward = backward;
    }

    @Override
    void scan(double[] lane, int from, int n) {
      double sum = 0;
      for (int i = 0; i < n; i++) {
        int at = from + (backward ? n - 1 - i : i);
        sum += lane[at];
        lane[at] = sum;
      }
    }

    @Override
    void scan(long[] lane, int from, int n) {
      long sum = 0;
      for (int i = 0; i < n; i++) {
        int at = from + (backward ? n - 1 - i : i);
        sum += lane[at];
        lane[at] = sum;
      }
    }

    @Override
    protected DenseArray gradient(Node node, DenseArray head) {
      return new CumSum(axis, !backward).apply(head);
    }
  }

  // y_i = Π x_j, j <= i      dx_k = Σ g_i Π x_j, j <= i without k
  private static final class CumProd extends Scan {

    CumProd(int axis) {
      super("cumProd", Keeps.ALL, axis);
    }

    @Override
    void scan(double[] lane, int from, int n) {
      double product = 1;
      for (int i = from; i < from + n; i++) {
        product *= lane[i];
        lane[i] = product;
      }
    }

    @Override
    void scan(long[] lane, int from, int n) {
      long product = 1;
      for (int i = from; i < from + n; i++) {
        product *= lane[i];
        lane[i] = product;
      }
    }

    @Override
    protected DenseArray gradient(Node node, DenseArray head) {
      DenseArray x = node.input(0);
      if (!hasZero(x)) {
        return div(new CumSum(axis, true).apply(mul(head, node.output())), x);
      }
      int n = x.dim(axis);
      int last = x.rank() - 1;
      DenseArray lanes = Shapes.swapAxes(x, axis, last);
      DenseArray others = cumProd(withOnes(lanes, n), x.rank());
      DenseArray upper = Creation.triangle(n, head.type());
      DenseArray heads = Shapes.expandDims(Shapes.swapAxes(head, axis, last), last);
      DenseArray sums = Reductions.sum(mul(heads, mul(others, upper)), new int[] {x.rank()}, false);
      return Shapes.swapAxes(sums, axis, last);
    }
  }

  // y = Π x            dx_k = g Π x_j without k
  private static final class Prod extends Reduction {

    Prod(boolean[] mask, boolean keepDims) {
      super("prod", Keeps.ALL, Fold.Prod.FOLD, mask, keepDims);
    }

    @Override
    DataType resultType(DataType type) {
      return Elements.isIntegral(type) ? DataType.INT64 : type;
    }

    @Override
    protected DenseArray gradient(Node node, DenseArray head) {
      DenseArray x = node.input(0);
      if (!hasZero(x)) {
        return div(mul(restored(node, head), restored(node, node.output())), x);
      }
      // the reduced axes become one, at the end
      int[] order = Lanes.maskedLast(mask);
      DenseArray moved = Shapes.transpose(x, order);
      int lanes = node.output().size();
      int n = x.size() / lanes;
      DenseArray rows = Shapes.reshape(moved, lanes, n);
      DenseArray others = prod(withOnes(rows, n), new int[] {2}, false);
      DenseArray g = mul(others, Shapes.reshape(head, lanes, 1));
      int[] inverse = new int[order.length];
      for (int i = 0; i < order.length; i++) {
        inverse[order[i]] = i;
      }
      return Shapes.transpose(Shapes.reshape(g, moved.dims()), inverse);
    }
  }

  /** Lanes of n elements, n times each, with a 1 in place of the k-th element of the k-th. */
  private static DenseArray withOnes(DenseArray lanes, int n) {
    DenseArray many = Shapes.expandDims(lanes, lanes.rank() - 1);
    DenseArray one = UnaryMath.number(1, lanes);
    return Selection.where(Creation.eye(n, n, 0, DataType.BOOLEAN), one, many);
  }

  private static boolean hasZero(DenseArray x) {
    DenseArray in = Elements.contiguous(x);
    for (int i = 0; i < in.size(); i++) {
      if (Elements.getDouble(in.data(), in.type(), in.offset() + i) == 0) {
        return true;
      }
    }
    return false;
  }

  /** Running sums along an axis; those of integers are INT64. */
  public static DenseArray cumSum(DenseArray x, int axis) {
    return new CumSum(Dims.axis(axis, x.rank()), false).apply(x);
  }

  /** Running products along an axis; those of integers are INT64. */
  public static DenseArray cumProd(DenseArray x, int axis) {
    return new CumProd(Dims.axis(axis, x.rank())).apply(x);
  }

  /** The product over axes; that of integers is INT64. */
  public static DenseArray prod(DenseArray x, int[] axes, boolean keepDims) {
    return new Prod(Dims.mask(axes, x.rank()), keepDims).apply(x);
  }
}
