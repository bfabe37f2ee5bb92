package dev.headgrad.random;

/**
 * The kinds of distribution that MXNet's sampler knows ({@code src/operator/random/sampler.h}),
 * each with up to two parameters a and b, drawn one number after the other from one generator.
 */
public enum Distribution {
  /** Evenly distributed from a to b; bit for bit MXNet's. One draw for float32, two for float64. */
  UNIFORM {
    @Override
    float draw(MersenneTwister g, float low, float high) {
      return low + (high - low) * g.nextFloat();
    }

    @Override
    double draw64(MersenneTwister g, double low, double high) {
      return low + (high - low) * g.nextDouble();
    }

    @Override
    void check(double low, double high) {
      if (!(low <= high)) {
        throw new IllegalArgumentException(
            "low must not be greater than high, but low is " + low + " and high is " + high);
      }
    }
  },

  /**
   * Normal with mean a and standard deviation b; bit for bit MXNet's where its C library is glibc
   * 2.27 or later.
   */
  NORMAL {
    @Override
    float draw(MersenneTwister g, float loc, float scale) {
      return g.nextGaussianFloat() * scale + loc;
    }

    @Override
    double draw64(MersenneTwister g, double loc, double scale) {
      return g.nextGaussianDouble() * scale + loc;
    }

    @Override
    void check(double loc, double scale) {
      requireFinite("loc", loc);
      require(scale >= 0, "scale must be 0 or more", scale);
    }
  };

  /** One number, computed in float as MXNet does. */
  abstract float draw(MersenneTwister g, float a, float b);

  /** One number, computed in double. */
  abstract double draw64(MersenneTwister g, double a, double b);

  /** Refuses parameters that the distribution is not defined for. */
  abstract void check(double a, double b);

  private static void requireFinite(String name, double value) {
    require(Double.isFinite(value), name + " must be finite", value);
  }

  private static void require(boolean condition, String rule, double value) {
    if (!condition) {
      throw new IllegalArgumentException(rule + ", but is " + value);
    }
  }
}
