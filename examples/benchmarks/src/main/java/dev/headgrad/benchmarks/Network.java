package dev.headgrad.benchmarks;

import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.GradientCollector;
import ai.djl.training.ParameterStore;
import ai.djl.training.Trainer;
import ai.djl.training.loss.Loss;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;

/** A model with a batch of data, trained with DJL's Trainer and SGD. */
final class Network {

  private static final float LEARNING_RATE = 0.01f;

  private final Model model;
  private final Trainer trainer;
  private final NDArray data;
  private final NDArray labels;

  private Network(Block block, Loss loss, NDArray data, NDArray labels) {
    this.data = data;
    this.labels = labels;
    this.model = Model.newInstance("network", data.getManager().getEngine().getEngineName());
    model.setBlock(block);
    Optimizer sgd = Optimizer.sgd().setLearningRateTracker(Tracker.fixed(LEARNING_RATE)).build();
    trainer = model.newTrainer(new DefaultTrainingConfig(loss).optOptimizer(sgd));
    trainer.initialize(data.getShape());
  }

  /** A network that tells classes apart. */
  static Network classifier(Block block, NDArray data, NDArray labels) {
    return new Network(block, Loss.softmaxCrossEntropyLoss(), data, labels);
  }

  /** A network whose output, of the given shape, is to come near to random numbers. */
  static Network regression(Block block, NDArray data, Shape output) {
    NDArray target = Data.uniform(data.getManager(), output.getShape());
    return new Network(block, Loss.l2Loss(), data, target);
  }

  /** Steps of training; the batch's own manager frees what a step leaves, as DJL's batches do. */
  Work training() {
    NDArray last = model.getBlock().getParameters().valueAt(parameters() - 1).getArray();
    return Work.inPlace(
        last,
        () -> {
          try (NDManager batch = data.getManager().newSubManager()) {
            data.tempAttach(batch);
            labels.tempAttach(batch);
            try (GradientCollector collector = trainer.newGradientCollector()) {
              NDList outputs = trainer.forward(new NDList(data));
              NDArray loss = trainer.getLoss().evaluate(new NDList(labels), outputs);
              collector.backward(loss);
            }
            trainer.step();
          }
        });
  }

  /** Forward passes outside of training. */
  Work inference() {
    ParameterStore parameters = new ParameterStore(model.getNDManager(), false);
    return Work.of(
        () -> {
          try (NDManager batch = data.getManager().newSubManager()) {
            data.tempAttach(batch);
            NDArray output = model.getBlock().forward(parameters, new NDList(data), false).head();
            output.attach(model.getNDManager());
            return output;
          }
        });
  }

  private int parameters() {
    return model.getBlock().getParameters().size();
  }
}
