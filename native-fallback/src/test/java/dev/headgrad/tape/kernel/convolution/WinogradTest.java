package dev.headgrad.tape.kernel.convolution;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Minimal filtering against sums in double precision, with more channels than a product takes at a
 * time, and an odd number.
 */
class WinogradTest {

  private static final int IMAGES = 3;
  private static final int CHANNELS = 517;
  private static final int MAPS = 28;
  private static final int SIDE = 13;

  /** Of the sum of the magnitudes of what is added up. */
  private static final double BOUND = 0x1p-20;

  private static float[] random(Random random, int n) {
    float[] x = new float[n];
    for (int i = 0; i < n; i++) {
      x[i] = (float) random.nextGaussian();
    }
    return x;
  }

  private static double[] widened(float[] x, boolean magnitudes) {
    double[] y = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      y[i] = magnitudes ? Math.abs(x[i]) : x[i];
    }
    return y;
  }

  @Test
  void errorsAreSmallAgainstTheMagnitudesOfTheTerms() {
    long seed = 7;
    Random random = new Random(seed);
    int[] side = {SIDE, SIDE};
    int[] one = {1, 1};
    Window window = new Window(side, new int[] {3, 3}, one, one, one, side);
    ConvolutionShape shape = new ConvolutionShape(IMAGES, CHANNELS, MAPS, 1, window);
    float[] x = random(random, IMAGES * CHANNELS * SIDE * SIDE);
    float[] w = random(random, MAPS * CHANNELS * 9);
    float[] g = random(random, IMAGES * MAPS * SIDE * SIDE);
    float[] y = new float[g.length];
    float[] dx = new float[x.length];
    float[] dw = new float[w.length];
    FloatConvolution.maps(shape, x, 0, w, 0, null, 0, y);
    FloatConvolution.images(shape, g, 0, w, 0, dx);
    FloatConvolution.filters(shape, x, 0, g, 0, dw);
    double[][] exact = products(shape, x, w, g, false);
    double[][] magnitudes = products(shape, x, w, g, true);
    float[][] results = {y, dx, dw};
    for (int k = 0; k < results.length; k++) {
      for (int i = 0; i < results[k].length; i++) {
        String what = "seed " + seed + ", product " + k + ", element " + i;
        assertEquals(exact[k][i], results[k][i], BOUND * magnitudes[k][i], what);
      }
    }
  }

  private static double[][] products(
      ConvolutionShape shape, float[] x, float[] w, float[] g, boolean magnitudes) {
    double[] xs = widened(x, magnitudes);
    double[] ws = widened(w, magnitudes);
    double[] gs = widened(g, magnitudes);
    double[] y = new double[g.length];
    double[] dx = new double[x.length];
    double[] dw = new double[w.length];
    DoubleConvolution.maps(shape, xs, 0, ws, 0, null, 0, y);
    DoubleConvolution.images(shape, gs, 0, ws, 0, dx);
    DoubleConvolution.filters(shape, xs, 0, gs, 0, dw);
    return new double[][] {y, dx, dw};
  }
}
