package dev.headgrad.optimizer;

import dev.headgrad.Tensor;
import java.util.List;

/** Gradient descent, with momentum if asked for: MXNet's {@code sgd}. */
public final class Sgd extends Optimizer {

  private final double momentum;

  /** {@code weight -= learningRate * g}. */
  public Sgd(double learningRate) {
    this(learningRate, 0);
  }

  /** {@code m = momentum * m - learningRate * g; weight += m}. */
  public Sgd(double learningRate, double momentum) {
    super(learningRate);
    this.momentum = atLeastZero("momentum", momentum);
  }

  @Override
  List<Tensor> newState(Tensor weight) {
    return momentum == 0 ? List.of() : List.of(weight.zerosLike());
  }

  @Override
  void step(Tensor weight, Tensor g, List<Tensor> state, int count) {
    Tensor step = g.times(learningRate());
    if (momentum == 0) {
      weight.subi(step);
    } else {
      weight.addi(state.get(0).muli(momentum).subi(step));
    }
  }
}
