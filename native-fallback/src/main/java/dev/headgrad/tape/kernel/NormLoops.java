package dev.headgrad.tape.kernel;

/**
 * Normalization in few passes, and its gradient. With m and s the mean and the inverse standard
 * deviation of n elements, {@code y = (x - m) s γ + β}; and with {@code h = g γ}, {@code dx = s (h
 * - mean(h) - x̂ mean(h x̂))}, where {@code x̂ = (x - m) s}.
 */
public final class NormLoops {

  private NormLoops() {}

  /**
   * Normalizes one channel of images (outer, channels, inner).
   *
   * @param mean receives the mean at index c
   * @param inverse receives the inverse standard deviation at index c
   */
  public static void channel(
      float[] x,
      int xo,
      int outer,
      int channels,
      int inner,
      int c,
      float gamma,
      float beta,
      double eps,
      float[] y,
      float[] mean,
      float[] inverse) {
    double n = (double) outer * inner;
    double sum = 0;
    for (int o = 0; o < outer; o++) {
      sum += Simd.KERNELS.sum(x, xo + (o * channels + c) * inner, inner);
    }
    float m = (float) (sum / n);
    double squares = 0;
    for (int o = 0; o < outer; o++) {
      int at = (o * channels + c) * inner;
      for (int i = 0; i < inner; i++) {
        y[at + i] = x[xo + at + i] - m;
      }
      squares += Simd.KERNELS.sumOfSquares(y, at, inner);
    }
    float s = (float) (1 / Math.sqrt(squares / n + eps));
    float scale = s * gamma;
    for (int o = 0; o < outer; o++) {
      int at = (o * channels + c) * inner;
      for (int i = 0; i < inner; i++) {
        y[at + i] = y[at + i] * scale + beta;
      }
    }
    mean[c] = m;
    inverse[c] = s;
  }

  /**
   * The gradient of {@link #channel}.
   *
   * @param dx receives the gradient of x
   * @param dGamma receives that of gamma at index c
   * @param dBeta receives that of beta at index c
   */
  public static void channelGradient(
      float[] x,
      int xo,
      float[] g,
      int go,
      int outer,
      int channels,
      int inner,
      int c,
      float gamma,
      float m,
      float s,
      float[] dx,
      float[] dGamma,
      float[] dBeta) {
    double n = (double) outer * inner;
    double sumG = 0;
    double sumGx = 0;
    for (int o = 0; o < outer; o++) {
      int at = (o * channels + c) * inner;
      sumG += Simd.KERNELS.sum(g, go + at, inner);
      for (int i = 0; i < inner; i++) {
        dx[at + i] = (x[xo + at + i] - m) * s;
      }
      sumGx += Simd.KERNELS.dot(g, go + at, dx, at, inner);
    }
    float scale = s * gamma;
    float meanG = (float) (sumG / n);
    float meanGx = (float) (sumGx / n);
    for (int o = 0; o < outer; o++) {
      int at = (o * channels + c) * inner;
      for (int i = 0; i < inner; i++) {
        dx[at + i] = scale * (g[go + at + i] - meanG - dx[at + i] * meanGx);
      }
    }
    dGamma[c] = (float) sumGx;
    dBeta[c] = (float) sumG;
  }

  /** Normalizes a row of n elements, each with a gamma and a beta of its own. */
  public static void row(
      float[] x,
      int xo,
      int n,
      float[] gamma,
      int gammaOffset,
      float[] beta,
      int betaOffset,
      double eps,
      float[] y,
      int row,
      float[] mean,
      float[] inverse) {
    int yo = row * n;
    float m = Simd.KERNELS.sum(x, xo, n) / n;
    for (int i = 0; i < n; i++) {
      y[yo + i] = x[xo + i] - m;
    }
    float s = (float) (1 / Math.sqrt((double) Simd.KERNELS.sumOfSquares(y, yo, n) / n + eps));
    for (int i = 0; i < n; i++) {
      y[yo + i] = y[yo + i] * s * gamma[gammaOffset + i] + beta[betaOffset + i];
    }
    mean[row] = m;
    inverse[row] = s;
  }

  /**
   * The gradient of {@link #row}.
   *
   * @param dx receives the gradient of x
   * @param dGamma that of gamma is added to it
   * @param dBeta that of beta is added to it
   */
  public static void rowGradient(
      float[] x,
      int xo,
      float[] g,
      int go,
      int n,
      float[] gamma,
      int gammaOffset,
      float m,
      float s,
      float[] dx,
      int dxo,
      float[] dGamma,
      float[] dBeta) {
    float[] h = Buffers.floats(n);
    for (int i = 0; i < n; i++) {
      float normal = (x[xo + i] - m) * s;
      dx[dxo + i] = normal;
      dGamma[i] += g[go + i] * normal;
      dBeta[i] += g[go + i];
      h[i] = g[go + i] * gamma[gammaOffset + i];
    }
    float meanH = Simd.KERNELS.sum(h, 0, n) / n;
    float meanHx = Simd.KERNELS.dot(h, 0, dx, dxo, n) / n;
    for (int i = 0; i < n; i++) {
      dx[dxo + i] = s * (h[i] - meanH - dx[dxo + i] * meanHx);
    }
    Buffers.recycle(h);
  }
}
