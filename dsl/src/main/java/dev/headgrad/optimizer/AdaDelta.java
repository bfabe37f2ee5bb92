package dev.headgrad.optimizer;

import dev.headgrad.Tensor;
import java.util.List;

/**
 * Steps as long as steps have been, over gradients as large as they have been: MXNet's {@code
 * adadelta}, which has no learning rate. {@code n = rho * n + (1 - rho) * g²; d = sqrt(s + eps) /
 * sqrt(n + eps) * g; s = rho * s + (1 - rho) * d²; weight -= d + wd * weight}. Zeiler, "ADADELTA:
 * an adaptive learning rate method", 2012.
 */
public final class AdaDelta extends Optimizer {

  private final double rho;
  private final double eps;

  /** The rule with rho = 0.9 and eps = 1e-5. */
  public AdaDelta() {
    this(0.9, 1e-5);
  }

  /** The rule. */
  public AdaDelta(double rho, double eps) {
    super(1);
    this.rho = atLeastZero("rho", rho);
    this.eps = atLeastZero("eps", eps);
  }

  @Override
  List<Tensor> newState(Tensor weight) {
    return List.of(weight.zerosLike(), weight.zerosLike());
  }

  @Override
  boolean addsDecay() {
    return false;
  }

  @Override
  void step(Tensor weight, Tensor g, List<Tensor> state, int count) {
    Tensor n = state.get(0);
    Tensor s = state.get(1);
    blend(n, g.square(), rho);
    Tensor d = s.plus(eps).sqrt().div(n.plus(eps).sqrt()).times(g);
    blend(s, d.square(), rho);
    weight.subi(d.plus(weight.times(wd())));
  }
}
