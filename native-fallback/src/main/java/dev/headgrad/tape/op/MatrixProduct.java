package dev.headgrad.tape.op;

import ai.djl.ndarray.types.DataType;
import dev.headgrad.tape.core.BinaryOp;
import dev.headgrad.tape.core.DenseArray;
import dev.headgrad.tape.core.Dims;
import dev.headgrad.tape.core.Elements;
import dev.headgrad.tape.core.Node;
import dev.headgrad.tape.kernel.Workers;
import dev.headgrad.tape.kernel.function.Folds;
import dev.headgrad.tape.kernel.matrix.Gemm;
import java.util.Arrays;
import java.util.function.UnaryOperator;

/** Products of vectors, matrices and stacks of matrices. */
public final class MatrixProduct {

  private MatrixProduct() {}

  /**
   * c = a b, da = g bᵀ, db = aᵀ g.
   *
   * <p>Stacks of matrices, broadcast against each other. Factors are read where they lie, in any
   * strides: a transposed view costs no copy.
   */
  private static final BinaryOp MATMUL =
      new BinaryOp("matMul", BinaryOp.Keeps.OTHER_INPUT) {
        @Override
        protected DenseArray forward(DenseArray a, DenseArray b) {
          return multiply(a, b);
        }

        @Override
        protected DenseArray gradientA(Node node, DenseArray head) {
          return matMul(head, transposed(node.input(1)));
        }

        @Override
        protected DenseArray gradientB(Node node, DenseArray head) {
          return matMul(transposed(node.input(0)), head);
        }
      };

  // y = Σ a b          da = g b        db = g a
  private static final BinaryOp INNER =
      new BinaryOp("dot", BinaryOp.Keeps.OTHER_INPUT) {
        @Override
        protected DenseArray forward(DenseArray a, DenseArray b) {
          return inner(a, b);
        }

        @Override
        protected DenseArray gradientA(Node node, DenseArray head) {
          return Arithmetic.mul(head, node.input(1));
        }

        @Override
        protected DenseArray gradientB(Node node, DenseArray head) {
          return Arithmetic.mul(head, node.input(0));
        }
      };

  /**
   * The product by the rules of {@code numpy.matmul}: matrices lie along the last two axes, the
   * axes before them are broadcast, and a vector is a row on the left and a column on the right.
   *
   * @throws IllegalArgumentException if an array is 0-d, or the shapes do not fit
   */
  public static DenseArray matMul(DenseArray a, DenseArray b) {
    if (a.rank() == 0 || b.rank() == 0) {
      throw new IllegalArgumentException("scalar is not allowed for matMul()");
    }
    checkInner(a, b);
    if (b.rank() == 1) {
      return a.rank() == 1 ? INNER.apply(a, b) : timesColumn(a, b);
    }
    if (a.rank() == 1) {
      DenseArray c = matMul(Shapes.reshape(a, 1, a.dim(0)), b);
      int[] dims = Arrays.copyOf(c.dims(), c.rank() - 1);
      dims[dims.length - 1] = c.dim(c.rank() - 1);
      return Shapes.reshape(c, dims);
    }
    return a.rank() > 2 && b.rank() == 2
        ? tall(a, b.dim(1), matrix -> MATMUL.apply(matrix, b))
        : MATMUL.apply(a, b);
  }

  /**
   * A product of a stack of matrices, computed as that of one tall matrix, so that there is one for
   * the gradient of the other factor.
   *
   * @param cols columns of the product
   */
  static DenseArray tall(DenseArray a, int cols, UnaryOperator<DenseArray> product) {
    int k = a.dim(a.rank() - 1);
    DenseArray tall = Shapes.reshape(a, k == 0 ? rows(a) : a.size() / k, k);
    int[] dims = a.dims().clone();
    dims[dims.length - 1] = cols;
    DenseArray c = product.apply(tall);
    DenseArray y = Shapes.reshape(c, dims);
    tall.release();
    c.release();
    return y;
  }

  private static int rows(DenseArray a) {
    int rows = 1;
    for (int i = 0; i < a.rank() - 1; i++) {
      rows *= a.dim(i);
    }
    return rows;
  }

  private static DenseArray timesColumn(DenseArray a, DenseArray b) {
    DenseArray c = matMul(a, Shapes.reshape(b, b.dim(0), 1));
    return Shapes.reshape(c, Arrays.copyOf(c.dims(), c.rank() - 1));
  }

  /**
   * The product by the rules of {@code numpy.dot}: a sum over the last axis of a and the last but
   * one of b, or b's only one; the plain product if one of them is 0-d.
   *
   * @throws IllegalArgumentException if the shapes do not fit
   */
  public static DenseArray dot(DenseArray a, DenseArray b) {
    if (a.rank() == 0 || b.rank() == 0) {
      return Arithmetic.mul(a, b);
    }
    if (b.rank() <= 2) {
      return matMul(a, b);
    }
    checkInner(a, b);
    int rank = b.rank();
    int[] axes = new int[rank];
    axes[0] = rank - 2;
    for (int i = 1; i < rank; i++) {
      axes[i] = i < rank - 1 ? i - 1 : rank - 1;
    }
    DenseArray first = Shapes.transpose(b, axes);
    int k = b.dim(rank - 2);
    int[] dims = Arrays.copyOf(a.dims(), a.rank() - 1 + rank - 1);
    int columns = 1;
    for (int i = 1; i < rank; i++) {
      dims[a.rank() - 2 + i] = first.dim(i);
      columns *= first.dim(i);
    }
    return Shapes.reshape(matMul(a, Shapes.reshape(first, k, columns)), dims);
  }

  private static void checkInner(DenseArray a, DenseArray b) {
    int k = a.dim(a.rank() - 1);
    int rows = b.dim(Math.max(0, b.rank() - 2));
    if (k != rows) {
      throw new IllegalArgumentException(
          "shapes "
              + Dims.text(a.dims())
              + " and "
              + Dims.text(b.dims())
              + " cannot be multiplied: the first has "
              + k
              + " columns, but the second has "
              + rows
              + " rows");
    }
  }

  /** A view with the last two axes swapped. */
  static DenseArray transposed(DenseArray x) {
    int[] axes = Dims.all(x.rank());
    axes[axes.length - 1] = axes.length - 2;
    axes[axes.length - 2] = axes.length - 1;
    return Shapes.transpose(x, axes);
  }

  private static DenseArray inner(DenseArray a, DenseArray b) {
    DataType result = Types.promote(a, b);
    DataType domain = Types.domain(result);
    DenseArray x = Elements.to(a, domain);
    DenseArray y = Elements.to(b, domain);
    DenseArray c = DenseArray.dirty(domain);
    int n = x.size();
    switch (domain) {
      case FLOAT32:
        c.floats()[0] = Folds.KERNELS.dot(x.floats(), x.offset(), y.floats(), y.offset(), n);
        break;
      case FLOAT64:
        c.doubles()[0] = Folds.KERNELS.dot(x.doubles(), x.offset(), y.doubles(), y.offset(), n);
        break;
      case INT64:
        long s = 0;
        for (int i = 0; i < n; i++) {
          s += x.longs()[x.offset() + i] * y.longs()[y.offset() + i];
        }
        c.longs()[0] = s;
        break;
      default:
        throw unsupported(result);
    }
    return Elements.to(c, result);
  }

  private static IllegalArgumentException unsupported(DataType type) {
    return new IllegalArgumentException("arrays of data type " + type + " cannot be multiplied");
  }

  /** The product, not recorded. */
  static DenseArray multiply(DenseArray a, DenseArray b) {
    DataType result = Types.promote(a, b);
    DataType domain = Types.domain(result);
    DenseArray x = a.type() == domain ? a : Elements.to(a, domain);
    DenseArray y = b.type() == domain ? b : Elements.to(b, domain);
    int m = a.dim(a.rank() - 2);
    int n = b.dim(b.rank() - 1);
    if (a.rank() == 2 && b.rank() == 2) {
      DenseArray c = DenseArray.dirty(domain, m, n);
      if (c.size() > 0) {
        product(x, 0, y, 0, c, 0);
      }
      return Types.cast(c, result);
    }
    int[] stack =
        Dims.broadcast(
            Arrays.copyOf(a.dims(), a.rank() - 2), Arrays.copyOf(b.dims(), b.rank() - 2));
    int[] dims = Arrays.copyOf(stack, stack.length + 2);
    dims[stack.length] = m;
    dims[stack.length + 1] = n;
    DenseArray c = DenseArray.dirty(domain, dims);
    int count = Dims.size(stack);
    if (c.size() > 0) {
      int[] xs = Shapes.broadcastStrides(x, with(stack, m, x.dim(x.rank() - 1)));
      int[] ys = Shapes.broadcastStrides(y, with(stack, y.dim(y.rank() - 2), n));
      if (count < 2 * Workers.threads()) {
        for (int i = 0; i < count; i++) {
          product(x, at(i, stack, xs), y, at(i, stack, ys), c, i * m * n);
        }
      } else {
        Workers.parallelFor(
            count,
            1,
            (from, to) -> {
              for (int i = from; i < to; i++) {
                product(x, at(i, stack, xs), y, at(i, stack, ys), c, i * m * n);
              }
            });
      }
    }
    return Elements.to(c, result);
  }

  private static int[] with(int[] stack, int rows, int columns) {
    int[] dims = Arrays.copyOf(stack, stack.length + 2);
    dims[stack.length] = rows;
    dims[stack.length + 1] = columns;
    return dims;
  }

  /** How far from its start a stack's matrix with this number is. */
  private static int at(int matrix, int[] stack, int[] strides) {
    int rest = matrix;
    int at = 0;
    for (int i = stack.length - 1; i >= 0; i--) {
      at += rest % stack[i] * strides[i];
      rest /= stack[i];
    }
    return at;
  }

  /** One product of matrices, from these places of the factors on. */
  private static void product(DenseArray a, int ao, DenseArray b, int bo, DenseArray c, int co) {
    int m = a.dim(a.rank() - 2);
    int k = a.dim(a.rank() - 1);
    int n = b.dim(b.rank() - 1);
    int aRow = a.strides()[a.rank() - 2];
    int aCol = a.strides()[a.rank() - 1];
    int bRow = b.strides()[b.rank() - 2];
    int bCol = b.strides()[b.rank() - 1];
    int aOff = a.offset() + ao;
    int bOff = b.offset() + bo;
    switch (c.type()) {
      case FLOAT32:
        Gemm.multiply(
            m,
            n,
            k,
            a.floats(),
            aOff,
            aRow,
            aCol,
            b.floats(),
            bOff,
            bRow,
            bCol,
            c.floats(),
            co,
            n,
            false);
        break;
      case FLOAT64:
        Gemm.multiply(
            m,
            n,
            k,
            a.doubles(),
            aOff,
            aRow,
            aCol,
            b.doubles(),
            bOff,
            bRow,
            bCol,
            c.doubles(),
            co,
            n,
            false);
        break;
      case INT64:
        multiply(m, n, k, a.longs(), aOff, aRow, aCol, b.longs(), bOff, bRow, bCol, c.longs(), co);
        break;
      default:
        throw unsupported(c.type());
    }
  }

  private static void multiply(
      int m,
      int n,
      int k,
      long[] a,
      int ao,
      int aRow,
      int aCol,
      long[] b,
      int bo,
      int bRow,
      int bCol,
      long[] c,
      int co) {
    Arrays.fill(c, co, co + m * n, 0);
    for (int i = 0; i < m; i++) {
      for (int p = 0; p < k; p++) {
        long s = a[ao + i * aRow + p * aCol];
        for (int j = 0; j < n; j++) {
          c[co + i * n + j] += s * b[bo + p * bRow + j * bCol];
        }
      }
    }
  }
}
