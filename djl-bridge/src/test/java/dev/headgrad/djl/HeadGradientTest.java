package dev.headgrad.djl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Item 1 of the contract: heads, and what may stand in for them. */
class HeadGradientTest extends EngineTest {

  private NDArray twice(NDArray x) {
    try (RecordScope scope = Autograd.record(ENGINE)) {
      return x.mul(2);
    }
  }

  private NDArray square(NDArray x) {
    try (RecordScope scope = Autograd.record(ENGINE)) {
      return x.mul(x);
    }
  }

  @Test
  void headComesFromOutside() {
    NDArray x = x4();
    Autograd.backward(twice(x), head());
    assertGrad(x, 20, 2, .2f, .02f);
  }

  @Test
  void wholeExpressionRecorded() {
    NDArray x = x4();
    NDArray z;
    try (RecordScope scope = Autograd.record(ENGINE)) {
      z = x.mul(2).mul(x);
    }
    Autograd.backward(z, head());
    assertValues(z, 0, 2, 8, 18);
    assertGrad(x, 0, 4, .8f, .12f);
  }

  @Test
  void withoutHeadTheSumIsDifferentiated() {
    NDArray x = x4();
    Autograd.backward(square(x));
    assertGrad(x, 0, 2, 4, 6);
    Autograd.backward(square(x), array(1, 1, 1, 1));
    assertGrad(x, 0, 2, 4, 6);
  }

  @Test
  void headOfTheSameSizeIsReshaped() {
    NDArray x = array(0, 1, 2, 3).reshape(4, 1);
    Autograd.attachGrad(x);
    Autograd.backward(square(x), head());
    assertArray(grad(x), new Shape(4, 1), 0, 2, .4f, .06f);
  }

  @Test
  void headOfAnotherSizeIsRefused() {
    NDArray x = x4();
    NDArray y = twice(x);
    for (float[] wrong : new float[][] {{1, 2}, {1}, {1, 2, 3, 4, 5}}) {
      IllegalArgumentException e =
          assertThrows(IllegalArgumentException.class, () -> Autograd.backward(y, array(wrong)));
      assertEquals(
          "head gradient has shape (" + wrong.length + "), but y has shape (4)", e.getMessage());
    }
    assertGrad(x, 0, 0, 0, 0);
    Autograd.backward(y, head());
    assertGrad(x, 20, 2, .2f, .02f);
  }

  @Test
  void headOfAnotherTypeIsRefused() {
    NDArray x = x4();
    NDArray y = twice(x);
    NDArray wrong = head().toType(DataType.FLOAT64, true);
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> Autograd.backward(y, wrong));
    assertEquals("head gradient has dtype float64, but y has dtype float32", e.getMessage());
    Autograd.backward(y, head());
    assertGrad(x, 20, 2, .2f, .02f);
  }

  @Test
  void severalHeadsAddUp() {
    NDArray x = x4();
    NDArray[] y = new NDArray[2];
    Runnable compute =
        () -> {
          try (RecordScope scope = Autograd.record(ENGINE)) {
            y[0] = x.mul(2);
            y[1] = x.mul(x);
          }
        };
    compute.run();
    Autograd.backward(List.of(y[0], y[1]), null, false, true);
    assertGrad(x, 2, 4, 6, 8);
    compute.run();
    Autograd.backward(List.of(y[0], y[1]), Arrays.asList(head(), null), false, true);
    assertGrad(x, 20, 4, 4.2f, 6.02f);
  }

  @Test
  void theSameHeadTwiceAddsUp() {
    NDArray x = x4();
    NDArray y = twice(x);
    Autograd.backward(List.of(y, y), Arrays.asList(head(), null), false, true);
    assertGrad(x, 22, 4, 2.2f, 2.02f);
    Autograd.backward(List.of(x, x), null, false, true);
    assertGrad(x, 2, 2, 2, 2);
  }

  @Test
  void headInsideTheGraphOfAnother() {
    NDArray x = x4();
    NDArray y;
    NDArray z;
    try (RecordScope scope = Autograd.record(ENGINE)) {
      y = x.mul(2);
      z = y.mul(3);
    }
    Autograd.backward(List.of(y, z), Arrays.asList(head(), array(1, 1, 1, 1)), false, true);
    assertGrad(x, 26, 8, 6.2f, 6.02f);
  }

  @Test
  void headIsAConstant() {
    NDArray x = x4();
    NDArray y;
    NDArray h;
    try (RecordScope scope = Autograd.record(ENGINE)) {
      y = x.mul(x);
      h = x.mul(3);
    }
    Autograd.backward(y, h);
    assertGrad(x, 0, 6, 24, 54);
    assertValues(h, 0, 3, 6, 9);
  }

  @Test
  void headMayBeTheGradientItself() {
    NDArray x = x4();
    Autograd.backward(twice(x), head());
    Autograd.backward(twice(x), grad(x));
    assertGrad(x, 40, 4, .4f, .04f);
  }

  @Test
  void backwardFromALeaf() {
    NDArray x = x4();
    Autograd.backward(x);
    assertGrad(x, 1, 1, 1, 1);
    Autograd.backward(x, head());
    assertGrad(x, HEAD);
  }

  @Test
  void numberOfHeadGradients() {
    NDArray x = x4();
    NDArray y = twice(x);
    assertEquals(
        "there are 1 heads, but 2 head gradients; give one for each head, null for ones",
        assertThrows(
                IllegalArgumentException.class,
                () -> Autograd.backward(List.of(y), List.of(head(), head()), false, true))
            .getMessage());
    assertEquals(
        "there is nothing to differentiate: the list of heads is empty",
        assertThrows(
                IllegalArgumentException.class,
                () -> Autograd.backward(List.of(), null, false, true))
            .getMessage());
  }

  /**
   * A product of y and the head would be NaN wherever y is not finite, or where y is 0 and the head
   * infinite; the engine's own backward never looks at y.
   */
  @Test
  void headReachesTheNativeCall() {
    NDArray x = attached(Float.NaN, Float.POSITIVE_INFINITY, 0, 3);
    Autograd.backward(twice(x), array(10, 1, Float.POSITIVE_INFINITY, .01f));
    assertGrad(x, 20, 2, Float.POSITIVE_INFINITY, .02f);
  }

  @Test
  void float64() {
    NDArray x = manager.create(new double[] {0, 1, 2, 3});
    Autograd.attachGrad(x);
    Autograd.backward(square(x));
    assertEquals(DataType.FLOAT64, grad(x).getDataType());
    assertGrad(x, 0, 2, 4, 6);
  }

  @Test
  void scalarsAndEmptyArrays() {
    NDArray x = manager.create(3f);
    Autograd.attachGrad(x);
    Autograd.backward(square(x), array(10));
    assertArray(grad(x), new Shape(), 60);
    NDArray empty = manager.create(new Shape(0, 3));
    Autograd.attachGrad(empty);
    Autograd.backward(twice(empty));
    assertEquals(new Shape(0, 3), grad(empty).getShape());
  }

  @Test
  void flagsAreAsBefore() {
    NDArray x = x4();
    try (RecordScope scope = Autograd.record(ENGINE)) {
      NDArray y = x.mul(2);
      Autograd.backward(List.of(y), null, false, false);
      assertTrue(Autograd.isRecording(ENGINE));
      assertTrue(Autograd.isTraining(ENGINE));
    }
    assertFalse(Autograd.isRecording(ENGINE));
    Autograd.backward(twice(x));
    assertFalse(Autograd.isTraining(ENGINE));
  }
}
