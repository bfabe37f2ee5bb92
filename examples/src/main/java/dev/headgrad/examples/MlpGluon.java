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
import java.util.stream.Collectors;

/** A multilayer perceptron with gluon, Xavier's first weights, and momentum. */
final class MlpGluon implements Example {

  private static final int EXAMPLES = 2000;
  private static final int BATCH = 250;

  @Override
  public void run(MX mx, Python out) {
    Nd nd = mx.nd();
    nd.random.seed(2);
    Images images = Images.of(nd, EXAMPLES, 3);
    Sequential net = new Sequential();
    net.add(new Dense(256, "relu"), new Dense(10));
    net.initialize(Initializers.xavier());
    Loss crossEntropy = Loss.softmaxCrossEntropyLoss();
    Trainer trainer = new Trainer(net.collectParams(), new Sgd(0.01, 0.9));
    for (int epoch = 1; epoch <= 4; epoch++) {
      double total = 0;
      double right = 0;
      for (int i = 0; i < EXAMPLES; i += BATCH) {
        Tensor x = images.pixels().get(Slice.of(i, i + BATCH));
        Tensor y = images.labels().get(Slice.of(i, i + BATCH));
        Tensor[] guess = new Tensor[1];
        Tensor losses =
            mx.autograd()
                .record(
                    () -> {
                      guess[0] = net.call(x);
                      return crossEntropy.call(guess[0], y);
                    });
        losses.backward();
        trainer.step(BATCH);
        total += losses.sum().asScalar();
        right += guess[0].argmax(1).eq(y).sum().asScalar();
      }
      String loss = Python.fixed(total / EXAMPLES, 5);
      String accuracy = Python.fixed(right / EXAMPLES, 3);
      out.print("epoch " + epoch + ", loss " + loss + ", train acc " + accuracy);
    }
    out.print(
        net.collectParams().entrySet().stream()
            .map(e -> "('" + e.getKey() + "', " + Python.shape(e.getValue().data()) + ")")
            .collect(Collectors.joining(", ", "[", "]")));
  }
}
