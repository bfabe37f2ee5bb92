package dev.headgrad.djl.comparison;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.GradientCollector;
import ai.djl.training.ParameterStore;
import ai.djl.training.Trainer;
import ai.djl.training.loss.Loss;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Plain DJL programs train alike on every engine, and take each other's files. */
class TrainingComparisonTest {

  private static final int STEPS = 10;

  static Stream<Arguments> pairs() {
    return NativeEngines.available().stream()
        .flatMap(engine -> Network.all().stream().map(network -> Arguments.of(network, engine)));
  }

  private static Model model(Network network, String engine) {
    Model model = Model.newInstance(network.name(), engine);
    model.setBlock(network.block().get());
    return model;
  }

  /** With the same parameters on every engine: an engine may copy them when a trainer is made. */
  private static Trainer trainer(Network network, Model model) {
    model.getBlock().initialize(model.getNDManager(), DataType.FLOAT32, network.input());
    start(model.getBlock());
    DefaultTrainingConfig config =
        new DefaultTrainingConfig(Loss.softmaxCrossEntropyLoss())
            .optOptimizer(network.optimizer().get());
    Trainer trainer = model.newTrainer(config);
    trainer.initialize(network.input());
    return trainer;
  }

  /** Numbers that depend on nothing but the order of the parameters; γ and variances stay 1. */
  private static void start(Block block) {
    SplittableRandom random = new SplittableRandom(7);
    for (Parameter parameter : block.getParameters().values()) {
      NDArray array = parameter.getArray();
      if (parameter.getType() == Parameter.Type.WEIGHT
          || parameter.getType() == Parameter.Type.OTHER) {
        float[] values = new float[(int) array.size()];
        for (int i = 0; i < values.length; i++) {
          values[i] = (float) random.nextDouble(-.5, .5);
        }
        array.set(values);
      }
    }
  }

  /** The loss of each step, each on a batch of its own. */
  private static float[] train(Network network, Trainer trainer) {
    float[] losses = new float[STEPS];
    for (int step = 0; step < STEPS; step++) {
      try (NDManager manager = trainer.getManager().newSubManager()) {
        NDList x = new NDList(network.data(manager, step));
        NDList y = new NDList(network.labels(manager, step));
        try (GradientCollector collector = trainer.newGradientCollector()) {
          NDArray loss = trainer.getLoss().evaluate(y, trainer.forward(x));
          collector.backward(loss);
          losses[step] = loss.getFloat();
        }
        trainer.step();
      }
    }
    return losses;
  }

  private static float[] predict(Network network, Model model) {
    try (NDManager manager = model.getNDManager().newSubManager()) {
      NDList x = new NDList(network.data(manager, STEPS));
      ParameterStore store = new ParameterStore(manager, false);
      return model.getBlock().forward(store, x, false).singletonOrThrow().toFloatArray();
    }
  }

  @ParameterizedTest(name = "{0} on {1}", allowZeroInvocations = true)
  @MethodSource("pairs")
  void theLossesAreTheSameStepByStep(Network network, String engine) {
    float[] ours = losses(network, "JavaTape");
    float[] theirs = losses(network, engine);
    assertTrue(ours[0] > 0 && Math.abs(ours[0] - ours[1]) > 1e-4, "the losses change");
    assertClose(theirs, ours, 2e-4f);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("dev.headgrad.djl.comparison.Network#all")
  void manyThreadsTrainAtOnceAndGetWhatOneGets(Network network) throws Exception {
    float[] alone = losses(network, "JavaTape");
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Future<float[]>> together =
          threads.invokeAll(Collections.nCopies(4, () -> losses(network, "JavaTape")));
      for (Future<float[]> losses : together) {
        assertArrayEquals(alone, losses.get());
      }
    } finally {
      threads.shutdown();
    }
  }

  private static float[] losses(Network network, String engine) {
    try (Model model = model(network, engine);
        Trainer trainer = trainer(network, model)) {
      return train(network, trainer);
    }
  }

  static Stream<Arguments> exchanges() {
    return pairs()
        .flatMap(
            pair -> {
              Object network = pair.get()[0];
              Object engine = pair.get()[1];
              return Stream.of(
                  Arguments.of(network, "JavaTape", engine),
                  Arguments.of(network, engine, "JavaTape"));
            });
  }

  @ParameterizedTest(name = "{0} from {1} to {2}", allowZeroInvocations = true)
  @MethodSource("exchanges")
  void aModelThatOneEngineTrainedGivesTheSameOutputsOnAnother(
      Network network, String from, String to, @TempDir Path folder) throws Exception {
    float[] expected;
    try (Model model = model(network, from)) {
      try (Trainer trainer = trainer(network, model)) {
        train(network, trainer);
      }
      model.setProperty("Epoch", "3");
      expected = predict(network, model);
      model.save(folder, "model");
    }
    try (Model model = model(network, to)) {
      model.load(folder, "model");
      assertEquals("3", model.getProperty("Epoch"));
      assertClose(expected, predict(network, model), 1e-4f);
    }
  }

  private static void assertClose(float[] expected, float[] actual, float tolerance) {
    assertEquals(expected.length, actual.length);
    for (int i = 0; i < expected.length; i++) {
      assertEquals(expected[i], actual[i], tolerance * (1 + Math.abs(expected[i])), "at " + i);
    }
  }
}
