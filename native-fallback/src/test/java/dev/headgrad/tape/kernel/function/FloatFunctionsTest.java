package dev.headgrad.tape.kernel.function;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.headgrad.tape.kernel.Fma;
import java.util.Arrays;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import org.apache.commons.numbers.gamma.Erf;
import org.apache.commons.numbers.gamma.Erfc;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The functions of floats: how exact they are, and that all kernels give the same bits. */
class FloatFunctionsTest {

  private interface Kernel {
    void run(Simd simd, float[] x, int xo, float[] y, int yo, int n);
  }

  private enum Function {
    EXP(Simd::exp, Math::exp),
    EXPM1(Simd::expm1, Math::expm1),
    LOG(Simd::log, Math::log),
    LOG2(Simd::log2, x -> Math.log(x) / Math.log(2)),
    LOG10(Simd::log10, Math::log10),
    LOG1P(Simd::log1p, Math::log1p),
    SQRT(Simd::sqrt, Math::sqrt),
    SIN(Simd::sin, Math::sin),
    COS(Simd::cos, Math::cos),
    TANH(Simd::tanh, Math::tanh),
    SIGMOID(Simd::sigmoid, x -> 1 / (1 + (double) (float) Math.exp(-x))),
    SOFTPLUS(Simd::softplus, x -> Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)))),
    ERF(Simd::erf, Erf::value),
    GELU(Simd::gelu, x -> 0.5 * x * Erfc.value(-x / Math.sqrt(2)));

    private final Kernel kernel;
    private final DoubleUnaryOperator exact;

    Function(Kernel kernel, DoubleUnaryOperator exact) {
      this.kernel = kernel;
      this.exact = exact;
    }
  }

  private static final double BOUND = Fma.FAST ? 2.5 : 4;

  /** Floats of all magnitudes, then those of everyday size, then the special ones. */
  private static float[] arguments(Random random, int n) {
    float[] special = {
      0f,
      -0f,
      1,
      -1,
      Float.NaN,
      Float.POSITIVE_INFINITY,
      Float.NEGATIVE_INFINITY,
      Float.MIN_VALUE,
      -Float.MIN_VALUE,
      Float.MIN_NORMAL,
      Float.MAX_VALUE,
      -Float.MAX_VALUE,
      88.7228f,
      88.7229f,
      -87.4f,
      -103.9f,
      -104,
      0.625f,
      4,
      48_000
    };
    float[] x = new float[n + special.length];
    for (int i = 0; i < n; i++) {
      x[i] =
          i < n / 2
              ? Float.intBitsToFloat(random.nextInt())
              : (float) (random.nextGaussian() * Math.pow(10, random.nextInt(5) - 2));
    }
    System.arraycopy(special, 0, x, n, special.length);
    return x;
  }

  @ParameterizedTest
  @EnumSource
  void functionsAreExact(Function function) {
    long seed = 3;
    float[] x = arguments(new Random(seed), 200_000);
    float[] y = new float[x.length];
    function.kernel.run(Simd.KERNELS, x, 0, y, 0, x.length);
    for (int i = 0; i < x.length; i++) {
      double exact = function.exact.applyAsDouble(x[i]);
      float rounded = (float) exact;
      boolean right;
      if (Float.isNaN(rounded) || rounded == 0 || Float.isInfinite(rounded)) {
        right =
            Float.compare(y[i], rounded) == 0
                || Math.abs(exact) > 3.4e38 && Math.abs(exact) < 3.41e38
                || rounded == 0 && exact != 0 && Math.abs(y[i]) <= Float.MIN_VALUE;
      } else {
        double bound = BOUND * Math.ulp(rounded);
        if (function == Function.GELU && x[i] < 0) {
          bound = Math.max(bound, Math.scalb(-x[i], -23));
        }
        right = Math.abs(y[i] - exact) <= bound;
      }
      assertTrue(
          right, "seed " + seed + ": " + function + "(" + x[i] + ") = " + y[i] + ", not " + exact);
    }
  }

  @ParameterizedTest
  @EnumSource
  void theBitsDoNotDependOnTheKernelNorOnThePlace(Function function) {
    long seed = 4;
    Random random = new Random(seed);
    float[] x = arguments(random, 1000);
    float[] expected = new float[x.length];
    function.kernel.run(new PlainSimd(), x, 0, expected, 0, x.length);
    for (int round = 0; round < 200; round++) {
      int n = random.nextInt(70);
      int from = random.nextInt(x.length - n + 1);
      int to = random.nextInt(5);
      float[] y = new float[n + 10];
      function.kernel.run(Simd.KERNELS, x, from, y, to, n);
      for (int i = 0; i < y.length; i++) {
        boolean inside = i >= to && i < to + n;
        assertEquals(
            inside ? expected[from + i - to] : 0,
            y[i],
            "seed " + seed + ": element " + i + " of " + n);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void argumentsMayBeOverwritten(Function function) {
    float[] x = arguments(new Random(5), 500);
    float[] expected = new float[x.length];
    function.kernel.run(Simd.KERNELS, x, 0, expected, 0, x.length);
    function.kernel.run(Simd.KERNELS, x, 0, x, 0, x.length);
    for (int i = 0; i < x.length; i++) {
      assertEquals(expected[i], x[i]);
    }
  }

  @Test
  void powersAreExact() {
    long seed = 6;
    Random random = new Random(seed);
    float[] x = arguments(random, 2000);
    float[] exponents = {0, 1, 2, 3, -1, -3, 7, 32, 33, 0.5f, 2.5f, -0.1f, Float.NaN, 1e30f};
    float[] y = new float[x.length];
    float[] p = new float[x.length];
    float[] z = new float[x.length];
    for (float exponent : exponents) {
      Arrays.fill(p, exponent);
      Simd.KERNELS.pow(x, 0, exponent, y, 0, x.length);
      Simd.KERNELS.pow(x, 0, p, 0, z, 0, x.length);
      for (int i = 0; i < x.length; i++) {
        float exact = (float) Simd.pow(x[i], exponent);
        String message = "seed " + seed + ": " + x[i] + " to the power of " + exponent;
        if (Float.isInfinite(exact) || Float.isNaN(exact)) {
          assertEquals(exact, y[i], message);
          assertEquals(exact, z[i], message);
        } else {
          assertEquals(exact, y[i], Math.ulp(exact), message);
          assertEquals(exact, z[i], Math.ulp(exact), message);
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 8, 21})
  void gradientsOfRelu(int n) {
    long seed = 11;
    Random random = new Random(seed);
    float[] g = arguments(random, n + 2);
    float[] x = arguments(random, n + 1);
    g[2] = Float.NaN;
    x[1] = Float.NaN;
    for (Simd simd : new Simd[] {new PlainSimd(), Simd.KERNELS}) {
      float[] y = new float[n + 3];
      simd.wherePositive(g, 2, x, 1, y, 3, n);
      for (int i = 0; i < n; i++) {
        assertEquals(
            x[1 + i] > 0 ? g[2 + i] : 0, y[3 + i], "seed " + seed + ", " + n + " elements");
      }
    }
  }
}
