package dev.headgrad.tape.kernel.matrix;

import dev.headgrad.tape.kernel.Buffers;
import dev.headgrad.tape.kernel.Spares;
import java.util.Arrays;

/**
 * The blocks of a matrix product of doubles without the Vector API. Rows of the right factor, and
 * of the result while it is summed up, are arrays of their own, as {@link PlainTile} wants them.
 */
final class DoubleRows implements Product.Right {

  /**
   * The length of a row, with which arrays are whole cache lines: rows that were allocated in turn
   * are aligned alike, and so do not all fall on the same few sets of the cache.
   */
  private static final int LENGTH = PlainTile.SHAPE.doubleCols + 6;

  /** Rows of the right factor. */
  private static final Spares<double[][]> RIGHT =
      new Spares<>(() -> new double[PlainTile.SHAPE.depth][LENGTH]);

  /** Rows for the sums of a tile. */
  private static final Spares<double[][]> SUMS =
      new Spares<>(() -> new double[PlainTile.SHAPE.rows][LENGTH]);

  private final DoubleProduct of;
  private final int leftLength;
  private final double[][] rows = RIGHT.take();

  DoubleRows(DoubleProduct of, int leftStrips, int depth) {
    this.of = of;
    this.leftLength = Product.roundUp(leftStrips * PlainTile.SHAPE.rows * depth);
  }

  @Override
  public boolean copiesColumns() {
    return false; // there is one strip
  }

  @Override
  public void copy(int p, int from, int to, int j, int left, int right) {
    of.b.copy(p, from, to, j, right, rows);
  }

  @Override
  public Product.Left left() {
    return new Left();
  }

  @Override
  public void close() {
    RIGHT.give(rows);
  }

  private final class Left implements Product.Left {
    private final double[] left = Buffers.doubles(leftLength);
    private final double[][] sums = SUMS.take();

    @Override
    public void copy(int i, int rows, int p, int depth) {
      int from = of.aOff + i * of.aRow + p * of.aCol;
      for (int r = 0; r < rows; r++, from += of.aRow) {
        int to = r * depth;
        if (of.aCol == 1) {
          System.arraycopy(of.a, from, left, to, depth);
        } else {
          gather(of.a, from, of.aCol, left, to, depth);
        }
      }
    }

    @Override
    public void tile(int i, int rows, int a, int j, int cols, int b, int depth, boolean add) {
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
      int from = a * PlainTile.SHAPE.rows * depth;
      PlainTile.multiply(rows, cols, depth, left, from, depth, DoubleRows.this.rows, sums);
      for (int r = 0; r < rows; r++) {
        int co = of.cOff + (i + r) * of.cRow + j * of.cCol;
        if (of.cCol == 1) {
          System.arraycopy(sums[r], 0, of.c, co, cols);
        } else {
          DoubleProduct.put(sums[r], 0, cols, of.c, co, of.cCol, false);
        }
      }
    }

    @Override
    public void close() {
      Buffers.recycle(left);
      SUMS.give(sums);
    }
  }

  private static void gather(double[] x, int xo, int distance, double[] y, int yo, int n) {
    for (int i = 0; i < n; i++) {
      y[yo + i] = x[xo + i * distance];
    }
  }
}
