package dev.headgrad.tape.kernel;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
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

  /** Columns whose lines of all taps fit the caches. */
  private static final int COLS = 256;

  VectorTapTile() {
    super(5, 8 * LANES, COLS, 3);
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
    float[] sums = new float[9 * LANES];
    for (int p = 0; p < depth; p += 3) {
      Arrays.fill(sums, 0);
      for (int s = 0; s < segments; s++) {
        int at = xo + s * xStep;
        int x0 = at + taps[p];
        int x1 = at + taps[Math.min(p + 1, depth - 1)];
        int x2 = at + taps[Math.min(p + 2, depth - 1)];
        nineDots(length, g, go + s * gStep, g1 + s * gStep, g2 + s * gStep, x, x0, x1, x2, sums);
      }
      for (int r = 0; r < rows; r++) {
        for (int q = 0; q < Math.min(3, depth - p); q++) {
          c[co + r * cRow + p + q] += sum(sums, (3 * r + q) * LANES);
        }
      }
    }
  }

  /** The sum of a vector's lanes; nine chains of additions overlap, as reduceLanes does not. */
  private static float sum(float[] lanes, int at) {
    float even = 0;
    float odd = 0;
    for (int i = 0; i < LANES; i += 2) {
      even += lanes[at + i];
      odd += lanes[at + i + 1];
    }
    return even + odd;
  }

  private static void nineDots(
      int length,
      float[] g,
      int g0,
      int g1,
      int g2,
      float[] x,
      int x0,
      int x1,
      int x2,
      float[] sums) {
    FloatVector c00 = FloatVector.fromArray(F, sums, 0);
    FloatVector c01 = FloatVector.fromArray(F, sums, LANES);
    FloatVector c02 = FloatVector.fromArray(F, sums, 2 * LANES);
    FloatVector c10 = FloatVector.fromArray(F, sums, 3 * LANES);
    FloatVector c11 = FloatVector.fromArray(F, sums, 4 * LANES);
    FloatVector c12 = FloatVector.fromArray(F, sums, 5 * LANES);
    FloatVector c20 = FloatVector.fromArray(F, sums, 6 * LANES);
    FloatVector c21 = FloatVector.fromArray(F, sums, 7 * LANES);
    FloatVector c22 = FloatVector.fromArray(F, sums, 8 * LANES);
    for (int j = 0; j < length; j += LANES) {
      FloatVector v0 = FloatVector.fromArray(F, x, x0 + j);
      FloatVector v1 = FloatVector.fromArray(F, x, x1 + j);
      FloatVector v2 = FloatVector.fromArray(F, x, x2 + j);
      FloatVector v = FloatVector.fromArray(F, g, g0 + j);
      c00 = fma(v, v0, c00);
      c01 = fma(v, v1, c01);
      c02 = fma(v, v2, c02);
      v = FloatVector.fromArray(F, g, g1 + j);
      c10 = fma(v, v0, c10);
      c11 = fma(v, v1, c11);
      c12 = fma(v, v2, c12);
      v = FloatVector.fromArray(F, g, g2 + j);
      c20 = fma(v, v0, c20);
      c21 = fma(v, v1, c21);
      c22 = fma(v, v2, c22);
    }
    c00.intoArray(sums, 0);
    c01.intoArray(sums, LANES);
    c02.intoArray(sums, 2 * LANES);
    c10.intoArray(sums, 3 * LANES);
    c11.intoArray(sums, 4 * LANES);
    c12.intoArray(sums, 5 * LANES);
    c20.intoArray(sums, 6 * LANES);
    c21.intoArray(sums, 7 * LANES);
    c22.intoArray(sums, 8 * LANES);
  }

  @Override
  void max(int cols, float[] b, int bo, int[] taps, float[] c, float[] which) {
    for (int j = 0; j < cols; j += LANES) {
      FloatVector max = FloatVector.fromArray(F, b, bo + taps[0] + j);
      FloatVector tap = FloatVector.zero(F);
      for (int p = 1; p < taps.length; p++) {
        FloatVector v = FloatVector.fromArray(F, b, bo + taps[p] + j);
        VectorMask<Float> number = max.compare(VectorOperators.EQ, max);
        VectorMask<Float> larger = number.andNot(v.compare(VectorOperators.LE, max));
        max = max.blend(v, larger);
        tap = tap.blend((float) p, larger);
      }
      max.intoArray(c, j);
      tap.intoArray(which, j);
    }
  }

  private static FloatVector start(float @Nullable [] init, int io, float[] c, int co) {
    return init == null ? FloatVector.fromArray(F, c, co) : FloatVector.broadcast(F, init[io]);
  }

  private static FloatVector fma(FloatVector a, FloatVector b, FloatVector c) {
    return Fma.FAST ? a.fma(b, c) : a.mul(b).add(c);
  }
}
