package dev.headgrad.djl;

import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.GradientCollector;
import ai.djl.training.Trainer;
import ai.djl.training.initializer.ConstantInitializer;
import ai.djl.training.loss.Loss;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;
import java.util.function.Function;

/** A training loop as DJL programs write it, with the line that opens the collector left out. */
final class TrainingLoop {

  private TrainingLoop() {}

  /** What a training loop gets: the losses on the way, and the first weight in the end. */
  record Outcome(float[] losses, float[] weight) {}

  static Outcome run(Block activation, Function<Trainer, GradientCollector> open) {
    try (Model model = Model.newInstance("mlp", EngineTest.ENGINE.getEngineName())) {
      model.setBlock(
          new SequentialBlock()
              .add(Linear.builder().setUnits(3).build())
              .add(activation)
              .add(Linear.builder().setUnits(1).build()));
      DefaultTrainingConfig config =
          new DefaultTrainingConfig(Loss.l2Loss())
              .optInitializer(new ConstantInitializer(.3f), Parameter.Type.WEIGHT)
              .optOptimizer(Optimizer.sgd().setLearningRateTracker(Tracker.fixed(.1f)).build());
      try (Trainer trainer = model.newTrainer(config)) {
        trainer.initialize(new Shape(4, 2));
        NDManager batch = trainer.getManager();
        NDArray x = batch.create(new float[] {1, 2, 3, 4, -1, 0, 2, -2}, new Shape(4, 2));
        NDArray labels = batch.create(new float[] {1, 0, -1, 2}, new Shape(4, 1));
        float[] losses = new float[6];
        for (int i = 0; i < losses.length; i++) {
          try (GradientCollector collector = open.apply(trainer)) {
            NDList y = trainer.forward(new NDList(x));
            NDArray loss = trainer.getLoss().evaluate(new NDList(labels), y);
            collector.backward(loss);
            losses[i] = loss.toFloatArray()[0];
          }
          trainer.step();
        }
        NDArray weight = model.getBlock().getParameters().valueAt(0).getArray();
        assertTrue(losses[losses.length - 1] < losses[0]);
        return new Outcome(losses, weight.toFloatArray());
      }
    }
  }
}
