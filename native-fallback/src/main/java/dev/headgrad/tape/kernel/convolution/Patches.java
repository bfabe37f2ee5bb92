package dev.headgrad.tape.kernel.convolution;

import java.util.Arrays;

/**
 * The windows of an image as the columns of a matrix, and back: what turns a convolution into a
 * matrix product. Row (c, kd, kh, kw) holds that element of channel c of every window.
 */
final class Patches {

  private Patches() {}

  /**
   * Writes the matrix of an image's windows.
   *
   * @param x the image: channels, then its axes
   * @param matrix receives channels * kernel rows of as many columns as there are windows
   */
  static void unfold(double[] x, int xo, int channels, Window w, double[] matrix) {
    int row = 0;
    int columns = w.outSize();
    for (int c = 0; c < channels; c++) {
      int image = xo + c * w.inSize();
      for (int kd = 0; kd < w.kernel[0]; kd++) {
        for (int kh = 0; kh < w.kernel[1]; kh++) {
          for (int kw = 0; kw < w.kernel[2]; kw++) {
            int first = w.firstInside(kw);
            int end = Math.max(first, w.endInside(kw));
            int to = row++ * columns;
            for (int od = 0; od < w.out[0]; od++) {
              int d = w.at(0, od, kd);
              for (int oh = 0; oh < w.out[1]; oh++, to += w.out[2]) {
                int h = w.at(1, oh, kh);
                if (d < 0 || d >= w.in[0] || h < 0 || h >= w.in[1]) {
                  Arrays.fill(matrix, to, to + w.out[2], 0);
                  continue;
                }
                Arrays.fill(matrix, to, to + first, 0);
                int from = image + (d * w.in[1] + h) * w.in[2] + w.at(2, first, kw);
                for (int o = first; o < end; o++, from += w.stride[2]) {
                  matrix[to + o] = x[from];
                }
                Arrays.fill(matrix, to + end, to + w.out[2], 0);
              }
            }
          }
        }
      }
    }
  }

  /** Adds every element of the matrix to where in the image {@link #unfold} took it from. */
  static void fold(double[] matrix, double[] x, int xo, int channels, Window w) {
    int row = 0;
    int columns = w.outSize();
    for (int c = 0; c < channels; c++) {
      int image = xo + c * w.inSize();
      for (int kd = 0; kd < w.kernel[0]; kd++) {
        for (int kh = 0; kh < w.kernel[1]; kh++) {
          for (int kw = 0; kw < w.kernel[2]; kw++) {
            int first = w.firstInside(kw);
            int end = w.endInside(kw);
            int from = row++ * columns;
            for (int od = 0; od < w.out[0]; od++) {
              int d = w.at(0, od, kd);
              for (int oh = 0; oh < w.out[1]; oh++, from += w.out[2]) {
                int h = w.at(1, oh, kh);
                if (d >= 0 && d < w.in[0] && h >= 0 && h < w.in[1]) {
                  int to = image + (d * w.in[1] + h) * w.in[2] + w.at(2, first, kw);
                  for (int o = first; o < end; o++, to += w.stride[2]) {
                    x[to] += matrix[from + o];
                  }
                }
              }
            }
          }
        }
      }
    }
  }
}
