package dev.headgrad.tape.kernel.function;

import dev.headgrad.tape.kernel.Fma;
import dev.headgrad.tape.kernel.VectorApi;
import dev.headgrad.tape.kernel.Workers;

/**
 * What contiguous elements come to: sums, inner products, extremes, and softmax, which is made of
 * them; on the calling thread: callers with large work cut it with {@link Workers#parallelFor}.
 *
 * <p>{@link #KERNELS} is chosen once, as {@link Simd#KERNELS} is. The n elements of x are {@code
 * x[xo]} and those that follow, and so with y.
 */
public abstract class Folds {

  /** The kernels of this JVM. */
  public static final Folds KERNELS = choose();

  Folds() {}

  private static Folds choose() {
    return VectorApi.IS_USED && Fma.FAST ? OnVectorApi.kernels() : new PlainFolds();
  }

  /** Keeps the verifier from loading the vector classes along with this one. */
  private static final class OnVectorApi {
    static Folds kernels() {
      return new VectorFolds();
    }
  }

  /** The sum, added pairwise. */
  public abstract float sum(float[] x, int xo, int n);

  /** The sum, added pairwise. */
  public abstract double sum(double[] x, int xo, int n);

  /** The sum of the squares, added pairwise. */
  public abstract float sumOfSquares(float[] x, int xo, int n);

  /** The sum of the squares, added pairwise. */
  public abstract double sumOfSquares(double[] x, int xo, int n);

  /** The largest element: negative infinity when there is none, NaN when there is a NaN. */
  public abstract float max(float[] x, int xo, int n);

  /** The largest element: negative infinity when there is none, NaN when there is a NaN. */
  public abstract double max(double[] x, int xo, int n);

  /** The least element: positive infinity when there is none, NaN when there is a NaN. */
  public abstract float min(float[] x, int xo, int n);

  /** The least element: positive infinity when there is none, NaN when there is a NaN. */
  public abstract double min(double[] x, int xo, int n);

  /** The inner product of n elements of x and n of y, added pairwise. */
  public abstract float dot(float[] x, int xo, float[] y, int yo, int n);

  /** The sum of e<sup>x - max</sup>, added pairwise; max is the largest element. */
  public abstract float sumExp(float[] x, int xo, int n, float max);

  /**
   * Softmax of one row: y<sub>i</sub> = e<sup>x<sub>i</sub> - m</sup> / &Sigma; e<sup>x<sub>j</sub>
   * - m</sup> with m the largest element.
   */
  public abstract void softmax(float[] x, int xo, float[] y, int yo, int n);

  /**
   * The logarithm of softmax of one row: y<sub>i</sub> = x<sub>i</sub> - m - log &Sigma;
   * e<sup>x<sub>j</sub> - m</sup> with m the largest element.
   */
  public abstract void logSoftmax(float[] x, int xo, float[] y, int yo, int n);

  /**
   * Adds the rows of a matrix to y, which makes sums of columns: y<sub>c</sub> = y<sub>c</sub> +
   * &Sigma;<sub>r</sub> x<sub>rc</sub>, the rows added pairwise.
   *
   * @param x the matrix
   * @param xo index of its element (0, 0)
   * @param rows the number of rows
   * @param cols the number of columns
   * @param rowStride distance of the rows
   * @param y is added to
   * @param yo index of its first element
   */
  public abstract void addRows(
      float[] x, int xo, int rows, int cols, int rowStride, float[] y, int yo);

  /** The inner product of n elements of x and n of y, added pairwise. */
  public abstract double dot(double[] x, int xo, double[] y, int yo, int n);

  /** The sum of e<sup>x - max</sup>, added pairwise; max is the largest element. */
  public abstract double sumExp(double[] x, int xo, int n, double max);

  /**
   * Softmax of one row: y<sub>i</sub> = e<sup>x<sub>i</sub> - m</sup> / &Sigma; e<sup>x<sub>j</sub>
   * - m</sup> with m the largest element.
   */
  public abstract void softmax(double[] x, int xo, double[] y, int yo, int n);

  /**
   * The logarithm of softmax of one row: y<sub>i</sub> = x<sub>i</sub> - m - log &Sigma;
   * e<sup>x<sub>j</sub> - m</sup> with m the largest element.
   */
  public abstract void logSoftmax(double[] x, int xo, double[] y, int yo, int n);

  /**
   * Adds the rows of a matrix to y, which makes sums of columns: y<sub>c</sub> = y<sub>c</sub> +
   * &Sigma;<sub>r</sub> x<sub>rc</sub>, the rows added pairwise.
   *
   * @param x the matrix
   * @param xo index of its element (0, 0)
   * @param rows the number of rows
   * @param cols the number of columns
   * @param rowStride distance of the rows
   * @param y is added to
   * @param yo index of its first element
   */
  public abstract void addRows(
      double[] x, int xo, int rows, int cols, int rowStride, double[] y, int yo);
}
