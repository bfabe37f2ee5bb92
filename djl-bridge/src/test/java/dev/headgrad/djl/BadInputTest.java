package dev.headgrad.djl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is refused is refused with the same words on every engine, and changes nothing. */
class BadInputTest extends EngineTest {

  private static final String NOT_IN_GRAPH =
      "the array is not in a recorded graph: it was not computed while recording from an array"
          + " with a gradient attached, or an earlier backward freed its graph. To go through the"
          + " same graph again, pass retainGraph = true to the earlier backward";

  /** After every refusal the session still works. */
  @AfterEach
  void theSessionStillWorks() {
    try (NDManager fresh = ENGINE.newBaseManager()) {
      NDArray x = fresh.create(new float[] {0, 1, 2, 3});
      Autograd.attachGrad(x);
      NDArray y;
      try (RecordScope scope = Autograd.record(ENGINE)) {
        y = x.mul(2);
      }
      Autograd.backward(y, fresh.create(HEAD));
      assertGrad(x, 20, 2, .2f, .02f);
    }
  }

  private NDArray doubled(NDArray x) {
    try (RecordScope scope = Autograd.record(ENGINE)) {
      return x.mul(2);
    }
  }

  private static void assertRefused(
      Class<? extends RuntimeException> type, String text, Runnable call) {
    assertEquals(text, assertThrows(type, call::run).getMessage());
  }

  @Test
  void aHeadOfAnotherShape() {
    NDArray x = x4();
    NDArray y = doubled(x);
    assertRefused(
        IllegalArgumentException.class,
        "head gradient has shape (2), but y has shape (4)",
        () -> Autograd.backward(y, array(1, 2)));
    assertGrad(x, 0, 0, 0, 0);
    Autograd.backward(y, head()); // the graph is still there
    assertGrad(x, 20, 2, .2f, .02f);
  }

  @Test
  void aHeadOfAnotherDtype() {
    NDArray x = x4();
    NDArray y = doubled(x);
    NDArray head = manager.create(new double[] {1, 2, 3, 4});
    assertRefused(
        IllegalArgumentException.class,
        "head gradient has dtype float64, but y has dtype float32",
        () -> Autograd.backward(y, head));
    Autograd.backward(y, head.toType(DataType.FLOAT32, false));
    assertGrad(x, 2, 4, 6, 8);
  }

  @Test
  void anArrayThatWasNotRecorded() {
    NDArray x = x4();
    NDArray y = x.mul(2);
    assertRefused(AutogradException.class, NOT_IN_GRAPH, () -> Autograd.backward(y));
    assertRefused(AutogradException.class, NOT_IN_GRAPH, () -> Autograd.backward(array(1)));
    assertGrad(x, 0, 0, 0, 0);
  }

  @Test
  void aSecondBackwardWithoutRetain() {
    NDArray x = x4();
    NDArray y = doubled(x);
    Autograd.backward(y, head());
    assertRefused(AutogradException.class, NOT_IN_GRAPH, () -> Autograd.backward(y));
    assertGrad(x, 20, 2, .2f, .02f);
  }

  @Test
  void anInPlaceWriteToARecordedArray() {
    NDArray x = x4();
    try (RecordScope scope = Autograd.record(ENGINE)) {
      NDArray y = x.mul(2);
      String text =
          "cannot write into an array that takes part in a recorded graph: its gradients would be"
              + " wrong. Make a new array, call backward first, or write inside pause()";
      assertRefused(AutogradException.class, text, () -> Autograd.checkInPlace(x));
      assertRefused(AutogradException.class, text, () -> Autograd.checkInPlace(y));
      Autograd.checkInPlace(array(1, 2)); // unused arrays may be written to
      Autograd.backward(y);
    }
    Autograd.checkInPlace(x); // and everything outside of the recording
    assertGrad(x, 2, 2, 2, 2);
  }

  @Test
  void aScopeThatIsClosedTwice() {
    RecordScope scope = Autograd.record(ENGINE);
    scope.close();
    assertThrows(AutogradException.class, scope::close);
  }
}
