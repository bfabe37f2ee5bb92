package dev.headgrad.examples;

import dev.headgrad.MX;
import dev.headgrad.Nd;
import dev.headgrad.Slice;
import dev.headgrad.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** A character RNN from scratch, with gradient clipping. */
final class RnnScratch implements Example {

  private static final String TEXT =
      ("the head gradient is the gradient of what was not recorded with respect to what was. "
              + "multiply it by the recorded part and the chain rule is done. ")
          .repeat(8);
  private static final int HIDDEN = 32;
  private static final int STEPS = 10;
  private static final int BATCH = 4;

  @Override
  public void run(MX mx, Python out) {
    Nd nd = mx.nd();
    int[] vocabulary = TEXT.chars().distinct().sorted().toArray();
    int size = vocabulary.length;
    nd.random.seed(3);
    Tensor inputToHidden = nd.random.normal(0, 0.1, size, HIDDEN);
    Tensor hiddenToHidden = nd.random.normal(0, 0.1, HIDDEN, HIDDEN);
    Tensor hiddenBias = nd.zeros(HIDDEN);
    Tensor hiddenToOutput = nd.random.normal(0, 0.1, HIDDEN, size);
    Tensor outputBias = nd.zeros(size);
    List<Tensor> parameters =
        List.of(inputToHidden, hiddenToHidden, hiddenBias, hiddenToOutput, outputBias);
    parameters.forEach(Tensor::attachGrad);

    int length = TEXT.length() / BATCH;
    Tensor data = corpus(nd, vocabulary, BATCH * length).reshape(BATCH, length);
    for (int epoch = 1; epoch <= 6; epoch++) {
      Tensor state = nd.zeros(BATCH, HIDDEN);
      double total = 0;
      long count = 0;
      for (int i = 0; i < (length - 1) / STEPS; i++) {
        Tensor inputs = data.get(Slice.ALL, Slice.of(i * STEPS, (i + 1) * STEPS));
        Tensor targets = data.get(Slice.ALL, Slice.of(i * STEPS + 1, (i + 1) * STEPS + 1));
        Tensor target = targets.T().reshape(-1);
        Tensor[] h = {state.detach()};
        Tensor loss =
            mx.autograd()
                .record(
                    () -> {
                      List<Tensor> outputs = new ArrayList<>();
                      for (int t = 0; t < STEPS; t++) {
                        Tensor x = nd.oneHot(inputs.get(Slice.ALL, t), size);
                        Tensor sum =
                            nd.dot(x, inputToHidden)
                                .plus(nd.dot(h[0], hiddenToHidden))
                                .plus(hiddenBias);
                        h[0] = sum.tanh();
                        outputs.add(nd.dot(h[0], hiddenToOutput).plus(outputBias));
                      }
                      Tensor logits = nd.concat(outputs, 0);
                      return nd.pick(nd.logSoftmax(logits), target).mean().unaryMinus();
                    });
        loss.backward();
        state = h[0];
        clip(parameters, 0.5);
        for (Tensor p : parameters) {
          p.assign(p.minus(p.getGrad().times(2)));
        }
        total += loss.asScalar() * target.size();
        count += target.size();
      }
      out.print(
          String.format(Locale.ROOT, "epoch %d, perplexity %.4f", epoch, Math.exp(total / count)));
    }
  }

  private static Tensor corpus(Nd nd, int[] vocabulary, int length) {
    float[] positions = new float[length];
    for (int i = 0; i < length; i++) {
      positions[i] = Arrays.binarySearch(vocabulary, TEXT.charAt(i));
    }
    return nd.array(positions);
  }

  /** Shortens all gradients alike if together they are longer than the limit. */
  private static void clip(List<Tensor> parameters, double limit) {
    double squares = 0;
    for (Tensor p : parameters) {
      squares += p.getGrad().pow(2).sum().asScalar();
    }
    double norm = Math.sqrt(squares);
    if (norm > limit) {
      for (Tensor p : parameters) {
        p.getGrad().muli(limit / norm);
      }
    }
  }
}
