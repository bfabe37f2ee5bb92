package dev.headgrad.optimizer;

import dev.headgrad.Tensor;
import dev.headgrad.TensorScope;
import dev.headgrad.djl.RecordScope;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A rule that changes a weight by its gradient: MXNet's {@code mx.optimizer.Optimizer}.
 *
 * <p>The gradient that a rule sees is {@code rescaleGrad * grad}, clipped if that is asked for,
 * plus {@code wd * weight}. Formulas below call it g.
 */
public abstract class Optimizer {

  private double learningRate;
  private double wd;
  private double rescaleGrad = 1;
  private double clipGradient = Double.POSITIVE_INFINITY;
  private final Map<Integer, Integer> updates = new HashMap<>();

  Optimizer(double learningRate) {
    setLearningRate(learningRate);
  }

  /** The step's length, 0 or more. */
  public final void setLearningRate(double learningRate) {
    this.learningRate = atLeastZero("learningRate", learningRate);
  }

  /** The step's length. */
  public final double learningRate() {
    return learningRate;
  }

  /** Weight decay: how much of the weight is added to its gradient; 0 at first. */
  public final void setWd(double wd) {
    this.wd = atLeastZero("wd", wd);
  }

  /** What gradients are multiplied with; 1 at first. */
  public final void setRescaleGrad(double rescaleGrad) {
    this.rescaleGrad = rescaleGrad;
  }

  /** The bound, above 0, that no element of a gradient goes beyond; infinite at first. */
  public final void setClipGradient(double clipGradient) {
    if (!(clipGradient > 0)) {
      throw new IllegalArgumentException("clipGradient must be above 0, not " + clipGradient);
    }
    this.clipGradient = clipGradient;
  }

  /** What the rule remembers about a weight, before the first update. */
  public final List<Tensor> createState(Tensor weight) {
    return weight.mx().lasting(() -> newState(weight));
  }

  /**
   * Changes a weight and what is remembered about it, in place.
   *
   * @param index which weight it is, for rules that count updates
   * @param weight the weight
   * @param grad its gradient, of the same shape and dtype
   * @param state what {@link #createState} gave for this weight
   */
  public final void update(int index, Tensor weight, Tensor grad, List<Tensor> state) {
    int count = updates.merge(index, 1, Integer::sum);
    try (RecordScope unrecorded = weight.mx().autograd().pause();
        TensorScope temporaries = weight.mx().scope()) {
      step(weight, scaled(weight, grad), state, count);
    }
  }

  private Tensor scaled(Tensor weight, Tensor grad) {
    Tensor g = rescaleGrad == 1 ? grad : grad.times(rescaleGrad);
    if (clipGradient < Double.POSITIVE_INFINITY) {
      g = g.clip(-clipGradient, clipGradient);
    }
    return wd == 0 || !addsDecay() ? g : g.plus(weight.times(wd));
  }

  /** What is remembered: nothing, unless a rule says otherwise. */
  List<Tensor> newState(Tensor weight) {
    return List.of();
  }

  /** Whether weight decay is a part of g, rather than of the step. */
  boolean addsDecay() {
    return true;
  }

  /** Weight decay. */
  final double wd() {
    return wd;
  }

  /**
   * One step.
   *
   * @param g the gradient, not to be written to
   * @param count how many updates of this weight there have been, with this one
   */
  abstract void step(Tensor weight, Tensor g, List<Tensor> state, int count);

  /**
   * {@code average = rate * average + (1 - rate) * value}, with rates of MXNet's float precision.
   */
  static void blend(Tensor average, Tensor value, double rate) {
    average.muli(rate).addi(value.times(1 - (float) rate));
  }

  static double atLeastZero(String name, double value) {
    if (!(value >= 0)) {
      throw new IllegalArgumentException(name + " must be 0 or more, not " + value);
    }
    return value;
  }
}
