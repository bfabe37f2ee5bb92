package dev.headgrad.tape.kernel;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Tiles of 5 or 4 rows by 2 vectors.
 *
 * <p>The 10 sums, 2 vectors of b and one to three elements of a fit the 16 registers of AVX2. Tiles
 * of 6 by 2 or 4 by 3, which need just as many registers as there are, often lose half their speed:
 * the compiler loads elements of a early and spills sums to memory.
 */
final class VectorTile extends Tile {

  private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Double> DOUBLES = DoubleVector.SPECIES_PREFERRED;
  private static final int FLOAT_LANES = FLOATS.length();
  private static final int DOUBLE_LANES = DOUBLES.length();

  VectorTile() {
    super(5, 4, 2 * FLOAT_LANES, 2 * DOUBLE_LANES, 256);
  }

  @Override
  void multiply(
      int rows,
      int cols,
      int depth,
      float[] a,
      int ao,
      int aRow,
      float[] b,
      int bo,
      float[] c,
      int co,
      int cRow,
      boolean add) {
    int a1 = rows > 1 ? ao + aRow : ao;
    int a2 = rows > 2 ? a1 + aRow : ao;
    int a3 = rows > 3 ? a2 + aRow : ao;
    if (rows > 4) {
      fiveRows(depth, a, ao, a1, a2, a3, a3 + aRow, b, bo, c, co, cRow, add);
    } else {
      fourRows(depth, a, ao, a1, a2, a3, b, bo, c, co, cRow, add);
    }
  }

  private static void fiveRows(
      int depth,
      float[] a,
      int a0,
      int a1,
      int a2,
      int a3,
      int a4,
      float[] b,
      int bo,
      float[] c,
      int co,
      int cRow,
      boolean add) {
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
    int j = bo;
    for (int p = 0; p < depth; p++) {
      FloatVector b0 = FloatVector.fromArray(FLOATS, b, j);
      FloatVector b1 = FloatVector.fromArray(FLOATS, b, j + FLOAT_LANES);
      FloatVector v = FloatVector.broadcast(FLOATS, a[a0 + p]);
      c00 = fma(v, b0, c00);
      c01 = fma(v, b1, c01);
      v = FloatVector.broadcast(FLOATS, a[a1 + p]);
      c10 = fma(v, b0, c10);
      c11 = fma(v, b1, c11);
      v = FloatVector.broadcast(FLOATS, a[a2 + p]);
      c20 = fma(v, b0, c20);
      c21 = fma(v, b1, c21);
      v = FloatVector.broadcast(FLOATS, a[a3 + p]);
      c30 = fma(v, b0, c30);
      c31 = fma(v, b1, c31);
      v = FloatVector.broadcast(FLOATS, a[a4 + p]);
      c40 = fma(v, b0, c40);
      c41 = fma(v, b1, c41);
      j += 2 * FLOAT_LANES;
    }
    store(c00, c01, c, co, add);
    store(c10, c11, c, co + cRow, add);
    store(c20, c21, c, co + 2 * cRow, add);
    store(c30, c31, c, co + 3 * cRow, add);
    store(c40, c41, c, co + 4 * cRow, add);
  }

  private static void fourRows(
      int depth,
      float[] a,
      int a0,
      int a1,
      int a2,
      int a3,
      float[] b,
      int bo,
      float[] c,
      int co,
      int cRow,
      boolean add) {
    FloatVector c00 = FloatVector.zero(FLOATS);
    FloatVector c01 = FloatVector.zero(FLOATS);
    FloatVector c10 = FloatVector.zero(FLOATS);
    FloatVector c11 = FloatVector.zero(FLOATS);
    FloatVector c20 = FloatVector.zero(FLOATS);
    FloatVector c21 = FloatVector.zero(FLOATS);
    FloatVector c30 = FloatVector.zero(FLOATS);
    FloatVector c31 = FloatVector.zero(FLOATS);
    int j = bo;
    for (int p = 0; p < depth; p++) {
      FloatVector b0 = FloatVector.fromArray(FLOATS, b, j);
      FloatVector b1 = FloatVector.fromArray(FLOATS, b, j + FLOAT_LANES);
      FloatVector v = FloatVector.broadcast(FLOATS, a[a0 + p]);
      c00 = fma(v, b0, c00);
      c01 = fma(v, b1, c01);
      v = FloatVector.broadcast(FLOATS, a[a1 + p]);
      c10 = fma(v, b0, c10);
      c11 = fma(v, b1, c11);
      v = FloatVector.broadcast(FLOATS, a[a2 + p]);
      c20 = fma(v, b0, c20);
      c21 = fma(v, b1, c21);
      v = FloatVector.broadcast(FLOATS, a[a3 + p]);
      c30 = fma(v, b0, c30);
      c31 = fma(v, b1, c31);
      j += 2 * FLOAT_LANES;
    }
    store(c00, c01, c, co, add);
    store(c10, c11, c, co + cRow, add);
    store(c20, c21, c, co + 2 * cRow, add);
    store(c30, c31, c, co + 3 * cRow, add);
  }

  private static FloatVector fma(FloatVector a, FloatVector b, FloatVector c) {
    return Fma.FAST ? a.fma(b, c) : a.mul(b).add(c);
  }

  private static void store(FloatVector x, FloatVector y, float[] c, int co, boolean add) {
    if (add) {
      x.add(FloatVector.fromArray(FLOATS, c, co)).intoArray(c, co);
      y.add(FloatVector.fromArray(FLOATS, c, co + FLOAT_LANES)).intoArray(c, co + FLOAT_LANES);
    } else {
      x.intoArray(c, co);
      y.intoArray(c, co + FLOAT_LANES);
    }
  }

  @Override
  void multiply(
      int rows,
      int cols,
      int depth,
      double[] a,
      int ao,
      int aRow,
      double[] b,
      int bo,
      double[] c,
      int co,
      int cRow,
      boolean add) {
    int a1 = rows > 1 ? ao + aRow : ao;
    int a2 = rows > 2 ? a1 + aRow : ao;
    int a3 = rows > 3 ? a2 + aRow : ao;
    if (rows > 4) {
      fiveRows(depth, a, ao, a1, a2, a3, a3 + aRow, b, bo, c, co, cRow, add);
    } else {
      fourRows(depth, a, ao, a1, a2, a3, b, bo, c, co, cRow, add);
    }
  }

  private static void fiveRows(
      int depth,
      double[] a,
      int a0,
      int a1,
      int a2,
      int a3,
      int a4,
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
    DoubleVector c40 = DoubleVector.zero(DOUBLES);
    DoubleVector c41 = DoubleVector.zero(DOUBLES);
    int j = bo;
    for (int p = 0; p < depth; p++) {
      DoubleVector b0 = DoubleVector.fromArray(DOUBLES, b, j);
      DoubleVector b1 = DoubleVector.fromArray(DOUBLES, b, j + DOUBLE_LANES);
      DoubleVector v = DoubleVector.broadcast(DOUBLES, a[a0 + p]);
      c00 = fma(v, b0, c00);
      c01 = fma(v, b1, c01);
      v = DoubleVector.broadcast(DOUBLES, a[a1 + p]);
      c10 = fma(v, b0, c10);
      c11 = fma(v, b1, c11);
      v = DoubleVector.broadcast(DOUBLES, a[a2 + p]);
      c20 = fma(v, b0, c20);
      c21 = fma(v, b1, c21);
      v = DoubleVector.broadcast(DOUBLES, a[a3 + p]);
      c30 = fma(v, b0, c30);
      c31 = fma(v, b1, c31);
      v = DoubleVector.broadcast(DOUBLES, a[a4 + p]);
      c40 = fma(v, b0, c40);
      c41 = fma(v, b1, c41);
      j += 2 * DOUBLE_LANES;
    }
    store(c00, c01, c, co, add);
    store(c10, c11, c, co + cRow, add);
    store(c20, c21, c, co + 2 * cRow, add);
    store(c30, c31, c, co + 3 * cRow, add);
    store(c40, c41, c, co + 4 * cRow, add);
  }

  private static void fourRows(
      int depth,
      double[] a,
      int a0,
      int a1,
      int a2,
      int a3,
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
    int j = bo;
    for (int p = 0; p < depth; p++) {
      DoubleVector b0 = DoubleVector.fromArray(DOUBLES, b, j);
      DoubleVector b1 = DoubleVector.fromArray(DOUBLES, b, j + DOUBLE_LANES);
      DoubleVector v = DoubleVector.broadcast(DOUBLES, a[a0 + p]);
      c00 = fma(v, b0, c00);
      c01 = fma(v, b1, c01);
      v = DoubleVector.broadcast(DOUBLES, a[a1 + p]);
      c10 = fma(v, b0, c10);
      c11 = fma(v, b1, c11);
      v = DoubleVector.broadcast(DOUBLES, a[a2 + p]);
      c20 = fma(v, b0, c20);
      c21 = fma(v, b1, c21);
      v = DoubleVector.broadcast(DOUBLES, a[a3 + p]);
      c30 = fma(v, b0, c30);
      c31 = fma(v, b1, c31);
      j += 2 * DOUBLE_LANES;
    }
    store(c00, c01, c, co, add);
    store(c10, c11, c, co + cRow, add);
    store(c20, c21, c, co + 2 * cRow, add);
    store(c30, c31, c, co + 3 * cRow, add);
  }

  private static DoubleVector fma(DoubleVector a, DoubleVector b, DoubleVector c) {
    return Fma.FAST ? a.fma(b, c) : a.mul(b).add(c);
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
