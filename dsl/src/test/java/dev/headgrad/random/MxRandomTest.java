package dev.headgrad.random;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Collections;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What {@link MxRandomVectorsTest} has no real vectors for. */
class MxRandomTest {
  private final MxRandom random = new MxRandom(9);

  @Test
  void seedStartsEveryStreamAnew() {
    float[] normal = random.normal(0, 1, 200);
    int[] order = random.shuffle(20);
    random.seed(9);
    assertArrayEquals(normal, random.normal(0, 1, 200));
    assertArrayEquals(order, random.shuffle(20));
    random.seed(9 + (1L << 32));
    assertArrayEquals(normal, random.normal(0, 1, 200), "only 32 bits of the seed count");
  }

  @Test
  void serialStreamIsItsOwn() {
    float[] first = random.uniform(0, 1, 10);
    int[] order = random.shuffle(20);
    MxRandom other = new MxRandom(9);
    assertArrayEquals(order, other.shuffle(20));
    assertArrayEquals(first, other.uniform(0, 1, 10));
  }

  @ParameterizedTest
  @EnumSource
  void arraysOfEqualParametersDrawAsScalars(Distribution distribution) {
    float[] a = {0.25f, 0.25f, 0.25f};
    float[] b = {0.5f, 0.5f, 0.5f};
    float[] expected = random.draw(distribution, 0.25f, 0.5f, 150);
    double[] expected64 = random.draw64(distribution, 0.25f, 0.5f, 150);
    random.seed(9);
    assertArrayEquals(expected, random.draw(distribution, a, b, 50));
    double[] a64 = {0.25, 0.25, 0.25};
    double[] b64 = {0.5, 0.5, 0.5};
    assertArrayEquals(expected64, random.draw64(distribution, a64, b64, 50));
  }

  @ParameterizedTest
  @EnumSource
  void nothingDrawnLeavesTheStateAlone(Distribution distribution) {
    assertEquals(0, random.draw(distribution, 0.25f, 0.5f, 0).length);
    float[] halves = {0.5f, 0.5f};
    assertEquals(0, random.draw(distribution, halves, halves, 0).length);
    assertEquals(0, random.draw64(distribution, new double[0], new double[0], 5).length);
    assertArrayEquals(new MxRandom(9).uniform(0, 1, 3), random.uniform(0, 1, 3));
  }

  @Test
  void limitsOfParameters() {
    assertArrayEquals(new float[] {3, 3}, random.uniform(3, 3, 2));
    assertArrayEquals(new float[] {3, 3}, random.normal(3, 0, 2));
    assertArrayEquals(new float[] {0, 0}, random.poisson(0, 2));
    assertArrayEquals(new float[] {0, 0}, random.negativeBinomial(0, 0.5f, 2));
    assertArrayEquals(new float[] {0, 0}, random.negativeBinomial(3, 1, 2));
    assertArrayEquals(new float[] {0, 0}, random.generalizedNegativeBinomial(0, 0.5f, 2));
    float[] poisson = new MxRandom(9).poisson(5, 100);
    random.seed(9);
    assertArrayEquals(poisson, random.generalizedNegativeBinomial(5, 0, 100));
    for (float count : random.poisson(2e9f, 100)) {
      assertEquals(2e9f, count, 2e7f, "seed 9");
    }
  }

  @Test
  void integersFillWideRanges() {
    long min = Long.MAX_VALUE;
    long max = Long.MIN_VALUE;
    for (long i : random.randint64(-Long.MAX_VALUE / 2, Long.MAX_VALUE / 2, 1000)) {
      assertTrue(i >= -Long.MAX_VALUE / 2 && i < Long.MAX_VALUE / 2, "seed 9");
      min = Math.min(min, i);
      max = Math.max(max, i);
    }
    assertTrue(min < -Long.MAX_VALUE / 4 && max > Long.MAX_VALUE / 4, "seed 9");
    int[] ints = random.randint(Integer.MIN_VALUE, Integer.MAX_VALUE, 1000);
    assertTrue(Arrays.stream(ints).anyMatch(i -> i < 0), "seed 9");
    assertTrue(Arrays.stream(ints).anyMatch(i -> i > 0), "seed 9");
    assertArrayEquals(new int[] {4, 4}, random.randint(4, 5, 2));
  }

  @Test
  void shufflesArePermutations() {
    for (int n : new int[] {0, 1, 2, 100, 5000}) {
      int[] all = IntStream.range(0, n).toArray();
      assertArrayEquals(all, sorted(random.shuffle(n)), "seed 9");
      assertArrayEquals(all, sorted(random.shuffleRows(n)), "seed 9");
    }
  }

  private static int[] sorted(int[] values) {
    Arrays.sort(values);
    return values;
  }

  @Test
  void multinomialOfWhatDoesNotAddUpToOne() {
    int[] lacking = random.multinomial(new float[] {0.25f, 0, 0}, 1000);
    assertTrue(Arrays.stream(lacking).allMatch(c -> c == 0 || c == 2), "seed 9");
    assertEquals(250.0, (double) Arrays.stream(lacking).filter(c -> c == 0).count(), 60, "seed 9");
    int[] tooMuch = random.multinomial(new float[] {0.5f, 5, 7}, 1000);
    assertTrue(Arrays.stream(tooMuch).allMatch(c -> c < 2), "seed 9");
  }

  @Test
  void multinomialRowsFollowEachOther() {
    int[] two = random.multinomial(new float[] {1, 0, 0, 1}, 2, 3);
    assertArrayEquals(new int[] {0, 0, 0, 1, 1, 1}, two);
  }

  @Test
  void errorsNameWhatIsWrongAndDrawNothing() {
    float nan = Float.NaN;
    assertError(
        "low must not be greater than high, but low is 2.0 and high is 1.0",
        () -> random.uniform(2, 1, 1));
    assertThrows(IllegalArgumentException.class, () -> random.uniform64(nan, 1, 1));
    assertError("scale must be 0 or more, but is -1.0", () -> random.normal(0, -1, 1));
    assertError("loc must be finite, but is NaN", () -> random.normal64(nan, 1, 1));
    assertError(
        "the rate of an exponential distribution must be positive, but is -0.5",
        () -> random.exponential(-2, 1));
    assertError(
        "alpha of a gamma distribution must be positive, but is 0.0", () -> random.gamma(0, 1, 1));
    assertError(
        "beta of a gamma distribution must be positive, but is -1.0",
        () -> random.draw64(Distribution.GAMMA, new double[] {1, 1}, new double[] {1, -1}, 1));
    assertError("lambda must be from 0 to 2147483647, but is -1.0", () -> random.poisson(-1, 1));
    assertThrows(IllegalArgumentException.class, () -> random.poisson(1e10f, 1));
    assertError(
        "k of a negative binomial distribution must be 0 or more, but is -1.0",
        () -> random.negativeBinomial(-1, 0.5f, 1));
    assertError(
        "p of a negative binomial distribution must be more than 0 and at most 1, but is 0.0",
        () -> random.negativeBinomial(1, 0, 1));
    assertThrows(IllegalArgumentException.class, () -> random.negativeBinomial(3, 1e-30f, 1));
    assertError(
        "mu must be from 0 to 2147483647, but is NaN",
        () -> random.generalizedNegativeBinomial(nan, 1, 1));
    assertError(
        "alpha of a generalized negative binomial distribution must be 0 or more, but is -1.0",
        () -> random.generalizedNegativeBinomial(1, -1, 1));
    assertError(
        "low must be less than high, but low is 5 and high is 5", () -> random.randint(5, 5, 1));
    assertError(
        "high - low must be less than 2^63, but low is -9223372036854775807 and high is 5",
        () -> random.randint64(-Long.MAX_VALUE, 5, 1));
    assertError("cannot draw -1 numbers: must be 0 or more", () -> random.uniform(0, 1, -1));
    assertError("cannot draw -1 numbers: must be 0 or more", () -> random.shuffle(-1));
    assertError(
        "both parameters must have the same number of elements, but the first has 2 and the second"
            + " has 1",
        () -> random.draw(Distribution.UNIFORM, new float[2], new float[1], 1));
    assertError(
        "cannot draw 2000000000 numbers for each of 2 parameters: too many",
        () -> random.draw(Distribution.UNIFORM, new float[2], new float[2], 2000000000));
    assertError(
        "5 probabilities cannot be rows of 2 categories",
        () -> random.multinomial(new float[5], 2, 1));
    assertError(
        "0 probabilities cannot be rows of 0 categories",
        () -> random.multinomial(new float[0], 1));
    assertError(
        "probabilities must be 0 or more, but number 1 is -0.5",
        () -> random.multinomial(new float[] {1, -0.5f}, 1));
    assertArrayEquals(new MxRandom(9).uniform(0, 1, 3), random.uniform(0, 1, 3));
    assertArrayEquals(new MxRandom(9).shuffle(5), random.shuffle(5));
  }

  private static void assertError(String message, Runnable action) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, action::run).getMessage());
  }

  /**
   * Each call gets a stretch of the stream, whichever comes first: together they are the stream.
   */
  @Test
  void threadsShareAState() throws Exception {
    int calls = 200;
    Callable<float[]> call = () -> random.uniform(0, 1, 64);
    ExecutorService executor = Executors.newFixedThreadPool(4);
    float[][] results = new float[calls][];
    try {
      var futures = executor.invokeAll(Collections.nCopies(calls, call));
      for (int i = 0; i < calls; i++) {
        results[i] = futures.get(i).get();
      }
    } finally {
      executor.shutdown();
    }
    float[][] expected = new float[calls][];
    MxRandom alone = new MxRandom(9);
    for (int i = 0; i < calls; i++) {
      expected[i] = alone.uniform(0, 1, 64);
    }
    Arrays.sort(expected, Arrays::compare);
    Arrays.sort(results, Arrays::compare);
    assertArrayEquals(expected, results);
  }
}
