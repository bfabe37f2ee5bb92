package dev.headgrad.examples;

import dev.headgrad.MX;
import dev.headgrad.Nd;
import dev.headgrad.Slice;
import dev.headgrad.Tensor;
import java.util.Locale;

/** Linear regression with nothing but arrays and gradients: y = Xw + b from noisy data. */
final class LinearRegressionScratch implements Example {

  private static final int EXAMPLES = 1000;
  private static final int BATCH = 10;
  private static final double LEARNING_RATE = 0.03;

  @Override
  public void run(MX mx, Python out) {
    Nd nd = mx.nd();
    nd.random.seed(42);
    Tensor trueWeights = nd.array(2, -3.4f);
    Tensor features = nd.random.normal(0, 1, EXAMPLES, 2);
    Tensor labels = nd.dot(features, trueWeights).plus(4.2);
    labels.addi(nd.random.normal(0, 0.01, EXAMPLES));
    out.print(features.get(0), labels.get(0));

    Tensor w = nd.random.normal(0, 0.01, 2, 1);
    Tensor b = nd.zeros(1);
    w.attachGrad();
    b.attachGrad();
    for (int epoch = 1; epoch <= 3; epoch++) {
      for (int i = 0; i < EXAMPLES; i += BATCH) {
        Tensor batchFeatures = features.get(Slice.of(i, i + BATCH));
        Tensor batchLabels = labels.get(Slice.of(i, i + BATCH));
        Tensor loss = mx.autograd().record(() -> squaredLoss(nd, batchFeatures, w, b, batchLabels));
        loss.backward();
        for (Tensor p : new Tensor[] {w, b}) {
          p.assign(p.minus(p.getGrad().times(LEARNING_RATE).div(BATCH)));
        }
      }
      double loss = squaredLoss(nd, features, w, b, labels).mean().asScalar();
      out.print(String.format(Locale.ROOT, "epoch %d, loss %.6f", epoch, loss));
    }
    out.print(w, b);
  }

  private static Tensor squaredLoss(Nd nd, Tensor features, Tensor w, Tensor b, Tensor labels) {
    return nd.dot(features, w).plus(b).minus(labels.reshape(-1, 1)).pow(2).div(2);
  }
}
