package dev.headgrad.tape.kernel.convolution;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The three products in single and in double precision, against their definition. */
class FloatConvolutionTest {

  private static final int AXES = 3;

  /** What the definition says of one element of each: y += x w, x += y w, w += x y. */
  @FunctionalInterface
  private interface Triple {
    void add(int x, int w, int y);
  }

  private static void forTriples(ConvolutionShape s, Triple triple) {
    Window w = s.window;
    for (int n = 0; n < s.images; n++) {
      for (int m = 0; m < s.maps; m++) {
        for (int o = 0; o < w.outSize(); o++) {
          for (int c = 0; c < s.depth(); c++) {
            for (int k = 0; k < w.kernelSize(); k++) {
              int element = element(w, o, k);
              if (element >= 0) {
                int channel = n * s.channels + m / s.width() * s.depth() + c;
                triple.add(
                    channel * w.inSize() + element,
                    (m * s.depth() + c) * w.kernelSize() + k,
                    (n * s.maps + m) * w.outSize() + o);
              }
            }
          }
        }
      }
    }
  }

  /** What element k of window o is in the image, or -1 if it is padding. */
  private static int element(Window w, int o, int k) {
    int element = 0;
    int scale = 1;
    int restO = o;
    int restK = k;
    for (int i = AXES - 1; i >= 0; i--) {
      int at = w.at(i, restO % w.out[i], restK % w.kernel[i]);
      if (at < 0 || at >= w.in[i]) {
        return -1;
      }
      element += at * scale;
      scale *= w.in[i];
      restO /= w.out[i];
      restK /= w.kernel[i];
    }
    return element;
  }

  private static float[] random(Random random, int n) {
    float[] x = new float[n];
    for (int i = 0; i < n; i++) {
      x[i] = random.nextFloat() * 2 - 1;
    }
    return x;
  }

  private static double[] widened(float[] x) {
    double[] y = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      y[i] = x[i];
    }
    return y;
  }

  private static void assertClose(String what, double[] expected, float[] single, double[] twice) {
    for (int i = 0; i < expected.length; i++) {
      assertEquals(expected[i], single[i], 2e-5 * (1 + Math.abs(expected[i])), what);
      assertEquals(expected[i], twice[i], 1e-11 * (1 + Math.abs(expected[i])), what);
    }
  }

  private static void check(String name, Random random, ConvolutionShape s) {
    // the arrays begin with something else
    int xo = random.nextInt(5);
    int wo = random.nextInt(5);
    int yo = random.nextInt(5);
    int xSize = s.images * s.channels * s.window.inSize();
    int wSize = s.maps * s.patch();
    int ySize = s.images * s.maps * s.window.outSize();
    float[] x = random(random, xo + xSize);
    float[] w = random(random, wo + wSize);
    float[] g = random(random, yo + ySize);
    float[] bias = random(random, s.maps + 1);
    double[] xs = widened(x);
    double[] ws = widened(w);
    double[] gs = widened(g);

    double[] y = new double[ySize];
    double[] dx = new double[xSize];
    double[] dw = new double[wSize];
    forTriples(
        s,
        (i, k, o) -> {
          y[o] += xs[xo + i] * ws[wo + k];
          dx[i] += gs[yo + o] * ws[wo + k];
          dw[k] += gs[yo + o] * xs[xo + i];
        });
    double[] biased = y.clone();
    for (int i = 0; i < biased.length; i++) {
      biased[i] += bias[1 + i / s.window.outSize() % s.maps];
    }

    float[] y1 = random(random, ySize);
    double[] y2 = widened(y1);
    FloatConvolution.maps(s, x, xo, w, wo, null, 0, y1);
    DoubleConvolution.maps(s, xs, xo, ws, wo, null, 0, y2);
    assertClose("maps of " + name, y, y1, y2);
    FloatConvolution.maps(s, x, xo, w, wo, bias, 1, y1);
    DoubleConvolution.maps(s, xs, xo, ws, wo, widened(bias), 1, y2);
    assertClose("maps with bias of " + name, biased, y1, y2);
    float[] dx1 = random(random, xSize);
    double[] dx2 = widened(dx1);
    FloatConvolution.images(s, g, yo, w, wo, dx1);
    DoubleConvolution.images(s, gs, yo, ws, wo, dx2);
    assertClose("images of " + name, dx, dx1, dx2);
    float[] dw1 = random(random, wSize);
    double[] dw2 = widened(dw1);
    FloatConvolution.filters(s, x, xo, g, yo, dw1);
    DoubleConvolution.filters(s, xs, xo, gs, yo, dw2);
    assertClose("filters of " + name, dw, dw1, dw2);
  }

  private static ConvolutionShape shape(
      int images,
      int channels,
      int maps,
      int groups,
      int[] in,
      int[] kernel,
      int[] stride,
      int[] pad,
      int[] dilation) {
    int[] out = new int[in.length];
    for (int i = 0; i < in.length; i++) {
      out[i] = (in[i] + 2 * pad[i] - (kernel[i] - 1) * dilation[i] - 1) / stride[i] + 1;
    }
    Window window = new Window(in, kernel, stride, pad, dilation, out);
    return new ConvolutionShape(images, channels, maps, groups, window);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void anySizes(int axes) {
    for (long seed = 0; seed < 80; seed++) {
      Random random = new Random(seed);
      int[] in = new int[axes];
      int[] kernel = new int[axes];
      int[] stride = new int[axes];
      int[] pad = new int[axes];
      int[] dilation = new int[axes];
      for (int i = 0; i < axes; i++) {
        in[i] = 1 + random.nextInt(axes == 1 ? 40 : 9);
        kernel[i] = 1 + random.nextInt(4);
        stride[i] = 1 + random.nextInt(3);
        dilation[i] = 1 + random.nextInt(3);
        int span = (kernel[i] - 1) * dilation[i] + 1;
        // from just enough to more than the filter spans
        int least = Math.max(0, (span - in[i] + 1) / 2);
        pad[i] = least + random.nextInt(random.nextInt(4) == 0 ? span + 2 : 2);
      }
      int groups = 1 + random.nextInt(3);
      int channels = groups * (1 + random.nextInt(4));
      int maps = groups * (1 + random.nextInt(8));
      ConvolutionShape s =
          shape(1 + random.nextInt(4), channels, maps, groups, in, kernel, stride, pad, dilation);
      check("seed " + seed + " over " + axes + " axes", random, s);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "9, 3, 17, 1, 28, 5, 1, 2", // several images in a block, more windows than a segment
    "2, 40, 70, 1, 12, 3, 1, 1", // more taps than a stretch, more filters than a chunk
    "1, 4, 8, 1, 60, 3, 2, 1", // one image: filters and windows are shared out
    "2, 24, 24, 24, 19, 3, 2, 1", // a filter for each channel
    "3, 16, 24, 1, 14, 1, 1, 0", // every window one element
    "3, 16, 24, 1, 14, 1, 2, 0", // elements that no window sees
    "5, 6, 20, 1, 5, 5, 1, 0", // one window
    "3, 40, 25, 1, 23, 3, 1, 1", // minimal filtering: blocks of lines, half a tile at the ends
    "13, 25, 50, 1, 7, 3, 1, 2", // several images in a block, and half a block
    "1, 24, 24, 1, 30, 3, 1, 0", // no padding
    "5, 6, 16, 1, 14, 5, 1, 0", // small images, whose gradient is added up filter by filter
    "2, 10, 35, 1, 8, 5, 1, 1", // an odd number of maps, and more elements than fit a row
  })
  void sizesOfNetworks(
      int images, int channels, int maps, int groups, int in, int kernel, int stride, int pad) {
    long seed = 5;
    check(
        "seed " + seed,
        new Random(seed),
        shape(
            images,
            channels,
            maps,
            groups,
            new int[] {in, in},
            new int[] {kernel, kernel},
            new int[] {stride, stride},
            new int[] {pad, pad},
            new int[] {1, 1}));
  }

  @Test
  void smallImagesOfOneAndThreeAxes() {
    check(
        "one axis",
        new Random(2),
        shape(
            3, 13, 9, 1, new int[] {20}, new int[] {9}, new int[] {1}, new int[1], new int[] {2}));
    int[] one = {1, 1, 1};
    check(
        "three axes",
        new Random(3),
        shape(
            2,
            4,
            9,
            1,
            new int[] {5, 6, 7},
            new int[] {3, 3, 3},
            one,
            new int[] {0, 1, 0},
            new int[] {1, 1, 2}));
  }

  @Test
  void nothingToDo() {
    int[] one = {1};
    int[] none = {0};
    check("no images", new Random(1), shape(0, 2, 3, 1, new int[] {4}, one, one, none, one));
    check("no channels", new Random(1), shape(2, 0, 3, 1, new int[] {4}, one, one, none, one));
  }
}
