package dev.headgrad.tape.kernel.pool;

import dev.headgrad.tape.kernel.convolution.Window;
import dev.headgrad.tape.kernel.function.Folds;
import java.util.Arrays;

/**
 * Means over windows in single precision, of one plane of an image after the other, and what they
 * give back. An object has scratch memory and is used by one thread.
 */
public final class MeanPool {

  private final Window w;

  /** For every window, what its sum is divided by. */
  private final int[] counts;

  /** Whether the windows are means of 2 by 2 that neither overlap nor hang over. */
  private final boolean isQuarters;

  private final float[] line;

  /** Means over windows with these {@link PoolLoops#counts counts}. */
  public MeanPool(Window w, int[] counts) {
    this.w = w;
    this.counts = counts;
    isQuarters =
        isTwos(w.kernel)
            && isTwos(w.stride)
            && w.pad[1] + w.pad[2] == 0
            && w.in[0] == 1
            && 2 * w.out[1] <= w.in[1]
            && 2 * w.out[2] <= w.in[2]
            && areFours(counts);
    int reach = (w.out[2] - 1) * w.stride[2] + w.kernel[2];
    line = new float[Math.max(w.pad[2] + w.in[2], reach)];
  }

  private static boolean isTwos(int[] lengths) {
    return lengths[0] == 1 && lengths[1] == 2 && lengths[2] == 2;
  }

  private static boolean areFours(int[] counts) {
    for (int count : counts) {
      if (count != 4) {
        return false;
      }
    }
    return true;
  }

  /** The sum of every window, divided by its count. */
  public void of(float[] x, int xo, float[] y, int yo) {
    if (isQuarters) {
      ofQuarters(x, xo, y, yo);
      return;
    }
    int o = 0;
    for (int od = 0; od < w.out[0]; od++) {
      for (int oh = 0; oh < w.out[1]; oh++) {
        Arrays.fill(line, w.pad[2], w.pad[2] + w.in[2], 0);
        int h = Math.max(0, w.at(1, oh, 0));
        int rows = Math.min(w.in[1], w.at(1, oh, w.kernel[1])) - h;
        for (int d = firstPlane(od); d < endPlane(od); d++) {
          int row = xo + (d * w.in[1] + h) * w.in[2];
          Folds.KERNELS.addRows(x, row, rows, w.in[2], w.in[2], line, w.pad[2]);
        }
        for (int ow = 0; ow < w.out[2]; ow++, o++) {
          int from = ow * w.stride[2];
          float sum = line[from];
          for (int k = 1; k < w.kernel[2]; k++) {
            sum += line[from + k];
          }
          y[yo + o] = sum / counts[o];
        }
      }
    }
  }

  /** Adds every y, divided by its window's count, to all elements of the window. */
  public void back(float[] y, int yo, float[] x, int xo) {
    if (!isQuarters || 4 * w.outSize() < w.inSize()) {
      Arrays.fill(x, xo, xo + w.inSize(), 0);
    }
    if (isQuarters) {
      backOfQuarters(y, yo, x, xo);
      return;
    }
    int o = 0;
    for (int od = 0; od < w.out[0]; od++) {
      for (int oh = 0; oh < w.out[1]; oh++) {
        Arrays.fill(line, 0);
        for (int ow = 0; ow < w.out[2]; ow++, o++) {
          float g = y[yo + o] / counts[o];
          int from = ow * w.stride[2];
          for (int k = 0; k < w.kernel[2]; k++) {
            line[from + k] += g;
          }
        }
        for (int d = firstPlane(od); d < endPlane(od); d++) {
          int end = Math.min(w.in[1], w.at(1, oh, w.kernel[1]));
          for (int h = Math.max(0, w.at(1, oh, 0)); h < end; h++) {
            int row = xo + (d * w.in[1] + h) * w.in[2];
            Folds.KERNELS.addRows(line, w.pad[2], 1, w.in[2], 0, x, row);
          }
        }
      }
    }
  }

  /** {@link #of} for windows of 2 by 2 that neither overlap nor hang over. */
  private void ofQuarters(float[] x, int xo, float[] y, int yo) {
    int width = w.in[2];
    for (int line = 0; line < w.out[0] * w.out[1]; line++) {
      int a = xo + 2 * line * width;
      int b = a + width;
      int to = yo + line * w.out[2];
      for (int i = 0; i < w.out[2]; i++) {
        y[to + i] = (x[a + 2 * i] + x[b + 2 * i] + (x[a + 2 * i + 1] + x[b + 2 * i + 1])) * .25f;
      }
    }
  }

  /** {@link #back} for the same. */
  private void backOfQuarters(float[] y, int yo, float[] x, int xo) {
    int width = w.in[2];
    for (int line = 0; line < w.out[0] * w.out[1]; line++) {
      int a = xo + 2 * line * width;
      int b = a + width;
      int from = yo + line * w.out[2];
      for (int i = 0; i < w.out[2]; i++) {
        float g = y[from + i] * .25f;
        x[a + 2 * i] = g;
        x[a + 2 * i + 1] = g;
        x[b + 2 * i] = g;
        x[b + 2 * i + 1] = g;
      }
    }
  }

  private int firstPlane(int od) {
    return Math.max(0, w.at(0, od, 0));
  }

  private int endPlane(int od) {
    return Math.min(w.in[0], w.at(0, od, w.kernel[0]));
  }
}
