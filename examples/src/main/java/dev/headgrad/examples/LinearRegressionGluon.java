package dev.headgrad.examples;

import dev.headgrad.MX;
import dev.headgrad.Nd;
import dev.headgrad.Slice;
import dev.headgrad.Tensor;
import dev.headgrad.gluon.Loss;
import dev.headgrad.gluon.Trainer;
import dev.headgrad.gluon.nn.Dense;
import dev.headgrad.gluon.nn.Sequential;
import dev.headgrad.optimizer.Sgd;
import dev.headgrad.random.Initializers;
import java.util.Locale;

/** Linear regression with gluon: a layer, a loss and a trainer. */
final class LinearRegressionGluon implements Example {

  private static final int EXAMPLES = 1000;
  private static final int BATCH = 10;

  @Override
  public void run(MX mx, Python out) {
    Nd nd = mx.nd();
    nd.random.seed(42);
    Tensor features = nd.random.normal(0, 1, EXAMPLES, 2);
    Tensor labels = nd.dot(features, nd.array(2, -3.4f)).plus(4.2);
    labels.addi(nd.random.normal(0, 0.01, EXAMPLES));

    Dense layer = new Dense(1);
    Sequential net = new Sequential(layer);
    net.initialize(Initializers.normal(0.01));
    Loss l2 = Loss.l2Loss();
    Trainer trainer = new Trainer(net.collectParams(), new Sgd(0.03));
    for (int epoch = 1; epoch <= 3; epoch++) {
      for (int i = 0; i < EXAMPLES; i += BATCH) {
        Tensor x = features.get(Slice.of(i, i + BATCH));
        Tensor y = labels.get(Slice.of(i, i + BATCH));
        Tensor loss = mx.autograd().record(() -> l2.call(net.call(x), y));
        loss.backward();
        trainer.step(BATCH);
      }
      double loss = l2.call(net.call(features), labels).mean().asScalar();
      out.print(String.format(Locale.ROOT, "epoch %d, loss: %.6f", epoch, loss));
    }
    out.print(layer.weight().data(), layer.bias().data(), layer.weight().grad());
  }
}
