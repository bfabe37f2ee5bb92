package dev.headgrad.random;

/**
 * The kinds of distribution that MXNet's sampler knows ({@code src/operator/random/sampler.h}),
 * each with one or two parameters. Numbers are computed in MXNet's mix of float and double, since a
 * rejection method that decides otherwise once has another stream from there on.
 */
public enum Distribution {
  /**
   * Evenly distributed from a (low) to b (high); bit for bit MXNet's numbers. One draw for float32,
   * two for float64.
   */
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
    double draw64(MersenneTwister g, float low, float high) {
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
   * Normal with mean a (loc) and standard deviation b (scale). Float32 is bit for bit MXNet's on
   * glibc 2.27 or later; float64 is so but for the last bits of {@link Math#log}.
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
      require(Double.isFinite(loc), "loc must be finite", loc);
      require(scale >= 0, "scale must be 0 or more", scale);
    }
  },

  /**
   * Exponential with rate a, which is one over the mean: {@code -log(1 - r) / a} for a uniform r.
   * MXNet's numbers but for the last bit of {@link Math#log}.
   */
  EXPONENTIAL {
    @Override
    float draw(MersenneTwister g, float rate, float unused) {
      return (float) (-Math.log(1.0 - g.nextFloat()) / rate);
    }

    @Override
    double draw64(MersenneTwister g, double rate, double unused) {
      return -Math.log(1.0 - g.nextDouble()) / rate;
    }

    @Override
    void check(double rate, double unused) {
      require(rate > 0, "the rate of an exponential distribution must be positive", rate);
    }
  },

  /**
   * Gamma with shape a (alpha) and scale b (beta), by rejection: Marsaglia and Tsang, "A simple
   * method for generating gamma variables", ACM Transactions on Mathematical Software 26 (2000).
   * MXNet's numbers but for the last bits of {@link Math#log} and {@link Math#pow}.
   */
  GAMMA {
    @Override
    float draw(MersenneTwister g, float alpha, float beta) {
      float d = (float) (alpha < 1 ? alpha + 2.0 / 3.0 : alpha - 1.0 / 3.0);
      float k = (float) Math.sqrt(9.0 * d);
      float c = (float) (1.0 / k);
      while (true) {
        float z = g.nextGaussianFloat();
        if (z > -k) {
          float x = (float) (1.0 + c * z);
          float v = x * x * x;
          if (Math.log(1.0 - g.nextFloat()) < 0.5 * z * z + d * (1.0 - v + Math.log(v))) {
            float sample = d * v * beta;
            return alpha < 1 ? (float) (sample * Math.pow(g.nextFloat(), 1f / alpha)) : sample;
          }
        }
      }
    }

    @Override
    double draw64(MersenneTwister g, double alpha, double beta) {
      double d = alpha < 1 ? alpha + 2.0 / 3.0 : alpha - 1.0 / 3.0;
      double k = Math.sqrt(9.0 * d);
      double c = 1.0 / k;
      while (true) {
        double z = g.nextGaussianDouble();
        if (z > -k) {
          double x = 1.0 + c * z;
          double v = x * x * x;
          if (Math.log(1.0 - g.nextDouble()) < 0.5 * z * z + d * (1.0 - v + Math.log(v))) {
            double sample = d * v * beta;
            return alpha < 1 ? sample * Math.pow(g.nextDouble(), 1.0 / alpha) : sample;
          }
        }
      }
    }

    @Override
    void check(double alpha, double beta) {
      require(alpha > 0, "alpha of a gamma distribution must be positive", alpha);
      require(beta > 0, "beta of a gamma distribution must be positive", beta);
    }
  },

  /**
   * Poisson with mean a (lambda), the same numbers for float32 and float64: products of uniform
   * numbers below a mean of 12, and from there on the rejection method of "Numerical Recipes in C",
   * section 7.3. MXNet's numbers; above a mean of 12 with a chance of about one in 10^7 to part
   * from them, where the last bit of the C library's {@code tanf} decides. From means of about 10^5
   * on that bit decides more often, and the numbers, here as in MXNet, spread too far, since the
   * method is worked in float.
   */
  POISSON {
    @Override
    float draw(MersenneTwister g, float lambda, float unused) {
      return lambda < 12 ? multiply(g, lambda) : reject(g, lambda);
    }

    private static float multiply(MersenneTwister g, float lambda) {
      float threshold = (float) Math.exp(-lambda);
      int count = 0;
      for (float product = g.nextFloat(); product > threshold; product *= g.nextFloat()) {
        count++;
      }
      return count;
    }

    private static float reject(MersenneTwister g, float lambda) {
      float width = (float) Math.sqrt(2.0 * lambda);
      float log = FloatMath.log(lambda);
      float peak = lambda * log - FloatMath.logGamma(lambda + 1);
      while (true) {
        float tangent;
        float count;
        do {
          tangent = (float) Math.tan(PI * g.nextFloat());
          count = width * tangent + lambda;
        } while (count < 0);
        count = (float) Math.floor(count);
        float ratio = (float) Math.exp(count * log - FloatMath.logGamma(count + 1) - peak);
        if (g.nextFloat() <= (float) (0.9 * (1.0 + tangent * tangent) * ratio)) {
          return count;
        }
      }
    }

    @Override
    double draw64(MersenneTwister g, double lambda, double unused) {
      return draw(g, (float) lambda, 0);
    }

    @Override
    void check(double lambda, double unused) {
      checkMean("lambda", lambda);
    }
  },

  /**
   * Negative binomial: how many failures there are before the a-th (k-th) success, each of
   * probability b (p); Poisson with a mean drawn from the gamma distribution, and as close to
   * MXNet's numbers as that.
   */
  NEGATIVE_BINOMIAL {
    @Override
    float draw(MersenneTwister g, float k, float p) {
      return k == 0 ? 0 : POISSON.draw(g, GAMMA.draw(g, k, (float) ((1.0 - p) / p)), 0);
    }

    @Override
    double draw64(MersenneTwister g, double k, double p) {
      return draw(g, (float) k, (float) p);
    }

    @Override
    void check(double k, double p) {
      require(k >= 0, "k of a negative binomial distribution must be 0 or more", k);
      require(
          p > 0 && p <= 1,
          "p of a negative binomial distribution must be more than 0 and at most 1",
          p);
      checkMean("the mean k (1 - p) / p", k * (1 - p) / p);
    }
  },

  /**
   * Generalized negative binomial with mean a (mu) and dispersion b (alpha); with an alpha of 0 it
   * is Poisson. As close to MXNet's numbers as that.
   */
  GENERALIZED_NEGATIVE_BINOMIAL {
    @Override
    float draw(MersenneTwister g, float mu, float alpha) {
      float lambda = alpha == 0 ? mu : GAMMA.draw(g, 1 / alpha, alpha * mu);
      return POISSON.draw(g, lambda, 0);
    }

    @Override
    double draw64(MersenneTwister g, double mu, double alpha) {
      return draw(g, (float) mu, (float) alpha);
    }

    @Override
    void check(double mu, double alpha) {
      checkMean("mu", mu);
      require(
          alpha >= 0,
          "alpha of a generalized negative binomial distribution must be 0 or more",
          alpha);
    }
  };

  /** MXNet's 3.1415926 as a float, one below the float nearest to pi. */
  private static final float PI = 3.1415925f;

  /** One number, computed in float as MXNet does. */
  abstract float draw(MersenneTwister g, float a, float b);

  /** One number, computed in double. */
  abstract double draw64(MersenneTwister g, double a, double b);

  /**
   * One number, computed in double from float parameters, between which MXNet computes in float.
   */
  double draw64(MersenneTwister g, float a, float b) {
    return draw64(g, (double) a, (double) b);
  }

  /** Refuses parameters that the distribution is not defined for. */
  abstract void check(double a, double b);

  /** MXNet's counts are 32-bit: from a larger mean it makes nonsense. */
  private static void checkMean(String name, double mean) {
    require(mean >= 0 && mean <= Integer.MAX_VALUE, name + " must be from 0 to 2147483647", mean);
  }

  private static void require(boolean condition, String rule, double value) {
    if (!condition) {
      throw new IllegalArgumentException(rule + ", but is " + value);
    }
  }
}
