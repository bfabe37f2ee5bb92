package dev.headgrad.tape.kernel.arithmetic;

/**
 * How an optimizer updates weights: in place and in one pass over all that it reads. The formulas
 * are MXNet's.
 *
 * <p>In all of them g is the gradient after {@code clip(rescale * gradient)}, plus {@code decay *
 * w} unless it says otherwise; Adam and RMSProp clip the sum. That all arrays are read at the same
 * index is what lets the JIT compiler turn the loops into vector instructions.
 */
public abstract class UpdateRule {

  /**
   * What is done to the gradient before it is used.
   *
   * @param decay the weight decay
   * @param rescale what the gradient is multiplied with first
   * @param clip the largest magnitude it may have then; none if it is not positive
   */
  public record Preparation(float decay, float rescale, float clip) {}

  final float decay;
  final float rescale;
  final float clip;

  /** Asked for in loops, so that C2 makes two of each: clipping takes as long as all the rest. */
  private final boolean clips;

  UpdateRule(Preparation p) {
    decay = p.decay;
    rescale = p.rescale;
    clip = p.clip;
    clips = p.clip > 0;
  }

  /**
   * Updates the elements {@code from <= i < to}.
   *
   * @param x the weights, their gradient, and the states of the optimizer
   * @param from the first index
   * @param to the index after the last
   */
  public abstract void run(float[][] x, int from, int to);

  /**
   * Updates the elements {@code from <= i < to}.
   *
   * @param x the weights, their gradient, and the states of the optimizer
   * @param from the first index
   * @param to the index after the last
   */
  public abstract void run(double[][] x, int from, int to);

  final float clipped(float g) {
    return clips ? Math.max(-clip, Math.min(clip, g)) : g;
  }

  final double clipped(double g) {
    return clips ? Math.max(-clip, Math.min(clip, g)) : g;
  }

  /** {@code w -= rate g}. */
  public static final class Sgd extends UpdateRule {
    private final float rate;

    /** The rule with these parameters. */
    public Sgd(float rate, Preparation p) {
      super(p);
      this.rate = rate;
    }

    @Override
    public void run(float[][] x, int from, int to) {
      float[] w = x[0];
      float[] gradient = x[1];
      for (int i = from; i < to; i++) {
        float g = clipped(rescale * gradient[i]) + decay * w[i];
        w[i] -= rate * g;
      }
    }

    @Override
    public void run(double[][] x, int from, int to) {
      double[] w = x[0];
      double[] gradient = x[1];
      for (int i = from; i < to; i++) {
        double g = clipped(rescale * gradient[i]) + decay * w[i];
        w[i] -= rate * g;
      }
    }
  }

  /** {@code m = momentum m - rate g; w += m}, on the state m. */
  public static final class Momentum extends UpdateRule {
    private final float rate;
    private final float momentum;

    /** The rule with these parameters. */
    public Momentum(float rate, float momentum, Preparation p) {
      super(p);
      this.rate = rate;
      this.momentum = momentum;
    }

    @Override
    public void run(float[][] x, int from, int to) {
      float[] w = x[0];
      float[] gradient = x[1];
      float[] m = x[2];
      for (int i = from; i < to; i++) {
        float g = clipped(rescale * gradient[i]) + decay * w[i];
        m[i] = momentum * m[i] - rate * g;
        w[i] += m[i];
      }
    }

    @Override
    public void run(double[][] x, int from, int to) {
      double[] w = x[0];
      double[] gradient = x[1];
      double[] m = x[2];
      for (int i = from; i < to; i++) {
        double g = clipped(rescale * gradient[i]) + decay * w[i];
        m[i] = momentum * m[i] - rate * g;
        w[i] += m[i];
      }
    }
  }

  /**
   * Nesterov's momentum: {@code m' = momentum m - rate g; w += (1 + momentum) m' - momentum m}, on
   * the state m.
   */
  public static final class Nesterov extends UpdateRule {
    private final float rate;
    private final float momentum;

    /** The rule with these parameters. */
    public Nesterov(float rate, float momentum, Preparation p) {
      super(p);
      this.rate = rate;
      this.momentum = momentum;
    }

    @Override
    public void run(float[][] x, int from, int to) {
      float[] w = x[0];
      float[] gradient = x[1];
      float[] m = x[2];
      for (int i = from; i < to; i++) {
        float g = clipped(rescale * gradient[i]) + decay * w[i];
        float before = momentum * m[i];
        float after = before - rate * g;
        m[i] = after;
        w[i] += (1 + momentum) * after - before;
      }
    }

    @Override
    public void run(double[][] x, int from, int to) {
      double[] w = x[0];
      double[] gradient = x[1];
      double[] m = x[2];
      for (int i = from; i < to; i++) {
        double g = clipped(rescale * gradient[i]) + decay * w[i];
        double before = momentum * m[i];
        double after = before - rate * g;
        m[i] = after;
        w[i] += (1 + momentum) * after - before;
      }
    }
  }

  /**
   * {@code m = b1 m + (1 - b1) g; v = b2 v + (1 - b2) g²; w -= rate m / (√v + eps)}, on the states
   * m and v. AdamW takes a share of the weight off beside that, and g has no decay in it.
   */
  public static final class Adam extends UpdateRule {
    private final float rate;
    private final float decoupled;
    private final float beta1;
    private final float beta2;
    private final float eps;

    /** The rule with these parameters. */
    public Adam(float rate, float decoupled, float beta1, float beta2, float eps, Preparation p) {
      super(p);
      this.rate = rate;
      this.decoupled = decoupled;
      this.beta1 = beta1;
      this.beta2 = beta2;
      this.eps = eps;
    }

    @Override
    public void run(float[][] x, int from, int to) {
      float[] w = x[0];
      float[] gradient = x[1];
      float[] m = x[2];
      float[] v = x[3];
      for (int i = from; i < to; i++) {
        float g = clipped(rescale * gradient[i] + decay * w[i]);
        m[i] = beta1 * m[i] + (1 - beta1) * g;
        v[i] = beta2 * v[i] + (1 - beta2) * g * g;
        w[i] -= decoupled * w[i] + rate * m[i] / ((float) Math.sqrt(v[i]) + eps);
      }
    }

    @Override
    public void run(double[][] x, int from, int to) {
      double[] w = x[0];
      double[] gradient = x[1];
      double[] m = x[2];
      double[] v = x[3];
      for (int i = from; i < to; i++) {
        double g = clipped(rescale * gradient[i] + decay * w[i]);
        m[i] = beta1 * m[i] + (1 - beta1) * g;
        v[i] = beta2 * v[i] + (1 - beta2) * g * g;
        w[i] -= decoupled * w[i] + rate * m[i] / (Math.sqrt(v[i]) + eps);
      }
    }
  }

  /** {@code n = rho n + (1 - rho) g²; w -= rate g / √(n + eps)}, on the state n. */
  public static final class RmsProp extends UpdateRule {
    private final float rate;
    private final float rho;
    private final float eps;

    /** The rule with these parameters. */
    public RmsProp(float rate, float rho, float eps, Preparation p) {
      super(p);
      this.rate = rate;
      this.rho = rho;
      this.eps = eps;
    }

    @Override
    public void run(float[][] x, int from, int to) {
      float[] w = x[0];
      float[] gradient = x[1];
      float[] n = x[2];
      for (int i = from; i < to; i++) {
        float g = clipped(rescale * gradient[i] + decay * w[i]);
        n[i] = rho * n[i] + (1 - rho) * g * g;
        w[i] -= rate * g / (float) Math.sqrt(n[i] + eps);
      }
    }

    @Override
    public void run(double[][] x, int from, int to) {
      double[] w = x[0];
      double[] gradient = x[1];
      double[] n = x[2];
      for (int i = from; i < to; i++) {
        double g = clipped(rescale * gradient[i] + decay * w[i]);
        n[i] = rho * n[i] + (1 - rho) * g * g;
        w[i] -= rate * g / Math.sqrt(n[i] + eps);
      }
    }
  }

  /**
   * RMSProp, centered and with momentum: {@code n = rho n + (1 - rho) g²; m = rho m + (1 - rho) g;
   * d = momentum d - rate g / √(n - m² + eps); w += d}, on the states n, m and d.
   */
  public static final class CenteredRmsProp extends UpdateRule {
    private final float rate;
    private final float rho;
    private final float momentum;
    private final float eps;

    /** The rule with these parameters. */
    public CenteredRmsProp(float rate, float rho, float momentum, float eps, Preparation p) {
      super(p);
      this.rate = rate;
      this.rho = rho;
      this.momentum = momentum;
      this.eps = eps;
    }

    @Override
    public void run(float[][] x, int from, int to) {
      float[] w = x[0];
      float[] gradient = x[1];
      float[] n = x[2];
      float[] m = x[3];
      float[] d = x[4];
      for (int i = from; i < to; i++) {
        float g = clipped(rescale * gradient[i] + decay * w[i]);
        n[i] = rho * n[i] + (1 - rho) * g * g;
        m[i] = rho * m[i] + (1 - rho) * g;
        d[i] = momentum * d[i] - rate * g / (float) Math.sqrt(n[i] - m[i] * m[i] + eps);
        w[i] += d[i];
      }
    }

    @Override
    public void run(double[][] x, int from, int to) {
      double[] w = x[0];
      double[] gradient = x[1];
      double[] n = x[2];
      double[] m = x[3];
      double[] d = x[4];
      for (int i = from; i < to; i++) {
        double g = clipped(rescale * gradient[i] + decay * w[i]);
        n[i] = rho * n[i] + (1 - rho) * g * g;
        m[i] = rho * m[i] + (1 - rho) * g;
        d[i] = momentum * d[i] - rate * g / Math.sqrt(n[i] - m[i] * m[i] + eps);
        w[i] += d[i];
      }
    }
  }

  /** {@code n += g²; w -= rate (g / (√n + eps) + decay w)}, g without the decay, on the state n. */
  public static final class AdaGrad extends UpdateRule {
    private final float rate;
    private final float eps;

    /** The rule with these parameters. */
    public AdaGrad(float rate, float eps, Preparation p) {
      super(p);
      this.rate = rate;
      this.eps = eps;
    }

    @Override
    public void run(float[][] x, int from, int to) {
      float[] w = x[0];
      float[] gradient = x[1];
      float[] n = x[2];
      for (int i = from; i < to; i++) {
        float g = clipped(rescale * gradient[i]);
        n[i] += g * g;
        w[i] -= rate * (g / ((float) Math.sqrt(n[i]) + eps) + decay * w[i]);
      }
    }

    @Override
    public void run(double[][] x, int from, int to) {
      double[] w = x[0];
      double[] gradient = x[1];
      double[] n = x[2];
      for (int i = from; i < to; i++) {
        double g = clipped(rescale * gradient[i]);
        n[i] += g * g;
        w[i] -= rate * (g / (Math.sqrt(n[i]) + eps) + decay * w[i]);
      }
    }
  }

  /**
   * {@code s = rho s + (1 - rho) g²; u = √(d + eps) / √(s + eps) g; d = rho d + (1 - rho) u²; w -=
   * u}, on the states s and d.
   */
  public static final class AdaDelta extends UpdateRule {
    private final float rho;
    private final float eps;

    /** The rule with these parameters. */
    public AdaDelta(float rho, float eps, Preparation p) {
      super(p);
      this.rho = rho;
      this.eps = eps;
    }

    @Override
    public void run(float[][] x, int from, int to) {
      float[] w = x[0];
      float[] gradient = x[1];
      float[] s = x[2];
      float[] d = x[3];
      for (int i = from; i < to; i++) {
        float g = clipped(rescale * gradient[i]) + decay * w[i];
        s[i] = rho * s[i] + (1 - rho) * g * g;
        float u = (float) Math.sqrt(d[i] + eps) / (float) Math.sqrt(s[i] + eps) * g;
        d[i] = rho * d[i] + (1 - rho) * u * u;
        w[i] -= u;
      }
    }

    @Override
    public void run(double[][] x, int from, int to) {
      double[] w = x[0];
      double[] gradient = x[1];
      double[] s = x[2];
      double[] d = x[3];
      for (int i = from; i < to; i++) {
        double g = clipped(rescale * gradient[i]) + decay * w[i];
        s[i] = rho * s[i] + (1 - rho) * g * g;
        double u = Math.sqrt(d[i] + eps) / Math.sqrt(s[i] + eps) * g;
        d[i] = rho * d[i] + (1 - rho) * u * u;
        w[i] -= u;
      }
    }
  }
}
