package dev.headgrad.tape.kernel;

/**
 * The innermost loops of a matrix product without the Vector API: two rows of the result and three
 * of the right factor.
 *
 * <p>C2 turns a loop into vector instructions where all arrays are read and written at the same
 * index, so every row is an array of its own. Of all shapes that it accepts (more than 60 nodes of
 * its graph are too many), this one has most multiply-adds for each load and store.
 */
final class PlainTile {

  /** The terms that are added at once. */
  static final int TERMS = 3;

  /** The sums of a tile fit the first-level cache, the rows of b the second-level cache. */
  static final Tile SHAPE = new Tile(4, 512, 256, 42 * TERMS, TERMS, 1);

  private PlainTile() {}

  /**
   * Adds a product of matrices to c. All pairs of rows take their share of a few rows of b while
   * these are in the cache.
   *
   * @param rows rows of a
   * @param cols columns of b
   * @param depth rows of b
   * @param a the left factor, its rows contiguous
   * @param ao index of its first element
   * @param distance distance of its rows
   * @param b the rows of the right factor
   * @param c the rows of the result, an even number of them
   */
  static void multiply(
      int rows, int cols, int depth, float[] a, int ao, int distance, float[][] b, float[][] c) {
    int p = 0;
    for (; p + TERMS <= depth; p += TERMS) {
      for (int r = 0; r < rows; r += 2) {
        int a0 = ao + r * distance + p;
        // of an odd number of rows, the last one is taken twice
        int a1 = r + 1 < rows ? a0 + distance : a0;
        add(cols, a, a0, a1, b[p], b[p + 1], b[p + 2], c[r], c[r + 1]);
      }
    }
    for (; p < depth; p++) {
      for (int r = 0; r < rows; r += 2) {
        int a0 = ao + r * distance + p;
        int a1 = r + 1 < rows ? a0 + distance : a0;
        add(cols, a[a0], a[a1], b[p], c[r], c[r + 1]);
      }
    }
  }

  /** Adds three terms of a product to two rows: a's are at i0 and i1. */
  private static void add(
      int n,
      float[] a,
      int i0,
      int i1,
      float[] b0,
      float[] b1,
      float[] b2,
      float[] c0,
      float[] c1) {
    float a00 = a[i0];
    float a01 = a[i0 + 1];
    float a02 = a[i0 + 2];
    float a10 = a[i1];
    float a11 = a[i1 + 1];
    float a12 = a[i1 + 2];
    for (int j = 0; j < n; j++) {
      float v0 = b0[j];
      float v1 = b1[j];
      float v2 = b2[j];
      c0[j] = Fma.of(a02, v2, Fma.of(a01, v1, Fma.of(a00, v0, c0[j])));
      c1[j] = Fma.of(a12, v2, Fma.of(a11, v1, Fma.of(a10, v0, c1[j])));
    }
  }

  /** Adds one term of a product to two rows. */
  private static void add(int n, float a0, float a1, float[] b, float[] c0, float[] c1) {
    for (int j = 0; j < n; j++) {
      float v = b[j];
      c0[j] = Fma.of(a0, v, c0[j]);
      c1[j] = Fma.of(a1, v, c1[j]);
    }
  }

  /**
   * Adds a product of matrices to c. All pairs of rows take their share of a few rows of b while
   * these are in the cache.
   *
   * @param rows rows of a
   * @param cols columns of b
   * @param depth rows of b
   * @param a the left factor, its rows contiguous
   * @param ao index of its first element
   * @param distance distance of its rows
   * @param b the rows of the right factor
   * @param c the rows of the result, an even number of them
   */
  static void multiply(
      int rows, int cols, int depth, double[] a, int ao, int distance, double[][] b, double[][] c) {
    int p = 0;
    for (; p + TERMS <= depth; p += TERMS) {
      for (int r = 0; r < rows; r += 2) {
        int a0 = ao + r * distance + p;
        // of an odd number of rows, the last one is taken twice
        int a1 = r + 1 < rows ? a0 + distance : a0;
        add(cols, a, a0, a1, b[p], b[p + 1], b[p + 2], c[r], c[r + 1]);
      }
    }
    for (; p < depth; p++) {
      for (int r = 0; r < rows; r += 2) {
        int a0 = ao + r * distance + p;
        int a1 = r + 1 < rows ? a0 + distance : a0;
        add(cols, a[a0], a[a1], b[p], c[r], c[r + 1]);
      }
    }
  }

  /** Adds three terms of a product to two rows: a's are at i0 and i1. */
  private static void add(
      int n,
      double[] a,
      int i0,
      int i1,
      double[] b0,
      double[] b1,
      double[] b2,
      double[] c0,
      double[] c1) {
    double a00 = a[i0];
    double a01 = a[i0 + 1];
    double a02 = a[i0 + 2];
    double a10 = a[i1];
    double a11 = a[i1 + 1];
    double a12 = a[i1 + 2];
    for (int j = 0; j < n; j++) {
      double v0 = b0[j];
      double v1 = b1[j];
      double v2 = b2[j];
      c0[j] = Fma.of(a02, v2, Fma.of(a01, v1, Fma.of(a00, v0, c0[j])));
      c1[j] = Fma.of(a12, v2, Fma.of(a11, v1, Fma.of(a10, v0, c1[j])));
    }
  }

  /** Adds one term of a product to two rows. */
  private static void add(int n, double a0, double a1, double[] b, double[] c0, double[] c1) {
    for (int j = 0; j < n; j++) {
      double v = b[j];
      c0[j] = Fma.of(a0, v, c0[j]);
      c1[j] = Fma.of(a1, v, c1[j]);
    }
  }
}
