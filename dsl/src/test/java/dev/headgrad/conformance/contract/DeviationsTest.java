package dev.headgrad.conformance.contract;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.headgrad.Tensor;
import dev.headgrad.djl.AutogradException;
import dev.headgrad.djl.RecordScope;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Where headgrad departs from MXNet on purpose, and not in heads, requests, functions, kinks. */
class DeviationsTest extends Contract {

  @Test
  @Holds("D4")
  void writesInPlaceAreRefusedBeforeAnythingChanges() {
    Tensor x = x4();
    Tensor used = head();
    try (RecordScope scope = autograd.record()) {
      Tensor y = x.times(used);
      for (Tensor target : List.of(x, used, y)) {
        float[] before = target.toFloatArray();
        List<Executable> writes =
            List.of(
                () -> target.addi(1),
                () -> target.muli(2),
                () -> target.assign(3),
                () -> target.set(0, 5),
                () -> nd.ones(4).copyTo(target));
        for (Executable write : writes) {
          assertThrows(AutogradException.class, write);
          assertArrayEquals(before, target.toFloatArray());
        }
      }
      y.backward();
    }
    assertValues(x.getGrad(), 10, 1, .1, .01);
    x.addi(1);
    assertValues(x, 1, 2, 3, 4);
    record(() -> x.times(x)).backward();
    assertValues(x.getGrad(), 2, 4, 6, 8);
  }

  @Test
  @Holds("D5")
  void aSavedArrayThatWasChangedIsSeenWhereTheEngineIsOurs() {
    Tensor x = x4();
    Tensor y = record(() -> x.times(x));
    x.assign(100);
    if (on("MXNet")) {
      y.backward();
      assertValues(x.getGrad(), 200, 200, 200, 200);
    } else {
      AutogradException e = assertThrows(AutogradException.class, y::backward);
      assertSays("an array of shape (4), was changed in place after", e);
      assertValues(x.getGrad(), 0, 0, 0, 0);
    }
  }

  @Test
  @Holds("D7")
  void dropoutKeepsItsMask() {
    Tensor x = nd.ones(1000).attachGrad();
    Tensor y = record(() -> nd.dropout(x, .5));
    float[] mask = y.toFloatArray();
    for (int i = 0; i < 3; i++) {
      y.backward(null, true);
      Tensor gradient = x.getGrad();
      assertNotNull(gradient);
      assertArrayEquals(mask, gradient.toFloatArray());
    }
  }

  @Test
  @Holds("D7")
  void everythingDropsAtOne() {
    Tensor x = x4();
    Tensor y = record(() -> nd.dropout(x, 1));
    assertValues(y, 0, 0, 0, 0);
    y.backward(head());
    assertValues(x.getGrad(), 0, 0, 0, 0);
  }

  @Test
  @Holds("D8")
  void movingStatisticsChangeOnceInAForwardAndBackward() {
    Tensor x = nd.array(new float[] {1, 2, 3, 6}, new Shape(4, 1)).attachGrad();
    Tensor gamma = nd.ones(1).attachGrad();
    Tensor beta = nd.zeros(1).attachGrad();
    Tensor mean = nd.zeros(1);
    Tensor variance = nd.ones(1);
    Tensor y = record(() -> nd.batchNorm(x, gamma, beta, mean, variance));
    y.backward(null, true);
    assertValues(mean, .3);
    assertValues(variance, .9 + .1 * 3.5);
    if (on("JavaTape")) {
      y.backward();
      assertValues(mean, .3);
    }
  }

  @Test
  @Holds("D10")
  void errorsSurfaceAtTheCallThatCausedThem() {
    Tensor x = x4();
    assertThrows(RuntimeException.class, () -> x.plus(nd.ones(3)));
    assertThrows(RuntimeException.class, () -> nd.dot(nd.ones(2, 3), nd.ones(2, 3)));
    assertThrows(RuntimeException.class, () -> x.get(7));
    assertThrows(RuntimeException.class, () -> nd.take(x, nd.array(9), "raise"));
    assertThrows(RuntimeException.class, () -> x.reshape(3, 3));
    record(() -> x.times(2)).backward();
    assertValues(x.getGrad(), 2, 2, 2, 2);
  }

  @Test
  @Holds("D11")
  void wholeNumbersTimesAFractionSuggestACast() {
    Tensor x = nd.array(new int[] {1, 2}, DataType.INT32);
    for (Executable operation :
        List.<Executable>of(() -> x.times(2.5), () -> x.plus(.5), () -> x.rdiv(.5))) {
      assertSays("cast", assertThrows(RuntimeException.class, operation));
    }
    assertValues(x.times(2), 2, 4);
  }

  @Test
  @Holds("D13")
  void secondDerivativesOrAnErrorThatNamesTheOperation() {
    Tensor x = nd.array(.5f, 1, 2, 3).attachGrad();
    Tensor y = record(() -> x.times(x).times(x));
    if (on("MXNet")) {
      AutogradException e =
          assertThrows(
              AutogradException.class,
              () -> autograd.grad(y, List.of(x), null, true).get(0).backward());
      assertSays("mul; the engine JavaTape can", e);
    } else {
      autograd.grad(y, List.of(x), null, true).get(0).backward(head());
      assertValues(x.getGrad(), 30, 6, 1.2, .18);
    }
  }

  @Test
  @Holds("D14")
  void scalarsAndEmptyArraysWorkEverywhere() {
    Tensor scalar = nd.scalar(3).attachGrad();
    Tensor square = record(() -> scalar.times(scalar));
    assertShape(square);
    square.backward();
    assertValues(scalar.getGrad(), 6);

    Tensor vector = nd.array(1, 2, 3);
    record(() -> scalar.times(vector)).backward(nd.array(10, 1, .1f));
    assertValues(scalar.getGrad(), 12.3);

    Tensor empty = nd.zeros(new Shape(0, 3)).attachGrad();
    Tensor doubled = record(() -> empty.times(2));
    assertShape(doubled, 0, 3);
    doubled.backward();
    assertEquals(0, empty.getGrad() == null ? -1 : empty.getGrad().size());
    assertValues(empty.sum(0), 0, 0, 0);
  }
}
