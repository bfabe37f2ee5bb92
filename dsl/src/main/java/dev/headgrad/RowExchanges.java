package dev.headgrad;

/**
 * The decisions of factorizations, made on the Java side: which rows are exchanged, which way rows
 * are reflected.
 *
 * @param rows for each matrix its rows, counted through the batch, in the order of the pivots
 * @param signs for each matrix whether that order is even, 1, or odd, -1; 0 for singular ones
 */
record RowExchanges(long[] rows, double[] signs) {

  /** Eliminates with the largest element of each column as the pivot. */
  static RowExchanges of(double[] values, int batch, int n) {
    long[] rows = new long[batch * n];
    double[] signs = new double[batch];
    for (int b = 0; b < batch; b++) {
      double[][] a = new double[n][n];
      for (int i = 0; i < n; i++) {
        System.arraycopy(values, (b * n + i) * n, a[i], 0, n);
        rows[b * n + i] = (long) b * n + i;
      }
      signs[b] = eliminate(a, rows, b * n);
    }
    return new RowExchanges(rows, signs);
  }

  private static double eliminate(double[][] a, long[] rows, int from) {
    int n = a.length;
    double sign = 1;
    for (int k = 0; k < n; k++) {
      int pivot = k;
      for (int i = k + 1; i < n; i++) {
        pivot = Math.abs(a[i][k]) > Math.abs(a[pivot][k]) ? i : pivot;
      }
      if (pivot != k) {
        double[] row = a[k];
        a[k] = a[pivot];
        a[pivot] = row;
        long place = rows[from + k];
        rows[from + k] = rows[from + pivot];
        rows[from + pivot] = place;
        sign = -sign;
      }
      if (a[k][k] == 0) {
        return 0;
      }
      for (int i = k + 1; i < n; i++) {
        double factor = a[i][k] / a[k][k];
        for (int j = k; j < n; j++) {
          a[i][j] -= factor * a[k][j];
        }
      }
    }
    return sign;
  }

  /**
   * The signs of the diagonal of L in A = L Q by Householder's method: against those of the
   * diagonal at the time of the reflection; of a last row that is a single element, its own.
   */
  static double[] reflections(double[] values, int height, int width) {
    double[] signs = new double[values.length / width];
    for (int from = 0; from < signs.length; from += height) {
      double[][] a = new double[height][width];
      for (int i = 0; i < height; i++) {
        System.arraycopy(values, (from + i) * width, a[i], 0, width);
      }
      for (int k = 0; k < height; k++) {
        signs[from + k] = reflect(a, k);
      }
    }
    return signs;
  }

  /** Reflects row k onto its diagonal, and all rows below with it. */
  private static double reflect(double[][] a, int k) {
    int width = a[k].length;
    double rest = 0;
    for (int j = k + 1; j < width; j++) {
      rest += a[k][j] * a[k][j];
    }
    double diagonal = a[k][k];
    if (rest == 0) {
      return diagonal < 0 ? -1 : 1;
    }
    double sign = diagonal < 0 ? 1 : -1;
    double[] v = a[k].clone();
    v[k] = diagonal - sign * Math.sqrt(diagonal * diagonal + rest);
    double norm = v[k] * v[k] + rest;
    for (int i = k; i < a.length; i++) {
      double dot = 0;
      for (int j = k; j < width; j++) {
        dot += a[i][j] * v[j];
      }
      for (int j = k; j < width; j++) {
        a[i][j] -= 2 * dot / norm * v[j];
      }
    }
    return sign;
  }
}
