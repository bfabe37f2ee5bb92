package dev.headgrad.tape.kernel;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Tiles of 4 rows by 2 vectors.
 *
 * <p>The 8 sums, 2 vectors of b and 4 elements of a fit the 16 registers of AVX2 in whatever order
 * the compiler schedules them. Tiles of 6 by 2 or 4 by 3 vectors need as many registers as there
 * are, and lose half their speed whenever the compiler loads elements of a early and spills sums to
 * memory.
 *
 * <p>One loop variable indexes both factors in a form that lets the compiler take all index checks
 * out of the loop, which leaves 8 multiply-adds in 4 cycles.
 */
final class VectorTile {

  private static final VectorSpecies<Float> FLOATS = Species.FLOATS;
  private static final VectorSpecies<Double> DOUBLES = Species.DOUBLES;
  private static final int FLOAT_LANES = FLOATS.length();
  private static final int DOUBLE_LANES = DOUBLES.length();
  private static final int FLOAT_COLS = 2 * FLOAT_LANES;
  private static final int DOUBLE_COLS = 2 * DOUBLE_LANES;

  /** As much of b as a first-level cache holds. */
  private static final int STRIP_BYTES = 1 << 15;

  /** How far b advances for one element of a. */
  private static final int FLOAT_STEP = FLOAT_COLS / 4;

  private static final int DOUBLE_STEP = DOUBLE_COLS / 4;

  /** As many strips as the second- or third-level cache holds. */
  private static final int STRIPS = 48;

  static final Tile SHAPE =
      new Tile(4, FLOAT_COLS, DOUBLE_COLS, STRIP_BYTES / (4 * FLOAT_COLS), 1, STRIPS);

  private VectorTile() {}

  /**
   * Multiplies 4 rows of a, stored column by column, with the columns of b, stored row by row and
   * {@link Tile#floatCols} wide.
   */
  static void multiply(
      int depth, float[] a, int ao, float[] b, int bo, float[] c, int co, int cRow, boolean add) {
    FloatVector c00 = FloatVector.zero(FLOATS);
    FloatVector c01 = FloatVector.zero(FLOATS);
    FloatVector c10 = FloatVector.zero(FLOATS);
    FloatVector c11 = FloatVector.zero(FLOATS);
    FloatVector c20 = FloatVector.zero(FLOATS);
    FloatVector c21 = FloatVector.zero(FLOATS);
    FloatVector c30 = FloatVector.zero(FLOATS);
    FloatVector c31 = FloatVector.zero(FLOATS);
    int end = ao + 4 * depth;
    int shift = bo - ao * FLOAT_STEP;
    for (int i = ao; i < end; i += 4) {
      int j = shift + i * FLOAT_STEP;
      FloatVector b0 = FloatVector.fromArray(FLOATS, b, j);
      FloatVector b1 = FloatVector.fromArray(FLOATS, b, j + FLOAT_LANES);
      FloatVector v = FloatVector.broadcast(FLOATS, a[i]);
      c00 = fma(v, b0, c00);
      c01 = fma(v, b1, c01);
      v = FloatVector.broadcast(FLOATS, a[i + 1]);
      c10 = fma(v, b0, c10);
      c11 = fma(v, b1, c11);
      v = FloatVector.broadcast(FLOATS, a[i + 2]);
      c20 = fma(v, b0, c20);
      c21 = fma(v, b1, c21);
      v = FloatVector.broadcast(FLOATS, a[i + 3]);
      c30 = fma(v, b0, c30);
      c31 = fma(v, b1, c31);
    }
    store(c00, c01, c, co, add);
    store(c10, c11, c, co + cRow, add);
    store(c20, c21, c, co + 2 * cRow, add);
    store(c30, c31, c, co + 3 * cRow, add);
  }

  /** a b + c, rounded once where the processor can. */
  static FloatVector fma(FloatVector a, FloatVector b, FloatVector c) {
    return Fma.FAST ? a.fma(b, c) : a.mul(b).add(c);
  }

  /**
   * Cuts {@code depth} rows of x, which are {@code distance} apart, to strips of {@link
   * Tile#floatCols} columns. All strips of a row are written before the next row is read, for its
   * lines are near.
   */
  static void copyRows(
      float[] x, int xo, int distance, int strips, int depth, float[] out, int off, int strip) {
    for (int q = 0; q < depth; q++) {
      int from = xo + q * distance;
      int to = off + q * FLOAT_COLS;
      for (int s = 0; s < strips; s++) {
        FloatVector.fromArray(FLOATS, x, from).intoArray(out, to);
        FloatVector.fromArray(FLOATS, x, from + FLOAT_LANES).intoArray(out, to + FLOAT_LANES);
        from += FLOAT_COLS;
        to += strip;
      }
    }
  }

  /** Cuts {@code depth} rows of x, which are {@code distance} apart, to strips of 4 columns. */
  static void copyColumns(
      float[] x, int xo, int distance, int strips, int depth, float[] out, int strip) {
    for (int q = 0; q < depth; q++) {
      int from = xo + q * distance;
      int to = q * 4;
      for (int s = 0; s < strips; s++) {
        out[to] = x[from];
        out[to + 1] = x[from + 1];
        out[to + 2] = x[from + 2];
        out[to + 3] = x[from + 3];
        from += 4;
        to += strip;
      }
    }
  }

  /** Writes two vectors to c, or adds them to it. */
  static void store(FloatVector x, FloatVector y, float[] c, int co, boolean add) {
    if (add) {
      x.add(FloatVector.fromArray(FLOATS, c, co)).intoArray(c, co);
      y.add(FloatVector.fromArray(FLOATS, c, co + FLOAT_LANES)).intoArray(c, co + FLOAT_LANES);
    } else {
      x.intoArray(c, co);
      y.intoArray(c, co + FLOAT_LANES);
    }
  }

  /** The same for doubles, with b {@link Tile#doubleCols} wide. */
  static void multiply(
      int depth,
      double[] a,
      int ao,
      double[] b,
      int bo,
      double[] c,
      int co,
      int cRow,
      boolean add) {
    DoubleVector c00 = DoubleVector.zero(DOUBLES);
    DoubleVector c01 = DoubleVector.zero(DOUBLES);
    DoubleVector c10 = DoubleVector.zero(DOUBLES);
    DoubleVector c11 = DoubleVector.zero(DOUBLES);
    DoubleVector c20 = DoubleVector.zero(DOUBLES);
    DoubleVector c21 = DoubleVector.zero(DOUBLES);
    DoubleVector c30 = DoubleVector.zero(DOUBLES);
    DoubleVector c31 = DoubleVector.zero(DOUBLES);
    int end = ao + 4 * depth;
    int shift = bo - ao * DOUBLE_STEP;
    for (int i = ao; i < end; i += 4) {
      int j = shift + i * DOUBLE_STEP;
      DoubleVector b0 = DoubleVector.fromArray(DOUBLES, b, j);
      DoubleVector b1 = DoubleVector.fromArray(DOUBLES, b, j + DOUBLE_LANES);
      DoubleVector v = DoubleVector.broadcast(DOUBLES, a[i]);
      c00 = fma(v, b0, c00);
      c01 = fma(v, b1, c01);
      v = DoubleVector.broadcast(DOUBLES, a[i + 1]);
      c10 = fma(v, b0, c10);
      c11 = fma(v, b1, c11);
      v = DoubleVector.broadcast(DOUBLES, a[i + 2]);
      c20 = fma(v, b0, c20);
      c21 = fma(v, b1, c21);
      v = DoubleVector.broadcast(DOUBLES, a[i + 3]);
      c30 = fma(v, b0, c30);
      c31 = fma(v, b1, c31);
    }
    store(c00, c01, c, co, add);
    store(c10, c11, c, co + cRow, add);
    store(c20, c21, c, co + 2 * cRow, add);
    store(c30, c31, c, co + 3 * cRow, add);
  }

  private static DoubleVector fma(DoubleVector a, DoubleVector b, DoubleVector c) {
    return Fma.FAST ? a.fma(b, c) : a.mul(b).add(c);
  }

  /**
   * Cuts {@code depth} rows of x, which are {@code distance} apart, to strips of {@link
   * Tile#doubleCols} columns. All strips of a row are written before the next row is read, for its
   * lines are near.
   */
  static void copyRows(
      double[] x, int xo, int distance, int strips, int depth, double[] out, int off, int strip) {
    for (int q = 0; q < depth; q++) {
      int from = xo + q * distance;
      int to = off + q * DOUBLE_COLS;
      for (int s = 0; s < strips; s++) {
        DoubleVector.fromArray(DOUBLES, x, from).intoArray(out, to);
        DoubleVector.fromArray(DOUBLES, x, from + DOUBLE_LANES).intoArray(out, to + DOUBLE_LANES);
        from += DOUBLE_COLS;
        to += strip;
      }
    }
  }

  /** Cuts {@code depth} rows of x, which are {@code distance} apart, to strips of 4 columns. */
  static void copyColumns(
      double[] x, int xo, int distance, int strips, int depth, double[] out, int strip) {
    for (int q = 0; q < depth; q++) {
      int from = xo + q * distance;
      int to = q * 4;
      for (int s = 0; s < strips; s++) {
        out[to] = x[from];
        out[to + 1] = x[from + 1];
        out[to + 2] = x[from + 2];
        out[to + 3] = x[from + 3];
        from += 4;
        to += strip;
      }
    }
  }

  private static void store(DoubleVector x, DoubleVector y, double[] c, int co, boolean add) {
    if (add) {
      x.add(DoubleVector.fromArray(DOUBLES, c, co)).intoArray(c, co);
      y.add(DoubleVector.fromArray(DOUBLES, c, co + DOUBLE_LANES)).intoArray(c, co + DOUBLE_LANES);
    } else {
      x.intoArray(c, co);
      y.intoArray(c, co + DOUBLE_LANES);
    }
  }
}
