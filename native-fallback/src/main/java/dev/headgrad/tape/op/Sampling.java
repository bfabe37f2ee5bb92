package dev.headgrad.tape.op;

import ai.djl.ndarray.types.DataType;
import dev.headgrad.tape.core.DenseArray;
import dev.headgrad.tape.core.Dims;
import dev.headgrad.tape.core.Elements;
import dev.headgrad.tape.core.NonDifferentiable;
import dev.headgrad.tape.kernel.Workers;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.DoubleBinaryOperator;
import java.util.random.RandomGenerator;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.AhrensDieterMarsagliaTsangGammaSampler;
import org.apache.commons.rng.sampling.distribution.PoissonSampler;

/**
 * Random numbers. Every call draws a generator of its own from one root, and every block of
 * elements one from that, so that a seed gives the same numbers for any number of threads.
 */
public final class Sampling {

  /** Elements that share a generator. */
  private static final int BLOCK = 1 << 13;

  /** How many numbers 32 bits make. */
  private static final long INTS = 1L << 32;

  private static SplittableRandom root = new SplittableRandom();

  private Sampling() {}

  /** One number from a generator. */
  @FunctionalInterface
  private interface Draw {
    double next(RandomGenerator random);
  }

  /** Starts all streams anew. */
  public static synchronized void seed(long seed) {
    root = new SplittableRandom(seed);
  }

  private static synchronized SplittableRandom split() {
    return root.split();
  }

  private static DenseArray fill(DataType type, int[] dims, Draw draw) {
    DenseArray y = DenseArray.dirty(type, dims);
    Object data = y.data();
    inBlocks(
        y.size(),
        (random, from, to) -> {
          for (int i = from; i < to; i++) {
            Elements.setDouble(data, type, i, draw.next(random));
          }
        });
    return y;
  }

  /** Numbers for the elements from one index to another. */
  @FunctionalInterface
  private interface Block {
    void fill(SplittableRandom random, int from, int to);
  }

  private static void inBlocks(int n, Block block) {
    int blocks = (n + BLOCK - 1) / BLOCK;
    SplittableRandom[] generators = new SplittableRandom[blocks];
    SplittableRandom call = split();
    for (int b = 0; b < blocks; b++) {
      generators[b] = call.split();
    }
    Workers.parallelFor(
        blocks,
        1,
        (from, to) -> {
          for (int b = from; b < to; b++) {
            block.fill(generators[b], b * BLOCK, Math.min(n, (b + 1) * BLOCK));
          }
        });
  }

  /** Evenly from [low, high). */
  public static DenseArray uniform(double low, double high, DataType type, int... dims) {
    if (type == DataType.FLOAT64) {
      return fill(type, dims, r -> low + (high - low) * r.nextDouble());
    }
    // float steps, so that rounding does not reach high
    return fill(type, dims, r -> low + (high - low) * r.nextFloat());
  }

  /** 1 / p with the probability p, else 0. */
  public static DenseArray mask(double p, DataType type, int... dims) {
    double kept = 1 / p;
    if (type != DataType.FLOAT32) {
      return fill(type, dims, r -> r.nextDouble() < p ? kept : 0);
    }
    DenseArray y = DenseArray.dirty(type, dims);
    float[] mask = y.floats();
    inBlocks(
        y.size(),
        (random, from, to) -> mask(random, Math.round(p * INTS), (float) kept, mask, from, to));
    return y;
  }

  /**
   * Dropout draws many: without a call and without a branch for each, and two at a time.
   *
   * @param limit of 32 bits, those below which are kept
   */
  private static void mask(
      SplittableRandom random, long limit, float kept, float[] mask, int from, int to) {
    int value = Float.floatToRawIntBits(kept);
    for (int i = from; i < to; i += 2) {
      long bits = random.nextLong();
      mask[i] = below(limit, bits >>> 32, value);
      if (i + 1 < to) {
        mask[i + 1] = below(limit, bits & INTS - 1, value);
      }
    }
  }

  /** The float of these bits where x is below the limit, else 0. */
  private static float below(long limit, long x, int bits) {
    return Float.intBitsToFloat(bits & (int) ((x - limit) >> 63));
  }

  /**
   * From the normal distribution.
   *
   * @throws IllegalArgumentException if the deviation is negative
   */
  public static DenseArray normal(double mean, double deviation, DataType type, int... dims) {
    if (deviation < 0) {
      throw new IllegalArgumentException(
          "the standard deviation is " + deviation + "; it must be at least 0");
    }
    return fill(type, dims, r -> mean + deviation * r.nextGaussian());
  }

  /**
   * Whole numbers, evenly from [low, high).
   *
   * @throws IllegalArgumentException if there is none
   */
  public static DenseArray integers(long low, long high, DataType type, int... dims) {
    if (low >= high) {
      throw new IllegalArgumentException(
          "there is no whole number from " + low + " to below " + high);
    }
    DenseArray y = DenseArray.dirty(type, dims);
    SplittableRandom random = split();
    for (int i = 0; i < y.size(); i++) {
      Elements.setLong(y.data(), type, i, random.nextLong(low, high));
    }
    return y;
  }

  /** The numbers 0 to n - 1 in random order, INT64. */
  public static DenseArray permutation(int n) {
    SplittableRandom random = split();
    long[] order = new long[n];
    for (int i = 0; i < n; i++) {
      int j = random.nextInt(i + 1);
      order[i] = order[j];
      order[j] = i;
    }
    return DenseArray.of(order, DataType.INT64, n);
  }

  private static final class Multinomial extends NonDifferentiable {
    private final int trials;
    private final int[] dims;

    Multinomial(int trials, int[] dims) {
      super("multinomial");
      this.trials = trials;
      this.dims = dims;
    }

    @Override
    protected DenseArray[] forward(DenseArray[] inputs) {
      double[] p = Elements.copy(Elements.to(inputs[0], DataType.FLOAT64)).doubles();
      double total = 0;
      double[] upTo = new double[p.length];
      for (int i = 0; i < p.length; i++) {
        total += p[i];
        upTo[i] = total;
      }
      if (total > 1 + 1e-5) {
        throw new IllegalArgumentException("the probabilities add up to " + total + ", not to 1");
      }
      int[] out = concat(dims, inputs[0].dims());
      DenseArray y = DenseArray.zeros(DataType.INT64, out);
      long[] counts = y.longs();
      SplittableRandom random = split();
      for (int start = 0; start < counts.length; start += p.length) {
        for (int t = 0; t < trials; t++) {
          double u = random.nextDouble() * total;
          int i = 0;
          while (i < p.length - 1 && u >= upTo[i]) {
            i++;
          }
          counts[start + i]++;
        }
      }
      return new DenseArray[] {y};
    }
  }

  /**
   * How often each outcome came in a number of trials.
   *
   * @param p the probabilities, of shape (k)
   * @param dims how many times the whole experiment is made
   * @return INT64 of shape (dims…, k)
   */
  public static DenseArray multinomial(int trials, DenseArray p, int... dims) {
    return new Multinomial(trials, dims).apply(p)[0];
  }

  /** For each element of one or two parameter arrays, samples of shape dims. */
  private static final class PerElement extends NonDifferentiable {
    private final int[] dims;
    private final SamplerFactory factory;

    PerElement(String name, int[] dims, SamplerFactory factory) {
      super(name);
      this.dims = dims;
      this.factory = factory;
    }

    @Override
    protected DenseArray[] forward(DenseArray[] inputs) {
      DenseArray a = inputs[0];
      DenseArray b = inputs[inputs.length - 1];
      if (!Arrays.equals(a.dims(), b.dims())) {
        throw new IllegalArgumentException(
            "the parameters have the shapes "
                + Dims.text(a.dims())
                + " and "
                + Dims.text(b.dims())
                + "; they must be the same");
      }
      DataType type = Types.floating(a.type());
      DenseArray y = DenseArray.dirty(type, concat(a.dims(), dims));
      double[] pa = Elements.copy(Elements.to(a, DataType.FLOAT64)).doubles();
      double[] pb = Elements.copy(Elements.to(b, DataType.FLOAT64)).doubles();
      int each = Dims.size(dims);
      SplittableRandom random = split();
      DoubleBinaryOperator sampler = factory.on(random);
      for (int i = 0; i < y.size(); i++) {
        double value = sampler.applyAsDouble(pa[i / each], pb[i / each]);
        Elements.setDouble(y.data(), type, i, value);
      }
      return new DenseArray[] {y};
    }
  }

  private interface SamplerFactory {
    DoubleBinaryOperator on(SplittableRandom random);
  }

  /** For each mean and deviation, samples of shape dims from the normal distribution. */
  public static DenseArray normalOf(DenseArray mean, DenseArray deviation, int... dims) {
    return new PerElement("sampleNormal", dims, r -> (m, d) -> m + d * r.nextGaussian())
        .apply(mean, deviation)[0];
  }

  /** For each mean, samples of shape dims from the Poisson distribution. */
  public static DenseArray poissonOf(DenseArray mean, int... dims) {
    return new PerElement(
            "samplePoisson",
            dims,
            r -> {
              UniformRandomProvider source = r::nextLong;
              return (m, same) -> m == 0 ? 0 : PoissonSampler.of(source, m).sample();
            })
        .apply(mean)[0];
  }

  /** For each shape and scale, samples of shape dims from the gamma distribution. */
  public static DenseArray gammaOf(DenseArray shape, DenseArray scale, int... dims) {
    return new PerElement(
            "sampleGamma",
            dims,
            r -> {
              UniformRandomProvider source = r::nextLong;
              return (a, b) ->
                  a == 0 || b == 0
                      ? 0
                      : AhrensDieterMarsagliaTsangGammaSampler.of(source, a, b).sample();
            })
        .apply(shape, scale)[0];
  }

  private static int[] concat(int[] a, int[] b) {
    int[] out = Arrays.copyOf(a, a.length + b.length);
    System.arraycopy(b, 0, out, a.length, b.length);
    return out;
  }
}
