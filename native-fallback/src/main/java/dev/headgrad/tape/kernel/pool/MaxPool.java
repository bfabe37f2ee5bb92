package dev.headgrad.tape.kernel.pool;

import dev.headgrad.tape.kernel.Buffers;
import dev.headgrad.tape.kernel.convolution.Planes;
import dev.headgrad.tape.kernel.convolution.TapTile;
import dev.headgrad.tape.kernel.convolution.Window;

/**
 * Maxima over windows in single precision, of one plane of an image after the other. An object has
 * scratch memory and is used by one thread.
 */
public final class MaxPool implements AutoCloseable {

  private static final TapTile TILE = TapTile.BEST;

  private final Window w;
  private final Planes planes;
  private final int[] taps;

  /** How far the taps are from a window's first element in the plane. */
  private final int[] places;

  private final float[] cells;
  private final float[] line;
  private final float[] which;

  /** Maxima over windows. */
  public MaxPool(Window w) {
    this.w = w;
    planes = Planes.windows(w, Float.NEGATIVE_INFINITY);
    taps = planes.taps(w, 1);
    places = new int[taps.length];
    for (int k = 0; k < taps.length; k++) {
      int row = k / w.kernel[2] / w.kernel[1] * w.in[1] + k / w.kernel[2] % w.kernel[1];
      places[k] = row * w.in[2] + k % w.kernel[2];
    }
    cells = Buffers.floats(planes.length(1, 1, TILE.overhang));
    line = new float[w.out[2] + TILE.overhang];
    which = new float[line.length];
  }

  /**
   * The largest element of every window and where it is: the first of ties, and NaN before all.
   *
   * @param at receives the places, counted from the plane's first element
   */
  public void of(float[] x, int xo, float[] y, int[] at, int yo) {
    planes.copy(x, xo, 0, 1, cells, 0, 1);
    int o = yo;
    for (int od = 0; od < w.out[0]; od++) {
      for (int oh = 0; oh < w.out[1]; oh++) {
        int cell = (od * planes.cells[1] + oh) * planes.cells[2];
        TILE.max(w.out[2], cells, cell, taps, line, which);
        System.arraycopy(line, 0, y, o, w.out[2]);
        int first = (w.at(0, od, 0) * w.in[1] + w.at(1, oh, 0)) * w.in[2] + w.at(2, 0, 0);
        for (int ow = 0; ow < w.out[2]; ow++) {
          at[o + ow] = first + ow * w.stride[2] + places[(int) which[ow]];
        }
        for (int ow = 0; ow < w.out[2]; ow++) {
          if (line[ow] == Float.NEGATIVE_INFINITY) { // it may be padding that was found
            at[o + ow] = firstInside(od, oh, ow);
          }
        }
        o += w.out[2];
      }
    }
  }

  private int firstInside(int od, int oh, int ow) {
    int d = Math.max(0, w.at(0, od, 0));
    int h = Math.max(0, w.at(1, oh, 0));
    return (d * w.in[1] + h) * w.in[2] + Math.max(0, w.at(2, ow, 0));
  }

  @Override
  public void close() {
    Buffers.recycle(cells);
  }
}
