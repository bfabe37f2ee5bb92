package dev.headgrad.tape.kernel.convolution;

import dev.headgrad.tape.kernel.VectorApi;
import org.jspecify.annotations.Nullable;

/**
 * The innermost part of a convolution: a few filters over many windows.
 *
 * <p>The matrix of windows is never made. Its row p is where {@code taps[p]} points: an image that
 * is {@link Planes laid out} so that consecutive windows read consecutive elements of it.
 */
public abstract class TapTile {

  /** The tiles of this JVM. */
  public static final TapTile BEST = VectorApi.IS_USED ? OnVectorApi.tile() : new PlainTapTile();

  /** Most taps of {@link #correlate}. */
  static final int DEPTH = 256;

  /** Most rows of {@link #correlate}. */
  final int rows;

  /** How many columns {@link #correlate} may read and write beyond those asked for. */
  public final int overhang;

  /** Most columns that {@link #correlate} takes at its best. */
  final int cols;

  /** Most rows of {@link #dots}. */
  final int dotRows;

  TapTile(int rows, int overhang, int cols, int dotRows) {
    this.rows = rows;
    this.overhang = overhang;
    this.cols = cols;
    this.dotRows = dotRows;
  }

  /**
   * Correlates: c[i, j] = init[i] + &Sigma;<sub>p</sub> a[i, p] b[j + taps[p]] for so many rows i
   * and columns j.
   *
   * @param rows number of rows, at most {@link #rows}
   * @param cols number of columns
   * @param depth number of taps, at most {@link #DEPTH}
   * @param a the filters, each contiguous
   * @param ao index of a[0, 0]
   * @param aRow distance of a's rows
   * @param b what the taps read
   * @param bo index of what a tap at 0 reads for column 0
   * @param taps where the taps are
   * @param to index of the first tap
   * @param init what the sums start from; null where they start from what stands in c
   * @param io index of init[0]
   * @param c the result
   * @param co index of c[0, 0]
   * @param cRow distance of c's rows
   */
  abstract void correlate(
      int rows,
      int cols,
      int depth,
      float[] a,
      int ao,
      int aRow,
      float[] b,
      int bo,
      int[] taps,
      int to,
      float @Nullable [] init,
      int io,
      float[] c,
      int co,
      int cRow);

  /**
   * Adds inner products: c[i, p] = c[i, p] + &Sigma;<sub>s, j</sub> g[i, s, j] x[s, j + taps[p]]
   * for so many rows i and taps p.
   *
   * @param rows number of rows, at most {@link #dotRows}
   * @param segments number of segments s
   * @param length number of columns j of a segment, a multiple of 16
   * @param g the left factors
   * @param go index of g[0, 0, 0]
   * @param gRow distance of g's rows
   * @param gStep distance of g's segments
   * @param x what the taps read
   * @param xo index of what a tap at 0 reads first
   * @param xStep distance of x's segments
   * @param taps where the taps are
   * @param depth number of taps
   * @param c is added to
   * @param co index of c[0, 0]
   * @param cRow distance of c's rows
   */
  abstract void dots(
      int rows,
      int segments,
      int length,
      float[] g,
      int go,
      int gRow,
      int gStep,
      float[] x,
      int xo,
      int xStep,
      int[] taps,
      int depth,
      float[] c,
      int co,
      int cRow);

  /**
   * The largest element of every window: c[j] = max<sub>p</sub> b[j + taps[p]], and which tap reads
   * it, the first of ties, and NaN before all.
   *
   * @param cols number of windows
   * @param b what the taps read
   * @param bo index of what a tap at 0 reads for window 0
   * @param taps where the taps are
   * @param c receives the largest elements, from index 0 on
   * @param which receives the numbers of the taps, from index 0 on
   */
  public abstract void max(int cols, float[] b, int bo, int[] taps, float[] c, float[] which);

  /** Keeps the verifier from loading the vector classes along with this one. */
  private static final class OnVectorApi {
    static TapTile tile() {
      return new VectorTapTile();
    }
  }
}
