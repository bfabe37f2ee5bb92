package dev.headgrad.conformance.contract;

import dev.headgrad.Tensor;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class GradTest extends Contract {

  @Test
  @Holds("6")
  void newArraysAndTheAttachedOnesLeftAlone() {
    Tensor x = x4();
    Tensor y = record(() -> x.times(x));
    assertValues(autograd.grad(y, List.of(x), head(), false).get(0), 0, 2, .4, .06);
    assertValues(x.getGrad(), 0, 0, 0, 0);
    assertRefused("retainGraph", () -> autograd.grad(y, x));
  }

  @Test
  @Holds("6")
  void severalHeadsAndVariables() {
    Tensor x = x4();
    Tensor w = head().attachGrad();
    List<Tensor> heads = autograd.record(() -> List.of(x.times(w), w.times(2)));
    List<Tensor> gradients =
        autograd.grad(heads, List.of(x, w), Arrays.asList(null, head()), null, false, true);
    assertValues(gradients.get(0), 10, 1, .1, .01);
    assertValues(gradients.get(1), 20, 3, 2.2, 3.02);
  }

  @Test
  @Holds("6")
  void theGraphIsRetainedOnDemand() {
    Tensor x = x4();
    Tensor y = record(() -> x.times(x));
    for (int i = 0; i < 2; i++) {
      assertValues(
          autograd.grad(List.of(y), List.of(x), null, true, false, true).get(0), 0, 2, 4, 6);
    }
    y.backward();
    assertValues(x.getGrad(), 0, 2, 4, 6);
  }

  @Test
  @Holds("6")
  void createGraphRetainsByDefaultAndRecordsTheGradient() {
    Tensor x = nd.array(.5f, 1, 2, 3).attachGrad();
    Tensor y = record(x::sin);
    Tensor g = autograd.grad(y, List.of(x), head(), true).get(0);
    assertValues(g, 8.7758255, .5403023, -.0416147, -.0098999);
    g.backward(nd.array(1, 2, 3, 4));
    assertValues(x.getGrad(), -4.7942553, -1.6829419, -.2727892, -.0056448);
  }

  @Test
  @Holds("6")
  void withoutCreateGraphAGradientIsAConstant() {
    Tensor x = x4();
    Tensor g = autograd.grad(record(x::exp), x).get(0);
    assertRefused("not in a recorded graph", g::backward);
  }

  @Test
  @Holds("6")
  void ofALeafItIsTheHead() {
    Tensor x = x4();
    assertValues(autograd.grad(x, List.of(x), head(), false).get(0), 10, 1, .1, .01);
  }

  @Test
  @Holds("6")
  void errorsNameThePositionAndConsumeNothing() {
    Tensor x = x4();
    Tensor unreached = x4();
    Tensor loose = nd.ones(4);
    Tensor y = record(() -> x.times(2));
    assertBadArgument("variables cannot be an empty list", () -> autograd.grad(y));
    assertRefused("variables[1]: it does not require", () -> autograd.grad(y, x, loose));
    assertRefused("variables[0]: it does not require", () -> autograd.grad(y, y));
    assertRefused("variables[1]: the heads do not depend", () -> autograd.grad(y, x, unreached));
    assertValues(autograd.grad(y, x).get(0), 2, 2, 2, 2);
  }
}
