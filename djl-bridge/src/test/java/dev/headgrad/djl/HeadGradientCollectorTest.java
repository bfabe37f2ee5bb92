package dev.headgrad.djl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.nn.core.Linear;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.Trainer;
import ai.djl.training.initializer.ConstantInitializer;
import ai.djl.training.loss.Loss;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class HeadGradientCollectorTest extends EngineTest {

  @Test
  void aHeadGradientOnPlainArrays() {
    NDArray x = array(0, 1, 2, 3);
    x.setRequiresGradient(true);
    try (HeadGradientCollector collector = HeadGradientCollector.of(ENGINE)) {
      collector.backward(x.mul(2), head());
    }
    assertValues(x.getGradient(), 20, 2, .2f, .02f);
  }

  @Test
  void severalTargetsAddUp() {
    NDArray x = array(0, 1, 2, 3);
    x.setRequiresGradient(true);
    try (HeadGradientCollector collector = HeadGradientCollector.of(ENGINE)) {
      collector.backward(Arrays.asList(x.mul(2), x.mul(x)), Arrays.asList(head(), null));
    }
    assertValues(x.getGradient(), 20, 4, 4.2f, 6.02f);
  }

  @Test
  void aHeadThatDoesNotFitIsRefused() {
    NDArray x = array(0, 1, 2, 3);
    x.setRequiresGradient(true);
    try (HeadGradientCollector collector = HeadGradientCollector.of(ENGINE)) {
      NDArray y = x.mul(2);
      IllegalArgumentException e =
          assertThrows(IllegalArgumentException.class, () -> collector.backward(y, array(1, 2)));
      assertEquals("head gradient has shape (2), but y has shape (4)", e.getMessage());
      collector.backward(y, head());
    }
    assertValues(x.getGradient(), 20, 2, .2f, .02f);
  }

  /** A trainer's loop with the one line changed steps as far as the head says. */
  @Test
  void aTrainerStepsByTheHead() {
    try (Model model = Model.newInstance("linear", ENGINE.getEngineName())) {
      model.setBlock(Linear.builder().setUnits(1).optBias(false).build());
      DefaultTrainingConfig config =
          new DefaultTrainingConfig(Loss.l2Loss())
              .optInitializer(new ConstantInitializer(1), Parameter.Type.WEIGHT)
              .optOptimizer(Optimizer.sgd().setLearningRateTracker(Tracker.fixed(.1f)).build());
      try (Trainer trainer = model.newTrainer(config)) {
        trainer.initialize(new Shape(1, 2));
        NDArray x = trainer.getManager().create(new float[] {1, 2}, new Shape(1, 2));
        NDArray dz = trainer.getManager().create(new float[] {10}, new Shape(1, 1));
        try (HeadGradientCollector collector = HeadGradientCollector.of(trainer)) {
          NDArray y = trainer.forward(new NDList(x)).singletonOrThrow();
          collector.backward(y, dz);
        }
        trainer.step();
        NDArray weight = model.getBlock().getParameters().valueAt(0).getArray();
        assertArray(weight, new Shape(1, 2), 0, -1); // 1 - 0.1 * 10 * x
      }
    }
  }
}
