package dev.headgrad.tape.kernel.matrix;

import dev.headgrad.tape.kernel.Fma;
import dev.headgrad.tape.kernel.Species;
import java.lang.invoke.VarHandle;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Tiles of 6 rows by 2 vectors, and of 4 rows for what is left of a number of rows.
 *
 * <p>The 12 sums, 2 vectors of b and an element of a need 15 of the 16 registers of AVX2. Left to
 * itself the compiler loads elements of a early, and spills sums to memory for them, at half the
 * speed. A fence between loads is no instruction on x86 and orders nothing that a single thread
 * could see, but the compiler moves no load across it: so each element is loaded where it is used.
 *
 * <p>One loop variable indexes both factors in a form that lets the compiler take all index checks
 * out of the loop. Two terms are added in a turn, which leaves 49 instructions for 24
 * multiply-adds: few enough that a processor that shares its core is not held up by counting.
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

  /** Rows of the lower tile. */
  private static final int LOW = 4;

  /** Terms of a sum that are added in one turn of the loop. */
  private static final int TERMS = 2;

  /** The size of tiles. */
  public static final Tile SHAPE =
      new Tile(6, FLOAT_COLS, DOUBLE_COLS, STRIP_BYTES / (4 * FLOAT_COLS), TERMS, STRIPS);

  /**
   * How far the rows of a are apart: what is constant needs no instructions. A cache line more than
   * the depth keeps them out of each other's way in the cache.
   */
  public static final int DISTANCE = SHAPE.depth + 16;

  private VectorTile() {}

  /** Whether there are tiles of just so many rows. */
  static boolean fits(int rows) {
    return rows == LOW || rows == SHAPE.rows;
  }

  /**
   * Computes 6 rows and 2 vectors of the result, or 4 rows if no more are wanted: the product of
   * the rows of a that begin at ao, {@link #DISTANCE} apart, with the columns of b, stored row by
   * row and {@link Tile#floatCols} wide. If the depth is odd, one more term is read.
   *
   * @param rows how many rows are wanted
   * @param depth the terms of a sum, {@link Tile#depth} at most
   * @param a the left factor
   * @param ao index of its first element
   * @param b the right factor
   * @param bo index of its first element
   * @param c the result
   * @param co index of its first element
   * @param row distance of its rows
   * @param add whether the product is added to c or replaces it
   */
  public static void multiply(
      int rows,
      int depth,
      float[] a,
      int ao,
      float[] b,
      int bo,
      float[] c,
      int co,
      int row,
      boolean add) {
    if (rows <= LOW) {
      fourRows(depth, a, ao, b, bo, c, co, row, add);
    } else {
      sixRows(depth, a, ao, b, bo, c, co, row, add);
    }
  }

  private static void sixRows(
      int depth, float[] a, int ao, float[] b, int bo, float[] c, int co, int row, boolean add) {
    FloatVector c00 = FloatVector.zero(FLOATS);
    FloatVector c01 = FloatVector.zero(FLOATS);
    FloatVector c10 = FloatVector.zero(FLOATS);
    FloatVector c11 = FloatVector.zero(FLOATS);
    FloatVector c20 = FloatVector.zero(FLOATS);
    FloatVector c21 = FloatVector.zero(FLOATS);
    FloatVector c30 = FloatVector.zero(FLOATS);
    FloatVector c31 = FloatVector.zero(FLOATS);
    FloatVector c40 = FloatVector.zero(FLOATS);
    FloatVector c41 = FloatVector.zero(FLOATS);
    FloatVector c50 = FloatVector.zero(FLOATS);
    FloatVector c51 = FloatVector.zero(FLOATS);
    int shift = bo - ao * FLOAT_COLS;
    for (int i = ao; i < ao + depth; i += TERMS) {
      int j = shift + i * FLOAT_COLS;
      FloatVector x = FloatVector.fromArray(FLOATS, b, j);
      FloatVector y = FloatVector.fromArray(FLOATS, b, j + FLOAT_LANES);
      FloatVector v = FloatVector.broadcast(FLOATS, a[i]);
      c00 = fma(x, v, c00);
      c01 = fma(y, v, c01);
      VarHandle.loadLoadFence();
      v = FloatVector.broadcast(FLOATS, a[i + DISTANCE]);
      c10 = fma(x, v, c10);
      c11 = fma(y, v, c11);
      VarHandle.loadLoadFence();
      v = FloatVector.broadcast(FLOATS, a[i + 2 * DISTANCE]);
      c20 = fma(x, v, c20);
      c21 = fma(y, v, c21);
      VarHandle.loadLoadFence();
      v = FloatVector.broadcast(FLOATS, a[i + 3 * DISTANCE]);
      c30 = fma(x, v, c30);
      c31 = fma(y, v, c31);
      VarHandle.loadLoadFence();
      v = FloatVector.broadcast(FLOATS, a[i + 4 * DISTANCE]);
      c40 = fma(x, v, c40);
      c41 = fma(y, v, c41);
      VarHandle.loadLoadFence();
      v = FloatVector.broadcast(FLOATS, a[i + 5 * DISTANCE]);
      c50 = fma(x, v, c50);
      c51 = fma(y, v, c51);
      VarHandle.loadLoadFence();
      x = FloatVector.fromArray(FLOATS, b, j + FLOAT_COLS);
      y = FloatVector.fromArray(FLOATS, b, j + FLOAT_COLS + FLOAT_LANES);
      v = FloatVector.broadcast(FLOATS, a[i + 1]);
      c00 = fma(x, v, c00);
      c01 = fma(y, v, c01);
      VarHandle.loadLoadFence();
      v = FloatVector.broadcast(FLOATS, a[i + 1 + DISTANCE]);
      c10 = fma(x, v, c10);
      c11 = fma(y, v, c11);
      VarHandle.loadLoadFence();
      v = FloatVector.broadcast(FLOATS, a[i + 1 + 2 * DISTANCE]);
      c20 = fma(x, v, c20);
      c21 = fma(y, v, c21);
      VarHandle.loadLoadFence();
      v = FloatVector.broadcast(FLOATS, a[i + 1 + 3 * DISTANCE]);
      c30 = fma(x, v, c30);
      c31 = fma(y, v, c31);
      VarHandle.loadLoadFence();
      v = FloatVector.broadcast(FLOATS, a[i + 1 + 4 * DISTANCE]);
      c40 = fma(x, v, c40);
      c41 = fma(y, v, c41);
      VarHandle.loadLoadFence();
      v = FloatVector.broadcast(FLOATS, a[i + 1 + 5 * DISTANCE]);
      c50 = fma(x, v, c50);
      c51 = fma(y, v, c51);
      VarHandle.loadLoadFence();
    }
    if (add) {
      c00.add(FloatVector.fromArray(FLOATS, c, co)).intoArray(c, co);
      c01.add(FloatVector.fromArray(FLOATS, c, co + FLOAT_LANES)).intoArray(c, co + FLOAT_LANES);
      c10.add(FloatVector.fromArray(FLOATS, c, co + row)).intoArray(c, co + row);
      c11.add(FloatVector.fromArray(FLOATS, c, co + row + FLOAT_LANES))
          .intoArray(c, co + row + FLOAT_LANES);
      c20.add(FloatVector.fromArray(FLOATS, c, co + 2 * row)).intoArray(c, co + 2 * row);
      c21.add(FloatVector.fromArray(FLOATS, c, co + 2 * row + FLOAT_LANES))
          .intoArray(c, co + 2 * row + FLOAT_LANES);
      c30.add(FloatVector.fromArray(FLOATS, c, co + 3 * row)).intoArray(c, co + 3 * row);
      c31.add(FloatVector.fromArray(FLOATS, c, co + 3 * row + FLOAT_LANES))
          .intoArray(c, co + 3 * row + FLOAT_LANES);
      c40.add(FloatVector.fromArray(FLOATS, c, co + 4 * row)).intoArray(c, co + 4 * row);
      c41.add(FloatVector.fromArray(FLOATS, c, co + 4 * row + FLOAT_LANES))
          .intoArray(c, co + 4 * row + FLOAT_LANES);
      c50.add(FloatVector.fromArray(FLOATS, c, co + 5 * row)).intoArray(c, co + 5 * row);
      c51.add(FloatVector.fromArray(FLOATS, c, co + 5 * row + FLOAT_LANES))
          .intoArray(c, co + 5 * row + FLOAT_LANES);
    } else {
      c00.intoArray(c, co);
      c01.intoArray(c, co + FLOAT_LANES);
      c10.intoArray(c, co + row);
      c11.intoArray(c, co + row + FLOAT_LANES);
      c20.intoArray(c, co + 2 * row);
      c21.intoArray(c, co + 2 * row + FLOAT_LANES);
      c30.intoArray(c, co + 3 * row);
      c31.intoArray(c, co + 3 * row + FLOAT_LANES);
      c40.intoArray(c, co + 4 * row);
      c41.intoArray(c, co + 4 * row + FLOAT_LANES);
      c50.intoArray(c, co + 5 * row);
      c51.intoArray(c, co + 5 * row + FLOAT_LANES);
    }
  }

  private static void fourRows(
      int depth, float[] a, int ao, float[] b, int bo, float[] c, int co, int row, boolean add) {
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
      int j = shift + i * FLOAT_COLS;
      FloatVector x = FloatVector.fromArray(FLOATS, b, j);
      FloatVector y = FloatVector.fromArray(FLOATS, b, j + FLOAT_LANES);
      FloatVector v = FloatVector.broadcast(FLOATS, a[i]);
      c00 = fma(x, v, c00);
      c01 = fma(y, v, c01);
      VarHandle.loadLoadFence();
      v = FloatVector.broadcast(FLOATS, a[i + DISTANCE]);
      c10 = fma(x, v, c10);
      c11 = fma(y, v, c11);
      VarHandle.loadLoadFence();
      v = FloatVector.broadcast(FLOATS, a[i + 2 * DISTANCE]);
      c20 = fma(x, v, c20);
      c21 = fma(y, v, c21);
      VarHandle.loadLoadFence();
      v = FloatVector.broadcast(FLOATS, a[i + 3 * DISTANCE]);
      c30 = fma(x, v, c30);
      c31 = fma(y, v, c31);
      VarHandle.loadLoadFence();
      x = FloatVector.fromArray(FLOATS, b, j + FLOAT_COLS);
      y = FloatVector.fromArray(FLOATS, b, j + FLOAT_COLS + FLOAT_LANES);
      v = FloatVector.broadcast(FLOATS, a[i + 1]);
      c00 = fma(x, v, c00);
      c01 = fma(y, v, c01);
      VarHandle.loadLoadFence();
      v = FloatVector.broadcast(FLOATS, a[i + 1 + DISTANCE]);
      c10 = fma(x, v, c10);
      c11 = fma(y, v, c11);
      VarHandle.loadLoadFence();
      v = FloatVector.broadcast(FLOATS, a[i + 1 + 2 * DISTANCE]);
      c20 = fma(x, v, c20);
      c21 = fma(y, v, c21);
      VarHandle.loadLoadFence();
      v = FloatVector.broadcast(FLOATS, a[i + 1 + 3 * DISTANCE]);
      c30 = fma(x, v, c30);
      c31 = fma(y, v, c31);
      VarHandle.loadLoadFence();
    }
    if (add) {
      c00.add(FloatVector.fromArray(FLOATS, c, co)).intoArray(c, co);
      c01.add(FloatVector.fromArray(FLOATS, c, co + FLOAT_LANES)).intoArray(c, co + FLOAT_LANES);
      c10.add(FloatVector.fromArray(FLOATS, c, co + row)).intoArray(c, co + row);
      c11.add(FloatVector.fromArray(FLOATS, c, co + row + FLOAT_LANES))
          .intoArray(c, co + row + FLOAT_LANES);
      c20.add(FloatVector.fromArray(FLOATS, c, co + 2 * row)).intoArray(c, co + 2 * row);
      c21.add(FloatVector.fromArray(FLOATS, c, co + 2 * row + FLOAT_LANES))
          .intoArray(c, co + 2 * row + FLOAT_LANES);
      c30.add(FloatVector.fromArray(FLOATS, c, co + 3 * row)).intoArray(c, co + 3 * row);
      c31.add(FloatVector.fromArray(FLOATS, c, co + 3 * row + FLOAT_LANES))
          .intoArray(c, co + 3 * row + FLOAT_LANES);
    } else {
      c00.intoArray(c, co);
      c01.intoArray(c, co + FLOAT_LANES);
      c10.intoArray(c, co + row);
      c11.intoArray(c, co + row + FLOAT_LANES);
      c20.intoArray(c, co + 2 * row);
      c21.intoArray(c, co + 2 * row + FLOAT_LANES);
      c30.intoArray(c, co + 3 * row);
      c31.intoArray(c, co + 3 * row + FLOAT_LANES);
    }
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

  /** Adds two vectors to c. */
  public static void add(FloatVector x, FloatVector y, float[] c, int co) {
    x.add(FloatVector.fromArray(FLOATS, c, co)).intoArray(c, co);
    y.add(FloatVector.fromArray(FLOATS, c, co + FLOAT_LANES)).intoArray(c, co + FLOAT_LANES);
  }

  /**
   * Computes 6 rows and 2 vectors of the result, or 4 rows if no more are wanted: the product of
   * the rows of a that begin at ao, {@link #DISTANCE} apart, with the columns of b, stored row by
   * row and {@link Tile#doubleCols} wide. If the depth is odd, one more term is read.
   *
   * @param rows how many rows are wanted
   * @param depth the terms of a sum, {@link Tile#depth} at most
   * @param a the left factor
   * @param ao index of its first element
   * @param b the right factor
   * @param bo index of its first element
   * @param c the result
   * @param co index of its first element
   * @param row distance of its rows
   * @param add whether the product is added to c or replaces it
   */
  public static void multiply(
      int rows,
      int depth,
      double[] a,
      int ao,
      double[] b,
      int bo,
      double[] c,
      int co,
      int row,
      boolean add) {
    if (rows <= LOW) {
      fourRows(depth, a, ao, b, bo, c, co, row, add);
    } else {
      sixRows(depth, a, ao, b, bo, c, co, row, add);
    }
  }

  private static void sixRows(
      int depth, double[] a, int ao, double[] b, int bo, double[] c, int co, int row, boolean add) {
    DoubleVector c00 = DoubleVector.zero(DOUBLES);
    DoubleVector c01 = DoubleVector.zero(DOUBLES);
    DoubleVector c10 = DoubleVector.zero(DOUBLES);
    DoubleVector c11 = DoubleVector.zero(DOUBLES);
    DoubleVector c20 = DoubleVector.zero(DOUBLES);
    DoubleVector c21 = DoubleVector.zero(DOUBLES);
    DoubleVector c30 = DoubleVector.zero(DOUBLES);
    DoubleVector c31 = DoubleVector.zero(DOUBLES);
    DoubleVector c40 = DoubleVector.zero(DOUBLES);
    DoubleVector c41 = DoubleVector.zero(DOUBLES);
    DoubleVector c50 = DoubleVector.zero(DOUBLES);
    DoubleVector c51 = DoubleVector.zero(DOUBLES);
    int shift = bo - ao * DOUBLE_COLS;
    for (int i = ao; i < ao + depth; i += TERMS) {
      int j = shift + i * DOUBLE_COLS;
      DoubleVector x = DoubleVector.fromArray(DOUBLES, b, j);
      DoubleVector y = DoubleVector.fromArray(DOUBLES, b, j + DOUBLE_LANES);
      DoubleVector v = DoubleVector.broadcast(DOUBLES, a[i]);
      c00 = fma(x, v, c00);
      c01 = fma(y, v, c01);
      VarHandle.loadLoadFence();
      v = DoubleVector.broadcast(DOUBLES, a[i + DISTANCE]);
      c10 = fma(x, v, c10);
      c11 = fma(y, v, c11);
      VarHandle.loadLoadFence();
      v = DoubleVector.broadcast(DOUBLES, a[i + 2 * DISTANCE]);
      c20 = fma(x, v, c20);
      c21 = fma(y, v, c21);
      VarHandle.loadLoadFence();
      v = DoubleVector.broadcast(DOUBLES, a[i + 3 * DISTANCE]);
      c30 = fma(x, v, c30);
      c31 = fma(y, v, c31);
      VarHandle.loadLoadFence();
      v = DoubleVector.broadcast(DOUBLES, a[i + 4 * DISTANCE]);
      c40 = fma(x, v, c40);
      c41 = fma(y, v, c41);
      VarHandle.loadLoadFence();
      v = DoubleVector.broadcast(DOUBLES, a[i + 5 * DISTANCE]);
      c50 = fma(x, v, c50);
      c51 = fma(y, v, c51);
      VarHandle.loadLoadFence();
      x = DoubleVector.fromArray(DOUBLES, b, j + DOUBLE_COLS);
      y = DoubleVector.fromArray(DOUBLES, b, j + DOUBLE_COLS + DOUBLE_LANES);
      v = DoubleVector.broadcast(DOUBLES, a[i + 1]);
      c00 = fma(x, v, c00);
      c01 = fma(y, v, c01);
      VarHandle.loadLoadFence();
      v = DoubleVector.broadcast(DOUBLES, a[i + 1 + DISTANCE]);
      c10 = fma(x, v, c10);
      c11 = fma(y, v, c11);
      VarHandle.loadLoadFence();
      v = DoubleVector.broadcast(DOUBLES, a[i + 1 + 2 * DISTANCE]);
      c20 = fma(x, v, c20);
      c21 = fma(y, v, c21);
      VarHandle.loadLoadFence();
      v = DoubleVector.broadcast(DOUBLES, a[i + 1 + 3 * DISTANCE]);
      c30 = fma(x, v, c30);
      c31 = fma(y, v, c31);
      VarHandle.loadLoadFence();
      v = DoubleVector.broadcast(DOUBLES, a[i + 1 + 4 * DISTANCE]);
      c40 = fma(x, v, c40);
      c41 = fma(y, v, c41);
      VarHandle.loadLoadFence();
      v = DoubleVector.broadcast(DOUBLES, a[i + 1 + 5 * DISTANCE]);
      c50 = fma(x, v, c50);
      c51 = fma(y, v, c51);
      VarHandle.loadLoadFence();
    }
    if (add) {
      c00.add(DoubleVector.fromArray(DOUBLES, c, co)).intoArray(c, co);
      c01.add(DoubleVector.fromArray(DOUBLES, c, co + DOUBLE_LANES))
          .intoArray(c, co + DOUBLE_LANES);
      c10.add(DoubleVector.fromArray(DOUBLES, c, co + row)).intoArray(c, co + row);
      c11.add(DoubleVector.fromArray(DOUBLES, c, co + row + DOUBLE_LANES))
          .intoArray(c, co + row + DOUBLE_LANES);
      c20.add(DoubleVector.fromArray(DOUBLES, c, co + 2 * row)).intoArray(c, co + 2 * row);
      c21.add(DoubleVector.fromArray(DOUBLES, c, co + 2 * row + DOUBLE_LANES))
          .intoArray(c, co + 2 * row + DOUBLE_LANES);
      c30.add(DoubleVector.fromArray(DOUBLES, c, co + 3 * row)).intoArray(c, co + 3 * row);
      c31.add(DoubleVector.fromArray(DOUBLES, c, co + 3 * row + DOUBLE_LANES))
          .intoArray(c, co + 3 * row + DOUBLE_LANES);
      c40.add(DoubleVector.fromArray(DOUBLES, c, co + 4 * row)).intoArray(c, co + 4 * row);
      c41.add(DoubleVector.fromArray(DOUBLES, c, co + 4 * row + DOUBLE_LANES))
          .intoArray(c, co + 4 * row + DOUBLE_LANES);
      c50.add(DoubleVector.fromArray(DOUBLES, c, co + 5 * row)).intoArray(c, co + 5 * row);
      c51.add(DoubleVector.fromArray(DOUBLES, c, co + 5 * row + DOUBLE_LANES))
          .intoArray(c, co + 5 * row + DOUBLE_LANES);
    } else {
      c00.intoArray(c, co);
      c01.intoArray(c, co + DOUBLE_LANES);
      c10.intoArray(c, co + row);
      c11.intoArray(c, co + row + DOUBLE_LANES);
      c20.intoArray(c, co + 2 * row);
      c21.intoArray(c, co + 2 * row + DOUBLE_LANES);
      c30.intoArray(c, co + 3 * row);
      c31.intoArray(c, co + 3 * row + DOUBLE_LANES);
      c40.intoArray(c, co + 4 * row);
      c41.intoArray(c, co + 4 * row + DOUBLE_LANES);
      c50.intoArray(c, co + 5 * row);
      c51.intoArray(c, co + 5 * row + DOUBLE_LANES);
    }
  }

  private static void fourRows(
      int depth, double[] a, int ao, double[] b, int bo, double[] c, int co, int row, boolean add) {
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
      int j = shift + i * DOUBLE_COLS;
      DoubleVector x = DoubleVector.fromArray(DOUBLES, b, j);
      DoubleVector y = DoubleVector.fromArray(DOUBLES, b, j + DOUBLE_LANES);
      DoubleVector v = DoubleVector.broadcast(DOUBLES, a[i]);
      c00 = fma(x, v, c00);
      c01 = fma(y, v, c01);
      VarHandle.loadLoadFence();
      v = DoubleVector.broadcast(DOUBLES, a[i + DISTANCE]);
      c10 = fma(x, v, c10);
      c11 = fma(y, v, c11);
      VarHandle.loadLoadFence();
      v = DoubleVector.broadcast(DOUBLES, a[i + 2 * DISTANCE]);
      c20 = fma(x, v, c20);
      c21 = fma(y, v, c21);
      VarHandle.loadLoadFence();
      v = DoubleVector.broadcast(DOUBLES, a[i + 3 * DISTANCE]);
      c30 = fma(x, v, c30);
      c31 = fma(y, v, c31);
      VarHandle.loadLoadFence();
      x = DoubleVector.fromArray(DOUBLES, b, j + DOUBLE_COLS);
      y = DoubleVector.fromArray(DOUBLES, b, j + DOUBLE_COLS + DOUBLE_LANES);
      v = DoubleVector.broadcast(DOUBLES, a[i + 1]);
      c00 = fma(x, v, c00);
      c01 = fma(y, v, c01);
      VarHandle.loadLoadFence();
      v = DoubleVector.broadcast(DOUBLES, a[i + 1 + DISTANCE]);
      c10 = fma(x, v, c10);
      c11 = fma(y, v, c11);
      VarHandle.loadLoadFence();
      v = DoubleVector.broadcast(DOUBLES, a[i + 1 + 2 * DISTANCE]);
      c20 = fma(x, v, c20);
      c21 = fma(y, v, c21);
      VarHandle.loadLoadFence();
      v = DoubleVector.broadcast(DOUBLES, a[i + 1 + 3 * DISTANCE]);
      c30 = fma(x, v, c30);
      c31 = fma(y, v, c31);
      VarHandle.loadLoadFence();
    }
    if (add) {
      c00.add(DoubleVector.fromArray(DOUBLES, c, co)).intoArray(c, co);
      c01.add(DoubleVector.fromArray(DOUBLES, c, co + DOUBLE_LANES))
          .intoArray(c, co + DOUBLE_LANES);
      c10.add(DoubleVector.fromArray(DOUBLES, c, co + row)).intoArray(c, co + row);
      c11.add(DoubleVector.fromArray(DOUBLES, c, co + row + DOUBLE_LANES))
          .intoArray(c, co + row + DOUBLE_LANES);
      c20.add(DoubleVector.fromArray(DOUBLES, c, co + 2 * row)).intoArray(c, co + 2 * row);
      c21.add(DoubleVector.fromArray(DOUBLES, c, co + 2 * row + DOUBLE_LANES))
          .intoArray(c, co + 2 * row + DOUBLE_LANES);
      c30.add(DoubleVector.fromArray(DOUBLES, c, co + 3 * row)).intoArray(c, co + 3 * row);
      c31.add(DoubleVector.fromArray(DOUBLES, c, co + 3 * row + DOUBLE_LANES))
          .intoArray(c, co + 3 * row + DOUBLE_LANES);
    } else {
      c00.intoArray(c, co);
      c01.intoArray(c, co + DOUBLE_LANES);
      c10.intoArray(c, co + row);
      c11.intoArray(c, co + row + DOUBLE_LANES);
      c20.intoArray(c, co + 2 * row);
      c21.intoArray(c, co + 2 * row + DOUBLE_LANES);
      c30.intoArray(c, co + 3 * row);
      c31.intoArray(c, co + 3 * row + DOUBLE_LANES);
    }
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
}
