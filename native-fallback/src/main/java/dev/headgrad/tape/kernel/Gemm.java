package dev.headgrad.tape.kernel;

import java.util.Arrays;

/**
 * Matrix products {@code c = a b} and {@code c = c + a b}.
 *
 * <p>{@code a} is m by k, {@code b} is k by n, {@code c} is m by n. Element (i, j) of {@code a} is
 * {@code a[aOff + i * aRow + j * aCol]}, and the same for {@code b}: a transposed matrix is one
 * with its strides swapped, and costs no copy. {@code c} has rows that are contiguous. {@code c}
 * must not overlap {@code a} or {@code b}.
 */
public final class Gemm {

  /** Multiplications that are worth a hand-over to another thread. */
  private static final int GRAIN = 1 << 17;

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
    int grain = (int) Math.max(1, GRAIN / Math.max(1, (long) n * k));
    Workers.parallelFor(
        m,
        grain,
        (from, to) -> {
          for (int i = from; i < to; i++) {
            int ci = cOff + i * cRow;
            if (!accumulate) {
              Arrays.fill(c, ci, ci + n, 0);
            }
            for (int p = 0; p < k; p++) {
              float s = a[aOff + i * aRow + p * aCol];
              int bp = bOff + p * bRow;
              for (int j = 0; j < n; j++) {
                c[ci + j] += s * b[bp + j * bCol];
              }
            }
          }
        });
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
    int grain = (int) Math.max(1, GRAIN / Math.max(1, (long) n * k));
    Workers.parallelFor(
        m,
        grain,
        (from, to) -> {
          for (int i = from; i < to; i++) {
            int ci = cOff + i * cRow;
            if (!accumulate) {
              Arrays.fill(c, ci, ci + n, 0);
            }
            for (int p = 0; p < k; p++) {
              double s = a[aOff + i * aRow + p * aCol];
              int bp = bOff + p * bRow;
              for (int j = 0; j < n; j++) {
                c[ci + j] += s * b[bp + j * bCol];
              }
            }
          }
        });
  }
}
