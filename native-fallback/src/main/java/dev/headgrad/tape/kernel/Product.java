package dev.headgrad.tape.kernel;

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
  static final Tile TILE = Simd.VECTOR_API ? VectorTile.SHAPE : PlainTile.SHAPE;

  /** Least number of multiplications worth a hand-over to another thread. */
  private static final long GRAIN = 1 << 17;

  /**
   * From this number of multiplications on, there are more parts than threads, so that no thread
   * waits for a slow one.
   */
  private static final long LARGE = 1 << 23;

  /** Rows of a that are copied at once. */
  private static final int BLOCK_ROWS = 64;

  /** The size of the result, and the common dimension. */
  final int m;

  final int n;
  final int k;

  private final int stripCols;
  private final boolean accumulate;

  Product(int m, int n, int k, int stripCols, boolean accumulate) {
    this.m = m;
    this.n = n;
    this.k = k;
    this.stripCols = stripCols;
    this.accumulate = accumulate;
  }

  /** Scratch memory of one thread, and what is done with elements. */
  abstract static class Scratch implements AutoCloseable {
    /** Copies a block of a: the rows i to i + rows, and the columns p to p + depth. */
    abstract void copyLeft(int i, int rows, int p, int depth);

    /** Copies a block of b: the rows p to p + depth, and the columns j to j + cols. */
    abstract void copyRight(int p, int depth, int j, int cols);

    /**
     * Computes a tile of the result.
     *
     * @param i its first row
     * @param rows its rows
     * @param left the number of a's strip in the block
     * @param j its first column
     * @param cols its columns
     * @param right the number of b's strip in the block
     * @param depth the stretch of the common dimension
     * @param add whether to add to the result
     */
    abstract void tile(
        int i, int rows, int left, int j, int cols, int right, int depth, boolean add);

    @Override
    public abstract void close();
  }

  /** Scratch memory for so many strips of a and b. */
  abstract Scratch scratch(int left, int right, int depth);

  /** The same product, over the common dimension from p0 to p1 only, into an own array. */
  abstract Product partial(int p0, int p1);

  /** Sets the result to the sum of partial products, or adds them to it, in order. */
  abstract void sum(Product[] partials, boolean add);

  final void run() {
    long work = (long) m * n * k;
    int threads = Workers.threads();
    int parts = (int) Math.min(work / GRAIN, work >= LARGE ? 2L * threads : threads);
    int rowTiles = ceil(m, TILE.rows);
    int strips = ceil(n, stripCols);
    if (parts <= 1) {
      compute(0, m, 0, n);
    } else if ((long) rowTiles * strips < 2L * parts) {
      splitDepth(Math.min(parts, threads));
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

  /** Computes the rectangle of rows i0 to i1 and columns j0 to j1 on this thread. */
  private void compute(int i0, int i1, int j0, int j1) {
    if (i0 == i1 || j0 == j1) {
      return;
    }
    int depth = ceil(ceil(k, ceil(k, TILE.depth)), TILE.terms) * TILE.terms;
    int blockCols = Math.min(ceil(j1 - j0, stripCols), TILE.strips) * stripCols;
    int blockRows = Math.min(ceil(i1 - i0, TILE.rows) * TILE.rows, BLOCK_ROWS);
    try (Scratch scratch = scratch(blockRows / TILE.rows, blockCols / stripCols, depth)) {
      for (int p = 0; p < k; p += depth) {
        int d = Math.min(depth, k - p);
        boolean add = accumulate || p > 0;
        for (int j = j0; j < j1; j += blockCols) {
          int cols = Math.min(blockCols, j1 - j);
          scratch.copyRight(p, d, j, cols);
          for (int i = i0; i < i1; i += blockRows) {
            int rows = Math.min(blockRows, i1 - i);
            scratch.copyLeft(i, rows, p, d);
            block(scratch, i, rows, j, cols, d, add);
          }
        }
      }
    }
  }

  private void block(Scratch scratch, int i, int rows, int j, int cols, int depth, boolean add) {
    for (int s = 0, right = 0; s < cols; s += stripCols, right++) {
      int width = Math.min(stripCols, cols - s);
      for (int r = 0, left = 0; r < rows; r += TILE.rows, left++) {
        int height = Math.min(TILE.rows, rows - r);
        scratch.tile(i + r, height, left, j + s, width, right, depth, add);
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
