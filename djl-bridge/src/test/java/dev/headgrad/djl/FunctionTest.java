package dev.headgrad.djl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/**
 * Item 7 of the contract, deviation D9, and the table of section 9: functions of the user's own.
 */
class FunctionTest extends EngineTest {

  private static final class Sigmoid extends Function {
    boolean recordingInForward;
    boolean recordingInBackward;
    boolean trainingInBackward;

    @Override
    protected NDList forward(NDList inputs) {
      recordingInForward = Autograd.isRecording(ENGINE);
      NDArray one = inputs.get(0).onesLike();
      NDArray y = one.div(inputs.get(0).neg().exp().add(one));
      saveForBackward(y);
      return new NDList(y);
    }

    @Override
    protected NDList backward(NDList outputGrads) {
      recordingInBackward = Autograd.isRecording(ENGINE);
      trainingInBackward = Autograd.isTraining(ENGINE);
      NDArray y = savedTensors().get(0);
      return new NDList(outputGrads.get(0).mul(y).mul(y.onesLike().sub(y)));
    }
  }

  /** a*b and a+b. */
  private static final class ProductAndSum extends Function {
    @Override
    protected NDList forward(NDList inputs) {
      NDArray a = inputs.get(0);
      NDArray b = inputs.get(1);
      saveForBackward(a, b);
      return new NDList(a.mul(b), a.add(b));
    }

    @Override
    protected NDList backward(NDList outputGrads) {
      NDArray dp = outputGrads.get(0);
      NDArray ds = outputGrads.get(1);
      NDArray a = savedTensors().get(0);
      NDArray b = savedTensors().get(1);
      return new NDList(dp.mul(b).add(ds), dp.mul(a).add(ds));
    }
  }

  /** The identity, with any backward. */
  private static final class Identity extends Function {
    private final UnaryOperator<NDList> backward;

    Identity(UnaryOperator<NDList> backward) {
      this.backward = backward;
    }

    @Override
    protected NDList forward(NDList inputs) {
      return inputs;
    }

    @Override
    protected NDList backward(NDList outputGrads) {
      return backward.apply(outputGrads);
    }
  }

  private NDList record(Supplier<NDList> expression) {
    try (RecordScope scope = Autograd.record(ENGINE)) {
      return expression.get();
    }
  }

  private NDArray apply(Function function, NDArray... inputs) {
    return record(() -> Autograd.apply(function, new NDList(inputs))).get(0);
  }

  @Test
  void sigmoid() {
    NDArray x = x4();
    Sigmoid function = new Sigmoid();
    NDArray y = apply(function, x);
    assertValues(y, .5f, .7310586f, .880797f, .95257413f);
    Autograd.backward(y, head());
    assertGrad(x, 2.5f, .19661193f, .010499363f, .00045176654f);
    assertFalse(function.recordingInForward);
    assertFalse(function.recordingInBackward);
    assertTrue(function.trainingInBackward);
  }

  @Test
  void trainModeReachesBackward() {
    NDArray x = x4();
    Sigmoid function = new Sigmoid();
    NDArray y = apply(function, x);
    Autograd.backward(List.of(y), null, false, false);
    assertFalse(function.trainingInBackward);
  }

  @Test
  void betweenOtherOperations() {
    NDArray x = x4();
    NDArray z =
        record(
                () -> {
                  NDArray a = x.mul(x);
                  NDArray y = Autograd.apply(new Sigmoid(), new NDList(a.add(1))).get(0);
                  return new NDList(y.mul(a).add(x));
                })
            .get(0);
    Autograd.backward(z, array(1, 1, 1, 1));
    // d/dx (s(x²+1) x² + x) = s'(x²+1) 2x³ + s(x²+1) 2x + 1
    float[] expected = new float[4];
    for (int i = 0; i < 4; i++) {
      double s = 1 / (1 + Math.exp(-(i * i + 1)));
      expected[i] = (float) (s * (1 - s) * 2 * i * i * i + s * 2 * i + 1);
    }
    assertGrad(x, expected);
  }

  @Test
  void chain() {
    NDArray x = x4();
    NDArray y =
        record(
                () -> {
                  NDArray a = x;
                  for (int i = 0; i < 5; i++) {
                    a =
                        Autograd.apply(
                                new Identity(heads -> new NDList(heads.get(0).mul(heads.get(0)))),
                                new NDList(a))
                            .get(0);
                  }
                  return new NDList(a);
                })
            .get(0);
    Autograd.backward(y, array(1, 2, 1, 1));
    assertGrad(x, 1, (float) Math.pow(2, 32), 1, 1);
  }

  @Test
  void twoInTwoOut() {
    NDArray a = attached(1, 2, 3, 4);
    NDArray b = attached(5, 6, 7, 8);
    Supplier<NDList> call = () -> Autograd.apply(new ProductAndSum(), new NDList(a, b));
    NDList outputs = record(call);
    Autograd.backward(outputs, List.of(head(), array(1, 2, 3, 4)), false, true);
    assertGrad(a, 51, 8, 3.7f, 4.08f);
    assertGrad(b, 11, 4, 3.3f, 4.04f);
    outputs = record(call);
    Autograd.backward(outputs.get(1), head());
    assertGrad(a, HEAD);
    assertGrad(b, HEAD);
    outputs = record(call);
    Autograd.backward(outputs.get(0));
    assertGrad(a, 5, 6, 7, 8);
    assertGrad(b, 1, 2, 3, 4);
  }

  @Test
  void theSameInputTwice() {
    NDArray a = attached(1, 2, 3, 4);
    NDArray y = record(() -> Autograd.apply(new ProductAndSum(), new NDList(a, a))).get(0);
    Autograd.backward(y);
    assertGrad(a, 2, 4, 6, 8);
  }

  @Test
  void inputsThatNeedNoGradient() {
    NDArray b = attached(5, 6, 7, 8);
    NDArray constant = array(1, 2, 3, 4);
    Autograd.backward(apply(new ProductAndSum(), constant, b));
    assertGrad(b, 1, 2, 3, 4);
    NDArray ignored = array(1, 2, 3, 4);
    Autograd.attachGrad(ignored, GradRequest.NULL);
    Autograd.backward(apply(new ProductAndSum(), ignored, b));
    assertGrad(b, 1, 2, 3, 4);
    assertGrad(ignored, 0, 0, 0, 0);
    NDArray a = attached(1, 2, 3, 4);
    Autograd.backward(apply(new ProductAndSum(), a, constant));
    assertGrad(a, 1, 2, 3, 4);
  }

  @Test
  void gradWithRespectToOneInput() {
    NDArray a = attached(1, 2, 3, 4);
    NDArray b = attached(5, 6, 7, 8);
    NDArray y = apply(new ProductAndSum(), a, b);
    assertValues(Autograd.grad(List.of(y), List.of(b), null, true, false, true).get(0), 1, 2, 3, 4);
    assertValues(Autograd.grad(List.of(y), List.of(a), null, true, false, true).get(0), 5, 6, 7, 8);
    assertGrad(a, 0, 0, 0, 0);
  }

  @Test
  void addRequest() {
    NDArray x = array(1, 2, 3, 4);
    Autograd.attachGrad(x, GradRequest.ADD);
    for (int i = 0; i < 2; i++) {
      Autograd.backward(apply(new ProductAndSum(), x, array(1, 1, 1, 1)), head());
    }
    assertGrad(x, 20, 2, .2f, .02f);
  }

  @Test
  void outsideOfRecordItIsAPlainCall() {
    NDArray x = x4();
    NDArray y = Autograd.apply(new Sigmoid(), new NDList(x)).get(0);
    assertValues(y, .5f, .7310586f, .880797f, .95257413f);
    assertThrows(AutogradException.class, () -> Autograd.backward(y));
    NDArray constant = apply(new Sigmoid(), array(0));
    assertThrows(AutogradException.class, () -> Autograd.backward(constant));
  }

  @Test
  void anInstanceServesOneCall() {
    Sigmoid function = new Sigmoid();
    Autograd.apply(function, new NDList(x4()));
    AutogradException e =
        assertThrows(AutogradException.class, () -> Autograd.apply(function, new NDList(x4())));
    assertEquals(
        "each Function instance can only be called once: make another Sigmoid", e.getMessage());
  }

  @Test
  void retainedGraph() {
    NDArray x = x4();
    NDArray y = apply(new Sigmoid(), x);
    Autograd.backward(List.of(y), List.of(head()), true, true);
    Autograd.backward(List.of(y), List.of(head()), true, true);
    assertGrad(x, 2.5f, .19661193f, .010499363f, .00045176654f);
    Autograd.backward(List.of(y), null, false, true);
    assertGrad(x, .25f, .19661193f, .10499363f, .045176654f);
    assertThrows(AutogradException.class, () -> Autograd.backward(y));
  }

  @Test
  void whatForwardThrowsComesThrough() {
    NDArray x = x4();
    IllegalArgumentException thrown = new IllegalArgumentException("no");
    Function failing =
        new Function() {
          @Override
          protected NDList forward(NDList inputs) {
            throw thrown;
          }

          @Override
          protected NDList backward(NDList outputGrads) {
            return outputGrads;
          }
        };
    try (RecordScope scope = Autograd.record(ENGINE)) {
      assertSame(
          thrown,
          assertThrows(
              IllegalArgumentException.class, () -> Autograd.apply(failing, new NDList(x))));
      assertTrue(Autograd.isRecording(ENGINE));
    }
  }

  @Test
  void whatBackwardThrowsIsTheCause() {
    NDArray x = x4();
    grad(x).addi(7);
    IllegalArgumentException thrown = new IllegalArgumentException("wrong turn");
    NDArray y =
        apply(
            new Identity(
                heads -> {
                  throw thrown;
                }),
            x);
    AutogradException e = assertThrows(AutogradException.class, () -> Autograd.backward(y));
    assertEquals(
        "the backward of Identity failed: java.lang.IllegalArgumentException: wrong turn",
        e.getMessage());
    assertSame(thrown, e.getCause());
    assertGrad(x, 7, 7, 7, 7);
    // and the session still works
    Autograd.backward(apply(new Sigmoid(), x), head());
    assertGrad(x, 2.5f, .19661193f, .010499363f, .00045176654f);
  }

  @Test
  void otherGradientsStayWhenBackwardThrows() {
    NDArray x = x4();
    NDArray w = attached(1, 1, 1, 1);
    grad(w).addi(3);
    NDArray y =
        record(
                () ->
                    new NDList(
                        Autograd.apply(
                                new Identity(heads -> new NDList(heads.get(0), heads.get(0))),
                                new NDList(x))
                            .get(0)
                            .mul(w)))
            .get(0);
    AutogradException e = assertThrows(AutogradException.class, () -> Autograd.backward(y));
    assertEquals("the backward of Identity returned 2 gradients for 1 inputs", e.getMessage());
    assertGrad(w, 3, 3, 3, 3);
    assertGrad(x, 0, 0, 0, 0);
  }

  @Test
  void gradientsAreBroadcastAndCast() {
    NDArray x = x4();
    Autograd.backward(apply(new Identity(heads -> new NDList(array(5))), x));
    assertGrad(x, 5, 5, 5, 5);
    Autograd.backward(
        apply(new Identity(heads -> new NDList(head().toType(DataType.FLOAT64, true))), x));
    assertGrad(x, HEAD);
    NDArray y = apply(new Identity(heads -> new NDList(array(1, 2, 3))), x);
    AutogradException e = assertThrows(AutogradException.class, () -> Autograd.backward(y));
    assertEquals(
        "the backward of Identity returned a gradient of shape (3) for input 0 of shape (4)",
        e.getMessage());
  }

  @Test
  void outputsOfOtherShapes() {
    NDArray x = manager.create(new float[] {1, 2, 3, 4, 5, 6}, new Shape(2, 3));
    Autograd.attachGrad(x);
    Function rowSums =
        new Function() {
          @Override
          protected NDList forward(NDList inputs) {
            return new NDList(inputs.get(0).sum(new int[] {1}));
          }

          @Override
          protected NDList backward(NDList outputGrads) {
            return new NDList(outputGrads.get(0).reshape(2, 1));
          }
        };
    NDArray y = apply(rowSums, x);
    Autograd.backward(y, array(10, 1));
    assertArray(grad(x), new Shape(2, 3), 10, 10, 10, 1, 1, 1);
  }

  /** MXNet's own test_function1: nothing attached anywhere. */
  @Test
  void chainOnUnattachedInput() {
    NDArray x = array(1, 2, 3);
    NDArray y =
        record(
                () -> {
                  NDArray a = x;
                  for (int i = 0; i < 5; i++) {
                    a = Autograd.apply(new Sigmoid(), new NDList(a)).get(0);
                  }
                  return new NDList(a);
                })
            .get(0);
    assertEquals(3, y.toFloatArray().length);
  }

  @Test
  void theGraphIsFreedWithTheFunction() {
    NDArray x = x4();
    NDList z =
        record(
            () -> {
              NDArray y = Autograd.apply(new Sigmoid(), new NDList(x)).get(0);
              return new NDList(y.mul(y), y.exp());
            });
    Autograd.backward(z.get(0));
    assertThrows(AutogradException.class, () -> Autograd.backward(z.get(1)));
  }

  /** The path around the function and the one through it meet again before it. */
  /** On PyTorch the bridge keeps what has been called and not been differentiated yet. */
  @Test
  void aCallThatWaitsLeavesOtherGraphsTheirLifetime() {
    NDArray x = x4();
    NDArray waiting;
    NDArray y;
    NDArray z;
    try (RecordScope scope = Autograd.record(ENGINE)) {
      waiting = Autograd.apply(new Sigmoid(), new NDList(x)).head();
      y = x.mul(x);
      z = y.add(x);
    }
    Autograd.backward(z);
    assertGrad(x, 1, 3, 5, 7);
    assertThrows(AutogradException.class, () -> Autograd.backward(y));
    Autograd.backward(waiting);
    assertThrows(AutogradException.class, () -> Autograd.backward(waiting));
  }

  @Test
  void aPathAroundTheFunction() {
    NDArray x = x4();
    NDArray z =
        record(
                () -> {
                  NDArray a = x.mul(x);
                  NDArray y =
                      Autograd.apply(
                              new Identity(heads -> new NDList(heads.get(0).mul(3))), new NDList(a))
                          .get(0);
                  return new NDList(y.add(a).mul(a));
                })
            .get(0);
    // z = (f(a) + a) a with f = identity, df taken as 3: dz/da = 3a + a + 2a = 6a, da/dx = 2x
    Autograd.backward(z);
    assertGrad(x, 0, 12, 96, 324);
  }

  /** A function that differentiates inside its own backward, as checkpointing does. */
  @Test
  void backwardWithinBackward() {
    NDArray x = x4();
    Function checkpointed =
        new Function() {
          @Override
          protected NDList forward(NDList inputs) {
            saveForBackward(inputs.get(0));
            return new NDList(inputs.get(0).mul(inputs.get(0)));
          }

          @Override
          protected NDList backward(NDList outputGrads) {
            NDArray again = savedTensors().get(0).duplicate();
            Autograd.attachGrad(again);
            NDArray y;
            try (RecordScope scope = Autograd.record(ENGINE)) {
              y = again.mul(again);
            }
            Autograd.backward(y, outputGrads.get(0));
            return new NDList(grad(again));
          }
        };
    Autograd.backward(apply(checkpointed, x), head());
    assertGrad(x, 0, 2, .4f, .06f);
  }
}
