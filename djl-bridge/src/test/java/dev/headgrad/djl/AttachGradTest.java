package dev.headgrad.djl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Items 2, 3 and 8 of the contract: gradients, their requests and buffers, and leaves. */
class AttachGradTest extends EngineTest {

  private NDArray filled(NDArray gradient, float value) {
    return gradient.addi(value);
  }

  @Test
  void zerosAtOnceAndNothingBefore() {
    NDArray x = array(1, 2, 3);
    assertNull(Autograd.getGrad(x));
    Autograd.attachGrad(x);
    assertGrad(x, 0, 0, 0);
    assertEquals(DataType.FLOAT32, grad(x).getDataType());
    NDArray y = recorded(() -> x.mul(2));
    assertNull(Autograd.getGrad(y));
    Autograd.backward(y);
    assertNull(Autograd.getGrad(y));
  }

  @Test
  void writeOverwritesAndSumsTheUsesOfOneBackward() {
    NDArray x = x4();
    Autograd.backward(recorded(() -> x.mul(2)), head());
    Autograd.backward(recorded(() -> x.mul(5)), head());
    assertGrad(x, 50, 5, .5f, .05f);
    Autograd.backward(recorded(() -> x.add(x).add(x).add(x).add(x)));
    assertGrad(x, 5, 5, 5, 5);
  }

  @Test
  void addAddsAlsoToWhatTheUserWrote() {
    NDArray x = array(0, 1, 2, 3);
    Autograd.attachGrad(x, GradRequest.ADD);
    Autograd.backward(recorded(() -> x.mul(2)), head());
    Autograd.backward(recorded(() -> x.mul(5)), head());
    assertGrad(x, 70, 7, .7f, .07f);
    grad(x).muli(0);
    filled(grad(x), 3);
    Autograd.backward(recorded(() -> x.mul(2)));
    assertGrad(x, 5, 5, 5, 5);
  }

  @Test
  void nullIsNeverWritten() {
    NDArray x = array(1, 2);
    NDArray w = attached(3, 4);
    Autograd.attachGrad(x, GradRequest.NULL);
    Autograd.backward(recorded(() -> x.mul(w)));
    assertGrad(x, 0, 0);
    assertGrad(w, 1, 2);
    NDArray y = recorded(() -> x.mul(2));
    assertThrows(AutogradException.class, () -> Autograd.backward(y));
  }

  @Test
  void theBufferStaysTheSame() {
    NDArray x = x4();
    NDArray early = grad(x);
    Autograd.backward(recorded(() -> x.mul(2)), head());
    assertValues(early, 20, 2, .2f, .02f);
    assertSame(early, Autograd.getGrad(x));
    NDArray alias = early.reshape(4);
    Autograd.backward(recorded(() -> x.mul(3)));
    assertValues(early, 3, 3, 3, 3);
    assertEquals(4, alias.size());
  }

  @Test
  void attachingAnewGivesZerosAndTheOldGraphWritesToTheOldBuffer() {
    NDArray x = x4();
    NDArray old = grad(x);
    NDArray y = recorded(() -> x.mul(2));
    Autograd.attachGrad(x, GradRequest.ADD);
    assertGrad(x, 0, 0, 0, 0);
    Autograd.backward(y, head());
    assertGrad(x, 0, 0, 0, 0);
    assertValues(old, 20, 2, .2f, .02f);
    Autograd.backward(recorded(() -> x.mul(5)));
    Autograd.backward(recorded(() -> x.mul(5)));
    assertGrad(x, 10, 10, 10, 10);
    assertValues(old, 20, 2, .2f, .02f);
  }

  @Test
  void whatIsNotReachedKeepsItsGradient() {
    NDArray x = x4();
    NDArray w = attached(1, 1);
    filled(grad(w), 7);
    Autograd.backward(recorded(() -> x.mul(2)));
    assertGrad(w, 7, 7);
    filled(grad(x), 1);
    Autograd.backward(recorded(() -> w.mul(2)));
    assertGrad(x, 3, 3, 3, 3);
  }

  /** Negative zeros everywhere: the sum of nothing and -0 would be no news. */
  @Test
  void whatIsReachedWithZerosIsWritten() {
    NDArray x = x4();
    filled(grad(x), 7);
    Autograd.backward(recorded(() -> x.mul(0)), array(-1, -1, -1, -1));
    assertGrad(x, 0, 0, 0, 0);
  }

  @Test
  void whatIsReachedOnlyThroughConstantsOfTheEngineIsWrittenZero() {
    NDArray x = x4();
    filled(grad(x), 7);
    Autograd.backward(recorded(() -> x.floor().add(x.sign())));
    assertGrad(x, 0, 0, 0, 0);
  }

  @Test
  void attachingAnIntermediateCutsTheGraph() {
    NDArray x = x4();
    NDArray[] y = new NDArray[1];
    NDArray z =
        recorded(
            () -> {
              y[0] = x.mul(x);
              Autograd.attachGrad(y[0]);
              return y[0].mul(3);
            });
    Autograd.backward(z, head());
    assertGrad(y[0], 30, 3, .3f, .03f);
    assertGrad(x, 0, 0, 0, 0);
    Autograd.backward(y[0]);
    assertGrad(y[0], 1, 1, 1, 1);
  }

  @Test
  void attachingAfterwardsLeavesTheEarlierGraphAlone() {
    NDArray x = x4();
    NDArray[] y = new NDArray[1];
    NDArray z =
        recorded(
            () -> {
              y[0] = x.mul(2);
              return y[0].mul(y[0]);
            });
    Autograd.attachGrad(y[0]);
    Autograd.backward(z);
    assertGrad(x, 0, 8, 16, 24);
    assertGrad(y[0], 0, 0, 0, 0);
  }

  @Test
  void detachSharesMemoryAndCuts() {
    NDArray x = x4();
    NDArray z = recorded(() -> Autograd.detach(x.mul(x)).mul(x));
    Autograd.backward(z, head());
    assertGrad(x, 0, 1, .4f, .09f);
    NDArray d = Autograd.detach(x);
    assertNull(Autograd.getGrad(d));
    d.addi(1);
    assertValues(x, 1, 2, 3, 4);
    NDArray constant = recorded(() -> Autograd.detach(x.mul(2)));
    assertThrows(AutogradException.class, () -> Autograd.backward(constant));
  }

  @Test
  void whatIsComputedWhilePausedIsAConstant() {
    NDArray x = x4();
    NDArray z =
        recorded(
            () -> {
              NDArray u;
              try (RecordScope scope = Autograd.pause(ENGINE)) {
                u = x.mul(x);
              }
              return u.mul(x);
            });
    Autograd.backward(z);
    assertGrad(x, 0, 1, 4, 9);
  }

  @Test
  void markVariables() {
    NDArray x = x4();
    NDArray w = array(1, 2, 3, 4);
    NDArray gx = manager.zeros(new Shape(4));
    NDArray gw = manager.ones(new Shape(4));
    Autograd.markVariables(
        List.of(x, w), List.of(gx, gw), List.of(GradRequest.WRITE, GradRequest.ADD));
    assertSame(gx, Autograd.getGrad(x));
    Autograd.backward(recorded(() -> x.mul(w)));
    assertValues(gx, 1, 2, 3, 4);
    assertValues(gw, 1, 2, 3, 4);
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () ->
                Autograd.markVariables(
                    List.of(x, w),
                    List.of(gx, manager.zeros(new Shape(3))),
                    List.of(GradRequest.WRITE, GradRequest.WRITE)));
    assertEquals(
        "gradients[1] has shape (3) and dtype float32, but its variable has shape (4) and dtype"
            + " float32",
        e.getMessage());
    assertSame(gx, Autograd.getGrad(x));
    assertThrows(
        IllegalArgumentException.class,
        () -> Autograd.markVariables(List.of(x), List.of(), List.of(GradRequest.WRITE)));
  }

  /** A loop that attaches anew in each step must not gather old buffers. */
  @Test
  void attachingAnewOverAndOver() {
    NDArray x = x4();
    int before = Leaves.formerCount();
    for (int i = 0; i < 50; i++) {
      Autograd.attachGrad(x);
      Autograd.backward(recorded(() -> x.mul(2)));
    }
    assertGrad(x, 2, 2, 2, 2);
    assertEquals(before, Leaves.formerCount());
  }

  @Test
  void sgdInPlaceKeepsTheLeaf() {
    NDArray x = x4();
    for (int i = 0; i < 3; i++) {
      Autograd.backward(recorded(() -> x.mul(x)));
      x.subi(grad(x).mul(.25f));
    }
    assertValues(x, 0, .125f, .25f, .375f);
    assertNotNull(Autograd.getGrad(x));
  }

  @Test
  void closedArraysAreForgotten() {
    NDArray w = x4();
    NDArray x = x4();
    Autograd.backward(recorded(() -> x.mul(w)));
    w.close();
    Autograd.backward(recorded(() -> x.mul(2)));
    assertGrad(x, 2, 2, 2, 2);
    new NDList(x).close();
  }
}
