package dev.headgrad.tape.kernel.function;

import dev.headgrad.tape.kernel.Fma;

/**
 * Sums without the Vector API: C2 does not reorder the terms of a sum, so eight sums go side by
 * side, and long runs are added by halves, which makes the error grow as the logarithm of their
 * length.
 */
final class PlainSums {

  /** Elements that are added in turn. */
  private static final int RUN = 1024;

  private PlainSums() {}

  /** The sum of n elements. */
  static float sum(float[] x, int xo, int n) {
    if (n > RUN) {
      int half = n / 2;
      return sum(x, xo, half) + sum(x, xo + half, n - half);
    }
    float s0 = 0;
    float s1 = 0;
    float s2 = 0;
    float s3 = 0;
    float s4 = 0;
    float s5 = 0;
    float s6 = 0;
    float s7 = 0;
    int i = xo;
    int end = xo + n;
    for (; i + 8 <= end; i += 8) {
      s0 += x[i];
      s1 += x[i + 1];
      s2 += x[i + 2];
      s3 += x[i + 3];
      s4 += x[i + 4];
      s5 += x[i + 5];
      s6 += x[i + 6];
      s7 += x[i + 7];
    }
    for (; i < end; i++) {
      s0 += x[i];
    }
    return ((s0 + s1) + (s2 + s3)) + ((s4 + s5) + (s6 + s7));
  }

  /** The sum of the products of n elements. */
  static float dot(float[] x, int xo, float[] y, int yo, int n) {
    if (n > RUN) {
      int half = n / 2;
      return dot(x, xo, y, yo, half) + dot(x, xo + half, y, yo + half, n - half);
    }
    float s0 = 0;
    float s1 = 0;
    float s2 = 0;
    float s3 = 0;
    float s4 = 0;
    float s5 = 0;
    float s6 = 0;
    float s7 = 0;
    int i = 0;
    for (; i + 8 <= n; i += 8) {
      s0 = Fma.of(x[xo + i], y[yo + i], s0);
      s1 = Fma.of(x[xo + i + 1], y[yo + i + 1], s1);
      s2 = Fma.of(x[xo + i + 2], y[yo + i + 2], s2);
      s3 = Fma.of(x[xo + i + 3], y[yo + i + 3], s3);
      s4 = Fma.of(x[xo + i + 4], y[yo + i + 4], s4);
      s5 = Fma.of(x[xo + i + 5], y[yo + i + 5], s5);
      s6 = Fma.of(x[xo + i + 6], y[yo + i + 6], s6);
      s7 = Fma.of(x[xo + i + 7], y[yo + i + 7], s7);
    }
    for (; i < n; i++) {
      s0 = Fma.of(x[xo + i], y[yo + i], s0);
    }
    return ((s0 + s1) + (s2 + s3)) + ((s4 + s5) + (s6 + s7));
  }

  /** The sum of n elements. */
  static double sum(double[] x, int xo, int n) {
    if (n > RUN) {
      int half = n / 2;
      return sum(x, xo, half) + sum(x, xo + half, n - half);
    }
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    double s4 = 0;
    double s5 = 0;
    double s6 = 0;
    double s7 = 0;
    int i = xo;
    int end = xo + n;
    for (; i + 8 <= end; i += 8) {
      s0 += x[i];
      s1 += x[i + 1];
      s2 += x[i + 2];
      s3 += x[i + 3];
      s4 += x[i + 4];
      s5 += x[i + 5];
      s6 += x[i + 6];
      s7 += x[i + 7];
    }
    for (; i < end; i++) {
      s0 += x[i];
    }
    return ((s0 + s1) + (s2 + s3)) + ((s4 + s5) + (s6 + s7));
  }

  /** The sum of the products of n elements. */
  static double dot(double[] x, int xo, double[] y, int yo, int n) {
    if (n > RUN) {
      int half = n / 2;
      return dot(x, xo, y, yo, half) + dot(x, xo + half, y, yo + half, n - half);
    }
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    double s4 = 0;
    double s5 = 0;
    double s6 = 0;
    double s7 = 0;
    int i = 0;
    for (; i + 8 <= n; i += 8) {
      s0 = Fma.of(x[xo + i], y[yo + i], s0);
      s1 = Fma.of(x[xo + i + 1], y[yo + i + 1], s1);
      s2 = Fma.of(x[xo + i + 2], y[yo + i + 2], s2);
      s3 = Fma.of(x[xo + i + 3], y[yo + i + 3], s3);
      s4 = Fma.of(x[xo + i + 4], y[yo + i + 4], s4);
      s5 = Fma.of(x[xo + i + 5], y[yo + i + 5], s5);
      s6 = Fma.of(x[xo + i + 6], y[yo + i + 6], s6);
      s7 = Fma.of(x[xo + i + 7], y[yo + i + 7], s7);
    }
    for (; i < n; i++) {
      s0 = Fma.of(x[xo + i], y[yo + i], s0);
    }
    return ((s0 + s1) + (s2 + s3)) + ((s4 + s5) + (s6 + s7));
  }
}
