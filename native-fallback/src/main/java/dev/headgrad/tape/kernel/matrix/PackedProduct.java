package dev.headgrad.tape.kernel.matrix;

import dev.headgrad.tape.kernel.Workers;
import java.util.ArrayList;
import java.util.List;

/**
 * A matrix product whose right factor is copied once, all of it, while rows of the left one come in
 * their time: each step of a sequence brings some.
 */
public final class PackedProduct implements AutoCloseable {

  /** Least number of elements of b that is worth a hand-over to another thread. */
  private static final int GRAIN = 1 << 14;

  private record Block(Product.Right right, int p, int depth, int j, int cols) {}

  private final Product product;
  private final int blockRows;
  private final List<Block> blocks = new ArrayList<>();

  /**
   * Copies b.
   *
   * @param product the product; the number of its rows does not matter
   * @param rows of a that are multiplied at a time
   */
  public PackedProduct(Product product, int rows) {
    this.product = product;
    this.blockRows = Product.blockRows(rows);
    if (product.k == 0) {
      return;
    }
    int depth = product.blockDepth();
    int blockCols = product.blockCols(product.n);
    for (int p = 0; p < product.k; p += depth) {
      for (int j = 0; j < product.n; j += blockCols) {
        Product.Right right =
            product.right(blockRows / Product.TILE.rows, blockCols / product.stripCols, depth);
        int cols = Math.min(blockCols, product.n - j);
        Block block = new Block(right, p, Math.min(depth, product.k - p), j, cols);
        blocks.add(block);
        Workers.parallelFor(
            block.depth,
            Math.max(1, GRAIN / cols),
            (from, to) -> right.copy(block.p, from, to, block.j, 0, cols));
      }
    }
  }

  /**
   * Adds the product of some rows. Threads may do so for different ones at the same time.
   *
   * @param from the first of these rows of a
   * @param to the row of the result that belongs to it
   * @param count how many
   */
  public void addRows(int from, int to, int count) {
    for (Block block : blocks) {
      try (Product.Left left = block.right.left()) {
        for (int i = 0; i < count; i += blockRows) {
          int rows = Math.min(blockRows, count - i);
          left.copy(from + i, rows, block.p, block.depth);
          product.multiply(left, to + i, rows, block.j, block.cols, block.depth, true);
        }
      }
    }
  }

  @Override
  public void close() {
    for (Block block : blocks) {
      block.right.close();
    }
  }
}
