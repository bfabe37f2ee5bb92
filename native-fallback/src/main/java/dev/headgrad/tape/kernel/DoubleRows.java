package dev.headgrad.tape.kernel;

import java.util.ArrayDeque;
import java.util.Arrays;

/**
 * The blocks of a matrix product of doubles without the Vector API. Rows of the right factor, and
 * of the result while it is summed up, are arrays of their own, as {@link PlainTile} wants them.
 */
final class DoubleRows extends Product.Scratch {

  /**
   * The length of a row, with which arrays are whole cache lines: rows that were allocated in turn
   * are aligned alike, and so do not all fall on the same few sets of the cache.
   */
  private static final int LENGTH = PlainTile.SHAPE.doubleCols + 6;

  /** As many as threads multiply at a time: a product of small matrices takes less time. */
  private static final ArrayDeque<Memory> SPARE = new ArrayDeque<>();

  private final DoubleProduct of;
  private final Memory memory;
  private final double[] left;

  DoubleRows(DoubleProduct of, int left, int depth) {
    this.of = of;
    this.left = Buffers.doubles(Product.roundUp(left * PlainTile.SHAPE.rows * depth));
    this.memory = Memory.take();
  }

  /** The arrays, which have one size for all products. */
  private static final class Memory {
    private final double[][] right = new double[PlainTile.SHAPE.depth][LENGTH];
    private final double[][] sums = new double[PlainTile.SHAPE.rows][LENGTH];

    static Memory take() {
      synchronized (SPARE) {
        Memory spare = SPARE.poll();
        if (spare != null) {
          return spare;
        }
      }
      return new Memory();
    }

    void give() {
      synchronized (SPARE) {
        if (SPARE.size() < Workers.threads()) {
          SPARE.push(this);
        }
      }
    }
  }

  @Override
  void copyLeft(int i, int rows, int p, int depth) {
    int from = of.aOff + i * of.aRow + p * of.aCol;
    for (int r = 0; r < rows; r++, from += of.aRow) {
      int to = r * depth;
      if (of.aCol == 1) {
        System.arraycopy(of.a, from, left, to, depth);
      } else {
        gather(of.a, from, of.aCol, left, to, depth);
      }
    }
    if ((rows & 1) == 1) {
      // tiles have two rows
      int to = rows * depth;
      Arrays.fill(left, to, to + depth, 0);
    }
  }

  @Override
  void copyRight(int p, int depth, int j, int cols) {
    of.b.copy(p, depth, j, cols, memory.right);
  }

  @Override
  void tile(int i, int rows, int strip, int j, int cols, int b, int depth, boolean add) {
    double[][] sums = memory.sums;
    for (int r = 0; r < rows; r++) {
      int co = of.cOff + (i + r) * of.cRow + j * of.cCol;
      if (!add) {
        Arrays.fill(sums[r], 0, cols, 0);
      } else if (of.cCol == 1) {
        System.arraycopy(of.c, co, sums[r], 0, cols);
      } else {
        gather(of.c, co, of.cCol, sums[r], 0, cols);
      }
    }
    multiply(rows, cols, depth, strip * PlainTile.SHAPE.rows * depth);
    for (int r = 0; r < rows; r++) {
      int co = of.cOff + (i + r) * of.cRow + j * of.cCol;
      if (of.cCol == 1) {
        System.arraycopy(sums[r], 0, of.c, co, cols);
      } else {
        scatter(sums[r], cols, of.c, co, of.cCol);
      }
    }
  }

  /** All pairs of rows take their share of three rows of b while these are in the cache. */
  private void multiply(int rows, int cols, int depth, int from) {
    double[][] b = memory.right;
    double[][] c = memory.sums;
    int p = 0;
    for (; p + PlainTile.TERMS <= depth; p += PlainTile.TERMS) {
      for (int r = 0; r < rows; r += 2) {
        int a = from + r * depth + p;
        PlainTile.add(cols, left, a, a + depth, b[p], b[p + 1], b[p + 2], c[r], c[r + 1]);
      }
    }
    for (; p < depth; p++) {
      for (int r = 0; r < rows; r += 2) {
        int a = from + r * depth + p;
        PlainTile.add(cols, left[a], left[a + depth], b[p], c[r], c[r + 1]);
      }
    }
  }

  private static void gather(double[] x, int xo, int distance, double[] y, int yo, int n) {
    for (int i = 0; i < n; i++) {
      y[yo + i] = x[xo + i * distance];
    }
  }

  private static void scatter(double[] x, int n, double[] y, int yo, int distance) {
    for (int i = 0; i < n; i++) {
      y[yo + i * distance] = x[i];
    }
  }

  @Override
  public void close() {
    Buffers.recycle(left);
    memory.give();
  }
}
