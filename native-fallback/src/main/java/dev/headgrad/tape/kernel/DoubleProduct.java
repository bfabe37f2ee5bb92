package dev.headgrad.tape.kernel;

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
  Scratch scratch(int left, int right) {
    return Simd.VECTOR_API ? new Block(left, right) : new DoubleRows(this, left);
  }

  /** A matrix with any strides. */
  static final class Matrix {
    private final double[] array;
    private final int off;
    private final int row;
    private final int col;

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

    /** out[q][r] = element (p + q, j + r) for q below rows and r below cols. */
    void copy(int p, int rows, int j, int cols, double[][] out) {
      int start = off + p * row + j * col;
      int q = 0;
      if (col == 1) {
        for (; q < rows; q++) {
          System.arraycopy(array, start + q * row, out[q], 0, cols);
        }
      }
      for (; q + 4 <= rows; q += 4) {
        copyFour(start + q * row, cols, out[q], out[q + 1], out[q + 2], out[q + 3]);
      }
      for (; q < rows; q++) {
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

    /** out[to + q distance + r] = element (p + q, j + r) for q below rows and r below cols. */
    private void copy(int p, int rows, int j, int cols, double[] out, int to, int distance) {
      strip(array, off + p * row + j * col, row, col, rows, cols, out, to, distance);
    }
  }

  private final class Block extends Scratch {
    private final double[] left;
    private final double[] right;
    private final double[] edge = new double[TILE.rows * TILE.doubleCols];

    Block(int left, int right) {
      this.left = Buffers.doubles(roundUp(left));
      this.right = Buffers.doubles(roundUp(right));
    }

    @Override
    void copyLeft(int i, int rows, int p, int depth, int offset) {
      strip(a, aOff + i * aRow + p * aCol, aCol, aRow, depth, rows, left, offset, TILE.rows);
    }

    @Override
    void copyRight(int p, int depth, int j, int cols, int offset) {
      b.copy(p, depth, j, cols, right, offset, TILE.doubleCols);
    }

    @Override
    void tile(int i, int rows, int from, int j, int cols, int strip, int depth, boolean add) {
      int co = cOff + i * cRow + j * cCol;
      if (rows == TILE.rows && cols == TILE.doubleCols && cCol == 1) {
        VectorTile.INSTANCE.multiply(cols, depth, left, from, right, strip, c, co, cRow, add);
        return;
      }
      VectorTile.INSTANCE.multiply(
          cols, depth, left, from, right, strip, edge, 0, TILE.doubleCols, false);
      for (int r = 0; r < rows; r++) {
        put(edge, r * TILE.doubleCols, cols, c, co + r * cRow, cCol, add);
      }
    }

    @Override
    public void close() {
      Buffers.recycle(left);
      Buffers.recycle(right);
    }
  }

  private static void put(
      double[] x, int xo, int n, double[] y, int yo, int distance, boolean add) {
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

  /** out[off + q distance + r] = x[xo + q xq + r xr] for q below depth and r below count. */
  private static void strip(
      double[] x,
      int xo,
      int xq,
      int xr,
      int depth,
      int count,
      double[] out,
      int off,
      int distance) {
    if (xr == 1 && count == TILE.doubleCols) {
      VectorTile.INSTANCE.copyRows(x, xo, xq, depth, out, off);
      return;
    }
    int r = 0;
    for (; r + 4 <= count; r += 4) {
      int start = xo + r * xr;
      if (xq != 1) {
        fourAbreast(x, start, xq, xr, depth, out, off + r, distance);
      } else if (distance == TILE.doubleCols) {
        fourRows(
            x,
            start,
            start + xr,
            start + 2 * xr,
            start + 3 * xr,
            depth,
            out,
            off + r,
            TILE.doubleCols);
      } else {
        fourRows(
            x, start, start + xr, start + 2 * xr, start + 3 * xr, depth, out, off + r, TILE.rows);
      }
    }
    for (; r < count; r++) {
      for (int q = 0; q < depth; q++) {
        out[off + q * distance + r] = x[xo + q * xq + r * xr];
      }
    }
  }

  /** With strides that are constants where this is inlined, no index is checked in the loop. */
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

  private static void fourAbreast(
      double[] x, int xo, int xq, int xr, int depth, double[] out, int off, int distance) {
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
  }
}
