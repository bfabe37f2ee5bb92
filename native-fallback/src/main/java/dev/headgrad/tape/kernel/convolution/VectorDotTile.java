package dev.headgrad.tape.kernel.convolution;

import static dev.headgrad.tape.kernel.Vectors.fma;

import dev.headgrad.tape.kernel.Buffers;
import dev.headgrad.tape.kernel.Species;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link TapTile#dots} on the Vector API. Many rows are turned, so that a vector of rows is
 * multiplied by one element that a tap reads: 5 taps by 2 vectors. A few rows, which would leave
 * lanes empty, are multiplied by vectors of what taps read: 3 rows by 3 taps, and the lanes of each
 * sum are added up in the end.
 */
final class VectorDotTile {

  private static final VectorSpecies<Float> F = Species.FLOATS;
  private static final int LANES = F.length();

  /** Most rows: two vectors of them. */
  static final int ROWS = 2 * LANES;

  /** Columns that are turned at a time: they fit the first cache. */
  private static final int BLOCK = 256;

  /** Taps at a time. */
  private static final int TAPS = 5;

  /** Rows, and taps, at a time where rows are few. */
  private static final int FEW = 3;

  private VectorDotTile() {}

  /** {@link TapTile#dots} of more rows than a vector has lanes. */
  static void ofMany(
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
    int cells = (depth + TAPS) * ROWS;
    float[] sums = Buffers.floats(Math.max(cells, Buffers.MIN_LENGTH));
    float[] turned = Buffers.floats(BLOCK * ROWS);
    Arrays.fill(sums, 0, cells, 0);
    for (int s = 0; s < segments; s++) {
      for (int j = 0; j < length; j += BLOCK) {
        int n = Math.min(BLOCK, length - j);
        turn(rows, n, g, go + s * gStep + j, gRow, turned);
        int at = xo + s * xStep + j;
        for (int p = 0; p < depth; p += TAPS) {
          fiveTaps(n, x, at, taps, p, depth - 1, turned, sums, p * ROWS);
        }
      }
    }
    for (int r = 0; r < rows; r++) {
      for (int p = 0; p < depth; p++) {
        c[co + r * cRow + p] += sums[p * ROWS + r];
      }
    }
    Buffers.recycle(sums);
    Buffers.recycle(turned);
  }

  /** {@link TapTile#dots} of no more rows than a vector has lanes. */
  static void ofFew(
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
    float[] sums = Buffers.floats(Math.max(FEW * FEW * LANES, Buffers.MIN_LENGTH));
    for (int r = 0; r < rows; r += FEW) {
      int height = Math.min(FEW, rows - r);
      int g1 = height > 1 ? gRow : 0;
      int g2 = height > 2 ? 2 * gRow : 0;
      for (int p = 0; p < depth; p += FEW) {
        int width = Math.min(FEW, depth - p);
        int x0 = xo + taps[p];
        int x1 = xo + taps[p + Math.min(1, width - 1)];
        int x2 = xo + taps[p + width - 1];
        Arrays.fill(sums, 0, FEW * FEW * LANES, 0);
        for (int s = 0; s < segments; s++) {
          int g0 = go + s * gStep + r * gRow;
          int at = s * xStep;
          threeByThree(length, g, g0, g0 + g1, g0 + g2, x, at + x0, at + x1, at + x2, sums);
        }
        for (int i = 0; i < height; i++) {
          for (int k = 0; k < width; k++) {
            c[co + (r + i) * cRow + p + k] += sum(sums, (i * FEW + k) * LANES);
          }
        }
      }
    }
    Buffers.recycle(sums);
  }

  private static float sum(float[] x, int off) {
    float sum = 0;
    for (int lane = 0; lane < LANES; lane++) {
      sum += x[off + lane];
    }
    return sum;
  }

  /** Rows as columns, out[j, r] = g[r, j]; the last row stands for those that are not there. */
  private static void turn(int rows, int cols, float[] g, int go, int gRow, float[] out) {
    int last = go + (rows - 1) * gRow;
    for (int r = 0; r < ROWS; r += 4) {
      int g0 = Math.min(last, go + r * gRow);
      int g1 = Math.min(last, g0 + gRow);
      int g2 = Math.min(last, g1 + gRow);
      int g3 = Math.min(last, g2 + gRow);
      turnFour(cols, g, g0, g1, g2, g3, out, r);
    }
  }

  private static void turnFour(
      int cols, float[] g, int g0, int g1, int g2, int g3, float[] out, int off) {
    for (int j = 0; j < cols; j++) {
      int to = off + j * ROWS;
      out[to] = g[g0 + j];
      out[to + 1] = g[g1 + j];
      out[to + 2] = g[g2 + j];
      out[to + 3] = g[g3 + j];
    }
  }

  /** Taps that are not there are computed as the last one again, and dropped. */
  private static void fiveTaps(
      int length,
      float[] x,
      int xo,
      int[] taps,
      int first,
      int last,
      float[] g,
      float[] sums,
      int so) {
    int x0 = xo + taps[first];
    int x1 = xo + taps[Math.min(first + 1, last)];
    int x2 = xo + taps[Math.min(first + 2, last)];
    int x3 = xo + taps[Math.min(first + 3, last)];
    int x4 = xo + taps[Math.min(first + 4, last)];
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
    for (int j = 0; j < length; j += 2) {
      int at = j * ROWS;
      FloatVector g0 = FloatVector.fromArray(F, g, at);
      FloatVector g1 = FloatVector.fromArray(F, g, at + LANES);
      FloatVector v = FloatVector.broadcast(F, x[x0 + j]);
      c00 = fma(v, g0, c00);
      c01 = fma(v, g1, c01);
      VarHandle.loadLoadFence();
      v = FloatVector.broadcast(F, x[x1 + j]);
      c10 = fma(v, g0, c10);
      c11 = fma(v, g1, c11);
      VarHandle.loadLoadFence();
      v = FloatVector.broadcast(F, x[x2 + j]);
      c20 = fma(v, g0, c20);
      c21 = fma(v, g1, c21);
      VarHandle.loadLoadFence();
      v = FloatVector.broadcast(F, x[x3 + j]);
      c30 = fma(v, g0, c30);
      c31 = fma(v, g1, c31);
      VarHandle.loadLoadFence();
      v = FloatVector.broadcast(F, x[x4 + j]);
      c40 = fma(v, g0, c40);
      c41 = fma(v, g1, c41);
      VarHandle.loadLoadFence();
      g0 = FloatVector.fromArray(F, g, at + ROWS);
      g1 = FloatVector.fromArray(F, g, at + ROWS + LANES);
      v = FloatVector.broadcast(F, x[x0 + j + 1]);
      c00 = fma(v, g0, c00);
      c01 = fma(v, g1, c01);
      VarHandle.loadLoadFence();
      v = FloatVector.broadcast(F, x[x1 + j + 1]);
      c10 = fma(v, g0, c10);
      c11 = fma(v, g1, c11);
      VarHandle.loadLoadFence();
      v = FloatVector.broadcast(F, x[x2 + j + 1]);
      c20 = fma(v, g0, c20);
      c21 = fma(v, g1, c21);
      VarHandle.loadLoadFence();
      v = FloatVector.broadcast(F, x[x3 + j + 1]);
      c30 = fma(v, g0, c30);
      c31 = fma(v, g1, c31);
      VarHandle.loadLoadFence();
      v = FloatVector.broadcast(F, x[x4 + j + 1]);
      c40 = fma(v, g0, c40);
      c41 = fma(v, g1, c41);
      VarHandle.loadLoadFence();
    }
    c00.add(FloatVector.fromArray(F, sums, so)).intoArray(sums, so);
    c01.add(FloatVector.fromArray(F, sums, so + LANES)).intoArray(sums, so + LANES);
    c10.add(FloatVector.fromArray(F, sums, so + 2 * LANES)).intoArray(sums, so + 2 * LANES);
    c11.add(FloatVector.fromArray(F, sums, so + 3 * LANES)).intoArray(sums, so + 3 * LANES);
    c20.add(FloatVector.fromArray(F, sums, so + 4 * LANES)).intoArray(sums, so + 4 * LANES);
    c21.add(FloatVector.fromArray(F, sums, so + 5 * LANES)).intoArray(sums, so + 5 * LANES);
    c30.add(FloatVector.fromArray(F, sums, so + 6 * LANES)).intoArray(sums, so + 6 * LANES);
    c31.add(FloatVector.fromArray(F, sums, so + 7 * LANES)).intoArray(sums, so + 7 * LANES);
    c40.add(FloatVector.fromArray(F, sums, so + 8 * LANES)).intoArray(sums, so + 8 * LANES);
    c41.add(FloatVector.fromArray(F, sums, so + 9 * LANES)).intoArray(sums, so + 9 * LANES);
  }

  /** Adds up three rows times three taps, each lane apart. */
  private static void threeByThree(
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
    FloatVector c00 = FloatVector.zero(F);
    FloatVector c01 = FloatVector.zero(F);
    FloatVector c02 = FloatVector.zero(F);
    FloatVector c10 = FloatVector.zero(F);
    FloatVector c11 = FloatVector.zero(F);
    FloatVector c12 = FloatVector.zero(F);
    FloatVector c20 = FloatVector.zero(F);
    FloatVector c21 = FloatVector.zero(F);
    FloatVector c22 = FloatVector.zero(F);
    for (int j = 0; j < length; j += LANES) {
      FloatVector v0 = FloatVector.fromArray(F, x, x0 + j);
      FloatVector v1 = FloatVector.fromArray(F, x, x1 + j);
      FloatVector v2 = FloatVector.fromArray(F, x, x2 + j);
      FloatVector v = FloatVector.fromArray(F, g, g0 + j);
      c00 = fma(v, v0, c00);
      c01 = fma(v, v1, c01);
      c02 = fma(v, v2, c02);
      VarHandle.loadLoadFence();
      v = FloatVector.fromArray(F, g, g1 + j);
      c10 = fma(v, v0, c10);
      c11 = fma(v, v1, c11);
      c12 = fma(v, v2, c12);
      VarHandle.loadLoadFence();
      v = FloatVector.fromArray(F, g, g2 + j);
      c20 = fma(v, v0, c20);
      c21 = fma(v, v1, c21);
      c22 = fma(v, v2, c22);
      VarHandle.loadLoadFence();
    }
    c00.add(FloatVector.fromArray(F, sums, 0)).intoArray(sums, 0);
    c01.add(FloatVector.fromArray(F, sums, LANES)).intoArray(sums, LANES);
    c02.add(FloatVector.fromArray(F, sums, 2 * LANES)).intoArray(sums, 2 * LANES);
    c10.add(FloatVector.fromArray(F, sums, 3 * LANES)).intoArray(sums, 3 * LANES);
    c11.add(FloatVector.fromArray(F, sums, 4 * LANES)).intoArray(sums, 4 * LANES);
    c12.add(FloatVector.fromArray(F, sums, 5 * LANES)).intoArray(sums, 5 * LANES);
    c20.add(FloatVector.fromArray(F, sums, 6 * LANES)).intoArray(sums, 6 * LANES);
    c21.add(FloatVector.fromArray(F, sums, 7 * LANES)).intoArray(sums, 7 * LANES);
    c22.add(FloatVector.fromArray(F, sums, 8 * LANES)).intoArray(sums, 8 * LANES);
  }
}
