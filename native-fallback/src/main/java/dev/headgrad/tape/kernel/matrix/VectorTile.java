package dev.headgrad.tape.kernel.matrix;

import dev.headgrad.tape.kernel.Species;

/**
 * The size of tiles on the Vector API: 6 rows by 2 vectors, and 4 rows for what is left of a number
 * of rows.
 *
 * <p>The 12 sums, 2 vectors of b and an element of a need 15 of the 16 registers of AVX2. Left to
 * itself the compiler loads elements of a early, and spills sums to memory for them, at half the
 * speed. A fence between loads is no instruction on x86 and orders nothing that a single thread
 * could see, but the compiler moves no load across it: so each element is loaded where it is used.
 *
 * <p>One loop variable indexes both factors in a form that lets the compiler take all index checks
 * out of the loop. Two terms are added in a turn, which leaves 49 instructions for 24
 * multiply-adds: few enough that a processor that shares its core is not held up by counting.
 */
public final class VectorTile {

  private static final int FLOAT_COLS = 2 * Species.FLOATS.length();
  private static final int DOUBLE_COLS = 2 * Species.DOUBLES.length();

  /** As much of b as a first-level cache holds. */
  private static final int STRIP_BYTES = 1 << 15;

  /** As many strips as the second- or third-level cache holds. */
  private static final int STRIPS = 48;

  /** Rows of the lower tile. */
  static final int LOW = 4;

  /** Terms of a sum that are added in one turn of the loop. */
  static final int TERMS = 2;

  /** The size of tiles. */
  public static final Tile SHAPE =
      new Tile(6, FLOAT_COLS, DOUBLE_COLS, STRIP_BYTES / (4 * FLOAT_COLS), TERMS, STRIPS);

  /**
   * How far the rows of a are apart: what is constant needs no instructions. A cache line more than
   * the depth keeps them out of each other's way in the cache.
   */
  public static final int DISTANCE = SHAPE.depth + 16;

  private VectorTile() {}

  /** Whether there are tiles of just so many rows. */
  static boolean fits(int rows) {
    return rows == LOW || rows == SHAPE.rows;
  }
}
