package dev.headgrad.tape.kernel.convolution;

import java.util.Arrays;

/**
 * Images, and how they are copied to cells and back. A cell is a strip of the channels of one
 * pixel, side by side.
 */
final class Cells {

  private static final int STRIP = WinogradTile.STRIP;

  final int channels;
  final int strips;
  final int rows;
  final int cols;
  final int top;
  final int left;

  /**
   * Images.
   *
   * @param dims their three axes, the first one of length 1
   * @param top zeros that are thought before the first line
   * @param left zeros that are thought before each line
   */
  Cells(int channels, int[] dims, int top, int left) {
    this.channels = channels;
    this.strips = strips(channels);
    this.rows = dims[1];
    this.cols = dims[2];
    this.top = top;
    this.left = left;
  }

  /** How many strips so many channels take. */
  static int strips(int channels) {
    return (channels - 1) / STRIP + 1;
  }

  /** Channels of whole strips. */
  int width() {
    return strips * STRIP;
  }

  /** Copies a strip of lines of image n to cells, with zeros where there is nothing. */
  void gather(float[] x, int xo, int n, int strip, int first, int lines, int width, float[] cells) {
    int plane = rows * cols;
    int image = xo + (n * channels + strip * STRIP) * plane;
    int many = Math.min(STRIP, channels - strip * STRIP);
    int from = Math.min(left, width);
    int end = Math.min(width, left + cols);
    if (many < STRIP) {
      Arrays.fill(cells, 0, lines * width * STRIP, 0);
    }
    for (int i = 0; i < lines; i++) {
      int row = first + i - top;
      int to = i * width * STRIP;
      int next = to + width * STRIP;
      if (row < 0 || row >= rows) {
        Arrays.fill(cells, to, next, 0);
        continue;
      }
      Arrays.fill(cells, to, to + from * STRIP, 0);
      Arrays.fill(cells, to + end * STRIP, next, 0);
      int at = image + row * cols + from - left;
      gatherLine(x, at, plane, many, end - from, cells, to + from * STRIP);
    }
  }

  private static void gatherLine(
      float[] x, int xo, int plane, int many, int n, float[] cells, int to) {
    int c = 0;
    for (; c + 8 <= many; c += 8) {
      int x0 = xo + c * plane;
      int x1 = x0 + plane;
      int x2 = x1 + plane;
      int x3 = x2 + plane;
      int x4 = x3 + plane;
      int x5 = x4 + plane;
      int x6 = x5 + plane;
      int x7 = x6 + plane;
      int at = to + c;
      for (int i = 0; i < n; i++) {
        int cell = at + i * STRIP;
        cells[cell] = x[x0 + i];
        cells[cell + 1] = x[x1 + i];
        cells[cell + 2] = x[x2 + i];
        cells[cell + 3] = x[x3 + i];
        cells[cell + 4] = x[x4 + i];
        cells[cell + 5] = x[x5 + i];
        cells[cell + 6] = x[x6 + i];
        cells[cell + 7] = x[x7 + i];
      }
    }
    for (; c < many; c++) {
      int from = xo + c * plane;
      for (int i = 0; i < n; i++) {
        cells[to + i * STRIP + c] = x[from + i];
      }
    }
  }

  /** Copies a strip of cells to lines of image n, as far as it has them. */
  void scatter(float[] cells, int width, int n, int strip, int first, int lines, float[] y) {
    int plane = rows * cols;
    int image = (n * channels + strip * STRIP) * plane;
    int many = Math.min(STRIP, channels - strip * STRIP);
    for (int i = 0; i < Math.min(lines, rows - first); i++) {
      int to = image + (first + i) * cols;
      scatterLine(cells, i * width * STRIP, many, cols, y, to, plane);
    }
  }

  private static void scatterLine(
      float[] cells, int from, int many, int n, float[] y, int yo, int plane) {
    int c = 0;
    for (; c + 8 <= many; c += 8) {
      int y0 = yo + c * plane;
      int y1 = y0 + plane;
      int y2 = y1 + plane;
      int y3 = y2 + plane;
      int y4 = y3 + plane;
      int y5 = y4 + plane;
      int y6 = y5 + plane;
      int y7 = y6 + plane;
      int at = from + c;
      for (int i = 0; i < n; i++) {
        int cell = at + i * STRIP;
        y[y0 + i] = cells[cell];
        y[y1 + i] = cells[cell + 1];
        y[y2 + i] = cells[cell + 2];
        y[y3 + i] = cells[cell + 3];
        y[y4 + i] = cells[cell + 4];
        y[y5 + i] = cells[cell + 5];
        y[y6 + i] = cells[cell + 6];
        y[y7 + i] = cells[cell + 7];
      }
    }
    for (; c < many; c++) {
      for (int i = 0; i < n; i++) {
        y[yo + c * plane + i] = cells[from + i * STRIP + c];
      }
    }
  }
}
