package dev.headgrad.tape.kernel.matrix;

import dev.headgrad.tape.kernel.Buffers;
import dev.headgrad.tape.kernel.VectorApi;

/** A matrix product of doubles. */
final class DoubleProduct extends Product {

  final double[] a;
  final int aOff;
  final int aRow;
  final int aCol;
  final Matrix b;
  final double[] c;
  final int cOff;
  final int cRow;
  final int cCol;

  DoubleProduct(
      int m,
      int n,
      int k,
      double[] a,
      int aOff,
      int aRow,
      int aCol,
      Matrix b,
      double[] c,
      int cOff,
      int cRow,
      int cCol,
      boolean accumulate) {
    super(m, n, k, TILE.doubleCols, accumulate);
    this.a = a;
    this.aOff = aOff;
    this.aRow = aRow;
    this.aCol = aCol;
    this.b = b;
    this.c = c;
    this.cOff = cOff;
    this.cRow = cRow;
    this.cCol = cCol;
  }

  @Override
  Product partial(int p0, int p1) {
    return new DoubleProduct(
        m,
        n,
        p1 - p0,
        a,
        aOff + p0 * aCol,
        aRow,
        aCol,
        b.from(p0),
        Buffers.doubles(m * n),
        0,
        n,
        1,
        false);
  }

  @Override
  void sum(Product[] partials, boolean add) {
    boolean also = add;
    for (Product each : partials) {
      double[] partial = ((DoubleProduct) each).c;
      for (int i = 0; i < m; i++) {
        put(partial, i * n, n, c, cOff + i * cRow, cCol, also);
      }
      also = true;
      Buffers.recycle(partial);
    }
  }

  @Override
  Right right(int leftStrips, int strips, int depth) {
    return VectorApi.IS_USED
        ? new DoubleStrips(this, leftStrips, strips, depth)
        : new DoubleRows(this, leftStrips, depth);
  }

  /** A matrix with any strides. */
  static final class Matrix {
    final double[] array;
    final int off;
    final int row;
    final int col;

    Matrix(double[] array, int off, int row, int col) {
      this.array = array;
      this.off = off;
      this.row = row;
      this.col = col;
    }

    /** The matrix without its first rows. */
    private Matrix from(int first) {
      return new Matrix(array, off + first * row, row, col);
    }

    /** out[q][r] = element (p + q, j + r) for q between from and to, and r below cols. */
    void copy(int p, int from, int to, int j, int cols, double[][] out) {
      int start = off + p * row + j * col;
      int q = from;
      if (col == 1) {
        for (; q < to; q++) {
          System.arraycopy(array, start + q * row, out[q], 0, cols);
        }
      }
      for (; q + 4 <= to; q += 4) {
        copyFour(start + q * row, cols, out[q], out[q + 1], out[q + 2], out[q + 3]);
      }
      for (; q < to; q++) {
        for (int r = 0; r < cols; r++) {
          out[q][r] = array[start + q * row + r * col];
        }
      }
    }

    private void copyFour(int start, int n, double[] y0, double[] y1, double[] y2, double[] y3) {
      for (int r = 0; r < n; r++) {
        int from = start + r * col;
        y0[r] = array[from];
        y1[r] = array[from + row];
        y2[r] = array[from + 2 * row];
        y3[r] = array[from + 3 * row];
      }
    }
  }

  static void put(double[] x, int xo, int n, double[] y, int yo, int distance, boolean add) {
    if (add) {
      for (int i = 0; i < n; i++) {
        y[yo + i * distance] += x[xo + i];
      }
    } else {
      for (int i = 0; i < n; i++) {
        y[yo + i * distance] = x[xo + i];
      }
    }
  }
}
