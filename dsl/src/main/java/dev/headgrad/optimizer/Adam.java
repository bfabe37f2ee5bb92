package dev.headgrad.optimizer;

import dev.headgrad.Tensor;
import java.util.List;

/**
 * Running means of gradients and of their squares, corrected for their start at 0: MXNet's {@code
 * adam}. {@code m = beta1 * m + (1 - beta1) * g; v = beta2 * v + (1 - beta2) * g²; weight -=
 * learningRate * sqrt(1 - beta2^t) / (1 - beta1^t) * m / (sqrt(v) + eps)} at the t-th update.
 * Kingma and Ba, "Adam: a method for stochastic optimization", ICLR 2015.
 */
public final class Adam extends Optimizer {

  private final double beta1;
  private final double beta2;
  private final double eps;

  /** The rule with beta1 = 0.9, beta2 = 0.999 and eps = 1e-8. */
  public Adam(double learningRate) {
    this(learningRate, 0.9, 0.999, 1e-8);
  }

  /** The rule. */
  public Adam(double learningRate, double beta1, double beta2, double eps) {
    super(learningRate);
    this.beta1 = atLeastZero("beta1", beta1);
    this.beta2 = atLeastZero("beta2", beta2);
    this.eps = atLeastZero("eps", eps);
  }

  @Override
  List<Tensor> newState(Tensor weight) {
    return List.of(weight.zerosLike(), weight.zerosLike());
  }

  @Override
  void step(Tensor weight, Tensor g, List<Tensor> state, int count) {
    Tensor m = state.get(0);
    Tensor v = state.get(1);
    blend(m, g, beta1);
    blend(v, g.square(), beta2);
    double rate =
        learningRate() * Math.sqrt(1 - Math.pow(beta2, count)) / (1 - Math.pow(beta1, count));
    weight.subi(m.times(rate).div(v.sqrt().plus(eps)));
  }
}
