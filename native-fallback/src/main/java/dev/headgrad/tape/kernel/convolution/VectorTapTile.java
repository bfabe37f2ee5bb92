package dev.headgrad.tape.kernel.convolution;

import static dev.headgrad.tape.kernel.Vectors.fma;

import dev.headgrad.tape.kernel.Buffers;
import dev.headgrad.tape.kernel.Species;
import java.lang.invoke.VarHandle;
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

  private static final VectorSpecies<Float> F = Species.FLOATS;
  private static final int LANES = F.length();

  private static final int ROWS = 5;

  /** Columns whose lines of all taps fit the caches. */
  private static final int COLS = 256;

  /** How far filters are apart: what is constant needs no instructions and no registers. */
  private static final int DISTANCE = DEPTH + 16;

  VectorTapTile() {
    super(ROWS, 8 * LANES, COLS, VectorDotTile.ROWS);
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
    float[] filters = Buffers.floats(ROWS * DISTANCE);
    for (int r = 0; r < rows; r++) {
      System.arraycopy(a, ao + r * aRow, filters, r * DISTANCE, depth);
    }
    int[] t = to == 0 ? taps : Arrays.copyOfRange(taps, to, to + depth);
    switch (rows) {
      case 5:
        fiveRows(cols, depth, filters, b, bo, t, init, io, c, co, cRow);
        break;
      case 4:
        fourRows(cols, depth, filters, b, bo, t, init, io, c, co, cRow);
        break;
      case 3:
        threeRows(cols, depth, filters, b, bo, t, init, io, c, co, cRow);
        break;
      default:
        oneRow(cols, depth, filters, 0, b, bo, t, init, io, c, co);
        if (rows == 2) {
          oneRow(cols, depth, filters, DISTANCE, b, bo, t, init, io + 1, c, co + cRow);
        }
    }
    Buffers.recycle(filters);
  }

  private static void fiveRows(
      int cols,
      int depth,
      float[] a,
      float[] b,
      int bo,
      int[] taps,
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
        int tap = at + taps[p];
        FloatVector b0 = FloatVector.fromArray(F, b, tap);
        FloatVector b1 = FloatVector.fromArray(F, b, tap + LANES);
        FloatVector v = FloatVector.broadcast(F, a[p]);
        c00 = fma(v, b0, c00);
        c01 = fma(v, b1, c01);
        v = FloatVector.broadcast(F, a[p + DISTANCE]);
        c10 = fma(v, b0, c10);
        c11 = fma(v, b1, c11);
        v = FloatVector.broadcast(F, a[p + 2 * DISTANCE]);
        c20 = fma(v, b0, c20);
        c21 = fma(v, b1, c21);
        v = FloatVector.broadcast(F, a[p + 3 * DISTANCE]);
        c30 = fma(v, b0, c30);
        c31 = fma(v, b1, c31);
        v = FloatVector.broadcast(F, a[p + 4 * DISTANCE]);
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
      float[] b,
      int bo,
      int[] taps,
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
        int tap = at + taps[p];
        FloatVector b0 = FloatVector.fromArray(F, b, tap);
        FloatVector b1 = FloatVector.fromArray(F, b, tap + LANES);
        FloatVector v = FloatVector.broadcast(F, a[p]);
        c00 = fma(v, b0, c00);
        c01 = fma(v, b1, c01);
        v = FloatVector.broadcast(F, a[p + DISTANCE]);
        c10 = fma(v, b0, c10);
        c11 = fma(v, b1, c11);
        v = FloatVector.broadcast(F, a[p + 2 * DISTANCE]);
        c20 = fma(v, b0, c20);
        c21 = fma(v, b1, c21);
        v = FloatVector.broadcast(F, a[p + 3 * DISTANCE]);
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
      float[] b,
      int bo,
      int[] taps,
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
        int tap = at + taps[p];
        FloatVector b0 = FloatVector.fromArray(F, b, tap);
        FloatVector b1 = FloatVector.fromArray(F, b, tap + LANES);
        FloatVector b2 = FloatVector.fromArray(F, b, tap + 2 * LANES);
        FloatVector v = FloatVector.broadcast(F, a[p]);
        c00 = fma(v, b0, c00);
        c01 = fma(v, b1, c01);
        c02 = fma(v, b2, c02);
        VarHandle.loadLoadFence();
        v = FloatVector.broadcast(F, a[p + DISTANCE]);
        c10 = fma(v, b0, c10);
        c11 = fma(v, b1, c11);
        c12 = fma(v, b2, c12);
        VarHandle.loadLoadFence();
        v = FloatVector.broadcast(F, a[p + 2 * DISTANCE]);
        c20 = fma(v, b0, c20);
        c21 = fma(v, b1, c21);
        c22 = fma(v, b2, c22);
        VarHandle.loadLoadFence();
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
      float @Nullable [] init,
      int io,
      float[] c,
      int co) {
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
        int tap = at + taps[p];
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
    if (rows > LANES) {
      VectorDotTile.ofMany(
          rows, segments, length, g, go, gRow, gStep, x, xo, xStep, taps, depth, c, co, cRow);
    } else {
      VectorDotTile.ofFew(
          rows, segments, length, g, go, gRow, gStep, x, xo, xStep, taps, depth, c, co, cRow);
    }
  }

  @Override
  public void max(int cols, float[] b, int bo, int[] taps, float[] c, float[] which) {
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
}
