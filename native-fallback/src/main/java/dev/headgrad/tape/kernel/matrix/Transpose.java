package dev.headgrad.tape.kernel.matrix;

import dev.headgrad.tape.kernel.Workers;

/**
 * Strided matrices copied to row-major order: {@code y[r * cols + c] = x[r * row + c * col]}, both
 * from an offset on. Strides may be negative or zero.
 *
 * <p>Made for transposed matrices, whose neighbours in a row of the result are far apart in the
 * source: tiles are a cache line high, and eight rows are written at a time, so that all of a line
 * is used while it is in the first-level cache. Large matrices are copied on several threads.
 */
public final class Transpose {

  /** Floats of a cache line. */
  private static final int TILE_ROWS = 16;

  /** As many cache lines as leave room for others in the first-level cache. */
  private static final int TILE_COLS = 256;

  /** Least number of elements that is worth a hand-over to another thread. */
  private static final int GRAIN = 1 << 15;

  private Transpose() {}

  /**
   * Copies a strided matrix to row-major order.
   *
   * @param rows rows of the result
   * @param cols columns of the result
   * @param x the source: a {@code float[]}, {@code double[]}, {@code int[]}, {@code long[]}, {@code
   *     byte[]} or {@code short[]}
   * @param xo index of the source's element (0, 0)
   * @param row distance of the source's rows
   * @param col distance of the source's columns
   * @param y the target: another array of the same type
   * @param yo index of the target's element (0, 0)
   */
  public static void copy(
      int rows, int cols, Object x, int xo, int row, int col, Object y, int yo) {
    if (rows <= TILE_ROWS && cols <= TILE_COLS) {
      tile(rows, cols, x, xo, row, col, y, yo, cols);
      return;
    }
    Workers.parallelFor(
        (rows + TILE_ROWS - 1) / TILE_ROWS,
        Math.max(1, GRAIN / Math.max(1, TILE_ROWS * cols)),
        (from, to) -> {
          for (int r = from * TILE_ROWS; r < Math.min(rows, to * TILE_ROWS); r += TILE_ROWS) {
            int high = Math.min(TILE_ROWS, rows - r);
            for (int c = 0; c < cols; c += TILE_COLS) {
              int wide = Math.min(TILE_COLS, cols - c);
              tile(high, wide, x, xo + r * row + c * col, row, col, y, yo + r * cols + c, cols);
            }
          }
        });
  }

  private static void tile(
      int rows, int cols, Object x, int xo, int row, int col, Object y, int yo, int distance) {
    if (x instanceof float[]) {
      tile(rows, cols, (float[]) x, xo, row, col, (float[]) y, yo, distance);
    } else if (x instanceof double[]) {
      tile(rows, cols, (double[]) x, xo, row, col, (double[]) y, yo, distance);
    } else if (x instanceof int[]) {
      tile(rows, cols, (int[]) x, xo, row, col, (int[]) y, yo, distance);
    } else if (x instanceof long[]) {
      tile(rows, cols, (long[]) x, xo, row, col, (long[]) y, yo, distance);
    } else if (x instanceof byte[]) {
      tile(rows, cols, (byte[]) x, xo, row, col, (byte[]) y, yo, distance);
    } else {
      tile(rows, cols, (short[]) x, xo, row, col, (short[]) y, yo, distance);
    }
  }

  /** Copies a part that needs no cutting. Rows of the result are {@code distance} apart. */
  static void tile(
      int rows, int cols, float[] x, int xo, int row, int col, float[] y, int yo, int distance) {
    int r = 0;
    for (; r + 8 <= rows; r += 8) {
      int from = xo + r * row;
      int y0 = yo + r * distance;
      int y1 = y0 + distance;
      int y2 = y1 + distance;
      int y3 = y2 + distance;
      int y4 = y3 + distance;
      int y5 = y4 + distance;
      int y6 = y5 + distance;
      int y7 = y6 + distance;
      for (int c = 0; c < cols; c++) {
        int i = from + c * col;
        y[y0 + c] = x[i];
        y[y1 + c] = x[i + row];
        y[y2 + c] = x[i + 2 * row];
        y[y3 + c] = x[i + 3 * row];
        y[y4 + c] = x[i + 4 * row];
        y[y5 + c] = x[i + 5 * row];
        y[y6 + c] = x[i + 6 * row];
        y[y7 + c] = x[i + 7 * row];
      }
    }
    for (; r < rows; r++) {
      for (int c = 0; c < cols; c++) {
        y[yo + r * distance + c] = x[xo + r * row + c * col];
      }
    }
  }

  /** The same for doubles. */
  static void tile(
      int rows, int cols, double[] x, int xo, int row, int col, double[] y, int yo, int distance) {
    int r = 0;
    for (; r + 8 <= rows; r += 8) {
      int from = xo + r * row;
      int y0 = yo + r * distance;
      int y1 = y0 + distance;
      int y2 = y1 + distance;
      int y3 = y2 + distance;
      int y4 = y3 + distance;
      int y5 = y4 + distance;
      int y6 = y5 + distance;
      int y7 = y6 + distance;
      for (int c = 0; c < cols; c++) {
        int i = from + c * col;
        y[y0 + c] = x[i];
        y[y1 + c] = x[i + row];
        y[y2 + c] = x[i + 2 * row];
        y[y3 + c] = x[i + 3 * row];
        y[y4 + c] = x[i + 4 * row];
        y[y5 + c] = x[i + 5 * row];
        y[y6 + c] = x[i + 6 * row];
        y[y7 + c] = x[i + 7 * row];
      }
    }
    for (; r < rows; r++) {
      for (int c = 0; c < cols; c++) {
        y[yo + r * distance + c] = x[xo + r * row + c * col];
      }
    }
  }

  private static void tile(
      int rows, int cols, int[] x, int xo, int row, int col, int[] y, int yo, int distance) {
    for (int r = 0; r < rows; r++) {
      for (int c = 0; c < cols; c++) {
        y[yo + r * distance + c] = x[xo + r * row + c * col];
      }
    }
  }

  private static void tile(
      int rows, int cols, long[] x, int xo, int row, int col, long[] y, int yo, int distance) {
    for (int r = 0; r < rows; r++) {
      for (int c = 0; c < cols; c++) {
        y[yo + r * distance + c] = x[xo + r * row + c * col];
      }
    }
  }

  private static void tile(
      int rows, int cols, byte[] x, int xo, int row, int col, byte[] y, int yo, int distance) {
    for (int r = 0; r < rows; r++) {
      for (int c = 0; c < cols; c++) {
        y[yo + r * distance + c] = x[xo + r * row + c * col];
      }
    }
  }

  private static void tile(
      int rows, int cols, short[] x, int xo, int row, int col, short[] y, int yo, int distance) {
    for (int r = 0; r < rows; r++) {
      for (int c = 0; c < cols; c++) {
        y[yo + r * distance + c] = x[xo + r * row + c * col];
      }
    }
  }
}
