package dev.headgrad.optimizer;

import dev.headgrad.Tensor;
import java.util.List;

/**
 * Steps divided by a running mean of the gradients' size: MXNet's {@code rmsprop}. {@code n =
 * gamma1 * n + (1 - gamma1) * g²; weight -= learningRate * g / sqrt(n + eps)}. Tieleman and Hinton,
 * 2012.
 */
public final class RmsProp extends Optimizer {

  private final double gamma1;
  private final double eps;

  /** The rule with gamma1 = 0.9 and eps = 1e-8. */
  public RmsProp(double learningRate) {
    this(learningRate, 0.9, 1e-8);
  }

  /** The rule. */
  public RmsProp(double learningRate, double gamma1, double eps) {
    super(learningRate);
    this.gamma1 = atLeastZero("gamma1", gamma1);
    this.eps = atLeastZero("eps", eps);
  }

  @Override
  List<Tensor> newState(Tensor weight) {
    return List.of(weight.zerosLike());
  }

  @Override
  void step(Tensor weight, Tensor g, List<Tensor> state, int count) {
    Tensor n = state.get(0);
    blend(n, g.square(), gamma1);
    weight.subi(g.times(learningRate()).div(n.plus(eps).sqrt()));
  }
}
