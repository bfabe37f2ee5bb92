package dev.headgrad.tape.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** Loops on the Vector API, with two sums at a time where there are sums. */
final class VectorNormTile extends NormTile {

  private static final VectorSpecies<Float> F = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = F.length();

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

  private static FloatVector fma(FloatVector a, FloatVector b, FloatVector c) {
    return Fma.FAST ? a.fma(b, c) : a.mul(b).add(c);
  }
}
