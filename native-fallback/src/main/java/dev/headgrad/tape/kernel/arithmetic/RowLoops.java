package dev.headgrad.tape.kernel.arithmetic;

import dev.headgrad.tape.kernel.VectorApi;

/**
 * Arithmetic of a matrix and one row, in one loop: {@code y[yo + r * n + i] = a[ao + r * n + i] op
 * row[ro + i]} for {@code 0 <= r < rows, 0 <= i < n}.
 *
 * <p>There is one on the Vector API only. Without it, and for rows that do not suit, {@link
 * BinaryLoops} do rows that are repeated to longer ones.
 */
public final class RowLoops {

  /** No operation that has such a loop. */
  public static final int NONE = -1;

  /** a + row. */
  public static final int ADD = 0;

  /** a - row. */
  public static final int SUB = 1;

  /** row - a. */
  public static final int SUB_FROM = 2;

  /** a * row. */
  public static final int MUL = 3;

  /** a / row. */
  public static final int DIV = 4;

  /** row / a. */
  public static final int DIV_INTO = 5;

  /** The larger of both; NaN if one is NaN. */
  public static final int MAX = 6;

  /** The smaller of both; NaN if one is NaN. */
  public static final int MIN = 7;

  /** Elements of a row that is long enough for a loop of its own. */
  private static final int LONG_ROW = 256;

  /** A row is a whole number of strips if this divides it, however long vectors are. */
  private static final int STRIPS = 64;

  private RowLoops() {}

  /** How many times a row of n elements is best repeated to a longer one. */
  public static int repeats(int n) {
    return VectorApi.IS_USED && n % STRIPS == 0 ? 1 : Math.max(1, LONG_ROW / n);
  }

  /**
   * Computes all rows.
   *
   * @return whether it did: there are vectors, and the rows suit them
   */
  public static boolean run(
      int operation, float[] a, int ao, float[] row, int ro, float[] y, int yo, int rows, int n) {
    if (!isShort(n) || !suits(n, FloatRowTile.COLUMNS, a == y)) {
      return false;
    }
    FloatRowTile.run(operation, a, ao, row, ro, y, yo, rows, n);
    return true;
  }

  /**
   * Computes all rows.
   *
   * @return whether it did: there are vectors, and the rows suit them
   */
  public static boolean run(
      int operation,
      double[] a,
      int ao,
      double[] row,
      int ro,
      double[] y,
      int yo,
      int rows,
      int n) {
    if (!isShort(n) || !suits(n, DoubleRowTile.COLUMNS, a == y)) {
      return false;
    }
    DoubleRowTile.run(operation, a, ao, row, ro, y, yo, rows, n);
    return true;
  }

  /** Asked first: the tiles' classes are there with the Vector API only. */
  private static boolean isShort(int n) {
    return VectorApi.IS_USED && n >= VectorApi.FEW && n <= LONG_ROW;
  }

  private static boolean suits(int n, int columns, boolean inPlace) {
    return n >= columns && (n % columns == 0 || !inPlace);
  }
}
