package dev.headgrad.tape.kernel;

/**
 * The blocks of a matrix product of doubles on the Vector API: strips of a as high as a tile,
 * stored column by column, and strips of b as wide as a tile, stored row by row.
 */
final class DoubleStrips extends Product.Scratch {

  private static final int ROWS = VectorTile.SHAPE.rows;
  private static final int COLS = VectorTile.SHAPE.doubleCols;

  /** A cache line between strips: else they would all begin in the same set of the cache. */
  private static final int GAP = 8;

  private final DoubleProduct of;
  private final double[] left;
  private final double[] right;
  private final int leftStrip;
  private final int rightStrip;
  private final double[] edge = new double[ROWS * COLS];

  DoubleStrips(DoubleProduct of, int left, int right, int depth) {
    this.of = of;
    this.leftStrip = depth * ROWS + GAP;
    this.rightStrip = depth * COLS + GAP;
    this.left = Buffers.doubles(Product.roundUp(left * leftStrip));
    this.right = Buffers.doubles(Product.roundUp(right * rightStrip));
  }

  @Override
  void copyLeft(int i, int rows, int p, int depth) {
    int from = of.aOff + i * of.aRow + p * of.aCol;
    int whole = rows / ROWS;
    if (of.aRow == 1) {
      VectorTile.copyColumns(of.a, from, of.aCol, whole, depth, left, leftStrip);
    } else {
      for (int s = 0; s < whole; s++) {
        copyFour(
            of.a, from + s * ROWS * of.aRow, of.aCol, of.aRow, depth, left, s * leftStrip, ROWS);
      }
    }
    int r = whole * ROWS;
    copy(
        of.a, from + r * of.aRow, of.aCol, of.aRow, depth, rows - r, left, whole * leftStrip, ROWS);
  }

  @Override
  void copyRight(int p, int depth, int j, int cols) {
    DoubleProduct.Matrix b = of.b;
    int from = b.off + p * b.row + j * b.col;
    int whole = cols / COLS;
    if (b.col == 1) {
      VectorTile.copyRows(b.array, from, b.row, whole, depth, right, rightStrip);
    } else {
      for (int s = 0; s < whole; s++) {
        for (int r = 0; r < COLS; r += 4) {
          copyFour(
              b.array,
              from + (s * COLS + r) * b.col,
              b.row,
              b.col,
              depth,
              right,
              s * rightStrip + r,
              COLS);
        }
      }
    }
    int r = whole * COLS;
    copy(b.array, from + r * b.col, b.row, b.col, depth, cols - r, right, whole * rightStrip, COLS);
  }

  @Override
  void tile(int i, int rows, int a, int j, int cols, int b, int depth, boolean add) {
    int ao = a * leftStrip;
    int bo = b * rightStrip;
    int co = of.cOff + i * of.cRow + j * of.cCol;
    if (rows == ROWS && cols == COLS && of.cCol == 1) {
      VectorTile.multiply(depth, left, ao, right, bo, of.c, co, of.cRow, add);
      return;
    }
    VectorTile.multiply(depth, left, ao, right, bo, edge, 0, COLS, false);
    for (int r = 0; r < rows; r++) {
      DoubleProduct.put(edge, r * COLS, cols, of.c, co + r * of.cRow, of.cCol, add);
    }
  }

  @Override
  public void close() {
    Buffers.recycle(left);
    Buffers.recycle(right);
  }

  /** out[off + q distance + r] = x[xo + q xq + r xr] for q below depth and r below 4. */
  private static void copyFour(
      double[] x, int xo, int xq, int xr, int depth, double[] out, int off, int distance) {
    if (xq != 1) {
      int from = xo;
      int to = off;
      for (int q = 0; q < depth; q++) {
        out[to] = x[from];
        out[to + 1] = x[from + xr];
        out[to + 2] = x[from + 2 * xr];
        out[to + 3] = x[from + 3 * xr];
        from += xq;
        to += distance;
      }
    } else if (distance == COLS) {
      fourRows(x, xo, xo + xr, xo + 2 * xr, xo + 3 * xr, depth, out, off, COLS);
    } else {
      fourRows(x, xo, xo + xr, xo + 2 * xr, xo + 3 * xr, depth, out, off, ROWS);
    }
  }

  /** With a distance that is constant where this is inlined, no index is checked in the loop. */
  private static void fourRows(
      double[] x, int x0, int x1, int x2, int x3, int depth, double[] out, int off, int distance) {
    for (int q = 0; q < depth; q++) {
      int to = off + q * distance;
      out[to] = x[x0 + q];
      out[to + 1] = x[x1 + q];
      out[to + 2] = x[x2 + q];
      out[to + 3] = x[x3 + q];
    }
  }

  /** out[off + q distance + r] = x[xo + q xq + r xr] for q below depth and r below count. */
  private static void copy(
      double[] x,
      int xo,
      int xq,
      int xr,
      int depth,
      int count,
      double[] out,
      int off,
      int distance) {
    for (int r = 0; r < count; r++) {
      for (int q = 0; q < depth; q++) {
        out[off + q * distance + r] = x[xo + q * xq + r * xr];
      }
    }
  }
}
