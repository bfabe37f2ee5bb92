package dev.headgrad.tape.kernel;

import org.apache.commons.numbers.gamma.Erf;

/** The kernels without the Vector API: loops that the JIT compiler can vectorize by itself. */
final class PlainSimd extends Simd {

  @Override
  public void exp(float[] x, int xo, float[] y, int yo, int n) {
    for (int i = 0; i < n; i++) {
      float v = x[xo + i];
      y[yo + i] = (float) Math.exp(v);
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
      float v = x[xo + i];
      y[yo + i] = (float) Math.expm1(v);
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
      float v = x[xo + i];
      y[yo + i] = (float) Math.log(v);
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
      float v = x[xo + i];
      y[yo + i] = (float) (Math.log(v) / Math.log(2));
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
      float v = x[xo + i];
      y[yo + i] = (float) Math.log10(v);
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
      float v = x[xo + i];
      y[yo + i] = (float) Math.log1p(v);
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
      float v = x[xo + i];
      y[yo + i] = (float) Math.sin(v);
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
      float v = x[xo + i];
      y[yo + i] = (float) Math.cos(v);
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
    for (int i = 0; i < n; i++) {
      float v = x[xo + i];
      y[yo + i] = (float) Math.tanh(v);
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
    for (int i = 0; i < n; i++) {
      float v = x[xo + i];
      y[yo + i] = (float) (1 / (1 + Math.exp(-v)));
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
      float v = x[xo + i];
      y[yo + i] = (float) (Math.max(v, 0) + Math.log1p(Math.exp(-Math.abs(v))));
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
      float v = x[xo + i];
      y[yo + i] = (float) Erf.value(v);
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
      float v = x[xo + i];
      y[yo + i] = (float) (0.5 * v * (1 + Erf.value(v / Math.sqrt(2))));
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
    for (int i = 0; i < n; i++) {
      y[yo + i] = (float) Math.pow(x[xo + i], p);
    }
  }

  @Override
  public void pow(float[] x, int xo, float[] p, int po, float[] y, int yo, int n) {
    for (int i = 0; i < n; i++) {
      y[yo + i] = (float) Math.pow(x[xo + i], p[po + i]);
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
  public float sum(float[] x, int xo, int n) {
    double s = 0;
    for (int i = 0; i < n; i++) {
      s += x[xo + i];
    }
    return (float) s;
  }

  @Override
  public double sum(double[] x, int xo, int n) {
    double s = 0;
    for (int i = 0; i < n; i++) {
      s += x[xo + i];
    }
    return s;
  }

  @Override
  public float sumOfSquares(float[] x, int xo, int n) {
    double s = 0;
    for (int i = 0; i < n; i++) {
      s += (double) x[xo + i] * x[xo + i];
    }
    return (float) s;
  }

  @Override
  public double sumOfSquares(double[] x, int xo, int n) {
    double s = 0;
    for (int i = 0; i < n; i++) {
      s += x[xo + i] * x[xo + i];
    }
    return s;
  }

  @Override
  public float max(float[] x, int xo, int n) {
    float s = Float.NEGATIVE_INFINITY;
    for (int i = 0; i < n; i++) {
      s = Math.max(s, x[xo + i]);
    }
    return s;
  }

  @Override
  public double max(double[] x, int xo, int n) {
    double s = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < n; i++) {
      s = Math.max(s, x[xo + i]);
    }
    return s;
  }

  @Override
  public float min(float[] x, int xo, int n) {
    float s = Float.POSITIVE_INFINITY;
    for (int i = 0; i < n; i++) {
      s = Math.min(s, x[xo + i]);
    }
    return s;
  }

  @Override
  public double min(double[] x, int xo, int n) {
    double s = Double.POSITIVE_INFINITY;
    for (int i = 0; i < n; i++) {
      s = Math.min(s, x[xo + i]);
    }
    return s;
  }

  @Override
  public float dot(float[] x, int xo, float[] y, int yo, int n) {
    double s = 0;
    for (int i = 0; i < n; i++) {
      s += (double) x[xo + i] * y[yo + i];
    }
    return (float) s;
  }

  @Override
  public float sumExp(float[] x, int xo, int n, float max) {
    double s = 0;
    for (int i = 0; i < n; i++) {
      s += Math.exp(x[xo + i] - max);
    }
    return (float) s;
  }

  @Override
  public void softmax(float[] x, int xo, float[] y, int yo, int n) {
    float max = max(x, xo, n);
    float scale = 1 / sumExp(x, xo, n, max);
    for (int i = 0; i < n; i++) {
      y[yo + i] = (float) Math.exp(x[xo + i] - max) * scale;
    }
  }

  @Override
  public void logSoftmax(float[] x, int xo, float[] y, int yo, int n) {
    float max = max(x, xo, n);
    float shift = (float) Math.log(sumExp(x, xo, n, max));
    for (int i = 0; i < n; i++) {
      y[yo + i] = x[xo + i] - max - shift;
    }
  }

  @Override
  public void addRows(float[] x, int xo, int rows, int cols, int rowStride, float[] y, int yo) {
    for (int r = 0; r < rows; r++) {
      int from = xo + r * rowStride;
      for (int c = 0; c < cols; c++) {
        y[yo + c] += x[from + c];
      }
    }
  }

  @Override
  public double dot(double[] x, int xo, double[] y, int yo, int n) {
    double s = 0;
    for (int i = 0; i < n; i++) {
      s += (double) x[xo + i] * y[yo + i];
    }
    return s;
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
    double scale = 1 / sumExp(x, xo, n, max);
    for (int i = 0; i < n; i++) {
      y[yo + i] = Math.exp(x[xo + i] - max) * scale;
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
  public void addRows(double[] x, int xo, int rows, int cols, int rowStride, double[] y, int yo) {
    for (int r = 0; r < rows; r++) {
      int from = xo + r * rowStride;
      for (int c = 0; c < cols; c++) {
        y[yo + c] += x[from + c];
      }
    }
  }
}
