package dev.headgrad;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;

/** Pixels between and among pixels. */
final class Sampling {
  private Sampling() {}

  /** The sums of the four pixels around each place, weighted with how near they are. */
  static NDArray bilinear(NDArray x, NDArray grid) {
    int n = (int) x.getShape().get(0);
    int height = (int) x.getShape().get(2);
    int width = (int) x.getShape().get(3);
    Shape places = new Shape(n, 1, grid.getShape().get(2), grid.getShape().get(3));
    NDArray column = pixel(Indexing.range(grid, 1, 0, 1), width).reshape(places);
    NDArray row = pixel(Indexing.range(grid, 1, 1, 2), height).reshape(places);
    double[] columns = Host.doubles(column);
    double[] rows = Host.doubles(row);
    NDArray sum = null;
    for (int corner = 0; corner < 4; corner++) {
      NDArray part = corner(x, column, row, columns, rows, corner % 2, corner / 2);
      sum = sum == null ? part : sum.add(part);
    }
    return java.util.Objects.requireNonNull(sum);
  }

  /** From -1 and 1 to the first and last of a number of pixels. */
  private static NDArray pixel(NDArray place, int size) {
    return Elementary.mul(place.add(1), (size - 1) / 2.0);
  }

  private static NDArray corner(
      NDArray x, NDArray column, NDArray row, double[] columns, double[] rows, int dx, int dy) {
    int channels = (int) x.getShape().get(1);
    int height = (int) x.getShape().get(2);
    int width = (int) x.getShape().get(3);
    int n = (int) x.getShape().get(0);
    int area = columns.length / n;
    double[] left = new double[columns.length];
    double[] top = new double[columns.length];
    double[] inside = new double[columns.length];
    long[] positions = new long[columns.length * channels];
    for (int i = 0; i < columns.length; i++) {
      left[i] = Math.floor(columns[i]);
      top[i] = Math.floor(rows[i]);
      int u = (int) left[i] + dx;
      int v = (int) top[i] + dy;
      boolean there = u >= 0 && u < width && v >= 0 && v < height;
      inside[i] = there ? 1 : 0;
      for (int c = 0; c < channels && there; c++) {
        int image = i / area;
        positions[(image * channels + c) * area + i % area] =
            (((long) image * channels + c) * height + v) * width + u;
      }
    }
    Shape places = column.getShape();
    NDArray alongX = column.sub(constant(x, left, places));
    NDArray alongY = row.sub(constant(x, top, places));
    NDArray weight =
        (dx == 1 ? alongX : Elementary.rsub(alongX, 1))
            .mul(dy == 1 ? alongY : Elementary.rsub(alongY, 1))
            .mul(constant(x, inside, places));
    Shape shape = Shapes.with(places, 1, channels);
    return Indexing.takeFlat(x, positions, shape).mul(Select.to(weight, shape));
  }

  private static NDArray constant(NDArray like, double[] values, Shape shape) {
    return NestedValues.create(like.getManager(), values, new long[0], shape, like.getDataType());
  }

  /** The largest pixel of each part of each region, of which some are empty and give 0. */
  static NDArray largest(NDArray x, double[] regions, Shape result, double scale) {
    Shape shape = x.getShape();
    double[] pixels = Host.doubles(x);
    int height = (int) shape.get(2);
    int width = (int) shape.get(3);
    int channels = (int) shape.get(1);
    int rows = (int) result.get(2);
    int columns = (int) result.get(3);
    long[] positions = new long[(int) result.size()];
    for (int i = 0; i < positions.length; i++) {
      int region = i / (channels * rows * columns) * 5;
      int channel = i / (rows * columns) % channels;
      int left = (int) Math.round(regions[region + 1] * scale);
      int top = (int) Math.round(regions[region + 2] * scale);
      int right = (int) Math.round(regions[region + 3] * scale);
      int bottom = (int) Math.round(regions[region + 4] * scale);
      int[] v = part(i / columns % rows, rows, top, bottom, height);
      int[] u = part(i % columns, columns, left, right, width);
      int base = ((int) regions[region] * channels + channel) * height * width;
      positions[i] = peak(pixels, base, width, u, v);
    }
    NDArray zero = x.getManager().zeros(new Shape(1), x.getDataType());
    NDArray row = Join.concat(new NDList(x.reshape(new Shape(x.size())), zero), 0);
    return Indexing.takeFlat(row, positions, result);
  }

  /** First and end of one of the parts of what lies between two pixels, both included. */
  private static int[] part(int number, int parts, int first, int last, int size) {
    double length = Math.max(last - first + 1, 1) / (double) parts;
    int from = (int) Math.floor(number * length) + first;
    int to = (int) Math.ceil((number + 1) * length) + first;
    return new int[] {Math.min(Math.max(from, 0), size), Math.min(Math.max(to, 0), size)};
  }

  /** Where the largest pixel is; behind all pixels if there is none. */
  private static long peak(double[] pixels, int base, int width, int[] u, int[] v) {
    int best = pixels.length;
    for (int y = v[0]; y < v[1]; y++) {
      for (int k = u[0]; k < u[1]; k++) {
        int at = base + y * width + k;
        best = best == pixels.length || pixels[at] > pixels[best] ? at : best;
      }
    }
    return best;
  }
}
