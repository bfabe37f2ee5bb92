package dev.headgrad.examples;

import dev.headgrad.MX;
import dev.headgrad.Tensor;
import dev.headgrad.optimizer.AdaDelta;
import dev.headgrad.optimizer.AdaGrad;
import dev.headgrad.optimizer.Adam;
import dev.headgrad.optimizer.Nag;
import dev.headgrad.optimizer.Optimizer;
import dev.headgrad.optimizer.RmsProp;
import dev.headgrad.optimizer.Sgd;
import java.util.List;
import java.util.Locale;

/** How far each optimizer comes on {@code x1² / 10 + 2 x2²} in twenty steps. */
final class OptimizersPage implements Example {

  @Override
  public void run(MX mx, Python out) {
    run(mx, out, "sgd {'learning_rate': 0.4}", new Sgd(0.4));
    run(mx, out, "sgd {'learning_rate': 0.4, 'momentum': 0.5}", new Sgd(0.4, 0.5));
    run(mx, out, "nag {'learning_rate': 0.1, 'momentum': 0.5}", new Nag(0.1, 0.5));
    run(mx, out, "adagrad {'learning_rate': 0.4}", new AdaGrad(0.4));
    run(mx, out, "rmsprop {'learning_rate': 0.4, 'gamma1': 0.9}", new RmsProp(0.4));
    run(mx, out, "adam {'learning_rate': 0.4}", new Adam(0.4));
    run(mx, out, "adadelta {'rho': 0.9}", new AdaDelta());
  }

  private static void run(MX mx, Python out, String name, Optimizer optimizer) {
    Tensor x = mx.nd().array(-5, -2);
    x.attachGrad();
    List<Tensor> state = optimizer.createState(x);
    for (int step = 0; step < 20; step++) {
      Tensor loss =
          mx.autograd().record(() -> x.get(0).pow(2).times(0.1).plus(x.get(1).pow(2).times(2)));
      loss.backward();
      optimizer.update(0, x, x.getGrad(), state);
    }
    float[] at = x.toFloatArray();
    out.print(String.format(Locale.ROOT, "%s x = [%.5f, %.5f]", name, at[0], at[1]));
  }
}
