package dev.headgrad.random;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.djl.ndarray.types.Shape;
import dev.headgrad.random.Initializers.Draw;
import dev.headgrad.random.Initializers.Fan;
import org.junit.jupiter.api.Test;

/** What {@link MxRandomVectorsTest} has no real vectors for. */
class InitializersTest {
  private static final Shape KERNEL = new Shape(6, 4, 3, 5);

  @Test
  void xavierScalesByItsFan() {
    // 4 * 15 inputs, 6 * 15 outputs.
    check(Draw.UNIFORM, Fan.IN, 3, Math.sqrt(3 / 60.0));
    check(Draw.UNIFORM, Fan.OUT, 3, Math.sqrt(3 / 90.0));
    check(Draw.UNIFORM, Fan.AVG, 2.34, Math.sqrt(2.34 / 75.0));
    check(Draw.GAUSSIAN, Fan.IN, 2, Math.sqrt(2 / 60.0));
  }

  private static void check(Draw draw, Fan fan, double magnitude, double scale) {
    float s = (float) scale;
    Initializer xavier = Initializers.xavier(draw, fan, magnitude);
    MxRandom random = new MxRandom(5);
    boolean uniform = draw == Draw.UNIFORM;
    assertArrayEquals(
        uniform ? random.uniform(-s, s, 360) : random.normal(0, s, 360),
        xavier.init(KERNEL, new MxRandom(5)));
    random.seed(5);
    assertArrayEquals(
        uniform ? random.uniform64(-s, s, 360) : random.normal64(0, s, 360),
        xavier.init64(KERNEL, new MxRandom(5)));
  }

  @Test
  void msraPreluIsGaussianXavier() {
    assertArrayEquals(
        Initializers.xavier(Draw.GAUSSIAN, Fan.OUT, 2 / (1 + 0.1 * 0.1))
            .init(KERNEL, new MxRandom()),
        Initializers.msraPrelu(Fan.OUT, 0.1).init(KERNEL, new MxRandom()));
  }

  @Test
  void constantsDrawNothing() {
    MxRandom random = new MxRandom();
    assertArrayEquals(new float[] {0, 0}, Initializers.zero().init(new Shape(2), random));
    assertArrayEquals(new double[] {1, 1}, Initializers.one().init64(new Shape(1, 2), random));
    assertArrayEquals(new double[] {0.1}, Initializers.constant(0.1).init64(new Shape(), random));
    assertArrayEquals(new MxRandom().uniform(0, 1, 3), random.uniform(0, 1, 3));
  }

  @Test
  void orthogonalRowsOrColumns() {
    checkOrthogonal(new Shape(3, 2, 4), 3, 8, Draw.GAUSSIAN);
    checkOrthogonal(new Shape(40, 7), 40, 7, Draw.UNIFORM);
    checkOrthogonal(new Shape(5, 5), 5, 5, Draw.UNIFORM);
    checkOrthogonal(new Shape(9), 9, 1, Draw.UNIFORM);
  }

  private static void checkOrthogonal(Shape shape, int rows, int columns, Draw draw) {
    Initializer orthogonal = Initializers.orthogonal(2, draw);
    float[] w = orthogonal.init(shape, new MxRandom(1));
    boolean wide = rows < columns;
    int vectors = Math.min(rows, columns);
    for (int a = 0; a < vectors; a++) {
      for (int b = 0; b < vectors; b++) {
        double dot = 0;
        for (int i = 0; i < Math.max(rows, columns); i++) {
          dot +=
              wide
                  ? w[a * columns + i] * (double) w[b * columns + i]
                  : w[i * columns + a] * (double) w[i * columns + b];
        }
        assertEquals(a == b ? 4 : 0, dot, 1e-5, shape + ", seed 1");
      }
    }
    double[] w64 = orthogonal.init64(shape, new MxRandom(1));
    for (int i = 0; i < w.length; i++) {
      assertEquals(w[i], w64[i], 0);
    }
  }

  @Test
  void emptyWeights() {
    Shape empty = new Shape(0, 3);
    assertEquals(0, Initializers.orthogonal().init(empty, new MxRandom()).length);
    assertEquals(0, Initializers.xavier().init(empty, new MxRandom()).length);
  }

  @Test
  void errorsNameWhatIsWrong() {
    MxRandom random = new MxRandom();
    assertError(
        "Xavier and MSRAPrelu need a weight with at least 2 dimensions, but the shape is (3)",
        () -> Initializers.xavier().init(new Shape(3), random));
    assertError(
        "Orthogonal needs a weight with at least 1 dimension, but the shape is ()",
        () -> Initializers.orthogonal().init(new Shape(), random));
    assertError(
        "magnitude must be 0 or more and finite, but is -1.0",
        () -> Initializers.xavier(Draw.UNIFORM, Fan.AVG, -1));
    assertError("sigma must be 0 or more and finite, but is -1.0", () -> Initializers.normal(-1));
    assertError("scale must be 0 or more and finite, but is -2.0", () -> Initializers.uniform(-2));
    assertArrayEquals(new MxRandom().uniform(0, 1, 3), random.uniform(0, 1, 3));
  }

  private static void assertError(String message, Runnable action) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, action::run).getMessage());
  }
}
