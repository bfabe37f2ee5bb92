package dev.headgrad.tape.kernel.function;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sums, extremes and softmax of rows, on the plain kernels and on those of this JVM. */
class FoldsTest {

  private static final long SEED = 11;
  private static final Folds[] BOTH = {new PlainFolds(), Folds.KERNELS};

  private static float[] floats(Random random, int n) {
    float[] x = new float[n];
    for (int i = 0; i < n; i++) {
      x[i] = random.nextFloat() * 4 - 1;
    }
    return x;
  }

  private static double[] doubles(float[] x) {
    double[] y = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      y[i] = x[i];
    }
    return y;
  }

  private static String message(int n) {
    return "seed " + SEED + ", " + n + " elements";
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 5, 8, 17, 63, 1023, 1024, 5000, 100_003})
  void sums(int n) {
    Random random = new Random(SEED);
    float[] x = floats(random, n + 3);
    float[] y = floats(random, n + 3);
    double sum = 0;
    double squares = 0;
    double dot = 0;
    double size = 0;
    for (int i = 0; i < n; i++) {
      sum += x[3 + i];
      squares += (double) x[3 + i] * x[3 + i];
      dot += (double) x[3 + i] * y[1 + i];
      size += Math.abs(x[3 + i]) * (1 + Math.abs(x[3 + i]) + Math.abs(y[1 + i]));
    }
    for (Folds folds : BOTH) {
      assertEquals(sum, folds.sum(x, 3, n), 5e-7 * size, message(n));
      assertEquals(squares, folds.sumOfSquares(x, 3, n), 5e-7 * size, message(n));
      assertEquals(dot, folds.dot(x, 3, y, 1, n), 5e-7 * size, message(n));
      assertEquals(sum, folds.sum(doubles(x), 3, n), 1e-13 * size, message(n));
      assertEquals(squares, folds.sumOfSquares(doubles(x), 3, n), 1e-13 * size, message(n));
      assertEquals(dot, folds.dot(doubles(x), 3, doubles(y), 1, n), 1e-13 * size, message(n));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 5, 8, 9, 16, 24, 31, 1000})
  void extremes(int n) {
    Random random = new Random(SEED);
    for (int round = 0; round < 20; round++) {
      float[] x = floats(random, n + 2);
      int place = 1 + random.nextInt(n);
      for (Folds folds : BOTH) {
        x[place] = 100;
        assertEquals(100, folds.max(x, 1, n), message(n));
        assertEquals(100, folds.max(doubles(x), 1, n), message(n));
        x[place] = -100;
        assertEquals(-100, folds.min(x, 1, n), message(n));
        assertEquals(-100, folds.min(doubles(x), 1, n), message(n));
        x[place] = Float.NaN;
        assertEquals(Float.NaN, folds.max(x, 1, n), message(n));
        assertEquals(Float.NaN, folds.min(x, 1, n), message(n));
        assertEquals(Double.NaN, folds.max(doubles(x), 1, n), message(n));
        assertEquals(Double.NaN, folds.min(doubles(x), 1, n), message(n));
      }
    }
  }

  @Test
  void extremesOfNothing() {
    for (Folds folds : BOTH) {
      assertEquals(Float.NEGATIVE_INFINITY, folds.max(new float[0], 0, 0));
      assertEquals(Float.POSITIVE_INFINITY, folds.min(new float[0], 0, 0));
      assertEquals(Double.NEGATIVE_INFINITY, folds.max(new double[0], 0, 0));
      assertEquals(Double.POSITIVE_INFINITY, folds.min(new double[0], 0, 0));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3, 8, 13, 100, 257, 1001})
  void sumsOfColumns(int rows) {
    for (int cols : new int[] {1, 7, 8, 37}) {
      int stride = cols + 2;
      float[] x = floats(new Random(SEED), 1 + rows * stride);
      double[] expected = new double[cols + 2];
      for (int c = 0; c < cols; c++) {
        expected[1 + c] = 5;
        for (int r = 0; r < rows; r++) {
          expected[1 + c] += x[1 + r * stride + c];
        }
      }
      for (Folds folds : BOTH) {
        float[] y = new float[cols + 2];
        double[] z = new double[cols + 2];
        for (int c = 0; c < cols; c++) {
          y[1 + c] = 5;
          z[1 + c] = 5;
        }
        folds.addRows(x, 1, rows, cols, stride, y, 1);
        folds.addRows(doubles(x), 1, rows, cols, stride, z, 1);
        for (int c = 0; c < cols + 2; c++) {
          assertEquals(expected[c], y[c], 1e-6 * (rows + 5), message(rows));
          assertEquals(expected[c], z[c], 1e-15 * (rows + 5), message(rows));
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 8, 10, 16, 255, 1000})
  void softmaxOfARow(int n) {
    float[] x = floats(new Random(SEED), n + 1);
    double max = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < n; i++) {
      x[1 + i] = 20 * x[1 + i] + 100;
      max = Math.max(max, x[1 + i]);
    }
    double sum = 0;
    for (int i = 0; i < n; i++) {
      sum += Math.exp(x[1 + i] - max);
    }
    for (Folds folds : BOTH) {
      float[] y = new float[n + 2];
      float[] log = new float[n + 2];
      double[] z = new double[n + 2];
      double[] logZ = new double[n + 2];
      folds.softmax(x, 1, y, 1, n);
      folds.logSoftmax(x, 1, log, 1, n);
      folds.softmax(doubles(x), 1, z, 1, n);
      folds.logSoftmax(doubles(x), 1, logZ, 1, n);
      for (int i = 0; i < n; i++) {
        double e = Math.exp(x[1 + i] - max) / sum;
        double l = x[1 + i] - max - Math.log(sum);
        assertEquals(e, y[1 + i], 4e-7 * e, message(n));
        assertEquals(l, log[1 + i], 1e-6 * Math.max(1, Math.abs(l)), message(n));
        assertEquals(e, z[1 + i], 1e-14 * e, message(n));
        assertEquals(l, logZ[1 + i], 1e-13, message(n));
      }
      assertEquals(sum, folds.sumExp(x, 1, n, (float) max), 1e-6 * sum, message(n));
      assertEquals(sum, folds.sumExp(doubles(x), 1, n, max), 1e-14 * sum, message(n));
    }
  }

  @Test
  void softmaxOfInfinities() {
    for (Folds folds : BOTH) {
      float[] y = new float[10];
      float[] x = new float[10];
      x[3] = Float.NEGATIVE_INFINITY;
      folds.softmax(x, 0, y, 0, 10);
      assertEquals(0, y[3]);
      assertEquals(1f / 9, y[9], 1e-7f);
      x[8] = Float.NaN;
      folds.softmax(x, 0, y, 0, 10);
      assertEquals(Float.NaN, y[0]);
    }
  }
}
