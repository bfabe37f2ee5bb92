package dev.headgrad.tape.op;

import ai.djl.ndarray.types.DataType;
import dev.headgrad.tape.core.DenseArray;
import dev.headgrad.tape.kernel.Workers;
import dev.headgrad.tape.kernel.arithmetic.BinaryLoops;

/**
 * The kernels under {@link Gathering}: rows of elements moved between a contiguous whole and the
 * contiguous list of what {@link Positions} select of it.
 */
final class Scatters {

  /** Elements that are worth a thread of their own. */
  private static final int GRAIN = 1 << 14;

  private Scatters() {}

  /** Moves one row: n elements of the whole from w on, and of the list from l on. */
  @FunctionalInterface
  private interface Row {
    void move(int w, int l);
  }

  /** Visits the rows of some of the (outer, picked) pairs, in order. */
  private static void walk(
      Positions at, int width, int wholeOffset, int listOffset, int from, int to, Row row) {
    int n = at.row * width;
    int[] picked = at.picked;
    int[] middle = at.middle;
    int o = from / picked.length;
    int p = from % picked.length;
    int l = listOffset + from * middle.length * n;
    for (int i = from; i < to; i++) {
      int base = at.outer[o] + picked[p];
      for (int m : middle) {
        row.move(wholeOffset + (base + m) * width, l);
        l += n;
      }
      if (++p == picked.length) {
        p = 0;
        o++;
      }
    }
  }

  private static int width(DenseArray x) {
    return x.type() == DataType.COMPLEX64 ? 2 : 1;
  }

  private static int grain(Positions at) {
    return Math.max(1, GRAIN / Math.max(1, at.middle.length * at.row));
  }

  /** Reads the selected elements. */
  static void gather(DenseArray whole, Positions at, DenseArray list) {
    if (at.size() == 0) {
      return;
    }
    int width = width(whole);
    Row row = copy(whole.data(), list.data(), at.row * width);
    Workers.parallelFor(
        at.outer.length * at.picked.length,
        grain(at),
        (from, to) ->
            walk(at, width, whole.offset() * width, list.offset() * width, from, to, row));
  }

  /** Overwrites the selected elements; the last one wins. */
  static void write(DenseArray list, Positions at, DenseArray whole) {
    if (at.size() == 0) {
      return;
    }
    int width = width(whole);
    Row copy = copy(list.data(), whole.data(), at.row * width);
    Row row = (w, l) -> copy.move(l, w);
    int rows = at.picked.length;
    Workers.parallelFor( // rows of one outer index may be the same, those of several are not
        at.outer.length,
        Math.max(1, grain(at) / rows),
        (from, to) ->
            walk(
                at,
                width,
                whole.offset() * width,
                list.offset() * width,
                from * rows,
                to * rows,
                row));
  }

  private static Row copy(Object src, Object dst, int n) {
    if (n == 1) {
      if (src instanceof float[]) {
        float[] x = (float[]) src;
        float[] y = (float[]) dst;
        return (s, d) -> y[d] = x[s];
      }
      if (src instanceof double[]) {
        double[] x = (double[]) src;
        double[] y = (double[]) dst;
        return (s, d) -> y[d] = x[s];
      }
      if (src instanceof long[]) {
        long[] x = (long[]) src;
        long[] y = (long[]) dst;
        return (s, d) -> y[d] = x[s];
      }
    }
    return (s, d) -> System.arraycopy(src, s, dst, d, n);
  }

  /**
   * Adds to the selected elements, always in the order of the list, so that the sums are the same
   * however many threads there are: where one outer index has enough rows for several threads, each
   * thread goes through all of them, and adds those that fall into its part of the whole.
   */
  static void add(DenseArray list, Positions at, DenseArray whole) {
    if (at.size() == 0) {
      return;
    }
    int width = width(whole);
    int n = at.row * width;
    int rows = at.picked.length;
    Row row = adder(list.data(), whole.data(), n);
    int from = list.offset() * width;
    int to = whole.offset() * width;
    if (at.outer.length > 1 || n < 8) {
      Workers.parallelFor(
          at.outer.length,
          Math.max(1, grain(at) / rows),
          (i, j) -> walk(at, width, to, from, i * rows, j * rows, row));
    } else {
      int size = whole.size() * width;
      int grain = (int) Math.max(1, (long) size * GRAIN / Math.max(GRAIN, (long) rows * n));
      Workers.parallelFor(
          size,
          grain,
          (i, j) ->
              walk(
                  at,
                  width,
                  to,
                  from,
                  0,
                  rows,
                  (w, l) -> {
                    if (w - to >= i && w - to < j) {
                      row.move(w, l);
                    }
                  }));
    }
  }

  /**
   * Whether the positions are whole rows, long ones, of the matrix that the whole can be seen as.
   */
  static boolean areRows(Positions at) {
    return at.outer.length == 1 && at.middle.length == 1 && at.row >= 8 && at.size() > 0;
  }

  /**
   * Writes zeros to the whole, with the rows of a list added where {@link #areRows rows} are
   * selected, in the order of the list. The first one of a row is copied, so that nothing needs to
   * be cleared before; each thread has a range of rows and looks through all positions for them.
   *
   * @param step elements from one row of the list to the next; 0 if it has but one, for all
   */
  static void sumRows(Object list, int listOffset, int step, Positions at, DenseArray whole) {
    int width = width(whole);
    int n = at.row * width;
    Row copy = copy(list, whole.data(), n);
    Row add = adder(list, whole.data(), n);
    Object zeros = DenseArray.zeros(whole.type(), at.row).data();
    Row clear = copy(zeros, whole.data(), n);
    int first = at.outer[0] + at.middle[0];
    int[] picked = at.picked;
    int rows = whole.size() / at.row;
    Workers.parallelFor(
        rows,
        Math.max(GRAIN / at.row, rows / Workers.threads()),
        (from, to) -> {
          boolean[] seen = new boolean[to - from];
          for (int p = 0; p < picked.length; p++) {
            int row = (first + picked[p]) / at.row;
            if (row < from || row >= to) {
              continue;
            }
            int l = (listOffset + p * step) * width;
            if (seen[row - from]) {
              add.move(row * n, l);
            } else {
              seen[row - from] = true;
              copy.move(l, row * n);
            }
          }
          for (int row = from; row < to; row++) {
            if (!seen[row - from]) {
              clear.move(0, row * n);
            }
          }
        });
  }

  private static Row adder(Object list, Object whole, int n) {
    if (whole instanceof float[]) {
      float[] x = (float[]) list;
      float[] y = (float[]) whole;
      return (w, l) -> BinaryLoops.add(y, w, 1, x, l, 1, y, w, n);
    }
    if (whole instanceof double[]) {
      double[] x = (double[]) list;
      double[] y = (double[]) whole;
      return (w, l) -> BinaryLoops.add(y, w, 1, x, l, 1, y, w, n);
    }
    long[] x = (long[]) list;
    long[] y = (long[]) whole;
    return (w, l) -> BinaryLoops.add(y, w, 1, x, l, 1, y, w, n);
  }
}
