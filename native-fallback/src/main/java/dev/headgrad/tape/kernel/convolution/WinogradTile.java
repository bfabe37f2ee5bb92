package dev.headgrad.tape.kernel.convolution;

import dev.headgrad.tape.kernel.Species;
import dev.headgrad.tape.kernel.matrix.VectorTile;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The innermost loops of {@link Winograd}, on the Vector API.
 *
 * <p>Channels are taken in strips of {@link #STRIP}, side by side, so that one vector does the same
 * for many of them. A <em>cell</em> is a strip of one pixel. The 16 numbers that make up a
 * transformed tile are called its points: for each point there are strips, and in a strip one tile
 * after the other.
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

  private static final int SHIFT = Integer.numberOfTrailingZeros(STRIP);

  private WinogradTile() {}

  private static FloatVector load(float[] x, int at) {
    return FloatVector.fromArray(F, x, at);
  }

  /**
   * The input's transform, B<sup>T</sup> d B, of one line of tiles and one strip of channels.
   *
   * @param x cells: four lines of two more than two for each tile
   * @param xo index of the first cell
   * @param line distance of the lines
   * @param v receives the points
   * @param vo index of the first point
   * @param point distance of the points
   */
  static void inputs(int tiles, float[] x, int xo, int line, float[] v, int vo, int point) {
    for (int c = 0; c < STRIP; c += LANES) {
      int x0 = xo + c;
      int x1 = x0 + line;
      int x2 = x1 + line;
      int to = vo + c;
      lineOfPoints(tiles, x, x0, x2, -1, v, to, point);
      lineOfPoints(tiles, x, x1, x2, 1, v, to + 4 * point, point);
      lineOfPoints(tiles, x, x2, x1, -1, v, to + 8 * point, point);
      lineOfPoints(tiles, x, x1, x2 + line, -1, v, to + 12 * point, point);
    }
  }

  /**
   * Four of the points, which are made of two lines of cells: of a line and another one times a
   * sign. All sixteen at once are too many for C2, which stops inlining within the loop.
   */
  private static void lineOfPoints(
      int tiles, float[] x, int xo, int other, float sign, float[] v, int vo, int point) {
    FloatVector s = FloatVector.broadcast(F, sign);
    FloatVector a = VectorTile.fma(load(x, other), s, load(x, xo));
    FloatVector b = VectorTile.fma(load(x, other + STRIP), s, load(x, xo + STRIP));
    int shift = other - xo;
    int at = xo + 2 * STRIP;
    int to = vo;
    for (int t = 0; t < tiles; t++) {
      FloatVector c = VectorTile.fma(load(x, at + shift), s, load(x, at));
      at += STRIP;
      FloatVector d = VectorTile.fma(load(x, at + shift), s, load(x, at));
      at += STRIP;
      a.sub(c).intoArray(v, to);
      b.add(c).intoArray(v, to + point);
      c.sub(b).intoArray(v, to + 2 * point);
      b.sub(d).intoArray(v, to + 3 * point);
      to += STRIP;
      a = c;
      b = d;
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
      outputsOfVector(tiles, m, mo + c, point, bias, bo + c, y, yo + c, line);
    }
  }

  private static void outputsOfVector(
      int tiles, float[] m, int mo, int point, float[] bias, int bo, float[] y, int yo, int line) {
    FloatVector b = load(bias, bo);
    int from = mo;
    int to = yo;
    for (int t = 0; t < tiles; t++) {
      int from1 = from + 4 * point;
      int from2 = from1 + 4 * point;
      int from3 = from2 + 4 * point;
      FloatVector m1 = load(m, from1);
      FloatVector m2 = load(m, from2);
      FloatVector high0 = load(m, from).add(m1).add(m2);
      FloatVector low0 = m1.sub(m2).sub(load(m, from3));
      m1 = load(m, from1 + point);
      m2 = load(m, from2 + point);
      FloatVector high1 = load(m, from + point).add(m1).add(m2);
      FloatVector low1 = m1.sub(m2).sub(load(m, from3 + point));
      m1 = load(m, from1 + 2 * point);
      m2 = load(m, from2 + 2 * point);
      FloatVector high2 = load(m, from + 2 * point).add(m1).add(m2);
      FloatVector low2 = m1.sub(m2).sub(load(m, from3 + 2 * point));
      m1 = load(m, from1 + 3 * point);
      m2 = load(m, from2 + 3 * point);
      FloatVector high3 = load(m, from + 3 * point).add(m1).add(m2);
      FloatVector low3 = m1.sub(m2).sub(load(m, from3 + 3 * point));
      high0.add(high1).add(high2).add(b).intoArray(y, to);
      low0.add(low1).add(low2).add(b).intoArray(y, to + line);
      to += STRIP;
      high1.sub(high2).sub(high3).add(b).intoArray(y, to);
      low1.sub(low2).sub(low3).add(b).intoArray(y, to + line);
      to += STRIP;
      from += STRIP;
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
      headsOfVector(tiles, g, go + c, line, m, mo + c, point, tile);
    }
  }

  private static void headsOfVector(
      int tiles, float[] g, int go, int line, float[] m, int mo, int point, int tile) {
    int from = go;
    int to = mo;
    for (int t = 0; t < tiles; t++) {
      FloatVector high = load(g, from);
      FloatVector low = load(g, from + line);
      FloatVector sum = high.add(low);
      FloatVector difference = high.sub(low);
      from += STRIP;
      FloatVector high1 = load(g, from);
      FloatVector low1 = load(g, from + line);
      FloatVector sum1 = high1.add(low1);
      FloatVector difference1 = high1.sub(low1);
      from += STRIP;
      int at = to;
      high.intoArray(m, at);
      high.add(high1).intoArray(m, at + point);
      high.sub(high1).intoArray(m, at + 2 * point);
      high1.neg().intoArray(m, at + 3 * point);
      at += 4 * point;
      sum.intoArray(m, at);
      sum.add(sum1).intoArray(m, at + point);
      sum.sub(sum1).intoArray(m, at + 2 * point);
      sum1.neg().intoArray(m, at + 3 * point);
      at += 4 * point;
      difference.intoArray(m, at);
      difference.add(difference1).intoArray(m, at + point);
      difference.sub(difference1).intoArray(m, at + 2 * point);
      difference1.neg().intoArray(m, at + 3 * point);
      at += 4 * point;
      low.neg().intoArray(m, at);
      low.add(low1).neg().intoArray(m, at + point);
      low1.sub(low).intoArray(m, at + 2 * point);
      low1.intoArray(m, at + 3 * point);
      to += tile;
    }
  }

  /**
   * Products of one point of a few tiles with one strip of filters.
   *
   * @param rows number of tiles, {@link #ROWS} or one less
   * @param depth channels of the tiles
   * @param a the tiles
   * @param strip distance of a's strips
   * @param b the filters: a strip for each channel
   * @param c receives the products, in one strip
   * @param add whether they are added to it
   */
  static void multiply(
      int rows,
      int depth,
      float[] a,
      int ao,
      int strip,
      float[] b,
      int bo,
      float[] c,
      int co,
      boolean add) {
    if (rows == ROWS) {
      fiveTiles(depth, a, ao, strip - STRIP, b, bo, c, co, add);
    } else {
      fourTiles(depth, a, ao, strip - STRIP, b, bo, c, co, add);
    }
  }

  private static void fiveTiles(
      int depth, float[] a, int ao, int skip, float[] b, int bo, float[] c, int co, boolean add) {
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
    for (int p = 0; p < depth; p++) {
      int i = ao + p + (p >> SHIFT) * skip;
      int j = bo + p * STRIP;
      FloatVector b0 = FloatVector.fromArray(F, b, j);
      FloatVector b1 = FloatVector.fromArray(F, b, j + LANES);
      FloatVector v = FloatVector.broadcast(F, a[i]);
      c00 = VectorTile.fma(v, b0, c00);
      c01 = VectorTile.fma(v, b1, c01);
      v = FloatVector.broadcast(F, a[i + STRIP]);
      c10 = VectorTile.fma(v, b0, c10);
      c11 = VectorTile.fma(v, b1, c11);
      v = FloatVector.broadcast(F, a[i + 2 * STRIP]);
      c20 = VectorTile.fma(v, b0, c20);
      c21 = VectorTile.fma(v, b1, c21);
      v = FloatVector.broadcast(F, a[i + 3 * STRIP]);
      c30 = VectorTile.fma(v, b0, c30);
      c31 = VectorTile.fma(v, b1, c31);
      v = FloatVector.broadcast(F, a[i + 4 * STRIP]);
      c40 = VectorTile.fma(v, b0, c40);
      c41 = VectorTile.fma(v, b1, c41);
    }
    VectorTile.store(c00, c01, c, co, add);
    VectorTile.store(c10, c11, c, co + STRIP, add);
    VectorTile.store(c20, c21, c, co + 2 * STRIP, add);
    VectorTile.store(c30, c31, c, co + 3 * STRIP, add);
    VectorTile.store(c40, c41, c, co + 4 * STRIP, add);
  }

  private static void fourTiles(
      int depth, float[] a, int ao, int skip, float[] b, int bo, float[] c, int co, boolean add) {
    FloatVector c00 = FloatVector.zero(F);
    FloatVector c01 = FloatVector.zero(F);
    FloatVector c10 = FloatVector.zero(F);
    FloatVector c11 = FloatVector.zero(F);
    FloatVector c20 = FloatVector.zero(F);
    FloatVector c21 = FloatVector.zero(F);
    FloatVector c30 = FloatVector.zero(F);
    FloatVector c31 = FloatVector.zero(F);
    for (int p = 0; p < depth; p++) {
      int i = ao + p + (p >> SHIFT) * skip;
      int j = bo + p * STRIP;
      FloatVector b0 = FloatVector.fromArray(F, b, j);
      FloatVector b1 = FloatVector.fromArray(F, b, j + LANES);
      FloatVector v = FloatVector.broadcast(F, a[i]);
      c00 = VectorTile.fma(v, b0, c00);
      c01 = VectorTile.fma(v, b1, c01);
      v = FloatVector.broadcast(F, a[i + STRIP]);
      c10 = VectorTile.fma(v, b0, c10);
      c11 = VectorTile.fma(v, b1, c11);
      v = FloatVector.broadcast(F, a[i + 2 * STRIP]);
      c20 = VectorTile.fma(v, b0, c20);
      c21 = VectorTile.fma(v, b1, c21);
      v = FloatVector.broadcast(F, a[i + 3 * STRIP]);
      c30 = VectorTile.fma(v, b0, c30);
      c31 = VectorTile.fma(v, b1, c31);
    }
    VectorTile.store(c00, c01, c, co, add);
    VectorTile.store(c10, c11, c, co + STRIP, add);
    VectorTile.store(c20, c21, c, co + 2 * STRIP, add);
    VectorTile.store(c30, c31, c, co + 3 * STRIP, add);
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
      c00 = VectorTile.fma(v, b0, c00);
      c01 = VectorTile.fma(v, b1, c01);
      v = FloatVector.broadcast(F, a[i + 1]);
      c10 = VectorTile.fma(v, b0, c10);
      c11 = VectorTile.fma(v, b1, c11);
      v = FloatVector.broadcast(F, a[i + 2]);
      c20 = VectorTile.fma(v, b0, c20);
      c21 = VectorTile.fma(v, b1, c21);
      v = FloatVector.broadcast(F, a[i + 3]);
      c30 = VectorTile.fma(v, b0, c30);
      c31 = VectorTile.fma(v, b1, c31);
      v = FloatVector.broadcast(F, a[i + 4]);
      c40 = VectorTile.fma(v, b0, c40);
      c41 = VectorTile.fma(v, b1, c41);
      i += tile;
    }
    VectorTile.store(c00, c01, c, co, true);
    VectorTile.store(c10, c11, c, co + cRow, true);
    VectorTile.store(c20, c21, c, co + 2 * cRow, true);
    VectorTile.store(c30, c31, c, co + 3 * cRow, true);
    VectorTile.store(c40, c41, c, co + 4 * cRow, true);
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
      c00 = VectorTile.fma(v, b0, c00);
      c01 = VectorTile.fma(v, b1, c01);
      v = FloatVector.broadcast(F, a[i + 1]);
      c10 = VectorTile.fma(v, b0, c10);
      c11 = VectorTile.fma(v, b1, c11);
      v = FloatVector.broadcast(F, a[i + 2]);
      c20 = VectorTile.fma(v, b0, c20);
      c21 = VectorTile.fma(v, b1, c21);
      v = FloatVector.broadcast(F, a[i + 3]);
      c30 = VectorTile.fma(v, b0, c30);
      c31 = VectorTile.fma(v, b1, c31);
      i += tile;
    }
    VectorTile.store(c00, c01, c, co, true);
    VectorTile.store(c10, c11, c, co + cRow, true);
    VectorTile.store(c20, c21, c, co + 2 * cRow, true);
    VectorTile.store(c30, c31, c, co + 3 * cRow, true);
  }
}
