package dev.headgrad.tape.op;

import static dev.headgrad.tape.op.Arithmetic.mul;

import ai.djl.ndarray.types.DataType;
import dev.headgrad.tape.core.DenseArray;
import dev.headgrad.tape.core.Dims;
import dev.headgrad.tape.core.Elements;
import dev.headgrad.tape.core.Node;
import dev.headgrad.tape.core.NonDifferentiable;
import java.util.Arrays;

/** Many elements to one, along axes. */
public final class Reductions {

  private Reductions() {}

  // y = Σ x            dx = g, repeated
  private static final class Sum extends Reduction {

    Sum(boolean[] mask, boolean keepDims) {
      super("sum", Keeps.NOTHING, Fold.Sum.FOLD, mask, keepDims);
    }

    @Override
    DataType resultType(DataType type) {
      return Elements.isIntegral(type) ? DataType.INT64 : type;
    }

    @Override
    protected DenseArray gradient(Node node, DenseArray head) {
      return Shapes.broadcast(restored(node, head), node.inputDims(0));
    }
  }

  // y = Σ x²           dx = 2 g x
  private static final class SumOfSquares extends Reduction {

    SumOfSquares(boolean[] mask, boolean keepDims) {
      super("sumOfSquares", Keeps.INPUTS, Fold.SumOfSquares.FOLD, mask, keepDims);
    }

    @Override
    protected DenseArray gradient(Node node, DenseArray head) {
      DenseArray twice = mul(restored(node, head), UnaryMath.number(2, head));
      return mul(twice, node.input(0));
    }
  }

  // y = Σ x / n        dx = g / n, repeated
  private static final class Mean extends Reduction {

    Mean(boolean[] mask, boolean keepDims) {
      super("mean", Keeps.NOTHING, Fold.Sum.FOLD, mask, keepDims);
    }

    @Override
    DataType resultType(DataType type) {
      return Types.floating(type);
    }

    @Override
    DataType domain(DataType type) {
      return Elements.isIntegral(type) ? DataType.FLOAT64 : Types.domain(type);
    }

    @Override
    void finish(DenseArray y, int n) {
      if (y.type() == DataType.FLOAT32) {
        float[] means = y.floats();
        for (int i = 0; i < y.size(); i++) {
          means[i] /= n;
        }
      } else {
        double[] means = y.doubles();
        for (int i = 0; i < y.size(); i++) {
          means[i] /= n;
        }
      }
    }

    @Override
    protected DenseArray gradient(Node node, DenseArray head) {
      double share = 1.0 / count(node.inputDims(0));
      DenseArray part = mul(restored(node, head), Creation.scalar(share, head.type()));
      return Shapes.broadcast(part, node.inputDims(0));
    }
  }

  // y = max x          dx = g where x = y: every one of tied elements has it all
  private static final class Extreme extends Reduction {

    /** 1 where an element is as large as its extreme, else 0. */
    private static final NonDifferentiable TIES =
        new NonDifferentiable("ties") {
          @Override
          protected DenseArray[] forward(DenseArray[] inputs) {
            DataType type = inputs[0].type();
            DataType domain = Types.domain(type);
            DenseArray x = Elements.to(inputs[0], domain);
            DenseArray m =
                Elements.to(
                    inputs[1].view(
                        x.dims(), Shapes.broadcastStrides(inputs[1], x.dims()), inputs[1].offset()),
                    domain);
            DenseArray y = DenseArray.dirty(domain, x.dims());
            for (int i = 0; i < y.size(); i++) {
              boolean tied =
                  Elements.getDouble(x.data(), domain, x.offset() + i)
                      == Elements.getDouble(m.data(), domain, m.offset() + i);
              Elements.setDouble(y.data(), domain, i, tied ? 1 : 0);
            }
            return new DenseArray[] {Elements.to(y, type)};
          }
        };

    Extreme(String name, Fold fold, boolean[] mask, boolean keepDims) {
      super(name, Keeps.ALL, fold, mask, keepDims);
    }

    @Override
    protected DenseArray gradient(Node node, DenseArray head) {
      DenseArray extreme = restored(node, node.output());
      return mul(restored(node, head), TIES.apply(node.input(0), extreme)[0]);
    }
  }

  /**
   * The sum over axes. Whole numbers and truth values add up to INT64.
   *
   * @param axes which axes; none leaves every element by itself
   * @param keepDims whether the axes stay, with length 1
   */
  public static DenseArray sum(DenseArray x, int[] axes, boolean keepDims) {
    return sum(x, Dims.mask(axes, x.rank()), keepDims);
  }

  private static DenseArray sum(DenseArray x, boolean[] mask, boolean keepDims) {
    return x.type() == DataType.COMPLEX64
        ? ofParts(x, new Sum(Arrays.copyOf(mask, x.rank() + 1), keepDims))
        : new Sum(mask, keepDims).apply(x);
  }

  /** Complex numbers reduced: their real and imaginary parts, which are a last axis, each. */
  private static DenseArray ofParts(DenseArray x, Reduction reduction) {
    return ComplexNumbers.complex(reduction.apply(ComplexNumbers.real(x)));
  }

  /** The sum of all elements, 0-d. */
  public static DenseArray sum(DenseArray x) {
    boolean[] mask = new boolean[x.rank()];
    Arrays.fill(mask, true);
    return sum(x, mask, false);
  }

  /** The sum of the squares over axes. */
  static DenseArray sumOfSquares(DenseArray x, int[] axes, boolean keepDims) {
    return new SumOfSquares(Dims.mask(axes, x.rank()), keepDims).apply(x);
  }

  /** The mean over axes; FLOAT32 for whole numbers, NaN for none. */
  public static DenseArray mean(DenseArray x, int[] axes, boolean keepDims) {
    boolean[] mask = Dims.mask(axes, x.rank());
    return x.type() == DataType.COMPLEX64
        ? ofParts(x, new Mean(Arrays.copyOf(mask, x.rank() + 1), keepDims))
        : new Mean(mask, keepDims).apply(x);
  }

  /** The mean of all elements, 0-d. */
  public static DenseArray mean(DenseArray x) {
    return mean(x, Dims.all(x.rank()), false);
  }

  /**
   * The largest element along axes; NaN if there is one among them.
   *
   * @throws IllegalArgumentException if there are no elements along the axes
   */
  public static DenseArray max(DenseArray x, int[] axes, boolean keepDims) {
    return extreme("max", Fold.Max.FOLD, x, axes, keepDims);
  }

  /** The largest of all elements, 0-d. */
  public static DenseArray max(DenseArray x) {
    return max(x, Dims.all(x.rank()), false);
  }

  /**
   * The least element along axes; NaN if there is one among them.
   *
   * @throws IllegalArgumentException if there are no elements along the axes
   */
  public static DenseArray min(DenseArray x, int[] axes, boolean keepDims) {
    return extreme("min", Fold.Min.FOLD, x, axes, keepDims);
  }

  /** The least of all elements, 0-d. */
  public static DenseArray min(DenseArray x) {
    return min(x, Dims.all(x.rank()), false);
  }

  private static DenseArray extreme(
      String name, Fold fold, DenseArray x, int[] axes, boolean keepDims) {
    Extreme op = new Extreme(name, fold, Dims.mask(axes, x.rank()), keepDims);
    if (op.count(x.dims()) == 0) {
      throw new IllegalArgumentException(
          name + " over no elements: the array has shape " + Dims.text(x.dims()));
    }
    return op.apply(x);
  }

  /** x summed along what was repeated when it was broadcast from these dimensions. */
  public static DenseArray sumTo(DenseArray x, int... dims) {
    if (Arrays.equals(x.dims(), dims)) {
      return x;
    }
    int lead = x.rank() - dims.length;
    boolean[] mask = new boolean[x.rank()];
    for (int i = 0; i < mask.length; i++) {
      mask[i] = i < lead || (dims[i - lead] == 1 && x.dim(i) != 1);
    }
    return Shapes.reshape(sum(x, mask, true), dims);
  }
}
