package dev.headgrad.djl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Custom functions, as section 9 of the facts measured them, with the deviations of D9. */
class FunctionTest extends EngineTest {

  private static final class Sigmoid extends Function {
    @Override
    protected NDList forward(NDList inputs) {
      assertFalse(Autograd.isRecording(ENGINE));
      NDArray y = inputs.get(0).neg().exp().add(1).pow(-1);
      saveForBackward(y);
      return new NDList(y);
    }

    @Override
    protected NDList backward(NDList outputGradients) {
      assertFalse(Autograd.isRecording(ENGINE));
      NDArray y = savedTensors().get(0);
      return new NDList(outputGradients.get(0).mul(y).mul(y.neg().add(1)));
    }
  }

  /** a * b and a + b. */
  private static final class ProductAndSum extends Function {
    @Override
    protected NDList forward(NDList inputs) {
      NDArray a = inputs.get(0);
      NDArray b = inputs.get(1);
      saveForBackward(a, b);
      return new NDList(a.mul(b), a.add(b));
    }

    @Override
    protected NDList backward(NDList g) {
      NDArray a = savedTensors().get(0);
      NDArray b = savedTensors().get(1);
      return new NDList(g.get(0).mul(b).add(g.get(1)), g.get(0).mul(a).add(g.get(1)));
    }
  }

  private static final class Throwing extends Function {
    static final RuntimeException REASON = new UnsupportedOperationException("no gradient today");

    @Override
    protected NDList forward(NDList inputs) {
      return new NDList(inputs.get(0).mul(2));
    }

    @Override
    protected NDList backward(NDList outputGradients) {
      throw REASON;
    }
  }

  private static NDArray call(Function function, NDArray x) {
    return Autograd.apply(function, new NDList(x)).get(0);
  }

  @Test
  void sigmoid() {
    NDArray x = x4();
    NDArray y;
    try (RecordScope scope = Autograd.record(ENGINE)) {
      y = call(new Sigmoid(), x);
    }
    assertValues(y, .5f, .7310586f, .880797f, .95257413f);
    Autograd.backward(y, head());
    assertGrad(x, 2.5f, .19661193f, .010499363f, .00045176654f);
  }

  @Test
  void inTheMiddleOfAGraphAndTwiceOverTheSameLeaf() {
    NDArray x = x4();
    NDArray z;
    try (RecordScope scope = Autograd.record(ENGINE)) {
      NDArray y = call(new Sigmoid(), x.mul(2));
      z = y.mul(3).add(x);
    }
    Autograd.backward(z);
    // 1 + 6 s(2x) (1 - s(2x))
    assertGrad(x, 2.5f, 1.6299615f, 1.1059763f, 1.0147996f);
  }

  @Test
  void twoInTwoOut() {
    NDArray a = attached(1, 2, 3, 4);
    NDArray b = attached(5, 6, 7, 8);
    NDList y;
    try (RecordScope scope = Autograd.record(ENGINE)) {
      y = Autograd.apply(new ProductAndSum(), new NDList(a, b));
    }
    Autograd.backward(y, List.of(head(), array(1, 2, 3, 4)), false, true);
    assertGrad(a, 51, 8, 3.7f, 4.08f);
    assertGrad(b, 11, 4, 3.3f, 4.04f);
  }

  @Test
  void anOutputThatIsNotReachedHasZeros() {
    NDArray a = attached(1, 2);
    NDArray b = attached(5, 6);
    NDList y;
    try (RecordScope scope = Autograd.record(ENGINE)) {
      y = Autograd.apply(new ProductAndSum(), new NDList(a, b));
    }
    Autograd.backward(y.get(1));
    assertGrad(a, 1, 1);
    assertGrad(b, 1, 1);
  }

  @Test
  void whatIsAddedToAndWhatIsNotAttached() {
    NDArray constant = array(1, 2);
    NDArray b = array(5, 6);
    Autograd.attachGrad(b, GradRequest.ADD);
    for (int i = 0; i < 2; i++) {
      NDList y;
      try (RecordScope scope = Autograd.record(ENGINE)) {
        y = Autograd.apply(new ProductAndSum(), new NDList(constant, b));
      }
      Autograd.backward(y.get(0));
    }
    assertGrad(b, 2, 4);
  }

  @Test
  void retainedGraphs() {
    NDArray x = x4();
    NDArray y;
    try (RecordScope scope = Autograd.record(ENGINE)) {
      y = call(new Sigmoid(), x).mul(2);
    }
    Autograd.backward(List.of(y), null, true, true);
    Autograd.backward(List.of(y), List.of(head()), false, true);
    assertGrad(x, 5, .39322386f, .020998726f, .00090353308f);
  }

  @Test
  void anExceptionIsTheCauseAndChangesNothing() {
    NDArray x = x4();
    NDArray y;
    try (RecordScope scope = Autograd.record(ENGINE)) {
      y = x.mul(2);
    }
    Autograd.backward(y);
    NDArray z;
    try (RecordScope scope = Autograd.record(ENGINE)) {
      z = call(new Throwing(), x);
    }
    AutogradException e = assertThrows(AutogradException.class, () -> Autograd.backward(z));
    assertSame(Throwing.REASON, e.getCause());
    assertGrad(x, 2, 2, 2, 2);
  }

  @Test
  void anInstanceServesOneCall() {
    Function function = new Sigmoid();
    call(function, array(1));
    AutogradException e = assertThrows(AutogradException.class, () -> call(function, array(1)));
    assertEquals(
        "each Function instance can only be called once: make another Sigmoid", e.getMessage());
  }

  @Test
  void outsideOfARecordingItIsAPlainForward() {
    NDArray x = x4();
    NDArray y = call(new Sigmoid(), x);
    assertThrows(AutogradException.class, () -> Autograd.backward(y));
  }
}
