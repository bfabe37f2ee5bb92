package dev.headgrad.tape.kernel;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Tiles of 2 filters: the loops run along the windows, four taps at a time, and the JIT compiler
 * vectorizes them.
 */
final class PlainTapTile extends TapTile {

  /** Sums of {@link #dots} that are kept apart, so that their loop can be vectorized. */
  private static final int SUMS = 16;

  PlainTapTile() {
    super(2, 0, 1);
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
    if (init != null) {
      for (int r = 0; r < rows; r++) {
        Arrays.fill(c, co + r * cRow, co + r * cRow + cols, init[io + r]);
      }
    }
    int p = 0;
    for (; p + 4 <= depth; p += 4) {
      int b0 = bo + taps[to + p];
      int b1 = bo + taps[to + p + 1];
      int b2 = bo + taps[to + p + 2];
      int b3 = bo + taps[to + p + 3];
      if (rows == 1) {
        oneByFour(cols, a, ao + p, b, b0, b1, b2, b3, c, co);
      } else {
        twoByFour(cols, a, ao + p, ao + aRow + p, b, b0, b1, b2, b3, c, co, co + cRow);
      }
    }
    for (; p < depth; p++) {
      for (int r = 0; r < rows; r++) {
        oneByOne(cols, a[ao + r * aRow + p], b, bo + taps[to + p], c, co + r * cRow);
      }
    }
  }

  private static void twoByFour(
      int cols,
      float[] a,
      int i0,
      int i1,
      float[] b,
      int b0,
      int b1,
      int b2,
      int b3,
      float[] c,
      int c0,
      int c1) {
    float a00 = a[i0];
    float a01 = a[i0 + 1];
    float a02 = a[i0 + 2];
    float a03 = a[i0 + 3];
    float a10 = a[i1];
    float a11 = a[i1 + 1];
    float a12 = a[i1 + 2];
    float a13 = a[i1 + 3];
    for (int j = 0; j < cols; j++) {
      float v0 = b[b0 + j];
      float v1 = b[b1 + j];
      float v2 = b[b2 + j];
      float v3 = b[b3 + j];
      c[c0 + j] = Fma.of(a03, v3, Fma.of(a02, v2, Fma.of(a01, v1, Fma.of(a00, v0, c[c0 + j]))));
      c[c1 + j] = Fma.of(a13, v3, Fma.of(a12, v2, Fma.of(a11, v1, Fma.of(a10, v0, c[c1 + j]))));
    }
  }

  private static void oneByFour(
      int cols, float[] a, int i, float[] b, int b0, int b1, int b2, int b3, float[] c, int co) {
    float a0 = a[i];
    float a1 = a[i + 1];
    float a2 = a[i + 2];
    float a3 = a[i + 3];
    for (int j = 0; j < cols; j++) {
      c[co + j] =
          Fma.of(
              a3,
              b[b3 + j],
              Fma.of(a2, b[b2 + j], Fma.of(a1, b[b1 + j], Fma.of(a0, b[b0 + j], c[co + j]))));
    }
  }

  private static void oneByOne(int cols, float a, float[] b, int bo, float[] c, int co) {
    for (int j = 0; j < cols; j++) {
      c[co + j] = Fma.of(a, b[bo + j], c[co + j]);
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
    float[] sums = new float[SUMS];
    for (int p = 0; p < depth; p++) {
      Arrays.fill(sums, 0);
      for (int s = 0; s < segments; s++) {
        addProducts(length, g, go + s * gStep, x, xo + s * xStep + taps[p], sums);
      }
      float total = 0;
      for (float sum : sums) {
        total += sum;
      }
      c[co + p] += total;
    }
  }

  @Override
  void max(int cols, float[] b, int bo, int[] taps, float[] c, float[] which) {
    for (int j = 0; j < cols; j++) {
      float max = b[bo + taps[0] + j];
      int tap = 0;
      for (int p = 1; p < taps.length; p++) {
        float v = b[bo + taps[p] + j];
        if (v > max || (Float.isNaN(v) && !Float.isNaN(max))) {
          max = v;
          tap = p;
        }
      }
      c[j] = max;
      which[j] = tap;
    }
  }

  private static void addProducts(int n, float[] g, int go, float[] x, int xo, float[] sums) {
    int i = 0;
    for (; i + 4 * SUMS <= n; i += 4 * SUMS) {
      int g0 = go + i;
      int x0 = xo + i;
      for (int j = 0; j < SUMS; j++) {
        float near = Fma.of(g[g0 + j], x[x0 + j], sums[j]);
        near = Fma.of(g[g0 + SUMS + j], x[x0 + SUMS + j], near);
        near = Fma.of(g[g0 + 2 * SUMS + j], x[x0 + 2 * SUMS + j], near);
        sums[j] = Fma.of(g[g0 + 3 * SUMS + j], x[x0 + 3 * SUMS + j], near);
      }
    }
    for (; i < n; i += SUMS) {
      for (int j = 0; j < SUMS; j++) {
        sums[j] = Fma.of(g[go + i + j], x[xo + i + j], sums[j]);
      }
    }
  }
}
