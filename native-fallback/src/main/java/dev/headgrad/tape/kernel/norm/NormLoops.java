package dev.headgrad.tape.kernel.norm;

import dev.headgrad.tape.kernel.function.Folds;

/**
 * Normalization in few passes, and its gradient. With m and s the mean and the inverse standard
 * deviation of n elements, {@code y = (x - m) s γ + β}; and with {@code h = g γ}, {@code dx = s (h
 * - mean(h) - x̂ mean(h x̂))}, where {@code x̂ = (x - m) s}.
 */
public final class NormLoops {

  private static final NormTile TILE = NormTile.BEST;

  /** Elements that are summed in single precision. */
  private static final int BLOCK = 2048;

  private NormLoops() {}

  private static double squares(float[] x, int xo, int n, float m) {
    double sum = 0;
    for (int i = 0; i < n; i += BLOCK) {
      sum += TILE.squares(x, xo + i, Math.min(BLOCK, n - i), m);
    }
    return sum;
  }

  private static double product(float[] g, int go, float[] x, int xo, int n, float m) {
    double sum = 0;
    for (int i = 0; i < n; i += BLOCK) {
      sum += TILE.product(g, go + i, x, xo + i, Math.min(BLOCK, n - i), m);
    }
    return sum;
  }

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
      sum += Folds.KERNELS.sum(x, xo + (o * channels + c) * inner, inner);
    }
    float m = (float) (sum / n);
    double squares = 0;
    for (int o = 0; o < outer; o++) {
      squares += squares(x, xo + (o * channels + c) * inner, inner, m);
    }
    float s = (float) (1 / Math.sqrt(squares / n + eps));
    float scale = s * gamma;
    for (int o = 0; o < outer; o++) {
      int at = (o * channels + c) * inner;
      TILE.scale(x, xo + at, y, at, inner, m, scale, beta);
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
      sumG += Folds.KERNELS.sum(g, go + at, inner);
      sumGx += product(g, go + at, x, xo + at, inner, m);
    }
    float scale = s * gamma;
    float slope = (float) (-scale * sumGx * s * s / n);
    float shift = (float) (-scale * sumG / n);
    for (int o = 0; o < outer; o++) {
      int at = (o * channels + c) * inner;
      TILE.combine(g, go + at, x, xo + at, dx, at, inner, m, scale, slope, shift);
    }
    dGamma[c] = (float) (sumGx * s);
    dBeta[c] = (float) sumG;
  }

  /** {@code y = (x - m) scale + shift}, over n elements. */
  public static void scale(
      float[] x, int xo, float[] y, int yo, int n, float m, float scale, float shift) {
    TILE.scale(x, xo, y, yo, n, m, scale, shift);
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
    float m = Folds.KERNELS.sum(x, xo, n) / n;
    float s = (float) (1 / Math.sqrt(squares(x, xo, n, m) / n + eps));
    TILE.scaleEach(x, xo, y, row * n, n, m, s, gamma, gammaOffset, beta, betaOffset);
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
    float sumHx =
        TILE.addParameters(g, go, x, xo, n, m, s, gamma, gammaOffset, dGamma, dBeta, dx, dxo);
    float meanH = Folds.KERNELS.sum(dx, dxo, n) / n;
    TILE.combine(dx, dxo, x, xo, dx, dxo, n, m, s, -s * s * (sumHx / n), -s * meanH);
  }
}
