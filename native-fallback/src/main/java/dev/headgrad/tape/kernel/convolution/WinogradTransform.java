package dev.headgrad.tape.kernel.convolution;

import dev.headgrad.tape.kernel.CompiledAlone;
import dev.headgrad.tape.kernel.Species;
import dev.headgrad.tape.kernel.Vectors;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The transforms of {@link Winograd}, on the Vector API, of one line of tiles and one vector of
 * channels.
 *
 * <p>They are short: in a loop that makes all sixteen points of the input at once, C2 reaches the
 * limit of what it inlines, and makes objects of the vectors.
 */
final class WinogradTransform extends CompiledAlone {

  private static final VectorSpecies<Float> F = Species.FLOATS;

  /** Distance of cells, and of a point's tiles in an output. */
  private static final int STRIP = WinogradTile.STRIP;

  /**
   * The input's transform, a fourth of it: four of the points, which are made of two lines of
   * cells, of a line and another one times a sign.
   *
   * @param x cells: lines of two more than two for each tile
   * @param xo index of the line's first cell
   * @param other index of the first cell of the other line
   * @param v receives the points
   * @param vo index of the first point
   * @param point distance of the points
   * @param tile distance of the tiles
   */
  static void inputs(
      int tiles, float[] x, int xo, int other, float sign, float[] v, int vo, int point, int tile) {
    FloatVector s = FloatVector.broadcast(F, sign);
    int from = xo;
    int with = other;
    int to = vo;
    for (int t = 0; t < tiles; t++) {
      FloatVector a =
          Vectors.fma(FloatVector.fromArray(F, x, with), s, FloatVector.fromArray(F, x, from));
      FloatVector b =
          Vectors.fma(
              FloatVector.fromArray(F, x, with + STRIP),
              s,
              FloatVector.fromArray(F, x, from + STRIP));
      FloatVector c =
          Vectors.fma(
              FloatVector.fromArray(F, x, with + 2 * STRIP),
              s,
              FloatVector.fromArray(F, x, from + 2 * STRIP));
      FloatVector d =
          Vectors.fma(
              FloatVector.fromArray(F, x, with + 3 * STRIP),
              s,
              FloatVector.fromArray(F, x, from + 3 * STRIP));
      a.sub(c).intoArray(v, to);
      b.add(c).intoArray(v, to + point);
      c.sub(b).intoArray(v, to + 2 * point);
      b.sub(d).intoArray(v, to + 3 * point);
      from += 2 * STRIP;
      with += 2 * STRIP;
      to += tile;
    }
  }

  /** {@link WinogradTile#outputs} of one vector of channels. */
  static void outputs(
      int tiles, float[] m, int mo, int point, float[] bias, int bo, float[] y, int yo, int line) {
    FloatVector b = FloatVector.fromArray(F, bias, bo);
    int from = mo;
    int to = yo;
    for (int t = 0; t < tiles; t++) {
      int from1 = from + 4 * point;
      int from2 = from1 + 4 * point;
      int from3 = from2 + 4 * point;
      FloatVector m1 = FloatVector.fromArray(F, m, from1);
      FloatVector m2 = FloatVector.fromArray(F, m, from2);
      FloatVector high0 = FloatVector.fromArray(F, m, from).add(m1).add(m2);
      FloatVector low0 = m1.sub(m2).sub(FloatVector.fromArray(F, m, from3));
      m1 = FloatVector.fromArray(F, m, from1 + point);
      m2 = FloatVector.fromArray(F, m, from2 + point);
      FloatVector high1 = FloatVector.fromArray(F, m, from + point).add(m1).add(m2);
      FloatVector low1 = m1.sub(m2).sub(FloatVector.fromArray(F, m, from3 + point));
      m1 = FloatVector.fromArray(F, m, from1 + 2 * point);
      m2 = FloatVector.fromArray(F, m, from2 + 2 * point);
      FloatVector high2 = FloatVector.fromArray(F, m, from + 2 * point).add(m1).add(m2);
      FloatVector low2 = m1.sub(m2).sub(FloatVector.fromArray(F, m, from3 + 2 * point));
      m1 = FloatVector.fromArray(F, m, from1 + 3 * point);
      m2 = FloatVector.fromArray(F, m, from2 + 3 * point);
      FloatVector high3 = FloatVector.fromArray(F, m, from + 3 * point).add(m1).add(m2);
      FloatVector low3 = m1.sub(m2).sub(FloatVector.fromArray(F, m, from3 + 3 * point));
      high0.add(high1).add(high2).add(b).intoArray(y, to);
      low0.add(low1).add(low2).add(b).intoArray(y, to + line);
      to += STRIP;
      high1.sub(high2).sub(high3).add(b).intoArray(y, to);
      low1.sub(low2).sub(low3).add(b).intoArray(y, to + line);
      to += STRIP;
      from += STRIP;
    }
  }

  /** {@link WinogradTile#heads} of one vector of channels. */
  static void heads(
      int tiles, float[] g, int go, int line, float[] m, int mo, int point, int tile) {
    int from = go;
    int to = mo;
    for (int t = 0; t < tiles; t++) {
      FloatVector high = FloatVector.fromArray(F, g, from);
      FloatVector low = FloatVector.fromArray(F, g, from + line);
      FloatVector sum = high.add(low);
      FloatVector difference = high.sub(low);
      from += STRIP;
      FloatVector high1 = FloatVector.fromArray(F, g, from);
      FloatVector low1 = FloatVector.fromArray(F, g, from + line);
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
}
