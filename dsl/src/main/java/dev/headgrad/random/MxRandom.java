package dev.headgrad.random;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A state of MXNet's CPU random number generators: the same seed and the same calls in the same
 * order give the numbers that {@code mx.random.seed} and {@code mx.nd.random} give in Python.
 *
 * <p>As in MXNet's {@code RandGenerator}, there are 1024 Mersenne Twisters; seed s starts the i-th
 * with {@code 127 s + i} modulo 2^32. A call for n numbers is cut into chunks of at least 64, the
 * t-th of which is drawn from generator t. {@link #multinomial} and {@link #shuffle} draw from one
 * more generator, which is seeded with {@code 127 s}. Generators are made when first drawn from, so
 * that a state costs little to make and to seed.
 *
 * <p>How closely each stream is followed is said at {@link Distribution}. All methods may be called
 * from several threads; each call takes its numbers undisturbed by others.
 */
public final class MxRandom {
  private static final int GENERATORS = 1024;
  private static final int MIN_CHUNK = 64;
  private static final int SEED_FACTOR = 127;

  private final @Nullable MersenneTwister[] generators = new @Nullable MersenneTwister[GENERATORS];
  private @Nullable MersenneTwister serial;
  private int seed;

  /** A state with MXNet's default seed, 0. */
  public MxRandom() {
    this(0);
  }

  /**
   * A state seeded as by {@link #seed(long)}.
   *
   * @param seed the seed
   */
  public MxRandom(long seed) {
    this.seed = (int) seed;
  }

  /**
   * Starts anew, like {@code mx.random.seed}.
   *
   * @param seed the seed, of which MXNet uses the lower 32 bits
   */
  public synchronized void seed(long seed) {
    this.seed = (int) seed;
    Arrays.fill(generators, null);
    serial = null;
  }

  private MersenneTwister generator(int index) {
    MersenneTwister generator = generators[index];
    if (generator == null) {
      generator = new MersenneTwister(seed * SEED_FACTOR + index);
      generators[index] = generator;
    }
    return generator;
  }

  private MersenneTwister serial() {
    MersenneTwister generator = serial;
    if (generator == null) {
      generator = new MersenneTwister(seed * SEED_FACTOR);
      serial = generator;
    }
    return generator;
  }

  /** Fills the elements from {@code from} to {@code to - 1} of a result. */
  @FunctionalInterface
  private interface Chunk {
    void fill(MersenneTwister generator, int from, int to);
  }

  /** MXNet's {@code LaunchRNG}. */
  private synchronized void forEachChunk(int n, Chunk chunk) {
    if (n == 0) {
      return;
    }
    int threads = Math.min((n - 1) / MIN_CHUNK + 1, GENERATORS);
    int step = (n - 1) / threads + 1;
    int index = 0;
    for (long from = 0; from < n; from += step) {
      chunk.fill(generator(index++), (int) from, (int) Math.min(n, from + step));
    }
  }

  /**
   * Numbers of one distribution, as float32.
   *
   * @param distribution the distribution
   * @param a its first parameter
   * @param b its second parameter; ignored by distributions that have one
   * @param n how many numbers
   * @return n numbers
   */
  public float[] draw(Distribution distribution, float a, float b, int n) {
    distribution.check(a, b);
    float[] result = new float[checkSize(n)];
    forEachChunk(
        n,
        (generator, from, to) -> {
          for (int i = from; i < to; i++) {
            result[i] = distribution.draw(generator, a, b);
          }
        });
    return result;
  }

  /**
   * Numbers of many distributions of one kind, as float32: {@code mx.nd.random} with arrays of
   * parameters.
   *
   * @param distribution the kind of distribution
   * @param a the first parameters
   * @param b the second parameters, as many; ignored by distributions that have one
   * @param each how many numbers of each
   * @return the numbers for the first parameters, then for the second, and so on
   */
  public float[] draw(Distribution distribution, float[] a, float[] b, int each) {
    checkParameters(a.length, b.length);
    for (int i = 0; i < a.length; i++) {
      distribution.check(a[i], b[i]);
    }
    float[] result = new float[checkSize(a.length, each)];
    forEachChunk(
        result.length,
        (generator, from, to) -> {
          for (int i = from; i < to; i++) {
            result[i] = distribution.draw(generator, a[i / each], b[i / each]);
          }
        });
    return result;
  }

  /**
   * Numbers of one distribution, as float64. MXNet keeps scalar parameters as float32 here too.
   * (Its float16 numbers are these, rounded.)
   *
   * @param distribution the distribution
   * @param a its first parameter
   * @param b its second parameter; ignored by distributions that have one
   * @param n how many numbers
   * @return n numbers
   */
  public double[] draw64(Distribution distribution, float a, float b, int n) {
    distribution.check(a, b);
    double[] result = new double[checkSize(n)];
    forEachChunk(
        n,
        (generator, from, to) -> {
          for (int i = from; i < to; i++) {
            result[i] = distribution.draw64(generator, a, b);
          }
        });
    return result;
  }

  /**
   * Numbers of many distributions of one kind, as float64, with float64 parameters.
   *
   * @param distribution the kind of distribution
   * @param a the first parameters
   * @param b the second parameters, as many; ignored by distributions that have one
   * @param each how many numbers of each
   * @return the numbers for the first parameters, then for the second, and so on
   */
  public double[] draw64(Distribution distribution, double[] a, double[] b, int each) {
    checkParameters(a.length, b.length);
    for (int i = 0; i < a.length; i++) {
      distribution.check(a[i], b[i]);
    }
    double[] result = new double[checkSize(a.length, each)];
    forEachChunk(
        result.length,
        (generator, from, to) -> {
          for (int i = from; i < to; i++) {
            result[i] = distribution.draw64(generator, a[i / each], b[i / each]);
          }
        });
    return result;
  }

  /**
   * {@code mx.nd.random.uniform}.
   *
   * @param low the lower bound
   * @param high the upper bound, not below {@code low}
   * @param n how many numbers
   * @return n numbers evenly distributed from low to high
   */
  public float[] uniform(float low, float high, int n) {
    return draw(Distribution.UNIFORM, low, high, n);
  }

  /**
   * {@code mx.nd.random.uniform} with dtype float64; two draws make one number.
   *
   * @param low the lower bound
   * @param high the upper bound, not below {@code low}
   * @param n how many numbers
   * @return n numbers evenly distributed from low to high
   */
  public double[] uniform64(float low, float high, int n) {
    return draw64(Distribution.UNIFORM, low, high, n);
  }

  /**
   * {@code mx.nd.random.normal}.
   *
   * @param loc the mean
   * @param scale the standard deviation
   * @param n how many numbers
   * @return n normally distributed numbers
   */
  public float[] normal(float loc, float scale, int n) {
    return draw(Distribution.NORMAL, loc, scale, n);
  }

  /**
   * {@code mx.nd.random.normal} with dtype float64.
   *
   * @param loc the mean
   * @param scale the standard deviation
   * @param n how many numbers
   * @return n normally distributed numbers
   */
  public double[] normal64(float loc, float scale, int n) {
    return draw64(Distribution.NORMAL, loc, scale, n);
  }

  /**
   * {@code mx.nd.random.exponential}.
   *
   * @param scale the mean, from whose inverse the rate is computed as in Python
   * @param n how many numbers
   * @return n exponentially distributed numbers
   */
  public float[] exponential(double scale, int n) {
    return draw(Distribution.EXPONENTIAL, (float) (1 / scale), 0, n);
  }

  /**
   * {@code mx.nd.random.gamma}.
   *
   * @param alpha the shape, more than 0
   * @param beta the scale, more than 0
   * @param n how many numbers
   * @return n gamma distributed numbers
   */
  public float[] gamma(float alpha, float beta, int n) {
    return draw(Distribution.GAMMA, alpha, beta, n);
  }

  /**
   * {@code mx.nd.random.poisson}.
   *
   * @param lambda the mean, 0 or more
   * @param n how many numbers
   * @return n Poisson distributed counts
   */
  public float[] poisson(float lambda, int n) {
    return draw(Distribution.POISSON, lambda, 0, n);
  }

  /**
   * {@code mx.nd.random.negative_binomial}.
   *
   * @param k the number of successes, 0 or more
   * @param p the probability of each, more than 0 and at most 1
   * @param n how many numbers
   * @return n counts of failures
   */
  public float[] negativeBinomial(float k, float p, int n) {
    return draw(Distribution.NEGATIVE_BINOMIAL, k, p, n);
  }

  /**
   * {@code mx.nd.random.generalized_negative_binomial}.
   *
   * @param mu the mean, 0 or more
   * @param alpha the dispersion, 0 or more
   * @param n how many numbers
   * @return n counts
   */
  public float[] generalizedNegativeBinomial(float mu, float alpha, int n) {
    return draw(Distribution.GENERALIZED_NEGATIVE_BINOMIAL, mu, alpha, n);
  }

  /**
   * {@code mx.nd.random.randint} with dtype int32: the numbers of {@link #randint64}.
   *
   * @param low the smallest number
   * @param high one more than the largest number
   * @param n how many numbers
   * @return n integers
   */
  public int[] randint(int low, int high, int n) {
    long range = checkRange(low, high);
    int[] result = new int[checkSize(n)];
    forEachChunk(
        n,
        (generator, from, to) -> {
          for (int i = from; i < to; i++) {
            result[i] = (int) (low + nextBelow(generator, range));
          }
        });
    return result;
  }

  /**
   * {@code mx.nd.random.randint} with dtype int64. The modulus makes small numbers a little more
   * likely when the range is very wide, as in MXNet.
   *
   * @param low the smallest number
   * @param high one more than the largest number
   * @param n how many numbers
   * @return n integers
   */
  public long[] randint64(long low, long high, int n) {
    long range = checkRange(low, high);
    long[] result = new long[checkSize(n)];
    forEachChunk(
        n,
        (generator, from, to) -> {
          for (int i = from; i < to; i++) {
            result[i] = low + nextBelow(generator, range);
          }
        });
    return result;
  }

  /**
   * MXNet's {@code rand_int64() % range}. The 63 bits can overflow, once in 2^33 draws; MXNet's
   * number then lies below the range, this one does not.
   */
  private static long nextBelow(MersenneTwister generator, long range) {
    long bits = (generator.nextUnsigned() << 31) + generator.nextUnsigned();
    return Math.floorMod(bits, range);
  }

  /**
   * {@code mx.nd.random.multinomial} of one distribution.
   *
   * @param probabilities the probability of each category, 0 or more
   * @param n how many numbers
   * @return n categories, counted from 0
   */
  public int[] multinomial(float[] probabilities, int n) {
    return multinomial(probabilities, probabilities.length, n);
  }

  /**
   * {@code mx.nd.random.multinomial} of several distributions; bit for bit MXNet's numbers. As in
   * MXNet, the probabilities of a distribution need not add up to 1: what lacks belongs to the last
   * category (where MXNet gives one that does not exist), what is too much is cut off.
   *
   * @param probabilities the probabilities of the categories, distribution after distribution
   * @param categories the number of categories of each distribution
   * @param each how many numbers of each distribution
   * @return categories, counted from 0: first those of the first distribution, and so on
   */
  public synchronized int[] multinomial(float[] probabilities, int categories, int each) {
    if (categories < 1 || probabilities.length % categories != 0) {
      throw new IllegalArgumentException(
          probabilities.length + " probabilities cannot be rows of " + categories + " categories");
    }
    for (int i = 0; i < probabilities.length; i++) {
      if (!(probabilities[i] >= 0)) {
        throw new IllegalArgumentException(
            "probabilities must be 0 or more, but number " + i + " is " + probabilities[i]);
      }
    }
    int rows = probabilities.length / categories;
    int[] result = new int[checkSize(rows, each)];
    MersenneTwister generator = serial();
    float[] cumulative = new float[categories];
    for (int row = 0; row < rows; row++) {
      double sum = 0;
      for (int c = 0; c < categories; c++) {
        sum += probabilities[row * categories + c];
        cumulative[c] = (float) sum;
      }
      for (int i = row * each; i < (row + 1) * each; i++) {
        result[i] = firstNotBelow(cumulative, generator.nextFloat());
      }
    }
    return result;
  }

  private static int firstNotBelow(float[] sorted, float value) {
    int left = 0;
    int right = sorted.length - 1;
    while (left < right) {
      int middle = (left + right) >>> 1;
      if (sorted[middle] < value) {
        left = middle + 1;
      } else {
        right = middle;
      }
    }
    return left;
  }

  /**
   * {@code mx.nd.random.shuffle} of an array of one dimension; bit for bit MXNet's order.
   *
   * @param n the length of the array
   * @return for each place of the result, the index of the element that MXNet puts there
   */
  public synchronized int[] shuffle(int n) {
    int[] order = identity(n);
    MersenneTwister generator = serial();
    for (int i = 1; i < n; i++) {
      swap(order, i, generator.nextBelow(i + 1));
    }
    return order;
  }

  /**
   * {@code mx.nd.random.shuffle} of an array of two or more dimensions, whose rows MXNet shuffles
   * in another way; bit for bit MXNet's order.
   *
   * @param n the length of the first dimension
   * @return for each row of the result, the index of the row that MXNet puts there
   */
  public synchronized int[] shuffleRows(int n) {
    int[] order = identity(n);
    MersenneTwister generator = serial();
    for (int i = n - 1; i > 0; i--) {
      swap(order, i, generator.nextBelow(i + 1));
    }
    return order;
  }

  private static int[] identity(int n) {
    int[] order = new int[checkSize(n)];
    for (int i = 0; i < n; i++) {
      order[i] = i;
    }
    return order;
  }

  private static void swap(int[] values, int i, int j) {
    int value = values[i];
    values[i] = values[j];
    values[j] = value;
  }

  private static long checkRange(long low, long high) {
    if (low >= high) {
      throw new IllegalArgumentException(
          "low must be less than high, but low is " + low + " and high is " + high);
    }
    long range = high - low;
    if (range < 0) {
      throw new IllegalArgumentException(
          "high - low must be less than 2^63, but low is " + low + " and high is " + high);
    }
    return range;
  }

  private static void checkParameters(int a, int b) {
    if (a != b) {
      throw new IllegalArgumentException(
          "both parameters must have the same number of elements, but the first has "
              + a
              + " and the second has "
              + b);
    }
  }

  private static int checkSize(int n) {
    if (n < 0) {
      throw new IllegalArgumentException("cannot draw " + n + " numbers: must be 0 or more");
    }
    return n;
  }

  private static int checkSize(int groups, int each) {
    long size = (long) groups * checkSize(each);
    if (size != (int) size) {
      throw new IllegalArgumentException(
          "cannot draw " + each + " numbers for each of " + groups + " parameters: too many");
    }
    return (int) size;
  }
}
