package dev.headgrad.tape.kernel.arithmetic;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import java.util.function.DoubleBinaryOperator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BinaryLoopsTest {

  private interface Floats {
    void run(float[] a, int ao, int as, float[] b, int bo, int bs, float[] y, int yo, int n);
  }

  private interface Doubles {
    void run(double[] a, int ao, int as, double[] b, int bo, int bs, double[] y, int yo, int n);
  }

  private enum Operation {
    ADD(BinaryLoops::add, BinaryLoops::add, (a, b) -> a + b),
    SUB(BinaryLoops::sub, BinaryLoops::sub, (a, b) -> a - b),
    MUL(BinaryLoops::mul, BinaryLoops::mul, (a, b) -> a * b),
    DIV(BinaryLoops::div, BinaryLoops::div, (a, b) -> a / b),
    MAX(BinaryLoops::max, BinaryLoops::max, Math::max),
    MIN(BinaryLoops::min, BinaryLoops::min, Math::min);

    private final Floats floats;
    private final Doubles doubles;
    private final DoubleBinaryOperator exact;

    Operation(Floats floats, Doubles doubles, DoubleBinaryOperator exact) {
      this.floats = floats;
      this.doubles = doubles;
      this.exact = exact;
    }
  }

  private static final float[] SPECIAL = {
    0f, -0f, 1, Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, Float.MIN_VALUE
  };

  /** Single operations of floats are exact in double arithmetic, rounded once more. */
  @ParameterizedTest
  @EnumSource
  void everyForm(Operation operation) {
    long seed = 21;
    Random random = new Random(seed);
    for (int round = 0; round < 600; round++) {
      int n = random.nextInt(70);
      int as = round % 3 == 0 ? 0 : 1;
      int bs = round % 3 == 1 ? 0 : 1;
      int ao = random.nextInt(4);
      int bo = random.nextInt(4);
      int yo = random.nextInt(4);
      float[] a = numbers(random, ao + n + 1);
      float[] b = numbers(random, bo + n + 1);
      float[] y = new float[yo + n + 3];
      double[] z = new double[y.length];
      operation.floats.run(a, ao, as, b, bo, bs, y, yo, n);
      operation.doubles.run(doubles(a), ao, as, doubles(b), bo, bs, z, yo, n);
      for (int i = 0; i < y.length; i++) {
        boolean inside = i >= yo && i < yo + n;
        double exact =
            inside
                ? operation.exact.applyAsDouble(a[ao + (i - yo) * as], b[bo + (i - yo) * bs])
                : 0;
        String message = "seed " + seed + ", round " + round + ", element " + i + " of " + n;
        assertEquals((float) exact, y[i], message);
        assertEquals(exact, z[i], message);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void operandsMayBeOverwritten(Operation operation) {
    Random random = new Random(22);
    float[] a = numbers(random, 45);
    float[] b = numbers(random, 45);
    float[] expected = new float[45];
    operation.floats.run(a, 0, 1, b, 0, 1, expected, 0, 45);
    float[] left = a.clone();
    operation.floats.run(left, 0, 1, b, 0, 1, left, 0, 45);
    operation.floats.run(a, 0, 1, b, 0, 1, b, 0, 45);
    for (int i = 0; i < 45; i++) {
      assertEquals(expected[i], left[i]);
      assertEquals(expected[i], b[i]);
    }
  }

  private static float[] numbers(Random random, int n) {
    float[] x = new float[n];
    for (int i = 0; i < n; i++) {
      x[i] = random.nextInt(4) == 0 ? SPECIAL[random.nextInt(7)] : (float) random.nextGaussian();
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
}
