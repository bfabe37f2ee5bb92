package dev.headgrad.tape.op;

import static dev.headgrad.tape.op.GradientCheck.uniform;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.djl.ndarray.types.DataType;
import dev.headgrad.tape.core.DenseArray;
import dev.headgrad.tape.core.Elements;
import dev.headgrad.tape.kernel.arithmetic.UpdateRule;
import dev.headgrad.tape.kernel.arithmetic.UpdateRule.Preparation;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The optimizers' updates against their formulas, element by element in double precision. */
class UpdatesTest {

  private static final long SEED = 33;

  /** More than one thread's share. */
  private static final int SIZE = 40_001;

  private static final double DECAY = .1f;
  private static final double RESCALE = .5f;
  private static final double CLIP = .3f;
  private static final double RATE = .01f;
  private static final double RHO = .9f;
  private static final double EPS = 1e-3f;
  private static final Preparation PREPARATION =
      new Preparation((float) DECAY, (float) RESCALE, (float) CLIP);

  /** Where the decay is added to the gradient before that is clipped. */
  private static final Set<String> SUM_IS_CLIPPED = Set.of("adam", "rmsProp", "centeredRmsProp");

  /** The formula for one element: x holds the weight, the gradient and the states. */
  private interface Formula {
    void apply(double[] x, double g);
  }

  private static Arguments of(String name, int states, UpdateRule rule, Formula formula) {
    return Arguments.of(name, states, rule, formula);
  }

  static Stream<Arguments> rules() {
    float rate = (float) RATE;
    float rho = (float) RHO;
    float eps = (float) EPS;
    return Stream.of(
        of("sgd", 0, new UpdateRule.Sgd(rate, PREPARATION), (x, g) -> x[0] -= RATE * g),
        of(
            "momentum",
            1,
            new UpdateRule.Momentum(rate, rho, PREPARATION),
            (x, g) -> {
              x[2] = RHO * x[2] - RATE * g;
              x[0] += x[2];
            }),
        of(
            "nesterov",
            1,
            new UpdateRule.Nesterov(rate, rho, PREPARATION),
            (x, g) -> {
              double before = x[2];
              x[2] = RHO * before - RATE * g;
              x[0] += (1 + RHO) * x[2] - RHO * before;
            }),
        of(
            "adam",
            2,
            new UpdateRule.Adam(rate, .01f, rho, rho, eps, PREPARATION),
            (x, g) -> {
              x[2] = RHO * x[2] + (1 - RHO) * g;
              x[3] = RHO * x[3] + (1 - RHO) * g * g;
              x[0] -= .01f * x[0] + RATE * x[2] / (Math.sqrt(x[3]) + EPS);
            }),
        of(
            "rmsProp",
            1,
            new UpdateRule.RmsProp(rate, rho, eps, PREPARATION),
            (x, g) -> {
              x[2] = RHO * x[2] + (1 - RHO) * g * g;
              x[0] -= RATE * g / Math.sqrt(x[2] + EPS);
            }),
        of(
            "centeredRmsProp",
            3,
            new UpdateRule.CenteredRmsProp(rate, rho, .8f, eps, PREPARATION),
            (x, g) -> {
              x[2] = RHO * x[2] + (1 - RHO) * g * g;
              x[3] = RHO * x[3] + (1 - RHO) * g;
              x[4] = .8f * x[4] - RATE * g / Math.sqrt(x[2] - x[3] * x[3] + EPS);
              x[0] += x[4];
            }),
        of(
            "adaGrad",
            1,
            new UpdateRule.AdaGrad(rate, eps, PREPARATION),
            (x, withDecay) -> {
              double g = withDecay - DECAY * x[0];
              x[2] += g * g;
              x[0] -= RATE * (g / (Math.sqrt(x[2]) + EPS) + DECAY * x[0]);
            }),
        of(
            "adaDelta",
            2,
            new UpdateRule.AdaDelta(rho, eps, PREPARATION),
            (x, g) -> {
              x[2] = RHO * x[2] + (1 - RHO) * g * g;
              double u = Math.sqrt(x[3] + EPS) / Math.sqrt(x[2] + EPS) * g;
              x[3] = RHO * x[3] + (1 - RHO) * u * u;
              x[0] -= u;
            }));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rules")
  void isTheFormula(String name, int states, UpdateRule rule, Formula formula) {
    Random random = new Random(SEED);
    DenseArray[] start = new DenseArray[2 + states];
    for (int k = 0; k < start.length; k++) {
      start[k] = uniform(random, low(k), low(k) + 1, SIZE);
    }
    double[][] expected = expected(start, SUM_IS_CLIPPED.contains(name), formula);
    compare(name, rule, start, DataType.FLOAT64, 1e-6, expected);
    compare(name, rule, start, DataType.FLOAT32, 2e-6, expected);
    compare(name, rule, start, DataType.FLOAT16, 4e-3, expected);
  }

  /** Weights and gradients around 0; a mean of squares that is well above the squared mean. */
  private static double low(int array) {
    return array < 2 ? -.5 : array == 2 ? 5 : 1;
  }

  private static double[][] expected(DenseArray[] start, boolean sumIsClipped, Formula formula) {
    double[][] all = new double[start.length][SIZE];
    double[] x = new double[start.length];
    for (int i = 0; i < SIZE; i++) {
      for (int k = 0; k < x.length; k++) {
        x[k] = start[k].doubles()[i];
      }
      double inner = sumIsClipped ? DECAY * x[0] : 0;
      double clipped = Math.max(-CLIP, Math.min(CLIP, RESCALE * x[1] + inner));
      formula.apply(x, sumIsClipped ? clipped : clipped + DECAY * x[0]);
      for (int k = 0; k < x.length; k++) {
        all[k][i] = x[k];
      }
    }
    return all;
  }

  private static void compare(
      String name,
      UpdateRule rule,
      DenseArray[] start,
      DataType type,
      double tolerance,
      double[][] expected) {
    for (boolean strided : new boolean[] {false, true}) {
      DenseArray[] arrays = new DenseArray[start.length];
      int[] versions = new int[start.length];
      for (int k = 0; k < arrays.length; k++) {
        arrays[k] = strided ? everySecond(start[k], type) : Elements.copy(cast(start[k], type));
        versions[k] = arrays[k].version();
      }
      Updates.update(rule, arrays);
      for (int k = 0; k < arrays.length; k++) {
        assertArrayEquals(
            expected[k],
            Elements.copy(cast(arrays[k], DataType.FLOAT64)).doubles(),
            tolerance,
            name + " of " + type + ", array " + k + ", strided " + strided + ", seed " + SEED);
        assertEquals(k == 1 ? 0 : 1, arrays[k].version() - versions[k], "writes to array " + k);
      }
    }
  }

  private static DenseArray cast(DenseArray x, DataType type) {
    return Elements.to(x, type);
  }

  /** The same elements with gaps between them, and one before. */
  private static DenseArray everySecond(DenseArray x, DataType type) {
    DenseArray wide = DenseArray.zeros(type, 2 * SIZE + 1);
    DenseArray view = wide.view(new int[] {SIZE}, new int[] {2}, 1);
    Elements.write(x, view);
    return view;
  }

  @Test
  void shapesThatDifferAreRefused() {
    DenseArray w = DenseArray.zeros(DataType.FLOAT32, 3);
    DenseArray g = DenseArray.zeros(DataType.FLOAT32, 2);
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () -> Updates.update(new UpdateRule.Sgd(1, PREPARATION), w, g));
    assertEquals(
        "the weights have the shape (3), but their gradient or a state of the optimizer has (2)",
        e.getMessage());
  }
}
