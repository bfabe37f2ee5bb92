package dev.headgrad.tape;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import org.junit.jupiter.api.Test;

class TapeGradientCollectorTest {

  private final Engine engine = Engine.getEngine("JavaTape");

  @Test
  void gradientsAddUpWithinACollectorAndStartAnewWithTheNext() {
    try (NDManager manager = engine.newBaseManager()) {
      NDArray x = manager.create(new float[] {0, 1, 2, 3});
      x.setRequiresGradient(true);
      try (GradientCollector collector = engine.newGradientCollector()) {
        collector.backward(x.mul(x).sum());
        collector.backward(x.mul(2));
      }
      assertArrayEquals(new float[] {2, 4, 6, 8}, x.getGradient().toFloatArray());
      try (GradientCollector collector = engine.newGradientCollector()) {
        collector.backward(x.mul(2));
      }
      assertArrayEquals(new float[] {2, 2, 2, 2}, x.getGradient().toFloatArray());
    }
  }

  @Test
  void aSecondCollectorOnTheSameThreadIsRefused() {
    try (GradientCollector collector = engine.newGradientCollector()) {
      assertThrows(IllegalStateException.class, engine::newGradientCollector);
    }
  }

  /** A view shows what was written later, but stands on the tape for what was there before. */
  @Test
  void aViewFromBeforeARecordedWriteIsRefused() {
    try (NDManager manager = engine.newBaseManager()) {
      NDArray x = manager.create(new float[] {0, 1, 2, 3});
      x.setRequiresGradient(true);
      try (GradientCollector collector = engine.newGradientCollector()) {
        NDArray y = x.mul(2);
        NDArray view = y.reshape(2, 2);
        y.muli(3);
        assertThrows(IllegalStateException.class, view::sum);
        assertThrows(IllegalStateException.class, () -> collector.backward(view));
        collector.backward(y.reshape(2, 2).sum());
      }
      assertArrayEquals(new float[] {6, 6, 6, 6}, x.getGradient().toFloatArray());
    }
  }
}
