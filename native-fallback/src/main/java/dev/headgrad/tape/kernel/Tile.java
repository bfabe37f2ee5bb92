package dev.headgrad.tape.kernel;

/**
 * The innermost part of a matrix product: a small tile of the result, over a stretch of the common
 * dimension.
 */
abstract class Tile {

  /** The tiles of this JVM. */
  static final Tile BEST = Simd.VECTOR_API ? OnVectorApi.tile() : new PlainTile();

  /** Rows of a tile. */
  final int rows;

  /** Columns of a tile of floats. */
  final int floatCols;

  /** Columns of a tile of doubles. */
  final int doubleCols;

  /** The depth at which {@code floatCols} columns of b fit the first-level cache. */
  final int depth;

  Tile(int rows, int floatCols, int doubleCols, int depth) {
    this.rows = rows;
    this.floatCols = floatCols;
    this.doubleCols = doubleCols;
    this.depth = depth;
  }

  /**
   * Multiplies {@link #rows} rows of a, stored column by column, with the columns of b, stored row
   * by row and {@link #floatCols} wide. Of the result, columns beyond {@code cols} may receive
   * arbitrary values, as far as the tile reaches.
   */
  abstract void multiply(
      int cols,
      int depth,
      float[] a,
      int ao,
      float[] b,
      int bo,
      float[] c,
      int co,
      int cRow,
      boolean add);

  /** The same for doubles, with b {@link #doubleCols} wide. */
  abstract void multiply(
      int cols,
      int depth,
      double[] a,
      int ao,
      double[] b,
      int bo,
      double[] c,
      int co,
      int cRow,
      boolean add);

  /** Copies {@code depth} rows of {@link #floatCols} elements, which are {@code distance} apart. */
  abstract void copyRows(float[] x, int xo, int distance, int depth, float[] out, int off);

  /**
   * Copies {@code depth} rows of {@link #doubleCols} elements, which are {@code distance} apart.
   */
  abstract void copyRows(double[] x, int xo, int distance, int depth, double[] out, int off);

  /** Keeps the verifier from loading the vector classes along with this one. */
  private static final class OnVectorApi {
    static Tile tile() {
      return new VectorTile();
    }
  }
}
