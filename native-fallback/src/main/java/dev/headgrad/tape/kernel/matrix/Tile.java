package dev.headgrad.tape.kernel.matrix;

/**
 * The size of the innermost part of a matrix product, a small tile of the result over a stretch of
 * the common dimension, and of the blocks around it.
 */
public final class Tile {

  /** Rows of a tile. */
  public final int rows;

  /** Columns of a tile of floats. */
  public final int floatCols;

  /** Columns of a tile of doubles. */
  final int doubleCols;

  /** The depth at which the columns of b that a tile takes fit the cache they are meant for. */
  public final int depth;

  /** The depths of all blocks but the last are multiples of this. */
  final int terms;

  /** Strips of b, each as wide as a tile, that are copied at once. */
  final int strips;

  Tile(int rows, int floatCols, int doubleCols, int depth, int terms, int strips) {
    this.rows = rows;
    this.floatCols = floatCols;
    this.doubleCols = doubleCols;
    this.depth = depth;
    this.terms = terms;
    this.strips = strips;
  }

  /** How many terms a depth lacks to be a multiple of {@link #terms}. */
  public int missing(int depth) {
    return Product.ceil(depth, terms) * terms - depth;
  }
}
