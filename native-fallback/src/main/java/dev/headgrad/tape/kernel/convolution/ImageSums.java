package dev.headgrad.tape.kernel.convolution;

import dev.headgrad.tape.kernel.Buffers;
import dev.headgrad.tape.kernel.Workers;
import dev.headgrad.tape.kernel.matrix.FloatVectorTile;
import dev.headgrad.tape.kernel.matrix.Tile;
import dev.headgrad.tape.kernel.matrix.VectorTile;
import java.util.Arrays;

/**
 * The gradient of a convolution's images on the Vector API, where images are so small that sliding
 * filters over maps in a frame of zeros would multiply zeros most of the time: for each element of
 * the filters, the product of what all filters have there with the maps, added to the images where
 * that element reads.
 *
 * <p>The maps' lines are as long as those of the images in their padding, with zeros behind them,
 * so that one element reads of all windows what lies as far from them.
 */
final class ImageSums {

  private static final Tile TILE = VectorTile.SHAPE;
  private static final int ROWS = TILE.rows;
  private static final int COLS = TILE.floatCols;
  private static final int DISTANCE = VectorTile.DISTANCE;

  /** Fewer make products of too few terms, or rows. */
  private static final int LEAST_MAPS = 8;

  private static final int LEAST_CHANNELS = 3;

  /** Least number of multiplications worth a hand-over to another thread. */
  private static final long GRAIN = 1 << 17;

  private final ConvolutionShape shape;
  private final Window window;
  private final Planes maps;

  /** Cells along the axes of an image in its padding. */
  private final int[] cells;

  /** Where in it the elements of a filter read. */
  private final int[] taps;

  /** Terms of a product: the maps, and one more if their number is odd. */
  private final int terms;

  /** How many elements of the filters lie side by side in a row of left factors. */
  private final int perRow;

  /** Left factors of a tile of channels: so many blocks of rows. */
  private final int blocks;

  private final int tiles;
  private final int strips;

  /** Distance of the maps. */
  private final int row;

  /** Distance of the channels. */
  private final int plane;

  private ImageSums(ConvolutionShape shape) {
    this.shape = shape;
    window = shape.window;
    Planes images = Planes.windows(window);
    cells = images.cells;
    taps = images.taps(window, 1);
    int[] none = {0, 0, 0};
    maps = Planes.framed(window.out, none, new int[] {window.out[0], cells[1], cells[2]});
    terms = shape.maps + TILE.missing(shape.maps);
    perRow = TILE.depth / terms;
    blocks = (taps.length - 1) / perRow + 1;
    tiles = (shape.channels - 1) / ROWS + 1;
    int last = (window.out[0] - 1) * cells[1] + window.out[1] - 1;
    strips = (last * cells[2] + window.out[2] - 1) / COLS + 1;
    row = Math.max(maps.distance(1), strips * COLS);
    plane = (taps[taps.length - 1] + strips * COLS) / Planes.LINE * Planes.LINE + Planes.LINE;
  }

  /** Whether convolutions of this shape are made here: a third of the work is spared at least. */
  static boolean suits(ConvolutionShape shape) {
    Window w = shape.window;
    long framed = (long) w.in[0] * w.in[1] * (w.in[2] + (w.kernel[2] - 1) * w.dilation[2]);
    long padded = (long) w.out[0] * w.out[1] * (w.in[2] + 2 * w.pad[2]);
    return shape.groups == 1
        && shape.channels >= LEAST_CHANNELS
        && shape.maps >= LEAST_MAPS
        && shape.maps <= TILE.depth
        && readsAll(w, 0)
        && readsAll(w, 1)
        && readsAll(w, 2)
        && 2 * framed >= 3 * padded;
  }

  /** Whether windows go one by one and end where the padding does. */
  private static boolean readsAll(Window w, int axis) {
    int last = w.at(axis, w.out[axis] - 1, w.kernel[axis] - 1);
    return w.stride[axis] == 1 && w.out[axis] > 0 && last == w.in[axis] + w.pad[axis] - 1;
  }

  /** {@link FloatConvolution#images}. */
  static void images(ConvolutionShape shape, float[] y, int yo, float[] w, int wo, float[] x) {
    new ImageSums(shape).run(y, yo, w, wo, x);
  }

  private void run(float[] y, int yo, float[] w, int wo, float[] x) {
    float[] left = Buffers.floats(tiles * blocks * ROWS * DISTANCE);
    lay(w, wo, left);
    long work = (long) shape.channels * terms * taps.length * strips * COLS;
    Workers.parallelFor(
        shape.images,
        (int) Math.max(1, GRAIN / work),
        (from, to) -> {
          float[] laid = Buffers.floats(shape.maps * row);
          float[] right = Buffers.floats(strips * terms * COLS);
          float[] sums = Buffers.floats(tiles * ROWS * plane);
          for (int n = from; n < to; n++) {
            layMaps(y, yo + n * shape.maps * window.outSize(), laid, right);
            Arrays.fill(sums, 0, tiles * ROWS * plane, 0);
            add(left, right, sums);
            put(sums, x, n * shape.channels * window.inSize());
          }
          Buffers.recycle(laid);
          Buffers.recycle(right);
          Buffers.recycle(sums);
        });
    Buffers.recycle(left);
  }

  /** Where the left factor of a tile of channels and an element of the filters begins. */
  private int left(int tile, int tap) {
    return (tile * blocks + tap / perRow) * ROWS * DISTANCE + tap % perRow * terms;
  }

  private void lay(float[] w, int wo, float[] left) {
    for (int c = 0; c < shape.channels; c++) {
      for (int k = 0; k < taps.length; k++) {
        int to = left(c / ROWS, k) + c % ROWS * DISTANCE;
        for (int m = 0; m < shape.maps; m++) {
          left[to + m] = w[wo + (m * shape.channels + c) * taps.length + k];
        }
        Arrays.fill(left, to + shape.maps, to + terms, 0);
      }
    }
  }

  private void layMaps(float[] y, int yo, float[] laid, float[] right) {
    for (int m = 0; m < shape.maps; m++) {
      maps.copy(y, yo + m * window.outSize(), 0, 1, laid, m * row, 1);
      Arrays.fill(laid, m * row + maps.distance(1), m * row + row, 0);
    }
    int strip = terms * COLS;
    FloatVectorTile.copyRows(laid, 0, row, strips, shape.maps, right, 0, strip);
    for (int s = 0; s < strips; s++) {
      Arrays.fill(right, s * strip + shape.maps * COLS, (s + 1) * strip, 0);
    }
  }

  private void add(float[] left, float[] right, float[] sums) {
    float[] tile = new float[ROWS * COLS];
    for (int t = 0; t < tiles; t++) {
      int rows = Math.min(ROWS, shape.channels - t * ROWS);
      for (int k = 0; k < taps.length; k++) {
        int a = left(t, k);
        int to = t * ROWS * plane + taps[k];
        for (int s = 0; s < strips; s++) {
          int b = s * terms * COLS;
          FloatVectorTile.multiply(rows, terms, left, a, right, b, tile, 0, COLS);
          VectorTile.add(rows, tile, sums, to + s * COLS, plane);
        }
      }
    }
  }

  /** The image out of its padding. */
  private void put(float[] sums, float[] x, int xo) {
    int to = xo;
    for (int c = 0; c < shape.channels; c++) {
      for (int i = 0; i < window.in[0]; i++) {
        for (int j = 0; j < window.in[1]; j++) {
          int line = (i + window.pad[0]) * cells[1] + j + window.pad[1];
          System.arraycopy(sums, c * plane + line * cells[2] + window.pad[2], x, to, window.in[2]);
          to += window.in[2];
        }
      }
    }
  }
}
