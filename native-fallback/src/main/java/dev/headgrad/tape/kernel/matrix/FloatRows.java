package dev.headgrad.tape.kernel.matrix;

import dev.headgrad.tape.kernel.Buffers;
import dev.headgrad.tape.kernel.Spares;
import java.util.Arrays;

/**
 * The blocks of a matrix product of floats without the Vector API. Rows of the right factor, and of
 * the result while it is summed up, are arrays of their own, as {@link PlainTile} wants them.
 */
public final class FloatRows implements Product.Right {

  /**
   * The length of a row, with which arrays are whole cache lines: rows that were allocated in turn
   * are aligned alike, and so do not all fall on the same few sets of the cache.
   */
  private static final int LENGTH = PlainTile.SHAPE.floatCols + 12;

  /** Rows of the right factor. */
  public static final Spares<float[][]> RIGHT =
      new Spares<>(() -> new float[PlainTile.SHAPE.depth][LENGTH]);

  /** Rows for the sums of a tile. */
  public static final Spares<float[][]> SUMS =
      new Spares<>(() -> new float[PlainTile.SHAPE.rows][LENGTH]);

  private final FloatProduct of;
  private final int leftLength;
  private final float[][] rows = RIGHT.take();

  FloatRows(FloatProduct of, int leftStrips, int depth) {
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
    private final float[] left = Buffers.floats(leftLength);
    private final float[][] sums = SUMS.take();

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
      PlainTile.multiply(rows, cols, depth, left, from, depth, FloatRows.this.rows, sums);
      for (int r = 0; r < rows; r++) {
        int co = of.cOff + (i + r) * of.cRow + j * of.cCol;
        if (of.cCol == 1) {
          System.arraycopy(sums[r], 0, of.c, co, cols);
        } else {
          FloatProduct.put(sums[r], 0, cols, of.c, co, of.cCol, false);
        }
      }
    }

    @Override
    public void close() {
      Buffers.recycle(left);
      SUMS.give(sums);
    }
  }

  private static void gather(float[] x, int xo, int distance, float[] y, int yo, int n) {
    for (int i = 0; i < n; i++) {
      y[yo + i] = x[xo + i * distance];
    }
  }
}
