package dev.headgrad.tape.kernel.norm;

import dev.headgrad.tape.kernel.Fma;

/** Plain loops. */
final class PlainNormTile extends NormTile {

  @Override
  float squares(float[] x, int xo, int n, float m) {
    double sum = 0;
    for (int i = 0; i < n; i++) {
      double d = x[xo + i] - m;
      sum += d * d;
    }
    return (float) sum;
  }

  @Override
  void scale(float[] x, int xo, float[] y, int yo, int n, float m, float scale, float shift) {
    for (int i = 0; i < n; i++) {
      y[yo + i] = Fma.of(x[xo + i] - m, scale, shift);
    }
  }

  @Override
  void scaleEach(
      float[] x,
      int xo,
      float[] y,
      int yo,
      int n,
      float m,
      float s,
      float[] gamma,
      int gammaOffset,
      float[] beta,
      int betaOffset) {
    for (int i = 0; i < n; i++) {
      y[yo + i] = Fma.of((x[xo + i] - m) * s, gamma[gammaOffset + i], beta[betaOffset + i]);
    }
  }

  @Override
  float product(float[] g, int go, float[] x, int xo, int n, float m) {
    double sum = 0;
    for (int i = 0; i < n; i++) {
      sum += (double) g[go + i] * (x[xo + i] - m);
    }
    return (float) sum;
  }

  @Override
  void combine(
      float[] g,
      int go,
      float[] x,
      int xo,
      float[] dx,
      int dxo,
      int n,
      float m,
      float a,
      float b,
      float c) {
    for (int i = 0; i < n; i++) {
      dx[dxo + i] = Fma.of(a, g[go + i], Fma.of(b, x[xo + i] - m, c));
    }
  }

  @Override
  float addParameters(
      float[] g,
      int go,
      float[] x,
      int xo,
      int n,
      float m,
      float s,
      float[] gamma,
      int gammaOffset,
      float[] dGamma,
      float[] dBeta,
      float[] h,
      int ho) {
    double sum = 0;
    for (int i = 0; i < n; i++) {
      float normal = (x[xo + i] - m) * s;
      float each = g[go + i] * gamma[gammaOffset + i];
      dGamma[i] = Fma.of(g[go + i], normal, dGamma[i]);
      dBeta[i] += g[go + i];
      h[ho + i] = each;
      sum += (double) each * normal;
    }
    return (float) sum;
  }

  @Override
  void columnSquares(
      float[] x, int xo, int n, int rows, int from, int to, float[] m, float[] sums) {
    for (int r = 0; r < rows; r++) {
      int at = xo + r * n;
      for (int j = from; j < to; j++) {
        float d = x[at + j] - m[j];
        sums[j] = Fma.of(d, d, sums[j]);
      }
    }
  }

  @Override
  void columnProducts(
      float[] g,
      int go,
      float[] x,
      int xo,
      int n,
      int rows,
      int from,
      int to,
      float[] m,
      float[] sums,
      float[] products) {
    for (int r = 0; r < rows; r++) {
      int at = r * n;
      for (int j = from; j < to; j++) {
        float v = g[go + at + j];
        products[j] = Fma.of(v, x[xo + at + j] - m[j], products[j]);
        sums[j] += v;
      }
    }
  }

  @Override
  void scaleColumns(
      float[] x,
      int xo,
      float[] y,
      int yo,
      int n,
      int rows,
      int from,
      int to,
      float[] m,
      float[] scale,
      float[] shift) {
    for (int r = 0; r < rows; r++) {
      int at = r * n;
      for (int j = from; j < to; j++) {
        y[yo + at + j] = Fma.of(x[xo + at + j] - m[j], scale[j], shift[j]);
      }
    }
  }

  @Override
  void combineColumns(
      float[] g,
      int go,
      float[] x,
      int xo,
      float[] dx,
      int n,
      int rows,
      int from,
      int to,
      float[] m,
      float[] a,
      float[] b,
      float[] c) {
    for (int r = 0; r < rows; r++) {
      int at = r * n;
      for (int j = from; j < to; j++) {
        dx[at + j] = Fma.of(a[j], g[go + at + j], Fma.of(b[j], x[xo + at + j] - m[j], c[j]));
      }
    }
  }
}
