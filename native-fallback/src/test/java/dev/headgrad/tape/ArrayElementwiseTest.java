package dev.headgrad.tape;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import org.junit.jupiter.api.Test;

class ArrayElementwiseTest extends FaceTest {

  @Test
  void clipLetsTheBoundPassThoughTenthsAreNotExact() {
    NDArray x = manager.create(new float[] {-.5f, -.4f, 0, .1f, .2f});
    x.setRequiresGradient(true);
    try (GradientCollector collector = manager.getEngine().newGradientCollector()) {
      NDArray y = x.clip(-.4, .1);
      assertArrayEquals(new float[] {-.4f, -.4f, 0, .1f, .1f}, y.toFloatArray());
      collector.backward(y.sum());
    }
    assertArrayEquals(new float[] {0, 1, 1, 1, 0}, x.getGradient().toFloatArray());
  }

  @Test
  void writtenInPlaceWhateverTheOperandSharesWithIt() {
    NDArray x = counting(2, 3);
    x.addi(x);
    assertArrayEquals(new float[] {0, 2, 4, 6, 8, 10}, x.toFloatArray());
    x.subi(x.get(1));
    assertArrayEquals(new float[] {-6, -6, -6, 0, 0, 0}, x.toFloatArray());
    x.addi(x.get("1, 2").add(1));
    assertArrayEquals(new float[] {-5, -5, -5, 1, 1, 1}, x.toFloatArray());
    x.transpose().muli(manager.create(new float[] {2, 3}));
    assertArrayEquals(new float[] {-10, -10, -10, 3, 3, 3}, x.toFloatArray());
    x.get(0).divi(manager.create(new float[] {1, 2, 5}));
    assertArrayEquals(new float[] {-10, -5, -2, 3, 3, 3}, x.toFloatArray());
    NDArray whole = manager.create(new int[] {1, 2, 3});
    whole.addi(manager.create(new float[] {.5f, .5f, 1.5f}));
    assertArrayEquals(new int[] {1, 2, 4}, whole.toIntArray());
    assertThrows(IllegalArgumentException.class, () -> whole.addi(manager.zeros(new Shape(2))));
    assertThrows(IllegalArgumentException.class, () -> whole.addi(counting(2, 3)));
  }

  @Test
  void writtenInPlaceWhatARuleNeedsIsNoticed() {
    NDArray x = counting(3);
    NDArray factor = counting(3);
    x.setRequiresGradient(true);
    try (GradientCollector collector = manager.getEngine().newGradientCollector()) {
      NDArray y = x.mul(factor);
      factor.addi(1);
      assertThrows(IllegalStateException.class, () -> collector.backward(y));
    }
  }
}
