package dev.headgrad.tape.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The innermost loops of {@link Winograd}, on the Vector API.
 *
 * <p>A <em>cell</em> is a pixel with all its channels, which are consecutive. The 16 numbers that
 * make up a transformed tile are called its points. Transformed tiles are laid out in strips of
 * {@link #STRIP} channels: in a strip one tile after the other takes {@link #TILE} floats, point
 * after point, so that all of a tile is found at distances that are constants.
 */
final class WinogradTile {

  private static final VectorSpecies<Float> F = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = F.length();

  /** Channels of a strip: two vectors. */
  static final int STRIP = 2 * LANES;

  /** Points of a tile. */
  static final int POINTS = 16;

  /** From one tile of a strip to the next: an odd number of cache lines. */
  static final int TILE = (POINTS + 1) * STRIP;

  /** Most rows of a product; the least is one less. */
  static final int ROWS = 5;

  private static final int SHIFT = Integer.numberOfTrailingZeros(STRIP);

  private WinogradTile() {}

  private static FloatVector load(float[] x, int at) {
    return FloatVector.fromArray(F, x, at);
  }

  /**
   * The input's transform, B<sup>T</sup> d B, of one line of tiles and one vector of channels.
   *
   * @param x cells: four lines of two more than two for each tile
   * @param xo index of the first cell's channel
   * @param line distance of the lines
   * @param cell distance of the cells
   * @param v receives the points
   */
  static void inputs(int tiles, float[] x, int xo, int line, int cell, float[] v, int vo) {
    FloatVector x1 = load(x, xo + line);
    FloatVector x2 = load(x, xo + 2 * line);
    FloatVector a0 = load(x, xo).sub(x2);
    FloatVector a1 = x1.add(x2);
    FloatVector a2 = x2.sub(x1);
    FloatVector a3 = x1.sub(load(x, xo + 3 * line));
    x1 = load(x, xo + cell + line);
    x2 = load(x, xo + cell + 2 * line);
    FloatVector b0 = load(x, xo + cell).sub(x2);
    FloatVector b1 = x1.add(x2);
    FloatVector b2 = x2.sub(x1);
    FloatVector b3 = x1.sub(load(x, xo + cell + 3 * line));
    int at = xo + 2 * cell;
    int to = vo;
    for (int t = 0; t < tiles; t++) {
      x1 = load(x, at + line);
      x2 = load(x, at + 2 * line);
      FloatVector c0 = load(x, at).sub(x2);
      FloatVector c1 = x1.add(x2);
      FloatVector c2 = x2.sub(x1);
      FloatVector c3 = x1.sub(load(x, at + 3 * line));
      at += cell;
      a0.sub(c0).intoArray(v, to);
      b0.add(c0).intoArray(v, to + STRIP);
      c0.sub(b0).intoArray(v, to + 2 * STRIP);
      a1.sub(c1).intoArray(v, to + 4 * STRIP);
      b1.add(c1).intoArray(v, to + 5 * STRIP);
      c1.sub(b1).intoArray(v, to + 6 * STRIP);
      a2.sub(c2).intoArray(v, to + 8 * STRIP);
      b2.add(c2).intoArray(v, to + 9 * STRIP);
      c2.sub(b2).intoArray(v, to + 10 * STRIP);
      a3.sub(c3).intoArray(v, to + 12 * STRIP);
      b3.add(c3).intoArray(v, to + 13 * STRIP);
      c3.sub(b3).intoArray(v, to + 14 * STRIP);
      a0 = c0;
      a1 = c1;
      a2 = c2;
      a3 = c3;
      x1 = load(x, at + line);
      x2 = load(x, at + 2 * line);
      c0 = load(x, at).sub(x2);
      c1 = x1.add(x2);
      c2 = x2.sub(x1);
      c3 = x1.sub(load(x, at + 3 * line));
      at += cell;
      b0.sub(c0).intoArray(v, to + 3 * STRIP);
      b1.sub(c1).intoArray(v, to + 7 * STRIP);
      b2.sub(c2).intoArray(v, to + 11 * STRIP);
      b3.sub(c3).intoArray(v, to + 15 * STRIP);
      b0 = c0;
      b1 = c1;
      b2 = c2;
      b3 = c3;
      to += TILE;
    }
  }

  /**
   * The output's transform, A<sup>T</sup> m A, of one line of tiles and one vector of channels.
   *
   * @param m the points
   * @param bias what is added to each channel
   * @param bo index of the first channel's
   * @param y receives cells: two lines of two for each tile
   * @param yo index of the first cell's channel
   * @param line distance of the lines
   * @param cell distance of the cells
   */
  static void outputs(
      int tiles, float[] m, int mo, float[] bias, int bo, float[] y, int yo, int line, int cell) {
    FloatVector b = load(bias, bo);
    int from = mo;
    int to = yo;
    for (int t = 0; t < tiles; t++) {
      FloatVector m1 = load(m, from + 4 * STRIP);
      FloatVector m2 = load(m, from + 8 * STRIP);
      FloatVector high0 = load(m, from).add(m1).add(m2);
      FloatVector low0 = m1.sub(m2).sub(load(m, from + 12 * STRIP));
      m1 = load(m, from + 5 * STRIP);
      m2 = load(m, from + 9 * STRIP);
      FloatVector high1 = load(m, from + STRIP).add(m1).add(m2);
      FloatVector low1 = m1.sub(m2).sub(load(m, from + 13 * STRIP));
      m1 = load(m, from + 6 * STRIP);
      m2 = load(m, from + 10 * STRIP);
      FloatVector high2 = load(m, from + 2 * STRIP).add(m1).add(m2);
      FloatVector low2 = m1.sub(m2).sub(load(m, from + 14 * STRIP));
      m1 = load(m, from + 7 * STRIP);
      m2 = load(m, from + 11 * STRIP);
      FloatVector high3 = load(m, from + 3 * STRIP).add(m1).add(m2);
      FloatVector low3 = m1.sub(m2).sub(load(m, from + 15 * STRIP));
      high0.add(high1).add(high2).add(b).intoArray(y, to);
      low0.add(low1).add(low2).add(b).intoArray(y, to + line);
      to += cell;
      high1.sub(high2).sub(high3).add(b).intoArray(y, to);
      low1.sub(low2).sub(low3).add(b).intoArray(y, to + line);
      to += cell;
      from += TILE;
    }
  }

  /**
   * The transform of the output's gradient, A g A<sup>T</sup>, of one line of tiles and one vector
   * of channels.
   *
   * @param g cells: two lines of two for each tile
   * @param go index of the first cell's channel
   * @param line distance of the lines
   * @param cell distance of the cells
   * @param m receives the points
   * @param mo index of the first point
   * @param point distance of the points
   * @param tile distance of the tiles
   */
  static void heads(
      int tiles, float[] g, int go, int line, int cell, float[] m, int mo, int point, int tile) {
    int from = go;
    int to = mo;
    for (int t = 0; t < tiles; t++) {
      FloatVector high = load(g, from);
      FloatVector low = load(g, from + line);
      FloatVector sum = high.add(low);
      FloatVector difference = high.sub(low);
      from += cell;
      FloatVector high1 = load(g, from);
      FloatVector low1 = load(g, from + line);
      FloatVector sum1 = high1.add(low1);
      FloatVector difference1 = high1.sub(low1);
      from += cell;
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
      c00 = fma(v, b0, c00);
      c01 = fma(v, b1, c01);
      v = FloatVector.broadcast(F, a[i + TILE]);
      c10 = fma(v, b0, c10);
      c11 = fma(v, b1, c11);
      v = FloatVector.broadcast(F, a[i + 2 * TILE]);
      c20 = fma(v, b0, c20);
      c21 = fma(v, b1, c21);
      v = FloatVector.broadcast(F, a[i + 3 * TILE]);
      c30 = fma(v, b0, c30);
      c31 = fma(v, b1, c31);
      v = FloatVector.broadcast(F, a[i + 4 * TILE]);
      c40 = fma(v, b0, c40);
      c41 = fma(v, b1, c41);
    }
    store(c00, c01, c, co, add);
    store(c10, c11, c, co + TILE, add);
    store(c20, c21, c, co + 2 * TILE, add);
    store(c30, c31, c, co + 3 * TILE, add);
    store(c40, c41, c, co + 4 * TILE, add);
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
      c00 = fma(v, b0, c00);
      c01 = fma(v, b1, c01);
      v = FloatVector.broadcast(F, a[i + TILE]);
      c10 = fma(v, b0, c10);
      c11 = fma(v, b1, c11);
      v = FloatVector.broadcast(F, a[i + 2 * TILE]);
      c20 = fma(v, b0, c20);
      c21 = fma(v, b1, c21);
      v = FloatVector.broadcast(F, a[i + 3 * TILE]);
      c30 = fma(v, b0, c30);
      c31 = fma(v, b1, c31);
    }
    store(c00, c01, c, co, add);
    store(c10, c11, c, co + TILE, add);
    store(c20, c21, c, co + 2 * TILE, add);
    store(c30, c31, c, co + 3 * TILE, add);
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
      int j = bo + t * TILE;
      FloatVector b0 = FloatVector.fromArray(F, b, j);
      FloatVector b1 = FloatVector.fromArray(F, b, j + LANES);
      FloatVector v = FloatVector.broadcast(F, a[i]);
      c00 = fma(v, b0, c00);
      c01 = fma(v, b1, c01);
      v = FloatVector.broadcast(F, a[i + 1]);
      c10 = fma(v, b0, c10);
      c11 = fma(v, b1, c11);
      v = FloatVector.broadcast(F, a[i + 2]);
      c20 = fma(v, b0, c20);
      c21 = fma(v, b1, c21);
      v = FloatVector.broadcast(F, a[i + 3]);
      c30 = fma(v, b0, c30);
      c31 = fma(v, b1, c31);
      v = FloatVector.broadcast(F, a[i + 4]);
      c40 = fma(v, b0, c40);
      c41 = fma(v, b1, c41);
      i += tile;
    }
    store(c00, c01, c, co, true);
    store(c10, c11, c, co + cRow, true);
    store(c20, c21, c, co + 2 * cRow, true);
    store(c30, c31, c, co + 3 * cRow, true);
    store(c40, c41, c, co + 4 * cRow, true);
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
      int j = bo + t * TILE;
      FloatVector b0 = FloatVector.fromArray(F, b, j);
      FloatVector b1 = FloatVector.fromArray(F, b, j + LANES);
      FloatVector v = FloatVector.broadcast(F, a[i]);
      c00 = fma(v, b0, c00);
      c01 = fma(v, b1, c01);
      v = FloatVector.broadcast(F, a[i + 1]);
      c10 = fma(v, b0, c10);
      c11 = fma(v, b1, c11);
      v = FloatVector.broadcast(F, a[i + 2]);
      c20 = fma(v, b0, c20);
      c21 = fma(v, b1, c21);
      v = FloatVector.broadcast(F, a[i + 3]);
      c30 = fma(v, b0, c30);
      c31 = fma(v, b1, c31);
      i += tile;
    }
    store(c00, c01, c, co, true);
    store(c10, c11, c, co + cRow, true);
    store(c20, c21, c, co + 2 * cRow, true);
    store(c30, c31, c, co + 3 * cRow, true);
  }

  private static void store(FloatVector x, FloatVector y, float[] c, int co, boolean add) {
    if (add) {
      x.add(FloatVector.fromArray(F, c, co)).intoArray(c, co);
      y.add(FloatVector.fromArray(F, c, co + LANES)).intoArray(c, co + LANES);
    } else {
      x.intoArray(c, co);
      y.intoArray(c, co + LANES);
    }
  }

  private static FloatVector fma(FloatVector a, FloatVector b, FloatVector c) {
    return Fma.FAST ? a.fma(b, c) : a.mul(b).add(c);
  }
}
