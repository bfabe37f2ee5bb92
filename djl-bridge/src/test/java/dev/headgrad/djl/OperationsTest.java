package dev.headgrad.djl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The short ways give what DJL's methods give. */
class OperationsTest extends EngineTest {

  private final Operations operations = Autograd.of(ENGINE).operations();

  private NDArray arranged(DataType dtype, long... shape) {
    Shape full = new Shape(shape);
    return manager.arange(full.size()).toType(dtype, true).div(7).sub(1).reshape(full);
  }

  private static void assertSame(NDArray expected, NDArray actual) {
    assertEquals(expected.getShape(), actual.getShape());
    assertEquals(expected.getDataType(), actual.getDataType());
    assertEquals(expected.toByteBuffer(), actual.toByteBuffer());
  }

  @ParameterizedTest
  @EnumSource(names = {"FLOAT32", "FLOAT64"})
  void arithmetic(DataType dtype) {
    NDArray a = arranged(dtype, 3, 4);
    NDArray b = arranged(dtype, 4).add(.3);
    assertSame(a.add(b), operations.add(a, b));
    assertSame(a.sub(b), operations.sub(a, b));
    assertSame(a.mul(b), operations.mul(a, b));
    assertSame(a.div(b), operations.div(a, b));
    for (Number scalar : List.of(2, -.1, 1e30, 1e-30, Math.PI)) {
      assertSame(a.add(scalar), operations.add(a, scalar));
      assertSame(a.sub(scalar), operations.sub(a, scalar));
      assertSame(a.mul(scalar), operations.mul(a, scalar));
      assertSame(a.div(scalar), operations.div(a, scalar));
    }
  }

  @Test
  void integers() {
    NDArray a = manager.create(new int[] {1, -2, 1 << 30});
    assertSame(a.add(a), operations.add(a, a));
    assertSame(a.mul(3), operations.mul(a, 3));
    assertSame(a.sub(-7L), operations.sub(a, -7L));
  }

  @Test
  void sums() {
    NDArray x = arranged(DataType.FLOAT32, 2, 3, 4, 5);
    assertSame(x.sum(new int[] {1, 3}, false), operations.sum(x, new int[] {1, 3}, false));
    assertSame(x.sum(new int[] {2}, true), operations.sum(x, new int[] {2}, true));
  }

  @ParameterizedTest
  @EnumSource(names = {"FLOAT16", "FLOAT32", "FLOAT64"})
  void totals(DataType dtype) {
    List<NDArray> arrays =
        List.of(
            manager.create(new float[] {1, 2, 4}),
            manager.create(new float[] {1.5f, 2, -4, 8}, new Shape(2, 2)),
            manager.ones(new Shape(2, 300, 3)),
            manager.zeros(new Shape(0)),
            manager.zeros(new Shape(2, 0)));
    float[] expected = {7, 7.5f, 1800, 0, 0};
    for (int i = 0; i < expected.length; i++) {
      NDArray total = operations.total(arrays.get(i).toType(dtype, true));
      assertEquals(dtype, total.getDataType());
      assertValues(total, expected[i]);
    }
  }

  @Test
  void aTotalIsDifferentiated() {
    NDArray x = x4();
    NDArray y = recorded(() -> operations.total(operations.mul(x.reshape(2, 2), 3)));
    Autograd.backward(y, array(2));
    assertGrad(x, 6, 6, 6, 6);
  }

  @Test
  void products() {
    NDArray a = arranged(DataType.FLOAT32, 3, 4);
    NDArray b = arranged(DataType.FLOAT32, 4, 2);
    assertSame(a.matMul(b), operations.matMul(a, b));
  }

  @Test
  void likeness() {
    NDArray a = arranged(DataType.FLOAT32, 3, 4);
    assertEquals(DataType.FLOAT32, operations.dtype(a));
    assertEquals(2, operations.rank(a));
    assertEquals(0, operations.rank(a.sum()));
    assertTrue(operations.alike(a, a));
    assertTrue(operations.alike(a, a.add(1)));
    assertFalse(operations.alike(a, a.transpose()));
    assertFalse(operations.alike(a, a.flatten()));
    assertFalse(operations.alike(a, a.toType(DataType.FLOAT64, true)));
  }

  @Test
  void whatDoesNotFitIsRefusedAndWorkGoesOn() {
    NDArray a = array(1, 2, 3);
    assertThrows(RuntimeException.class, () -> operations.add(a, array(1, 2)));
    assertValues(operations.add(a, a), 2, 4, 6);
  }

  @Test
  void closedArraysAreRefused() {
    NDArray a = array(1, 2);
    a.close();
    assertThrows(IllegalStateException.class, () -> operations.mul(a, 2));
  }

  @Test
  void everyThreadHasItsOwnArguments() throws InterruptedException {
    NDArray x = array(1, 2, 3);
    AtomicReference<Throwable> failure = new AtomicReference<>();
    Thread[] threads = new Thread[4];
    for (int i = 0; i < threads.length; i++) {
      int factor = i + 1;
      threads[i] =
          new Thread(
              () -> {
                for (int run = 0; run < 100; run++) {
                  try (NDArray y = operations.mul(x, factor)) {
                    assertValues(y, factor, 2 * factor, 3 * factor);
                  }
                }
              });
      threads[i].setUncaughtExceptionHandler((thread, e) -> failure.set(e));
      threads[i].start();
    }
    for (Thread thread : threads) {
      thread.join();
    }
    if (failure.get() != null) {
      throw new AssertionError(failure.get());
    }
  }
}
