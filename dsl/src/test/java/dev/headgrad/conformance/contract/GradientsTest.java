package dev.headgrad.conformance.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.headgrad.Tensor;
import dev.headgrad.djl.GradRequest;
import java.util.List;
import org.junit.jupiter.api.Test;

class GradientsTest extends Contract {

  @Test
  @Holds("2")
  void nullBeforeAttachingZerosAtOnce() {
    Tensor x = nd.ones(2, 3);
    assertNull(x.getGrad());
    x.attachGrad();
    Tensor gradient = x.getGrad();
    assertNotNull(gradient);
    assertValues(gradient, 0, 0, 0, 0, 0, 0);
    assertShape(gradient, 2, 3);
    assertEquals(x.dtype(), gradient.dtype());
  }

  @Test
  @Holds("2")
  void writeOverwritesWhileTheUsesOfOneBackwardAreSummed() {
    Tensor x = x4();
    for (int k : new int[] {2, 5}) {
      record(() -> x.times(k)).backward(head());
    }
    assertValues(x.getGrad(), 50, 5, .5, .05);
    record(() -> x.plus(x).plus(x).plus(x).plus(x)).backward(head());
    assertValues(x.getGrad(), 50, 5, .5, .05);
  }

  @Test
  @Holds("2")
  void addAddsToWhatIsThereAlsoToWhatTheUserWrote() {
    Tensor x = nd.array(0, 1, 2, 3).attachGrad(GradRequest.ADD);
    for (int k : new int[] {2, 5}) {
      record(() -> x.times(k)).backward(head());
    }
    assertValues(x.getGrad(), 70, 7, .7, .07);
    Tensor gradient = x.getGrad();
    assertNotNull(gradient);
    gradient.assign(100);
    record(() -> x.times(2)).backward(head());
    assertValues(gradient, 120, 102, 100.2, 100.02);
  }

  @Test
  @Holds({"2", "D6"})
  void nullStaysZeroAndIsNeverWritten() {
    Tensor x = x4();
    Tensor w = head().attachGrad(GradRequest.NULL);
    assertValues(w.getGrad(), 0, 0, 0, 0);
    for (int i = 0; i < 2; i++) {
      record(() -> x.times(w)).backward();
      assertValues(x.getGrad(), 10, 1, .1, .01);
      assertValues(w.getGrad(), 0, 0, 0, 0);
    }
  }

  @Test
  @Holds("2")
  void aHandleTakenEarlierSeesLaterResults() {
    Tensor x = x4();
    Tensor handle = x.getGrad();
    record(() -> x.times(2)).backward(head());
    assertValues(handle, 20, 2, .2, .02);
    record(() -> x.times(3)).backward();
    assertValues(handle, 3, 3, 3, 3);
    assertNotNull(handle);
    handle.assign(7);
    assertValues(x.getGrad(), 7, 7, 7, 7);
  }

  @Test
  @Holds("2")
  void attachingAnewGivesFreshZerosAndMayChangeTheRequest() {
    Tensor x = x4();
    record(() -> x.times(2)).backward();
    Tensor old = x.getGrad();
    x.attachGrad(GradRequest.ADD);
    assertValues(x.getGrad(), 0, 0, 0, 0);
    assertValues(old, 2, 2, 2, 2);
    record(() -> x.times(3)).backward();
    record(() -> x.times(3)).backward();
    assertValues(x.getGrad(), 6, 6, 6, 6);
    assertValues(old, 2, 2, 2, 2);
  }

  @Test
  @Holds("2")
  void aGraphRecordedBeforeStillWritesToTheOldBuffer() {
    Tensor x = x4();
    Tensor old = x.getGrad();
    Tensor y = record(() -> x.times(2));
    x.attachGrad();
    y.backward(head());
    assertValues(old, 20, 2, .2, .02);
    assertValues(x.getGrad(), 0, 0, 0, 0);
  }

  @Test
  @Holds("2")
  void whatTheBackwardDoesNotReachKeepsItsGradient() {
    Tensor x = x4();
    Tensor w = head().attachGrad();
    record(() -> x.times(w)).backward();
    record(() -> x.times(2)).backward();
    assertValues(w.getGrad(), 0, 1, 2, 3);
  }

  @Test
  @Holds("2")
  void whatIsReachedOnlyThroughStepsIsWrittenZero() {
    Tensor x = x4();
    List<java.util.function.UnaryOperator<Tensor>> steps =
        List.of(Tensor::floor, Tensor::sign, v -> v.gt(1), v -> v.times(0), v -> v.argmax(0));

    for (java.util.function.UnaryOperator<Tensor> step : steps) {
      record(() -> x.times(2)).backward();
      assertValues(x.getGrad(), 2, 2, 2, 2);
      record(() -> step.apply(x)).backward();
      assertValues(x.getGrad(), 0, 0, 0, 0);
    }
    Tensor sum = nd.array(0, 1, 2, 3).attachGrad(GradRequest.ADD);
    record(() -> sum.times(2)).backward();
    record(sum::floor).backward();
    assertValues(sum.getGrad(), 2, 2, 2, 2);
  }
}
