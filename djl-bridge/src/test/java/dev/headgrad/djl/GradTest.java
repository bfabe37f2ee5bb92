package dev.headgrad.djl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.djl.ndarray.NDArray;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Item 6 of the contract: gradients as new arrays, and gradients of gradients. */
class GradTest extends EngineTest {

  private static List<NDArray> grad(NDArray y, List<NDArray> variables) {
    return Autograd.grad(List.of(y), variables, null, null, false, true);
  }

  private static String refusal(NDArray y, List<NDArray> variables) {
    AutogradException e = assertThrows(AutogradException.class, () -> grad(y, variables));
    return String.valueOf(e.getMessage());
  }

  @Test
  void newArraysAndTheAttachedOnesLeftAlone() {
    NDArray x = x4();
    NDArray w = attached(1, 1, 1, 1);
    NDArray y = recorded(() -> x.mul(x).mul(w));
    List<NDArray> gradients =
        Autograd.grad(List.of(y), List.of(w, x), List.of(head()), null, false, true);
    assertValues(gradients.get(0), 0, 1, .4f, .09f);
    assertValues(gradients.get(1), 0, 2, .4f, .06f);
    assertGrad(x, 0, 0, 0, 0);
    assertNull(Autograd.getGrad(gradients.get(0)));
    assertThrows(AutogradException.class, () -> Autograd.backward(y));
    assertThrows(AutogradException.class, () -> Autograd.backward(gradients.get(1)));
  }

  @Test
  void ofALeafItIsACopyOfTheHead() {
    NDArray x = x4();
    NDArray h = head();
    NDArray g = Autograd.grad(List.of(x), List.of(x), List.of(h), null, false, true).get(0);
    assertValues(g, HEAD);
    g.addi(1);
    assertValues(h, HEAD);
  }

  @Test
  void twoVariablesNeverShareAGradient() {
    NDArray a = x4();
    NDArray b = x4();
    List<NDArray> gradients = grad(recorded(() -> a.add(b)), List.of(a, b));
    gradients.get(0).addi(1);
    assertValues(gradients.get(1), 1, 1, 1, 1);
  }

  @Test
  void theWrongVariableIsNamedAndNothingIsConsumed() {
    NDArray x = x4();
    NDArray w = attached(1, 1, 1, 1);
    NDArray ignored = array(1);
    Autograd.attachGrad(ignored, GradRequest.NULL);
    NDArray y = recorded(() -> x.mul(x));
    assertEquals(
        "cannot differentiate with respect to variables[1]: the heads do not depend on it",
        refusal(y, List.of(x, w)));
    String notAttached =
        "cannot differentiate with respect to variables[0]: it does not require a gradient. Call"
            + " attachGrad() on it before recording";
    assertEquals(notAttached, refusal(y, List.of(array(1))));
    assertEquals(notAttached, refusal(y, List.of(ignored)));
    assertEquals(notAttached, refusal(y, List.of(y)));
    assertEquals(
        "variables cannot be an empty list",
        assertThrows(IllegalArgumentException.class, () -> grad(y, List.of())).getMessage());
    assertValues(grad(y, List.of(x)).get(0), 0, 2, 4, 6);
  }

  @Test
  void gradientsOfGradients() {
    NDArray x = attached(.5f, 1, 2, 3);
    NDArray h = attached(HEAD);
    NDArray g;
    try (RecordScope scope = Autograd.record(ENGINE)) {
      g = Autograd.grad(List.of(x.exp()), List.of(x), List.of(h), null, true, true).get(0);
    }
    assertValues(g, 16.487213f, 2.7182817f, .7389056f, .2008554f);
    Autograd.backward(g, array(1, 2, 3, 4));
    assertGrad(x, 16.487213f, 5.4365635f, 2.216717f, .8034214f);
    // the head is a constant
    assertGrad(h, 0, 0, 0, 0);
  }

  /** D13: MXNet's products have a first derivative only. */
  @Test
  void whatCannotBeDifferentiatedTwiceSaysSo() {
    NDArray x = x4();
    NDArray g;
    try (RecordScope scope = Autograd.record(ENGINE)) {
      NDArray y = x.mul(x).mul(x);
      g = Autograd.grad(List.of(y), List.of(x), null, null, true, true).get(0);
    }
    assertValues(g, 0, 3, 12, 27);
    if (ENGINE.getEngineName().equals("MXNet")) {
      AutogradException e = assertThrows(AutogradException.class, () -> Autograd.backward(g));
      assertEquals(
          "MXNet cannot differentiate through the operation _backward_npi_broadcast_mul; the"
              + " engine JavaTape can",
          e.getMessage());
    } else {
      Autograd.backward(g);
      assertGrad(x, 0, 6, 12, 18);
    }
  }
}
