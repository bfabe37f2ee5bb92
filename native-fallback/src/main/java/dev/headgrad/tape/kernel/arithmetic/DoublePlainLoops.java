package dev.headgrad.tape.kernel.arithmetic;

/**
 * {@link BinaryLoops} for doubles without the Vector API.
 *
 * <p>C2 turns a loop into vector instructions where all arrays are read and written at the same
 * index. An operand that starts elsewhere in its array is therefore copied to where the results go,
 * as long as that does not overwrite the other one. Each method returns how many elements it did:
 * all, or none where both operands would have to be copied.
 */
final class DoublePlainLoops {

  private DoublePlainLoops() {}

  /** Whether an operand is read at the indices of the results, or is one number. */
  private static boolean stays(int off, int stride, int yo) {
    return stride == 0 || off == yo;
  }

  /** Whether one operand at most has to be copied, and not over the other. */
  private static boolean fits(
      double[] a, int ao, int as, double[] b, int bo, int bs, double[] y, int yo) {
    return stays(ao, as, yo) ? stays(bo, bs, yo) || a != y : stays(bo, bs, yo) && b != y;
  }

  /** The operand, or the results with a copy of it. */
  private static double[] operand(double[] x, int xo, int xs, double[] y, int yo, int n) {
    if (stays(xo, xs, yo)) {
      return x;
    }
    System.arraycopy(x, xo, y, yo, n);
    return y;
  }

  /** a + b. */
  static int add(
      double[] left, int ao, int as, double[] right, int bo, int bs, double[] y, int yo, int n) {
    if (!fits(left, ao, as, right, bo, bs, y, yo)) {
      return 0;
    }
    double[] a = operand(left, ao, as, y, yo, n);
    double[] b = operand(right, bo, bs, y, yo, n);
    int end = yo + n;
    if (bs == 0) {
      double v = b[bo];
      for (int i = yo; i < end; i++) {
        y[i] = a[i] + v;
      }
    } else if (as == 0) {
      double v = a[ao];
      for (int i = yo; i < end; i++) {
        y[i] = v + b[i];
      }
    } else {
      for (int i = yo; i < end; i++) {
        y[i] = a[i] + b[i];
      }
    }
    return n;
  }

  /** a - b. */
  static int sub(
      double[] left, int ao, int as, double[] right, int bo, int bs, double[] y, int yo, int n) {
    if (!fits(left, ao, as, right, bo, bs, y, yo)) {
      return 0;
    }
    double[] a = operand(left, ao, as, y, yo, n);
    double[] b = operand(right, bo, bs, y, yo, n);
    int end = yo + n;
    if (bs == 0) {
      double v = b[bo];
      for (int i = yo; i < end; i++) {
        y[i] = a[i] - v;
      }
    } else if (as == 0) {
      double v = a[ao];
      for (int i = yo; i < end; i++) {
        y[i] = v - b[i];
      }
    } else {
      for (int i = yo; i < end; i++) {
        y[i] = a[i] - b[i];
      }
    }
    return n;
  }

  /** a * b. */
  static int mul(
      double[] left, int ao, int as, double[] right, int bo, int bs, double[] y, int yo, int n) {
    if (!fits(left, ao, as, right, bo, bs, y, yo)) {
      return 0;
    }
    double[] a = operand(left, ao, as, y, yo, n);
    double[] b = operand(right, bo, bs, y, yo, n);
    int end = yo + n;
    if (bs == 0) {
      double v = b[bo];
      for (int i = yo; i < end; i++) {
        y[i] = a[i] * v;
      }
    } else if (as == 0) {
      double v = a[ao];
      for (int i = yo; i < end; i++) {
        y[i] = v * b[i];
      }
    } else {
      for (int i = yo; i < end; i++) {
        y[i] = a[i] * b[i];
      }
    }
    return n;
  }

  /** a / b. */
  static int div(
      double[] left, int ao, int as, double[] right, int bo, int bs, double[] y, int yo, int n) {
    if (!fits(left, ao, as, right, bo, bs, y, yo)) {
      return 0;
    }
    double[] a = operand(left, ao, as, y, yo, n);
    double[] b = operand(right, bo, bs, y, yo, n);
    int end = yo + n;
    if (bs == 0) {
      double v = b[bo];
      for (int i = yo; i < end; i++) {
        y[i] = a[i] / v;
      }
    } else if (as == 0) {
      double v = a[ao];
      for (int i = yo; i < end; i++) {
        y[i] = v / b[i];
      }
    } else {
      for (int i = yo; i < end; i++) {
        y[i] = a[i] / b[i];
      }
    }
    return n;
  }

  /** The larger of a and b. */
  static int max(
      double[] left, int ao, int as, double[] right, int bo, int bs, double[] y, int yo, int n) {
    if (!fits(left, ao, as, right, bo, bs, y, yo)) {
      return 0;
    }
    double[] a = operand(left, ao, as, y, yo, n);
    double[] b = operand(right, bo, bs, y, yo, n);
    int end = yo + n;
    if (bs == 0) {
      double v = b[bo];
      for (int i = yo; i < end; i++) {
        y[i] = Math.max(a[i], v);
      }
    } else if (as == 0) {
      double v = a[ao];
      for (int i = yo; i < end; i++) {
        y[i] = Math.max(v, b[i]);
      }
    } else {
      for (int i = yo; i < end; i++) {
        y[i] = Math.max(a[i], b[i]);
      }
    }
    return n;
  }

  /** The smaller of a and b. */
  static int min(
      double[] left, int ao, int as, double[] right, int bo, int bs, double[] y, int yo, int n) {
    if (!fits(left, ao, as, right, bo, bs, y, yo)) {
      return 0;
    }
    double[] a = operand(left, ao, as, y, yo, n);
    double[] b = operand(right, bo, bs, y, yo, n);
    int end = yo + n;
    if (bs == 0) {
      double v = b[bo];
      for (int i = yo; i < end; i++) {
        y[i] = Math.min(a[i], v);
      }
    } else if (as == 0) {
      double v = a[ao];
      for (int i = yo; i < end; i++) {
        y[i] = Math.min(v, b[i]);
      }
    } else {
      for (int i = yo; i < end; i++) {
        y[i] = Math.min(a[i], b[i]);
      }
    }
    return n;
  }
}
