package dev.headgrad.tape.kernel.function;

import org.apache.commons.numbers.gamma.Erf;

/**
 * The kernels without the Vector API: loops that the JIT compiler unrolls and, where it can tell
 * that arrays do not overlap, vectorizes.
 */
class PlainSimd extends Simd {

  /** From this number of elements on, scratch arrays and stages cost less than they save. */
  static final int MANY = 48;

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
      y[yo + i] = pow(x[xo + i], p);
    }
  }

  @Override
  public void pow(double[] x, int xo, double[] p, int po, double[] y, int yo, int n) {
    for (int i = 0; i < n; i++) {
      y[yo + i] = pow(x[xo + i], p[po + i]);
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
}
