package dev.headgrad.tape.kernel;

/**
 * The innermost part of a matrix product: a small tile of the result, over a stretch of the common
 * dimension.
 */
abstract class Tile {

  /** The tiles of this JVM. */
  static final Tile BEST = Simd.VECTOR_API ? OnVectorApi.tile() : new PlainTile();

  /** Most rows of a tile. */
  final int rows;

  /** A tile of fewer rows writes that many rows all the same. */
  final int leastRows;

  /** Columns of a tile of floats. */
  final int floatCols;

  /** Columns of a tile of doubles. */
  final int doubleCols;

  /** The depth at which {@code floatCols} columns of b fit the first-level cache. */
  final int depth;

  Tile(int rows, int leastRows, int floatCols, int doubleCols, int depth) {
    this.rows = rows;
    this.leastRows = leastRows;
    this.floatCols = floatCols;
    this.doubleCols = doubleCols;
    this.depth = depth;
  }

  /**
   * Multiplies {@code rows} rows of {@code depth} contiguous elements of a with {@code depth} rows
   * of b, which are {@link #floatCols} apart. Of the result, the rows beyond {@link #rows} and the
   * columns beyond {@code cols} may receive arbitrary values, as far as the tile reaches.
   */
  abstract void multiply(
      int rows,
      int cols,
      int depth,
      float[] a,
      int ao,
      int aRow,
      float[] b,
      int bo,
      float[] c,
      int co,
      int cRow,
      boolean add);

  /** The same for doubles, with rows of b that are {@link #doubleCols} apart. */
  abstract void multiply(
      int rows,
      int cols,
      int depth,
      double[] a,
      int ao,
      int aRow,
      double[] b,
      int bo,
      double[] c,
      int co,
      int cRow,
      boolean add);

  /** Keeps the verifier from loading the vector classes along with this one. */
  private static final class OnVectorApi {
    static Tile tile() {
      return new VectorTile();
    }
  }
}
