package dev.headgrad.djl;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Item 4 of the contract: how long graphs live. */
class GraphLifetimeTest extends EngineTest {

  private static void assertFreed(NDArray y) {
    AutogradException e = assertThrows(AutogradException.class, () -> Autograd.backward(y));
    assertTrue(String.valueOf(e.getMessage()).contains("retainGraph"), e.getMessage());
  }

  @Test
  void aSecondBackwardIsRefused() {
    NDArray x = x4();
    NDArray y = recorded(() -> x.mul(x));
    Autograd.backward(y, head());
    assertFreed(y);
    assertGrad(x, 0, 2, .4f, .06f);
    assertValues(y, 0, 1, 4, 9);
  }

  @Test
  void alsoWhereTheGraphHasSavedNothing() {
    NDArray x = x4();
    NDArray y = recorded(() -> x.add(x));
    Autograd.backward(y);
    assertFreed(y);
  }

  @Test
  void retainedGraphs() {
    NDArray x = x4();
    NDArray w = array(1, 1, 1, 1);
    Autograd.attachGrad(w, GradRequest.ADD);
    NDArray y = recorded(() -> x.mul(x).mul(w));
    for (int i = 0; i < 3; i++) {
      Autograd.backward(List.of(y), List.of(head()), true, true);
    }
    assertGrad(x, 0, 2, .4f, .06f);
    assertGrad(w, 0, 3, 1.2f, .27f);
    Autograd.backward(y);
    assertFreed(y);
  }

  @Test
  void aSiblingWhoseAncestorsWereFreedIsRefused() {
    NDArray x = x4();
    NDArray[] y = new NDArray[2];
    recorded(
        () -> {
          NDArray h = x.mul(x);
          y[0] = h.exp();
          y[1] = h.mul(h);
          return h;
        });
    Autograd.backward(List.of(y[0]), null, true, true);
    Autograd.backward(y[1], array(1, 1, 1, 1));
    assertGrad(x, 0, 4, 32, 108);
    assertFreed(y[0]);
    assertGrad(x, 0, 4, 32, 108);
  }

  @Test
  void graphsThatShareOnlyTheLeafAreIndependent() {
    NDArray x = x4();
    NDArray y = recorded(() -> x.mul(x));
    NDArray z = recorded(() -> x.mul(3));
    Autograd.backward(y);
    Autograd.backward(z);
    assertGrad(x, 3, 3, 3, 3);
  }

  @Test
  void twoScopesOneGraph() {
    NDArray x = x4();
    NDArray y = recorded(() -> x.mul(x));
    NDArray z = recorded(() -> y.mul(3));
    Autograd.backward(z);
    assertGrad(x, 0, 6, 12, 18);
  }

  @Test
  void backwardInsideRecordAndInsidePause() {
    NDArray x = x4();
    try (RecordScope scope = Autograd.record(ENGINE)) {
      NDArray y = x.mul(2);
      Autograd.backward(y);
      assertTrue(Autograd.isRecording(ENGINE));
      NDArray z = x.mul(3);
      try (RecordScope paused = Autograd.pause(ENGINE)) {
        Autograd.backward(z);
        assertFalse(Autograd.isRecording(ENGINE));
      }
    }
    assertGrad(x, 3, 3, 3, 3);
  }

  @Test
  void aConstantHasNoGraph() {
    NDArray x = x4();
    assertFreed(x.mul(2));
    assertFreed(recorded(() -> array(1, 2).mul(2)));
    NDArray y = recorded(() -> x.mul(x));
    assertFreed(y.mul(2));
    Autograd.backward(y);
  }

  @Test
  void aFreedHeadIsAConstantInANewGraph() {
    NDArray x = x4();
    NDArray y = recorded(() -> x.mul(x));
    Autograd.backward(y);
    NDArray z = recorded(() -> y.mul(x));
    Autograd.backward(z);
    assertGrad(x, 0, 1, 4, 9);
    assertFreed(recorded(() -> y.mul(2)));
  }

  @Test
  void intermediatesMayBeClosed() {
    NDArray x = x4();
    NDArray y =
        recorded(
            () -> {
              NDArray a = x.mul(x);
              NDArray b = a.exp();
              NDArray c = b.mul(a);
              a.close();
              b.close();
              return c;
            });
    Autograd.backward(y);
    float[] expected = new float[4];
    for (int i = 0; i < 4; i++) {
      expected[i] = (float) (Math.exp(i * i) * 2 * i * (1 + i * i));
    }
    assertGrad(x, expected);
  }

  @Test
  void aLongChain() {
    NDArray x = attached(1);
    NDArray y =
        recorded(
            () -> {
              NDArray a = x;
              for (int i = 0; i < 2000; i++) {
                a = a.add(x);
              }
              return a;
            });
    Autograd.backward(y);
    assertGrad(x, 2001);
  }

  @Test
  void writingOutsideOfRecordIsAllowed() {
    NDArray x = x4();
    NDArray constant = array(2, 2, 2, 2);
    NDArray y = recorded(() -> x.add(constant));
    Autograd.checkInPlace(x);
    x.addi(1);
    constant.addi(1);
    Autograd.backward(y);
    assertGrad(x, 1, 1, 1, 1);
  }

  @Test
  void writingWhileRecordingIsRefused() {
    NDArray x = x4();
    NDArray unused = array(1, 2);
    try (RecordScope scope = Autograd.record(ENGINE)) {
      NDArray y = x.mul(2);
      assertThrows(AutogradException.class, () -> Autograd.checkInPlace(x));
      assertThrows(AutogradException.class, () -> Autograd.checkInPlace(y));
      Autograd.checkInPlace(unused);
      try (RecordScope paused = Autograd.pause(ENGINE)) {
        Autograd.checkInPlace(x);
      }
    }
  }

  @Test
  void managersOfBatchesMayBeClosed() {
    NDArray w = x4();
    for (int i = 0; i < 5; i++) {
      try (NDManager batch = ENGINE.newBaseManager()) {
        NDArray data = batch.create(new float[] {1, 2, 3, 4});
        Autograd.backward(recorded(() -> w.mul(data)));
      }
    }
    assertGrad(w, 1, 2, 3, 4);
  }
}
