package dev.headgrad.tape.kernel.convolution;

import dev.headgrad.tape.kernel.Buffers;
import dev.headgrad.tape.kernel.Workers;
import dev.headgrad.tape.kernel.matrix.Gemm;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The three products of a convolution in double precision, by way of {@link Patches}. */
public final class DoubleConvolution {

  /** Least number of multiplications worth a hand-over to another thread. */
  private static final long GRAIN = 1 << 17;

  private DoubleConvolution() {}

  /** How many images make a part for a thread. */
  private static int grain(ConvolutionShape shape) {
    long work = (long) shape.maps * shape.patch() * shape.window.outSize();
    return (int) Math.max(1, GRAIN / Math.max(1, work));
  }

  private static double[] columns(ConvolutionShape shape) {
    return Buffers.doubles(Math.multiplyExact(shape.patch(), shape.window.outSize()));
  }

  /** See {@link FloatConvolution#maps}. */
  public static void maps(
      ConvolutionShape shape,
      double[] x,
      int xo,
      double[] w,
      int wo,
      double @Nullable [] bias,
      int bo,
      double[] y) {
    int p = shape.window.outSize();
    int k = shape.patch();
    int depth = shape.depth();
    int width = shape.width();
    Workers.parallelFor(
        shape.images,
        grain(shape),
        (from, to) -> {
          double[] columns = columns(shape);
          for (int i = from * shape.groups; i < to * shape.groups; i++) {
            int map = i * width * p;
            int filter = i % shape.groups * width;
            for (int m = 0; m < width; m++) {
              double init = bias == null ? 0 : bias[bo + filter + m];
              Arrays.fill(y, map + m * p, map + (m + 1) * p, init);
            }
            int image = xo + i * depth * shape.window.inSize();
            Patches.unfold(x, image, depth, shape.window, columns);
            int at = wo + filter * k;
            Gemm.multiply(width, p, k, w, at, k, 1, columns, 0, p, 1, y, map, p, true);
          }
          Buffers.recycle(columns);
        });
  }

  /** See {@link FloatConvolution#images}. */
  public static void images(
      ConvolutionShape shape, double[] y, int yo, double[] w, int wo, double[] x) {
    int p = shape.window.outSize();
    int k = shape.patch();
    int depth = shape.depth();
    int width = shape.width();
    int size = depth * shape.window.inSize();
    Workers.parallelFor(
        shape.images,
        grain(shape),
        (from, to) -> {
          double[] columns = columns(shape);
          for (int i = from * shape.groups; i < to * shape.groups; i++) {
            int map = yo + i * width * p;
            int at = wo + i % shape.groups * width * k;
            Gemm.multiply(k, p, width, w, at, 1, k, y, map, p, 1, columns, 0, p, false);
            Arrays.fill(x, i * size, (i + 1) * size, 0);
            Patches.fold(columns, x, i * size, depth, shape.window);
          }
          Buffers.recycle(columns);
        });
  }

  /** See {@link FloatConvolution#filters}. */
  public static void filters(
      ConvolutionShape shape, double[] x, int xo, double[] y, int yo, double[] w) {
    int parts = Math.max(1, Math.min(shape.images / grain(shape), Workers.threads()));
    double[][] partial = new double[parts][];
    Workers.parallelFor(
        parts,
        1,
        (from, to) -> {
          for (int part = from; part < to; part++) {
            partial[part] = part == 0 ? w : Buffers.doubles(w.length);
            Arrays.fill(partial[part], 0);
            int first = (int) ((long) shape.images * part / parts);
            int last = (int) ((long) shape.images * (part + 1) / parts);
            addFilters(shape, first, last, x, xo, y, yo, partial[part]);
          }
        });
    for (int part = 1; part < parts; part++) {
      double[] more = partial[part];
      for (int i = 0; i < w.length; i++) {
        w[i] += more[i];
      }
      Buffers.recycle(more);
    }
  }

  private static void addFilters(
      ConvolutionShape shape,
      int first,
      int last,
      double[] x,
      int xo,
      double[] y,
      int yo,
      double[] w) {
    int p = shape.window.outSize();
    int k = shape.patch();
    int depth = shape.depth();
    int width = shape.width();
    double[] columns = columns(shape);
    for (int i = first * shape.groups; i < last * shape.groups; i++) {
      int image = xo + i * depth * shape.window.inSize();
      Patches.unfold(x, image, depth, shape.window, columns);
      int map = yo + i * width * p;
      int at = i % shape.groups * width * k;
      Gemm.multiply(width, k, p, y, map, p, 1, columns, 0, 1, p, w, at, k, true);
    }
    Buffers.recycle(columns);
  }
}
