package dev.headgrad.tape.kernel.matrix;

import dev.headgrad.tape.kernel.Fma;
import dev.headgrad.tape.kernel.VectorApi;
import dev.headgrad.tape.kernel.Workers;
import dev.headgrad.tape.kernel.function.Folds;
import java.util.Arrays;

/**
 * Matrix products {@code c = a b} and {@code c = c + a b}.
 *
 * <p>{@code a} is m by k, {@code b} is k by n, {@code c} is m by n. Element (i, j) of {@code a} is
 * {@code a[aOff + i * aRow + j * aCol]}, and the same for {@code b}: a transposed matrix is one
 * with its strides swapped, and costs no copy. {@code c} has rows that are contiguous, and must not
 * overlap {@code a} or {@code b}.
 *
 * <p>Large products run on several threads. A result is the same in every run with the same number
 * of threads.
 */
public final class Gemm {

  /** Up to this number of multiplications, nothing beats three loops. */
  private static final int TINY = 512;

  /**
   * Least number of multiplications of a product with a vector that is worth a hand-over to another
   * thread.
   */
  private static final int VECTOR_GRAIN = 1 << 15;

  /** With fewer rows, copying b takes longer than storing the result transposed. */
  private static final int SWAP_ROWS = 96;

  /** From this number of columns on, a loop along a row is not slowed down by its ends. */
  private static final int LONG_ROW = 256;

  private Gemm() {}

  /**
   * Multiplies matrices.
   *
   * @param m rows of {@code a} and {@code c}
   * @param n columns of {@code b} and {@code c}
   * @param k columns of {@code a}, rows of {@code b}; when it is zero the product is zero
   * @param a left factor
   * @param aOff index of the element (0, 0) of {@code a}
   * @param aRow distance of the rows of {@code a}
   * @param aCol distance of the columns of {@code a}
   * @param b right factor
   * @param bOff index of the element (0, 0) of {@code b}
   * @param bRow distance of the rows of {@code b}
   * @param bCol distance of the columns of {@code b}
   * @param c the result
   * @param cOff index of the element (0, 0) of {@code c}
   * @param cRow distance of the rows of {@code c}
   * @param accumulate whether the product is added to {@code c} or replaces it
   */
  public static void multiply(
      int m,
      int n,
      int k,
      float[] a,
      int aOff,
      int aRow,
      int aCol,
      float[] b,
      int bOff,
      int bRow,
      int bCol,
      float[] c,
      int cOff,
      int cRow,
      boolean accumulate) {
    if ((long) m * n * k <= TINY) {
      tiny(m, n, k, a, aOff, aRow, aCol, b, bOff, bRow, bCol, c, cOff, cRow, accumulate);
    } else if (n == 1) {
      timesVector(m, k, a, aOff, aRow, aCol, b, bOff, bRow, c, cOff, cRow, accumulate);
    } else if (m == 1) {
      timesVector(n, k, b, bOff, bCol, bRow, a, aOff, aCol, c, cOff, 1, accumulate);
    } else if (transposed(m, n, bRow, bCol)) {
      FloatProduct.Matrix right = new FloatProduct.Matrix(a, aOff, aCol, aRow);
      new FloatProduct(n, m, k, b, bOff, bCol, bRow, right, c, cOff, 1, cRow, accumulate).run();
    } else {
      FloatProduct.Matrix right = new FloatProduct.Matrix(b, bOff, bRow, bCol);
      new FloatProduct(m, n, k, a, aOff, aRow, aCol, right, c, cOff, cRow, 1, accumulate).run();
    }
  }

  /** Whether the transposed product is computed, and stored transposed, because that is faster. */
  private static boolean transposed(int m, int n, int bRow, int bCol) {
    return VectorApi.IS_USED
        // a b whose columns are contiguous need not be copied
        ? bRow == 1 && bCol != 1 && m < SWAP_ROWS && m < n
        // the loops run along the columns
        : n < LONG_ROW && n < m;
  }

  private static void tiny(
      int m,
      int n,
      int k,
      float[] a,
      int aOff,
      int aRow,
      int aCol,
      float[] b,
      int bOff,
      int bRow,
      int bCol,
      float[] c,
      int cOff,
      int cRow,
      boolean accumulate) {
    for (int i = 0; i < m; i++) {
      int ci = cOff + i * cRow;
      for (int j = 0; j < n; j++) {
        int ai = aOff + i * aRow;
        int bj = bOff + j * bCol;
        float sum = 0;
        for (int p = 0; p < k; p++) {
          sum = Fma.of(a[ai], b[bj], sum);
          ai += aCol;
          bj += bRow;
        }
        c[ci + j] = accumulate ? c[ci + j] + sum : sum;
      }
    }
  }

  /** y = a x, or y + a x. */
  private static void timesVector(
      int m,
      int k,
      float[] a,
      int aOff,
      int aRow,
      int aCol,
      float[] x,
      int xOff,
      int xStep,
      float[] y,
      int yOff,
      int yStep,
      boolean accumulate) {
    Workers.parallelFor(
        m,
        Math.max(8, VECTOR_GRAIN / Math.max(1, k)),
        (from, to) -> {
          if (aRow == 1 && yStep == 1) {
            addColumns(
                to - from, k, a, aOff + from, aCol, x, xOff, xStep, y, yOff + from, accumulate);
          } else if (aCol == 1 && xStep == 1) {
            for (int i = from; i < to; i++) {
              float dot = Folds.KERNELS.dot(a, aOff + i * aRow, x, xOff, k);
              int yi = yOff + i * yStep;
              y[yi] = accumulate ? y[yi] + dot : dot;
            }
          } else {
            tiny(
                to - from,
                1,
                k,
                a,
                aOff + from * aRow,
                aRow,
                aCol,
                x,
                xOff,
                xStep,
                1,
                y,
                yOff + from * yStep,
                yStep,
                accumulate);
          }
        });
  }

  /** y = a x, or y + a x, where the columns of a are contiguous. */
  private static void addColumns(
      int m,
      int k,
      float[] a,
      int aOff,
      int aCol,
      float[] x,
      int xOff,
      int xStep,
      float[] y,
      int yOff,
      boolean accumulate) {
    if (!accumulate) {
      Arrays.fill(y, yOff, yOff + m, 0);
    }
    int p = 0;
    for (; p + 4 <= k; p += 4) {
      float x0 = x[xOff + p * xStep];
      float x1 = x[xOff + (p + 1) * xStep];
      float x2 = x[xOff + (p + 2) * xStep];
      float x3 = x[xOff + (p + 3) * xStep];
      int a0 = aOff + p * aCol;
      int a1 = a0 + aCol;
      int a2 = a1 + aCol;
      int a3 = a2 + aCol;
      for (int i = 0; i < m; i++) {
        y[yOff + i] =
            Fma.of(
                x3,
                a[a3 + i],
                Fma.of(x2, a[a2 + i], Fma.of(x1, a[a1 + i], Fma.of(x0, a[a0 + i], y[yOff + i]))));
      }
    }
    for (; p < k; p++) {
      float x0 = x[xOff + p * xStep];
      int a0 = aOff + p * aCol;
      for (int i = 0; i < m; i++) {
        y[yOff + i] = Fma.of(x0, a[a0 + i], y[yOff + i]);
      }
    }
  }

  /**
   * Multiplies matrices.
   *
   * @param m rows of {@code a} and {@code c}
   * @param n columns of {@code b} and {@code c}
   * @param k columns of {@code a}, rows of {@code b}; when it is zero the product is zero
   * @param a left factor
   * @param aOff index of the element (0, 0) of {@code a}
   * @param aRow distance of the rows of {@code a}
   * @param aCol distance of the columns of {@code a}
   * @param b right factor
   * @param bOff index of the element (0, 0) of {@code b}
   * @param bRow distance of the rows of {@code b}
   * @param bCol distance of the columns of {@code b}
   * @param c the result
   * @param cOff index of the element (0, 0) of {@code c}
   * @param cRow distance of the rows of {@code c}
   * @param accumulate whether the product is added to {@code c} or replaces it
   */
  public static void multiply(
      int m,
      int n,
      int k,
      double[] a,
      int aOff,
      int aRow,
      int aCol,
      double[] b,
      int bOff,
      int bRow,
      int bCol,
      double[] c,
      int cOff,
      int cRow,
      boolean accumulate) {
    if ((long) m * n * k <= TINY) {
      tiny(m, n, k, a, aOff, aRow, aCol, b, bOff, bRow, bCol, c, cOff, cRow, accumulate);
    } else if (n == 1) {
      timesVector(m, k, a, aOff, aRow, aCol, b, bOff, bRow, c, cOff, cRow, accumulate);
    } else if (m == 1) {
      timesVector(n, k, b, bOff, bCol, bRow, a, aOff, aCol, c, cOff, 1, accumulate);
    } else if (transposed(m, n, bRow, bCol)) {
      DoubleProduct.Matrix right = new DoubleProduct.Matrix(a, aOff, aCol, aRow);
      new DoubleProduct(n, m, k, b, bOff, bCol, bRow, right, c, cOff, 1, cRow, accumulate).run();
    } else {
      DoubleProduct.Matrix right = new DoubleProduct.Matrix(b, bOff, bRow, bCol);
      new DoubleProduct(m, n, k, a, aOff, aRow, aCol, right, c, cOff, cRow, 1, accumulate).run();
    }
  }

  private static void tiny(
      int m,
      int n,
      int k,
      double[] a,
      int aOff,
      int aRow,
      int aCol,
      double[] b,
      int bOff,
      int bRow,
      int bCol,
      double[] c,
      int cOff,
      int cRow,
      boolean accumulate) {
    for (int i = 0; i < m; i++) {
      int ci = cOff + i * cRow;
      for (int j = 0; j < n; j++) {
        int ai = aOff + i * aRow;
        int bj = bOff + j * bCol;
        double sum = 0;
        for (int p = 0; p < k; p++) {
          sum = Fma.of(a[ai], b[bj], sum);
          ai += aCol;
          bj += bRow;
        }
        c[ci + j] = accumulate ? c[ci + j] + sum : sum;
      }
    }
  }

  /** y = a x, or y + a x. */
  private static void timesVector(
      int m,
      int k,
      double[] a,
      int aOff,
      int aRow,
      int aCol,
      double[] x,
      int xOff,
      int xStep,
      double[] y,
      int yOff,
      int yStep,
      boolean accumulate) {
    Workers.parallelFor(
        m,
        Math.max(8, VECTOR_GRAIN / Math.max(1, k)),
        (from, to) -> {
          if (aRow == 1 && yStep == 1) {
            addColumns(
                to - from, k, a, aOff + from, aCol, x, xOff, xStep, y, yOff + from, accumulate);
          } else if (aCol == 1 && xStep == 1) {
            for (int i = from; i < to; i++) {
              double dot = Folds.KERNELS.dot(a, aOff + i * aRow, x, xOff, k);
              int yi = yOff + i * yStep;
              y[yi] = accumulate ? y[yi] + dot : dot;
            }
          } else {
            tiny(
                to - from,
                1,
                k,
                a,
                aOff + from * aRow,
                aRow,
                aCol,
                x,
                xOff,
                xStep,
                1,
                y,
                yOff + from * yStep,
                yStep,
                accumulate);
          }
        });
  }

  /** y = a x, or y + a x, where the columns of a are contiguous. */
  private static void addColumns(
      int m,
      int k,
      double[] a,
      int aOff,
      int aCol,
      double[] x,
      int xOff,
      int xStep,
      double[] y,
      int yOff,
      boolean accumulate) {
    if (!accumulate) {
      Arrays.fill(y, yOff, yOff + m, 0);
    }
    int p = 0;
    for (; p + 4 <= k; p += 4) {
      double x0 = x[xOff + p * xStep];
      double x1 = x[xOff + (p + 1) * xStep];
      double x2 = x[xOff + (p + 2) * xStep];
      double x3 = x[xOff + (p + 3) * xStep];
      int a0 = aOff + p * aCol;
      int a1 = a0 + aCol;
      int a2 = a1 + aCol;
      int a3 = a2 + aCol;
      for (int i = 0; i < m; i++) {
        y[yOff + i] =
            Fma.of(
                x3,
                a[a3 + i],
                Fma.of(x2, a[a2 + i], Fma.of(x1, a[a1 + i], Fma.of(x0, a[a0 + i], y[yOff + i]))));
      }
    }
    for (; p < k; p++) {
      double x0 = x[xOff + p * xStep];
      int a0 = aOff + p * aCol;
      for (int i = 0; i < m; i++) {
        y[yOff + i] = Fma.of(x0, a[a0 + i], y[yOff + i]);
      }
    }
  }
}
