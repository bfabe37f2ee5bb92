package dev.headgrad.tape.kernel.norm;

import dev.headgrad.tape.kernel.Workers;
import dev.headgrad.tape.kernel.function.Folds;
import java.util.Arrays;

/**
 * Normalization of the columns of a matrix (rows, n), by the formulas of {@link NormLoops}. Columns
 * do not depend on each other: each thread takes some of them through all passes.
 */
public final class NormColumns {

  private static final NormTile TILE = NormTile.BEST;

  /** Rows that are summed in single precision. */
  private static final int BLOCK = 64;

  /** Floats of a cache line. */
  private static final int LINE = 16;

  /** Least number of elements that is worth a hand-over to another thread. */
  private static final int GRAIN = 1 << 15;

  private final int rows;
  private final int n;
  private final float[] x;
  private final int xo;

  /**
   * A matrix, row-major.
   *
   * @param xo index of its first element
   */
  public NormColumns(int rows, int n, float[] x, int xo) {
    this.rows = rows;
    this.n = n;
    this.x = x;
    this.xo = xo;
  }

  /** A part of the passes over some columns. */
  private interface Columns {
    void run(int from, int to);
  }

  /** As many parts as threads: the longer the pieces of rows, the better they are fetched. */
  private void parallel(Columns task) {
    int lines = (n + LINE - 1) / LINE;
    int share = Math.max(1, lines / Workers.threads());
    Workers.parallelFor(
        lines,
        Math.max(share, (int) (GRAIN / Math.max(1, (long) rows * LINE))),
        (from, to) -> task.run(from * LINE, Math.min(n, to * LINE)));
  }

  /**
   * {@code y = (x - mean) inverse gamma + beta}.
   *
   * @param gamma of each column, from index 0 on, like all parameters
   * @param y receives the result
   * @param mean receives the means
   * @param inverse receives the inverse standard deviations
   */
  public void normalize(
      float[] gamma, float[] beta, double eps, float[] y, float[] mean, float[] inverse) {
    float[] sums = new float[n];
    float[] scale = new float[n];
    double[] total = new double[n];
    parallel(
        (from, to) -> {
          for (int r = 0; r < rows; r += BLOCK) {
            int high = Math.min(BLOCK, rows - r);
            Folds.KERNELS.addRows(x, xo + r * n + from, high, to - from, n, sums, from);
            flush(sums, total, from, to);
          }
          for (int j = from; j < to; j++) {
            mean[j] = (float) (total[j] / rows);
            total[j] = 0;
          }
          for (int r = 0; r < rows; r += BLOCK) {
            int high = Math.min(BLOCK, rows - r);
            TILE.columnSquares(x, xo + r * n, n, high, from, to, mean, sums);
            flush(sums, total, from, to);
          }
          for (int j = from; j < to; j++) {
            inverse[j] = (float) (1 / Math.sqrt(total[j] / rows + eps));
            scale[j] = inverse[j] * gamma[j];
          }
          TILE.scaleColumns(x, xo, y, 0, n, rows, from, to, mean, scale, beta);
        });
  }

  /** {@code y = (x - mean) scale + shift}, with numbers for each column that are known. */
  public void scale(float[] mean, float[] scale, float[] shift, float[] y) {
    Workers.parallelFor(
        rows,
        Math.max(1, GRAIN / n),
        (from, to) ->
            TILE.scaleColumns(
                x, xo + from * n, y, from * n, n, to - from, 0, n, mean, scale, shift));
  }

  /**
   * The gradient of {@link #normalize}.
   *
   * @param g that of y
   * @param go index of its first element
   * @param dx receives that of x
   * @param dGamma receives that of gamma
   * @param dBeta receives that of beta
   */
  public void gradients(
      float[] g,
      int go,
      float[] gamma,
      float[] mean,
      float[] inverse,
      float[] dx,
      float[] dGamma,
      float[] dBeta) {
    float[] sums = new float[n];
    float[] products = new float[n];
    double[] totalG = new double[n];
    double[] totalGx = new double[n];
    float[] scale = new float[n];
    parallel(
        (from, to) -> {
          for (int r = 0; r < rows; r += BLOCK) {
            int high = Math.min(BLOCK, rows - r);
            TILE.columnProducts(
                g, go + r * n, x, xo + r * n, n, high, from, to, mean, sums, products);
            flush(sums, totalG, from, to);
            flush(products, totalGx, from, to);
          }
          for (int j = from; j < to; j++) {
            double s = inverse[j];
            dGamma[j] = (float) (totalGx[j] * s);
            dBeta[j] = (float) totalG[j];
            scale[j] = inverse[j] * gamma[j];
            products[j] = (float) (-scale[j] * totalGx[j] * s * s / rows);
            sums[j] = (float) (-scale[j] * totalG[j] / rows);
          }
          TILE.combineColumns(g, go, x, xo, dx, n, rows, from, to, mean, scale, products, sums);
        });
  }

  /** Adds the sums of a block to those in double precision, and clears them. */
  private static void flush(float[] sums, double[] total, int from, int to) {
    for (int j = from; j < to; j++) {
      total[j] += sums[j];
    }
    Arrays.fill(sums, from, to, 0);
  }
}
