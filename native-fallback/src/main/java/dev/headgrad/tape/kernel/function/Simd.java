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
 * <p>Every function takes n arguments, {@code x[xo]} and those that follow, and puts their results
 * to {@code y[yo]} and what follows. {@code x} and {@code y} may be the same piece of the same
 * array.
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

  /** e<sup>x</sup>. */
  public abstract void exp(float[] x, int xo, float[] y, int yo, int n);

  /** e<sup>x</sup>. */
  public abstract void exp(double[] x, int xo, double[] y, int yo, int n);

  /** e<sup>x</sup> - 1. */
  public abstract void expm1(float[] x, int xo, float[] y, int yo, int n);

  /** e<sup>x</sup> - 1. */
  public abstract void expm1(double[] x, int xo, double[] y, int yo, int n);

  /** The natural logarithm. */
  public abstract void log(float[] x, int xo, float[] y, int yo, int n);

  /** The natural logarithm. */
  public abstract void log(double[] x, int xo, double[] y, int yo, int n);

  /** The logarithm of base 2. */
  public abstract void log2(float[] x, int xo, float[] y, int yo, int n);

  /** The logarithm of base 2. */
  public abstract void log2(double[] x, int xo, double[] y, int yo, int n);

  /** The logarithm of base 10. */
  public abstract void log10(float[] x, int xo, float[] y, int yo, int n);

  /** The logarithm of base 10. */
  public abstract void log10(double[] x, int xo, double[] y, int yo, int n);

  /** log(1 + x). */
  public abstract void log1p(float[] x, int xo, float[] y, int yo, int n);

  /** log(1 + x). */
  public abstract void log1p(double[] x, int xo, double[] y, int yo, int n);

  /** The square root. */
  public abstract void sqrt(float[] x, int xo, float[] y, int yo, int n);

  /** The square root. */
  public abstract void sqrt(double[] x, int xo, double[] y, int yo, int n);

  /** 1 / sqrt(x). */
  public abstract void rsqrt(float[] x, int xo, float[] y, int yo, int n);

  /** 1 / sqrt(x). */
  public abstract void rsqrt(double[] x, int xo, double[] y, int yo, int n);

  /** The sine of radians. */
  public abstract void sin(float[] x, int xo, float[] y, int yo, int n);

  /** The sine of radians. */
  public abstract void sin(double[] x, int xo, double[] y, int yo, int n);

  /** The cosine of radians. */
  public abstract void cos(float[] x, int xo, float[] y, int yo, int n);

  /** The cosine of radians. */
  public abstract void cos(double[] x, int xo, double[] y, int yo, int n);

  /** The hyperbolic tangent. */
  public abstract void tanh(float[] x, int xo, float[] y, int yo, int n);

  /** The hyperbolic tangent. */
  public abstract void tanh(double[] x, int xo, double[] y, int yo, int n);

  /** 1 / (1 + e<sup>-x</sup>). */
  public abstract void sigmoid(float[] x, int xo, float[] y, int yo, int n);

  /** 1 / (1 + e<sup>-x</sup>). */
  public abstract void sigmoid(double[] x, int xo, double[] y, int yo, int n);

  /** log(1 + e<sup>x</sup>), without overflow. */
  public abstract void softplus(float[] x, int xo, float[] y, int yo, int n);

  /** log(1 + e<sup>x</sup>), without overflow. */
  public abstract void softplus(double[] x, int xo, double[] y, int yo, int n);

  /** The error function. */
  public abstract void erf(float[] x, int xo, float[] y, int yo, int n);

  /** The error function. */
  public abstract void erf(double[] x, int xo, double[] y, int yo, int n);

  /** x &Phi;(x) = x (1 + erf(x / sqrt(2))) / 2. */
  public abstract void gelu(float[] x, int xo, float[] y, int yo, int n);

  /** x &Phi;(x) = x (1 + erf(x / sqrt(2))) / 2. */
  public abstract void gelu(double[] x, int xo, double[] y, int yo, int n);

  /**
   * x to the power of p. As in C, and other than {@link Math#pow}, 1 to any power is 1, NaN and the
   * infinities among them, and so is -1 to an infinite one.
   *
   * @param x the base
   * @param p the exponent
   * @return the power
   */
  public static double pow(double x, double p) {
    return x == 1 || (x == -1 && Double.isInfinite(p)) ? 1 : Math.pow(x, p);
  }

  /** x<sup>p</sup> for one exponent. */
  public abstract void pow(float[] x, int xo, float p, float[] y, int yo, int n);

  /** x<sup>p</sup>; the exponents begin with {@code p[po]}. */
  public abstract void pow(float[] x, int xo, float[] p, int po, float[] y, int yo, int n);

  /** x<sup>p</sup> for one exponent. */
  public abstract void pow(double[] x, int xo, double p, double[] y, int yo, int n);

  /** x<sup>p</sup>; the exponents begin with {@code p[po]}. */
  public abstract void pow(double[] x, int xo, double[] p, int po, double[] y, int yo, int n);

  /** g, which begins with {@code g[go]}, where x is positive, else 0: the gradient of max(x, 0). */
  public abstract void wherePositive(
      float[] g, int go, float[] x, int xo, float[] y, int yo, int n);
}
