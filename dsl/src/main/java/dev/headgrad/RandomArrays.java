package dev.headgrad;

import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.headgrad.random.Initializer;

/**
 * Random arrays: MXNet's {@code nd.random}, drawing MXNet's own streams of numbers on every engine.
 * After {@code seed(0)}, {@code normal(0, 1, 1)} is 2.2122064, as it is in Python.
 *
 * <p>All arrays are float32 unless a method says otherwise. Each session has a stream of its own,
 * which starts as after {@code seed(0)}.
 */
public final class RandomArrays {
  private final MX mx;

  RandomArrays(MX mx) {
    this.mx = mx;
  }

  /** Starts the stream anew: {@code mx.random.seed}. */
  public void seed(long seed) {
    mx.sampler().seed(seed);
  }

  /** The first values of a weight: {@code mx.init}. */
  public Tensor init(Initializer rule, long... shape) {
    return array(rule.init(new Shape(shape), mx.sampler()), shape);
  }

  /** Evenly distributed over [low, high). */
  public Tensor uniform(double low, double high, long... shape) {
    return array(mx.sampler().uniform((float) low, (float) high, size(shape)), shape);
  }

  /** Evenly distributed over [low, high), float32 or float64. */
  public Tensor uniform(double low, double high, Shape shape, DataType dtype) {
    return dtype == DataType.FLOAT64
        ? array(mx.sampler().uniform64((float) low, (float) high, size(shape.getShape())), shape)
        : uniform(low, high, shape.getShape()).astype(dtype);
  }

  /** From the normal distribution with mean loc and standard deviation scale. */
  public Tensor normal(double loc, double scale, long... shape) {
    return array(mx.sampler().normal((float) loc, (float) scale, size(shape)), shape);
  }

  /** From the normal distribution, float32 or float64. */
  public Tensor normal(double loc, double scale, Shape shape, DataType dtype) {
    return dtype == DataType.FLOAT64
        ? array(mx.sampler().normal64((float) loc, (float) scale, size(shape.getShape())), shape)
        : normal(loc, scale, shape.getShape()).astype(dtype);
  }

  /** From the normal distribution with mean 0 and standard deviation 1: MXNet's randn. */
  public Tensor randn(long... shape) {
    return normal(0, 1, shape);
  }

  /** Whole numbers, evenly distributed over [low, high), int32. */
  public Tensor randint(int low, int high, long... shape) {
    int[] numbers = mx.sampler().randint(low, high, size(shape));
    return mx.nd().array(numbers, DataType.INT32).reshape(shape);
  }

  /** From the exponential distribution with mean scale. */
  public Tensor exponential(double scale, long... shape) {
    return array(mx.sampler().exponential(scale, size(shape)), shape);
  }

  /** From the gamma distribution with shape alpha and scale beta. */
  public Tensor gamma(double alpha, double beta, long... shape) {
    return array(mx.sampler().gamma((float) alpha, (float) beta, size(shape)), shape);
  }

  /** From the Poisson distribution with mean lambda. */
  public Tensor poisson(double lambda, long... shape) {
    return array(mx.sampler().poisson((float) lambda, size(shape)), shape);
  }

  /** From the negative binomial distribution: failures before k successes of probability p. */
  public Tensor negativeBinomial(double k, double p, long... shape) {
    return array(mx.sampler().negativeBinomial((float) k, (float) p, size(shape)), shape);
  }

  /** From the negative binomial distribution with mean mu and dispersion alpha. */
  public Tensor generalizedNegativeBinomial(double mu, double alpha, long... shape) {
    float[] numbers =
        mx.sampler().generalizedNegativeBinomial((float) mu, (float) alpha, size(shape));
    return array(numbers, shape);
  }

  /**
   * Which of some outcomes came, drawn n times, int32.
   *
   * @param probabilities (outcomes)
   * @return (n)
   */
  public Tensor multinomial(Tensor probabilities, int n) {
    int[] drawn = mx.sampler().multinomial(probabilities.toFloatArray(), n);
    return mx.nd().array(drawn, DataType.INT32);
  }

  /** The array with its rows (the entries of its first axis) in random order. */
  public Tensor shuffle(Tensor x) {
    int rows = (int) x.shape(0);
    int[] order = x.ndim() == 1 ? mx.sampler().shuffle(rows) : mx.sampler().shuffleRows(rows);
    return x.get(order);
  }

  private static int size(long... shape) {
    return Math.toIntExact(new Shape(shape).size());
  }

  private Tensor array(float[] numbers, long... shape) {
    return mx.nd().array(numbers, new Shape(shape));
  }

  private Tensor array(double[] numbers, Shape shape) {
    return mx.nd().array(numbers, DataType.FLOAT64).reshape(shape);
  }
}
