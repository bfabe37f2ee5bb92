package dev.headgrad.optimizer;

import dev.headgrad.Tensor;
import java.util.List;

/**
 * Steps that shrink with the squares of all gradients so far: MXNet's {@code adagrad}. {@code h +=
 * g²; weight -= learningRate * (g / sqrt(h + eps) + wd * weight)}. Duchi, Hazan and Singer,
 * "Adaptive subgradient methods", JMLR 2011.
 */
public final class AdaGrad extends Optimizer {

  private final double eps;

  /** The rule with eps = 1e-7. */
  public AdaGrad(double learningRate) {
    this(learningRate, 1e-7);
  }

  /** The rule. */
  public AdaGrad(double learningRate, double eps) {
    super(learningRate);
    this.eps = atLeastZero("eps", eps);
  }

  @Override
  List<Tensor> newState(Tensor weight) {
    return List.of(weight.zerosLike());
  }

  @Override
  boolean addsDecay() {
    return false;
  }

  @Override
  void step(Tensor weight, Tensor g, List<Tensor> state, int count) {
    Tensor h = state.get(0).addi(g.square());
    Tensor direction = g.div(h.plus(eps).sqrt());
    weight.subi(direction.plus(weight.times(wd())).times(learningRate()));
  }
}
