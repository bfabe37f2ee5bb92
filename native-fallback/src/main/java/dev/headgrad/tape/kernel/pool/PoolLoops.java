package dev.headgrad.tape.kernel.pool;

import dev.headgrad.tape.kernel.convolution.Window;
import java.util.Arrays;

/** Pooling over one plane of an image, in double precision and of whole numbers. */
public final class PoolLoops {

  private PoolLoops() {}

  private static int from(int start) {
    return Math.max(0, -start);
  }

  private static int to(Window w, int axis, int start) {
    return Math.min(w.kernel[axis], w.in[axis] - start);
  }

  /**
   * The largest element of every window and where it is: the first of ties, and NaN before all.
   *
   * @param at receives the places, counted from the plane's first element
   */
  public static void max(double[] x, int xo, Window w, double[] y, int[] at, int yo) {
    int o = yo;
    for (int od = 0; od < w.out[0]; od++) {
      int d0 = w.at(0, od, 0);
      for (int oh = 0; oh < w.out[1]; oh++) {
        int h0 = w.at(1, oh, 0);
        for (int ow = 0; ow < w.out[2]; ow++, o++) {
          int w0 = w.at(2, ow, 0);
          int best = -1;
          double max = Double.NEGATIVE_INFINITY;
          for (int kd = from(d0); kd < to(w, 0, d0); kd++) {
            for (int kh = from(h0); kh < to(w, 1, h0); kh++) {
              int row = ((d0 + kd) * w.in[1] + h0 + kh) * w.in[2] + w0;
              for (int kw = from(w0); kw < to(w, 2, w0); kw++) {
                double v = x[xo + row + kw];
                if (v > max || best < 0 || (Double.isNaN(v) && !Double.isNaN(max))) {
                  max = v;
                  best = row + kw;
                }
              }
            }
          }
          y[o] = max;
          at[o] = best;
        }
      }
    }
  }

  /** The same for whole numbers. */
  public static void max(long[] x, int xo, Window w, long[] y, int[] at, int yo) {
    int o = yo;
    for (int od = 0; od < w.out[0]; od++) {
      int d0 = w.at(0, od, 0);
      for (int oh = 0; oh < w.out[1]; oh++) {
        int h0 = w.at(1, oh, 0);
        for (int ow = 0; ow < w.out[2]; ow++, o++) {
          int w0 = w.at(2, ow, 0);
          int best = -1;
          long max = Long.MIN_VALUE;
          for (int kd = from(d0); kd < to(w, 0, d0); kd++) {
            for (int kh = from(h0); kh < to(w, 1, h0); kh++) {
              int row = ((d0 + kd) * w.in[1] + h0 + kh) * w.in[2] + w0;
              for (int kw = from(w0); kw < to(w, 2, w0); kw++) {
                long v = x[xo + row + kw];
                if (v > max || best < 0) {
                  max = v;
                  best = row + kw;
                }
              }
            }
          }
          y[o] = max;
          at[o] = best;
        }
      }
    }
  }

  /** Adds every y to the element of the plane that it came from; all others are 0. */
  public static void spread(
      float[] y, int yo, int n, int[] at, int ao, float[] plane, int planeOffset, int size) {
    Arrays.fill(plane, planeOffset, planeOffset + size, 0);
    for (int i = 0; i < n; i++) {
      plane[planeOffset + at[ao + i]] += y[yo + i];
    }
  }

  /** The same for double precision. */
  public static void spread(
      double[] y, int yo, int n, int[] at, int ao, double[] plane, int planeOffset, int size) {
    Arrays.fill(plane, planeOffset, planeOffset + size, 0);
    for (int i = 0; i < n; i++) {
      plane[planeOffset + at[ao + i]] += y[yo + i];
    }
  }

  /** For every window, the number of elements that its sum is divided by. */
  public static int[] counts(Window w, boolean includePad) {
    int[] counts = new int[w.outSize()];
    int o = 0;
    for (int od = 0; od < w.out[0]; od++) {
      for (int oh = 0; oh < w.out[1]; oh++) {
        for (int ow = 0; ow < w.out[2]; ow++) {
          int n =
              count(w, 0, od, includePad)
                  * count(w, 1, oh, includePad)
                  * count(w, 2, ow, includePad);
          counts[o++] = n;
        }
      }
    }
    return counts;
  }

  /** Elements of a window along an axis; one that hangs over the padding behind is cut there. */
  private static int count(Window w, int axis, int o, boolean includePad) {
    int start = w.at(axis, o, 0);
    int end = start + w.kernel[axis];
    return includePad
        ? Math.min(end, w.in[axis] + w.pad[axis]) - start
        : Math.min(end, w.in[axis]) - Math.max(start, 0);
  }

  /** The sum of every window, divided by its count. */
  public static void mean(double[] x, int xo, Window w, int[] counts, double[] y, int yo) {
    int o = 0;
    for (int od = 0; od < w.out[0]; od++) {
      int d0 = w.at(0, od, 0);
      for (int oh = 0; oh < w.out[1]; oh++) {
        int h0 = w.at(1, oh, 0);
        for (int ow = 0; ow < w.out[2]; ow++, o++) {
          int w0 = w.at(2, ow, 0);
          double sum = 0;
          for (int kd = from(d0); kd < to(w, 0, d0); kd++) {
            for (int kh = from(h0); kh < to(w, 1, h0); kh++) {
              int row = xo + ((d0 + kd) * w.in[1] + h0 + kh) * w.in[2] + w0;
              for (int kw = from(w0); kw < to(w, 2, w0); kw++) {
                sum += x[row + kw];
              }
            }
          }
          y[yo + o] = sum / counts[o];
        }
      }
    }
  }

  /** Adds every y, divided by its window's count, to all elements of the window. */
  public static void unmean(double[] y, int yo, Window w, int[] counts, double[] x, int xo) {
    Arrays.fill(x, xo, xo + w.inSize(), 0);
    int o = 0;
    for (int od = 0; od < w.out[0]; od++) {
      int d0 = w.at(0, od, 0);
      for (int oh = 0; oh < w.out[1]; oh++) {
        int h0 = w.at(1, oh, 0);
        for (int ow = 0; ow < w.out[2]; ow++, o++) {
          int w0 = w.at(2, ow, 0);
          double g = y[yo + o] / counts[o];
          for (int kd = from(d0); kd < to(w, 0, d0); kd++) {
            for (int kh = from(h0); kh < to(w, 1, h0); kh++) {
              int row = xo + ((d0 + kd) * w.in[1] + h0 + kh) * w.in[2] + w0;
              for (int kw = from(w0); kw < to(w, 2, w0); kw++) {
                x[row + kw] += g;
              }
            }
          }
        }
      }
    }
  }
}
