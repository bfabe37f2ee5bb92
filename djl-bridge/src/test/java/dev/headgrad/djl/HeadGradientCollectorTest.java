package dev.headgrad.djl;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Parameter;
import ai.djl.nn.core.Linear;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.GradientCollector;
import ai.djl.training.Trainer;
import ai.djl.training.initializer.ConstantInitializer;
import ai.djl.training.loss.Loss;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
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

  /** What the product of target and head would make NaN, the native head does not. */
  @Test
  void theTargetNeedNotBeFinite() {
    NDArray x = array(Float.NaN, Float.POSITIVE_INFINITY, 0, 3);
    x.setRequiresGradient(true);
    try (HeadGradientCollector collector = HeadGradientCollector.of(ENGINE)) {
      collector.backward(x.mul(2), head());
    }
    assertValues(x.getGradient(), 20, 2, .2f, .02f);
  }

  @Test
  void retainedGraphs() {
    NDArray x = x4();
    try (HeadGradientCollector collector = HeadGradientCollector.of(ENGINE)) {
      NDArray y = x.mul(x);
      collector.backward(List.of(y), List.of(head()), true);
      assertGrad(x, 0, 2, .4f, .06f);
      collector.backward(y);
      assertThrows(AutogradException.class, () -> collector.backward(y));
    }
    assertGrad(x, 0, 2, 4, 6);
    assertValues(x.getGradient(), 0, 2, 4, 6);
  }

  @Test
  void oneInAnotherIsRefused() {
    try (HeadGradientCollector collector = HeadGradientCollector.of(ENGINE)) {
      assertThrows(AutogradException.class, () -> HeadGradientCollector.of(ENGINE));
      assertTrue(Autograd.isTraining(ENGINE));
    }
  }

  @Test
  void zeroGradients() {
    NDArray x = x4();
    NDArray w = attached(1, 2);
    try (HeadGradientCollector collector = HeadGradientCollector.of(ENGINE)) {
      collector.backward(w.mul(3));
      collector.backward(x.mul(2));
      collector.zeroGradients();
      assertGrad(x, 0, 0, 0, 0);
      assertGrad(w, 0, 0);
      collector.backward(x.mul(2));
    }
    assertGrad(x, 2, 2, 2, 2);
  }

  /** What the engine's own collector does with an array that the bridge has attached. */
  @Test
  void theEnginesOwnCollector() {
    NDArray x = x4();
    try (GradientCollector collector = ENGINE.newGradientCollector()) {
      assertTrue(Autograd.isRecording(ENGINE));
      assertTrue(Autograd.isTraining(ENGINE));
      collector.backward(x.mul(x));
    }
    assertGrad(x, 0, 2, 4, 6);
  }

  /** A thread that meets the bridge for the first time in the middle of a collector. */
  @Test
  void theEnginesOwnCollectorOnANewThread() throws InterruptedException {
    NDArray x = x4();
    AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    Thread thread =
        new Thread(
            () -> {
              try (GradientCollector collector = ENGINE.newGradientCollector()) {
                NDArray y = x.mul(x);
                assertTrue(Autograd.isRecording(ENGINE));
                assertTrue(Autograd.isTraining(ENGINE));
                Autograd.backward(y.mul(2), head());
              } catch (Throwable t) {
                failure.set(t);
              }
            });
    thread.start();
    thread.join();
    assertNull(failure.get());
    assertGrad(x, 0, 4, .8f, .12f);
  }

  /** DJL's contract, which MXNet's collector overwrites and PyTorch's never stops adding to. */
  @Test
  void thePlainCollectorOfJavaTapeStillAddsUpWithinItself() {
    assumeTrue(ENGINE.getEngineName().equals("JavaTape"), "other engines have collectors of DJL's");
    NDArray x = x4();
    for (int i = 0; i < 2; i++) {
      try (GradientCollector collector = ENGINE.newGradientCollector()) {
        collector.backward(x.mul(2));
        collector.backward(x.mul(3));
      }
      assertGrad(x, 5, 5, 5, 5);
    }
    try (HeadGradientCollector collector = HeadGradientCollector.of(ENGINE)) {
      collector.backward(x.mul(2));
      collector.backward(x.mul(3));
    }
    assertGrad(x, 3, 3, 3, 3);
  }

  /** The same loop with DJL's collector, and with the one line changed. */
  @Test
  void theLossesOfATrainingLoopAreTheSame() {
    TrainingLoop.Outcome before =
        TrainingLoop.run(Activation.tanhBlock(), Trainer::newGradientCollector);
    TrainingLoop.Outcome after =
        TrainingLoop.run(Activation.tanhBlock(), HeadGradientCollector::of);
    assertArrayEquals(before.losses(), after.losses(), 1e-6f);
    assertArrayEquals(before.weight(), after.weight(), 1e-6f);
  }
}
