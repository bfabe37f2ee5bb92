package dev.headgrad.tape.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import org.jspecify.annotations.Nullable;

/**
 * Tiles on the Vector API: 5 or 4 filters by 2 vectors of windows, 3 by 3, or 1 by 8, so that all
 * sums stay in the 16 registers of AVX2 and enough of them are independent.
 */
final class VectorTapTile extends TapTile {

  private static final VectorSpecies<Float> F = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = F.length();

  VectorTapTile() {
    super(5, 8 * LANES, 3);
  }

  @Override
  void correlate(
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
      int cRow) {
    int a1 = ao + aRow;
    int a2 = a1 + aRow;
    int a3 = a2 + aRow;
    switch (rows) {
      case 5:
        fiveRows(cols, depth, a, ao, a1, a2, a3, a3 + aRow, b, bo, taps, to, init, io, c, co, cRow);
        break;
      case 4:
        fourRows(cols, depth, a, ao, a1, a2, a3, b, bo, taps, to, init, io, c, co, cRow);
        break;
      case 3:
        threeRows(cols, depth, a, ao, a1, a2, b, bo, taps, to, init, io, c, co, cRow);
        break;
      default:
        oneRow(cols, depth, a, ao, b, bo, taps, to, init, io, c, co, cRow);
        if (rows == 2) {
          oneRow(cols, depth, a, a1, b, bo, taps, to, init, io + 1, c, co + cRow, cRow);
        }
    }
  }

  private static void fiveRows(
      int cols,
      int depth,
      float[] a,
      int a0,
      int a1,
      int a2,
      int a3,
      int a4,
      float[] b,
      int bo,
      int[] taps,
      int to,
      float @Nullable [] init,
      int io,
      float[] c,
      int co,
      int cRow) {
    for (int j = 0; j < cols; j += 2 * LANES) {
      FloatVector c00 = start(init, io, c, co + j);
      FloatVector c01 = start(init, io, c, co + j + LANES);
      FloatVector c10 = start(init, io + 1, c, co + j + cRow);
      FloatVector c11 = start(init, io + 1, c, co + j + cRow + LANES);
      FloatVector c20 = start(init, io + 2, c, co + j + 2 * cRow);
      FloatVector c21 = start(init, io + 2, c, co + j + 2 * cRow + LANES);
      FloatVector c30 = start(init, io + 3, c, co + j + 3 * cRow);
      FloatVector c31 = start(init, io + 3, c, co + j + 3 * cRow + LANES);
      FloatVector c40 = start(init, io + 4, c, co + j + 4 * cRow);
      FloatVector c41 = start(init, io + 4, c, co + j + 4 * cRow + LANES);
      int at = bo + j;
      for (int p = 0; p < depth; p++) {
        int tap = at + taps[to + p];
        FloatVector b0 = FloatVector.fromArray(F, b, tap);
        FloatVector b1 = FloatVector.fromArray(F, b, tap + LANES);
        FloatVector v = FloatVector.broadcast(F, a[a0 + p]);
        c00 = fma(v, b0, c00);
        c01 = fma(v, b1, c01);
        v = FloatVector.broadcast(F, a[a1 + p]);
        c10 = fma(v, b0, c10);
        c11 = fma(v, b1, c11);
        v = FloatVector.broadcast(F, a[a2 + p]);
        c20 = fma(v, b0, c20);
        c21 = fma(v, b1, c21);
        v = FloatVector.broadcast(F, a[a3 + p]);
        c30 = fma(v, b0, c30);
        c31 = fma(v, b1, c31);
        v = FloatVector.broadcast(F, a[a4 + p]);
        c40 = fma(v, b0, c40);
        c41 = fma(v, b1, c41);
      }
      c00.intoArray(c, co + j);
      c01.intoArray(c, co + j + LANES);
      c10.intoArray(c, co + j + cRow);
      c11.intoArray(c, co + j + cRow + LANES);
      c20.intoArray(c, co + j + 2 * cRow);
      c21.intoArray(c, co + j + 2 * cRow + LANES);
      c30.intoArray(c, co + j + 3 * cRow);
      c31.intoArray(c, co + j + 3 * cRow + LANES);
      c40.intoArray(c, co + j + 4 * cRow);
      c41.intoArray(c, co + j + 4 * cRow + LANES);
    }
  }

  private static void fourRows(
      int cols,
      int depth,
      float[] a,
      int a0,
      int a1,
      int a2,
      int a3,
      float[] b,
      int bo,
      int[] taps,
      int to,
      float @Nullable [] init,
      int io,
      float[] c,
      int co,
      int cRow) {
    for (int j = 0; j < cols; j += 2 * LANES) {
      FloatVector c00 = start(init, io, c, co + j);
      FloatVector c01 = start(init, io, c, co + j + LANES);
      FloatVector c10 = start(init, io + 1, c, co + j + cRow);
      FloatVector c11 = start(init, io + 1, c, co + j + cRow + LANES);
      FloatVector c20 = start(init, io + 2, c, co + j + 2 * cRow);
      FloatVector c21 = start(init, io + 2, c, co + j + 2 * cRow + LANES);
      FloatVector c30 = start(init, io + 3, c, co + j + 3 * cRow);
      FloatVector c31 = start(init, io + 3, c, co + j + 3 * cRow + LANES);
      int at = bo + j;
      for (int p = 0; p < depth; p++) {
        int tap = at + taps[to + p];
        FloatVector b0 = FloatVector.fromArray(F, b, tap);
        FloatVector b1 = FloatVector.fromArray(F, b, tap + LANES);
        FloatVector v = FloatVector.broadcast(F, a[a0 + p]);
        c00 = fma(v, b0, c00);
        c01 = fma(v, b1, c01);
        v = FloatVector.broadcast(F, a[a1 + p]);
        c10 = fma(v, b0, c10);
        c11 = fma(v, b1, c11);
        v = FloatVector.broadcast(F, a[a2 + p]);
        c20 = fma(v, b0, c20);
        c21 = fma(v, b1, c21);
        v = FloatVector.broadcast(F, a[a3 + p]);
        c30 = fma(v, b0, c30);
        c31 = fma(v, b1, c31);
      }
      c00.intoArray(c, co + j);
      c01.intoArray(c, co + j + LANES);
      c10.intoArray(c, co + j + cRow);
      c11.intoArray(c, co + j + cRow + LANES);
      c20.intoArray(c, co + j + 2 * cRow);
      c21.intoArray(c, co + j + 2 * cRow + LANES);
      c30.intoArray(c, co + j + 3 * cRow);
      c31.intoArray(c, co + j + 3 * cRow + LANES);
    }
  }

  private static void threeRows(
      int cols,
      int depth,
      float[] a,
      int a0,
      int a1,
      int a2,
      float[] b,
      int bo,
      int[] taps,
      int to,
      float @Nullable [] init,
      int io,
      float[] c,
      int co,
      int cRow) {
    for (int j = 0; j < cols; j += 3 * LANES) {
      FloatVector c00 = start(init, io, c, co + j);
      FloatVector c01 = start(init, io, c, co + j + LANES);
      FloatVector c02 = start(init, io, c, co + j + 2 * LANES);
      FloatVector c10 = start(init, io + 1, c, co + j + cRow);
      FloatVector c11 = start(init, io + 1, c, co + j + cRow + LANES);
      FloatVector c12 = start(init, io + 1, c, co + j + cRow + 2 * LANES);
      FloatVector c20 = start(init, io + 2, c, co + j + 2 * cRow);
      FloatVector c21 = start(init, io + 2, c, co + j + 2 * cRow + LANES);
      FloatVector c22 = start(init, io + 2, c, co + j + 2 * cRow + 2 * LANES);
      int at = bo + j;
      for (int p = 0; p < depth; p++) {
        int tap = at + taps[to + p];
        FloatVector b0 = FloatVector.fromArray(F, b, tap);
        FloatVector b1 = FloatVector.fromArray(F, b, tap + LANES);
        FloatVector b2 = FloatVector.fromArray(F, b, tap + 2 * LANES);
        FloatVector v = FloatVector.broadcast(F, a[a0 + p]);
        c00 = fma(v, b0, c00);
        c01 = fma(v, b1, c01);
        c02 = fma(v, b2, c02);
        v = FloatVector.broadcast(F, a[a1 + p]);
        c10 = fma(v, b0, c10);
        c11 = fma(v, b1, c11);
        c12 = fma(v, b2, c12);
        v = FloatVector.broadcast(F, a[a2 + p]);
        c20 = fma(v, b0, c20);
        c21 = fma(v, b1, c21);
        c22 = fma(v, b2, c22);
      }
      c00.intoArray(c, co + j);
      c01.intoArray(c, co + j + LANES);
      c02.intoArray(c, co + j + 2 * LANES);
      c10.intoArray(c, co + j + cRow);
      c11.intoArray(c, co + j + cRow + LANES);
      c12.intoArray(c, co + j + cRow + 2 * LANES);
      c20.intoArray(c, co + j + 2 * cRow);
      c21.intoArray(c, co + j + 2 * cRow + LANES);
      c22.intoArray(c, co + j + 2 * cRow + 2 * LANES);
    }
  }

  private static void oneRow(
      int cols,
      int depth,
      float[] a,
      int a0,
      float[] b,
      int bo,
      int[] taps,
      int to,
      float @Nullable [] init,
      int io,
      float[] c,
      int co,
      int cRow) {
    for (int j = 0; j < cols; j += 8 * LANES) {
      FloatVector c00 = start(init, io, c, co + j);
      FloatVector c01 = start(init, io, c, co + j + LANES);
      FloatVector c02 = start(init, io, c, co + j + 2 * LANES);
      FloatVector c03 = start(init, io, c, co + j + 3 * LANES);
      FloatVector c04 = start(init, io, c, co + j + 4 * LANES);
      FloatVector c05 = start(init, io, c, co + j + 5 * LANES);
      FloatVector c06 = start(init, io, c, co + j + 6 * LANES);
      FloatVector c07 = start(init, io, c, co + j + 7 * LANES);
      int at = bo + j;
      for (int p = 0; p < depth; p++) {
        int tap = at + taps[to + p];
        FloatVector v = FloatVector.broadcast(F, a[a0 + p]);
        c00 = fma(v, FloatVector.fromArray(F, b, tap), c00);
        c01 = fma(v, FloatVector.fromArray(F, b, tap + LANES), c01);
        c02 = fma(v, FloatVector.fromArray(F, b, tap + 2 * LANES), c02);
        c03 = fma(v, FloatVector.fromArray(F, b, tap + 3 * LANES), c03);
        c04 = fma(v, FloatVector.fromArray(F, b, tap + 4 * LANES), c04);
        c05 = fma(v, FloatVector.fromArray(F, b, tap + 5 * LANES), c05);
        c06 = fma(v, FloatVector.fromArray(F, b, tap + 6 * LANES), c06);
        c07 = fma(v, FloatVector.fromArray(F, b, tap + 7 * LANES), c07);
      }
      c00.intoArray(c, co + j);
      c01.intoArray(c, co + j + LANES);
      c02.intoArray(c, co + j + 2 * LANES);
      c03.intoArray(c, co + j + 3 * LANES);
      c04.intoArray(c, co + j + 4 * LANES);
      c05.intoArray(c, co + j + 5 * LANES);
      c06.intoArray(c, co + j + 6 * LANES);
      c07.intoArray(c, co + j + 7 * LANES);
    }
  }

  @Override
  void dots(
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
      int cRow) {
    // rows and taps that are not there are computed as the last one again, and dropped
    int g1 = rows > 1 ? go + gRow : go;
    int g2 = rows > 2 ? g1 + gRow : g1;
    for (int p = 0; p < depth; p += 3) {
      int x0 = xo + taps[p];
      int x1 = xo + taps[Math.min(p + 1, depth - 1)];
      int x2 = xo + taps[Math.min(p + 2, depth - 1)];
      int many = Math.min(3, depth - p);
      nineDots(
          rows, many, segments, length, g, go, g1, g2, gStep, x, x0, x1, x2, xStep, c, co + p,
          cRow);
    }
  }

  private static void nineDots(
      int rows,
      int many,
      int segments,
      int length,
      float[] g,
      int g0,
      int g1,
      int g2,
      int gStep,
      float[] x,
      int x0,
      int x1,
      int x2,
      int xStep,
      float[] c,
      int co,
      int cRow) {
    FloatVector c00 = FloatVector.zero(F);
    FloatVector c01 = FloatVector.zero(F);
    FloatVector c02 = FloatVector.zero(F);
    FloatVector c10 = FloatVector.zero(F);
    FloatVector c11 = FloatVector.zero(F);
    FloatVector c12 = FloatVector.zero(F);
    FloatVector c20 = FloatVector.zero(F);
    FloatVector c21 = FloatVector.zero(F);
    FloatVector c22 = FloatVector.zero(F);
    for (int s = 0; s < segments; s++) {
      int gs = s * gStep;
      int xs = s * xStep;
      for (int j = 0; j < length; j += LANES) {
        FloatVector v0 = FloatVector.fromArray(F, x, x0 + xs + j);
        FloatVector v1 = FloatVector.fromArray(F, x, x1 + xs + j);
        FloatVector v2 = FloatVector.fromArray(F, x, x2 + xs + j);
        FloatVector v = FloatVector.fromArray(F, g, g0 + gs + j);
        c00 = fma(v, v0, c00);
        c01 = fma(v, v1, c01);
        c02 = fma(v, v2, c02);
        v = FloatVector.fromArray(F, g, g1 + gs + j);
        c10 = fma(v, v0, c10);
        c11 = fma(v, v1, c11);
        c12 = fma(v, v2, c12);
        v = FloatVector.fromArray(F, g, g2 + gs + j);
        c20 = fma(v, v0, c20);
        c21 = fma(v, v1, c21);
        c22 = fma(v, v2, c22);
      }
    }
    addSums(many, c00, c01, c02, c, co);
    if (rows > 1) {
      addSums(many, c10, c11, c12, c, co + cRow);
    }
    if (rows > 2) {
      addSums(many, c20, c21, c22, c, co + 2 * cRow);
    }
  }

  private static void addSums(
      int many, FloatVector x, FloatVector y, FloatVector z, float[] c, int co) {
    c[co] += x.reduceLanes(VectorOperators.ADD);
    if (many > 1) {
      c[co + 1] += y.reduceLanes(VectorOperators.ADD);
    }
    if (many > 2) {
      c[co + 2] += z.reduceLanes(VectorOperators.ADD);
    }
  }

  private static FloatVector start(float @Nullable [] init, int io, float[] c, int co) {
    return init == null ? FloatVector.fromArray(F, c, co) : FloatVector.broadcast(F, init[io]);
  }

  private static FloatVector fma(FloatVector a, FloatVector b, FloatVector c) {
    return Fma.FAST ? a.fma(b, c) : a.mul(b).add(c);
  }
}
