package dev.headgrad.tape.op;

import ai.djl.ndarray.types.DataType;
import dev.headgrad.tape.core.DenseArray;
import dev.headgrad.tape.core.Dims;
import dev.headgrad.tape.core.Elements;
import dev.headgrad.tape.core.Runs;
import dev.headgrad.tape.kernel.Workers;

/** Walks two arrays, broadcast against each other, as few long runs. */
final class Pairs {

  /** Elements that are worth a thread of their own. */
  private static final int GRAIN = 1 << 15;

  private Pairs() {}

  /** What is computed of a run of pairs. */
  interface Kernel {
    /**
     * Writes {@code y[yo + i]}, computed of {@code a[ao + i * as]} and {@code b[bo + i * bs]}, for
     * {@code 0 <= i < n}. Strides are 0 or 1, and not both 0 unless n is 1.
     *
     * @param domain the dtype of a and b
     */
    void run(
        DataType domain,
        Object a,
        int ao,
        int as,
        Object b,
        int bo,
        int bs,
        Object y,
        int yo,
        int n);
  }

  /** An array for the results, of the dimensions that a and b are broadcast to. */
  static DenseArray result(DenseArray a, DenseArray b, DataType type) {
    int[] dims = Dims.broadcast(a.dims(), b.dims());
    return dims == a.dims() ? DenseArray.dirtyLike(a, type) : DenseArray.dirty(type, dims);
  }

  /** Computes all of y, which {@link #result} made, from a and b converted to the domain. */
  static void run(Kernel kernel, DenseArray a, DenseArray b, DataType domain, DenseArray y) {
    int n = y.size();
    if (n == 0) {
      return;
    }
    DenseArray x1 = a.type() == domain ? a : Elements.to(a, domain);
    DenseArray x2 = b.type() == domain ? b : Elements.to(b, domain);
    boolean whole1 = x1.isContiguous() && x1.size() == n;
    boolean whole2 = x2.isContiguous() && x2.size() == n;
    if (whole1 && whole2) {
      runAll(kernel, domain, x1, 1, x2, 1, y);
    } else if (whole1 && x2.size() == 1) {
      runAll(kernel, domain, x1, 1, x2, 0, y);
    } else if (whole2 && x1.size() == 1) {
      runAll(kernel, domain, x1, 0, x2, 1, y);
    } else {
      runParts(kernel, domain, x1, x2, y);
    }
    release(x1, a);
    release(x2, b);
  }

  /** Gives a converted operand back. */
  private static void release(DenseArray operand, DenseArray input) {
    if (operand != input) {
      operand.release();
    }
  }

  /** Operands that are whole or single elements: one run. */
  private static void runAll(
      Kernel kernel, DataType domain, DenseArray a, int as, DenseArray b, int bs, DenseArray y) {
    Object da = a.data();
    Object db = b.data();
    Object dy = y.data();
    int ao = a.offset();
    int bo = b.offset();
    int n = y.size();
    if (n <= GRAIN) {
      kernel.run(domain, da, ao, as, db, bo, bs, dy, 0, n);
    } else {
      Workers.parallelFor(
          n,
          GRAIN,
          (from, to) ->
              kernel.run(
                  domain, da, ao + from * as, as, db, bo + from * bs, bs, dy, from, to - from));
    }
  }

  private static void runParts(
      Kernel kernel, DataType domain, DenseArray a, DenseArray b, DenseArray y) {
    int[] dims = y.dims();
    Runs runs =
        Runs.over(
            dims, Shapes.broadcastStrides(a, dims), Shapes.broadcastStrides(b, dims), y.strides());
    int as = runs.stride(0);
    int bs = runs.stride(1);
    if (as > 1 || as < 0 || bs > 1 || bs < 0 || as + bs == 0) { // not what a kernel takes
      DenseArray x1 = Elements.contiguous(a);
      DenseArray x2 = Elements.contiguous(b);
      run(kernel, x1, x2, domain, y);
      release(x1, a);
      release(x2, b);
      return;
    }
    Object da = a.data();
    Object db = b.data();
    Object dy = y.data();
    runs.forEach(
        a.offset(),
        b.offset(),
        0,
        (ao, bo, yo, n) -> kernel.run(domain, da, ao, as, db, bo, bs, dy, yo, n));
  }
}
