package dev.headgrad.tape;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.Blocks;
import ai.djl.nn.Parameter;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.nn.norm.Dropout;
import ai.djl.nn.pooling.Pool;
import ai.djl.nn.recurrent.LSTM;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.EasyTrain;
import ai.djl.training.Trainer;
import ai.djl.training.dataset.ArrayDataset;
import ai.djl.training.dataset.Batch;
import ai.djl.training.initializer.XavierInitializer;
import ai.djl.training.loss.Loss;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Plain DJL programs, which know nothing of headgrad, train on JavaTape. */
class TrainingTest {

  private static final int SEED = 5;

  private static Model model(Block block) {
    Engine.getEngine(TapeEngine.NAME).setRandomSeed(SEED);
    Model model = Model.newInstance("model", TapeEngine.NAME);
    model.setBlock(block);
    return model;
  }

  static Stream<Arguments> optimizers() {
    Tracker rate = Tracker.fixed(.01f);
    return Stream.of(
        Arguments.of("sgd", Optimizer.sgd().setLearningRateTracker(Tracker.fixed(.3f)).build()),
        Arguments.of(
            "momentum",
            Optimizer.sgd().setLearningRateTracker(Tracker.fixed(.05f)).optMomentum(.9f).build()),
        Arguments.of(
            "nag",
            Optimizer.nag().setLearningRateTracker(Tracker.fixed(.05f)).setMomentum(.9f).build()),
        Arguments.of("adam", Optimizer.adam().optLearningRateTracker(rate).build()),
        Arguments.of("adamw", Optimizer.adamW().optLearningRateTracker(rate).build()),
        Arguments.of("rmsprop", Optimizer.rmsprop().optLearningRateTracker(rate).build()),
        Arguments.of(
            "adagrad", Optimizer.adagrad().optLearningRateTracker(Tracker.fixed(.1f)).build()),
        Arguments.of("adadelta", Optimizer.adadelta().optRho(.5f).optEpsilon(1e-3f).build()));
  }

  /** Points inside and outside of a circle: the loss falls to half at least. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("optimizers")
  void everyOptimizerLearns(String name, Optimizer optimizer) throws Exception {
    Block mlp =
        new SequentialBlock()
            .add(Linear.builder().setUnits(16).build())
            .add(Activation::tanh)
            .add(Linear.builder().setUnits(2).build());
    try (Model model = model(mlp);
        Trainer trainer = model.newTrainer(config(optimizer))) {
      trainer.initialize(new Shape(64, 2));
      NDManager manager = trainer.getManager();
      NDArray x = manager.randomUniform(-1, 1, new Shape(256, 2));
      NDArray y = x.square().sum(new int[] {1}).lt(.6f).toType(DataType.FLOAT32, false);
      ArrayDataset data =
          new ArrayDataset.Builder().setData(x).optLabels(y).setSampling(64, false).build();
      float first = epoch(trainer, data);
      for (int i = 0; i < 60; i++) {
        epoch(trainer, data);
      }
      float last = epoch(trainer, data);
      assertTrue(last < first / 2, name + ": the loss fell from " + first + " to " + last);
    }
  }

  private static DefaultTrainingConfig config(Optimizer optimizer) {
    return new DefaultTrainingConfig(Loss.softmaxCrossEntropyLoss())
        .optInitializer(new XavierInitializer(), Parameter.Type.WEIGHT)
        .optOptimizer(optimizer);
  }

  private static float epoch(Trainer trainer, ArrayDataset data) throws Exception {
    float loss = 0;
    int batches = 0;
    for (Batch batch : trainer.iterateDataset(data)) {
      EasyTrain.trainBatch(trainer, batch);
      trainer.step();
      try (NDManager scratch = trainer.getManager().newSubManager()) {
        NDList in = batch.getData();
        in.attach(scratch);
        NDList out = trainer.evaluate(in);
        loss += trainer.getLoss().evaluate(batch.getLabels(), out).getFloat();
      }
      batches++;
      batch.close();
    }
    return loss / batches;
  }

  static Stream<Arguments> networks() {
    Block lenet =
        new SequentialBlock()
            .add(Conv2d.builder().setKernelShape(new Shape(3, 3)).setFilters(4).build())
            .add(BatchNorm.builder().build())
            .add(Activation::relu)
            .add(Pool.maxPool2dBlock(new Shape(2, 2), new Shape(2, 2)))
            .add(Blocks.batchFlattenBlock())
            .add(Dropout.builder().optRate(.1f).build())
            .add(Linear.builder().setUnits(2).build());
    Block lstm =
        new SequentialBlock()
            .add(LSTM.builder().setNumLayers(1).setStateSize(8).optReturnState(false).build())
            .addSingleton(x -> x.get(":, -1, :"))
            .add(Linear.builder().setUnits(2).build());
    return Stream.of(
        Arguments.of("convolution", lenet, new Shape(16, 1, 8, 8)),
        Arguments.of("lstm", lstm, new Shape(16, 6, 3)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("networks")
  void aNetworkLearnsAndItsFilesGiveTheSameOutputs(
      String name, Block block, Shape shape, @TempDir Path folder) throws Exception {
    Optimizer adam = Optimizer.adam().optLearningRateTracker(Tracker.fixed(.02f)).build();
    float[] before;
    float[] input;
    try (Model model = model(block)) {
      try (Trainer trainer = model.newTrainer(config(adam))) {
        trainer.initialize(shape);
        NDArray x = trainer.getManager().randomNormal(shape);
        NDArray y =
            x.reshape(shape.get(0), -1).sum(new int[] {1}).gt(0).toType(DataType.FLOAT32, false);
        ArrayDataset data =
            new ArrayDataset.Builder().setData(x).optLabels(y).setSampling(16, false).build();
        float first = epoch(trainer, data);
        for (int i = 0; i < 60; i++) {
          epoch(trainer, data);
        }
        float last = epoch(trainer, data);
        assertTrue(last < first / 2, name + ": the loss fell from " + first + " to " + last);
        input = x.toFloatArray();
        before = trainer.evaluate(new NDList(x)).singletonOrThrow().toFloatArray();
      }
      model.save(folder, "saved");
    }
    block.clear();
    try (Model loaded = model(block)) {
      loaded.load(folder, "saved");
      try (Trainer trainer = loaded.newTrainer(config(adam))) {
        trainer.initialize(shape);
        NDArray x = trainer.getManager().create(input, shape);
        float[] after = trainer.evaluate(new NDList(x)).singletonOrThrow().toFloatArray();
        assertArrayEquals(before, after);
      }
    }
  }

  @Test
  void manyThreadsTrainAtOnceAndGetWhatOneGets() {
    float[] alone = gradient();
    float[][] together =
        Stream.of(0, 1, 2, 3).parallel().map(i -> gradient()).toArray(float[][]::new);
    for (float[] g : together) {
      assertArrayEquals(alone, g);
    }
  }

  private static float[] gradient() {
    Engine engine = Engine.getEngine(TapeEngine.NAME);
    try (NDManager manager = engine.newBaseManager()) {
      NDArray x = manager.arange(64f).reshape(8, 8).div(64);
      x.setRequiresGradient(true);
      for (int i = 0; i < 100; i++) {
        try (ai.djl.training.GradientCollector collector = engine.newGradientCollector()) {
          collector.backward(x.matMul(x).tanh().sum());
        }
      }
      return x.getGradient().toFloatArray();
    }
  }
}
