package dev.headgrad.conformance.contract;

import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.headgrad.Tensor;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class HeadsTest extends Contract {

  @Test
  @Holds("1")
  void noHeadMeansOnes() {
    Tensor x = x4();
    record(() -> x.times(x)).backward();
    assertValues(x.getGrad(), 0, 2, 4, 6);
    record(() -> x.times(x)).backward(null);
    assertValues(x.getGrad(), 0, 2, 4, 6);
  }

  @Test
  @Holds("1")
  void theForumExample() {
    Tensor x = x4();
    record(() -> x.times(2)).backward(head());
    assertValues(x.getGrad(), 20, 2, .2, .02);
  }

  @Test
  @Holds("1")
  void severalHeadsAddUpAndANullEntryMeansOnes() {
    Tensor x = x4();
    List<Tensor> y = autograd.record(() -> List.of(x.times(2), x.times(x)));
    autograd.backward(y, null, true, true);
    assertValues(x.getGrad(), 2, 4, 6, 8);
    autograd.backward(y, Arrays.asList(null, null), true, true);
    assertValues(x.getGrad(), 2, 4, 6, 8);
    autograd.backward(y, Arrays.asList(head(), null));
    assertValues(x.getGrad(), 20, 4, 4.2, 6.02);
  }

  @Test
  @Holds("1")
  void aHeadInsideTheGraphOfAnotherAddsToItsFlow() {
    Tensor x = x4();
    List<Tensor> y =
        autograd.record(
            () -> {
              Tensor inner = x.times(2);
              return List.of(inner, inner.times(3));
            });
    autograd.backward(y, Arrays.asList(head(), null));
    assertValues(x.getGrad(), 26, 8, 6.2, 6.02);
  }

  @Test
  @Holds("1")
  void theHeadIsAConstantAndUnchanged() {
    Tensor x = x4();
    Tensor h = head().attachGrad();
    record(() -> x.times(x)).backward(h);
    assertValues(h, 10, 1, .1, .01);
    assertValues(h.getGrad(), 0, 0, 0, 0);

    List<Tensor> recorded = autograd.record(() -> List.of(x.times(x), x.times(3)));
    recorded.get(0).backward(recorded.get(1));
    assertValues(x.getGrad(), 0, 6, 24, 54);
  }

  @Test
  @Holds("1")
  void aLeafIsAHeadToo() {
    Tensor x = x4();
    x.backward(head());
    assertValues(x.getGrad(), 10, 1, .1, .01);
    x.backward();
    assertValues(x.getGrad(), 1, 1, 1, 1);
  }

  @Test
  @Holds("1")
  void thereIsOneHeadGradientForEachHead() {
    Tensor x = x4();
    Tensor y = record(() -> x.times(2));
    assertBadArgument("1 heads, but 2", () -> autograd.backward(List.of(y), List.of(head(), y)));
    assertBadArgument("empty", () -> autograd.backward(List.of()));
    y.backward(head());
    assertValues(x.getGrad(), 20, 2, .2, .02);
  }

  @Test
  @Holds("D1")
  void aHeadOfAnotherSizeIsRefusedBeforeAnythingRuns() {
    Tensor x = x4();
    for (Tensor y : List.of(record(() -> x.times(2)), record(x::exp))) {
      for (Tensor h : List.of(nd.array(1, 2), nd.ones(5), nd.ones(1), nd.ones(2, 4))) {
        assertBadArgument(
            "head gradient has shape " + h.shape() + ", but y has shape (4)", () -> y.backward(h));
      }
      assertValues(x.getGrad(), 0, 0, 0, 0);
    }
    Tensor y = record(() -> x.times(2));
    assertBadArgument("but y has shape (4)", () -> y.backward(nd.ones(3)));
    y.backward(head());
    assertValues(x.getGrad(), 20, 2, .2, .02);
  }

  @Test
  @Holds("D1")
  void theSameNumberInAnotherShapeIsReshaped() {
    Tensor column = nd.array(new float[] {0, 1, 2, 3}, new Shape(4, 1)).attachGrad();
    record(() -> column.times(2).times(column)).backward(head());
    assertShape(column.getGrad() == null ? column : column.getGrad(), 4, 1);
    assertValues(column.getGrad(), 0, 4, .8, .12);
    Tensor x = x4();
    record(x::exp).backward(head().reshape(2, 2));
    assertValues(x.getGrad(), 10, Math.E, .1 * Math.exp(2), .01 * Math.exp(3));
    record(() -> x.sum()).backward(nd.array(5).reshape(1, 1));
    assertValues(x.getGrad(), 5, 5, 5, 5);
  }

  @Test
  @Holds("D2")
  void aHeadOfAnotherTypeIsRefusedAtTheCall() {
    Tensor x = x4();
    Tensor y = record(() -> x.times(2));
    for (DataType type : List.of(DataType.FLOAT64, DataType.INT32, DataType.UINT8)) {
      assertBadArgument("but y has dtype float32", () -> y.backward(nd.ones(new Shape(4), type)));
    }
    assertValues(x.getGrad(), 0, 0, 0, 0);
    y.backward(head());
    assertValues(x.getGrad(), 20, 2, .2, .02);
  }

  @Test
  @Holds("D3")
  void theSameHeadTwiceAddsUp() {
    Tensor x = x4();
    Tensor y = record(() -> x.times(2));
    autograd.backward(List.of(y, y), List.of(head(), nd.ones(4)), true, true);
    assertValues(x.getGrad(), 22, 4, 2.2, 2.02);
    autograd.backward(List.of(y, y), Arrays.asList(head(), null), true, true);
    assertValues(x.getGrad(), 22, 4, 2.2, 2.02);
    autograd.backward(List.of(y, y));
    assertValues(x.getGrad(), 4, 4, 4, 4);
    autograd.backward(List.of(x, x), List.of(head(), nd.ones(4)));
    assertValues(x.getGrad(), 11, 2, 1.1, 1.01);
  }
}
