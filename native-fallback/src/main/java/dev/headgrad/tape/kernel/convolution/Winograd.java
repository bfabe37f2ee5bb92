package dev.headgrad.tape.kernel.convolution;

import dev.headgrad.tape.kernel.Buffers;
import dev.headgrad.tape.kernel.Workers;
import dev.headgrad.tape.kernel.matrix.FloatVectorTile;
import dev.headgrad.tape.kernel.matrix.Tile;
import dev.headgrad.tape.kernel.matrix.VectorTile;
import java.util.Arrays;

/**
 * Convolutions with filters of 3 by 3 that move by one, by Winograd's minimal filtering F(2x2,
 * 3x3): {@code Y = Aᵀ [(G g Gᵀ) ⊙ (Bᵀ d B)] A} makes tiles of 2 by 2 results of tiles of 4 by 4
 * elements with 16 multiplications instead of 36. Over channels the element-wise products become 16
 * matrix products. The gradient of the filters goes the same way: {@code dg = Gᵀ [(A dY Aᵀ) ⊙ (Bᵀ d
 * B)] G}, summed over tiles.
 *
 * <p>Source: Lavin and Gray, "Fast algorithms for convolutional neural networks", arXiv:1509.09308.
 * The transforms add and subtract only (filters are halved), so that errors stay below
 * 2<sup>-20</sup> of the sum of the magnitudes of what is added up, where the elements of a tile
 * are of one magnitude: they are relative to the largest of a tile, not of a window. An infinite
 * element makes NaN of all results of the tiles that see it.
 *
 * <p>Images are taken in blocks of lines of tiles that fit the caches. They are copied to cells (a
 * pixel's channels side by side), so that transforms work on vectors of channels.
 */
final class Winograd {

  /** Channels from which on the products outweigh the transforms. */
  private static final int LEAST_CHANNELS = 24;

  /** Tiles from which on transforming the filters does not matter. */
  private static final int LEAST_TILES = 100;

  /** Tiles of a block, if a single line has not more. */
  private static final int BLOCK = 112;

  /** Least number of multiplications worth a hand-over to another thread. */
  private static final int GRAIN = 1 << 17;

  private static final int STRIP = WinogradTile.STRIP;
  private static final int POINTS = WinogradTile.POINTS;

  /** The tiles of products: how many channels they take at a time, and of how many tiles. */
  private static final Tile PRODUCT = VectorTile.SHAPE;

  private final int images;

  /** The images that are read: channels, lines, columns, and what is thought before them. */
  private final Cells in;

  /** The maps. */
  private final Cells out;

  private final int tileRows;
  private final int tileCols;

  /** Lines of tiles that a block takes of an image. */
  private final int rows;

  /** Images of which a block takes all lines; 1 if it takes some of a single one. */
  private final int together;

  private final int blocksPerImage;
  private final int blocks;

  /** Most tiles of a block, and as many again as products may take beyond them. */
  private final int room;

  private Winograd(int images, Cells in, Cells out) {
    this.images = images;
    this.in = in;
    this.out = out;
    tileRows = (out.rows + 1) / 2;
    tileCols = (out.cols + 1) / 2;
    rows = Math.max(1, Math.min(tileRows, BLOCK / tileCols));
    together = rows < tileRows ? 1 : Math.max(1, Math.min(images, BLOCK / (tileRows * tileCols)));
    blocksPerImage = (tileRows - 1) / rows + 1;
    blocks = together > 1 ? (images - 1) / together + 1 : images * blocksPerImage;
    room = together * rows * tileCols + PRODUCT.rows | 1;
  }

  /** Whether convolutions of this shape are made here. */
  static boolean suits(ConvolutionShape shape) {
    Window w = shape.window;
    long tiles = (long) shape.images * ((w.out[1] + 1) / 2) * ((w.out[2] + 1) / 2);
    return shape.groups == 1
        && Math.min(shape.channels, shape.maps) >= LEAST_CHANNELS
        && tiles >= LEAST_TILES
        && w.in[0] == 1
        && w.kernel[0] == 1
        && w.pad[0] == 0
        && isThree(w, 1)
        && isThree(w, 2);
  }

  private static boolean isThree(Window w, int axis) {
    return w.kernel[axis] == 3
        && w.stride[axis] == 1
        && w.dilation[axis] == 1
        && w.pad[axis] <= 2
        && w.out[axis] == w.in[axis] + 2 * w.pad[axis] - 2;
  }

  /** {@link FloatConvolution#maps}. */
  static void maps(
      ConvolutionShape shape, float[] x, int xo, float[] w, int wo, float[] bias, float[] y) {
    Window window = shape.window;
    Cells in = new Cells(shape.channels, window.in, window.pad[1], window.pad[2]);
    Cells out = new Cells(shape.maps, window.out, 0, 0);
    float[] points = filters(w, wo, shape.maps, 9 * shape.channels, shape.channels, 9, false);
    float[] start = Arrays.copyOf(bias, out.width());
    new Winograd(shape.images, in, out).correlate(x, xo, points, start, y);
    Buffers.recycle(points);
  }

  /** {@link FloatConvolution#images}: the correlation of maps with the filters turned round. */
  static void images(ConvolutionShape shape, float[] y, int yo, float[] w, int wo, float[] x) {
    Window window = shape.window;
    Cells in = new Cells(shape.maps, window.out, 2 - window.pad[1], 2 - window.pad[2]);
    Cells out = new Cells(shape.channels, window.in, 0, 0);
    float[] points = filters(w, wo, shape.channels, 9, shape.maps, 9 * shape.channels, true);
    new Winograd(shape.images, in, out).correlate(y, yo, points, new float[out.width()], x);
    Buffers.recycle(points);
  }

  /** {@link FloatConvolution#filters}. */
  static void filters(ConvolutionShape shape, float[] x, int xo, float[] y, int yo, float[] w) {
    Window window = shape.window;
    Cells in = new Cells(shape.channels, window.in, window.pad[1], window.pad[2]);
    Cells out = new Cells(shape.maps, window.out, 0, 0);
    new Winograd(shape.images, in, out).sumFilters(x, xo, y, yo, w);
  }

  /**
   * The filters' transform, G g G<sup>T</sup>: for each point, strips of outputs, and in a strip
   * one input after the other, and as many zeros as a product needs.
   */
  private static float[] filters(
      float[] w, int wo, int outputs, int outStep, int inputs, int inStep, boolean turned) {
    int strips = Cells.strips(outputs);
    int depth = depth(inputs);
    int point = strips * depth * STRIP;
    float[] u = Buffers.floats(POINTS * point);
    int first = turned ? 8 : 0;
    int sign = turned ? -1 : 1;
    Workers.parallelFor(
        strips * depth,
        GRAIN / (POINTS * STRIP),
        (from, to) -> {
          for (int i = from; i < to; i++) {
            int output = i / depth * STRIP;
            int input = i % depth;
            int at = wo + output * outStep + input * inStep + first;
            int many = input < inputs ? Math.min(STRIP, outputs - output) : 0;
            for (int lane = 0; lane < many; lane++, at += outStep) {
              filter(w, at, sign, u, i * STRIP + lane, point);
            }
            for (int k = 0; k < POINTS; k++) {
              int end = k * point + (i + 1) * STRIP;
              Arrays.fill(u, end - STRIP + many, end, 0);
            }
          }
        });
    return u;
  }

  /** Terms that products with so many channels read. */
  private static int depth(int channels) {
    return channels + PRODUCT.missing(channels);
  }

  private static void filter(float[] w, int at, int step, float[] u, int to, int point) {
    for (int j = 0; j < 3; j++) {
      int i = at + j * step;
      float top = w[i];
      float middle = w[i + 3 * step];
      float bottom = w[i + 6 * step];
      int column = to + j * point;
      u[column] = top;
      u[column + 4 * point] = (top + middle + bottom) * .5f;
      u[column + 8 * point] = (top - middle + bottom) * .5f;
      u[column + 12 * point] = bottom;
    }
    for (int i = 0; i < 4; i++) {
      int line = to + 4 * i * point;
      float left = u[line];
      float middle = u[line + point];
      float right = u[line + 2 * point];
      u[line + point] = (left + middle + right) * .5f;
      u[line + 2 * point] = (left - middle + right) * .5f;
      u[line + 3 * point] = right;
    }
  }

  private int firstImage(int block) {
    return together > 1 ? block * together : block / blocksPerImage;
  }

  private int endImage(int block) {
    return Math.min(images, firstImage(block) + together);
  }

  private int firstRow(int block) {
    return block % blocksPerImage * rows;
  }

  private int endRow(int block) {
    return Math.min(tileRows, firstRow(block) + rows);
  }

  /** How the points of images lie in memory. */
  private final class Points {
    /** Channels side by side. */
    private final int channels;

    /** Distance of tiles. */
    private final int tile;

    /** Distance of points. */
    private final int point;

    Points(int channels, int tile) {
      this.channels = channels;
      this.tile = tile;
      this.point = ((in.width() - 1) / channels + 1) * room * tile;
    }

    /** Where a channel begins. */
    private int at(int channel) {
      return channel / channels * room * tile + channel % channels;
    }

    private float[] array() {
      return Buffers.floats(POINTS * point);
    }
  }

  private void correlate(float[] x, int xo, float[] filters, float[] bias, float[] y) {
    long work = (long) room * POINTS * in.channels * out.channels;
    Points points = new Points(PRODUCT.depth, VectorTile.DISTANCE);
    Workers.parallelFor(
        blocks,
        (int) Math.max(1, GRAIN / work),
        (from, to) -> {
          float[] cells = cells();
          float[] v = points.array();
          float[] m = Buffers.floats(POINTS * room * out.width());
          for (int block = from; block < to; block++) {
            int tiles = transform(block, x, xo, cells, v, points);
            multiply(tiles, v, points, filters, m);
            transformBack(block, m, bias, cells, y);
          }
          Buffers.recycle(cells);
          Buffers.recycle(v);
          Buffers.recycle(m);
        });
  }

  /** Scratch memory for a strip of the cells that an image's lines of tiles in a block read. */
  private float[] cells() {
    return Buffers.floats((2 * rows + 2) * (2 * tileCols + 2) * STRIP);
  }

  /** Transforms a block of images, and returns how many tiles it has. */
  private int transform(int block, float[] x, int xo, float[] cells, float[] v, Points points) {
    int cols = 2 * tileCols + 2;
    int first = firstRow(block);
    int high = endRow(block) - first;
    int tiles = 0;
    for (int n = firstImage(block); n < endImage(block); n++) {
      for (int s = 0; s < in.strips; s++) {
        in.gather(x, xo, n, s, 2 * first, 2 * high + 2, cols, cells);
        for (int row = 0; row < high; row++) {
          int at = 2 * row * cols * STRIP;
          int to = points.at(s * STRIP) + (tiles + row * tileCols) * points.tile;
          WinogradTile.inputs(tileCols, cells, at, cols * STRIP, v, to, points.point, points.tile);
        }
      }
      tiles += high * tileCols;
    }
    return tiles;
  }

  private void multiply(int tiles, float[] v, Points points, float[] filters, float[] m) {
    int strips = out.strips;
    int filter = depth(in.channels);
    float[] tile = new float[PRODUCT.rows * STRIP];
    for (int point = 0; point < POINTS; point++) {
      for (int p = 0; p < in.channels; p += PRODUCT.depth) {
        int depth = Math.min(PRODUCT.depth, in.channels - p);
        int a = point * points.point + points.at(p);
        for (int s = 0; s < strips; s++) {
          int b = ((point * strips + s) * filter + p) * STRIP;
          int c = s * room * STRIP + point * room * out.width();
          for (int t = 0; t < tiles; t += PRODUCT.rows) {
            int at = a + t * points.tile;
            int to = c + t * STRIP;
            if (p == 0) {
              FloatVectorTile.multiply(tiles - t, depth, v, at, filters, b, m, to, STRIP);
            } else {
              int rows = Math.min(PRODUCT.rows, tiles - t);
              FloatVectorTile.multiply(rows, depth, v, at, filters, b, tile, 0, STRIP);
              VectorTile.add(rows, tile, m, to, STRIP);
            }
          }
        }
      }
    }
  }

  /** How many groups of rows there are, each of one less than the most or of the most. */
  private static int groups(int rows) {
    return (rows - 1) / WinogradTile.ROWS + 1;
  }

  private void transformBack(int block, float[] m, float[] bias, float[] cells, float[] y) {
    int cols = 2 * tileCols;
    int first = firstRow(block);
    int high = endRow(block) - first;
    int tiles = 0;
    for (int n = firstImage(block); n < endImage(block); n++) {
      for (int s = 0; s < out.strips; s++) {
        for (int row = 0; row < high; row++) {
          int from = (s * room + tiles + row * tileCols) * STRIP;
          int to = 2 * row * cols * STRIP;
          WinogradTile.outputs(
              tileCols, m, from, room * out.width(), bias, s * STRIP, cells, to, cols * STRIP);
        }
        out.scatter(cells, cols, n, s, 2 * first, 2 * high, y);
      }
      tiles += high * tileCols;
    }
  }

  /**
   * Every part adds up its own blocks; the parts are added in order, so that the result does not
   * depend on when threads run.
   */
  private void sumFilters(float[] x, int xo, float[] y, int yo, float[] w) {
    long work = (long) blocks * room * POINTS * in.channels * out.channels;
    int parts = (int) Math.max(1, Math.min(Math.min(blocks, Workers.threads()), work / GRAIN));
    float[][] sums = new float[parts][];
    Workers.parallelFor(
        parts,
        1,
        (from, to) -> {
          for (int part = from; part < to; part++) {
            sums[part] = Buffers.floats(POINTS * out.channels * in.width());
            Arrays.fill(sums[part], 0);
            addBlocks(
                (int) ((long) blocks * part / parts),
                (int) ((long) blocks * (part + 1) / parts),
                x,
                xo,
                y,
                yo,
                sums[part]);
          }
        });
    int point = out.channels * in.width();
    Workers.parallelFor(
        out.channels,
        Math.max(1, GRAIN / (POINTS * in.width())),
        (from, to) -> {
          float[] total = sums[0];
          for (int part = 1; part < parts; part++) {
            for (int k = 0; k < POINTS; k++) {
              int end = k * point + to * in.width();
              for (int i = k * point + from * in.width(); i < end; i++) {
                total[i] += sums[part][i];
              }
            }
          }
          for (int i = from * in.channels; i < to * in.channels; i++) {
            int at = i / in.channels * in.width() + i % in.channels;
            filterBack(total, at, point, w, 9 * i);
          }
        });
    for (float[] each : sums) {
      Buffers.recycle(each);
    }
  }

  /** G<sup>T</sup> u G. */
  private static void filterBack(float[] u, int at, int point, float[] w, int to) {
    for (int i = 0; i < 4; i++) {
      int line = at + 4 * i * point;
      float sum = (u[line + point] + u[line + 2 * point]) * .5f;
      float difference = (u[line + point] - u[line + 2 * point]) * .5f;
      u[line] += sum;
      u[line + point] = difference;
      u[line + 2 * point] = sum + u[line + 3 * point];
    }
    for (int j = 0; j < 3; j++) {
      int column = at + j * point;
      float sum = (u[column + 4 * point] + u[column + 8 * point]) * .5f;
      w[to + j] = u[column] + sum;
      w[to + 3 + j] = (u[column + 4 * point] - u[column + 8 * point]) * .5f;
      w[to + 6 + j] = sum + u[column + 12 * point];
    }
  }

  private void addBlocks(int from, int to, float[] x, int xo, float[] y, int yo, float[] sums) {
    float[] cells = cells();
    Points points = new Points(STRIP, STRIP);
    float[] v = points.array();
    float[] m = Buffers.floats(POINTS * room * out.width());
    for (int block = from; block < to; block++) {
      int tiles = transform(block, x, xo, cells, v, points);
      transformHeads(block, y, yo, cells, m);
      addProducts(tiles, m, v, points, sums);
    }
    Buffers.recycle(cells);
    Buffers.recycle(v);
    Buffers.recycle(m);
  }

  private void transformHeads(int block, float[] y, int yo, float[] cells, float[] m) {
    int cols = 2 * tileCols;
    int first = firstRow(block);
    int high = endRow(block) - first;
    int width = out.width();
    int tiles = 0;
    for (int n = firstImage(block); n < endImage(block); n++) {
      for (int s = 0; s < out.strips; s++) {
        out.gather(y, yo, n, s, 2 * first, 2 * high, cols, cells);
        for (int row = 0; row < high; row++) {
          int at = 2 * row * cols * STRIP;
          int to = (tiles + row * tileCols) * width + s * STRIP;
          WinogradTile.heads(tileCols, cells, at, cols * STRIP, m, to, room * width, width);
        }
      }
      tiles += high * tileCols;
    }
  }

  private void addProducts(int tiles, float[] m, float[] v, Points points, float[] sums) {
    int groups = groups(out.channels);
    for (int point = 0; point < POINTS; point++) {
      for (int s = 0; s < in.strips; s++) {
        int b = point * points.point + points.at(s * STRIP);
        for (int g = 0; g < groups; g++) {
          int map = (int) ((long) out.channels * g / groups);
          int many = (int) ((long) out.channels * (g + 1) / groups) - map;
          WinogradTile.multiplyTransposed(
              many,
              tiles,
              m,
              point * room * out.width() + map,
              out.width(),
              v,
              b,
              sums,
              (point * out.channels + map) * in.width() + s * STRIP,
              in.width());
        }
      }
    }
  }
}
