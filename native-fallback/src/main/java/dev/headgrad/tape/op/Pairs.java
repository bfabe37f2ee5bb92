package dev.headgrad.tape.op;

import ai.djl.ndarray.types.DataType;
import dev.headgrad.tape.core.DenseArray;
import dev.headgrad.tape.core.Dims;
import dev.headgrad.tape.core.Elements;
import dev.headgrad.tape.core.Runs;
import dev.headgrad.tape.kernel.Workers;
import dev.headgrad.tape.kernel.arithmetic.RowLoops;

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

    /**
     * Does the same as {@link #runRows} in a single loop, if the operation has one that suits.
     *
     * @return whether it has, and all is done
     */
    default boolean runRowLoop(
        DataType domain,
        Object a,
        int ao,
        Object row,
        int ro,
        boolean rowFirst,
        Object y,
        int yo,
        int rows,
        int n) {
      return false;
    }

    /**
     * Writes {@code y[yo + r * n + i]}, computed of {@code a[ao + r * n + i]} and {@code row[ro +
     * i]}, or of these two in the other order, for {@code 0 <= r < rows, 0 <= i < n}.
     *
     * @param rowFirst whether the row is the first operand
     */
    default void runRows(
        DataType domain,
        Object a,
        int ao,
        Object row,
        int ro,
        boolean rowFirst,
        Object y,
        int yo,
        int rows,
        int n) {
      int high = Math.min(rows, RowLoops.repeats(n)); // short rows are repeated to longer ones
      Object b = high == 1 ? row : repeated(row, ro, n, high, domain);
      int bo = high == 1 ? ro : 0;
      int runs = high == 1 ? rows : rows / high;
      boolean done = runRowLoop(domain, a, ao, b, bo, rowFirst, y, yo, runs, high * n);
      for (int r = done ? runs * high : 0; r < rows; r += high) {
        int run = Math.min(high, rows - r) * n;
        int from = ao + r * n;
        if (rowFirst) {
          run(domain, b, bo, 1, a, from, 1, y, yo + r * n, run);
        } else {
          run(domain, a, from, 1, b, bo, 1, y, yo + r * n, run);
        }
      }
    }
  }

  /** An array for the results, of the dimensions that a and b are broadcast to. */
  static DenseArray result(DenseArray a, DenseArray b, DataType type) {
    int[] dims = Dims.broadcast(a.dims(), b.dims());
    return dims == a.dims() ? DenseArray.dirtyLike(a, type) : DenseArray.dirty(type, dims);
  }

  /**
   * Computes all of y, which is contiguous, from a and b converted to the domain. Each of them lies
   * elsewhere than y, or in the same place.
   */
  static void run(Kernel kernel, DenseArray a, DenseArray b, DataType domain, DenseArray y) {
    int n = y.size();
    if (n == 0) {
      return;
    }
    DenseArray x1 = a.type() == domain ? a : Elements.to(a, domain);
    DenseArray x2 = b.type() == domain ? b : Elements.to(b, domain);
    if (isWhole(x1, n) && isWhole(x2, n)) {
      runAll(kernel, domain, x1, 1, x2, 1, y);
    } else {
      runBroadcast(kernel, domain, x1, x2, y);
    }
    release(x1, a);
    release(x2, b);
  }

  private static void runBroadcast(
      Kernel kernel, DataType domain, DenseArray a, DenseArray b, DenseArray y) {
    boolean wholeA = isWhole(a, y.size());
    boolean wholeB = isWhole(b, y.size());
    if (wholeA && isUniform(b)) {
      runAll(kernel, domain, a, 1, b, 0, y);
    } else if (wholeB && isUniform(a)) {
      runAll(kernel, domain, a, 0, b, 1, y);
    } else if (isUniform(a) && isUniform(b)) {
      kernel.run(domain, a.data(), a.offset(), 0, b.data(), b.offset(), 0, y.data(), y.offset(), 1);
      Elements.repeatFirst(y);
    } else if (wholeA && isRow(b, y)) {
      runRows(kernel, domain, a, b, false, y);
    } else if (wholeB && isRow(a, y)) {
      runRows(kernel, domain, b, a, true, y);
    } else {
      runParts(kernel, domain, a, b, y);
    }
  }

  private static boolean isWhole(DenseArray x, int n) {
    return x.isContiguous() && x.size() == n;
  }

  /** Whether all elements are one place in memory. */
  private static boolean isUniform(DenseArray x) {
    if (x.size() != 1) {
      for (int stride : x.strides()) {
        if (stride != 0) {
          return false;
        }
      }
    }
    return true;
  }

  /** Whether y repeats x as a whole: its last axes are those of x. */
  private static boolean isRow(DenseArray x, DenseArray y) {
    int size = 1;
    for (int i = 1; size < x.size(); i++) {
      if (x.dim(x.rank() - i) != y.dim(y.rank() - i)) {
        return false;
      }
      size *= x.dim(x.rank() - i);
    }
    return x.isContiguous();
  }

  /** A row of n elements, several times. */
  private static Object repeated(Object row, int ro, int n, int times, DataType domain) {
    int parts = domain == DataType.COMPLEX64 ? 2 : 1;
    int length = parts * n;
    Object all =
        row instanceof float[]
            ? new float[times * length]
            : row instanceof double[] ? new double[times * length] : new long[times * length];
    for (int i = 0; i < times; i++) {
      System.arraycopy(row, parts * ro, all, i * length, length);
    }
    return all;
  }

  private static void runRows(
      Kernel kernel,
      DataType domain,
      DenseArray whole,
      DenseArray row,
      boolean rowFirst,
      DenseArray y) {
    Object da = whole.data();
    Object dr = row.data();
    Object dy = y.data();
    int ao = whole.offset();
    int ro = row.offset();
    int yo = y.offset();
    int n = row.size();
    int rows = y.size() / n;
    if (y.size() < 2 * GRAIN) {
      kernel.runRows(domain, da, ao, dr, ro, rowFirst, dy, yo, rows, n);
    } else {
      Workers.parallelFor(
          rows,
          Math.max(1, GRAIN / n),
          (from, to) ->
              kernel.runRows(
                  domain, da, ao + from * n, dr, ro, rowFirst, dy, yo + from * n, to - from, n));
    }
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
    int yo = y.offset();
    int n = y.size();
    if (n < 2 * GRAIN) {
      kernel.run(domain, da, ao, as, db, bo, bs, dy, yo, n);
    } else {
      Workers.parallelFor(
          n,
          GRAIN,
          (from, to) ->
              kernel.run(
                  domain,
                  da,
                  ao + from * as,
                  as,
                  db,
                  bo + from * bs,
                  bs,
                  dy,
                  yo + from,
                  to - from));
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
        y.offset(),
        (ao, bo, yo, n) -> kernel.run(domain, da, ao, as, db, bo, bs, dy, yo, n));
  }
}
