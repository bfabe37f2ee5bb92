package dev.headgrad.random;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.util.PairList;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Long streams, compared with those of the native MXNet that DJL runs. */
@Tag("conformance")
@EnabledIfSystemProperty(
    named = "headgrad.engine",
    matches = "MXNet",
    disabledReason = "needs native MXNet to compare with")
@EnabledOnOs(
    value = OS.LINUX,
    disabledReason = "normal numbers hang on glibc, shuffled ones on libstdc++")
class MxRandomNativeTest {
  private static final int N = 100_000;
  private static final int SEED = 11;

  /** Values of {@link Math#log} and {@link Math#pow} may be off by one unit in the last place. */
  private static final double TOLERANCE_64 = 1e-13;

  private static final float[][] GAMMA = {{0.1f, 1.3f}, {0.99f, 2}, {1, 0.5f}, {50, 3}};
  private static final float[][] POISSON = {{0.1f, 0}, {11.9f, 0}, {12, 0}, {1000, 0}};

  @TestFactory
  Stream<DynamicTest> scalarParameters() {
    List<DynamicTest> tests = new ArrayList<>();
    addScalar(tests, Distribution.UNIFORM, "uniform", "low", "high", new float[][] {{0.1f, 0.7f}});
    addScalar(tests, Distribution.NORMAL, "normal", "loc", "scale", new float[][] {{0.3f, 1.7f}});
    addScalar(tests, Distribution.EXPONENTIAL, "exponential", "lam", "", new float[][] {{0.3f, 0}});
    addScalar(tests, Distribution.GAMMA, "gamma", "alpha", "beta", GAMMA);
    addScalar(tests, Distribution.POISSON, "poisson", "lam", "", POISSON);
    addScalar(
        tests,
        Distribution.NEGATIVE_BINOMIAL,
        "negative_binomial",
        "k",
        "p",
        new float[][] {{3, 0.4f}, {30, 0.1f}});
    addScalar(
        tests,
        Distribution.GENERALIZED_NEGATIVE_BINOMIAL,
        "generalized_negative_binomial",
        "mu",
        "alpha",
        new float[][] {{2, 0.3f}, {50, 0.1f}, {2, 0}});
    return tests.stream();
  }

  private static void addScalar(
      List<DynamicTest> tests,
      Distribution distribution,
      String name,
      String a,
      String b,
      float[][] parameters) {
    for (float[] p : parameters) {
      String title = name + "(" + p[0] + ", " + p[1] + ")";
      tests.add(
          dynamicTest(
              title,
              () -> {
                PairList<String, Object> params = parameters(a, p[0], b, p[1]);
                checkSame(
                    call(NDArray::toFloatArray, "random_" + name, params),
                    new MxRandom(SEED).draw(distribution, p[0], p[1], N));
              }));
      tests.add(
          dynamicTest(
              title + " float64",
              () -> {
                PairList<String, Object> params = parameters(a, p[0], b, p[1]);
                params.add("dtype", "float64");
                checkClose(
                    call(NDArray::toDoubleArray, "random_" + name, params),
                    new MxRandom(SEED).draw64(distribution, p[0], p[1], N));
              }));
    }
  }

  private static PairList<String, Object> parameters(String nameA, float a, String nameB, float b) {
    PairList<String, Object> params = shape(N);
    params.add(nameA, text(a));
    if (!nameB.isEmpty()) {
      params.add(nameB, text(b));
    }
    return params;
  }

  /** A number as Python writes it: some operations want integers without a fraction. */
  private static String text(float value) {
    return value == (int) value ? Integer.toString((int) value) : Float.toString(value);
  }

  @TestFactory
  Stream<DynamicTest> arraysOfParameters() {
    float[] a = {0.5f, 2, 30};
    float[] b = {0.5f, 0.2f, 0.9f};
    float[] high = {1, 5, 40};
    return Stream.of(
        array(Distribution.UNIFORM, "uniform", a, high),
        array(Distribution.NORMAL, "normal", a, b),
        array(Distribution.EXPONENTIAL, "exponential", a),
        array(Distribution.GAMMA, "gamma", a, b),
        array(Distribution.POISSON, "poisson", a),
        array(Distribution.NEGATIVE_BINOMIAL, "negative_binomial", a, b),
        array(Distribution.GENERALIZED_NEGATIVE_BINOMIAL, "generalized_negative_binomial", a, b));
  }

  private static DynamicTest array(Distribution distribution, String name, float[]... parameters) {
    float[] b = parameters.length == 2 ? parameters[1] : new float[parameters[0].length];
    return dynamicTest(
        name,
        () ->
            checkSame(
                call(NDArray::toFloatArray, "_sample_" + name, shape(1000), parameters),
                new MxRandom(SEED).draw(distribution, parameters[0], b, 1000)));
  }

  @TestFactory
  Stream<DynamicTest> integers() {
    return Stream.of(
        dynamicTest(
            "randint",
            () -> {
              PairList<String, Object> params = shape(N);
              params.add("low", "-7");
              params.add("high", "1000003");
              params.add("dtype", "int32");
              checkSame(
                  floats(call(NDArray::toIntArray, "random_randint", params)),
                  floats(new MxRandom(SEED).randint(-7, 1000003, N)));
            }),
        dynamicTest(
            "multinomial",
            () -> {
              float[] p = {.1f, .2f, .3f, .4f};
              checkSame(
                  floats(call(NDArray::toIntArray, "_sample_multinomial", shape(N), p)),
                  floats(new MxRandom(SEED).multinomial(p, N)));
            }));
  }

  @TestFactory
  Stream<DynamicTest> orders() {
    return Stream.of(1, 2, 999, 1000, 70_000, N)
        .flatMap(
            n ->
                Stream.of(
                    dynamicTest(
                        "shuffle " + n,
                        () ->
                            checkSame(
                                shuffled(new Shape(n)), floats(new MxRandom(SEED).shuffle(n)))),
                    dynamicTest(
                        "shuffle rows " + n,
                        () ->
                            checkSame(
                                shuffled(new Shape(n, 1)),
                                floats(new MxRandom(SEED).shuffleRows(n))))));
  }

  private static float[] shuffled(Shape shape) {
    return call(
        NDArray::toFloatArray,
        "_shuffle",
        new PairList<>(),
        manager -> new NDList(manager.arange((float) shape.size()).reshape(shape)));
  }

  private static PairList<String, Object> shape(int n) {
    PairList<String, Object> params = new PairList<>();
    params.add("shape", "(" + n + ",)");
    return params;
  }

  /** The result of a seeded native call, its parameters given as arrays or not at all. */
  private static <T> T call(
      Function<NDArray, T> read,
      String operation,
      PairList<String, Object> params,
      float[]... inputs) {
    return call(
        read,
        operation,
        params,
        manager -> {
          NDList list = new NDList();
          for (float[] input : inputs) {
            list.add(manager.create(input));
          }
          return list;
        });
  }

  private static <T> T call(
      Function<NDArray, T> read,
      String operation,
      PairList<String, Object> params,
      Function<NDManager, NDList> inputs) {
    Engine engine = Engine.getEngine("MXNet");
    engine.setRandomSeed(SEED);
    try (NDManager manager = engine.newBaseManager()) {
      return read.apply(manager.invoke(operation, inputs.apply(manager), params).get(0));
    }
  }

  private static float[] floats(int[] values) {
    float[] result = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      result[i] = values[i];
    }
    return result;
  }

  private static void checkSame(float[] expected, float[] actual) {
    assertEquals(expected.length, actual.length);
    for (int i = 0; i < expected.length; i++) {
      int index = i;
      assertEquals(expected[i], actual[i], 0f, () -> "seed " + SEED + ", element " + index);
    }
  }

  private static void checkClose(double[] expected, double[] actual) {
    assertEquals(expected.length, actual.length);
    for (int i = 0; i < expected.length; i++) {
      int index = i;
      assertEquals(
          expected[i],
          actual[i],
          TOLERANCE_64 * Math.max(1, Math.abs(expected[i])),
          () -> "seed " + SEED + ", element " + index);
    }
  }
}
