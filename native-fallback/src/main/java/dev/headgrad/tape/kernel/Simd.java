package dev.headgrad.tape.kernel;

/**
 * Functions over contiguous pieces of arrays, on the calling thread: callers with large work cut it
 * with {@link Workers#parallelFor}.
 *
 * <p>{@link #KERNELS} is chosen once: kernels on the Vector API when the JVM was started with
 * {@code --add-modules jdk.incubator.vector} and has its optimizing compiler, and the processor has
 * fused multiply-adds, else plain loops. The float functions of both give the same bits, whatever
 * the width of the vectors and wherever in the array an element stands.
 *
 * <p>{@code x} and {@code y} may be the same piece of the same array.
 */
public abstract class Simd {

  /** Whether kernels use the Vector API. */
  static final boolean VECTOR_API = VectorApi.IS_USED;

  /** The kernels of this JVM. */
  public static final Simd KERNELS = choose();

  Simd() {}

  private static Simd choose() {
    return VECTOR_API && Fma.FAST ? OnVectorApi.kernels() : new PlainSimd();
  }

  /** Keeps the verifier from loading the vector classes along with this one. */
  private static final class OnVectorApi {
    static Simd kernels() {
      return new VectorSimd();
    }
  }

  /**
   * E<sup>x</sup> of n elements.
   *
   * @param x the arguments
   * @param xo index of the first argument
   * @param y receives the results
   * @param yo index of the first result
   * @param n the number of elements
   */
  public abstract void exp(float[] x, int xo, float[] y, int yo, int n);

  /**
   * E<sup>x</sup> of n elements.
   *
   * @param x the arguments
   * @param xo index of the first argument
   * @param y receives the results
   * @param yo index of the first result
   * @param n the number of elements
   */
  public abstract void exp(double[] x, int xo, double[] y, int yo, int n);

  /**
   * E<sup>x</sup> - 1 of n elements.
   *
   * @param x the arguments
   * @param xo index of the first argument
   * @param y receives the results
   * @param yo index of the first result
   * @param n the number of elements
   */
  public abstract void expm1(float[] x, int xo, float[] y, int yo, int n);

  /**
   * E<sup>x</sup> - 1 of n elements.
   *
   * @param x the arguments
   * @param xo index of the first argument
   * @param y receives the results
   * @param yo index of the first result
   * @param n the number of elements
   */
  public abstract void expm1(double[] x, int xo, double[] y, int yo, int n);

  /**
   * The natural logarithm of n elements.
   *
   * @param x the arguments
   * @param xo index of the first argument
   * @param y receives the results
   * @param yo index of the first result
   * @param n the number of elements
   */
  public abstract void log(float[] x, int xo, float[] y, int yo, int n);

  /**
   * The natural logarithm of n elements.
   *
   * @param x the arguments
   * @param xo index of the first argument
   * @param y receives the results
   * @param yo index of the first result
   * @param n the number of elements
   */
  public abstract void log(double[] x, int xo, double[] y, int yo, int n);

  /**
   * The logarithm of base 2 of n elements.
   *
   * @param x the arguments
   * @param xo index of the first argument
   * @param y receives the results
   * @param yo index of the first result
   * @param n the number of elements
   */
  public abstract void log2(float[] x, int xo, float[] y, int yo, int n);

  /**
   * The logarithm of base 2 of n elements.
   *
   * @param x the arguments
   * @param xo index of the first argument
   * @param y receives the results
   * @param yo index of the first result
   * @param n the number of elements
   */
  public abstract void log2(double[] x, int xo, double[] y, int yo, int n);

  /**
   * The logarithm of base 10 of n elements.
   *
   * @param x the arguments
   * @param xo index of the first argument
   * @param y receives the results
   * @param yo index of the first result
   * @param n the number of elements
   */
  public abstract void log10(float[] x, int xo, float[] y, int yo, int n);

  /**
   * The logarithm of base 10 of n elements.
   *
   * @param x the arguments
   * @param xo index of the first argument
   * @param y receives the results
   * @param yo index of the first result
   * @param n the number of elements
   */
  public abstract void log10(double[] x, int xo, double[] y, int yo, int n);

  /**
   * Log(1 + x) of n elements.
   *
   * @param x the arguments
   * @param xo index of the first argument
   * @param y receives the results
   * @param yo index of the first result
   * @param n the number of elements
   */
  public abstract void log1p(float[] x, int xo, float[] y, int yo, int n);

  /**
   * Log(1 + x) of n elements.
   *
   * @param x the arguments
   * @param xo index of the first argument
   * @param y receives the results
   * @param yo index of the first result
   * @param n the number of elements
   */
  public abstract void log1p(double[] x, int xo, double[] y, int yo, int n);

  /**
   * The square root of n elements.
   *
   * @param x the arguments
   * @param xo index of the first argument
   * @param y receives the results
   * @param yo index of the first result
   * @param n the number of elements
   */
  public abstract void sqrt(float[] x, int xo, float[] y, int yo, int n);

  /**
   * The square root of n elements.
   *
   * @param x the arguments
   * @param xo index of the first argument
   * @param y receives the results
   * @param yo index of the first result
   * @param n the number of elements
   */
  public abstract void sqrt(double[] x, int xo, double[] y, int yo, int n);

  /**
   * 1 / sqrt(x) of n elements.
   *
   * @param x the arguments
   * @param xo index of the first argument
   * @param y receives the results
   * @param yo index of the first result
   * @param n the number of elements
   */
  public abstract void rsqrt(float[] x, int xo, float[] y, int yo, int n);

  /**
   * 1 / sqrt(x) of n elements.
   *
   * @param x the arguments
   * @param xo index of the first argument
   * @param y receives the results
   * @param yo index of the first result
   * @param n the number of elements
   */
  public abstract void rsqrt(double[] x, int xo, double[] y, int yo, int n);

  /**
   * The sine of radians of n elements.
   *
   * @param x the arguments
   * @param xo index of the first argument
   * @param y receives the results
   * @param yo index of the first result
   * @param n the number of elements
   */
  public abstract void sin(float[] x, int xo, float[] y, int yo, int n);

  /**
   * The sine of radians of n elements.
   *
   * @param x the arguments
   * @param xo index of the first argument
   * @param y receives the results
   * @param yo index of the first result
   * @param n the number of elements
   */
  public abstract void sin(double[] x, int xo, double[] y, int yo, int n);

  /**
   * The cosine of radians of n elements.
   *
   * @param x the arguments
   * @param xo index of the first argument
   * @param y receives the results
   * @param yo index of the first result
   * @param n the number of elements
   */
  public abstract void cos(float[] x, int xo, float[] y, int yo, int n);

  /**
   * The cosine of radians of n elements.
   *
   * @param x the arguments
   * @param xo index of the first argument
   * @param y receives the results
   * @param yo index of the first result
   * @param n the number of elements
   */
  public abstract void cos(double[] x, int xo, double[] y, int yo, int n);

  /**
   * The hyperbolic tangent of n elements.
   *
   * @param x the arguments
   * @param xo index of the first argument
   * @param y receives the results
   * @param yo index of the first result
   * @param n the number of elements
   */
  public abstract void tanh(float[] x, int xo, float[] y, int yo, int n);

  /**
   * The hyperbolic tangent of n elements.
   *
   * @param x the arguments
   * @param xo index of the first argument
   * @param y receives the results
   * @param yo index of the first result
   * @param n the number of elements
   */
  public abstract void tanh(double[] x, int xo, double[] y, int yo, int n);

  /**
   * 1 / (1 + e<sup>-x</sup>) of n elements.
   *
   * @param x the arguments
   * @param xo index of the first argument
   * @param y receives the results
   * @param yo index of the first result
   * @param n the number of elements
   */
  public abstract void sigmoid(float[] x, int xo, float[] y, int yo, int n);

  /**
   * 1 / (1 + e<sup>-x</sup>) of n elements.
   *
   * @param x the arguments
   * @param xo index of the first argument
   * @param y receives the results
   * @param yo index of the first result
   * @param n the number of elements
   */
  public abstract void sigmoid(double[] x, int xo, double[] y, int yo, int n);

  /**
   * Log(1 + e<sup>x</sup>), without overflow of n elements.
   *
   * @param x the arguments
   * @param xo index of the first argument
   * @param y receives the results
   * @param yo index of the first result
   * @param n the number of elements
   */
  public abstract void softplus(float[] x, int xo, float[] y, int yo, int n);

  /**
   * Log(1 + e<sup>x</sup>), without overflow of n elements.
   *
   * @param x the arguments
   * @param xo index of the first argument
   * @param y receives the results
   * @param yo index of the first result
   * @param n the number of elements
   */
  public abstract void softplus(double[] x, int xo, double[] y, int yo, int n);

  /**
   * The error function of n elements.
   *
   * @param x the arguments
   * @param xo index of the first argument
   * @param y receives the results
   * @param yo index of the first result
   * @param n the number of elements
   */
  public abstract void erf(float[] x, int xo, float[] y, int yo, int n);

  /**
   * The error function of n elements.
   *
   * @param x the arguments
   * @param xo index of the first argument
   * @param y receives the results
   * @param yo index of the first result
   * @param n the number of elements
   */
  public abstract void erf(double[] x, int xo, double[] y, int yo, int n);

  /**
   * X &Phi;(x) = x (1 + erf(x / sqrt(2))) / 2 of n elements.
   *
   * @param x the arguments
   * @param xo index of the first argument
   * @param y receives the results
   * @param yo index of the first result
   * @param n the number of elements
   */
  public abstract void gelu(float[] x, int xo, float[] y, int yo, int n);

  /**
   * X &Phi;(x) = x (1 + erf(x / sqrt(2))) / 2 of n elements.
   *
   * @param x the arguments
   * @param xo index of the first argument
   * @param y receives the results
   * @param yo index of the first result
   * @param n the number of elements
   */
  public abstract void gelu(double[] x, int xo, double[] y, int yo, int n);

  /**
   * x<sup>p</sup> of n elements and one exponent.
   *
   * @param x the bases
   * @param xo index of the first base
   * @param p the exponent
   * @param y receives the results
   * @param yo index of the first result
   * @param n the number of elements
   */
  public abstract void pow(float[] x, int xo, float p, float[] y, int yo, int n);

  /**
   * x<sup>p</sup> of n elements.
   *
   * @param x the bases
   * @param xo index of the first base
   * @param p the exponents
   * @param po index of the first exponent
   * @param y receives the results
   * @param yo index of the first result
   * @param n the number of elements
   */
  public abstract void pow(float[] x, int xo, float[] p, int po, float[] y, int yo, int n);

  /**
   * x<sup>p</sup> of n elements and one exponent.
   *
   * @param x the bases
   * @param xo index of the first base
   * @param p the exponent
   * @param y receives the results
   * @param yo index of the first result
   * @param n the number of elements
   */
  public abstract void pow(double[] x, int xo, double p, double[] y, int yo, int n);

  /**
   * x<sup>p</sup> of n elements.
   *
   * @param x the bases
   * @param xo index of the first base
   * @param p the exponents
   * @param po index of the first exponent
   * @param y receives the results
   * @param yo index of the first result
   * @param n the number of elements
   */
  public abstract void pow(double[] x, int xo, double[] p, int po, double[] y, int yo, int n);

  /**
   * g where x is positive, else 0: the gradient of max(x, 0).
   *
   * @param g what is chosen from
   * @param go index of its first element
   * @param x decides
   * @param xo index of its first element
   * @param y receives the results
   * @param yo index of the first result
   * @param n the number of elements
   */
  public abstract void wherePositive(
      float[] g, int go, float[] x, int xo, float[] y, int yo, int n);

  /**
   * The sum of n elements, added pairwise.
   *
   * @param x the elements
   * @param xo index of the first element
   * @param n the number of elements
   * @return the result
   */
  public abstract float sum(float[] x, int xo, int n);

  /**
   * The sum of n elements, added pairwise.
   *
   * @param x the elements
   * @param xo index of the first element
   * @param n the number of elements
   * @return the result
   */
  public abstract double sum(double[] x, int xo, int n);

  /**
   * The sum of the squares of n elements, added pairwise.
   *
   * @param x the elements
   * @param xo index of the first element
   * @param n the number of elements
   * @return the result
   */
  public abstract float sumOfSquares(float[] x, int xo, int n);

  /**
   * The sum of the squares of n elements, added pairwise.
   *
   * @param x the elements
   * @param xo index of the first element
   * @param n the number of elements
   * @return the result
   */
  public abstract double sumOfSquares(double[] x, int xo, int n);

  /**
   * The largest of n elements: negative infinity when there is none, NaN when there is a NaN.
   *
   * @param x the elements
   * @param xo index of the first element
   * @param n the number of elements
   * @return the result
   */
  public abstract float max(float[] x, int xo, int n);

  /**
   * The largest of n elements: negative infinity when there is none, NaN when there is a NaN.
   *
   * @param x the elements
   * @param xo index of the first element
   * @param n the number of elements
   * @return the result
   */
  public abstract double max(double[] x, int xo, int n);

  /**
   * The least of n elements: positive infinity when there is none, NaN when there is a NaN.
   *
   * @param x the elements
   * @param xo index of the first element
   * @param n the number of elements
   * @return the result
   */
  public abstract float min(float[] x, int xo, int n);

  /**
   * The least of n elements: positive infinity when there is none, NaN when there is a NaN.
   *
   * @param x the elements
   * @param xo index of the first element
   * @param n the number of elements
   * @return the result
   */
  public abstract double min(double[] x, int xo, int n);

  /**
   * The inner product of n elements of x and n of y, added pairwise.
   *
   * @param x the first elements
   * @param xo index of the first of them
   * @param y the second elements
   * @param yo index of the first of them
   * @param n the number of elements of each
   * @return the sum of their products
   */
  public abstract float dot(float[] x, int xo, float[] y, int yo, int n);

  /**
   * The sum of e<sup>x - max</sup> over n elements, added pairwise.
   *
   * @param x the elements
   * @param xo index of the first element
   * @param n the number of elements
   * @param max the largest of them
   * @return the sum
   */
  public abstract float sumExp(float[] x, int xo, int n, float max);

  /**
   * Softmax of one row: y<sub>i</sub> = e<sup>x<sub>i</sub> - m</sup> / &Sigma; e<sup>x<sub>j</sub>
   * - m</sup> with m the largest element.
   *
   * @param x the row
   * @param xo index of its first element
   * @param y receives the result
   * @param yo index of its first element
   * @param n the number of elements
   */
  public abstract void softmax(float[] x, int xo, float[] y, int yo, int n);

  /**
   * The logarithm of softmax of one row: y<sub>i</sub> = x<sub>i</sub> - m - log &Sigma;
   * e<sup>x<sub>j</sub> - m</sup> with m the largest element.
   *
   * @param x the row
   * @param xo index of its first element
   * @param y receives the result
   * @param yo index of its first element
   * @param n the number of elements
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

  /**
   * The inner product of n elements of x and n of y, added pairwise.
   *
   * @param x the first elements
   * @param xo index of the first of them
   * @param y the second elements
   * @param yo index of the first of them
   * @param n the number of elements of each
   * @return the sum of their products
   */
  public abstract double dot(double[] x, int xo, double[] y, int yo, int n);

  /**
   * The sum of e<sup>x - max</sup> over n elements, added pairwise.
   *
   * @param x the elements
   * @param xo index of the first element
   * @param n the number of elements
   * @param max the largest of them
   * @return the sum
   */
  public abstract double sumExp(double[] x, int xo, int n, double max);

  /**
   * Softmax of one row: y<sub>i</sub> = e<sup>x<sub>i</sub> - m</sup> / &Sigma; e<sup>x<sub>j</sub>
   * - m</sup> with m the largest element.
   *
   * @param x the row
   * @param xo index of its first element
   * @param y receives the result
   * @param yo index of its first element
   * @param n the number of elements
   */
  public abstract void softmax(double[] x, int xo, double[] y, int yo, int n);

  /**
   * The logarithm of softmax of one row: y<sub>i</sub> = x<sub>i</sub> - m - log &Sigma;
   * e<sup>x<sub>j</sub> - m</sup> with m the largest element.
   *
   * @param x the row
   * @param xo index of its first element
   * @param y receives the result
   * @param yo index of its first element
   * @param n the number of elements
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
