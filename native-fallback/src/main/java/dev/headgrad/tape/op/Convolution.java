package dev.headgrad.tape.op;

import ai.djl.ndarray.types.DataType;
import dev.headgrad.tape.core.BinaryOp;
import dev.headgrad.tape.core.DenseArray;
import dev.headgrad.tape.core.Dims;
import dev.headgrad.tape.core.Elements;
import dev.headgrad.tape.core.NaryOp;
import dev.headgrad.tape.core.Node;
import dev.headgrad.tape.kernel.convolution.ConvolutionShape;
import dev.headgrad.tape.kernel.convolution.DoubleConvolution;
import dev.headgrad.tape.kernel.convolution.FloatConvolution;
import dev.headgrad.tape.kernel.convolution.Window;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

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

  private Convolution() {}

  /** The shape of one convolution. */
  private static final class Geometry {
    final ConvolutionShape shape;
    final int[] imageDims;
    final int[] filterDims;
    final int[] mapDims;

    Geometry(int[] imageDims, int[] filterDims, int[] mapDims, int groups, Window window) {
      this.shape = new ConvolutionShape(imageDims[0], imageDims[1], mapDims[1], groups, window);
      this.imageDims = imageDims;
      this.filterDims = filterDims;
      this.mapDims = mapDims;
    }
  }

  // y = x * w + b      dx = images(g, w)        dw = filters(x, g)       db = sum of g over maps
  private static final class Maps extends NaryOp {
    private final Geometry at;

    Maps(Geometry at) {
      super("convolution", Keeps.INPUTS);
      this.at = at;
    }

    @Override
    protected boolean keepsInput(Node node, int i) {
      return i < 2 && node.needs(1 - i);
    }

    @Override
    protected DenseArray[] forward(DenseArray[] in) {
      DataType type = compute(in[0], in[1]);
      DenseArray x = Elements.to(in[0], type);
      DenseArray w = Elements.to(in[1], type);
      DenseArray b = in.length > 2 ? Elements.to(in[2], type) : null;
      DenseArray y = DenseArray.dirty(type, at.mapDims);
      int bo = b == null ? 0 : b.offset();
      if (type == DataType.FLOAT64) {
        double[] bias = b == null ? null : b.doubles();
        DoubleConvolution.maps(
            at.shape, x.doubles(), x.offset(), w.doubles(), w.offset(), bias, bo, y.doubles());
      } else {
        float[] bias = b == null ? null : b.floats();
        FloatConvolution.maps(
            at.shape, x.floats(), x.offset(), w.floats(), w.offset(), bias, bo, y.floats());
      }
      return new DenseArray[] {Elements.to(y, result(in[0], in[1]))};
    }

    @Override
    protected @Nullable DenseArray[] gradients(Node node, @Nullable DenseArray[] heads) {
      @Nullable DenseArray[] gradients = new DenseArray[node.inputs()];
      DenseArray head = heads[0];
      if (head != null && node.needs(0)) {
        gradients[0] = new Images(at).apply(head, node.input(1));
      }
      if (head != null && node.needs(1)) {
        gradients[1] = new Filters(at).apply(node.input(0), head);
      }
      if (head != null && node.inputs() > 2 && node.needs(2)) {
        gradients[2] = Reductions.sum(head, allBut(1, head.rank()), false);
      }
      return gradients;
    }
  }

  private static int[] allBut(int axis, int rank) {
    int[] axes = new int[rank - 1];
    Arrays.setAll(axes, i -> i < axis ? i : i + 1);
    return axes;
  }

  private static DenseArray maps(Geometry at, DenseArray x, DenseArray w) {
    return new Maps(at).apply(x, w)[0];
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
      DenseArray x = DenseArray.dirty(type, at.imageDims);
      int yo = maps.offset();
      int wo = filters.offset();
      if (type == DataType.FLOAT64) {
        DoubleConvolution.images(at.shape, maps.doubles(), yo, filters.doubles(), wo, x.doubles());
      } else {
        FloatConvolution.images(at.shape, maps.floats(), yo, filters.floats(), wo, x.floats());
      }
      return Elements.to(x, result(y, w));
    }

    @Override
    protected DenseArray gradientA(Node node, DenseArray head) {
      return maps(at, head, node.input(1));
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
      DenseArray images = Elements.to(x, type);
      DenseArray maps = Elements.to(y, type);
      DenseArray w = DenseArray.dirty(type, at.filterDims);
      int xo = images.offset();
      int yo = maps.offset();
      if (type == DataType.FLOAT64) {
        DoubleConvolution.filters(at.shape, images.doubles(), xo, maps.doubles(), yo, w.doubles());
      } else {
        FloatConvolution.filters(at.shape, images.floats(), xo, maps.floats(), yo, w.floats());
      }
      return Elements.to(w, result(x, y));
    }

    @Override
    protected DenseArray gradientA(Node node, DenseArray head) {
      return new Images(at).apply(node.input(1), head);
    }

    @Override
    protected DenseArray gradientB(Node node, DenseArray head) {
      return maps(at, node.input(0), head);
    }
  }

  /**
   * The convolution (in fact the correlation, as everywhere in deep learning) of images with
   * filters.
   *
   * @param x images (n, channels, axes…), one to three axes
   * @param w filters (maps, channels / groups, kernel…)
   * @param bias what is added to each map (maps), or null
   * @param stride from one window to the next, per axis; likewise the others
   * @return maps (n, maps, windows…)
   * @throws IllegalArgumentException if the shapes do not fit
   */
  public static DenseArray convolution(
      DenseArray x,
      DenseArray w,
      @Nullable DenseArray bias,
      int[] stride,
      int[] pad,
      int[] dilation,
      int groups) {
    int[] axes = axes(x, w);
    int[] kernel = Arrays.copyOfRange(w.dims(), 2, w.rank());
    Dims.requirePositive("stride", stride);
    Dims.requirePositive("dilation", dilation);
    if (groups < 1 || x.dim(1) != w.dim(1) * groups || w.dim(0) % groups != 0) {
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
    Geometry at = new Geometry(x.dims(), w.dims(), mapDims, groups, window);
    if (bias != null
        && bias.type() == result(x, w)
        && bias.rank() == 1
        && bias.size() == w.dim(0)) {
      return new Maps(at).apply(x, w, bias)[0];
    }
    DenseArray y = maps(at, x, w);
    return bias == null ? y : withBias(y, bias);
  }

  /**
   * The transpose of a convolution: what its gradient does with maps.
   *
   * @param y maps (n, maps, windows…)
   * @param w filters (maps, channels / groups, kernel…)
   * @param bias what is added to each channel (channels), or null
   * @param outPad how much longer the result's axes are than the shortest that fit
   * @return images (n, channels, axes…)
   * @throws IllegalArgumentException if the shapes do not fit
   */
  public static DenseArray deconvolution(
      DenseArray y,
      DenseArray w,
      @Nullable DenseArray bias,
      int[] stride,
      int[] pad,
      int[] outPad,
      int[] dilation,
      int groups) {
    int[] windows = axes(y, w);
    int[] kernel = Arrays.copyOfRange(w.dims(), 2, w.rank());
    Dims.requirePositive("stride", stride);
    Dims.requirePositive("dilation", dilation);
    if (groups < 1 || y.dim(1) != w.dim(0) || w.dim(0) % groups != 0) {
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
    DenseArray x =
        new Images(new Geometry(imageDims, w.dims(), y.dims(), groups, window)).apply(y, w);
    return bias == null ? x : withBias(x, bias);
  }

  private static DenseArray withBias(DenseArray y, DenseArray bias) {
    int[] dims = new int[y.rank()];
    Arrays.fill(dims, 1);
    dims[1] = y.dim(1);
    return Arithmetic.add(y, Shapes.reshape(bias, dims));
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
}
