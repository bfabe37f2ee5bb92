package dev.headgrad.tape.kernel.arithmetic;

/**
 * Arithmetic of two runs of complex numbers, real and imaginary parts in turn. Offsets count
 * numbers; strides are 1, or 0 for an operand that is one number. {@code y} may be the same piece
 * of the same array as an operand.
 */
public final class ComplexLoops {

  private ComplexLoops() {}

  /** a + b. */
  public static void add(
      float[] a, int ao, int as, float[] b, int bo, int bs, float[] y, int yo, int n) {
    for (int i = 0; i < n; i++) {
      int p = 2 * (ao + i * as);
      int q = 2 * (bo + i * bs);
      int r = 2 * (yo + i);
      y[r] = a[p] + b[q];
      y[r + 1] = a[p + 1] + b[q + 1];
    }
  }

  /** a - b. */
  public static void sub(
      float[] a, int ao, int as, float[] b, int bo, int bs, float[] y, int yo, int n) {
    for (int i = 0; i < n; i++) {
      int p = 2 * (ao + i * as);
      int q = 2 * (bo + i * bs);
      int r = 2 * (yo + i);
      y[r] = a[p] - b[q];
      y[r + 1] = a[p + 1] - b[q + 1];
    }
  }

  /** a * b. */
  public static void mul(
      float[] a, int ao, int as, float[] b, int bo, int bs, float[] y, int yo, int n) {
    for (int i = 0; i < n; i++) {
      int p = 2 * (ao + i * as);
      int q = 2 * (bo + i * bs);
      int r = 2 * (yo + i);
      float re = a[p] * b[q] - a[p + 1] * b[q + 1];
      y[r + 1] = a[p] * b[q + 1] + a[p + 1] * b[q];
      y[r] = re;
    }
  }

  /** a / b, in double precision between. */
  public static void div(
      float[] a, int ao, int as, float[] b, int bo, int bs, float[] y, int yo, int n) {
    for (int i = 0; i < n; i++) {
      int p = 2 * (ao + i * as);
      int q = 2 * (bo + i * bs);
      int r = 2 * (yo + i);
      double x = b[q];
      double z = b[q + 1];
      double norm = x * x + z * z;
      float re = (float) ((a[p] * x + a[p + 1] * z) / norm);
      y[r + 1] = (float) ((a[p + 1] * x - a[p] * z) / norm);
      y[r] = re;
    }
  }
}
