package dev.headgrad.tape.kernel.matrix;

import dev.headgrad.tape.kernel.Fma;

/**
 * The innermost loops of a matrix product without the Vector API: two rows of the result and three
 * of the right factor.
 *
 * <p>C2 turns a loop into vector instructions where all arrays are read and written at the same
 * index, so every row is an array of its own. Of all shapes that it accepts (more than 60 nodes of
 * its graph are too many), this one has most multiply-adds for each load and store.
 *
 * <p>It does so only where the loop is compiled by itself, with rows and factors as arguments:
 * inlined into the loops around it, or beside another loop, it stays scalar, at a fifth of the
 * speed. C2 does not inline methods of more than 325 bytes (FreqInlineSize), which is why {@code
 * add} checks its arguments one by one, and has no helpers.
 */
public final class PlainTile {

  /** The terms that are added at once. */
  static final int TERMS = 3;

  /** The sums of a tile fit the first-level cache, the rows of b the second-level cache. */
  public static final Tile SHAPE = new Tile(4, 512, 256, 42 * TERMS, TERMS, 1);

  /** Rows of b beyond its last. */
  private static final float[] FLOAT_ZEROS = new float[SHAPE.floatCols];

  private static final double[] DOUBLE_ZEROS = new double[SHAPE.doubleCols];

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
  public static void multiply(
      int rows, int cols, int depth, float[] a, int ao, int distance, float[][] b, float[][] c) {
    for (int p = 0; p < depth; p += TERMS) {
      boolean two = p + 1 < depth;
      boolean three = p + 2 < depth;
      float[] b1 = two ? b[p + 1] : FLOAT_ZEROS;
      float[] b2 = three ? b[p + 2] : FLOAT_ZEROS;
      for (int r = 0; r < rows; r += 2) {
        int i0 = ao + r * distance + p;
        // of an odd number of rows, the last one is taken twice
        int i1 = r + 1 < rows ? i0 + distance : i0;
        float a01 = two ? a[i0 + 1] : 0;
        float a02 = three ? a[i0 + 2] : 0;
        float a11 = two ? a[i1 + 1] : 0;
        float a12 = three ? a[i1 + 2] : 0;
        add(cols, a[i0], a01, a02, a[i1], a11, a12, b[p], b1, b2, c[r], c[r + 1]);
      }
    }
  }

  private static void add(
      int n,
      float a00,
      float a01,
      float a02,
      float a10,
      float a11,
      float a12,
      float[] b0,
      float[] b1,
      float[] b2,
      float[] c0,
      float[] c1) {
    if (n < 0) {
      throw new IllegalArgumentException("rows of " + n + " elements");
    }
    if (c0 == c1) {
      throw new IllegalArgumentException("two rows of the result are one");
    }
    if (c0 == b0) {
      throw new IllegalArgumentException("the first row of the result is b's first");
    }
    if (c0 == b1) {
      throw new IllegalArgumentException("the first row of the result is b's second");
    }
    if (c0 == b2) {
      throw new IllegalArgumentException("the first row of the result is b's third");
    }
    if (c1 == b0) {
      throw new IllegalArgumentException("the second row of the result is b's first");
    }
    if (c1 == b1) {
      throw new IllegalArgumentException("the second row of the result is b's second");
    }
    if (c1 == b2) {
      throw new IllegalArgumentException("the second row of the result is b's third");
    }
    if (Fma.FAST) {
      for (int j = 0; j < n; j++) {
        float v0 = b0[j];
        float v1 = b1[j];
        float v2 = b2[j];
        c0[j] = Math.fma(a02, v2, Math.fma(a01, v1, Math.fma(a00, v0, c0[j])));
        c1[j] = Math.fma(a12, v2, Math.fma(a11, v1, Math.fma(a10, v0, c1[j])));
      }
    } else {
      for (int j = 0; j < n; j++) {
        float v0 = b0[j];
        float v1 = b1[j];
        float v2 = b2[j];
        c0[j] = c0[j] + a00 * v0 + a01 * v1 + a02 * v2;
        c1[j] = c1[j] + a10 * v0 + a11 * v1 + a12 * v2;
      }
    }
  }

  /**
   * The same for doubles: adds a product of matrices to c. All pairs of rows take their share of a
   * few rows of b while these are in the cache.
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
    for (int p = 0; p < depth; p += TERMS) {
      boolean two = p + 1 < depth;
      boolean three = p + 2 < depth;
      double[] b1 = two ? b[p + 1] : DOUBLE_ZEROS;
      double[] b2 = three ? b[p + 2] : DOUBLE_ZEROS;
      for (int r = 0; r < rows; r += 2) {
        int i0 = ao + r * distance + p;
        // of an odd number of rows, the last one is taken twice
        int i1 = r + 1 < rows ? i0 + distance : i0;
        double a01 = two ? a[i0 + 1] : 0;
        double a02 = three ? a[i0 + 2] : 0;
        double a11 = two ? a[i1 + 1] : 0;
        double a12 = three ? a[i1 + 2] : 0;
        add(cols, a[i0], a01, a02, a[i1], a11, a12, b[p], b1, b2, c[r], c[r + 1]);
      }
    }
  }

  private static void add(
      int n,
      double a00,
      double a01,
      double a02,
      double a10,
      double a11,
      double a12,
      double[] b0,
      double[] b1,
      double[] b2,
      double[] c0,
      double[] c1) {
    if (n < 0) {
      throw new IllegalArgumentException("rows of " + n + " elements");
    }
    if (c0 == c1) {
      throw new IllegalArgumentException("two rows of the result are one");
    }
    if (c0 == b0) {
      throw new IllegalArgumentException("the first row of the result is b's first");
    }
    if (c0 == b1) {
      throw new IllegalArgumentException("the first row of the result is b's second");
    }
    if (c0 == b2) {
      throw new IllegalArgumentException("the first row of the result is b's third");
    }
    if (c1 == b0) {
      throw new IllegalArgumentException("the second row of the result is b's first");
    }
    if (c1 == b1) {
      throw new IllegalArgumentException("the second row of the result is b's second");
    }
    if (c1 == b2) {
      throw new IllegalArgumentException("the second row of the result is b's third");
    }
    if (Fma.FAST) {
      for (int j = 0; j < n; j++) {
        double v0 = b0[j];
        double v1 = b1[j];
        double v2 = b2[j];
        c0[j] = Math.fma(a02, v2, Math.fma(a01, v1, Math.fma(a00, v0, c0[j])));
        c1[j] = Math.fma(a12, v2, Math.fma(a11, v1, Math.fma(a10, v0, c1[j])));
      }
    } else {
      for (int j = 0; j < n; j++) {
        double v0 = b0[j];
        double v1 = b1[j];
        double v2 = b2[j];
        c0[j] = c0[j] + a00 * v0 + a01 * v1 + a02 * v2;
        c1[j] = c1[j] + a10 * v0 + a11 * v1 + a12 * v2;
      }
    }
  }
}
