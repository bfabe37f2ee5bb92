package dev.headgrad.tape.kernel.matrix;

import dev.headgrad.tape.kernel.CompiledAlone;
import dev.headgrad.tape.kernel.Species;
import dev.headgrad.tape.kernel.Vectors;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The size of tiles on the Vector API, 6 rows by 2 vectors, and 4 rows for what is left of a number
 * of rows; and how tiles are added to a result.
 *
 * <p>The 12 sums, 2 vectors of b and an element of a need 15 of the 16 registers of AVX2. Left to
 * itself the compiler loads elements of a early, and spills sums to memory for them, at half the
 * speed. A fence between loads is no instruction on x86 and orders nothing that a single thread
 * could see, but the compiler moves no load across it: so each element is loaded where it is used.
 *
 * <p>One loop variable indexes both factors in a form that lets the compiler take all index checks
 * out of the loop. Two terms are added in a turn, which leaves 49 instructions for 24
 * multiply-adds: few enough that a processor that shares its core is not held up by counting.
 *
 * <p>A tile is stored, and added elsewhere: C2 puts calls off once it has made 18,000 nodes of a
 * method, and then may not know a vector's class any more. Loop and stores take some 17,000.
 */
public final class VectorTile extends CompiledAlone {

  private static final VectorSpecies<Float> F = Species.FLOATS;
  private static final VectorSpecies<Double> D = Species.DOUBLES;

  private static final int FLOAT_COLS = 2 * F.length();
  private static final int DOUBLE_COLS = 2 * D.length();

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

  /**
   * Adds a tile to the result.
   *
   * @param rows its rows
   * @param tile its elements, row by row
   * @param c the result
   * @param co index of the first element
   * @param row distance of the result's rows
   */
  public static void add(int rows, float[] tile, float[] c, int co, int row) {
    int lanes = F.length();
    if (rows == SHAPE.rows) {
      // written out, for short products add often
      FloatVector x = FloatVector.fromArray(F, tile, 0);
      FloatVector y = FloatVector.fromArray(F, tile, lanes);
      Vectors.add(x, y, c, co);
      x = FloatVector.fromArray(F, tile, FLOAT_COLS);
      y = FloatVector.fromArray(F, tile, FLOAT_COLS + lanes);
      Vectors.add(x, y, c, co + row);
      x = FloatVector.fromArray(F, tile, 2 * FLOAT_COLS);
      y = FloatVector.fromArray(F, tile, 2 * FLOAT_COLS + lanes);
      Vectors.add(x, y, c, co + 2 * row);
      x = FloatVector.fromArray(F, tile, 3 * FLOAT_COLS);
      y = FloatVector.fromArray(F, tile, 3 * FLOAT_COLS + lanes);
      Vectors.add(x, y, c, co + 3 * row);
      x = FloatVector.fromArray(F, tile, 4 * FLOAT_COLS);
      y = FloatVector.fromArray(F, tile, 4 * FLOAT_COLS + lanes);
      Vectors.add(x, y, c, co + 4 * row);
      x = FloatVector.fromArray(F, tile, 5 * FLOAT_COLS);
      y = FloatVector.fromArray(F, tile, 5 * FLOAT_COLS + lanes);
      Vectors.add(x, y, c, co + 5 * row);
      return;
    }
    for (int r = 0; r < rows; r++) {
      int from = r * FLOAT_COLS;
      FloatVector x = FloatVector.fromArray(F, tile, from);
      FloatVector y = FloatVector.fromArray(F, tile, from + lanes);
      Vectors.add(x, y, c, co + r * row);
    }
  }

  /** {@link #add(int, float[], float[], int, int)}, of doubles. */
  static void add(int rows, double[] tile, double[] c, int co, int row) {
    int lanes = D.length();
    for (int r = 0; r < rows; r++) {
      int from = r * DOUBLE_COLS;
      int to = co + r * row;
      DoubleVector.fromArray(D, c, to).add(DoubleVector.fromArray(D, tile, from)).intoArray(c, to);
      DoubleVector.fromArray(D, c, to + lanes)
          .add(DoubleVector.fromArray(D, tile, from + lanes))
          .intoArray(c, to + lanes);
    }
  }
}
