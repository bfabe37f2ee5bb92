package dev.headgrad.tape;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
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

  /** As on the native engines: what is not below 0 passes. */
  @Test
  void eluPassesTheGradientOfNotANumber() {
    try (NDManager manager = engine.newBaseManager()) {
      NDArray x = manager.create(new float[] {Float.NaN, 1});
      x.setRequiresGradient(true);
      try (GradientCollector collector = engine.newGradientCollector()) {
        collector.backward(Activation.elu(x, 1).mul(3));
      }
      assertArrayEquals(new float[] {3, 3}, x.getGradient().toFloatArray());
    }
  }

  @Test
  void gradientsOfManyBranchesOfSeveralDepths() {
    try (NDManager manager = engine.newBaseManager()) {
      NDArray x = manager.create(new float[] {1, 2});
      x.setRequiresGradient(true);
      try (GradientCollector collector = engine.newGradientCollector()) {
        NDList branches = new NDList();
        for (int i = 0; i < 100; i++) {
          NDArray branch = x.mul(i);
          for (int k = 0; k < i % 7; k++) {
            branch = branch.neg();
          }
          branches.add(i % 7 % 2 == 0 ? branch : branch.neg());
        }
        collector.backward(NDArrays.stack(branches).sum());
      }
      assertArrayEquals(new float[] {4950, 4950}, x.getGradient().toFloatArray());
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

  /** As DJL's LinearCollection adds its bias. */
  @Test
  void aViewOfARecordedResultIsWrittenTo() {
    try (NDManager manager = engine.newBaseManager()) {
      NDArray x = manager.create(new float[] {0, 1, 2, 3, 4, 5}, new Shape(2, 3));
      NDArray bias = manager.create(new float[] {10, 20});
      x.setRequiresGradient(true);
      bias.setRequiresGradient(true);
      try (GradientCollector collector = engine.newGradientCollector()) {
        NDArray y = x.mul(2);
        NDArray view = y.transpose();
        view.addi(bias);
        assertThrows(IllegalStateException.class, y::sum);
        collector.backward(view.mul(view).sum());
      }
      assertArrayEquals(new float[] {40, 48, 56, 104, 112, 120}, x.getGradient().toFloatArray());
      assertArrayEquals(new float[] {72, 168}, bias.getGradient().toFloatArray());
    }
  }

  /** The variable, or the constant, could not tell that its elements are not its own any more. */
  @Test
  void aViewOfAVariableOrConstantIsNot() {
    try (NDManager manager = engine.newBaseManager()) {
      NDArray x = manager.create(new float[] {0, 1, 2, 3});
      x.setRequiresGradient(true);
      NDArray zeros = manager.zeros(new Shape(4));
      try (GradientCollector collector = engine.newGradientCollector()) {
        NDArray ofVariable = x.reshape(2, 2);
        assertThrows(IllegalStateException.class, () -> ofVariable.addi(1));
        NDArray ofConstant = zeros.reshape(2, 2);
        assertThrows(IllegalStateException.class, () -> ofConstant.addi(x.reshape(2, 2)));
      }
      assertArrayEquals(new float[] {0, 1, 2, 3}, x.toFloatArray());
      assertArrayEquals(new float[4], zeros.toFloatArray());
    }
  }
}
