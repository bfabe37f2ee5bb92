package dev.headgrad.tape.kernel.convolution;

import dev.headgrad.tape.kernel.Species;
import dev.headgrad.tape.kernel.Vectors;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The innermost loops of {@link Winograd}, on the Vector API.
 *
 * <p>Channels are taken in strips of {@link #STRIP}, side by side, so that one vector does the same
 * for many of them. A <em>cell</em> is a strip of one pixel. The 16 numbers that make up a
 * transformed tile are called its points. Those of an output lie in strips, for each point, and in
 * a strip one tile after the other; those of an input lie so too, or as rows of channels, one for
 * each tile.
 */
final class WinogradTile {

  private static final VectorSpecies<Float> F = Species.FLOATS;
  private static final int LANES = F.length();

  /** Channels of a strip: two vectors. */
  static final int STRIP = 2 * LANES;

  /** Points of a tile. */
  static final int POINTS = 16;

  /** Most rows of a product; the least is one less. */
  static final int ROWS = 5;

  // B^T: a line of points is a line of cells and another one times a sign
  private static final int[] LINE = {0, 1, 2, 1};
  private static final int[] OTHER = {2, 2, 1, 3};
  private static final int[] SIGN = {-1, 1, -1, -1};

  private WinogradTile() {}

  /**
   * The input's transform, B<sup>T</sup> d B, of one line of tiles and one strip of channels.
   *
   * @param x cells: four lines of two more than two for each tile
   * @param xo index of the first cell
   * @param line distance of the lines
   * @param v receives the points
   * @param vo index of the first point
   * @param point distance of the points
   * @param tile distance of the tiles
   */
  static void inputs(
      int tiles, float[] x, int xo, int line, float[] v, int vo, int point, int tile) {
    for (int c = 0; c < STRIP; c += LANES) {
      for (int i = 0; i < LINE.length; i++) {
        int one = xo + c + LINE[i] * line;
        int other = xo + c + OTHER[i] * line;
        int to = vo + c + 4 * i * point;
        WinogradTransform.inputs(tiles, x, one, other, SIGN[i], v, to, point, tile);
      }
    }
  }

  /**
   * The output's transform, A<sup>T</sup> m A, of one line of tiles and one strip of channels.
   *
   * @param m the points
   * @param mo index of the first point
   * @param point distance of the points
   * @param bias what is added to each channel
   * @param bo index of the first one
   * @param y receives cells: two lines of two for each tile
   * @param yo index of the first cell
   * @param line distance of the lines
   */
  static void outputs(
      int tiles, float[] m, int mo, int point, float[] bias, int bo, float[] y, int yo, int line) {
    for (int c = 0; c < STRIP; c += LANES) {
      WinogradTransform.outputs(tiles, m, mo + c, point, bias, bo + c, y, yo + c, line);
    }
  }

  /**
   * The transform of the output's gradient, A g A<sup>T</sup>, of one line of tiles and one vector
   * of channels.
   *
   * @param g cells: two lines of two for each tile
   * @param go index of the first cell
   * @param line distance of the lines
   * @param m receives the points
   * @param mo index of the first point
   * @param point distance of the points
   * @param tile distance of the tiles
   */
  static void heads(
      int tiles, float[] g, int go, int line, float[] m, int mo, int point, int tile) {
    for (int c = 0; c < STRIP; c += LANES) {
      WinogradTransform.heads(tiles, g, go + c, line, m, mo + c, point, tile);
    }
  }

  /**
   * Adds up, over tiles, the products of one point of a few maps with one strip of channels.
   *
   * @param rows number of maps, {@link #ROWS} or one less
   * @param tiles number of tiles
   * @param a the maps' transformed gradients, consecutive
   * @param tile distance of a's tiles
   * @param b the channels, in a strip
   * @param c the sums are added to it
   * @param cRow distance of c's maps
   */
  static void multiplyTransposed(
      int rows,
      int tiles,
      float[] a,
      int ao,
      int tile,
      float[] b,
      int bo,
      float[] c,
      int co,
      int cRow) {
    if (rows == ROWS) {
      fiveMaps(tiles, a, ao, tile, b, bo, c, co, cRow);
    } else {
      fourMaps(tiles, a, ao, tile, b, bo, c, co, cRow);
    }
  }

  private static void fiveMaps(
      int tiles, float[] a, int ao, int tile, float[] b, int bo, float[] c, int co, int cRow) {
    FloatVector c00 = FloatVector.zero(F);
    FloatVector c01 = FloatVector.zero(F);
    FloatVector c10 = FloatVector.zero(F);
    FloatVector c11 = FloatVector.zero(F);
    FloatVector c20 = FloatVector.zero(F);
    FloatVector c21 = FloatVector.zero(F);
    FloatVector c30 = FloatVector.zero(F);
    FloatVector c31 = FloatVector.zero(F);
    FloatVector c40 = FloatVector.zero(F);
    FloatVector c41 = FloatVector.zero(F);
    int i = ao;
    for (int t = 0; t < tiles; t++) {
      int j = bo + t * STRIP;
      FloatVector b0 = FloatVector.fromArray(F, b, j);
      FloatVector b1 = FloatVector.fromArray(F, b, j + LANES);
      FloatVector v = FloatVector.broadcast(F, a[i]);
      c00 = Vectors.fma(v, b0, c00);
      c01 = Vectors.fma(v, b1, c01);
      v = FloatVector.broadcast(F, a[i + 1]);
      c10 = Vectors.fma(v, b0, c10);
      c11 = Vectors.fma(v, b1, c11);
      v = FloatVector.broadcast(F, a[i + 2]);
      c20 = Vectors.fma(v, b0, c20);
      c21 = Vectors.fma(v, b1, c21);
      v = FloatVector.broadcast(F, a[i + 3]);
      c30 = Vectors.fma(v, b0, c30);
      c31 = Vectors.fma(v, b1, c31);
      v = FloatVector.broadcast(F, a[i + 4]);
      c40 = Vectors.fma(v, b0, c40);
      c41 = Vectors.fma(v, b1, c41);
      i += tile;
    }
    Vectors.add(c00, c01, c, co);
    Vectors.add(c10, c11, c, co + cRow);
    Vectors.add(c20, c21, c, co + 2 * cRow);
    Vectors.add(c30, c31, c, co + 3 * cRow);
    Vectors.add(c40, c41, c, co + 4 * cRow);
  }

  private static void fourMaps(
      int tiles, float[] a, int ao, int tile, float[] b, int bo, float[] c, int co, int cRow) {
    FloatVector c00 = FloatVector.zero(F);
    FloatVector c01 = FloatVector.zero(F);
    FloatVector c10 = FloatVector.zero(F);
    FloatVector c11 = FloatVector.zero(F);
    FloatVector c20 = FloatVector.zero(F);
    FloatVector c21 = FloatVector.zero(F);
    FloatVector c30 = FloatVector.zero(F);
    FloatVector c31 = FloatVector.zero(F);
    int i = ao;
    for (int t = 0; t < tiles; t++) {
      int j = bo + t * STRIP;
      FloatVector b0 = FloatVector.fromArray(F, b, j);
      FloatVector b1 = FloatVector.fromArray(F, b, j + LANES);
      FloatVector v = FloatVector.broadcast(F, a[i]);
      c00 = Vectors.fma(v, b0, c00);
      c01 = Vectors.fma(v, b1, c01);
      v = FloatVector.broadcast(F, a[i + 1]);
      c10 = Vectors.fma(v, b0, c10);
      c11 = Vectors.fma(v, b1, c11);
      v = FloatVector.broadcast(F, a[i + 2]);
      c20 = Vectors.fma(v, b0, c20);
      c21 = Vectors.fma(v, b1, c21);
      v = FloatVector.broadcast(F, a[i + 3]);
      c30 = Vectors.fma(v, b0, c30);
      c31 = Vectors.fma(v, b1, c31);
      i += tile;
    }
    Vectors.add(c00, c01, c, co);
    Vectors.add(c10, c11, c, co + cRow);
    Vectors.add(c20, c21, c, co + 2 * cRow);
    Vectors.add(c30, c31, c, co + 3 * cRow);
  }
}
