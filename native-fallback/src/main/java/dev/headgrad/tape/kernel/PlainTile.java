package dev.headgrad.tape.kernel;

import java.util.Arrays;

/**
 * Tiles of 2 rows by many columns: the loops run along the columns, four terms at a time, and the
 * JIT compiler vectorizes them.
 */
final class PlainTile extends Tile {

  private static final int FLOAT_COLS = 128;
  private static final int DOUBLE_COLS = 64;

  PlainTile() {
    super(2, FLOAT_COLS, DOUBLE_COLS, 64);
  }

  @Override
  void multiply(
      int cols,
      int depth,
      float[] a,
      int ao,
      float[] b,
      int bo,
      float[] c,
      int co,
      int cRow,
      boolean add) {
    int c1 = co + cRow;
    if (!add) {
      Arrays.fill(c, co, co + cols, 0);
      Arrays.fill(c, c1, c1 + cols, 0);
    }
    int p = 0;
    for (; p + 4 <= depth; p += 4) {
      fourTerms(cols, a, ao + 2 * p, b, bo + p * FLOAT_COLS, c, co, c1);
    }
    for (; p < depth; p++) {
      oneTerm(cols, a[ao + 2 * p], a[ao + 2 * p + 1], b, bo + p * FLOAT_COLS, c, co, c1);
    }
  }

  @Override
  void copyRows(float[] x, int xo, int distance, int depth, float[] out, int off) {
    for (int q = 0; q < depth; q++) {
      System.arraycopy(x, xo + q * distance, out, off + q * FLOAT_COLS, FLOAT_COLS);
    }
  }

  private static void fourTerms(
      int cols, float[] a, int i, float[] b, int bo, float[] c, int c0, int c1) {
    float a00 = a[i];
    float a10 = a[i + 1];
    float a01 = a[i + 2];
    float a11 = a[i + 3];
    float a02 = a[i + 4];
    float a12 = a[i + 5];
    float a03 = a[i + 6];
    float a13 = a[i + 7];
    for (int j = 0; j < cols; j++) {
      float v0 = b[bo + j];
      float v1 = b[bo + FLOAT_COLS + j];
      float v2 = b[bo + 2 * FLOAT_COLS + j];
      float v3 = b[bo + 3 * FLOAT_COLS + j];
      c[c0 + j] = Fma.of(a03, v3, Fma.of(a02, v2, Fma.of(a01, v1, Fma.of(a00, v0, c[c0 + j]))));
      c[c1 + j] = Fma.of(a13, v3, Fma.of(a12, v2, Fma.of(a11, v1, Fma.of(a10, v0, c[c1 + j]))));
    }
  }

  private static void oneTerm(
      int cols, float a0, float a1, float[] b, int bo, float[] c, int c0, int c1) {
    for (int j = 0; j < cols; j++) {
      float v = b[bo + j];
      c[c0 + j] = Fma.of(a0, v, c[c0 + j]);
      c[c1 + j] = Fma.of(a1, v, c[c1 + j]);
    }
  }

  @Override
  void multiply(
      int cols,
      int depth,
      double[] a,
      int ao,
      double[] b,
      int bo,
      double[] c,
      int co,
      int cRow,
      boolean add) {
    int c1 = co + cRow;
    if (!add) {
      Arrays.fill(c, co, co + cols, 0);
      Arrays.fill(c, c1, c1 + cols, 0);
    }
    int p = 0;
    for (; p + 4 <= depth; p += 4) {
      fourTerms(cols, a, ao + 2 * p, b, bo + p * DOUBLE_COLS, c, co, c1);
    }
    for (; p < depth; p++) {
      oneTerm(cols, a[ao + 2 * p], a[ao + 2 * p + 1], b, bo + p * DOUBLE_COLS, c, co, c1);
    }
  }

  @Override
  void copyRows(double[] x, int xo, int distance, int depth, double[] out, int off) {
    for (int q = 0; q < depth; q++) {
      System.arraycopy(x, xo + q * distance, out, off + q * DOUBLE_COLS, DOUBLE_COLS);
    }
  }

  private static void fourTerms(
      int cols, double[] a, int i, double[] b, int bo, double[] c, int c0, int c1) {
    double a00 = a[i];
    double a10 = a[i + 1];
    double a01 = a[i + 2];
    double a11 = a[i + 3];
    double a02 = a[i + 4];
    double a12 = a[i + 5];
    double a03 = a[i + 6];
    double a13 = a[i + 7];
    for (int j = 0; j < cols; j++) {
      double v0 = b[bo + j];
      double v1 = b[bo + DOUBLE_COLS + j];
      double v2 = b[bo + 2 * DOUBLE_COLS + j];
      double v3 = b[bo + 3 * DOUBLE_COLS + j];
      c[c0 + j] = Fma.of(a03, v3, Fma.of(a02, v2, Fma.of(a01, v1, Fma.of(a00, v0, c[c0 + j]))));
      c[c1 + j] = Fma.of(a13, v3, Fma.of(a12, v2, Fma.of(a11, v1, Fma.of(a10, v0, c[c1 + j]))));
    }
  }

  private static void oneTerm(
      int cols, double a0, double a1, double[] b, int bo, double[] c, int c0, int c1) {
    for (int j = 0; j < cols; j++) {
      double v = b[bo + j];
      c[c0 + j] = Fma.of(a0, v, c[c0 + j]);
      c[c1 + j] = Fma.of(a1, v, c[c1 + j]);
    }
  }
}
