package dev.headgrad.optimizer;

import dev.headgrad.Tensor;
import java.util.List;

/**
 * Nesterov's accelerated gradient: MXNet's {@code nag}. {@code m = momentum * m - learningRate * g;
 * weight += momentum * m - learningRate * g}. (With weight decay, MXNet lets m see the new weight,
 * by an accident of writing in place.)
 */
public final class Nag extends Optimizer {

  private final double momentum;

  /** The rule. */
  public Nag(double learningRate, double momentum) {
    super(learningRate);
    this.momentum = atLeastZero("momentum", momentum);
  }

  @Override
  List<Tensor> newState(Tensor weight) {
    return List.of(weight.zerosLike());
  }

  @Override
  void step(Tensor weight, Tensor g, List<Tensor> state, int count) {
    Tensor step = g.times(learningRate());
    Tensor m = state.get(0).muli(momentum).subi(step);
    weight.addi(m.times(momentum).minus(step));
  }
}
