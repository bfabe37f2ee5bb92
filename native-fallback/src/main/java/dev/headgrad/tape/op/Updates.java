package dev.headgrad.tape.op;

import ai.djl.ndarray.types.DataType;
import dev.headgrad.tape.core.DenseArray;
import dev.headgrad.tape.core.Elements;
import dev.headgrad.tape.kernel.Workers;

/**
 * The optimizers' updates of weights, in place and in one pass over all that they read.
 *
 * <p>In all of them g is the gradient after {@code clip(rescale * gradient)}, plus {@code decay *
 * weight} unless it says otherwise. Adam and RMSProp clip the sum. The formulas are MXNet's.
 */
public final class Updates {

  /** Elements that are worth a thread of their own. */
  private static final int GRAIN = 1 << 15;

  private Updates() {}

  /**
   * What is done to the gradient before it is used.
   *
   * @param decay the weight decay
   * @param rescale what the gradient is multiplied with first
   * @param clip the largest magnitude it may have then; none if it is not positive
   */
  public record Preparation(double decay, double rescale, double clip) {

    private double gradient(double gradient, double weight) {
      return clipped(gradient) + decay * weight;
    }

    /** As Adam and RMSProp of MXNet take it: the decay is clipped too. */
    private double clippedWithDecay(double gradient, double weight) {
      return clip(rescale * gradient + decay * weight);
    }

    private double clipped(double gradient) {
      return clip(rescale * gradient);
    }

    private double clip(double g) {
      return clip > 0 ? Math.max(-clip, Math.min(clip, g)) : g;
    }
  }

  /** Works on one element of a weight, with its gradient and the optimizer's states. */
  @FunctionalInterface
  private interface Rule {
    /**
     * @param g the gradient as it is
     * @param state the states before, to be overwritten with those after
     * @return the new weight
     */
    double apply(double w, double g, double[] state);
  }

  private static void update(
      DenseArray weight, DenseArray gradient, Rule rule, DenseArray... states) {
    DenseArray w = Elements.contiguous(weight);
    DenseArray g = Elements.to(gradient, Types.floating(gradient.type()));
    DenseArray[] s = new DenseArray[states.length];
    for (int k = 0; k < s.length; k++) {
      s[k] = Elements.contiguous(states[k]);
    }
    Workers.parallelFor(
        w.size(),
        GRAIN,
        (from, to) -> {
          double[] state = new double[s.length];
          for (int i = from; i < to; i++) {
            for (int k = 0; k < s.length; k++) {
              state[k] = get(s[k], i);
            }
            set(w, i, rule.apply(get(w, i), get(g, i), state));
            for (int k = 0; k < s.length; k++) {
              set(s[k], i, state[k]);
            }
          }
        });
    finish(w, weight);
    for (int k = 0; k < s.length; k++) {
      finish(s[k], states[k]);
    }
  }

  private static double get(DenseArray x, int i) {
    return Elements.getDouble(x.data(), x.type(), x.offset() + i);
  }

  private static void set(DenseArray x, int i, double value) {
    Elements.setDouble(x.data(), x.type(), x.offset() + i, value);
  }

  /** Writes a contiguous copy back, if it was one. */
  private static void finish(DenseArray updated, DenseArray target) {
    if (updated != target) {
      Elements.write(updated, target);
    }
    target.written();
  }

  /** {@code w -= rate g}. */
  public static void sgd(DenseArray w, DenseArray gradient, double rate, Preparation p) {
    if (w.type() == DataType.FLOAT32
        && gradient.type() == DataType.FLOAT32
        && w.isContiguous()
        && gradient.isContiguous()) {
      sgdOfFloats(w, gradient, (float) rate, p);
    } else {
      update(w, gradient, (x, g, s) -> x - rate * p.gradient(g, x));
    }
  }

  private static void sgdOfFloats(DenseArray w, DenseArray gradient, float rate, Preparation p) {
    float[] x = w.floats();
    float[] g = gradient.floats();
    int go = gradient.offset() - w.offset();
    float decay = (float) p.decay();
    float rescale = (float) p.rescale();
    float clip = p.clip() > 0 ? (float) p.clip() : Float.POSITIVE_INFINITY;
    Workers.parallelFor(
        w.size(),
        GRAIN,
        (from, to) -> {
          for (int i = w.offset() + from; i < w.offset() + to; i++) {
            float step = Math.max(-clip, Math.min(clip, rescale * g[go + i]));
            x[i] -= rate * (step + decay * x[i]);
          }
        });
    w.written();
  }

  /** {@code m = momentum m - rate g; w += m}. */
  public static void momentum(
      DenseArray w,
      DenseArray gradient,
      DenseArray m,
      double rate,
      double momentum,
      Preparation p) {
    update(
        w,
        gradient,
        (x, g, s) -> {
          s[0] = momentum * s[0] - rate * p.gradient(g, x);
          return x + s[0];
        },
        m);
  }

  /** Nesterov's: {@code m' = momentum m - rate g; w += (1 + momentum) m' - momentum m}. */
  public static void nesterov(
      DenseArray w,
      DenseArray gradient,
      DenseArray m,
      double rate,
      double momentum,
      Preparation p) {
    update(
        w,
        gradient,
        (x, g, s) -> {
          double before = momentum * s[0];
          s[0] = before - rate * p.gradient(g, x);
          return x - before + (1 + momentum) * s[0];
        },
        m);
  }

  /**
   * {@code m = b1 m + (1 - b1) g; v = b2 v + (1 - b2) g²; w -= rate m / (√v + eps)}.
   *
   * @param decoupled a share of the weight that is taken off beside that (AdamW, where g has no
   *     decay in it); 0 for Adam
   */
  public static void adam(
      DenseArray w,
      DenseArray gradient,
      DenseArray m,
      DenseArray v,
      double rate,
      double decoupled,
      double beta1,
      double beta2,
      double eps,
      Preparation p) {
    update(
        w,
        gradient,
        (x, raw, s) -> {
          double g = p.clippedWithDecay(raw, x);
          s[0] = beta1 * s[0] + (1 - beta1) * g;
          s[1] = beta2 * s[1] + (1 - beta2) * g * g;
          return x - decoupled * x - rate * s[0] / (Math.sqrt(s[1]) + eps);
        },
        m,
        v);
  }

  /** {@code n = rho n + (1 - rho) g²; w -= rate g / √(n + eps)}. */
  public static void rmsProp(
      DenseArray w,
      DenseArray gradient,
      DenseArray n,
      double rate,
      double rho,
      double eps,
      Preparation p) {
    update(
        w,
        gradient,
        (x, raw, s) -> {
          double g = p.clippedWithDecay(raw, x);
          s[0] = rho * s[0] + (1 - rho) * g * g;
          return x - rate * g / Math.sqrt(s[0] + eps);
        },
        n);
  }

  /**
   * Centered, with momentum: {@code n = rho n + (1 - rho) g²; m = rho m + (1 - rho) g; d = momentum
   * d - rate g / √(n - m² + eps); w += d}.
   */
  public static void centeredRmsProp(
      DenseArray w,
      DenseArray gradient,
      DenseArray n,
      DenseArray m,
      DenseArray d,
      double rate,
      double rho,
      double momentum,
      double eps,
      Preparation p) {
    update(
        w,
        gradient,
        (x, raw, s) -> {
          double g = p.clippedWithDecay(raw, x);
          s[0] = rho * s[0] + (1 - rho) * g * g;
          s[1] = rho * s[1] + (1 - rho) * g;
          s[2] = momentum * s[2] - rate * g / Math.sqrt(s[0] - s[1] * s[1] + eps);
          return x + s[2];
        },
        n,
        m,
        d);
  }

  /** {@code n += g²; w -= rate (g / (√n + eps) + decay w)}, g without the decay. */
  public static void adaGrad(
      DenseArray w, DenseArray gradient, DenseArray n, double rate, double eps, Preparation p) {
    update(
        w,
        gradient,
        (x, raw, s) -> {
          double g = p.clipped(raw);
          s[0] += g * g;
          return x - rate * (g / (Math.sqrt(s[0]) + eps) + p.decay() * x);
        },
        n);
  }

  /**
   * {@code s = rho s + (1 - rho) g²; u = √(d + eps) / √(s + eps) g; d = rho d + (1 - rho) u²; w -=
   * u}.
   */
  public static void adaDelta(
      DenseArray w,
      DenseArray gradient,
      DenseArray squares,
      DenseArray deltas,
      double rho,
      double eps,
      Preparation p) {
    update(
        w,
        gradient,
        (x, raw, s) -> {
          double g = p.gradient(raw, x);
          s[0] = rho * s[0] + (1 - rho) * g * g;
          double u = Math.sqrt(s[1] + eps) / Math.sqrt(s[0] + eps) * g;
          s[1] = rho * s[1] + (1 - rho) * u * u;
          return x - u;
        },
        squares,
        deltas);
  }
}
