package dev.headgrad.tape.kernel.convolution;

import dev.headgrad.tape.kernel.Buffers;
import dev.headgrad.tape.kernel.VectorApi;
import dev.headgrad.tape.kernel.Workers;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The three products of a convolution in single precision. */
public final class FloatConvolution {

  private FloatConvolution() {}

  /**
   * Maps: filters slide over images.
   *
   * @param x the images, contiguous from {@code xo} on
   * @param w the filters, contiguous from {@code wo} on
   * @param bias one number for each map, or null
   * @param y receives the maps
   */
  public static void maps(
      ConvolutionShape shape,
      float[] x,
      int xo,
      float[] w,
      int wo,
      float @Nullable [] bias,
      int bo,
      float[] y) {
    float[] init = new float[shape.maps];
    if (bias != null) {
      System.arraycopy(bias, bo, init, 0, init.length);
    }
    if (isMinimal(shape)) {
      Winograd.maps(shape, x, xo, w, wo, init, y);
      return;
    }
    Window window = shape.window;
    Planes planes = Planes.windows(window);
    Correlation correlation =
        new Correlation(
            planes,
            shape.images,
            shape.groups,
            shape.depth(),
            shape.width(),
            window.in,
            window.out,
            window.out);
    int k = shape.patch();
    int[] taps = shape.taps(planes, correlation.room());
    int[] none = {0, 0, 0};
    int[] one = {1, 1, 1};
    Correlation.Pass pass =
        new Correlation.Pass(w, wo, k, shape.width() * k, taps, window.out, none, one);
    correlation.run(x, xo, new Correlation.Pass[] {pass}, init, y, 0);
  }

  /** Whether minimal filtering does it; without the Vector API its class cannot be initialized. */
  private static boolean isMinimal(ConvolutionShape shape) {
    return VectorApi.IS_USED && Winograd.suits(shape);
  }

  /**
   * Images: what each element of the maps says to the elements that it was made from, added up.
   *
   * <p>A stride of s splits the images into s phases along an axis; each is the correlation of the
   * maps with those elements of the filters that meet it.
   *
   * @param y the maps, contiguous from {@code yo} on
   * @param w the filters, contiguous from {@code wo} on
   * @param x receives the images
   */
  public static void images(
      ConvolutionShape shape, float[] y, int yo, float[] w, int wo, float[] x) {
    if (isMinimal(shape)) {
      Winograd.images(shape, y, yo, w, wo, x);
      return;
    }
    if (VectorApi.IS_USED && ImageSums.suits(shape)) {
      ImageSums.images(shape, y, yo, w, wo, x);
      return;
    }
    Window window = shape.window;
    int axes = window.in.length;
    int[] low = new int[axes];
    int[] cells = new int[axes];
    int[] before = new int[axes];
    int[] most = new int[axes];
    int passes = 1;
    for (int i = 0; i < axes; i++) {
      int s = window.stride[i];
      int first = -Math.floorDiv(s - 1 - window.pad[i], s);
      int last = Math.floorDiv(window.in[i] - 1 + window.pad[i], s);
      low[i] = first - (window.kernel[i] - 1) * window.dilation[i] / s;
      before[i] = -low[i];
      cells[i] = last - low[i] + 1;
      most[i] = last - first + 1;
      passes = Math.multiplyExact(passes, s);
    }
    Planes planes = Planes.framed(window.out, before, cells);
    Correlation correlation =
        new Correlation(
            planes,
            shape.images,
            shape.groups,
            shape.width(),
            shape.depth(),
            window.out,
            window.in,
            most);
    Correlation.Pass[] all = new Correlation.Pass[passes];
    int n = 0;
    int[] phase = new int[axes];
    for (int i = 0; i < passes; i++) {
      phase[0] = i / window.stride[2] / window.stride[1];
      phase[1] = i / window.stride[2] % window.stride[1];
      phase[2] = i % window.stride[2];
      Correlation.Pass pass =
          pass(shape, planes, planes.distance(correlation.room()), low, phase, w, wo);
      if (pass != null) {
        all[n++] = pass;
      }
    }
    float[] zeros = new float[shape.channels];
    correlation.run(y, yo, Arrays.copyOf(all, n), zeros, x, 0);
  }

  /** What makes one phase of the images; null if it has no elements. */
  private static Correlation.@Nullable Pass pass(
      ConvolutionShape shape,
      Planes planes,
      int distance,
      int[] low,
      int[] phase,
      float[] w,
      int wo) {
    Window window = shape.window;
    int axes = phase.length;
    int[] count = new int[axes];
    int[] base = new int[axes];
    int start = 0;
    for (int i = 0; i < axes; i++) {
      int s = window.stride[i];
      int first = -Math.floorDiv(phase[i] - window.pad[i], s);
      count[i] = Math.floorDiv(window.in[i] - 1 + window.pad[i] - phase[i], s) - first + 1;
      base[i] = s * first + phase[i] - window.pad[i];
      start = start * planes.cells[i] + first - low[i];
      if (count[i] <= 0) {
        return null;
      }
    }
    int[] elements = new int[window.kernelSize()];
    int[] cells = new int[window.kernelSize()];
    int many = 0;
    for (int k = 0; k < elements.length; k++) {
      int rest = k;
      int cell = 0;
      int scale = 1;
      boolean meets = true;
      for (int i = axes - 1; i >= 0; i--) {
        int at = rest % window.kernel[i] * window.dilation[i];
        rest /= window.kernel[i];
        meets &= at % window.stride[i] == phase[i];
        cell += at / window.stride[i] * scale;
        scale *= planes.cells[i];
      }
      if (meets) {
        elements[many] = k;
        cells[many++] = start - cell;
      }
    }
    int width = shape.width();
    int depth = shape.depth();
    int[] taps = new int[width * many];
    for (int i = 0; i < taps.length; i++) {
      taps[i] = i / many * distance + cells[i % many];
    }
    int size = window.kernelSize();
    float[] filters = new float[Math.multiplyExact(shape.channels, taps.length)];
    int to = 0;
    for (int g = 0; g < shape.groups; g++) {
      for (int c = 0; c < depth; c++) {
        for (int m = 0; m < width; m++) {
          int from = wo + ((g * width + m) * depth + c) * size;
          for (int i = 0; i < many; i++) {
            filters[to++] = w[from + elements[i]];
          }
        }
      }
    }
    return new Correlation.Pass(
        filters, 0, taps.length, depth * taps.length, taps, count, base, window.stride);
  }

  /**
   * Filters: the sum over all images and windows of what a window saw times what the map has there.
   *
   * <p>Every part adds up its own images; the parts are added in order, so that the result does not
   * depend on when threads run.
   *
   * @param x the images, contiguous from {@code xo} on
   * @param y the maps, contiguous from {@code yo} on
   * @param w receives the filters
   */
  public static void filters(
      ConvolutionShape shape, float[] x, int xo, float[] y, int yo, float[] w) {
    if (isMinimal(shape)) {
      Winograd.filters(shape, x, xo, y, yo, w);
      return;
    }
    FilterSums sums = new FilterSums(shape);
    int parts = sums.parts();
    float[][] partial = new float[parts][];
    Workers.parallelFor(
        parts,
        1,
        (from, to) -> {
          for (int part = from; part < to; part++) {
            partial[part] = part == 0 ? w : Buffers.floats(w.length);
            Arrays.fill(partial[part], 0);
            sums.add(part, parts, x, xo, y, yo, partial[part]);
          }
        });
    for (int part = 1; part < parts; part++) {
      float[] more = partial[part];
      for (int i = 0; i < w.length; i++) {
        w[i] += more[i];
      }
      Buffers.recycle(more);
    }
  }
}
