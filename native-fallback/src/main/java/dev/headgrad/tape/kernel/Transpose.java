package dev.headgrad.tape.kernel;

/**
 * Strided matrices copied to row-major order, in square tiles: {@code dst[r * cols + c] = src[r *
 * srcRow + c * srcCol]}. Strides may be negative or zero. Large matrices are copied on several
 * threads. {@code src} and {@code dst} must not overlap.
 */
public final class Transpose {

  /** Rows and columns of a tile: its source and its target lines fit the first-level cache. */
  private static final int TILE = 32;

  /** Least number of elements that is worth a hand-over to another thread. */
  private static final int GRAIN = 1 << 15;

  private Transpose() {}

  /** Copies the tile of rows r0 to r1 and columns c0 to c1. */
  private interface TileCopy {
    void copy(int r0, int r1, int c0, int c1);
  }

  private static void forTiles(int rows, int cols, TileCopy tile) {
    if (rows <= TILE && cols <= TILE) {
      tile.copy(0, rows, 0, cols);
      return;
    }
    int bands = (rows + TILE - 1) / TILE;
    int grain = Math.max(1, GRAIN / Math.max(1, TILE * cols));
    Workers.parallelFor(
        bands,
        grain,
        (from, to) -> {
          for (int band = from; band < to; band++) {
            int r0 = band * TILE;
            int r1 = Math.min(rows, r0 + TILE);
            for (int c0 = 0; c0 < cols; c0 += TILE) {
              tile.copy(r0, r1, c0, Math.min(cols, c0 + TILE));
            }
          }
        });
  }

  /**
   * Copies a strided matrix to row-major order.
   *
   * @param rows rows of the result
   * @param cols columns of the result
   * @param src the source
   * @param srcOff index of the source's element (0, 0)
   * @param srcRow distance of the source's rows
   * @param srcCol distance of the source's columns
   * @param dst the target
   * @param dstOff index of the target's element (0, 0)
   */
  public static void copy(
      int rows,
      int cols,
      float[] src,
      int srcOff,
      int srcRow,
      int srcCol,
      float[] dst,
      int dstOff) {
    forTiles(
        rows,
        cols,
        (r0, r1, c0, c1) -> {
          for (int r = r0; r < r1; r++) {
            int from = srcOff + r * srcRow;
            int to = dstOff + r * cols;
            for (int c = c0; c < c1; c++) {
              dst[to + c] = src[from + c * srcCol];
            }
          }
        });
  }

  /**
   * Copies a strided matrix to row-major order.
   *
   * @param rows rows of the result
   * @param cols columns of the result
   * @param src the source
   * @param srcOff index of the source's element (0, 0)
   * @param srcRow distance of the source's rows
   * @param srcCol distance of the source's columns
   * @param dst the target
   * @param dstOff index of the target's element (0, 0)
   */
  public static void copy(
      int rows,
      int cols,
      double[] src,
      int srcOff,
      int srcRow,
      int srcCol,
      double[] dst,
      int dstOff) {
    forTiles(
        rows,
        cols,
        (r0, r1, c0, c1) -> {
          for (int r = r0; r < r1; r++) {
            int from = srcOff + r * srcRow;
            int to = dstOff + r * cols;
            for (int c = c0; c < c1; c++) {
              dst[to + c] = src[from + c * srcCol];
            }
          }
        });
  }

  /**
   * Copies a strided matrix to row-major order.
   *
   * @param rows rows of the result
   * @param cols columns of the result
   * @param src the source
   * @param srcOff index of the source's element (0, 0)
   * @param srcRow distance of the source's rows
   * @param srcCol distance of the source's columns
   * @param dst the target
   * @param dstOff index of the target's element (0, 0)
   */
  public static void copy(
      int rows, int cols, int[] src, int srcOff, int srcRow, int srcCol, int[] dst, int dstOff) {
    forTiles(
        rows,
        cols,
        (r0, r1, c0, c1) -> {
          for (int r = r0; r < r1; r++) {
            int from = srcOff + r * srcRow;
            int to = dstOff + r * cols;
            for (int c = c0; c < c1; c++) {
              dst[to + c] = src[from + c * srcCol];
            }
          }
        });
  }

  /**
   * Copies a strided matrix to row-major order.
   *
   * @param rows rows of the result
   * @param cols columns of the result
   * @param src the source
   * @param srcOff index of the source's element (0, 0)
   * @param srcRow distance of the source's rows
   * @param srcCol distance of the source's columns
   * @param dst the target
   * @param dstOff index of the target's element (0, 0)
   */
  public static void copy(
      int rows, int cols, long[] src, int srcOff, int srcRow, int srcCol, long[] dst, int dstOff) {
    forTiles(
        rows,
        cols,
        (r0, r1, c0, c1) -> {
          for (int r = r0; r < r1; r++) {
            int from = srcOff + r * srcRow;
            int to = dstOff + r * cols;
            for (int c = c0; c < c1; c++) {
              dst[to + c] = src[from + c * srcCol];
            }
          }
        });
  }

  /**
   * Copies a strided matrix to row-major order.
   *
   * @param rows rows of the result
   * @param cols columns of the result
   * @param src the source
   * @param srcOff index of the source's element (0, 0)
   * @param srcRow distance of the source's rows
   * @param srcCol distance of the source's columns
   * @param dst the target
   * @param dstOff index of the target's element (0, 0)
   */
  public static void copy(
      int rows, int cols, byte[] src, int srcOff, int srcRow, int srcCol, byte[] dst, int dstOff) {
    forTiles(
        rows,
        cols,
        (r0, r1, c0, c1) -> {
          for (int r = r0; r < r1; r++) {
            int from = srcOff + r * srcRow;
            int to = dstOff + r * cols;
            for (int c = c0; c < c1; c++) {
              dst[to + c] = src[from + c * srcCol];
            }
          }
        });
  }

  /**
   * Copies a strided matrix to row-major order.
   *
   * @param rows rows of the result
   * @param cols columns of the result
   * @param src the source
   * @param srcOff index of the source's element (0, 0)
   * @param srcRow distance of the source's rows
   * @param srcCol distance of the source's columns
   * @param dst the target
   * @param dstOff index of the target's element (0, 0)
   */
  public static void copy(
      int rows,
      int cols,
      short[] src,
      int srcOff,
      int srcRow,
      int srcCol,
      short[] dst,
      int dstOff) {
    forTiles(
        rows,
        cols,
        (r0, r1, c0, c1) -> {
          for (int r = r0; r < r1; r++) {
            int from = srcOff + r * srcRow;
            int to = dstOff + r * cols;
            for (int c = c0; c < c1; c++) {
              dst[to + c] = src[from + c * srcCol];
            }
          }
        });
  }
}
