package dev.headgrad.tape.kernel.norm;

import static dev.headgrad.tape.kernel.Vectors.fma;

import dev.headgrad.tape.kernel.Fma;
import dev.headgrad.tape.kernel.Species;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** Loops on the Vector API, with two sums at a time where there are sums. */
final class VectorNormTile extends NormTile {

  private static final VectorSpecies<Float> F = Species.FLOATS;
  private static final int LANES = F.length();

  /** For the columns that fill no vector. */
  private static final NormTile REST = new PlainNormTile();

  @Override
  float squares(float[] x, int xo, int n, float m) {
    FloatVector mean = FloatVector.broadcast(F, m);
    FloatVector sum0 = FloatVector.zero(F);
    FloatVector sum1 = FloatVector.zero(F);
    int i = 0;
    for (; i <= n - 2 * LANES; i += 2 * LANES) {
      FloatVector d0 = FloatVector.fromArray(F, x, xo + i).sub(mean);
      FloatVector d1 = FloatVector.fromArray(F, x, xo + i + LANES).sub(mean);
      sum0 = fma(d0, d0, sum0);
      sum1 = fma(d1, d1, sum1);
    }
    float sum = sum0.add(sum1).reduceLanes(VectorOperators.ADD);
    for (; i < n; i++) {
      float d = x[xo + i] - m;
      sum = Fma.of(d, d, sum);
    }
    return sum;
  }

  @Override
  void scale(float[] x, int xo, float[] y, int yo, int n, float m, float scale, float shift) {
    FloatVector mean = FloatVector.broadcast(F, m);
    FloatVector a = FloatVector.broadcast(F, scale);
    FloatVector b = FloatVector.broadcast(F, shift);
    int i = 0;
    for (; i <= n - LANES; i += LANES) {
      fma(FloatVector.fromArray(F, x, xo + i).sub(mean), a, b).intoArray(y, yo + i);
    }
    for (; i < n; i++) {
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
    FloatVector mean = FloatVector.broadcast(F, m);
    FloatVector scale = FloatVector.broadcast(F, s);
    int i = 0;
    for (; i <= n - LANES; i += LANES) {
      FloatVector normal = FloatVector.fromArray(F, x, xo + i).sub(mean).mul(scale);
      FloatVector a = FloatVector.fromArray(F, gamma, gammaOffset + i);
      FloatVector b = FloatVector.fromArray(F, beta, betaOffset + i);
      fma(normal, a, b).intoArray(y, yo + i);
    }
    for (; i < n; i++) {
      y[yo + i] = Fma.of((x[xo + i] - m) * s, gamma[gammaOffset + i], beta[betaOffset + i]);
    }
  }

  @Override
  float product(float[] g, int go, float[] x, int xo, int n, float m) {
    FloatVector mean = FloatVector.broadcast(F, m);
    FloatVector sum0 = FloatVector.zero(F);
    FloatVector sum1 = FloatVector.zero(F);
    int i = 0;
    for (; i <= n - 2 * LANES; i += 2 * LANES) {
      FloatVector d0 = FloatVector.fromArray(F, x, xo + i).sub(mean);
      FloatVector d1 = FloatVector.fromArray(F, x, xo + i + LANES).sub(mean);
      sum0 = fma(FloatVector.fromArray(F, g, go + i), d0, sum0);
      sum1 = fma(FloatVector.fromArray(F, g, go + i + LANES), d1, sum1);
    }
    float sum = sum0.add(sum1).reduceLanes(VectorOperators.ADD);
    for (; i < n; i++) {
      sum = Fma.of(g[go + i], x[xo + i] - m, sum);
    }
    return sum;
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
    FloatVector mean = FloatVector.broadcast(F, m);
    FloatVector va = FloatVector.broadcast(F, a);
    FloatVector vb = FloatVector.broadcast(F, b);
    FloatVector vc = FloatVector.broadcast(F, c);
    int i = 0;
    for (; i <= n - LANES; i += LANES) {
      FloatVector rest = fma(vb, FloatVector.fromArray(F, x, xo + i).sub(mean), vc);
      fma(va, FloatVector.fromArray(F, g, go + i), rest).intoArray(dx, dxo + i);
    }
    for (; i < n; i++) {
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
    FloatVector mean = FloatVector.broadcast(F, m);
    FloatVector scale = FloatVector.broadcast(F, s);
    FloatVector sums = FloatVector.zero(F);
    int i = 0;
    for (; i <= n - LANES; i += LANES) {
      FloatVector normal = FloatVector.fromArray(F, x, xo + i).sub(mean).mul(scale);
      FloatVector v = FloatVector.fromArray(F, g, go + i);
      FloatVector each = v.mul(FloatVector.fromArray(F, gamma, gammaOffset + i));
      fma(v, normal, FloatVector.fromArray(F, dGamma, i)).intoArray(dGamma, i);
      v.add(FloatVector.fromArray(F, dBeta, i)).intoArray(dBeta, i);
      each.intoArray(h, ho + i);
      sums = fma(each, normal, sums);
    }
    float sum = sums.reduceLanes(VectorOperators.ADD);
    for (; i < n; i++) {
      float normal = (x[xo + i] - m) * s;
      float each = g[go + i] * gamma[gammaOffset + i];
      dGamma[i] = Fma.of(g[go + i], normal, dGamma[i]);
      dBeta[i] += g[go + i];
      h[ho + i] = each;
      sum = Fma.of(each, normal, sum);
    }
    return sum;
  }

  @Override
  void columnSquares(
      float[] x, int xo, int n, int rows, int from, int to, float[] m, float[] sums) {
    int end = from + F.loopBound(to - from);
    for (int r = 0; r < rows; r++) {
      int at = xo + r * n;
      for (int j = from; j < end; j += LANES) {
        FloatVector d = FloatVector.fromArray(F, x, at + j).sub(FloatVector.fromArray(F, m, j));
        fma(d, d, FloatVector.fromArray(F, sums, j)).intoArray(sums, j);
      }
    }
    REST.columnSquares(x, xo, n, end < to ? rows : 0, end, to, m, sums);
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
    int end = from + F.loopBound(to - from);
    for (int r = 0; r < rows; r++) {
      int gr = go + r * n;
      int xr = xo + r * n;
      for (int j = from; j < end; j += LANES) {
        FloatVector v = FloatVector.fromArray(F, g, gr + j);
        FloatVector d = FloatVector.fromArray(F, x, xr + j).sub(FloatVector.fromArray(F, m, j));
        fma(v, d, FloatVector.fromArray(F, products, j)).intoArray(products, j);
        v.add(FloatVector.fromArray(F, sums, j)).intoArray(sums, j);
      }
    }
    REST.columnProducts(g, go, x, xo, n, end < to ? rows : 0, end, to, m, sums, products);
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
    int end = from + F.loopBound(to - from);
    for (int r = 0; r < rows; r++) {
      int xr = xo + r * n;
      int yr = yo + r * n;
      for (int j = from; j < end; j += LANES) {
        FloatVector d = FloatVector.fromArray(F, x, xr + j).sub(FloatVector.fromArray(F, m, j));
        FloatVector a = FloatVector.fromArray(F, scale, j);
        fma(d, a, FloatVector.fromArray(F, shift, j)).intoArray(y, yr + j);
      }
    }
    REST.scaleColumns(x, xo, y, yo, n, end < to ? rows : 0, end, to, m, scale, shift);
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
    int end = from + F.loopBound(to - from);
    for (int r = 0; r < rows; r++) {
      int gr = go + r * n;
      int xr = xo + r * n;
      int at = r * n;
      for (int j = from; j < end; j += LANES) {
        FloatVector d = FloatVector.fromArray(F, x, xr + j).sub(FloatVector.fromArray(F, m, j));
        FloatVector rest = fma(FloatVector.fromArray(F, b, j), d, FloatVector.fromArray(F, c, j));
        FloatVector v = FloatVector.fromArray(F, g, gr + j);
        fma(FloatVector.fromArray(F, a, j), v, rest).intoArray(dx, at + j);
      }
    }
    REST.combineColumns(g, go, x, xo, dx, n, end < to ? rows : 0, end, to, m, a, b, c);
  }
}
