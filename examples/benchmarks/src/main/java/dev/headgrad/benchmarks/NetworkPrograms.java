package dev.headgrad.benchmarks;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.Blocks;
import ai.djl.nn.ParallelBlock;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.nn.pooling.Pool;
import ai.djl.nn.recurrent.LSTM;
import ai.djl.nn.transformer.TransformerEncoderBlock;
import java.util.List;

/** Networks of DJL's blocks, trained and asked. */
final class NetworkPrograms {

  /** Operations of a forward pass of LeNet's first convolution, of its second, and of the rest. */
  private static final double[] LE_NET = {
    2.0 * 256 * 28 * 28 * 6 * 25,
    2.0 * 256 * 10 * 10 * 16 * 150,
    2.0 * 256 * (400 * 120 + 120 * 84 + 84 * 10)
  };

  /** Operations of one 3x3 convolution of the ResNet-18 block. */
  private static final double CONVOLUTION = 2.0 * 8 * 56 * 56 * 64 * 64 * 9;

  /** Operations of a forward pass of the transformer's block: projections, then attention. */
  private static final double TRANSFORMER =
      2.0 * 16 * 64 * (4 * 256 * 256 + 2 * 256 * 1024) + 2 * 2.0 * 16 * 64 * 64 * 256;

  private NetworkPrograms() {}

  static final List<Program> ALL =
      List.of(
          new Program(
                  "mlp",
                  "MLP 784-256-10, batch 256, training step",
                  Goal.PERCEPTRON,
                  (manager, size) -> {
                    int batch = size.of(256, 2);
                    NDArray images = Data.uniform(manager, batch, 784);
                    return Network.classifier(perceptron(), images, Data.labels(manager, batch, 10))
                        .training();
                  })
              .boundBy(Bound.flops(2.0 * 256 * (2 * 784 * 256 + 3 * 256 * 10))),
          new Program(
                  "lenet",
                  "LeNet (sigmoid, average pooling), batch 256, training step",
                  Goal.FASTER,
                  (manager, size) -> {
                    int batch = size.of(256, 2);
                    NDArray images = Data.uniform(manager, batch, 1, 28, 28);
                    return Network.classifier(leNet(), images, Data.labels(manager, batch, 10))
                        .training();
                  })
              .boundBy(Bound.flops(2 * LE_NET[0] + 3 * (LE_NET[1] + LE_NET[2]))),
          new Program(
                  "lenet-inference",
                  "LeNet inference, batch 256",
                  Goal.FASTER,
                  (manager, size) -> {
                    int batch = size.of(256, 2);
                    NDArray images = Data.uniform(manager, batch, 1, 28, 28);
                    return Network.classifier(leNet(), images, Data.labels(manager, batch, 10))
                        .inference();
                  })
              .boundBy(Bound.flops(LE_NET[0] + LE_NET[1] + LE_NET[2])),
          new Program(
                  "lstm",
                  "LSTM, batch 32, 50 steps, 128 units, training step",
                  Goal.FASTER,
                  (manager, size) -> {
                    NDArray x = Data.uniform(manager, size.of(32, 2), size.of(50, 3), 128);
                    return Network.regression(lstm(), x, x.getShape()).training();
                  })
              .boundBy(Bound.flops(2.0 * 32 * 50 * 4 * 128 * (2 * 128 + 3 * 128))),
          new Program(
                  "resnet-forward",
                  "ResNet-18 block, 8x64x56x56, forward",
                  Goal.FASTER,
                  (manager, size) -> {
                    NDArray x = images(manager, size, 8);
                    return Network.regression(residual(), x, x.getShape()).inference();
                  })
              .boundBy(Bound.flops(2 * CONVOLUTION)),
          new Program(
                  "resnet",
                  "ResNet-18 block, 8x64x56x56, training step",
                  Goal.FASTER,
                  (manager, size) -> {
                    NDArray x = images(manager, size, 8);
                    return Network.regression(residual(), x, x.getShape()).training();
                  })
              .boundBy(Bound.flops(5 * CONVOLUTION)),
          new Program(
              "norm-pool-forward",
              "batchNorm + relu + max pooling, 32x64x56x56, forward",
              Goal.FASTER,
              (manager, size) -> {
                NDArray x = images(manager, size, 32);
                return Network.regression(normAndPool(), x, halved(x.getShape())).inference();
              }),
          new Program(
              "norm-pool",
              "batchNorm + relu + max pooling, 32x64x56x56, training step",
              Goal.FASTER,
              (manager, size) -> {
                NDArray x = images(manager, size, 32);
                return Network.regression(normAndPool(), x, halved(x.getShape())).training();
              }),
          new Program(
                  "transformer-forward",
                  "transformer encoder block, batch 16, 64 tokens, width 256, forward",
                  Goal.FASTER,
                  (manager, size) -> {
                    NDArray x = Data.uniform(manager, size.of(16, 2), size.of(64, 3), 256);
                    return Network.regression(transformer(), x, x.getShape()).inference();
                  })
              .boundBy(Bound.flops(TRANSFORMER)),
          new Program(
                  "transformer",
                  "transformer encoder block, batch 16, 64 tokens, width 256, training step",
                  Goal.FASTER,
                  (manager, size) -> {
                    NDArray x = Data.uniform(manager, size.of(16, 2), size.of(64, 3), 256);
                    return Network.regression(transformer(), x, x.getShape()).training();
                  })
              .boundBy(Bound.flops(3 * TRANSFORMER)));

  private static NDArray images(NDManager manager, Size size, int batch) {
    int side = size.of(56, 6);
    return Data.uniform(manager, size.of(batch, 1), 64, side, side);
  }

  private static Shape halved(Shape images) {
    return new Shape(images.get(0), images.get(1), images.get(2) / 2, images.get(3) / 2);
  }

  private static Block perceptron() {
    return new SequentialBlock()
        .add(Linear.builder().setUnits(256).build())
        .add(Activation::relu)
        .add(Linear.builder().setUnits(10).build());
  }

  /** LeNet as "Dive into Deep Learning" has it. */
  static Block leNet() {
    Shape two = new Shape(2, 2);
    Shape five = new Shape(5, 5);
    return new SequentialBlock()
        .add(Conv2d.builder().setKernelShape(five).optPadding(two).setFilters(6).build())
        .add(Activation::sigmoid)
        .add(Pool.avgPool2dBlock(two, two))
        .add(Conv2d.builder().setKernelShape(five).setFilters(16).build())
        .add(Activation::sigmoid)
        .add(Pool.avgPool2dBlock(two, two))
        .add(Blocks.batchFlattenBlock())
        .add(Linear.builder().setUnits(120).build())
        .add(Activation::sigmoid)
        .add(Linear.builder().setUnits(84).build())
        .add(Activation::sigmoid)
        .add(Linear.builder().setUnits(10).build());
  }

  private static Block lstm() {
    return LSTM.builder().setStateSize(128).setNumLayers(1).build();
  }

  private static Block residual() {
    Block convolutions =
        new SequentialBlock()
            .add(convolution3())
            .add(BatchNorm.builder().build())
            .add(Activation::relu)
            .add(convolution3())
            .add(BatchNorm.builder().build());
    return new SequentialBlock()
        .add(
            new ParallelBlock(
                branches ->
                    new NDList(
                        NDArrays.add(branches.get(0).singletonOrThrow(), branches.get(1).head())),
                List.of(convolutions, Blocks.identityBlock())))
        .add(Activation::relu);
  }

  private static Block convolution3() {
    return Conv2d.builder()
        .setKernelShape(new Shape(3, 3))
        .optPadding(new Shape(1, 1))
        .optBias(false)
        .setFilters(64)
        .build();
  }

  private static Block normAndPool() {
    return new SequentialBlock()
        .add(BatchNorm.builder().build())
        .add(Activation::relu)
        .add(Pool.maxPool2dBlock(new Shape(3, 3), new Shape(2, 2), new Shape(1, 1)));
  }

  private static Block transformer() {
    return new TransformerEncoderBlock(256, 8, 1024, 0.1f, Activation::relu);
  }
}
