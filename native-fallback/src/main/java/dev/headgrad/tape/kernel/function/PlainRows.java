package dev.headgrad.tape.kernel.function;

/**
 * Sums of rows without the Vector API: C2 turns a loop into vector instructions where all arrays
 * are read and written at the same index, so rows are copied to arrays of their own.
 */
final class PlainRows {

  /** Columns that are summed at a time. */
  private static final int BLOCK = 512;

  private PlainRows() {}

  /** Adds rows to y, four at a time; returns how many. */
  static int add(float[] x, int xo, int rows, int cols, int distance, float[] y, int yo) {
    int many = rows / 4 * 4;
    if (many == 0) {
      return 0;
    }
    int size = Math.min(cols, BLOCK);
    float[] x0 = new float[size];
    float[] x1 = new float[size];
    float[] x2 = new float[size];
    float[] x3 = new float[size];
    float[] sum = new float[size];
    for (int c = 0; c < cols; c += size) {
      int n = Math.min(size, cols - c);
      System.arraycopy(y, yo + c, sum, 0, n);
      int from = xo + c;
      for (int r = 0; r < many; r += 4, from += 4 * distance) {
        System.arraycopy(x, from, x0, 0, n);
        System.arraycopy(x, from + distance, x1, 0, n);
        System.arraycopy(x, from + 2 * distance, x2, 0, n);
        System.arraycopy(x, from + 3 * distance, x3, 0, n);
        add(n, x0, x1, x2, x3, sum);
      }
      System.arraycopy(sum, 0, y, yo + c, n);
    }
    return many;
  }

  private static void add(int n, float[] x0, float[] x1, float[] x2, float[] x3, float[] y) {
    for (int i = 0; i < n; i++) {
      y[i] += (x0[i] + x1[i]) + (x2[i] + x3[i]);
    }
  }

  /** Adds rows to y, four at a time; returns how many. */
  static int add(double[] x, int xo, int rows, int cols, int distance, double[] y, int yo) {
    int many = rows / 4 * 4;
    if (many == 0) {
      return 0;
    }
    int size = Math.min(cols, BLOCK);
    double[] x0 = new double[size];
    double[] x1 = new double[size];
    double[] x2 = new double[size];
    double[] x3 = new double[size];
    double[] sum = new double[size];
    for (int c = 0; c < cols; c += size) {
      int n = Math.min(size, cols - c);
      System.arraycopy(y, yo + c, sum, 0, n);
      int from = xo + c;
      for (int r = 0; r < many; r += 4, from += 4 * distance) {
        System.arraycopy(x, from, x0, 0, n);
        System.arraycopy(x, from + distance, x1, 0, n);
        System.arraycopy(x, from + 2 * distance, x2, 0, n);
        System.arraycopy(x, from + 3 * distance, x3, 0, n);
        add(n, x0, x1, x2, x3, sum);
      }
      System.arraycopy(sum, 0, y, yo + c, n);
    }
    return many;
  }

  private static void add(int n, double[] x0, double[] x1, double[] x2, double[] x3, double[] y) {
    for (int i = 0; i < n; i++) {
      y[i] += (x0[i] + x1[i]) + (x2[i] + x3[i]);
    }
  }
}
