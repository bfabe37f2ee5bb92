package dev.headgrad.tape.kernel.matrix;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.headgrad.tape.kernel.Buffers;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GemmTest {

  /**
   * A random problem: strided factors and a result with a gap after each row, all inside larger
   * arrays.
   */
  private static final class Problem {
    final int m;
    final int n;
    final int k;
    final int aRow;
    final int aCol;
    final int bRow;
    final int bCol;
    final int cRow;
    final int off;
    final double[] a;
    final double[] b;
    final double[] c;

    Problem(Random random, int m, int n, int k, boolean aTransposed, boolean bTransposed, int gap) {
      this.m = m;
      this.n = n;
      this.k = k;
      aRow = aTransposed ? 1 : k + gap;
      aCol = aTransposed ? m + gap : 1;
      bRow = bTransposed ? 1 : n + gap;
      bCol = bTransposed ? k + gap : 1;
      cRow = n + gap;
      off = gap;
      a = random.doubles((long) off + (m + gap) * (k + gap), -1, 1).toArray();
      b = random.doubles((long) off + (k + gap) * (n + gap), -1, 1).toArray();
      c = random.doubles((long) off + m * cRow, -1, 1).toArray();
    }

    double[] expected(boolean accumulate) {
      double[] result = c.clone();
      for (int i = 0; i < m; i++) {
        for (int j = 0; j < n; j++) {
          double sum = accumulate ? c[off + i * cRow + j] : 0;
          for (int p = 0; p < k; p++) {
            sum += a[off + i * aRow + p * aCol] * b[off + p * bRow + j * bCol];
          }
          result[off + i * cRow + j] = sum;
        }
      }
      return result;
    }

    double[] doubles(boolean accumulate) {
      double[] result = c.clone();
      Gemm.multiply(m, n, k, a, off, aRow, aCol, b, off, bRow, bCol, result, off, cRow, accumulate);
      return result;
    }

    float[] floats(boolean accumulate) {
      float[] result = toFloats(c);
      Gemm.multiply(
          m,
          n,
          k,
          toFloats(a),
          off,
          aRow,
          aCol,
          toFloats(b),
          off,
          bRow,
          bCol,
          result,
          off,
          cRow,
          accumulate);
      return result;
    }

    void check(String label) {
      for (boolean accumulate : new boolean[] {false, true}) {
        double[] expected = expected(accumulate);
        String text =
            label + ": " + m + " x " + k + " x " + n + (accumulate ? ", accumulating" : "");
        assertArrayEquals(expected, doubles(accumulate), 1e-13 * (k + 1), text);
        assertArrayEquals(
            toFloats(expected), floats(accumulate), 4e-6f * (float) Math.sqrt(k + 1.0), text);
      }
    }
  }

  private static float[] toFloats(double[] x) {
    float[] y = new float[x.length];
    for (int i = 0; i < x.length; i++) {
      y[i] = (float) x[i];
    }
    return y;
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void randomSizesAndStrides(long seed) {
    Random random = new Random(seed);
    for (int round = 0; round < 150; round++) {
      int most = round % 3 == 0 ? 8 : round % 3 == 1 ? 40 : 120;
      int m = 1 + random.nextInt(most);
      int n = 1 + random.nextInt(most);
      int k = 1 + random.nextInt(most);
      boolean aTransposed = random.nextBoolean();
      boolean bTransposed = random.nextBoolean();
      int gap = random.nextInt(3);
      new Problem(random, m, n, k, aTransposed, bTransposed, gap)
          .check(
              "seed "
                  + seed
                  + ", round "
                  + round
                  + ", transposed "
                  + aTransposed
                  + " "
                  + bTransposed
                  + ", gap "
                  + gap);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "300, 310, 290", // several blocks in each direction
    "129, 800, 257",
    "6, 25, 60000", // split along the common dimension
    "1, 700, 900", // a vector on either side
    "700, 1, 900",
    "1, 1, 5000",
    "7, 900, 300", // few rows
    "10, 256, 784",
    "64, 300, 500"
  })
  void largeSizes(int m, int n, int k) {
    for (int transposed = 0; transposed < 4; transposed++) {
      new Problem(new Random(7), m, n, k, (transposed & 1) != 0, (transposed & 2) != 0, 0)
          .check("seed 7, transposed " + transposed);
    }
  }

  @Test
  void nothingBehindTheFactorsIsRead() {
    int n = 32;
    int k = 33;
    for (int length : new int[] {1 << 10, 1 << 11, 1 << 12, 1 << 14, 1 << 15, 1 << 16}) {
      float[] used = Buffers.floats(length);
      Arrays.fill(used, Float.NaN);
      Buffers.recycle(used);
    }
    float[] a = new float[n * k];
    Arrays.fill(a, 1);
    float[] c = new float[n * n];
    Gemm.multiply(n, n, k, a, 0, k, 1, a, 0, n, 1, c, 0, n, false);
    for (float each : c) {
      assertEquals(k, each);
    }
  }

  @Test
  void generalAndZeroStrides() {
    // a holds every other element, b repeats one row (a broadcast dimension)
    int m = 30;
    int n = 50;
    int k = 20;
    Random random = new Random(11);
    float[] a = toFloats(random.doubles(2L * m * k).toArray());
    float[] b = toFloats(random.doubles(n).toArray());
    float[] c = new float[m * n];
    Gemm.multiply(m, n, k, a, 0, 2 * k, 2, b, 0, 0, 1, c, 0, n, false);
    for (int i = 0; i < m; i++) {
      double sum = 0;
      for (int p = 0; p < k; p++) {
        sum += a[i * 2 * k + 2 * p];
      }
      for (int j = 0; j < n; j++) {
        assertEquals(sum * b[j], c[i * n + j], 1e-4, "seed 11, element " + i + ", " + j);
      }
    }
  }

  @Test
  void anEmptyCommonDimensionGivesZeros() {
    float[] c = {1, 2, 3, 4};
    Gemm.multiply(2, 2, 0, new float[0], 0, 0, 1, new float[0], 0, 2, 1, c, 0, 2, true);
    assertArrayEquals(new float[] {1, 2, 3, 4}, c);
    Gemm.multiply(2, 2, 0, new float[0], 0, 0, 1, new float[0], 0, 2, 1, c, 0, 2, false);
    assertArrayEquals(new float[4], c);
    Gemm.multiply(0, 5, 3, new float[0], 0, 3, 1, new float[15], 0, 5, 1, c, 0, 5, false);
    assertArrayEquals(new float[4], c);
  }

  @Test
  void whatIsNotANumberStays() {
    int n = 40;
    float[] a = new float[n * n];
    float[] b = new float[n * n];
    Arrays.fill(a, 1);
    Arrays.fill(b, 1);
    a[3 * n + 5] = Float.NaN;
    b[7 * n + 11] = Float.POSITIVE_INFINITY;
    float[] c = new float[n * n];
    Gemm.multiply(n, n, n, a, 0, n, 1, b, 0, n, 1, c, 0, n, false);
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        float expected = i == 3 ? Float.NaN : j == 11 ? Float.POSITIVE_INFINITY : n;
        assertEquals(expected, c[i * n + j], "element " + i + ", " + j);
      }
    }
  }

  @Test
  void theSameProductGivesTheSameBits() {
    Problem problem = new Problem(new Random(3), 200, 210, 190, false, true, 0);
    float[] first = problem.floats(false);
    for (int i = 0; i < 5; i++) {
      assertArrayEquals(first, problem.floats(false), "seed 3");
    }
  }
}
