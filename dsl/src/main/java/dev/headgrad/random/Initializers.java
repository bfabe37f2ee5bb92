package dev.headgrad.random;

import ai.djl.ndarray.types.Shape;
import java.util.Arrays;

/**
 * The rules of {@code mx.init} for weights. They draw from the sampler as Python's do, so that the
 * same seed gives a network the same first parameters.
 */
public final class Initializers {
  /** From which distribution {@link #xavier} and {@link #orthogonal} draw. */
  public enum Draw {
    /** Evenly distributed about 0. */
    UNIFORM,
    /** Normal with mean 0. */
    GAUSSIAN
  }

  /** What the variance of {@link #xavier} is divided by. */
  public enum Fan {
    /** The mean of {@link #IN} and {@link #OUT}. */
    AVG {
      @Override
      double of(double in, double out) {
        return (in + out) / 2;
      }
    },
    /** The number of inputs of an output: the second dimension times those after it. */
    IN {
      @Override
      double of(double in, double out) {
        return in;
      }
    },
    /** The number of outputs of an input: the first dimension times those after the second. */
    OUT {
      @Override
      double of(double in, double out) {
        return out;
      }
    };

    abstract double of(double in, double out);
  }

  private Initializers() {}

  /**
   * {@code mx.init.Zero}.
   *
   * @return the rule that gives zeros
   */
  public static Initializer zero() {
    return constant(0);
  }

  /**
   * {@code mx.init.One}.
   *
   * @return the rule that gives ones
   */
  public static Initializer one() {
    return constant(1);
  }

  /**
   * {@code mx.init.Constant}.
   *
   * @param value the value of every element
   * @return the rule that gives this value
   */
  public static Initializer constant(double value) {
    return new Constant(value);
  }

  /**
   * {@code mx.init.Uniform}; Python's default scale is 0.07.
   *
   * @param scale the bound, 0 or more
   * @return the rule that draws evenly from {@code -scale} to {@code scale}
   */
  public static Initializer uniform(double scale) {
    requireSize("scale", scale);
    return new Drawn(Draw.UNIFORM, shape -> scale);
  }

  /**
   * {@code mx.init.Normal}; Python's default sigma is 0.01.
   *
   * @param sigma the standard deviation, 0 or more
   * @return the rule that draws from a normal distribution with mean 0
   */
  public static Initializer normal(double sigma) {
    requireSize("sigma", sigma);
    return new Drawn(Draw.GAUSSIAN, shape -> sigma);
  }

  /**
   * {@code mx.init.Xavier()}, with Python's defaults: uniform, averaged, magnitude 3.
   *
   * @return the rule
   */
  public static Initializer xavier() {
    return xavier(Draw.UNIFORM, Fan.AVG, 3);
  }

  /**
   * {@code mx.init.Xavier}: the scale is {@code sqrt(magnitude / fan)}, which is the bound when
   * uniform and the standard deviation when Gaussian. Glorot and Bengio, "Understanding the
   * difficulty of training deep feedforward neural networks", AISTATS 2010. For weights with two
   * dimensions or more: outputs, inputs, kernel.
   *
   * @param draw {@code rnd_type}
   * @param fan {@code factor_type}
   * @param magnitude the numerator, 0 or more
   * @return the rule
   */
  public static Initializer xavier(Draw draw, Fan fan, double magnitude) {
    requireSize("magnitude", magnitude);
    return new Drawn(draw, shape -> Math.sqrt(magnitude / fan(fan, shape)));
  }

  private static double fan(Fan fan, Shape shape) {
    if (shape.dimension() < 2) {
      throw new IllegalArgumentException(
          "Xavier and MSRAPrelu need a weight with at least 2 dimensions, but the shape is "
              + shape);
    }
    double kernel = 1;
    for (int i = 2; i < shape.dimension(); i++) {
      kernel *= shape.get(i);
    }
    return fan.of(shape.get(1) * kernel, shape.get(0) * kernel);
  }

  /**
   * {@code mx.init.MSRAPrelu()}, with Python's defaults: averaged, slope 0.25.
   *
   * @return the rule
   */
  public static Initializer msraPrelu() {
    return msraPrelu(Fan.AVG, 0.25);
  }

  /**
   * {@code mx.init.MSRAPrelu}: Gaussian {@link #xavier} with magnitude {@code 2 / (1 + slope^2)}.
   * He, Zhang, Ren and Sun, "Delving deep into rectifiers", ICCV 2015.
   *
   * @param fan {@code factor_type}
   * @param slope the slope of the PReLU that follows, below 0
   * @return the rule
   */
  public static Initializer msraPrelu(Fan fan, double slope) {
    return xavier(Draw.GAUSSIAN, fan, 2 / (1 + slope * slope));
  }

  /**
   * {@code mx.init.Orthogonal()}, with Python's defaults: scale 1.414, uniform.
   *
   * @return the rule
   */
  public static Initializer orthogonal() {
    return orthogonal(1.414, Draw.UNIFORM);
  }

  /**
   * {@code mx.init.Orthogonal}: singular vectors of a random matrix, times scale. Saxe, McClelland
   * and Ganguli, "Exact solutions to the nonlinear dynamics of learning in deep linear neural
   * networks", ICLR 2014. A weight of shape (m, …) is taken as a matrix with m rows; its rows are
   * orthogonal if it has more columns than rows, else its columns.
   *
   * <p>The vectors are those of Python, but for the sign of each: a singular vector is unique only
   * up to its sign, and which one NumPy gives depends on the LAPACK that it was built with.
   *
   * @param scale the length of the vectors
   * @param draw {@code rand_type}: uniform from -1 to 1, or normal with standard deviation 1
   * @return the rule
   */
  public static Initializer orthogonal(double scale, Draw draw) {
    return new Orthogonal((float) scale, draw);
  }

  /** Zeros, ones and other constants. */
  private record Constant(double value) implements Initializer {
    @Override
    public float[] init(Shape shape, MxRandom random) {
      float[] result = new float[size(shape)];
      Arrays.fill(result, (float) value);
      return result;
    }

    @Override
    public double[] init64(Shape shape, MxRandom random) {
      double[] result = new double[size(shape)];
      Arrays.fill(result, value);
      return result;
    }
  }

  private interface Scale {
    double of(Shape shape);
  }

  /** Independent numbers about 0, whose scale depends on the shape. */
  private record Drawn(Draw draw, Scale scale) implements Initializer {
    @Override
    public float[] init(Shape shape, MxRandom random) {
      float s = (float) scale.of(shape);
      return switch (draw) {
        case UNIFORM -> random.uniform(-s, s, size(shape));
        case GAUSSIAN -> random.normal(0, s, size(shape));
      };
    }

    @Override
    public double[] init64(Shape shape, MxRandom random) {
      float s = (float) scale.of(shape);
      return switch (draw) {
        case UNIFORM -> random.uniform64(-s, s, size(shape));
        case GAUSSIAN -> random.normal64(0, s, size(shape));
      };
    }
  }

  /** Singular vectors, which Python too computes in float32 for every dtype. */
  private record Orthogonal(float scale, Draw draw) implements Initializer {
    @Override
    public float[] init(Shape shape, MxRandom random) {
      if (shape.dimension() < 1) {
        throw new IllegalArgumentException(
            "Orthogonal needs a weight with at least 1 dimension, but the shape is ()");
      }
      int size = size(shape);
      if (size == 0) {
        return new float[0];
      }
      int rows = (int) shape.get(0);
      int columns = size / rows;
      float[] matrix = new Drawn(draw, s -> 1).init(shape, random);
      boolean wide = rows < columns;
      double[][] vectors = wide ? rows(matrix, rows, columns) : columns(matrix, rows, columns);
      SingularVectors.orthonormalize(vectors);
      float[] result = new float[size];
      for (int i = 0; i < rows; i++) {
        for (int j = 0; j < columns; j++) {
          result[i * columns + j] = scale * (float) (wide ? vectors[i][j] : vectors[j][i]);
        }
      }
      return result;
    }

    @Override
    public double[] init64(Shape shape, MxRandom random) {
      float[] values = init(shape, random);
      double[] result = new double[values.length];
      for (int i = 0; i < values.length; i++) {
        result[i] = values[i];
      }
      return result;
    }

    private static double[][] rows(float[] matrix, int rows, int columns) {
      double[][] result = new double[rows][columns];
      for (int i = 0; i < rows; i++) {
        for (int j = 0; j < columns; j++) {
          result[i][j] = matrix[i * columns + j];
        }
      }
      return result;
    }

    private static double[][] columns(float[] matrix, int rows, int columns) {
      double[][] result = new double[columns][rows];
      for (int i = 0; i < rows; i++) {
        for (int j = 0; j < columns; j++) {
          result[j][i] = matrix[i * columns + j];
        }
      }
      return result;
    }
  }

  private static void requireSize(String name, double value) {
    if (!(value >= 0 && value < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(name + " must be 0 or more and finite, but is " + value);
    }
  }

  private static int size(Shape shape) {
    return Math.toIntExact(shape.size());
  }
}
