package dev.headgrad.tape;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Model;
import ai.djl.basicmodelzoo.basic.Mlp;
import ai.djl.basicmodelzoo.cv.classification.AlexNet;
import ai.djl.basicmodelzoo.cv.classification.GoogLeNet;
import ai.djl.basicmodelzoo.cv.classification.LeNet;
import ai.djl.basicmodelzoo.cv.classification.MobileNetV1;
import ai.djl.basicmodelzoo.cv.classification.MobileNetV2;
import ai.djl.basicmodelzoo.cv.classification.NiN;
import ai.djl.basicmodelzoo.cv.classification.ResNetV1;
import ai.djl.basicmodelzoo.cv.classification.SqueezeNet;
import ai.djl.basicmodelzoo.cv.classification.VGG;
import ai.djl.basicmodelzoo.cv.object_detection.ssd.SingleShotDetection;
import ai.djl.basicmodelzoo.cv.object_detection.yolo.YOLOV3;
import ai.djl.basicmodelzoo.tabular.TabNet;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.nn.transformer.BertBlock;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.GradientCollector;
import ai.djl.training.Trainer;
import ai.djl.training.loss.Loss;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The imperative models of DJL's zoo, small or with small inputs, run forward and learn. */
class ModelZooTest {

  private static final int SEED = 11;

  private static Arguments model(String name, Supplier<Block> block, long... input) {
    return Arguments.of(name, block, new Shape(input));
  }

  static Stream<Arguments> models() {
    return Stream.of(
        model("Mlp", () -> new Mlp(12, 3, new int[] {8, 6}), 4, 12),
        model("LeNet", () -> LeNet.builder().build(), 2, 1, 28, 28),
        model("AlexNet", () -> AlexNet.builder().build(), 1, 1, 96, 96),
        model("NiN", () -> NiN.builder().build(), 1, 1, 96, 96),
        model("GoogLeNet", () -> GoogLeNet.builder().build(), 2, 1, 32, 32),
        model("SqueezeNet", () -> SqueezeNet.squeezenet(10), 1, 3, 64, 64),
        model("VGG", () -> VGG.builder().build(), 1, 1, 32, 32),
        model(
            "MobileNetV1",
            () -> MobileNetV1.builder().optWidthMultiplier(.25f).build(),
            2,
            3,
            32,
            32),
        model("MobileNetV2", () -> MobileNetV2.builder().build(), 2, 3, 32, 32),
        model("ResNet-18", () -> resNet(18), 2, 3, 32, 32),
        model("ResNet-50", () -> resNet(50), 2, 3, 32, 32),
        model("YOLOv3", () -> YOLOV3.builder().setNumClasses(4).build(), 1, 3, 64, 64),
        model("TabNet", () -> TabNet.builder().setInputDim(8).setOutDim(3).build(), 8, 8));
  }

  private static Block resNet(int layers) {
    return ResNetV1.builder()
        .setImageShape(new Shape(3, 32, 32))
        .setNumLayers(layers)
        .setOutSize(10)
        .build();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("models")
  void runsAndLearns(String name, Supplier<Block> block, Shape shape) {
    Engine.getEngine(TapeEngine.NAME).setRandomSeed(SEED);
    try (NDManager manager = NDManager.newBaseManager(TapeEngine.NAME)) {
      check(name, block.get(), new NDList(manager.randomUniform(-1, 1, shape)));
    }
  }

  @Test
  void singleShotDetection() {
    Block base = SingleShotDetection.getDownSamplingBlock(8);
    Block ssd =
        SingleShotDetection.builder()
            .setNumClasses(1)
            .setNumFeatures(2)
            .optGlobalPool(true)
            .setRatios(
                List.of(
                    List.of(1f, 2f, .5f),
                    List.of(1f, 2f, .5f),
                    List.of(1f, 2f, .5f),
                    List.of(1f, 2f, .5f)))
            .setSizes(
                List.of(
                    List.of(.2f, .272f),
                    List.of(.37f, .447f),
                    List.of(.54f, .619f),
                    List.of(.71f, .79f)))
            .setBaseNetwork(base)
            .build();
    try (NDManager manager = NDManager.newBaseManager(TapeEngine.NAME)) {
      check("SSD", ssd, new NDList(manager.randomUniform(0, 1, new Shape(2, 3, 64, 64))));
    }
  }

  @Test
  void bert() {
    Block bert =
        BertBlock.builder().nano().optMaxSequenceLength(9).setTokenDictionarySize(50).build();
    try (NDManager manager = NDManager.newBaseManager(TapeEngine.NAME)) {
      NDArray tokens = manager.randomInteger(0, 50, new Shape(2, 9), DataType.INT64);
      check(
          "BERT",
          bert,
          new NDList(
              tokens,
              manager.zeros(new Shape(2, 9), DataType.INT64),
              manager.ones(new Shape(2, 9), DataType.INT64)));
    }
  }

  private static void check(String name, Block block, NDList input) {
    DefaultTrainingConfig config =
        new DefaultTrainingConfig(Loss.l2Loss())
            .optOptimizer(Optimizer.sgd().setLearningRateTracker(Tracker.fixed(.01f)).build());
    try (Model model = Model.newInstance(name, TapeEngine.NAME)) {
      model.setBlock(block);
      try (Trainer trainer = model.newTrainer(config)) {
        trainer.initialize(input.getShapes());
        NDList output = trainer.evaluate(input);
        Shape[] expected = block.getOutputShapes(input.getShapes());
        assertArrayEquals(expected, output.getShapes(), name);
        for (NDArray y : output) {
          assertFinite(name, y);
        }
        Parameter first = block.getParameters().valueAt(0);
        NDArray before = first.getArray().duplicate();
        try (GradientCollector collector = trainer.newGradientCollector()) {
          NDArray loss = trainer.getManager().create(0f);
          for (NDArray y : trainer.forward(input)) {
            loss = loss.add(y.square().mean());
          }
          collector.backward(loss);
          assertFinite(name, loss);
        }
        trainer.step();
        for (var parameter : block.getParameters()) {
          assertFinite(name + " " + parameter.getKey(), parameter.getValue().getArray());
        }
        assertFalse(
            before.contentEquals(first.getArray()), "the first layer of " + name + " has learned");
      }
    }
  }

  private static void assertFinite(String what, NDArray x) {
    assertTrue(Float.isFinite(x.sum().toType(DataType.FLOAT32, false).getFloat()), what);
  }
}
