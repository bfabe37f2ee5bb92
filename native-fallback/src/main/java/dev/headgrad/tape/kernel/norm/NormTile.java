package dev.headgrad.tape.kernel.norm;

import dev.headgrad.tape.kernel.VectorApi;

/**
 * The innermost loops of {@link NormLoops}, over n contiguous elements. What is summed is at most a
 * few thousand elements, which the caller adds up in double precision.
 */
abstract class NormTile {

  /** The loops of this JVM. */
  static final NormTile BEST = VectorApi.IS_USED ? OnVectorApi.tile() : new PlainNormTile();

  /** &Sigma; (x - m)<sup>2</sup>. */
  abstract float squares(float[] x, int xo, int n, float m);

  /** y = (x - m) scale + shift. */
  abstract void scale(
      float[] x, int xo, float[] y, int yo, int n, float m, float scale, float shift);

  /** y = (x - m) s gamma + beta. */
  abstract void scaleEach(
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
      int betaOffset);

  /** &Sigma; g (x - m). */
  abstract float product(float[] g, int go, float[] x, int xo, int n, float m);

  /** dx = a g + b (x - m) + c. */
  abstract void combine(
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
      float c);

  /**
   * Adds g x̂ to dGamma and g to dBeta, with x̂ = (x - m) s; puts h = g gamma in place, and gives
   * &Sigma; h x̂.
   */
  abstract float addParameters(
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
      int ho);

  /**
   * Adds the squares of x - m to the sums, where each column has a mean of its own: columns from to
   * to, and so many rows of n elements.
   */
  abstract void columnSquares(
      float[] x, int xo, int n, int rows, int from, int to, float[] m, float[] sums);

  /** Adds g to the sums, and g (x - m) to the products, of each column. */
  abstract void columnProducts(
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
      float[] products);

  /** y = (x - m) scale + shift, with an m, a scale and a shift for each column. */
  abstract void scaleColumns(
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
      float[] shift);

  /** dx = a g + b (x - m) + c, with an m, a, b and c for each column. */
  abstract void combineColumns(
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
      float[] c);

  /** Keeps the verifier from loading the vector classes along with this one. */
  private static final class OnVectorApi {
    static NormTile tile() {
      return new VectorNormTile();
    }
  }
}
