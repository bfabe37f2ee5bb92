package dev.headgrad;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;

/**
 * Pooling: where its windows are, and what they give.
 *
 * @param options what was asked for
 * @param kernel the lengths of a window
 * @param stride from one window to the next
 * @param pad before and behind each axis
 * @param counts how many windows there are along each axis
 */
record Windows(Options.Pooling options, long[] kernel, long[] stride, long[] pad, int[] counts) {

  /** The windows of an image. */
  static Windows of(NDArray x, Options.Pooling options) {
    Shape shape = x.getShape();
    int axes = shape.dimension() - 2;
    boolean global = options.global();
    long[] kernel = (global ? shape.slice(2) : options.kernel()).getShape();
    long[] stride = global ? kernel : options.stride().getShape();
    long[] pad = global ? new long[axes] : options.pad().getShape();
    int[] counts = new int[axes];
    if (kernel.length != axes || stride.length != axes || pad.length != axes) {
      throw new IllegalArgumentException(
          "images of shape "
              + Shapes.text(shape)
              + " cannot be pooled with a kernel, stride and"
              + " padding of "
              + kernel.length
              + ", "
              + stride.length
              + " and "
              + pad.length
              + " axes");
    }
    for (int i = 0; i < axes; i++) {
      long room = shape.get(i + 2) + 2 * pad[i] - kernel[i];
      if (room < 0) {
        throw new IllegalArgumentException(
            "a window of "
                + new Shape(kernel)
                + " does not fit into images of shape "
                + Shapes.text(shape)
                + " with padding "
                + new Shape(pad));
      }
      counts[i] = (int) ((options.full() ? room + stride[i] - 1 : room) / stride[i] + 1);
    }
    return new Windows(options, kernel, stride, pad, counts);
  }

  /** The largest element, mean, sum, or norm of each window. */
  NDArray pooled(NDArray x) {
    return switch (options.type()) {
      case "max" ->
          x.getNDArrayInternal()
              .maxPool(new Shape(kernel), new Shape(stride), new Shape(pad), options.full());
      case "sum" -> sums(x);
      case "avg" -> sums(x).div(sizes(x));
      case "lp" ->
          switch (options.power()) {
            case 1 -> sums(x);
            case 2 -> sums(x.square()).sqrt();
            case 3 -> Smooth.cbrt(sums(Powers.pow(x, 3)));
            default ->
                throw new IllegalArgumentException(
                    "pooling has p_value 1, 2 or 3, not " + options.power());
          };
      default ->
          throw new IllegalArgumentException(
              "there is no pooling " + options.type() + "; max, avg, sum and lp are");
    };
  }

  /** The sums: means of whole windows over an image with its padding, times their size. */
  private NDArray sums(NDArray x) {
    long[] widths = new long[2 * (kernel.length + 2)];
    for (int i = 0; i < kernel.length; i++) {
      long covered = (counts[i] - 1) * stride[i] + kernel[i];
      widths[2 * i + 4] = pad[i];
      widths[2 * i + 5] = Math.max(0, covered - x.getShape().get(i + 2) - pad[i]);
    }
    Shape window = new Shape(kernel);
    NDArray padded = Layout.padConstant(x, widths, 0);
    NDArray means =
        padded
            .getNDArrayInternal()
            .avgPool(window, new Shape(stride), new Shape(new long[kernel.length]), false, true);
    return Elementary.mul(means, window.size());
  }

  /** The number of elements of each window, (1, 1, windows…): with the padding, or without. */
  private NDArray sizes(NDArray x) {
    NDArray product = x.getManager().ones(new Shape(1), x.getDataType());
    for (int axis = 0; axis < kernel.length; axis++) {
      long size = x.getShape().get(axis + 2);
      double[] lengths = new double[counts[axis]];
      for (int i = 0; i < lengths.length; i++) {
        long from = i * stride[axis] - pad[axis];
        long to = Math.min(from + kernel[axis], size + pad[axis]);
        lengths[i] = options.includePad() ? to - from : Math.min(to, size) - Math.max(from, 0);
      }
      long[] line = new long[kernel.length + 2];
      java.util.Arrays.fill(line, 1);
      line[axis + 2] = lengths.length;
      NDArray sizes =
          NestedValues.create(
              x.getManager(), lengths, new long[0], new Shape(line), x.getDataType());
      product = product.mul(sizes);
    }
    return product;
  }
}
