package dev.headgrad.tape.kernel.function;

import dev.headgrad.tape.kernel.arithmetic.BinaryLoops;

/** {@link Folds} in plain loops. */
class PlainFolds extends Folds {

  /** Rows that are added in turn. */
  private static final int MANY_ROWS = 256;

  @Override
  public float sum(float[] x, int xo, int n) {
    return PlainSums.sum(x, xo, n);
  }

  @Override
  public double sum(double[] x, int xo, int n) {
    return PlainSums.sum(x, xo, n);
  }

  @Override
  public float sumOfSquares(float[] x, int xo, int n) {
    return dot(x, xo, x, xo, n);
  }

  @Override
  public double sumOfSquares(double[] x, int xo, int n) {
    return dot(x, xo, x, xo, n);
  }

  @Override
  public float max(float[] x, int xo, int n) {
    float s = Float.NEGATIVE_INFINITY;
    float r = s;
    int i = xo;
    int end = xo + n;
    for (; i + 2 <= end; i += 2) {
      s = Math.max(s, x[i]);
      r = Math.max(r, x[i + 1]);
    }
    return Math.max(r, i < end ? Math.max(s, x[i]) : s);
  }

  @Override
  public double max(double[] x, int xo, int n) {
    double s = Double.NEGATIVE_INFINITY;
    double r = s;
    int i = xo;
    int end = xo + n;
    for (; i + 2 <= end; i += 2) {
      s = Math.max(s, x[i]);
      r = Math.max(r, x[i + 1]);
    }
    return Math.max(r, i < end ? Math.max(s, x[i]) : s);
  }

  @Override
  public float min(float[] x, int xo, int n) {
    float s = Float.POSITIVE_INFINITY;
    float r = s;
    int i = xo;
    int end = xo + n;
    for (; i + 2 <= end; i += 2) {
      s = Math.min(s, x[i]);
      r = Math.min(r, x[i + 1]);
    }
    return Math.min(r, i < end ? Math.min(s, x[i]) : s);
  }

  @Override
  public double min(double[] x, int xo, int n) {
    double s = Double.POSITIVE_INFINITY;
    double r = s;
    int i = xo;
    int end = xo + n;
    for (; i + 2 <= end; i += 2) {
      s = Math.min(s, x[i]);
      r = Math.min(r, x[i + 1]);
    }
    return Math.min(r, i < end ? Math.min(s, x[i]) : s);
  }

  @Override
  public float dot(float[] x, int xo, float[] y, int yo, int n) {
    return PlainSums.dot(x, xo, y, yo, n);
  }

  @Override
  public float sumExp(float[] x, int xo, int n, float max) {
    if (n >= PlainSimd.MANY) {
      return (float) PlainExp.sumExp(x, xo, n, max);
    }
    float s = 0;
    for (int i = 0; i < n; i++) {
      s += FloatMath.expBelow(x[xo + i] - max);
    }
    return s;
  }

  @Override
  public void softmax(float[] x, int xo, float[] y, int yo, int n) {
    float max = max(x, xo, n);
    double s = 0;
    if (n >= PlainSimd.MANY) {
      s = PlainExp.expSum(x, xo, y, yo, n, max);
    } else {
      for (int i = 0; i < n; i++) {
        float e = FloatMath.expBelow(x[xo + i] - max);
        y[yo + i] = e;
        s += e;
      }
    }
    float scale = (float) (1 / s);
    for (int i = 0; i < n; i++) {
      y[yo + i] *= scale;
    }
  }

  @Override
  public void logSoftmax(float[] x, int xo, float[] y, int yo, int n) {
    float max = max(x, xo, n);
    float shift = (float) Math.log(sumExp(x, xo, n, max));
    System.arraycopy(x, xo, y, yo, n);
    for (int i = 0; i < n; i++) {
      y[yo + i] = y[yo + i] - max - shift;
    }
  }

  @Override
  public final void addRows(
      float[] x, int xo, int rows, int cols, int rowStride, float[] y, int yo) {
    if (rows <= MANY_ROWS) {
      addFewRows(x, xo, rows, cols, rowStride, y, yo);
      return;
    }
    int half = rows / 2;
    addRows(x, xo, half, cols, rowStride, y, yo);
    float[] rest = new float[cols];
    addRows(x, xo + half * rowStride, rows - half, cols, rowStride, rest, 0);
    BinaryLoops.add(y, yo, 1, rest, 0, 1, y, yo, cols);
  }

  /** {@link #addRows} for so few rows that they may be added in turn, several at a time. */
  void addFewRows(float[] x, int xo, int rows, int cols, int rowStride, float[] y, int yo) {
    int done = cols >= PlainSimd.MANY ? PlainRows.add(x, xo, rows, cols, rowStride, y, yo) : 0;
    for (int r = done; r < rows; r++) {
      int from = xo + r * rowStride;
      for (int c = 0; c < cols; c++) {
        y[yo + c] += x[from + c];
      }
    }
  }

  @Override
  public double dot(double[] x, int xo, double[] y, int yo, int n) {
    return PlainSums.dot(x, xo, y, yo, n);
  }

  @Override
  public double sumExp(double[] x, int xo, int n, double max) {
    double s = 0;
    for (int i = 0; i < n; i++) {
      s += Math.exp(x[xo + i] - max);
    }
    return s;
  }

  @Override
  public void softmax(double[] x, int xo, double[] y, int yo, int n) {
    double max = max(x, xo, n);
    double s = 0;
    for (int i = 0; i < n; i++) {
      double e = Math.exp(x[xo + i] - max);
      y[yo + i] = e;
      s += e;
    }
    double scale = 1 / s;
    for (int i = 0; i < n; i++) {
      y[yo + i] *= scale;
    }
  }

  @Override
  public void logSoftmax(double[] x, int xo, double[] y, int yo, int n) {
    double max = max(x, xo, n);
    double shift = Math.log(sumExp(x, xo, n, max));
    for (int i = 0; i < n; i++) {
      y[yo + i] = x[xo + i] - max - shift;
    }
  }

  @Override
  public final void addRows(
      double[] x, int xo, int rows, int cols, int rowStride, double[] y, int yo) {
    if (rows <= MANY_ROWS) {
      addFewRows(x, xo, rows, cols, rowStride, y, yo);
      return;
    }
    int half = rows / 2;
    addRows(x, xo, half, cols, rowStride, y, yo);
    double[] rest = new double[cols];
    addRows(x, xo + half * rowStride, rows - half, cols, rowStride, rest, 0);
    BinaryLoops.add(y, yo, 1, rest, 0, 1, y, yo, cols);
  }

  /** {@link #addRows} for so few rows that they may be added in turn, several at a time. */
  void addFewRows(double[] x, int xo, int rows, int cols, int rowStride, double[] y, int yo) {
    int done = cols >= PlainSimd.MANY ? PlainRows.add(x, xo, rows, cols, rowStride, y, yo) : 0;
    for (int r = done; r < rows; r++) {
      int from = xo + r * rowStride;
      for (int c = 0; c < cols; c++) {
        y[yo + c] += x[from + c];
      }
    }
  }
}
