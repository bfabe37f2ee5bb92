package dev.headgrad.tape.kernel.matrix;

import dev.headgrad.tape.kernel.Fma;
import dev.headgrad.tape.kernel.Species;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Tiles of 4 rows by 2 vectors.
 *
 * <p>The 8 sums, 2 vectors of b and 4 elements of a fit the 16 registers of AVX2 in whatever order
 * the compiler schedules them. Larger tiles need as many registers as there are, and lose half
 * their speed whenever the compiler loads elements of a early and spills sums to memory.
 *
 * <p>One loop variable indexes both factors in a form that lets the compiler take all index checks
 * out of the loop. Two terms are added in a turn, which leaves 36 instructions for 16
 * multiply-adds: a processor does those in 8 cycles, and one that shares its core is not held up by
 * counting.
 */
public final class VectorTile {

  private static final VectorSpecies<Float> FLOATS = Species.FLOATS;
  private static final VectorSpecies<Double> DOUBLES = Species.DOUBLES;
  private static final int FLOAT_LANES = FLOATS.length();
  private static final int DOUBLE_LANES = DOUBLES.length();
  private static final int FLOAT_COLS = 2 * FLOAT_LANES;
  private static final int DOUBLE_COLS = 2 * DOUBLE_LANES;

  /** As much of b as a first-level cache holds. */
  private static final int STRIP_BYTES = 1 << 15;

  /** As many strips as the second- or third-level cache holds. */
  private static final int STRIPS = 48;

  /** Terms of a sum that are added in one turn of the loop. */
  private static final int TERMS = 2;

  static final Tile SHAPE =
      new Tile(4, FLOAT_COLS, DOUBLE_COLS, STRIP_BYTES / (4 * FLOAT_COLS), TERMS, STRIPS);

  /**
   * How far the rows of a are apart: what is constant needs no instructions. A cache line more than
   * the depth keeps them out of each other's way in the cache.
   */
  static final int DISTANCE = SHAPE.depth + 16;

  private VectorTile() {}

  /**
   * Adds to c the product of 4 rows of a, {@link #DISTANCE} apart, with the columns of b, stored
   * row by row and {@link Tile#floatCols} wide. If the depth is odd, one more term is read.
   */
  static void multiply(int depth, float[] a, int ao, float[] b, int bo, float[] out) {
    FloatVector c00 = FloatVector.zero(FLOATS);
    FloatVector c01 = FloatVector.zero(FLOATS);
    FloatVector c10 = FloatVector.zero(FLOATS);
    FloatVector c11 = FloatVector.zero(FLOATS);
    FloatVector c20 = FloatVector.zero(FLOATS);
    FloatVector c21 = FloatVector.zero(FLOATS);
    FloatVector c30 = FloatVector.zero(FLOATS);
    FloatVector c31 = FloatVector.zero(FLOATS);
    int shift = bo - ao * FLOAT_COLS;
    for (int i = ao; i < ao + depth; i += TERMS) {
      FloatVector v0 = FloatVector.broadcast(FLOATS, a[i]);
      FloatVector v1 = FloatVector.broadcast(FLOATS, a[i + DISTANCE]);
      FloatVector v2 = FloatVector.broadcast(FLOATS, a[i + 2 * DISTANCE]);
      FloatVector v3 = FloatVector.broadcast(FLOATS, a[i + 3 * DISTANCE]);
      FloatVector w0 = FloatVector.broadcast(FLOATS, a[i + 1]);
      FloatVector w1 = FloatVector.broadcast(FLOATS, a[i + 1 + DISTANCE]);
      FloatVector w2 = FloatVector.broadcast(FLOATS, a[i + 1 + 2 * DISTANCE]);
      FloatVector w3 = FloatVector.broadcast(FLOATS, a[i + 1 + 3 * DISTANCE]);
      int j = shift + i * FLOAT_COLS;
      FloatVector x = FloatVector.fromArray(FLOATS, b, j);
      c00 = fma(x, v0, c00);
      c10 = fma(x, v1, c10);
      c20 = fma(x, v2, c20);
      c30 = fma(x, v3, c30);
      x = FloatVector.fromArray(FLOATS, b, j + FLOAT_COLS);
      c00 = fma(x, w0, c00);
      c10 = fma(x, w1, c10);
      c20 = fma(x, w2, c20);
      c30 = fma(x, w3, c30);
      x = FloatVector.fromArray(FLOATS, b, j + FLOAT_LANES);
      c01 = fma(x, v0, c01);
      c11 = fma(x, v1, c11);
      c21 = fma(x, v2, c21);
      c31 = fma(x, v3, c31);
      x = FloatVector.fromArray(FLOATS, b, j + FLOAT_COLS + FLOAT_LANES);
      c01 = fma(x, w0, c01);
      c11 = fma(x, w1, c11);
      c21 = fma(x, w2, c21);
      c31 = fma(x, w3, c31);
    }
    c00.intoArray(out, 0);
    c01.intoArray(out, FLOAT_LANES);
    c10.intoArray(out, FLOAT_COLS);
    c11.intoArray(out, FLOAT_COLS + FLOAT_LANES);
    c20.intoArray(out, 2 * FLOAT_COLS);
    c21.intoArray(out, 2 * FLOAT_COLS + FLOAT_LANES);
    c30.intoArray(out, 3 * FLOAT_COLS);
    c31.intoArray(out, 3 * FLOAT_COLS + FLOAT_LANES);
  }

  /** a b + c, rounded once where the processor can. */
  public static FloatVector fma(FloatVector a, FloatVector b, FloatVector c) {
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

  /** Writes a whole tile to rows of c, or adds it to them. */
  static void put(float[] tile, float[] c, int co, int cRow, boolean add) {
    for (int r = 0; r < SHAPE.rows; r++) {
      FloatVector x = FloatVector.fromArray(FLOATS, tile, r * FLOAT_COLS);
      FloatVector y = FloatVector.fromArray(FLOATS, tile, r * FLOAT_COLS + FLOAT_LANES);
      store(x, y, c, co + r * cRow, add);
    }
  }

  /** Writes two vectors to c, or adds them to it. */
  public static void store(FloatVector x, FloatVector y, float[] c, int co, boolean add) {
    if (add) {
      x.add(FloatVector.fromArray(FLOATS, c, co)).intoArray(c, co);
      y.add(FloatVector.fromArray(FLOATS, c, co + FLOAT_LANES)).intoArray(c, co + FLOAT_LANES);
    } else {
      x.intoArray(c, co);
      y.intoArray(c, co + FLOAT_LANES);
    }
  }

  /** The same for doubles, with b {@link Tile#doubleCols} wide. */
  static void multiply(int depth, double[] a, int ao, double[] b, int bo, double[] out) {
    DoubleVector c00 = DoubleVector.zero(DOUBLES);
    DoubleVector c01 = DoubleVector.zero(DOUBLES);
    DoubleVector c10 = DoubleVector.zero(DOUBLES);
    DoubleVector c11 = DoubleVector.zero(DOUBLES);
    DoubleVector c20 = DoubleVector.zero(DOUBLES);
    DoubleVector c21 = DoubleVector.zero(DOUBLES);
    DoubleVector c30 = DoubleVector.zero(DOUBLES);
    DoubleVector c31 = DoubleVector.zero(DOUBLES);
    int shift = bo - ao * DOUBLE_COLS;
    for (int i = ao; i < ao + depth; i += TERMS) {
      DoubleVector v0 = DoubleVector.broadcast(DOUBLES, a[i]);
      DoubleVector v1 = DoubleVector.broadcast(DOUBLES, a[i + DISTANCE]);
      DoubleVector v2 = DoubleVector.broadcast(DOUBLES, a[i + 2 * DISTANCE]);
      DoubleVector v3 = DoubleVector.broadcast(DOUBLES, a[i + 3 * DISTANCE]);
      DoubleVector w0 = DoubleVector.broadcast(DOUBLES, a[i + 1]);
      DoubleVector w1 = DoubleVector.broadcast(DOUBLES, a[i + 1 + DISTANCE]);
      DoubleVector w2 = DoubleVector.broadcast(DOUBLES, a[i + 1 + 2 * DISTANCE]);
      DoubleVector w3 = DoubleVector.broadcast(DOUBLES, a[i + 1 + 3 * DISTANCE]);
      int j = shift + i * DOUBLE_COLS;
      DoubleVector x = DoubleVector.fromArray(DOUBLES, b, j);
      c00 = fma(x, v0, c00);
      c10 = fma(x, v1, c10);
      c20 = fma(x, v2, c20);
      c30 = fma(x, v3, c30);
      x = DoubleVector.fromArray(DOUBLES, b, j + DOUBLE_COLS);
      c00 = fma(x, w0, c00);
      c10 = fma(x, w1, c10);
      c20 = fma(x, w2, c20);
      c30 = fma(x, w3, c30);
      x = DoubleVector.fromArray(DOUBLES, b, j + DOUBLE_LANES);
      c01 = fma(x, v0, c01);
      c11 = fma(x, v1, c11);
      c21 = fma(x, v2, c21);
      c31 = fma(x, v3, c31);
      x = DoubleVector.fromArray(DOUBLES, b, j + DOUBLE_COLS + DOUBLE_LANES);
      c01 = fma(x, w0, c01);
      c11 = fma(x, w1, c11);
      c21 = fma(x, w2, c21);
      c31 = fma(x, w3, c31);
    }
    c00.intoArray(out, 0);
    c01.intoArray(out, DOUBLE_LANES);
    c10.intoArray(out, DOUBLE_COLS);
    c11.intoArray(out, DOUBLE_COLS + DOUBLE_LANES);
    c20.intoArray(out, 2 * DOUBLE_COLS);
    c21.intoArray(out, 2 * DOUBLE_COLS + DOUBLE_LANES);
    c30.intoArray(out, 3 * DOUBLE_COLS);
    c31.intoArray(out, 3 * DOUBLE_COLS + DOUBLE_LANES);
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

  /** Writes a whole tile to rows of c, or adds it to them. */
  static void put(double[] tile, double[] c, int co, int cRow, boolean add) {
    for (int r = 0; r < SHAPE.rows; r++) {
      DoubleVector x = DoubleVector.fromArray(DOUBLES, tile, r * DOUBLE_COLS);
      DoubleVector y = DoubleVector.fromArray(DOUBLES, tile, r * DOUBLE_COLS + DOUBLE_LANES);
      store(x, y, c, co + r * cRow, add);
    }
  }

  /** Writes two vectors to c, or adds them to it. */
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
