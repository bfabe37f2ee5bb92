package dev.headgrad.tape;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import ai.djl.ndarray.NDArray;
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
}
