package dev.headgrad.conformance.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.headgrad.Function;
import dev.headgrad.Tensor;
import dev.headgrad.djl.AutogradException;
import dev.headgrad.djl.GradRequest;
import java.util.List;
import org.junit.jupiter.api.Test;

class FunctionTest extends Contract {

  private static final class Sigmoid extends Function {
    @Override
    protected List<Tensor> forward(List<Tensor> inputs) {
      Tensor y = inputs.get(0).unaryMinus().exp().plus(1).rdiv(1);
      saveForBackward(y);
      return List.of(y);
    }

    @Override
    protected List<Tensor> backward(List<Tensor> outputGradients) {
      Tensor y = savedTensors().get(0);
      return List.of(outputGradients.get(0).times(y).times(y.rminus(1)));
    }
  }

  /** a, b → a * b, a + b. */
  private static final class ProductAndSum extends Function {
    @Override
    protected List<Tensor> forward(List<Tensor> inputs) {
      saveForBackward(inputs.get(0), inputs.get(1));
      return List.of(inputs.get(0).times(inputs.get(1)), inputs.get(0).plus(inputs.get(1)));
    }

    @Override
    protected List<Tensor> backward(List<Tensor> outputGradients) {
      Tensor p = outputGradients.get(0);
      Tensor s = outputGradients.get(1);
      return List.of(
          p.times(savedTensors().get(1)).plus(s), p.times(savedTensors().get(0)).plus(s));
    }
  }

  private static final class Failing extends Function {
    static final RuntimeException CAUSE = new ArithmeticException("of the user's own");

    @Override
    protected List<Tensor> forward(List<Tensor> inputs) {
      return List.of(inputs.get(0).copy());
    }

    @Override
    protected List<Tensor> backward(List<Tensor> outputGradients) {
      throw CAUSE;
    }
  }

  @Test
  @Holds("7")
  void sigmoid() {
    Tensor x = x4();
    Tensor y = record(() -> new Sigmoid().call(x));
    y.backward(head());
    assertValues(y, .5, .7310586, .880797, .95257413);
    assertValues(x.getGrad(), 2.5, .19661193, .010499363, .00045176654);
  }

  @Test
  @Holds("7")
  void neitherMethodIsRecorded() {
    Tensor x = x4();
    StringBuilder seen = new StringBuilder();
    Function identity =
        new Function() {
          @Override
          protected List<Tensor> forward(List<Tensor> inputs) {
            seen.append(autograd.isRecording()).append(autograd.isTraining());
            return List.of(inputs.get(0).copy());
          }

          @Override
          protected List<Tensor> backward(List<Tensor> outputGradients) {
            seen.append(autograd.isRecording());
            return outputGradients;
          }
        };
    record(() -> identity.call(x)).backward();
    assertEquals("falsetruefalse", seen.toString());
    assertValues(x.getGrad(), 1, 1, 1, 1);
  }

  @Test
  @Holds("7")
  void anOutputThatIsNotReachedGetsZeros() {
    Tensor a = nd.array(1, 2, 3, 4).attachGrad();
    Tensor b = nd.array(5, 6, 7, 8).attachGrad();
    List<Tensor> y = autograd.record(() -> new ProductAndSum().call(List.of(a, b)));
    y.get(0).backward(null, true);
    assertValues(a.getGrad(), 5, 6, 7, 8);
    assertValues(b.getGrad(), 1, 2, 3, 4);
    autograd.backward(y, List.of(head(), nd.array(1, 2, 3, 4)));
    assertValues(a.getGrad(), 51, 8, 3.7, 4.08);
    assertValues(b.getGrad(), 11, 4, 3.3, 4.04);
  }

  @Test
  @Holds("7")
  void anInstanceServesOneCall() {
    Tensor x = x4();
    Sigmoid sigmoid = new Sigmoid();
    sigmoid.call(x);
    assertThrows(AutogradException.class, () -> sigmoid.call(x));
  }

  @Test
  @Holds("7")
  void outsideOfRecordItIsAPlainForward() {
    Tensor y = new Sigmoid().call(x4());
    assertValues(y, .5, .7310586, .880797, .95257413);
    assertRefused("not in a recorded graph", y::backward);
  }

  @Test
  @Holds("D9")
  void whatBackwardThrowsIsTheCause() {
    Tensor x = x4();
    Tensor y = record(() -> new Failing().call(x));
    AutogradException e = assertThrows(AutogradException.class, y::backward);
    Throwable cause = e;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    assertSame(Failing.CAUSE, cause);
    assertValues(x.getGrad(), 0, 0, 0, 0);
    record(() -> x.times(2)).backward();
    assertValues(x.getGrad(), 2, 2, 2, 2);
  }

  @Test
  @Holds("D9")
  void whatForwardThrowsLeavesTheScopeRecording() {
    Tensor x = x4();
    Function failing =
        new Function() {
          @Override
          protected List<Tensor> forward(List<Tensor> inputs) {
            throw Failing.CAUSE;
          }

          @Override
          protected List<Tensor> backward(List<Tensor> outputGradients) {
            return outputGradients;
          }
        };
    Tensor y =
        record(
            () -> {
              assertThrows(ArithmeticException.class, () -> failing.call(x));
              return x.times(2);
            });
    y.backward();
    assertValues(x.getGrad(), 2, 2, 2, 2);
  }

  @Test
  @Holds("D9")
  void allRequestsWork() {
    Tensor added = nd.array(1, 2, 3, 4).attachGrad(GradRequest.ADD);
    Tensor written = nd.array(5, 6, 7, 8).attachGrad();
    Tensor unattached = nd.array(1, 1, 1, 1);
    for (int i = 0; i < 2; i++) {
      autograd.record(() -> new ProductAndSum().call(List.of(added, written))).get(0).backward();
    }
    assertValues(added.getGrad(), 10, 12, 14, 16);
    assertValues(written.getGrad(), 1, 2, 3, 4);
    autograd.record(() -> new ProductAndSum().call(List.of(unattached, written))).get(0).backward();
    assertValues(written.getGrad(), 1, 1, 1, 1);
  }
}
