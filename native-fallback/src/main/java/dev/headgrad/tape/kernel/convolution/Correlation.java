package dev.headgrad.tape.kernel.convolution;

import dev.headgrad.tape.kernel.Buffers;
import dev.headgrad.tape.kernel.Workers;

/**
 * Slides filters over images that are {@link Planes laid out} for it.
 *
 * <p>Blocks of images and groups of channels are shared out among threads; where there is but one
 * of them, its filters and windows are. Within a block, results of some filters and windows are
 * summed up over a stretch of the taps after the other in scratch memory that stays in the
 * second-level cache, and then put where they belong.
 */
final class Correlation {

  private static final TapTile TILE = TapTile.BEST;

  /** Least number of multiplications worth a hand-over to another thread. */
  private static final long GRAIN = 1 << 17;

  /** Elements to copy that are worth a hand-over to another thread. */
  private static final int COPY_GRAIN = 1 << 14;

  /** Windows of a block of images, if they are not more in a single image. */
  private static final int BLOCK_COLS = 512;

  /** Windows that are summed up before they are put in place. */
  private static final int CHUNK_COLS = 768;

  /** Most filters that are applied before the results are put in place. */
  private static final int CHUNK_ROWS = 64;

  /** One set of filters, and which elements of the results they make. */
  static final class Pass {
    /** The filters of all groups: rows of as many elements as there are taps. */
    final float[] filters;

    /** Where the filters begin. */
    final int offset;

    /** Distance of the filters. */
    final int distance;

    /** Distance of the groups' filters. */
    final int groupDistance;

    /** Where the filters' elements find what they read. */
    final int[] taps;

    /** How many results there are along each axis. */
    final int[] count;

    /** Where on each axis the first one goes. */
    final int[] base;

    /** How far the next one goes. */
    final int[] step;

    Pass(
        float[] filters,
        int offset,
        int distance,
        int groupDistance,
        int[] taps,
        int[] count,
        int[] base,
        int[] step) {
      this.filters = filters;
      this.offset = offset;
      this.distance = distance;
      this.groupDistance = groupDistance;
      this.taps = taps;
      this.count = count;
      this.base = base;
      this.step = step;
    }
  }

  private final Planes planes;
  private final int images;
  private final int groups;
  private final int channels;
  private final int rows;
  private final int[] inDims;
  private final int[] outDims;
  private final int room;

  /**
   * A correlation.
   *
   * @param channels channels of one group of the images
   * @param rows filters of one group
   * @param inDims axes of the images
   * @param outDims axes of the results
   * @param count the most results along each axis that one pass makes
   */
  Correlation(
      Planes planes,
      int images,
      int groups,
      int channels,
      int rows,
      int[] inDims,
      int[] outDims,
      int[] count) {
    this.planes = planes;
    this.images = images;
    this.groups = groups;
    this.channels = channels;
    this.rows = rows;
    this.inDims = inDims;
    this.outDims = outDims;
    int cols = count[0] * range(count);
    this.room = Math.max(1, Math.min(images, BLOCK_COLS / Math.max(1, cols)));
  }

  /** For how many images there is room in a block. */
  int room() {
    return room;
  }

  private static int volume(int[] dims) {
    return dims[0] * dims[1] * dims[2];
  }

  /** Cells from the first to the last result of a plane. */
  private int range(int[] count) {
    return (count[1] - 1) * planes.cells[2] + count[2];
  }

  /**
   * Runs the passes over all images.
   *
   * @param init what the results of each filter start from
   */
  void run(float[] x, int xo, Pass[] passes, float[] init, float[] y, int yo) {
    int blocks = (images - 1) / room + 1;
    int inSize = volume(inDims);
    int outSize = volume(outDims);
    long work = 1;
    for (Pass pass : passes) {
      work += (long) room * rows * pass.taps.length * volume(pass.count);
    }
    Workers.parallelFor(
        blocks * groups,
        (int) Math.max(1, GRAIN / work),
        (from, to) -> {
          float[] cells = Buffers.floats(planes.length(channels, room, TILE.overhang));
          for (int item = from; item < to; item++) {
            int first = item / groups * room;
            int group = item % groups;
            int many = Math.min(room, images - first);
            lay(x, xo + (first * groups + group) * channels * inSize, many, cells);
            int at = yo + (first * groups + group) * rows * outSize;
            for (Pass pass : passes) {
              compute(pass, group, many, cells, init, y, at);
            }
          }
          Buffers.recycle(cells);
        });
  }

  private void lay(float[] x, int xo, int many, float[] cells) {
    int inSize = volume(inDims);
    Workers.parallelFor(
        channels,
        Math.max(1, COPY_GRAIN / planes.distance(room)),
        (from, to) -> {
          for (int c = from; c < to; c++) {
            int step = groups * channels * inSize;
            int at = c * planes.distance(room);
            planes.copy(x, xo + c * inSize, step, many, cells, at, room);
          }
        });
  }

  /** Computes one pass for one group of one block of images. */
  private void compute(
      Pass pass, int group, int many, float[] cells, float[] init, float[] y, int yo) {
    int range = range(pass.count);
    int perPlane = (range - 1) / TILE.cols + 1;
    int cols = Math.min(range, ((range - 1) / perPlane / Planes.LINE + 1) * Planes.LINE);
    perPlane = (range - 1) / cols + 1;
    int segments = many * pass.count[0] * perPlane;
    int width = cols + TILE.overhang;
    int perChunk = Math.max(1, Math.min(segments, CHUNK_COLS / width));
    int chunks = (segments - 1) / perChunk + 1;
    int parts = (rows - 1) / CHUNK_ROWS + 1;
    int height = (rows - 1) / parts + 1;
    int distance = width * perChunk;
    Segments at = new Segments(pass, perPlane, cols, range);
    long work = (long) height * pass.taps.length * cols * perChunk;
    Workers.parallelFor(
        parts * chunks,
        (int) Math.max(1, GRAIN / Math.max(1, work)),
        (from, to) -> {
          float[] sums = Buffers.floats(height * distance);
          for (int item = from; item < to; item++) {
            int row = item / chunks * height;
            int end = Math.min(rows, row + height);
            int s = item % chunks * perChunk;
            int last = Math.min(segments, s + perChunk);
            if (row < end) {
              sum(pass, group, at, row, end, s, last, cells, init, sums, width, distance);
              for (int i = s; i < last; i++) {
                put(at, row, end, i, sums, (i - s) * width, distance, y, yo);
              }
            }
          }
          Buffers.recycle(sums);
        });
  }

  /** How the windows of a block of images are cut into segments. */
  private final class Segments {
    final Pass pass;
    final int perPlane;
    final int cols;
    final int range;

    Segments(Pass pass, int perPlane, int cols, int range) {
      this.pass = pass;
      this.perPlane = perPlane;
      this.cols = cols;
      this.range = range;
    }

    int image(int segment) {
      return segment / perPlane / pass.count[0];
    }

    int plane(int segment) {
      return segment / perPlane % pass.count[0];
    }

    int begin(int segment) {
      return segment % perPlane * cols;
    }

    int end(int segment) {
      return Math.min(range, begin(segment) + cols);
    }

    /** Where its first cell is. */
    int cell(int segment) {
      int[] cells = planes.cells;
      return image(segment) * planes.size + plane(segment) * cells[1] * cells[2] + begin(segment);
    }
  }

  private void sum(
      Pass pass,
      int group,
      Segments at,
      int row,
      int end,
      int first,
      int last,
      float[] cells,
      float[] init,
      float[] sums,
      int width,
      int distance) {
    int depth = pass.taps.length;
    int tiles = (end - row - 1) / TILE.rows + 1;
    int stretch = (depth - 1) / ((depth - 1) / TapTile.DEPTH + 1) + 1;
    int p = 0;
    do {
      int d = Math.min(stretch, depth - p);
      int i = row;
      for (int t = 1; t <= tiles; t++) {
        int next = row + (end - row) * t / tiles;
        int a = pass.offset + group * pass.groupDistance + i * pass.distance + p;
        for (int s = first; s < last; s++) {
          TILE.correlate(
              next - i,
              at.end(s) - at.begin(s),
              d,
              pass.filters,
              a,
              pass.distance,
              cells,
              at.cell(s),
              pass.taps,
              p,
              p == 0 ? init : null,
              group * rows + i,
              sums,
              (i - row) * distance + (s - first) * width,
              distance);
        }
        i = next;
      }
      p += stretch;
    } while (p < depth);
  }

  /** Puts the results of one segment, without those between the lines, where they belong. */
  private void put(
      Segments at,
      int row,
      int end,
      int segment,
      float[] sums,
      int so,
      int distance,
      float[] y,
      int yo) {
    Pass pass = at.pass;
    int outSize = volume(outDims);
    int plane = yo + at.image(segment) * groups * rows * outSize;
    int line = planes.cells[2];
    int begin = at.begin(segment);
    int v0 = pass.base[0] + at.plane(segment) * pass.step[0];
    int step = pass.step[2];
    for (int v = begin / line; v * line < at.end(segment); v++) {
      int from = Math.max(begin, v * line);
      int n = Math.min(at.end(segment), v * line + pass.count[2]) - from;
      int v1 = pass.base[1] + v * pass.step[1];
      int to = plane + (v0 * outDims[1] + v1) * outDims[2];
      to += pass.base[2] + (from - v * line) * step + row * outSize;
      int sum = so + from - begin;
      for (int i = row; i < end; i++, sum += distance, to += outSize) {
        if (step == 1) {
          if (n > 0) {
            System.arraycopy(sums, sum, y, to, n);
          }
        } else {
          for (int j = 0; j < n; j++) {
            y[to + j * step] = sums[sum + j];
          }
        }
      }
    }
  }
}
