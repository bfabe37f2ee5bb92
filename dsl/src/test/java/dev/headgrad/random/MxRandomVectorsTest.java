package dev.headgrad.random;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import ai.djl.ndarray.types.Shape;
import com.google.gson.Gson;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.lang.reflect.Array;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Every case of {@code mxnet-random.json}, which real MXNet 1.9.1 made from Python. All numbers
 * must be the same bit for bit, but for those that {@link #TOLERANCES} and {@link #SIGNS_DIFFER}
 * name.
 */
class MxRandomVectorsTest {
  /**
   * Allowed differences in units in the last place. Float64 normals pass through {@link Math#log},
   * which may be off by one.
   */
  private static final Map<String, Integer> TOLERANCES =
      Map.of("nd.random.normal(shape=(3,),dtype='float64')", 2);

  private static final String ORTHOGONAL = init("Orthogonal()", "(3,4)");

  /**
   * Calls whose rows are Python's but for their signs, with the seeds: which of the two unit
   * singular vectors comes out depends on the steps of the LAPACK that NumPy was built with.
   */
  private static final Map<String, List<Long>> SIGNS_DIFFER =
      Map.of(ORTHOGONAL, List.of(0L, 42L, 123456L));

  private static final Map<String, Function<MxRandom, Object>> PROGRAMS =
      Map.ofEntries(
          Map.entry("nd.random.uniform(shape=(2,))", r -> r.uniform(0, 1, 2)),
          Map.entry("nd.random.uniform(-1,3,shape=(5,))", r -> r.uniform(-1, 3, 5)),
          Map.entry("nd.random.uniform(0,10,shape=(130,))", r -> r.uniform(0, 10, 130)),
          Map.entry("nd.random.uniform(shape=(200000,))[-20:]", r -> tail(r.uniform(0, 1, 200000))),
          Map.entry("nd.random.uniform(shape=(3,),dtype='float64')", r -> r.uniform64(0, 1, 3)),
          Map.entry(
              "nd.random.uniform(nd.array([0.,100.]),nd.array([1.,200.]),shape=(3,))",
              r -> r.draw(Distribution.UNIFORM, new float[] {0, 100}, new float[] {1, 200}, 3)),
          Map.entry("nd.random.normal(shape=(1,))", r -> r.normal(0, 1, 1)),
          Map.entry("nd.random.normal(shape=(3,))", r -> r.normal(0, 1, 3)),
          Map.entry("nd.random.normal(shape=(4,))", r -> r.normal(0, 1, 4)),
          Map.entry("nd.random.normal(shape=(65,))", r -> r.normal(0, 1, 65)),
          Map.entry("nd.random.normal(shape=(70,))", r -> r.normal(0, 1, 70)),
          Map.entry("nd.random.normal(shape=(1000,))", r -> r.normal(0, 1, 1000)),
          Map.entry("nd.random.normal(shape=(70000,))[-20:]", r -> tail(r.normal(0, 1, 70000))),
          Map.entry("nd.random.normal(loc=1,scale=0.01,shape=(2,3))", r -> r.normal(1, 0.01f, 6)),
          Map.entry("nd.random.normal(shape=(3,),dtype='float64')", r -> r.normal64(0, 1, 3)),
          Map.entry(
              "nd.random.normal(nd.array([0.,100.]),nd.array([1.,10.]),shape=(3,))",
              r -> r.draw(Distribution.NORMAL, new float[] {0, 100}, new float[] {1, 10}, 3)),
          Map.entry("nd.random.randn(2,3)", r -> r.normal(0, 1, 6)),
          Map.entry("nd.random.randint(0,10,shape=(12,))", r -> r.randint(0, 10, 12)),
          Map.entry("nd.random.randint(-5,5,shape=(12,))", r -> r.randint(-5, 5, 12)),
          Map.entry(
              "nd.random.randint(0,1000000,shape=(6,),dtype='int64')",
              r -> r.randint64(0, 1000000, 6)),
          Map.entry("nd.random.exponential(2.0,shape=(5,))", r -> r.exponential(2, 5)),
          Map.entry("nd.random.gamma(2.0,3.0,shape=(5,))", r -> r.gamma(2, 3, 5)),
          Map.entry("nd.random.gamma(0.5,1.0,shape=(5,))", r -> r.gamma(0.5f, 1, 5)),
          Map.entry("nd.random.poisson(4.0,shape=(8,))", r -> r.poisson(4, 8)),
          Map.entry(
              "nd.random.negative_binomial(3,0.4,shape=(5,))", r -> r.negativeBinomial(3, 0.4f, 5)),
          Map.entry(
              "nd.random.multinomial(nd.array([.1,.2,.3,.4]),shape=(10,))",
              r -> r.multinomial(new float[] {.1f, .2f, .3f, .4f}, 10)),
          Map.entry("nd.random.shuffle(nd.arange(10))", r -> floats(r.shuffle(10))),
          Map.entry(init("Xavier()", "(4,5)"), r -> Initializers.xavier().init(new Shape(4, 5), r)),
          Map.entry(
              init("Normal(0.01)", "(4,5)"),
              r -> Initializers.normal(0.01).init(new Shape(4, 5), r)),
          Map.entry(
              init("Uniform(0.07)", "(4,5)"),
              r -> Initializers.uniform(0.07).init(new Shape(4, 5), r)),
          Map.entry(
              init("MSRAPrelu()", "(4,5)"), r -> Initializers.msraPrelu().init(new Shape(4, 5), r)),
          Map.entry(ORTHOGONAL, r -> Initializers.orthogonal().init(new Shape(3, 4), r)));

  private static String init(String initializer, String shape) {
    return "(lambda a:(mx.init."
        + initializer
        + "(mx.init.InitDesc('w_weight'),a),a)[1])(nd.zeros("
        + shape
        + "))";
  }

  private record Vectors(List<Case> cases) {}

  private record Case(String name, long seed, List<Call> calls) {}

  private record Call(String expr, Result result) {}

  private record Result(List<Integer> shape, String dtype, List<Double> data) {}

  @TestFactory
  Stream<DynamicTest> everyCaseOfRealMxnet() throws IOException {
    Vectors vectors;
    try (Reader reader =
        new InputStreamReader(
            MxRandomVectorsTest.class.getResourceAsStream("/mxnet-random.json"),
            StandardCharsets.UTF_8)) {
      vectors = new Gson().fromJson(reader, Vectors.class);
    }
    assertEquals(112, vectors.cases.size());
    return vectors.cases.stream()
        .map(c -> dynamicTest(c.name + ", seed " + c.seed, () -> check(c)));
  }

  private static void check(Case c) {
    MxRandom random = new MxRandom(c.seed);
    for (Call call : c.calls) {
      Function<MxRandom, Object> program = PROGRAMS.get(call.expr);
      assertNotNull(program, () -> "no program for " + call.expr);
      Object actual = program.apply(random);
      assertEquals(dtype(actual), call.result.dtype, call.expr);
      if (SIGNS_DIFFER.getOrDefault(call.expr, List.of()).contains(c.seed)) {
        checkUpToSigns(call, toDoubles(actual));
      } else {
        checkEqual(call, toDoubles(actual));
      }
    }
  }

  private static void checkEqual(Call call, double[] actual) {
    List<Double> expected = call.result.data;
    assertEquals(expected.size(), actual.length, call.expr);
    int ulps = TOLERANCES.getOrDefault(call.expr, 0);
    for (int i = 0; i < expected.size(); i++) {
      int index = i;
      double delta = ulps * Math.ulp(expected.get(i));
      assertTrue(
          Math.abs(expected.get(i) - actual[i]) <= delta,
          () ->
              call.expr + ", element " + index + ": " + expected.get(index) + " " + actual[index]);
    }
  }

  private static void checkUpToSigns(Call call, double[] actual) {
    List<Double> expected = call.result.data;
    assertEquals(expected.size(), actual.length, call.expr);
    int columns = call.result.shape.get(1);
    boolean flipped = false;
    for (int row = 0; row < expected.size(); row += columns) {
      double sign = Math.signum(expected.get(row) * actual[row]);
      flipped |= sign < 0;
      for (int i = row; i < row + columns; i++) {
        assertEquals(expected.get(i), sign * actual[i], 3e-6, call.expr);
      }
    }
    assertTrue(flipped, () -> call.expr + " has Python's signs now: take it off the list");
  }

  private static String dtype(Object values) {
    return values instanceof float[]
        ? "float32"
        : values instanceof double[] ? "float64" : values instanceof int[] ? "int32" : "int64";
  }

  private static float[] tail(float[] values) {
    return Arrays.copyOfRange(values, values.length - 20, values.length);
  }

  private static float[] floats(int[] values) {
    float[] result = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      result[i] = values[i];
    }
    return result;
  }

  private static double[] toDoubles(Object values) {
    return IntStream.range(0, Array.getLength(values))
        .mapToDouble(i -> Array.getDouble(values, i))
        .toArray();
  }
}
