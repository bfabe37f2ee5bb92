package dev.headgrad.benchmarks;

import ai.djl.ndarray.NDArray;
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
import java.util.function.BiFunction;

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
                  (manager, size) -> perceptron(manager, size).training())
              .boundBy(Bound.flops(2.0 * 256 * (2 * 784 * 256 + 3 * 256 * 10))),
          step("lenet", "LeNet (sigmoid, average pooling), batch 256", NetworkPrograms::leNet)
              .boundBy(Bound.flops(2 * LE_NET[0] + 3 * (LE_NET[1] + LE_NET[2]))),
          inference("lenet-inference", "LeNet inference, batch 256", NetworkPrograms::leNet)
              .boundBy(Bound.flops(LE_NET[0] + LE_NET[1] + LE_NET[2])),
          step("lstm", "LSTM, batch 32, 50 steps, 128 units", NetworkPrograms::lstm)
              .boundBy(Bound.flops(2.0 * 32 * 50 * 4 * 128 * (2 * 128 + 3 * 128))),
          inference(
                  "resnet-forward",
                  "ResNet-18 block, 8x64x56x56, forward",
                  NetworkPrograms::residual)
              .boundBy(Bound.flops(2 * CONVOLUTION)),
          step("resnet", "ResNet-18 block, 8x64x56x56", NetworkPrograms::residual)
              .boundBy(Bound.flops(5 * CONVOLUTION)),
          inference(
              "norm-pool-forward",
              "batchNorm + relu + max pooling, 32x64x56x56, forward",
              NetworkPrograms::normAndPool),
          step(
              "norm-pool",
              "batchNorm + relu + max pooling, 32x64x56x56",
              NetworkPrograms::normAndPool),
          inference(
                  "transformer-forward",
                  "transformer encoder block, batch 16, 64 tokens, width 256, forward",
                  NetworkPrograms::transformer)
              .boundBy(Bound.flops(TRANSFORMER)),
          step(
                  "transformer",
                  "transformer encoder block, batch 16, 64 tokens, width 256",
                  NetworkPrograms::transformer)
              .boundBy(Bound.flops(3 * TRANSFORMER)));

  private static Program step(
      String id, String title, BiFunction<NDManager, Size, Network> network) {
    return new Program(
        id,
        title + ", training step",
        Goal.FASTER,
        (manager, size) -> network.apply(manager, size).training());
  }

  private static Program inference(
      String id, String title, BiFunction<NDManager, Size, Network> network) {
    return new Program(
        id, title, Goal.FASTER, (manager, size) -> network.apply(manager, size).inference());
  }

  private static Network perceptron(NDManager manager, Size size) {
    Block block =
        new SequentialBlock()
            .add(Linear.builder().setUnits(256).build())
            .add(Activation::relu)
            .add(Linear.builder().setUnits(10).build());
    int batch = size.of(256, 2);
    return Network.classifier(
        block, Data.uniform(manager, batch, 784), Data.labels(manager, batch, 10));
  }

  /** LeNet as "Dive into Deep Learning" has it. */
  private static Network leNet(NDManager manager, Size size) {
    Shape two = new Shape(2, 2);
    Shape five = new Shape(5, 5);
    Block block =
        new SequentialBlock()
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
    int batch = size.of(256, 2);
    return Network.classifier(
        block, Data.uniform(manager, batch, 1, 28, 28), Data.labels(manager, batch, 10));
  }

  private static Network lstm(NDManager manager, Size size) {
    NDArray x = Data.uniform(manager, size.of(32, 2), size.of(50, 3), 128);
    Block block = LSTM.builder().setStateSize(128).setNumLayers(1).build();
    return Network.regression(block, x, x.getShape());
  }

  private static NDArray images(NDManager manager, Size size, int batch) {
    int side = size.of(56, 6);
    return Data.uniform(manager, size.of(batch, 1), 64, side, side);
  }

  private static Network residual(NDManager manager, Size size) {
    Block convolutions =
        new SequentialBlock()
            .add(convolution3())
            .add(BatchNorm.builder().build())
            .add(Activation::relu)
            .add(convolution3())
            .add(BatchNorm.builder().build());
    Block block =
        new SequentialBlock()
            .add(
                new ParallelBlock(
                    NetworkPrograms::sum, List.of(convolutions, Blocks.identityBlock())))
            .add(Activation::relu);
    NDArray x = images(manager, size, 8);
    return Network.regression(block, x, x.getShape());
  }

  private static NDList sum(List<NDList> branches) {
    return new NDList(branches.get(0).head().add(branches.get(1).head()));
  }

  private static Block convolution3() {
    return Conv2d.builder()
        .setKernelShape(new Shape(3, 3))
        .optPadding(new Shape(1, 1))
        .optBias(false)
        .setFilters(64)
        .build();
  }

  private static Network normAndPool(NDManager manager, Size size) {
    Block block =
        new SequentialBlock()
            .add(BatchNorm.builder().build())
            .add(Activation::relu)
            .add(Pool.maxPool2dBlock(new Shape(3, 3), new Shape(2, 2), new Shape(1, 1)));
    NDArray x = images(manager, size, 32);
    Shape in = x.getShape();
    return Network.regression(
        block, x, new Shape(in.get(0), in.get(1), in.get(2) / 2, in.get(3) / 2));
  }

  private static Network transformer(NDManager manager, Size size) {
    NDArray x = Data.uniform(manager, size.of(16, 2), size.of(64, 3), 256);
    Block block = new TransformerEncoderBlock(256, 8, 1024, 0.1f, Activation::relu);
    return Network.regression(block, x, x.getShape());
  }
}
