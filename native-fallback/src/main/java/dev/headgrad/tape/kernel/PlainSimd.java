package dev.headgrad.tape.kernel;

import org.apache.commons.numbers.gamma.Erf;

/**
 * The kernels without the Vector API: loops that the JIT compiler unrolls and, where it can tell
 * that arrays do not overlap, vectorizes.
 */
class PlainSimd extends Simd {

  /** From this number of elements on, scratch arrays and stages cost less than they save. */
  private static final int MANY = 48;

  /** Rows that are added in turn. */
  private static final int MANY_ROWS = 256;

  @Override
  public void exp(float[] x, int xo, float[] y, int yo, int n) {
    if (n >= MANY) {
      PlainExp.exp(x, xo, y, yo, n);
      return;
    }
    for (int i = 0; i < n; i++) {
      y[yo + i] = FloatMath.exp(x[xo + i]);
    }
  }

  @Override
  public void exp(double[] x, int xo, double[] y, int yo, int n) {
    for (int i = 0; i < n; i++) {
      double v = x[xo + i];
      y[yo + i] = Math.exp(v);
    }
  }

  @Override
  public void expm1(float[] x, int xo, float[] y, int yo, int n) {
    for (int i = 0; i < n; i++) {
      y[yo + i] = FloatMath.expm1(x[xo + i]);
    }
  }

  @Override
  public void expm1(double[] x, int xo, double[] y, int yo, int n) {
    for (int i = 0; i < n; i++) {
      double v = x[xo + i];
      y[yo + i] = Math.expm1(v);
    }
  }

  @Override
  public void log(float[] x, int xo, float[] y, int yo, int n) {
    for (int i = 0; i < n; i++) {
      y[yo + i] = FloatMath.log(x[xo + i]);
    }
  }

  @Override
  public void log(double[] x, int xo, double[] y, int yo, int n) {
    for (int i = 0; i < n; i++) {
      double v = x[xo + i];
      y[yo + i] = Math.log(v);
    }
  }

  @Override
  public void log2(float[] x, int xo, float[] y, int yo, int n) {
    for (int i = 0; i < n; i++) {
      y[yo + i] = FloatMath.log2(x[xo + i]);
    }
  }

  @Override
  public void log2(double[] x, int xo, double[] y, int yo, int n) {
    for (int i = 0; i < n; i++) {
      double v = x[xo + i];
      y[yo + i] = Math.log(v) / Math.log(2);
    }
  }

  @Override
  public void log10(float[] x, int xo, float[] y, int yo, int n) {
    for (int i = 0; i < n; i++) {
      y[yo + i] = FloatMath.log10(x[xo + i]);
    }
  }

  @Override
  public void log10(double[] x, int xo, double[] y, int yo, int n) {
    for (int i = 0; i < n; i++) {
      double v = x[xo + i];
      y[yo + i] = Math.log10(v);
    }
  }

  @Override
  public void log1p(float[] x, int xo, float[] y, int yo, int n) {
    for (int i = 0; i < n; i++) {
      y[yo + i] = FloatMath.log1p(x[xo + i]);
    }
  }

  @Override
  public void log1p(double[] x, int xo, double[] y, int yo, int n) {
    for (int i = 0; i < n; i++) {
      double v = x[xo + i];
      y[yo + i] = Math.log1p(v);
    }
  }

  @Override
  public void sqrt(float[] x, int xo, float[] y, int yo, int n) {
    for (int i = 0; i < n; i++) {
      float v = x[xo + i];
      y[yo + i] = (float) Math.sqrt(v);
    }
  }

  @Override
  public void sqrt(double[] x, int xo, double[] y, int yo, int n) {
    for (int i = 0; i < n; i++) {
      double v = x[xo + i];
      y[yo + i] = Math.sqrt(v);
    }
  }

  @Override
  public void rsqrt(float[] x, int xo, float[] y, int yo, int n) {
    for (int i = 0; i < n; i++) {
      float v = x[xo + i];
      y[yo + i] = (float) (1 / Math.sqrt(v));
    }
  }

  @Override
  public void rsqrt(double[] x, int xo, double[] y, int yo, int n) {
    for (int i = 0; i < n; i++) {
      double v = x[xo + i];
      y[yo + i] = 1 / Math.sqrt(v);
    }
  }

  @Override
  public void sin(float[] x, int xo, float[] y, int yo, int n) {
    for (int i = 0; i < n; i++) {
      y[yo + i] = FloatMath.sin(x[xo + i]);
    }
  }

  @Override
  public void sin(double[] x, int xo, double[] y, int yo, int n) {
    for (int i = 0; i < n; i++) {
      double v = x[xo + i];
      y[yo + i] = Math.sin(v);
    }
  }

  @Override
  public void cos(float[] x, int xo, float[] y, int yo, int n) {
    for (int i = 0; i < n; i++) {
      y[yo + i] = FloatMath.cos(x[xo + i]);
    }
  }

  @Override
  public void cos(double[] x, int xo, double[] y, int yo, int n) {
    for (int i = 0; i < n; i++) {
      double v = x[xo + i];
      y[yo + i] = Math.cos(v);
    }
  }

  @Override
  public void tanh(float[] x, int xo, float[] y, int yo, int n) {
    if (n >= MANY) {
      PlainExp.tanh(x, xo, y, yo, n);
      return;
    }
    for (int i = 0; i < n; i++) {
      y[yo + i] = FloatMath.tanh(x[xo + i]);
    }
  }

  @Override
  public void tanh(double[] x, int xo, double[] y, int yo, int n) {
    for (int i = 0; i < n; i++) {
      double v = x[xo + i];
      y[yo + i] = Math.tanh(v);
    }
  }

  @Override
  public void sigmoid(float[] x, int xo, float[] y, int yo, int n) {
    if (n >= MANY) {
      PlainExp.sigmoid(x, xo, y, yo, n);
      return;
    }
    for (int i = 0; i < n; i++) {
      y[yo + i] = FloatMath.sigmoid(x[xo + i]);
    }
  }

  @Override
  public void sigmoid(double[] x, int xo, double[] y, int yo, int n) {
    for (int i = 0; i < n; i++) {
      double v = x[xo + i];
      y[yo + i] = 1 / (1 + Math.exp(-v));
    }
  }

  @Override
  public void softplus(float[] x, int xo, float[] y, int yo, int n) {
    for (int i = 0; i < n; i++) {
      y[yo + i] = FloatMath.softplus(x[xo + i]);
    }
  }

  @Override
  public void softplus(double[] x, int xo, double[] y, int yo, int n) {
    for (int i = 0; i < n; i++) {
      double v = x[xo + i];
      y[yo + i] = Math.max(v, 0) + Math.log1p(Math.exp(-Math.abs(v)));
    }
  }

  @Override
  public void erf(float[] x, int xo, float[] y, int yo, int n) {
    for (int i = 0; i < n; i++) {
      y[yo + i] = FloatMath.erf(x[xo + i]);
    }
  }

  @Override
  public void erf(double[] x, int xo, double[] y, int yo, int n) {
    for (int i = 0; i < n; i++) {
      double v = x[xo + i];
      y[yo + i] = Erf.value(v);
    }
  }

  @Override
  public void gelu(float[] x, int xo, float[] y, int yo, int n) {
    for (int i = 0; i < n; i++) {
      y[yo + i] = FloatMath.gelu(x[xo + i]);
    }
  }

  @Override
  public void gelu(double[] x, int xo, double[] y, int yo, int n) {
    for (int i = 0; i < n; i++) {
      double v = x[xo + i];
      y[yo + i] = 0.5 * v * (1 + Erf.value(v / Math.sqrt(2)));
    }
  }

  @Override
  public void pow(float[] x, int xo, float p, float[] y, int yo, int n) {
    if (FloatMath.isSmallInteger(p)) {
      int exponent = (int) p;
      for (int i = 0; i < n; i++) {
        y[yo + i] = FloatMath.power(x[xo + i], exponent);
      }
    } else {
      for (int i = 0; i < n; i++) {
        y[yo + i] = FloatMath.pow(x[xo + i], p);
      }
    }
  }

  @Override
  public void pow(float[] x, int xo, float[] p, int po, float[] y, int yo, int n) {
    for (int i = 0; i < n; i++) {
      y[yo + i] = FloatMath.pow(x[xo + i], p[po + i]);
    }
  }

  @Override
  public void pow(double[] x, int xo, double p, double[] y, int yo, int n) {
    for (int i = 0; i < n; i++) {
      y[yo + i] = Math.pow(x[xo + i], p);
    }
  }

  @Override
  public void pow(double[] x, int xo, double[] p, int po, double[] y, int yo, int n) {
    for (int i = 0; i < n; i++) {
      y[yo + i] = Math.pow(x[xo + i], p[po + i]);
    }
  }

  @Override
  public void wherePositive(float[] g, int go, float[] x, int xo, float[] y, int yo, int n) {
    for (int i = 0; i < n; i++) {
      // selecting among integers compiles to a conditional move; among floats, to a branch that is
      // often predicted wrongly
      int bits = Float.floatToRawIntBits(g[go + i]);
      y[yo + i] = Float.intBitsToFloat(x[xo + i] > 0 ? bits : 0);
    }
  }

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
    if (n >= MANY) {
      return (float) PlainExp.sumExp(x, xo, n, max);
    }
    float s = 0;
    for (int i = 0; i < n; i++) {
      s += FloatMath.exp(x[xo + i] - max);
    }
    return s;
  }

  @Override
  public void softmax(float[] x, int xo, float[] y, int yo, int n) {
    float max = max(x, xo, n);
    double s = 0;
    if (n >= MANY) {
      s = PlainExp.expSum(x, xo, y, yo, n, max);
    } else {
      for (int i = 0; i < n; i++) {
        float e = FloatMath.exp(x[xo + i] - max);
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
    int done = cols >= MANY ? PlainRows.add(x, xo, rows, cols, rowStride, y, yo) : 0;
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
    int done = cols >= MANY ? PlainRows.add(x, xo, rows, cols, rowStride, y, yo) : 0;
    for (int r = done; r < rows; r++) {
      int from = xo + r * rowStride;
      for (int c = 0; c < cols; c++) {
        y[yo + c] += x[from + c];
      }
    }
  }
}
