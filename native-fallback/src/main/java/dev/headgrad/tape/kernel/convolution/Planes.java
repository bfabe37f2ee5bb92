package dev.headgrad.tape.kernel.convolution;

import dev.headgrad.tape.kernel.VectorApi;
import java.util.Arrays;

/**
 * How the channels of images are laid out for {@link TapTile}: in a frame of zeros where there is
 * padding, and with strides longer than 1 cut into phases, each holding every stride-th element. So
 * the elements that one tap of a filter reads for consecutive windows of a line are consecutive,
 * and from one line of windows to the next it is always as far.
 *
 * <p>A channel is laid out as phases, then images, then the three axes of cells. Cell v of phase r
 * of an axis is the image's element {@code v * step + r - shift}, or zero where there is none.
 */
public final class Planes {

  /** Floats of a cache line; no vector is longer. */
  static final int LINE = 16;

  /** Cells along each axis. */
  public final int[] cells;

  /** From an image to the next one in the same phase. */
  final int size;

  private final float frame;
  private final int[] in;
  private final int[] step;
  private final int[] shift;
  private final int[][] phases;

  /** Whether a channel is laid out just as it is in the image. */
  private final boolean isWhole;

  private Planes(
      float frame, int[] in, int[] cells, int size, int[] step, int[] shift, int[][] phases) {
    this.frame = frame;
    this.in = in;
    this.cells = cells;
    this.size = size;
    this.step = step;
    this.shift = shift;
    this.phases = phases;
    int[] one = {1, 1, 1};
    int[] none = {0, 0, 0};
    isWhole =
        size == volume(in)
            && Arrays.equals(in, cells)
            && Arrays.equals(step, one)
            && Arrays.equals(shift, none);
  }

  /** Images over which windows slide. */
  static Planes windows(Window w) {
    return windows(w, 0);
  }

  /** Images over which windows slide, in a frame of another number. */
  public static Planes windows(Window w, float frame) {
    int axes = w.in.length;
    int[] cells = new int[axes];
    int[][] phases = new int[axes][];
    for (int i = 0; i < axes; i++) {
      cells[i] = w.out[i] + (w.kernel[i] - 1) * w.dilation[i] / w.stride[i];
      phases[i] = phases(w.kernel[i], w.dilation[i], w.stride[i]);
    }
    return new Planes(frame, w.in, cells, volume(cells), w.stride, w.pad, phases);
  }

  /** Images in a frame. */
  static Planes framed(int[] in, int[] before, int[] cells) {
    int[] one = {1, 1, 1};
    int[][] all = {{0}, {0}, {0}};
    return new Planes(0, in, cells, lines(volume(cells)), one, before, all);
  }

  private static int[] phases(int kernel, int dilation, int stride) {
    boolean[] used = new boolean[stride];
    int count = 0;
    for (int k = 0; k < kernel; k++) {
      int phase = k * dilation % stride;
      count += used[phase] ? 0 : 1;
      used[phase] = true;
    }
    int[] phases = new int[count];
    int at = 0;
    for (int r = 0; r < stride; r++) {
      if (used[r]) {
        phases[at++] = r;
      }
    }
    return phases;
  }

  private static int volume(int[] dims) {
    return Math.multiplyExact(Math.multiplyExact(dims[0], dims[1]), dims[2]);
  }

  private static int lines(int n) {
    return Math.addExact(n, LINE - 1) / LINE * LINE;
  }

  /**
   * From a channel of so many images to the next: an odd number of cache lines, so that the
   * channels of a large power of two do not fall onto the same sets of a cache.
   */
  int distance(int images) {
    int count = Math.multiplyExact(phases[0].length * phases[1].length * phases[2].length, images);
    return Math.addExact(Math.multiplyExact(count, size), LINE - 1) / LINE * LINE | LINE;
  }

  /** Length of an array for channels of images that may be read a little beyond its end. */
  public int length(int channels, int images, int overhang) {
    return Math.addExact(Math.multiplyExact(channels, distance(images)), overhang);
  }

  /** Where in a channel of so many images the elements of a filter read. */
  public int[] taps(Window w, int images) {
    int[] taps = new int[w.kernelSize()];
    for (int k = 0; k < taps.length; k++) {
      int k2 = k % w.kernel[2];
      int k1 = k / w.kernel[2] % w.kernel[1];
      int k0 = k / w.kernel[2] / w.kernel[1];
      int phase = phase(w, 0, k0) * phases[1].length + phase(w, 1, k1);
      int line = k0 * w.dilation[0] / step[0] * cells[1] + k1 * w.dilation[1] / step[1];
      taps[k] =
          (phase * phases[2].length + phase(w, 2, k2)) * images * size
              + line * cells[2]
              + k2 * w.dilation[2] / step[2];
    }
    return taps;
  }

  /** Which of an axis' phases element k of a filter reads. */
  private int phase(Window w, int axis, int k) {
    return Arrays.binarySearch(phases[axis], k * w.dilation[axis] % step[axis]);
  }

  /**
   * Lays out one channel of several images.
   *
   * @param x the images
   * @param xo where the channel begins in the first image
   * @param xStep distance of the images
   * @param images number of images
   * @param out receives the cells
   * @param oo where the channel begins
   * @param room for how many images there is room
   */
  public void copy(float[] x, int xo, int xStep, int images, float[] out, int oo, int room) {
    int to = oo;
    for (int p0 : phases[0]) {
      for (int p1 : phases[1]) {
        for (int p2 : phases[2]) {
          for (int n = 0; n < images; n++) {
            copyPhase(x, xo + n * xStep, p0, p1, p2, out, to + n * size);
          }
          Arrays.fill(out, to + images * size, to + room * size, frame);
          to += room * size;
        }
      }
    }
    Arrays.fill(out, to, oo + distance(room), frame);
  }

  private static void copyLine(float[] x, int from, int step, float[] out, int to, int n) {
    int i = step == 2 && VectorApi.IS_USED ? VectorPhases.everySecond(x, from, out, to, n) : 0;
    for (; i < n; i++) {
      out[to + i] = x[from + i * step];
    }
  }

  private void copyPhase(float[] x, int xo, int p0, int p1, int p2, float[] out, int oo) {
    int width = cells[2];
    if (isWhole) {
      System.arraycopy(x, xo, out, oo, size);
      return;
    }
    Arrays.fill(out, oo, oo + size, frame);
    int first = Math.min(width, Math.max(0, -Math.floorDiv(p2 - shift[2], step[2])));
    int end = Math.floorDiv(in[2] - 1 + shift[2] - p2, step[2]) + 1;
    end = Math.max(first, Math.min(width, end));
    int to = oo;
    for (int v0 = 0; v0 < cells[0]; v0++) {
      int d = v0 * step[0] + p0 - shift[0];
      for (int v1 = 0; v1 < cells[1]; v1++, to += width) {
        int h = v1 * step[1] + p1 - shift[1];
        if (d < 0 || d >= in[0] || h < 0 || h >= in[1]) {
          continue;
        }
        int from = xo + (d * in[1] + h) * in[2] + first * step[2] + p2 - shift[2];
        if (step[2] == 1) {
          System.arraycopy(x, from, out, to + first, end - first);
        } else {
          copyLine(x, from, step[2], out, to + first, end - first);
        }
      }
    }
  }
}
