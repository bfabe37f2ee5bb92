package dev.headgrad.conformance.contract;

import dev.headgrad.Tensor;
import dev.headgrad.djl.GradRequest;
import java.util.List;
import org.junit.jupiter.api.Test;

class MarkedVariablesTest extends Contract {

  @Test
  @Holds("8")
  void buffersOfTheCallersOwnAndARequestForEach() {
    Tensor x = nd.array(0, 1, 2, 3);
    Tensor w = head();
    Tensor forX = nd.ones(4);
    Tensor forW = nd.ones(4);
    autograd.markVariables(
        List.of(x, w), List.of(forX, forW), List.of(GradRequest.WRITE, GradRequest.ADD));
    record(() -> x.times(w)).backward();
    assertValues(forX, 10, 1, .1, .01);
    assertValues(forW, 1, 2, 3, 4);
    assertValues(x.getGrad(), 10, 1, .1, .01);
  }

  @Test
  @Holds("8")
  void aBufferThatDoesNotFitIsRefused() {
    Tensor x = x4();
    Tensor buffer = x.getGrad();
    assertBadArgument(
        "gradients[0] has shape (3)",
        () -> autograd.markVariables(List.of(x), List.of(nd.zeros(3))));
    record(() -> x.times(2)).backward();
    assertValues(buffer, 2, 2, 2, 2);
  }
}
