package dev.headgrad.tape.kernel.function;

import dev.headgrad.tape.kernel.Fma;
import dev.headgrad.tape.kernel.VectorApi;
import dev.headgrad.tape.kernel.Workers;

/**
 * Functions of each element of contiguous pieces of arrays, on the calling thread: callers with
 * large work cut it with {@link Workers#parallelFor}.
 *
 * <p>{@link #KERNELS} is chosen once: kernels on the Vector API when the JVM was started with
 * {@code --add-modules jdk.incubator.vector} and has its optimizing compiler, and the processor has
 * fused multiply-adds, else plain loops. The float functions of both give the same bits, whatever
 * the width of the vectors and wherever in the array an element stands.
 *
 * <p>{@code x} and {@code y} may be the same piece of the same array.
 */
public abstract class Simd {

  /** The kernels of this JVM. */
  public static final Simd KERNELS = choose();

  Simd() {}

  private static Simd choose() {
    return VectorApi.IS_USED && Fma.FAST ? OnVectorApi.kernels() : new PlainSimd();
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
}
