package dev.headgrad.tape.op;

import ai.djl.ndarray.types.DataType;
import dev.headgrad.tape.core.DenseArray;
import dev.headgrad.tape.core.Dims;
import dev.headgrad.tape.core.Elements;
import dev.headgrad.tape.core.NaryOp;
import dev.headgrad.tape.core.Node;
import dev.headgrad.tape.core.Op.Keeps;
import dev.headgrad.tape.kernel.Workers;
import org.jspecify.annotations.Nullable;

/** One or the other, element by element. */
public final class Selection {

  /** Elements that are worth a thread of their own. */
  private static final int GRAIN = 1 << 15;

  private Selection() {}

  // y = c ? a : b      da = c ? g : 0     db = c ? 0 : g
  private static final NaryOp WHERE =
      new NaryOp("where", Keeps.INPUTS) {
        @Override
        protected boolean keepsInput(Node node, int i) {
          return i == 0;
        }

        @Override
        protected DenseArray[] forward(DenseArray[] inputs) {
          return new DenseArray[] {select(inputs[0], inputs[1], inputs[2])};
        }

        @Override
        protected @Nullable DenseArray[] gradients(Node node, @Nullable DenseArray[] heads) {
          DenseArray condition = node.input(0);
          DenseArray head = heads[0];
          if (head == null) {
            return new DenseArray[3];
          }
          DenseArray zero = Creation.full(0, head.type());
          return new DenseArray[] {
            null,
            node.needs(1) ? where(condition, head, zero) : null,
            node.needs(2) ? where(condition, zero, head) : null
          };
        }
      };

  private static DenseArray select(DenseArray c, DenseArray a, DenseArray b) {
    DataType type = Types.promote(a, b);
    int[] dims = Dims.broadcast(c.dims(), Dims.broadcast(a.dims(), b.dims()));
    DenseArray y = DenseArray.dirty(type, dims);
    int n = y.size();
    DenseArray mask = operand(c, DataType.BOOLEAN, dims, n);
    DenseArray x1 = operand(a, type, dims, n);
    DenseArray x2 = operand(b, type, dims, n);
    int cs = mask.size() == n ? 1 : 0;
    int as = x1.size() == n ? 1 : 0;
    int bs = x2.size() == n ? 1 : 0;
    byte[] dc = (byte[]) mask.data();
    Object da = x1.data();
    Object db = x2.data();
    Object dy = y.data();
    int co = mask.offset();
    int ao = x1.offset();
    int bo = x2.offset();
    Workers.parallelFor(
        n,
        GRAIN,
        (from, to) -> {
          int ci = co + from * cs;
          int ai = ao + from * as;
          int bi = bo + from * bs;
          select(type, dc, ci, cs, da, ai, as, db, bi, bs, dy, from, to - from);
        });
    release(mask, c);
    release(x1, a);
    release(x2, b);
    return y;
  }

  /** x as n contiguous elements or a single one, in the given dtype: itself or a new array. */
  private static DenseArray operand(DenseArray x, DataType type, int[] dims, int n) {
    if (x.size() == 1 || x.size() == n) {
      return Elements.to(x, type);
    }
    DenseArray view = x.view(dims, Shapes.broadcastStrides(x, dims), x.offset());
    DenseArray y = Elements.to(view, type);
    view.release();
    return y;
  }

  private static void release(DenseArray operand, DenseArray input) {
    if (operand != input) {
      operand.release();
    }
  }

  private static void select(
      DataType type,
      byte[] c,
      int co,
      int cs,
      Object a,
      int ao,
      int as,
      Object b,
      int bo,
      int bs,
      Object y,
      int yo,
      int n) {
    if (type == DataType.FLOAT32) {
      float[] x1 = (float[]) a;
      float[] x2 = (float[]) b;
      float[] out = (float[]) y;
      for (int i = 0; i < n; i++) {
        out[yo + i] = c[co + i * cs] != 0 ? x1[ao + i * as] : x2[bo + i * bs];
      }
    } else if (type == DataType.FLOAT64) {
      double[] x1 = (double[]) a;
      double[] x2 = (double[]) b;
      double[] out = (double[]) y;
      for (int i = 0; i < n; i++) {
        out[yo + i] = c[co + i * cs] != 0 ? x1[ao + i * as] : x2[bo + i * bs];
      }
    } else {
      int width = type == DataType.COMPLEX64 ? 2 : 1;
      for (int i = 0; i < n; i++) {
        boolean first = c[co + i * cs] != 0;
        System.arraycopy(
            first ? a : b, width * (first ? ao + i * as : bo + i * bs), y, width * (yo + i), width);
      }
    }
  }

  /**
   * The elements of a where the condition is not 0, and those of b elsewhere; all three broadcast.
   */
  public static DenseArray where(DenseArray condition, DenseArray a, DenseArray b) {
    return WHERE.apply(condition, a, b)[0];
  }

  /** x where the mask is not 0, and 0 elsewhere, also where x is infinite or NaN. */
  static DenseArray masked(DenseArray x, DenseArray mask) {
    return where(mask, x, Creation.full(0, x.type()));
  }
}
