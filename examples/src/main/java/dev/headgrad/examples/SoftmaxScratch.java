package dev.headgrad.examples;

import dev.headgrad.MX;
import dev.headgrad.Nd;
import dev.headgrad.Slice;
import dev.headgrad.Tensor;
import java.util.Locale;

/** Softmax regression from scratch, on the seeded stand-in images. */
final class SoftmaxScratch implements Example {

  private static final int EXAMPLES = 2000;
  private static final int BATCH = 250;
  private static final double LEARNING_RATE = 0.02;

  @Override
  public void run(MX mx, Python out) {
    Nd nd = mx.nd();
    nd.random.seed(1);
    Images images = Images.of(nd, EXAMPLES, 0.35);
    Tensor pixels = images.pixels().reshape(EXAMPLES, 784);
    Tensor w = nd.random.normal(0, 0.01, 784, 10);
    Tensor b = nd.zeros(10);
    w.attachGrad();
    b.attachGrad();

    for (int epoch = 1; epoch <= 4; epoch++) {
      double total = 0;
      double right = 0;
      for (int i = 0; i < EXAMPLES; i += BATCH) {
        Tensor batch = pixels.get(Slice.of(i, i + BATCH));
        Tensor labels = images.labels().get(Slice.of(i, i + BATCH));
        Tensor[] guess = new Tensor[1];
        Tensor loss =
            mx.autograd()
                .record(
                    () -> {
                      guess[0] = softmax(nd.dot(batch, w).plus(b));
                      return nd.pick(guess[0], labels).log().unaryMinus().sum();
                    });
        loss.backward();
        for (Tensor p : new Tensor[] {w, b}) {
          p.assign(p.minus(p.getGrad().times(LEARNING_RATE).div(BATCH)));
        }
        total += loss.asScalar();
        right += guess[0].argmax(1).eq(labels).sum().asScalar();
      }
      out.print(
          String.format(
              Locale.ROOT,
              "epoch %d, loss %.5f, train acc %.3f",
              epoch,
              total / EXAMPLES,
              right / EXAMPLES));
    }
  }

  private static Tensor softmax(Tensor x) {
    Tensor e = x.exp();
    return e.div(e.sum(1, true));
  }
}
