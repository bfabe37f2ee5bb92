package dev.headgrad;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;

/** The transposed convolution. */
final class Transposed {
  private Transposed() {}

  static NDArray convolution(NDArray x, NDArray w, Options.Deconvolution options) {
    Shape shape = x.getShape();
    Shape pad = options.pad(shape);
    Shape adj = options.adj(shape);
    if (EngineGaps.hasDeconvolution(x)) {
      return x.getNDArrayInternal()
          .deconvolution(x, w, null, options.stride(), pad, adj, options.dilate(), options.groups())
          .get(0);
    }
    // the convolution of data with zeros between its elements and the kernel turned around
    int axes = shape.dimension() - 2;
    NDArray spread = x;
    long[] before = new long[axes];
    int[] kernelAxes = new int[axes];
    for (int i = 0; i < axes; i++) {
      long reach = options.dilate().get(i) * (w.getShape().get(i + 2) - 1);
      spread = spread(spread, i + 2, options.stride().get(i));
      spread = fit(spread, i + 2, reach - pad.get(i), reach - pad.get(i) + adj.get(i));
      kernelAxes[i] = i + 2;
    }
    return spread
        .getNDArrayInternal()
        .convolution(
            spread,
            turned(w, options.groups()).flip(kernelAxes),
            null,
            new Shape(ones(axes)),
            new Shape(before),
            options.dilate(),
            options.groups())
        .get(0);
  }

  private static long[] ones(int count) {
    long[] ones = new long[count];
    java.util.Arrays.fill(ones, 1);
    return ones;
  }

  /** Zeros between the elements along an axis, {@code step - 1} each. */
  private static NDArray spread(NDArray x, int axis, long step) {
    Shape shape = x.getShape();
    if (step == 1) {
      return x;
    }
    long[] widths = new long[2 * shape.dimension() + 2];
    widths[2 * axis + 3] = step - 1;
    NDArray pairs = Layout.padConstant(x.reshape(Shapes.insert(shape, axis + 1, 1)), widths, 0);
    NDArray line = pairs.reshape(Shapes.with(shape, axis, shape.get(axis) * step));
    return Indexing.range(line, axis, 0, (shape.get(axis) - 1) * step + 1);
  }

  /** Zeros added in front and behind along an axis, or elements cut off where it is negative. */
  private static NDArray fit(NDArray x, int axis, long before, long after) {
    long size = x.getShape().get(axis);
    NDArray cut = Indexing.range(x, axis, Math.max(0, -before), size + Math.min(0, after));
    long[] widths = new long[2 * x.getShape().dimension()];
    widths[2 * axis] = Math.max(0, before);
    widths[2 * axis + 1] = Math.max(0, after);
    return Layout.padConstant(cut, widths, 0);
  }

  /** (channels, filters of a group, kernel…) as (filters, channels of a group, kernel…). */
  private static NDArray turned(NDArray w, long groups) {
    Shape shape = w.getShape();
    long channels = shape.get(0) / groups;
    long filters = shape.get(1);
    Shape grouped = Shapes.insert(Shapes.with(shape, 0, channels), 0, groups);
    NDArray swapped = Layout.swapAxes(w.reshape(grouped), 1, 2);
    long[] dims = shape.getShape().clone();
    dims[0] = groups * filters;
    dims[1] = channels;
    return swapped.reshape(new Shape(dims));
  }
}
