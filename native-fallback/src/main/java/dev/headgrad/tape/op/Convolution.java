package dev.headgrad.tape.op;

import ai.djl.ndarray.types.DataType;
import dev.headgrad.tape.core.BinaryOp;
import dev.headgrad.tape.core.DenseArray;
import dev.headgrad.tape.core.Dims;
import dev.headgrad.tape.core.Elements;
import dev.headgrad.tape.core.Node;
import dev.headgrad.tape.kernel.Buffers;
import dev.headgrad.tape.kernel.Gemm;
import dev.headgrad.tape.kernel.Patches;
import dev.headgrad.tape.kernel.Window;
import dev.headgrad.tape.kernel.Workers;
import java.util.Arrays;

/**
 * Convolution over one to three axes, and its transpose.
 *
 * <p>Three operations, each linear in both of its inputs, are closed under differentiation: images
 * with filters give maps; maps with filters give images; images with maps give filters. Shapes, for
 * n images, groups g:
 *
 * <ul>
 *   <li>images (n, channels, axes…)
 *   <li>filters (maps, channels / g, kernel…)
 *   <li>maps (n, maps, windows…)
 * </ul>
 */
public final class Convolution {

  /** Multiplications that are worth a thread of their own. */
  private static final int GRAIN = 1 << 17;

  private Convolution() {}

  /** The shape of one convolution. */
  private static final class Geometry {
    final int images;
    final int channels;
    final int maps;
    final int groups;
    final Window window;
    final int[] imageDims;
    final int[] filterDims;
    final int[] mapDims;

    Geometry(int[] imageDims, int[] filterDims, int[] mapDims, int groups, Window window) {
      this.images = imageDims[0];
      this.channels = imageDims[1];
      this.maps = mapDims[1];
      this.groups = groups;
      this.window = window;
      this.imageDims = imageDims;
      this.filterDims = filterDims;
      this.mapDims = mapDims;
    }

    /** Channels of one group. */
    int depth() {
      return channels / groups;
    }

    /** Maps of one group. */
    int width() {
      return maps / groups;
    }

    /** Elements of one filter. */
    int patch() {
      return depth() * window.kernelSize();
    }

    /** How many images make a part for a thread. */
    int grain() {
      long work = Math.max(1, (long) maps * patch() * window.outSize());
      return (int) Math.max(1, GRAIN / work);
    }
  }

  // y = x * w          dx = images(g, w)        dw = filters(x, g)
  private static final class Maps extends BinaryOp {
    private final Geometry at;

    Maps(Geometry at) {
      super("convolution", Keeps.OTHER_INPUT);
      this.at = at;
    }

    @Override
    protected DenseArray forward(DenseArray x, DenseArray w) {
      DataType type = compute(x, w);
      DenseArray in = Elements.to(x, type);
      DenseArray filters = Elements.to(w, type);
      DenseArray y = DenseArray.dirty(type, at.mapDims);
      int p = at.window.outSize();
      int k = at.patch();
      Workers.parallelFor(
          at.images,
          at.grain(),
          (from, to) -> {
            Object columns = columns(type, k, p);
            for (int i = from; i < to; i++) {
              for (int g = 0; g < at.groups; g++) {
                int image = in.offset() + (i * at.channels + g * at.depth()) * at.window.inSize();
                int map = (i * at.maps + g * at.width()) * p;
                int filter = filters.offset() + g * at.width() * k;
                if (type == DataType.FLOAT64) {
                  Patches.unfold(in.doubles(), image, at.depth(), at.window, (double[]) columns);
                  Gemm.multiply(
                      at.width(),
                      p,
                      k,
                      filters.doubles(),
                      filter,
                      k,
                      1,
                      (double[]) columns,
                      0,
                      p,
                      1,
                      y.doubles(),
                      map,
                      p,
                      false);
                } else {
                  float[] right = in.floats();
                  int rightOffset = image;
                  if (!at.window.isIdentity()) {
                    Patches.unfold(right, image, at.depth(), at.window, (float[]) columns);
                    right = (float[]) columns;
                    rightOffset = 0;
                  }
                  Gemm.multiply(
                      at.width(),
                      p,
                      k,
                      filters.floats(),
                      filter,
                      k,
                      1,
                      right,
                      rightOffset,
                      p,
                      1,
                      y.floats(),
                      map,
                      p,
                      false);
                }
              }
            }
            recycle(columns);
          });
      return Elements.to(y, result(x, w));
    }

    @Override
    protected DenseArray gradientA(Node node, DenseArray head) {
      return new Images(at).apply(head, node.input(1));
    }

    @Override
    protected DenseArray gradientB(Node node, DenseArray head) {
      return new Filters(at).apply(node.input(0), head);
    }
  }

  // x = images(y, w)   dy = g * w               dw = filters(g, y)
  private static final class Images extends BinaryOp {
    private final Geometry at;

    Images(Geometry at) {
      super("deconvolution", Keeps.OTHER_INPUT);
      this.at = at;
    }

    @Override
    protected DenseArray forward(DenseArray y, DenseArray w) {
      DataType type = compute(y, w);
      DenseArray maps = Elements.to(y, type);
      DenseArray filters = Elements.to(w, type);
      DenseArray x =
          at.window.isIdentity()
              ? DenseArray.dirty(type, at.imageDims)
              : DenseArray.zeros(type, at.imageDims);
      int p = at.window.outSize();
      int k = at.patch();
      Workers.parallelFor(
          at.images,
          at.grain(),
          (from, to) -> {
            Object columns = columns(type, k, p);
            for (int i = from; i < to; i++) {
              for (int g = 0; g < at.groups; g++) {
                int image = (i * at.channels + g * at.depth()) * at.window.inSize();
                int map = maps.offset() + (i * at.maps + g * at.width()) * p;
                int filter = filters.offset() + g * at.width() * k;
                if (type == DataType.FLOAT64) {
                  Gemm.multiply(
                      k,
                      p,
                      at.width(),
                      filters.doubles(),
                      filter,
                      1,
                      k,
                      maps.doubles(),
                      map,
                      p,
                      1,
                      (double[]) columns,
                      0,
                      p,
                      false);
                  Patches.fold((double[]) columns, x.doubles(), image, at.depth(), at.window);
                } else if (at.window.isIdentity()) {
                  Gemm.multiply(
                      k,
                      p,
                      at.width(),
                      filters.floats(),
                      filter,
                      1,
                      k,
                      maps.floats(),
                      map,
                      p,
                      1,
                      x.floats(),
                      image,
                      p,
                      false);
                } else {
                  Gemm.multiply(
                      k,
                      p,
                      at.width(),
                      filters.floats(),
                      filter,
                      1,
                      k,
                      maps.floats(),
                      map,
                      p,
                      1,
                      (float[]) columns,
                      0,
                      p,
                      false);
                  Patches.fold((float[]) columns, x.floats(), image, at.depth(), at.window);
                }
              }
            }
            recycle(columns);
          });
      return Elements.to(x, result(y, w));
    }

    @Override
    protected DenseArray gradientA(Node node, DenseArray head) {
      return new Maps(at).apply(head, node.input(1));
    }

    @Override
    protected DenseArray gradientB(Node node, DenseArray head) {
      return new Filters(at).apply(head, node.input(0));
    }
  }

  // w = filters(x, y)  dx = images(y, g)        dy = x * g
  private static final class Filters extends BinaryOp {
    private final Geometry at;

    Filters(Geometry at) {
      super("convolutionWeightGradient", Keeps.OTHER_INPUT);
      this.at = at;
    }

    @Override
    protected DenseArray forward(DenseArray x, DenseArray y) {
      DataType type = compute(x, y);
      DenseArray in = Elements.to(x, type);
      DenseArray maps = Elements.to(y, type);
      DenseArray w = DenseArray.zeros(type, at.filterDims);
      int p = at.window.outSize();
      int k = at.patch();
      // every part adds up its own images; the parts are added in order, so that threads do not
      // change the result
      int parts = Math.max(1, Math.min(at.images / at.grain(), Workers.threads()));
      DenseArray[] sums = new DenseArray[parts];
      Workers.parallelFor(
          parts,
          1,
          (first, last) -> {
            Object columns = columns(type, k, p);
            for (int part = first; part < last; part++) {
              DenseArray sum = part == 0 ? w : DenseArray.zeros(type, at.filterDims);
              sums[part] = sum;
              int end = (int) ((long) at.images * (part + 1) / parts);
              for (int i = (int) ((long) at.images * part / parts); i < end; i++) {
                for (int g = 0; g < at.groups; g++) {
                  int image = in.offset() + (i * at.channels + g * at.depth()) * at.window.inSize();
                  int map = maps.offset() + (i * at.maps + g * at.width()) * p;
                  int filter = g * at.width() * k;
                  if (type == DataType.FLOAT64) {
                    Patches.unfold(in.doubles(), image, at.depth(), at.window, (double[]) columns);
                    Gemm.multiply(
                        at.width(),
                        k,
                        p,
                        maps.doubles(),
                        map,
                        p,
                        1,
                        (double[]) columns,
                        0,
                        1,
                        p,
                        sum.doubles(),
                        filter,
                        k,
                        true);
                  } else {
                    Patches.unfold(in.floats(), image, at.depth(), at.window, (float[]) columns);
                    Gemm.multiply(
                        at.width(),
                        k,
                        p,
                        maps.floats(),
                        map,
                        p,
                        1,
                        (float[]) columns,
                        0,
                        1,
                        p,
                        sum.floats(),
                        filter,
                        k,
                        true);
                  }
                }
              }
            }
            recycle(columns);
          });
      DenseArray total = w;
      for (int part = 1; part < parts; part++) {
        total = Arithmetic.add(total, sums[part]);
      }
      return Elements.to(total, result(x, y));
    }

    @Override
    protected DenseArray gradientA(Node node, DenseArray head) {
      return new Images(at).apply(node.input(1), head);
    }

    @Override
    protected DenseArray gradientB(Node node, DenseArray head) {
      return new Maps(at).apply(node.input(0), head);
    }
  }

  /**
   * The convolution (in fact the correlation, as everywhere in deep learning) of images with
   * filters.
   *
   * @param x images (n, channels, axes…), one to three axes
   * @param w filters (maps, channels / groups, kernel…)
   * @param stride from one window to the next, per axis; likewise the others
   * @return maps (n, maps, windows…)
   * @throws IllegalArgumentException if the shapes do not fit
   */
  public static DenseArray convolution(
      DenseArray x, DenseArray w, int[] stride, int[] pad, int[] dilation, int groups) {
    int[] axes = axes(x, w);
    int[] kernel = Arrays.copyOfRange(w.dims(), 2, w.rank());
    if (x.dim(1) != w.dim(1) * groups || w.dim(0) % groups != 0) {
      throw misfit("convolution", x, w, groups);
    }
    int[] mapDims = new int[x.rank()];
    mapDims[0] = x.dim(0);
    mapDims[1] = w.dim(0);
    for (int i = 0; i < axes.length; i++) {
      int span = dilation[i] * (kernel[i] - 1) + 1;
      int room = axes[i] + 2 * pad[i] - span;
      if (room < 0) {
        throw new IllegalArgumentException(
            "a kernel that spans "
                + span
                + " elements does not fit into axis "
                + (i + 2)
                + " of length "
                + axes[i]
                + " with padding "
                + pad[i]);
      }
      mapDims[2 + i] = room / stride[i] + 1;
    }
    int[] windows = Arrays.copyOfRange(mapDims, 2, mapDims.length);
    Window window = new Window(axes, kernel, stride, pad, dilation, windows);
    return new Maps(new Geometry(x.dims(), w.dims(), mapDims, groups, window)).apply(x, w);
  }

  /**
   * The transpose of a convolution: what its gradient does with maps.
   *
   * @param y maps (n, maps, windows…)
   * @param w filters (maps, channels / groups, kernel…)
   * @param outPad how much longer the result's axes are than the shortest that fit
   * @return images (n, channels, axes…)
   * @throws IllegalArgumentException if the shapes do not fit
   */
  public static DenseArray deconvolution(
      DenseArray y,
      DenseArray w,
      int[] stride,
      int[] pad,
      int[] outPad,
      int[] dilation,
      int groups) {
    int[] windows = axes(y, w);
    int[] kernel = Arrays.copyOfRange(w.dims(), 2, w.rank());
    if (y.dim(1) != w.dim(0) || w.dim(0) % groups != 0) {
      throw misfit("deconvolution", y, w, groups);
    }
    int[] imageDims = new int[y.rank()];
    imageDims[0] = y.dim(0);
    imageDims[1] = w.dim(1) * groups;
    for (int i = 0; i < windows.length; i++) {
      imageDims[2 + i] =
          (windows[i] - 1) * stride[i] - 2 * pad[i] + dilation[i] * (kernel[i] - 1) + 1 + outPad[i];
    }
    int[] axes = Arrays.copyOfRange(imageDims, 2, imageDims.length);
    Window window = new Window(axes, kernel, stride, pad, dilation, windows);
    return new Images(new Geometry(imageDims, w.dims(), y.dims(), groups, window)).apply(y, w);
  }

  private static int[] axes(DenseArray x, DenseArray w) {
    if (x.rank() < 3 || x.rank() > 5 || w.rank() != x.rank()) {
      throw new IllegalArgumentException(
          "a convolution needs images (n, channels, 1 to 3 axes) and filters of as many axes, but"
              + " got the shapes "
              + Dims.text(x.dims())
              + " and "
              + Dims.text(w.dims()));
    }
    return Arrays.copyOfRange(x.dims(), 2, x.rank());
  }

  private static IllegalArgumentException misfit(
      String what, DenseArray x, DenseArray w, int groups) {
    return new IllegalArgumentException(
        "the "
            + what
            + " of an array of shape "
            + Dims.text(x.dims())
            + " with weights of shape "
            + Dims.text(w.dims())
            + " in "
            + groups
            + " groups does not fit");
  }

  private static DataType compute(DenseArray a, DenseArray b) {
    return result(a, b) == DataType.FLOAT64 ? DataType.FLOAT64 : DataType.FLOAT32;
  }

  private static DataType result(DenseArray a, DenseArray b) {
    return Types.floating(Types.promote(a, b));
  }

  private static Object columns(DataType type, int rows, int columns) {
    int n = Math.multiplyExact(rows, columns);
    return type == DataType.FLOAT64 ? Buffers.doubles(n) : Buffers.floats(n);
  }

  private static void recycle(Object columns) {
    if (columns instanceof float[]) {
      Buffers.recycle((float[]) columns);
    } else {
      Buffers.recycle((double[]) columns);
    }
  }
}
