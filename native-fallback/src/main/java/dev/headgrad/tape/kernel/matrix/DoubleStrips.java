package dev.headgrad.tape.kernel.matrix;

import dev.headgrad.tape.kernel.Buffers;
import java.util.Arrays;

/**
 * The blocks of a matrix product of doubles on the Vector API: rows of a, at a distance that is a
 * constant, and strips of b as wide as a tile, stored row by row. An odd depth is made even with a
 * term of zeros.
 */
final class DoubleStrips implements Product.Right {

  private static final int ROWS = VectorTile.SHAPE.rows;
  private static final int COLS = VectorTile.SHAPE.doubleCols;

  /** A cache line between strips: else they would all begin in the same set of the cache. */
  private static final int GAP = 8;

  private final DoubleProduct of;
  private final int leftLength;
  private final int strip;
  private final double[] array;

  DoubleStrips(DoubleProduct of, int leftStrips, int strips, int depth) {
    this.of = of;
    this.leftLength = Product.roundUp(leftStrips * ROWS * VectorTile.DISTANCE);
    this.strip = depth * COLS + GAP;
    this.array = Buffers.doubles(Product.roundUp(strips * strip));
  }

  @Override
  public boolean copiesColumns() {
    return of.b.row == 1 && of.b.col != 1;
  }

  @Override
  public void copy(int p, int from, int to, int j, int left, int right) {
    DoubleProduct.Matrix b = of.b;
    int start = b.off + (p + from) * b.row + (j + left) * b.col;
    int off = left / COLS * strip + from * COLS;
    int depth = to - from;
    int cols = right - left;
    int whole = cols / COLS;
    if (b.col == 1) {
      DoubleVectorTile.copyRows(b.array, start, b.row, whole, depth, array, off, strip);
    } else {
      for (int r = 0; r < whole * COLS; r += 4) {
        int at = off + r / COLS * strip + r % COLS;
        copyFour(b.array, start + r * b.col, b.row, b.col, depth, array, at);
      }
    }
    int r = whole * COLS;
    start += r * b.col;
    copy(b.array, start, b.row, b.col, depth, cols - r, array, off + whole * strip);
    if (p + to == of.k) {
      int end = off + depth * COLS;
      clear(array, Product.ceil(cols, COLS), strip, end, COLS * VectorTile.SHAPE.missing(to));
    }
  }

  @Override
  public Product.Left left() {
    return new Left();
  }

  @Override
  public void close() {
    Buffers.recycle(array);
  }

  private final class Left implements Product.Left {
    private final double[] left = Buffers.doubles(leftLength);
    private final double[] tile = new double[ROWS * COLS];

    @Override
    public void copy(int i, int rows, int p, int depth) {
      int start = of.aOff + i * of.aRow + p * of.aCol;
      if (of.aCol == 1) {
        for (int r = 0; r < rows; r++) {
          System.arraycopy(of.a, start + r * of.aRow, left, r * VectorTile.DISTANCE, depth);
        }
      } else {
        Transpose.tile(rows, depth, of.a, start, of.aRow, of.aCol, left, 0, VectorTile.DISTANCE);
      }
      clear(left, rows, VectorTile.DISTANCE, depth, VectorTile.SHAPE.missing(depth));
    }

    @Override
    public void tile(int i, int rows, int a, int j, int cols, int b, int depth, boolean add) {
      int ao = a * ROWS * VectorTile.DISTANCE;
      int bo = b * strip;
      int co = of.cOff + i * of.cRow + j * of.cCol;
      boolean inRows = cols == COLS && of.cCol == 1;
      if (inRows && !add && VectorTile.fits(rows)) {
        DoubleVectorTile.multiply(rows, depth, left, ao, array, bo, of.c, co, of.cRow);
        return;
      }
      DoubleVectorTile.multiply(rows, depth, left, ao, array, bo, tile, 0, COLS);
      if (inRows && add) {
        VectorTile.add(rows, tile, of.c, co, of.cRow);
        return;
      }
      for (int r = 0; r < rows; r++) {
        DoubleProduct.put(tile, r * COLS, cols, of.c, co + r * of.cRow, of.cCol, add);
      }
    }

    @Override
    public void close() {
      Buffers.recycle(left);
    }
  }

  /** out[off + q COLS + r] = x[xo + q xq + r xr] for q below depth and r below 4. */
  private static void copyFour(
      double[] x, int xo, int xq, int xr, int depth, double[] out, int off) {
    if (xq == 1) {
      fourRows(x, xo, xo + xr, xo + 2 * xr, xo + 3 * xr, depth, out, off);
      return;
    }
    int from = xo;
    int to = off;
    for (int q = 0; q < depth; q++) {
      out[to] = x[from];
      out[to + 1] = x[from + xr];
      out[to + 2] = x[from + 2 * xr];
      out[to + 3] = x[from + 3 * xr];
      from += xq;
      to += COLS;
    }
  }

  private static void fourRows(
      double[] x, int x0, int x1, int x2, int x3, int depth, double[] out, int off) {
    for (int q = 0; q < depth; q++) {
      int to = off + q * COLS;
      out[to] = x[x0 + q];
      out[to + 1] = x[x1 + q];
      out[to + 2] = x[x2 + q];
      out[to + 3] = x[x3 + q];
    }
  }

  /** out[off + q COLS + r] = x[xo + q xq + r xr] for q below depth and r below count. */
  private static void copy(
      double[] x, int xo, int xq, int xr, int depth, int count, double[] out, int off) {
    for (int r = 0; r < count; r++) {
      for (int q = 0; q < depth; q++) {
        out[off + q * COLS + r] = x[xo + q * xq + r * xr];
      }
    }
  }

  /** Sets n elements of each row or strip, at off, to zero. */
  private static void clear(double[] x, int rows, int distance, int off, int n) {
    for (int r = 0; r < rows; r++) {
      Arrays.fill(x, r * distance + off, r * distance + off + n, 0);
    }
  }
}
