package dev.headgrad.tape.kernel.arithmetic;

import dev.headgrad.tape.kernel.VectorApi;

/**
 * Arithmetic of two runs of elements: {@code y[yo + i] = a[ao + i * as] op b[bo + i * bs]} for
 * {@code 0 <= i < n}, with strides 1, or 0 for an operand that is one number.
 *
 * <p>Each form is a loop of its own: a stride in a variable would keep the JIT compiler from vector
 * instructions. {@code y} may be the same piece of the same array as an operand.
 */
public final class BinaryLoops {

  private BinaryLoops() {}

  /** a + b. */
  public static void add(
      float[] a, int ao, int as, float[] b, int bo, int bs, float[] y, int yo, int n) {
    int done =
        n < VectorApi.FEW
            ? 0
            : VectorApi.IS_USED
                ? FloatVectorLoops.add(a, ao, as, b, bo, bs, y, yo, n)
                : FloatPlainLoops.add(a, ao, as, b, bo, bs, y, yo, n);
    if (bs == 0) {
      float v = b[bo];
      for (int i = done; i < n; i++) {
        y[yo + i] = a[ao + i] + v;
      }
    } else if (as == 0) {
      float v = a[ao];
      for (int i = done; i < n; i++) {
        y[yo + i] = v + b[bo + i];
      }
    } else {
      for (int i = done; i < n; i++) {
        y[yo + i] = a[ao + i] + b[bo + i];
      }
    }
  }

  /** a + b. */
  public static void add(
      double[] a, int ao, int as, double[] b, int bo, int bs, double[] y, int yo, int n) {
    int done =
        n < VectorApi.FEW
            ? 0
            : VectorApi.IS_USED
                ? DoubleVectorLoops.add(a, ao, as, b, bo, bs, y, yo, n)
                : DoublePlainLoops.add(a, ao, as, b, bo, bs, y, yo, n);
    if (bs == 0) {
      double v = b[bo];
      for (int i = done; i < n; i++) {
        y[yo + i] = a[ao + i] + v;
      }
    } else if (as == 0) {
      double v = a[ao];
      for (int i = done; i < n; i++) {
        y[yo + i] = v + b[bo + i];
      }
    } else {
      for (int i = done; i < n; i++) {
        y[yo + i] = a[ao + i] + b[bo + i];
      }
    }
  }

  /** a + b, wrapping around. */
  public static void add(
      long[] a, int ao, int as, long[] b, int bo, int bs, long[] y, int yo, int n) {
    if (bs == 0) {
      long v = b[bo];
      for (int i = 0; i < n; i++) {
        y[yo + i] = a[ao + i] + v;
      }
    } else if (as == 0) {
      long v = a[ao];
      for (int i = 0; i < n; i++) {
        y[yo + i] = v + b[bo + i];
      }
    } else {
      for (int i = 0; i < n; i++) {
        y[yo + i] = a[ao + i] + b[bo + i];
      }
    }
  }

  /** a - b. */
  public static void sub(
      float[] a, int ao, int as, float[] b, int bo, int bs, float[] y, int yo, int n) {
    int done =
        n < VectorApi.FEW
            ? 0
            : VectorApi.IS_USED
                ? FloatVectorLoops.sub(a, ao, as, b, bo, bs, y, yo, n)
                : FloatPlainLoops.sub(a, ao, as, b, bo, bs, y, yo, n);
    if (bs == 0) {
      float v = b[bo];
      for (int i = done; i < n; i++) {
        y[yo + i] = a[ao + i] - v;
      }
    } else if (as == 0) {
      float v = a[ao];
      for (int i = done; i < n; i++) {
        y[yo + i] = v - b[bo + i];
      }
    } else {
      for (int i = done; i < n; i++) {
        y[yo + i] = a[ao + i] - b[bo + i];
      }
    }
  }

  /** a - b. */
  public static void sub(
      double[] a, int ao, int as, double[] b, int bo, int bs, double[] y, int yo, int n) {
    int done =
        n < VectorApi.FEW
            ? 0
            : VectorApi.IS_USED
                ? DoubleVectorLoops.sub(a, ao, as, b, bo, bs, y, yo, n)
                : DoublePlainLoops.sub(a, ao, as, b, bo, bs, y, yo, n);
    if (bs == 0) {
      double v = b[bo];
      for (int i = done; i < n; i++) {
        y[yo + i] = a[ao + i] - v;
      }
    } else if (as == 0) {
      double v = a[ao];
      for (int i = done; i < n; i++) {
        y[yo + i] = v - b[bo + i];
      }
    } else {
      for (int i = done; i < n; i++) {
        y[yo + i] = a[ao + i] - b[bo + i];
      }
    }
  }

  /** a - b, wrapping around. */
  public static void sub(
      long[] a, int ao, int as, long[] b, int bo, int bs, long[] y, int yo, int n) {
    if (bs == 0) {
      long v = b[bo];
      for (int i = 0; i < n; i++) {
        y[yo + i] = a[ao + i] - v;
      }
    } else if (as == 0) {
      long v = a[ao];
      for (int i = 0; i < n; i++) {
        y[yo + i] = v - b[bo + i];
      }
    } else {
      for (int i = 0; i < n; i++) {
        y[yo + i] = a[ao + i] - b[bo + i];
      }
    }
  }

  /** a * b. */
  public static void mul(
      float[] a, int ao, int as, float[] b, int bo, int bs, float[] y, int yo, int n) {
    int done =
        n < VectorApi.FEW
            ? 0
            : VectorApi.IS_USED
                ? FloatVectorLoops.mul(a, ao, as, b, bo, bs, y, yo, n)
                : FloatPlainLoops.mul(a, ao, as, b, bo, bs, y, yo, n);
    if (bs == 0) {
      float v = b[bo];
      for (int i = done; i < n; i++) {
        y[yo + i] = a[ao + i] * v;
      }
    } else if (as == 0) {
      float v = a[ao];
      for (int i = done; i < n; i++) {
        y[yo + i] = v * b[bo + i];
      }
    } else {
      for (int i = done; i < n; i++) {
        y[yo + i] = a[ao + i] * b[bo + i];
      }
    }
  }

  /** a * b. */
  public static void mul(
      double[] a, int ao, int as, double[] b, int bo, int bs, double[] y, int yo, int n) {
    int done =
        n < VectorApi.FEW
            ? 0
            : VectorApi.IS_USED
                ? DoubleVectorLoops.mul(a, ao, as, b, bo, bs, y, yo, n)
                : DoublePlainLoops.mul(a, ao, as, b, bo, bs, y, yo, n);
    if (bs == 0) {
      double v = b[bo];
      for (int i = done; i < n; i++) {
        y[yo + i] = a[ao + i] * v;
      }
    } else if (as == 0) {
      double v = a[ao];
      for (int i = done; i < n; i++) {
        y[yo + i] = v * b[bo + i];
      }
    } else {
      for (int i = done; i < n; i++) {
        y[yo + i] = a[ao + i] * b[bo + i];
      }
    }
  }

  /** a * b, wrapping around. */
  public static void mul(
      long[] a, int ao, int as, long[] b, int bo, int bs, long[] y, int yo, int n) {
    if (bs == 0) {
      long v = b[bo];
      for (int i = 0; i < n; i++) {
        y[yo + i] = a[ao + i] * v;
      }
    } else if (as == 0) {
      long v = a[ao];
      for (int i = 0; i < n; i++) {
        y[yo + i] = v * b[bo + i];
      }
    } else {
      for (int i = 0; i < n; i++) {
        y[yo + i] = a[ao + i] * b[bo + i];
      }
    }
  }

  /** a / b. */
  public static void div(
      float[] a, int ao, int as, float[] b, int bo, int bs, float[] y, int yo, int n) {
    int done =
        n < VectorApi.FEW
            ? 0
            : VectorApi.IS_USED
                ? FloatVectorLoops.div(a, ao, as, b, bo, bs, y, yo, n)
                : FloatPlainLoops.div(a, ao, as, b, bo, bs, y, yo, n);
    if (bs == 0) {
      float v = b[bo];
      for (int i = done; i < n; i++) {
        y[yo + i] = a[ao + i] / v;
      }
    } else if (as == 0) {
      float v = a[ao];
      for (int i = done; i < n; i++) {
        y[yo + i] = v / b[bo + i];
      }
    } else {
      for (int i = done; i < n; i++) {
        y[yo + i] = a[ao + i] / b[bo + i];
      }
    }
  }

  /** a / b. */
  public static void div(
      double[] a, int ao, int as, double[] b, int bo, int bs, double[] y, int yo, int n) {
    int done =
        n < VectorApi.FEW
            ? 0
            : VectorApi.IS_USED
                ? DoubleVectorLoops.div(a, ao, as, b, bo, bs, y, yo, n)
                : DoublePlainLoops.div(a, ao, as, b, bo, bs, y, yo, n);
    if (bs == 0) {
      double v = b[bo];
      for (int i = done; i < n; i++) {
        y[yo + i] = a[ao + i] / v;
      }
    } else if (as == 0) {
      double v = a[ao];
      for (int i = done; i < n; i++) {
        y[yo + i] = v / b[bo + i];
      }
    } else {
      for (int i = done; i < n; i++) {
        y[yo + i] = a[ao + i] / b[bo + i];
      }
    }
  }

  /** the larger of a and b; NaN if one is NaN. */
  public static void max(
      float[] a, int ao, int as, float[] b, int bo, int bs, float[] y, int yo, int n) {
    int done =
        n < VectorApi.FEW
            ? 0
            : VectorApi.IS_USED
                ? FloatVectorLoops.max(a, ao, as, b, bo, bs, y, yo, n)
                : FloatPlainLoops.max(a, ao, as, b, bo, bs, y, yo, n);
    if (bs == 0) {
      float v = b[bo];
      for (int i = done; i < n; i++) {
        y[yo + i] = Math.max(a[ao + i], v);
      }
    } else if (as == 0) {
      float v = a[ao];
      for (int i = done; i < n; i++) {
        y[yo + i] = Math.max(v, b[bo + i]);
      }
    } else {
      for (int i = done; i < n; i++) {
        y[yo + i] = Math.max(a[ao + i], b[bo + i]);
      }
    }
  }

  /** the larger of a and b; NaN if one is NaN. */
  public static void max(
      double[] a, int ao, int as, double[] b, int bo, int bs, double[] y, int yo, int n) {
    int done =
        n < VectorApi.FEW
            ? 0
            : VectorApi.IS_USED
                ? DoubleVectorLoops.max(a, ao, as, b, bo, bs, y, yo, n)
                : DoublePlainLoops.max(a, ao, as, b, bo, bs, y, yo, n);
    if (bs == 0) {
      double v = b[bo];
      for (int i = done; i < n; i++) {
        y[yo + i] = Math.max(a[ao + i], v);
      }
    } else if (as == 0) {
      double v = a[ao];
      for (int i = done; i < n; i++) {
        y[yo + i] = Math.max(v, b[bo + i]);
      }
    } else {
      for (int i = done; i < n; i++) {
        y[yo + i] = Math.max(a[ao + i], b[bo + i]);
      }
    }
  }

  /** the larger of a and b. */
  public static void max(
      long[] a, int ao, int as, long[] b, int bo, int bs, long[] y, int yo, int n) {
    if (bs == 0) {
      long v = b[bo];
      for (int i = 0; i < n; i++) {
        y[yo + i] = Math.max(a[ao + i], v);
      }
    } else if (as == 0) {
      long v = a[ao];
      for (int i = 0; i < n; i++) {
        y[yo + i] = Math.max(v, b[bo + i]);
      }
    } else {
      for (int i = 0; i < n; i++) {
        y[yo + i] = Math.max(a[ao + i], b[bo + i]);
      }
    }
  }

  /** the smaller of a and b; NaN if one is NaN. */
  public static void min(
      float[] a, int ao, int as, float[] b, int bo, int bs, float[] y, int yo, int n) {
    int done =
        n < VectorApi.FEW
            ? 0
            : VectorApi.IS_USED
                ? FloatVectorLoops.min(a, ao, as, b, bo, bs, y, yo, n)
                : FloatPlainLoops.min(a, ao, as, b, bo, bs, y, yo, n);
    if (bs == 0) {
      float v = b[bo];
      for (int i = done; i < n; i++) {
        y[yo + i] = Math.min(a[ao + i], v);
      }
    } else if (as == 0) {
      float v = a[ao];
      for (int i = done; i < n; i++) {
        y[yo + i] = Math.min(v, b[bo + i]);
      }
    } else {
      for (int i = done; i < n; i++) {
        y[yo + i] = Math.min(a[ao + i], b[bo + i]);
      }
    }
  }

  /** the smaller of a and b; NaN if one is NaN. */
  public static void min(
      double[] a, int ao, int as, double[] b, int bo, int bs, double[] y, int yo, int n) {
    int done =
        n < VectorApi.FEW
            ? 0
            : VectorApi.IS_USED
                ? DoubleVectorLoops.min(a, ao, as, b, bo, bs, y, yo, n)
                : DoublePlainLoops.min(a, ao, as, b, bo, bs, y, yo, n);
    if (bs == 0) {
      double v = b[bo];
      for (int i = done; i < n; i++) {
        y[yo + i] = Math.min(a[ao + i], v);
      }
    } else if (as == 0) {
      double v = a[ao];
      for (int i = done; i < n; i++) {
        y[yo + i] = Math.min(v, b[bo + i]);
      }
    } else {
      for (int i = done; i < n; i++) {
        y[yo + i] = Math.min(a[ao + i], b[bo + i]);
      }
    }
  }

  /** the smaller of a and b. */
  public static void min(
      long[] a, int ao, int as, long[] b, int bo, int bs, long[] y, int yo, int n) {
    if (bs == 0) {
      long v = b[bo];
      for (int i = 0; i < n; i++) {
        y[yo + i] = Math.min(a[ao + i], v);
      }
    } else if (as == 0) {
      long v = a[ao];
      for (int i = 0; i < n; i++) {
        y[yo + i] = Math.min(v, b[bo + i]);
      }
    } else {
      for (int i = 0; i < n; i++) {
        y[yo + i] = Math.min(a[ao + i], b[bo + i]);
      }
    }
  }
}
