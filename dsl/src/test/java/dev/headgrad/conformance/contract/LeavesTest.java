package dev.headgrad.conformance.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import ai.djl.ndarray.types.DataType;
import dev.headgrad.Tensor;
import dev.headgrad.djl.RecordScope;
import java.util.List;
import org.junit.jupiter.api.Test;

class LeavesTest extends Contract {

  @Test
  @Holds("3")
  void attachingAnIntermediateCutsTheGraphAboveIt() {
    Tensor x = x4();
    Tensor y =
        record(
            () -> {
              Tensor u = x.times(3).attachGrad();
              u.times(u).backward(head());
              return u;
            });
    assertValues(y.getGrad(), 0, 6, 1.2, .18);
    assertValues(x.getGrad(), 0, 0, 0, 0);
    y.backward();
    assertValues(y.getGrad(), 1, 1, 1, 1);
  }

  /** The cell of the D2L page of version 0.7. */
  @Test
  @Holds("3")
  void headGradientsOfAnIntermediate() {
    Tensor x = x4();
    Tensor s = head().attachGrad();
    List<Tensor> results =
        autograd.record(
            () -> {
              Tensor u = x.times(s.times(2)).attachGrad();
              return List.of(u, u.times(5).minus(x));
            });
    results.get(1).backward();
    assertValues(x.getGrad(), -1, -1, -1, -1);
    assertValues(results.get(0).getGrad(), 5, 5, 5, 5);
    assertValues(s.getGrad(), 0, 0, 0, 0);
  }

  @Test
  @Holds("3")
  void attachingAfterTheUseLeavesTheGraphOfThatUseAlone() {
    Tensor x = x4();
    try (RecordScope scope = autograd.record()) {
      Tensor y = x.times(2);
      Tensor z = y.times(y);
      y.attachGrad();
      z.backward();
      assertValues(y.getGrad(), 0, 0, 0, 0);
    }
    assertValues(x.getGrad(), 0, 8, 16, 24);
  }

  @Test
  @Holds("3")
  void detachSharesMemoryAndCuts() {
    Tensor x = x4();
    Tensor detached = x.detach();
    assertNull(detached.getGrad());
    detached.set(0, 99);
    assertValues(x, 99, 1, 2, 3);
    detached.set(0, 0);
    record(() -> x.times(x).detach().times(x)).backward(head());
    assertValues(x.getGrad(), 0, 1, .4, .09);
    Tensor constant = record(() -> x.times(x).detach());
    assertRefused("not in a recorded graph", constant::backward);
    assertValues(x.getGrad(), 0, 1, .4, .09);
  }

  @Test
  @Holds("3")
  void whatIsComputedWhileNotRecordingIsAConstant() {
    Tensor x = x4();
    Tensor outside = x.times(2);
    assertRefused("not in a recorded graph", outside::backward);
    record(
            () -> {
              Tensor paused = autograd.pause(() -> x.times(x));
              return paused.times(x);
            })
        .backward();
    assertValues(x.getGrad(), 0, 1, 4, 9);
    Tensor loose = nd.array(1, 2);
    Tensor unattached = record(() -> loose.times(2));
    assertRefused("attached", unattached::backward);
  }

  @Test
  @Holds("3")
  void computedArraysHaveNoGradient() {
    Tensor x = x4();
    Tensor y = record(() -> x.times(2));
    assertNull(y.getGrad());
    y.backward();
    assertNull(y.getGrad());
    assertNull(x.copy().getGrad());
    assertNull(x.reshape(2, 2).getGrad());
    assertNull(x.astype(DataType.FLOAT64).getGrad());
    assertEquals(DataType.FLOAT32, x.dtype());
  }
}
