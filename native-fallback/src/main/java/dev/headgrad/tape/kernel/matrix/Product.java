package dev.headgrad.tape.kernel.matrix;

import dev.headgrad.tape.kernel.VectorApi;
import dev.headgrad.tape.kernel.Workers;
import dev.headgrad.tape.kernel.Workers.RangeTask;

/**
 * How a matrix product is cut, for any element type: into parts for the threads, and within a part
 * into blocks that fit the caches.
 *
 * <p>Source: Goto and van de Geijn, "Anatomy of high-performance matrix multiplication", 2008. A
 * stretch of the common dimension is taken at a time. Of b it is copied to strips as wide as a
 * tile, which stay in the second- or third-level cache, one at a time in the first; of a it is
 * copied to strips as high as a tile, which stay in the second-level cache.
 */
abstract class Product {

  /** The tiles of this JVM. */
  static final Tile TILE = VectorApi.IS_USED ? VectorTile.SHAPE : PlainTile.SHAPE;

  /** Least number of multiplications worth a hand-over to another thread. */
  private static final long GRAIN = 1 << 17;

  /**
   * From this number of multiplications on, threads share what is copied of b, and take small parts
   * by turns, so that none waits for a slow one.
   */
  private static final long LARGE = 1 << 23;

  /** Rows of a that are copied at once: few, for the last block is one that others wait for. */
  private static final int BLOCK_ROWS = 36;

  /** The size of the result, and the common dimension. */
  final int m;

  final int n;
  final int k;

  final int stripCols;
  private final boolean accumulate;

  Product(int m, int n, int k, int stripCols, boolean accumulate) {
    this.m = m;
    this.n = n;
    this.k = k;
    this.stripCols = stripCols;
    this.accumulate = accumulate;
  }

  /** A block of b in the order in which tiles read it. */
  interface Right extends AutoCloseable {
    /** Whether columns are copied faster than rows, for they lie in one piece. */
    boolean copiesColumns();

    /**
     * Copies a part of a block. Threads may copy different ones at the same time.
     *
     * @param p the block's first row
     * @param from the first row to copy, counted from p
     * @param to the row after the last
     * @param j the block's first column
     * @param left the first column to copy, counted from j: where a strip begins
     * @param right the column after the last
     */
    void copy(int p, int from, int to, int j, int left, int right);

    /** Memory for a thread's block of a, to be multiplied with this block of b. */
    Left left();

    @Override
    void close();
  }

  /** A block of a in the order in which tiles read it. */
  interface Left extends AutoCloseable {
    /** Copies the rows i to i + rows, and the columns p to p + depth. */
    void copy(int i, int rows, int p, int depth);

    /**
     * Computes a tile of the result.
     *
     * @param i its first row
     * @param rows its rows
     * @param a the number of a's strip in the block
     * @param j its first column
     * @param cols its columns
     * @param b the number of b's strip in the block
     * @param depth the stretch of the common dimension
     * @param add whether to add to the result
     */
    void tile(int i, int rows, int a, int j, int cols, int b, int depth, boolean add);

    @Override
    void close();
  }

  /** Memory for so many strips of b, and of as many of a for each thread. */
  abstract Right right(int leftStrips, int strips, int depth);

  /** The same product, over the common dimension from p0 to p1 only, into an own array. */
  abstract Product partial(int p0, int p1);

  /** Sets the result to the sum of partial products, or adds them to it, in order. */
  abstract void sum(Product[] partials, boolean add);

  final void run() {
    long work = (long) m * n * k;
    int threads = Workers.threads();
    int parts = (int) Math.min(work / GRAIN, threads);
    int rowTiles = ceil(m, TILE.rows);
    int strips = ceil(n, stripCols);
    if (parts <= 1 || (work >= LARGE && ceil(m, BLOCK_ROWS) >= 2 * threads)) {
      compute(0, m, 0, n);
    } else if ((long) rowTiles * strips < 2L * parts) {
      splitDepth(parts);
    } else {
      split(parts, rowTiles, strips);
    }
  }

  /** Each part computes a rectangle of the result. */
  private void split(int parts, int rowTiles, int strips) {
    int best = 1;
    long least = Long.MAX_VALUE;
    for (int across = 1; across <= parts; across++) {
      if (parts % across == 0) {
        long rows = (long) ceil(rowTiles, parts / across) * TILE.rows;
        long cols = (long) ceil(strips, across) * stripCols;
        // copying an element of a or b takes as long as several multiplications
        long cost = rows * cols + 8 * (rows + cols);
        if (cost < least) {
          least = cost;
          best = across;
        }
      }
    }
    int across = best;
    int down = parts / across;
    Workers.parallelFor(
        parts,
        1,
        (from, to) -> {
          for (int part = from; part < to; part++) {
            int row = part / across;
            int col = part % across;
            compute(
                Math.min(m, cut(rowTiles, row, down) * TILE.rows),
                Math.min(m, cut(rowTiles, row + 1, down) * TILE.rows),
                Math.min(n, cut(strips, col, across) * stripCols),
                Math.min(n, cut(strips, col + 1, across) * stripCols));
          }
        });
  }

  /** Each part computes the whole of a small result, over a stretch of the common dimension. */
  private void splitDepth(int parts) {
    Product[] partials = new Product[parts];
    Workers.parallelFor(
        parts,
        1,
        (from, to) -> {
          for (int part = from; part < to; part++) {
            partials[part] = partial(cut(k, part, parts), cut(k, part + 1, parts));
            partials[part].compute(0, m, 0, n);
          }
        });
    sum(partials, accumulate);
  }

  /**
   * Computes the rectangle of rows i0 to i1 and columns j0 to j1. If it is large, and not a part
   * that one of several threads computes, threads share the blocks of b and take turns at those of
   * a.
   */
  private void compute(int i0, int i1, int j0, int j1) {
    if (i0 == i1 || j0 == j1) {
      return;
    }
    int depth = blockDepth();
    int blockCols = blockCols(j1 - j0);
    int blockRows = blockRows(i1 - i0);
    int blocks = ceil(i1 - i0, blockRows);
    boolean large = (long) m * n * k >= LARGE;
    try (Right right = right(blockRows / TILE.rows, blockCols / stripCols, depth)) {
      for (int p = 0; p < k; p += depth) {
        int p0 = p;
        int d = Math.min(depth, k - p);
        for (int j = j0; j < j1; j += blockCols) {
          int j2 = j;
          int cols = Math.min(blockCols, j1 - j);
          copy(right, p, d, j, cols, large);
          RangeTask task =
              (from, to) -> {
                try (Left left = right.left()) {
                  for (int block = from; block < to; block++) {
                    int i = i0 + block * blockRows;
                    int rows = Math.min(blockRows, i1 - i);
                    left.copy(i, rows, p0, d);
                    multiply(left, i, rows, j2, cols, d, accumulate || p0 > 0);
                  }
                }
              };
          if (large) {
            Workers.takeTurns(blocks, task);
          } else {
            Workers.parallelFor(blocks, blocks, task);
          }
        }
      }
    }
  }

  /** Copies a block of b, on all threads if it is large. */
  private void copy(Right right, int p, int depth, int j, int cols, boolean large) {
    if (large && right.copiesColumns()) {
      Workers.parallelFor(
          ceil(cols, stripCols),
          1,
          (from, to) ->
              right.copy(p, 0, depth, j, from * stripCols, Math.min(cols, to * stripCols)));
    } else {
      Workers.parallelFor(
          depth, large ? 16 : depth, (from, to) -> right.copy(p, from, to, j, 0, cols));
    }
  }

  /** The depth of a block, at most. */
  final int blockDepth() {
    return ceil(ceil(k, ceil(k, TILE.depth)), TILE.terms) * TILE.terms;
  }

  /** The columns of a block of so many, at most: as even as can be, for a narrow one is no use. */
  final int blockCols(int cols) {
    int strips = ceil(cols, stripCols);
    int blocks = Math.max(1, (strips + TILE.strips / 2) / TILE.strips);
    return ceil(strips, blocks) * stripCols;
  }

  /** The rows of a block of so many, at most. */
  static int blockRows(int rows) {
    return Math.min(ceil(rows, TILE.rows) * TILE.rows, BLOCK_ROWS);
  }

  /** Multiplies a block of a, whose rows of the result begin with row i, by one of b. */
  final void multiply(Left left, int i, int rows, int j, int cols, int depth, boolean add) {
    for (int s = 0, b = 0; s < cols; s += stripCols, b++) {
      int width = Math.min(stripCols, cols - s);
      for (int r = 0, a = 0; r < rows; r += TILE.rows, a++) {
        int height = Math.min(TILE.rows, rows - r);
        left.tile(i + r, height, a, j + s, width, b, depth, add);
      }
    }
  }

  static int ceil(int a, int b) {
    return (a + b - 1) / b;
  }

  /** The next power of two, so that few lengths of scratch memory are in use. */
  static int roundUp(int n) {
    return n <= 1 ? n : Integer.highestOneBit(n - 1) << 1;
  }

  /** Where part begins when n is cut in parts. */
  private static int cut(int n, int part, int parts) {
    return (int) ((long) n * part / parts);
  }
}
