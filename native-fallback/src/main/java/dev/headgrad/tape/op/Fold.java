package dev.headgrad.tape.op;

import dev.headgrad.tape.core.DenseArray;
import dev.headgrad.tape.kernel.Buffers;
import dev.headgrad.tape.kernel.Workers;
import dev.headgrad.tape.kernel.arithmetic.BinaryLoops;
import dev.headgrad.tape.kernel.function.Folds;
import java.util.Arrays;

/**
 * An associative and commutative way to make one number of many, over the middle axis of a
 * contiguous array of dimensions (outer, n, inner).
 *
 * <p>The work is cut by the shape alone, so the result has the same bits on any number of threads.
 * Each fold is a field of its own class, so that a program loads those it uses.
 */
abstract class Fold {

  /** Elements that are worth a thread of their own, and the length of a block of a long row. */
  private static final int GRAIN = 1 << 15;

  /** Columns from which on threads share a matrix by columns rather than by rows. */
  private static final int WIDE = 4096;

  /** Columns are shared by so many: whole vectors and whole cache lines. */
  private static final int STRIP = 64;

  /** Rows below this length need no vectors, nor that their classes are loaded. */
  private static final int FEW = 16;

  /** Bands have a multiple of so many rows, which loops take at a time. */
  private static final int ROWS = 8;

  /** So many bands of a matrix are enough; more would only make the last step longer. */
  private static final int BANDS = 16;

  /** How the results of parts are made one. */
  Fold combining() {
    return this;
  }

  /** What a fold of nothing is. */
  abstract double identity();

  /** What a fold of no whole numbers is. */
  abstract long wholeIdentity();

  /** One more element x, after those that made y. */
  abstract double of(double y, double x);

  abstract long of(long y, long x);

  /** All of a row. */
  float row(float[] x, int xo, int n) {
    float y = (float) identity();
    for (int i = 0; i < n; i++) {
      y = (float) of(y, x[xo + i]);
    }
    return y;
  }

  double row(double[] x, int xo, int n) {
    double y = identity();
    for (int i = 0; i < n; i++) {
      y = of(y, x[xo + i]);
    }
    return y;
  }

  final long row(long[] x, int xo, int n) {
    long y = wholeIdentity();
    for (int i = 0; i < n; i++) {
      y = of(y, x[xo + i]);
    }
    return y;
  }

  /** Takes the rows of a matrix to what is in y, column by column. */
  void rows(float[] x, int xo, int rows, int cols, int stride, float[] y, int yo) {
    for (int r = 0; r < rows; r++) {
      for (int c = 0; c < cols; c++) {
        y[yo + c] = (float) of(y[yo + c], x[xo + r * stride + c]);
      }
    }
  }

  void rows(double[] x, int xo, int rows, int cols, int stride, double[] y, int yo) {
    for (int r = 0; r < rows; r++) {
      for (int c = 0; c < cols; c++) {
        y[yo + c] = of(y[yo + c], x[xo + r * stride + c]);
      }
    }
  }

  final void rows(long[] x, int xo, int rows, int cols, int stride, long[] y, int yo) {
    for (int r = 0; r < rows; r++) {
      for (int c = 0; c < cols; c++) {
        y[yo + c] = of(y[yo + c], x[xo + r * stride + c]);
      }
    }
  }

  /**
   * Folds x, seen as (outer, n, inner) from its offset on, into y, which receives (outer, inner)
   * from its start. Both have the same dtype, one that kernels compute in.
   */
  final void apply(DenseArray x, int outer, int n, int inner, DenseArray y) {
    apply(x.data(), x.offset(), outer, n, inner, y.data());
  }

  private void apply(Object x, int xo, int outer, int n, int inner, Object y) {
    if (inner == 1) {
      if ((long) outer * n <= GRAIN) {
        each(x, xo, outer, n, n, y, 0);
      } else if (n < 4 * GRAIN) {
        Workers.parallelFor(
            outer, grain(n), (from, to) -> each(x, xo + from * n, to - from, n, n, y, from));
      } else {
        applyInBlocks(x, xo, outer, n, y);
      }
    } else if (outer >= 8 || (long) n * inner <= 2 * GRAIN) {
      Workers.parallelFor(
          outer,
          grain((long) n * inner),
          (from, to) -> {
            for (int o = from; o < to; o++) {
              columns(x, xo + o * n * inner, n, inner, inner, y, o * inner);
            }
          });
    } else if (inner >= WIDE) {
      Workers.parallelFor(
          (inner + STRIP - 1) / STRIP,
          grain((long) n * outer * STRIP),
          (from, to) -> {
            int c = from * STRIP;
            int cols = Math.min(inner, to * STRIP) - c;
            for (int o = 0; o < outer; o++) {
              columns(x, xo + o * n * inner + c, n, cols, inner, y, o * inner + c);
            }
          });
    } else {
      applyInBands(x, xo, outer, n, inner, y);
    }
  }

  private static int grain(long elements) {
    return (int) Math.max(1, GRAIN / Math.max(1, elements));
  }

  /** Few long rows: each in blocks, whose results are folded again. */
  private void applyInBlocks(Object x, int xo, int outer, int n, Object y) {
    int blocks = (n + GRAIN - 1) / GRAIN;
    Object parts = like(y, outer * blocks);
    Workers.parallelFor(
        outer * blocks,
        1,
        (from, to) -> {
          for (int i = from; i < to; i++) {
            int start = i % blocks * GRAIN;
            each(x, xo + i / blocks * n + start, 1, Math.min(GRAIN, n - start), 0, parts, i);
          }
        });
    combining().each(parts, 0, outer, blocks, blocks, y, 0);
    recycle(parts);
  }

  /** High and narrow matrices: in bands of rows, whose results are folded again. */
  private void applyInBands(Object x, int xo, int outer, int n, int inner, Object y) {
    int least = GRAIN / inner;
    int fair = (n + BANDS - 1) / BANDS;
    int high = Math.max(least, Math.min(16 * least, (fair + ROWS - 1) / ROWS * ROWS));
    int bands = (n + high - 1) / high;
    Object parts = like(y, outer * bands * inner);
    Workers.parallelFor(
        outer * bands,
        1,
        (from, to) -> {
          for (int i = from; i < to; i++) {
            int start = i % bands * high;
            int rows = Math.min(high, n - start);
            columns(x, xo + (i / bands * n + start) * inner, rows, inner, inner, parts, i * inner);
          }
        });
    for (int o = 0; o < outer; o++) {
      combining().columns(parts, o * bands * inner, bands, inner, inner, y, o * inner);
    }
    recycle(parts);
  }

  /** Rows of n elements, {@code stride} apart, to one number each. */
  private void each(Object x, int xo, int rows, int n, int stride, Object y, int yo) {
    if (y instanceof float[]) {
      for (int i = 0; i < rows; i++) {
        ((float[]) y)[yo + i] = row((float[]) x, xo + i * stride, n);
      }
    } else if (y instanceof double[]) {
      for (int i = 0; i < rows; i++) {
        ((double[]) y)[yo + i] = row((double[]) x, xo + i * stride, n);
      }
    } else {
      for (int i = 0; i < rows; i++) {
        ((long[]) y)[yo + i] = row((long[]) x, xo + i * stride, n);
      }
    }
  }

  private void columns(Object x, int xo, int rows, int cols, int stride, Object y, int yo) {
    if (y instanceof float[]) {
      Arrays.fill((float[]) y, yo, yo + cols, (float) identity());
      rows((float[]) x, xo, rows, cols, stride, (float[]) y, yo);
    } else if (y instanceof double[]) {
      Arrays.fill((double[]) y, yo, yo + cols, identity());
      rows((double[]) x, xo, rows, cols, stride, (double[]) y, yo);
    } else {
      Arrays.fill((long[]) y, yo, yo + cols, wholeIdentity());
      rows((long[]) x, xo, rows, cols, stride, (long[]) y, yo);
    }
  }

  private static Object like(Object y, int n) {
    return y instanceof float[]
        ? Buffers.floats(n)
        : y instanceof double[] ? Buffers.doubles(n) : Buffers.longs(n);
  }

  private static void recycle(Object parts) {
    if (parts instanceof float[]) {
      Buffers.recycle((float[]) parts);
    } else if (parts instanceof double[]) {
      Buffers.recycle((double[]) parts);
    } else {
      Buffers.recycle((long[]) parts);
    }
  }

  static final class Sum extends Fold {
    static final Fold FOLD = new Sum();

    @Override
    double identity() {
      return 0;
    }

    @Override
    long wholeIdentity() {
      return 0;
    }

    @Override
    double of(double y, double x) {
      return y + x;
    }

    @Override
    long of(long y, long x) {
      return y + x;
    }

    @Override
    float row(float[] x, int xo, int n) {
      if (n >= FEW) {
        return Folds.KERNELS.sum(x, xo, n);
      }
      double y = 0;
      for (int i = 0; i < n; i++) {
        y += x[xo + i];
      }
      return (float) y;
    }

    @Override
    double row(double[] x, int xo, int n) {
      return n < FEW ? super.row(x, xo, n) : Folds.KERNELS.sum(x, xo, n);
    }

    @Override
    void rows(float[] x, int xo, int rows, int cols, int stride, float[] y, int yo) {
      Folds.KERNELS.addRows(x, xo, rows, cols, stride, y, yo);
    }

    @Override
    void rows(double[] x, int xo, int rows, int cols, int stride, double[] y, int yo) {
      Folds.KERNELS.addRows(x, xo, rows, cols, stride, y, yo);
    }
  }

  static final class SumOfSquares extends Fold {
    static final Fold FOLD = new SumOfSquares();

    @Override
    Fold combining() {
      return Sum.FOLD;
    }

    @Override
    double identity() {
      return 0;
    }

    @Override
    long wholeIdentity() {
      return 0;
    }

    @Override
    double of(double y, double x) {
      return y + x * x;
    }

    @Override
    long of(long y, long x) {
      return y + x * x;
    }

    @Override
    float row(float[] x, int xo, int n) {
      return Folds.KERNELS.sumOfSquares(x, xo, n);
    }

    @Override
    double row(double[] x, int xo, int n) {
      return Folds.KERNELS.sumOfSquares(x, xo, n);
    }

    @Override
    void rows(float[] x, int xo, int rows, int cols, int stride, float[] y, int yo) {
      float[] squares = new float[cols];
      for (int r = 0; r < rows; r++) {
        int from = xo + r * stride;
        BinaryLoops.mul(x, from, 1, x, from, 1, squares, 0, cols);
        BinaryLoops.add(y, yo, 1, squares, 0, 1, y, yo, cols);
      }
    }
  }

  static final class Prod extends Fold {
    static final Fold FOLD = new Prod();

    @Override
    double identity() {
      return 1;
    }

    @Override
    long wholeIdentity() {
      return 1;
    }

    @Override
    double of(double y, double x) {
      return y * x;
    }

    @Override
    long of(long y, long x) {
      return y * x;
    }
  }

  static final class Max extends Fold {
    static final Fold FOLD = new Max();

    @Override
    double identity() {
      return Double.NEGATIVE_INFINITY;
    }

    @Override
    long wholeIdentity() {
      return Long.MIN_VALUE;
    }

    @Override
    double of(double y, double x) {
      return Math.max(y, x);
    }

    @Override
    long of(long y, long x) {
      return Math.max(y, x);
    }

    @Override
    float row(float[] x, int xo, int n) {
      return Folds.KERNELS.max(x, xo, n);
    }

    @Override
    double row(double[] x, int xo, int n) {
      return Folds.KERNELS.max(x, xo, n);
    }

    @Override
    void rows(float[] x, int xo, int rows, int cols, int stride, float[] y, int yo) {
      for (int r = 0; r < rows; r++) {
        BinaryLoops.max(y, yo, 1, x, xo + r * stride, 1, y, yo, cols);
      }
    }
  }

  static final class Min extends Fold {
    static final Fold FOLD = new Min();

    @Override
    double identity() {
      return Double.POSITIVE_INFINITY;
    }

    @Override
    long wholeIdentity() {
      return Long.MAX_VALUE;
    }

    @Override
    double of(double y, double x) {
      return Math.min(y, x);
    }

    @Override
    long of(long y, long x) {
      return Math.min(y, x);
    }

    @Override
    float row(float[] x, int xo, int n) {
      return Folds.KERNELS.min(x, xo, n);
    }

    @Override
    double row(double[] x, int xo, int n) {
      return Folds.KERNELS.min(x, xo, n);
    }

    @Override
    void rows(float[] x, int xo, int rows, int cols, int stride, float[] y, int yo) {
      for (int r = 0; r < rows; r++) {
        BinaryLoops.min(y, yo, 1, x, xo + r * stride, 1, y, yo, cols);
      }
    }
  }
}
