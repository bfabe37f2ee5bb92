package dev.headgrad.tape.kernel.convolution;

import dev.headgrad.tape.kernel.matrix.FloatRows;
import dev.headgrad.tape.kernel.matrix.PlainTile;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Tiles of many filters: what the taps read is copied to {@link FloatRows rows} that are arrays of
 * their own, for C2 turns no other loops into vector instructions.
 */
final class PlainTapTile extends TapTile {

  /** Columns of a row. */
  private static final int COLS = PlainTile.SHAPE.floatCols;

  /** Rows that are read at a time. */
  private static final int BLOCK = PlainTile.SHAPE.depth;

  /** Rows that are summed up at a time. */
  private static final int ROWS = PlainTile.SHAPE.rows;

  PlainTapTile() {
    super(64, 0, COLS, 64);
  }

  @Override
  void correlate(
      int rows,
      int cols,
      int depth,
      float[] a,
      int ao,
      int aRow,
      float[] b,
      int bo,
      int[] taps,
      int to,
      float @Nullable [] init,
      int io,
      float[] c,
      int co,
      int cRow) {
    float[][] right = FloatRows.RIGHT.take();
    float[][] sums = FloatRows.SUMS.take();
    int p = 0;
    do { // once if there are no taps, too
      int d = Math.min(BLOCK, depth - p);
      for (int q = 0; q < d; q++) {
        System.arraycopy(b, bo + taps[to + p + q], right[q], 0, cols);
      }
      for (int i = 0; i < rows; i += ROWS) {
        int n = Math.min(ROWS, rows - i);
        for (int r = 0; r < n; r++) {
          if (init != null && p == 0) {
            Arrays.fill(sums[r], 0, cols, init[io + i + r]);
          } else {
            System.arraycopy(c, co + (i + r) * cRow, sums[r], 0, cols);
          }
        }
        PlainTile.multiply(n, cols, d, a, ao + i * aRow + p, aRow, right, sums);
        for (int r = 0; r < n; r++) {
          System.arraycopy(sums[r], 0, c, co + (i + r) * cRow, cols);
        }
      }
      p += BLOCK;
    } while (p < depth);
    FloatRows.RIGHT.give(right);
    FloatRows.SUMS.give(sums);
  }

  @Override
  void dots(
      int rows,
      int segments,
      int length,
      float[] g,
      int go,
      int gRow,
      int gStep,
      float[] x,
      int xo,
      int xStep,
      int[] taps,
      int depth,
      float[] c,
      int co,
      int cRow) {
    float[][] right = FloatRows.RIGHT.take();
    float[][] sums = FloatRows.SUMS.take();
    for (int s = 0; s < segments; s++) {
      for (int j = 0; j < length; j += BLOCK) {
        int d = Math.min(BLOCK, length - j);
        for (int p = 0; p < depth; p += COLS) {
          int cols = Math.min(COLS, depth - p);
          gather(x, xo + s * xStep + j, taps, p, cols, right, d);
          for (int i = 0; i < rows; i += ROWS) {
            int n = Math.min(ROWS, rows - i);
            for (int r = 0; r < n; r++) {
              Arrays.fill(sums[r], 0, cols, 0);
            }
            int from = go + i * gRow + s * gStep + j;
            PlainTile.multiply(n, cols, d, g, from, gRow, right, sums);
            for (int r = 0; r < n; r++) {
              add(sums[r], cols, c, co + (i + r) * cRow + p);
            }
          }
        }
      }
    }
    FloatRows.RIGHT.give(right);
    FloatRows.SUMS.give(sums);
  }

  private static void add(float[] x, int n, float[] y, int yo) {
    for (int i = 0; i < n; i++) {
      y[yo + i] += x[i];
    }
  }

  /** out[q][r] = what the tap r reads of x at q. */
  private static void gather(
      float[] x, int xo, int[] taps, int to, int cols, float[][] out, int depth) {
    int q = 0;
    for (; q + 4 <= depth; q += 4) {
      gatherFour(x, xo + q, taps, to, cols, out[q], out[q + 1], out[q + 2], out[q + 3]);
    }
    for (; q < depth; q++) {
      for (int r = 0; r < cols; r++) {
        out[q][r] = x[xo + q + taps[to + r]];
      }
    }
  }

  private static void gatherFour(
      float[] x,
      int xo,
      int[] taps,
      int to,
      int cols,
      float[] y0,
      float[] y1,
      float[] y2,
      float[] y3) {
    for (int r = 0; r < cols; r++) {
      int from = xo + taps[to + r];
      y0[r] = x[from];
      y1[r] = x[from + 1];
      y2[r] = x[from + 2];
      y3[r] = x[from + 3];
    }
  }

  @Override
  public void max(int cols, float[] b, int bo, int[] taps, float[] c, float[] which) {
    for (int j = 0; j < cols; j++) {
      float max = b[bo + taps[0] + j];
      int tap = 0;
      for (int p = 1; p < taps.length; p++) {
        float v = b[bo + taps[p] + j];
        if (v > max || (Float.isNaN(v) && !Float.isNaN(max))) {
          max = v;
          tap = p;
        }
      }
      c[j] = max;
      which[j] = tap;
    }
  }
}
