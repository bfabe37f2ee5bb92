package dev.headgrad.tape.kernel.convolution;

import dev.headgrad.tape.kernel.Buffers;
import dev.headgrad.tape.kernel.Workers;
import java.util.Arrays;

/**
 * The gradient of a convolution's filters: inner products, over images and windows, of the maps'
 * gradients with what each element of a filter reads.
 *
 * <p>Images and maps are both {@link Planes laid out} with lines as long as those of the images, so
 * that one inner product runs over all windows of an image; the maps are zero between the lines.
 */
final class FilterSums {

  private static final TapTile TILE = TapTile.BEST;

  /** Least number of multiplications worth a hand-over to another thread. */
  private static final long GRAIN = 1 << 17;

  /** Elements to copy that are worth a hand-over to another thread. */
  private static final int COPY_GRAIN = 1 << 14;

  /** Windows that are summed over in one go: what a tile reads of the maps fits the first cache. */
  private static final int COLS = 1024;

  private final ConvolutionShape shape;
  private final Planes images;
  private final Planes maps;
  private final int[] taps;

  /** Cells from the first to the last window of an image, rounded up to whole vectors. */
  private final int range;

  /** For how many images there is room in a block. */
  private final int room;

  private final int blocks;

  FilterSums(ConvolutionShape shape) {
    this.shape = shape;
    Window window = shape.window;
    images = Planes.windows(window);
    int[] cells = images.cells;
    int[] none = {0, 0, 0};
    maps = Planes.framed(window.out, none, new int[] {window.out[0], cells[1], cells[2]});
    int last = (window.out[0] - 1) * cells[1] + window.out[1] - 1;
    range = (last * cells[2] + window.out[2] - 1) / Planes.LINE * Planes.LINE + Planes.LINE;
    room = Math.max(1, Math.min(shape.images, COLS / range));
    blocks = shape.images == 0 ? 0 : (shape.images - 1) / room + 1;
    taps = shape.taps(images, room);
  }

  /** In how many parts the images are summed up apart from each other. */
  int parts() {
    long work = (long) shape.images * range * shape.maps * shape.patch();
    return (int) Math.max(1, Math.min(Math.min(blocks, Workers.threads()), work / GRAIN));
  }

  /** Adds the sums over one part of the images. */
  void add(int part, int parts, float[] x, int xo, float[] y, int yo, float[] w) {
    int depth = shape.depth();
    int width = shape.width();
    float[] left = Buffers.floats(maps.length(width, room, 0));
    float[] right = Buffers.floats(images.length(depth, room, Planes.LINE));
    Arrays.fill(right, right.length - Planes.LINE, right.length, 0);
    int end = (int) ((long) blocks * (part + 1) / parts);
    for (int b = (int) ((long) blocks * part / parts); b < end; b++) {
      int first = b * room;
      int many = Math.min(room, shape.images - first);
      for (int g = 0; g < shape.groups; g++) {
        int group = first * shape.groups + g;
        int inSize = shape.window.inSize();
        int outSize = shape.window.outSize();
        lay(images, x, xo + group * depth * inSize, depth, inSize, many, right);
        lay(maps, y, yo + group * width * outSize, width, outSize, many, left);
        multiply(many, left, right, w, g * width * taps.length);
      }
    }
    Buffers.recycle(left);
    Buffers.recycle(right);
  }

  private void lay(
      Planes planes, float[] from, int offset, int channels, int size, int many, float[] to) {
    int distance = planes.distance(room);
    Workers.parallelFor(
        channels,
        Math.max(1, COPY_GRAIN / distance),
        (first, last) -> {
          for (int c = first; c < last; c++) {
            int step = shape.groups * channels * size;
            planes.copy(from, offset + c * size, step, many, to, c * distance, room);
          }
        });
  }

  private void multiply(int many, float[] left, float[] right, float[] w, int wo) {
    int rows = shape.width();
    int tiles = (rows - 1) / TILE.dotRows + 1;
    int distance = maps.distance(room);
    long work = (long) many * range * taps.length * TILE.dotRows;
    Workers.parallelFor(
        tiles,
        (int) Math.max(1, GRAIN / Math.max(1, work)),
        (from, to) -> {
          for (int j = 0; j < range; j += COLS) {
            int cols = Math.min(COLS, range - j);
            for (int t = from; t < to; t++) {
              int i = (int) ((long) rows * t / tiles);
              int end = (int) ((long) rows * (t + 1) / tiles);
              TILE.dots(
                  end - i,
                  many,
                  cols,
                  left,
                  i * distance + j,
                  distance,
                  maps.size,
                  right,
                  j,
                  images.size,
                  taps,
                  taps.length,
                  w,
                  wo + i * taps.length,
                  taps.length);
            }
          }
        });
  }
}
