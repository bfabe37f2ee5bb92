package dev.headgrad.conformance;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.headgrad.Autograd;
import dev.headgrad.MX;
import dev.headgrad.Nd;
import dev.headgrad.Tensor;
import dev.headgrad.djl.AutogradException;
import dev.headgrad.djl.GradRequest;
import dev.headgrad.djl.RecordScope;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The contract of autograd, sentence by sentence, through the DSL. */
@Tag("conformance")
class ContractTest {

  private static final MX SESSION = MX.open(System.getProperty("headgrad.engine"));

  private final Nd nd = SESSION.nd();
  private final Autograd autograd = SESSION.autograd();

  private Tensor x4() {
    return nd.array(0, 1, 2, 3).attachGrad();
  }

  private Tensor head() {
    return nd.array(10, 1, .1f, .01f);
  }

  private static void assertValues(@Nullable Tensor actual, float... expected) {
    assertNotNull(actual);
    assertArrayEquals(expected, actual.toFloatArray(), 1e-5f);
  }

  // 1. heads

  @Test
  void noHeadMeansOnesAndSeveralHeadsAddUp() {
    Tensor x = x4();
    autograd.record(() -> x.times(x)).backward();
    assertValues(x.getGrad(), 0, 2, 4, 6);
    try (RecordScope scope = autograd.record()) {
      autograd.backward(List.of(x.times(2), x.times(x)), Arrays.asList(head(), null));
    }
    assertValues(x.getGrad(), 20, 4, 4.2f, 6.02f);
  }

  @Test
  void theSameHeadTwiceAddsUp() {
    Tensor x = x4();
    Tensor y = autograd.record(() -> x.times(2));
    autograd.backward(List.of(y, y), List.of(head(), nd.array(1, 1, 1, 1)));
    assertValues(x.getGrad(), 22, 4, 2.2f, 2.02f);
  }

  @Test
  void theHeadIsAConstantAndUnchanged() {
    Tensor x = x4();
    Tensor h = head().attachGrad();
    autograd.record(() -> x.times(x)).backward(h);
    assertValues(h, 10, 1, .1f, .01f);
    assertValues(h.getGrad(), 0, 0, 0, 0);
  }

  // 2. and 3. gradients and leaves

  @Test
  void gradientsAreZerosAtOnceAndNullBefore() {
    Tensor x = nd.array(1, 2);
    assertNull(x.getGrad());
    x.attachGrad();
    assertValues(x.getGrad(), 0, 0);
    Tensor y = autograd.record(() -> x.times(2));
    assertNull(y.getGrad());
  }

  @Test
  void writeOverwritesAddAddsNullStaysZero() {
    Tensor x = nd.array(1, 2).attachGrad(GradRequest.ADD);
    Tensor w = nd.array(3, 4).attachGrad(GradRequest.NULL);
    Tensor v = nd.array(5, 6).attachGrad();
    for (int i = 0; i < 2; i++) {
      autograd.record(() -> x.times(w).times(v)).backward();
    }
    assertValues(x.getGrad(), 30, 48);
    assertValues(w.getGrad(), 0, 0);
    assertValues(v.getGrad(), 3, 8);
  }

  @Test
  void aHandleTakenEarlierSeesLaterResultsAndMayBeWrittenTo() {
    Tensor x = nd.array(1, 2).attachGrad(GradRequest.ADD);
    Tensor grad = x.getGrad();
    assertNotNull(grad);
    grad.assign(7);
    autograd.record(() -> x.times(2)).backward();
    assertValues(grad, 9, 9);
  }

  @Test
  void whatIsNotReachedKeepsItsGradientAndWhatIsReachedThroughStepsGetsZero() {
    Tensor x = x4();
    Tensor other = nd.array(1, 2, 3, 4).attachGrad();
    autograd.record(() -> x.times(other)).backward();
    assertValues(other.getGrad(), 0, 1, 2, 3);
    autograd.record(() -> x.times(2)).backward();
    assertValues(other.getGrad(), 0, 1, 2, 3);
    autograd.record(() -> x.times(2).plus(other.times(0))).backward();
    assertValues(other.getGrad(), 0, 0, 0, 0);
  }

  @Test
  void attachingAnIntermediateCutsTheGraphAboveIt() {
    Tensor x = x4();
    try (RecordScope scope = autograd.record()) {
      Tensor u = x.times(3);
      u.attachGrad();
      u.times(u).backward();
      assertValues(u.getGrad(), 0, 6, 12, 18);
    }
    assertValues(x.getGrad(), 0, 0, 0, 0);
  }

  @Test
  void detachCuts() {
    Tensor x = x4();
    Tensor z =
        autograd.record(
            () -> {
              Tensor square = x.times(x);
              return square.detach().times(x);
            });
    z.backward();
    assertValues(x.getGrad(), 0, 1, 4, 9);
    Tensor constant = autograd.record(() -> x.times(x).detach());
    assertThrows(AutogradException.class, constant::backward);
  }

  // 4. lifetime

  @Test
  void retainedGraphsAndFreedOnes() {
    Tensor x = x4();
    Tensor y = autograd.record(() -> x.times(x));
    y.backward(null, true);
    y.backward(head());
    assertValues(x.getGrad(), 0, 2, .4f, .06f);
    AutogradException e = assertThrows(AutogradException.class, y::backward);
    assertTrue(String.valueOf(e.getMessage()).contains("retainGraph"), e.getMessage());
    assertValues(y, 0, 1, 4, 9);
  }

  @Test
  void aGraphRecordedHereIsDifferentiatedOnAnotherThread() throws InterruptedException {
    Tensor x = x4();
    Tensor y = autograd.record(() -> x.times(x));
    AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                assertFalse(autograd.isRecording());
                assertFalse(autograd.isTraining());
                y.backward(head());
              } catch (Throwable t) {
                failure.set(t);
              }
            });
    thread.start();
    thread.join();
    assertNull(failure.get());
    assertValues(x.getGrad(), 0, 2, .4f, .06f);
  }

  // 5. scopes

  private void assertFlags(boolean recording, boolean training) {
    assertEquals(recording, autograd.isRecording());
    assertEquals(training, autograd.isTraining());
  }

  @Test
  void scopesNestAndRestore() {
    assertFlags(false, false);
    try (RecordScope record = autograd.record()) {
      assertFlags(true, true);
      try (RecordScope pause = autograd.pause(true)) {
        assertFlags(false, true);
        try (RecordScope again = autograd.record(false)) {
          assertFlags(true, false);
          try (RecordScope train = autograd.trainMode()) {
            assertFlags(true, true);
          }
        }
      }
      try (RecordScope predict = autograd.predictMode()) {
        assertFlags(true, false);
      }
      assertFlags(true, true);
    }
    assertThrows(
        ArithmeticException.class,
        () ->
            autograd.whileRecording(
                () -> {
                  throw new ArithmeticException();
                }));
    assertFlags(false, false);
  }

  // 6. grad

  @Test
  void gradReturnsNewArraysAndLeavesTheAttachedOnesAlone() {
    Tensor x = x4();
    Tensor y = autograd.record(() -> x.times(x));
    assertValues(autograd.grad(y, x).get(0), 0, 2, 4, 6);
    assertValues(x.getGrad(), 0, 0, 0, 0);
    Tensor z = autograd.record(() -> x.times(2));
    Tensor loose = nd.array(1, 2, 3, 4);
    AutogradException unattached =
        assertThrows(AutogradException.class, () -> autograd.grad(z, x, loose));
    assertTrue(
        String.valueOf(unattached.getMessage()).contains("variables[1]"), unattached.getMessage());
    assertThrows(IllegalArgumentException.class, () -> autograd.grad(z));
  }

  // 8. buffers of the caller's own

  @Test
  void markedVariables() {
    Tensor x = nd.array(1, 2);
    Tensor buffer = nd.zeros(2);
    autograd.markVariables(List.of(x), List.of(buffer));
    autograd.record(() -> x.times(x)).backward();
    assertValues(buffer, 2, 4);
  }

  // D4

  @Test
  void writesInPlaceAreRefusedBeforeAnythingChanges() {
    Tensor x = x4();
    try (RecordScope scope = autograd.record()) {
      Tensor y = x.times(2);
      assertThrows(AutogradException.class, () -> x.addi(1));
      assertThrows(AutogradException.class, () -> y.set(0, 5));
      assertThrows(AutogradException.class, () -> x.assign(3));
      assertValues(x, 0, 1, 2, 3);
      assertValues(y, 0, 2, 4, 6);
      y.backward();
    }
    assertValues(x.getGrad(), 2, 2, 2, 2);
    x.addi(1);
    assertValues(x, 1, 2, 3, 4);
  }

  // D11, D14

  @Test
  void wholeNumbersTimesAFractionSuggestACast() {
    Tensor x = nd.array(new int[] {1, 2}, ai.djl.ndarray.types.DataType.INT32);
    RuntimeException e = assertThrows(RuntimeException.class, () -> x.times(2.5));
    assertTrue(String.valueOf(e.getMessage()).contains("cast"), e.getMessage());
  }

  @Test
  void dropoutKeepsItsMaskAndEverythingGoesAtOne() {
    Tensor x = nd.ones(1000).attachGrad();
    Tensor y = autograd.record(() -> nd.dropout(x, 0.5));
    y.backward(null, true);
    Tensor first = x.getGrad();
    assertNotNull(first);
    float[] mask = first.toFloatArray();
    assertArrayEquals(y.toFloatArray(), mask);
    y.backward();
    assertValues(x.getGrad(), mask);
    assertEquals(0, autograd.record(() -> nd.dropout(x, 1)).sum().asScalar());
    assertValues(nd.dropout(nd.ones(2), 0.5), 1, 1);
  }
}
