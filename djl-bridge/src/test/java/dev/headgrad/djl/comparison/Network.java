package dev.headgrad.djl.comparison;

import ai.djl.modality.nlp.DefaultVocabulary;
import ai.djl.modality.nlp.embedding.TrainableWordEmbedding;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.Blocks;
import ai.djl.nn.LambdaBlock;
import ai.djl.nn.ParallelBlock;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.nn.pooling.Pool;
import ai.djl.nn.recurrent.LSTM;
import ai.djl.nn.transformer.TransformerEncoderBlock;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * A classifier, written for DJL and for no engine in particular.
 *
 * @param name what it is called
 * @param block makes it, always the same
 * @param input the shape of a batch
 * @param words the number of words if its input is text, or 0 if it is numbers
 * @param optimizer makes what trains it
 */
record Network(
    String name, Supplier<Block> block, Shape input, int words, Supplier<Optimizer> optimizer) {

  static final int CLASSES = 3;

  static List<Network> all() {
    return List.of(mlp(), lenet(), residual(), textClassifier(), transformer());
  }

  private static Supplier<Optimizer> sgd(float rate, float momentum) {
    return () ->
        Optimizer.sgd().setLearningRateTracker(Tracker.fixed(rate)).optMomentum(momentum).build();
  }

  private static Supplier<Optimizer> adam() {
    return () -> Optimizer.adam().optLearningRateTracker(Tracker.fixed(.01f)).build();
  }

  private static Network mlp() {
    return new Network(
        "MLP",
        () ->
            new SequentialBlock()
                .add(Blocks.batchFlattenBlock(12))
                .add(Linear.builder().setUnits(16).build())
                .add(Activation::relu)
                .add(Linear.builder().setUnits(8).build())
                .add(Activation::tanh)
                .add(Linear.builder().setUnits(CLASSES).build()),
        new Shape(8, 3, 4),
        0,
        sgd(.2f, 0));
  }

  private static Network lenet() {
    return new Network(
        "LeNet",
        () ->
            new SequentialBlock()
                .add(convolution(6, 5, 1, 2))
                .add(Activation::sigmoid)
                .add(Pool.avgPool2dBlock(new Shape(2, 2), new Shape(2, 2)))
                .add(convolution(16, 5, 1, 0))
                .add(Activation::sigmoid)
                .add(Pool.maxPool2dBlock(new Shape(2, 2), new Shape(2, 2)))
                .add(Blocks.batchFlattenBlock())
                .add(Linear.builder().setUnits(24).build())
                .add(Activation::sigmoid)
                .add(Linear.builder().setUnits(CLASSES).build()),
        new Shape(6, 1, 16, 16),
        0,
        adam());
  }

  private static Block convolution(int filters, int size, int stride, int padding) {
    return Conv2d.builder()
        .setKernelShape(new Shape(size, size))
        .setFilters(filters)
        .optStride(new Shape(stride, stride))
        .optPadding(new Shape(padding, padding))
        .build();
  }

  /** The block of a ResNet-18 that halves the image, with what stands around it. */
  private static Network residual() {
    return new Network(
        "ResNet-18 block",
        () -> {
          SequentialBlock body =
              new SequentialBlock()
                  .add(convolution(8, 3, 2, 1))
                  .add(BatchNorm.builder().build())
                  .add(Activation::relu)
                  .add(convolution(8, 3, 1, 1))
                  .add(BatchNorm.builder().build());
          SequentialBlock shortcut =
              new SequentialBlock().add(convolution(8, 1, 2, 0)).add(BatchNorm.builder().build());
          ParallelBlock both =
              new ParallelBlock(
                  list -> new NDList(list.get(0).singletonOrThrow().add(list.get(1).head())));
          return new SequentialBlock()
              .add(both.add(body).add(shortcut))
              .add(Activation::relu)
              .add(Pool.globalAvgPool2dBlock())
              .add(Linear.builder().setUnits(CLASSES).build());
        },
        new Shape(6, 4, 8, 8),
        0,
        adam());
  }

  private static Network textClassifier() {
    return new Network(
        "LSTM text classifier",
        () ->
            new SequentialBlock()
                .add(
                    TrainableWordEmbedding.builder()
                        .setEmbeddingSize(6)
                        .setVocabulary(
                            DefaultVocabulary.builder()
                                .add(IntStream.range(0, 19).mapToObj(i -> "word" + i).toList())
                                .optUnknownToken("?")
                                .build())
                        .optUnknownToken("?")
                        .build())
                .add(LSTM.builder().setNumLayers(1).setStateSize(8).build())
                .add(LambdaBlock.singleton(x -> x.get(":, -1, :")))
                .add(Linear.builder().setUnits(CLASSES).build()),
        new Shape(8, 5),
        20,
        adam());
  }

  private static Network transformer() {
    return new Network(
        "transformer encoder block",
        () ->
            new SequentialBlock()
                .add(new TransformerEncoderBlock(8, 2, 16, 0, Activation::relu))
                .add(LambdaBlock.singleton(x -> x.mean(new int[] {1})))
                .add(Linear.builder().setUnits(CLASSES).build()),
        new Shape(4, 5, 8),
        0,
        sgd(.1f, 0));
  }

  /** The inputs of one step, the same on every engine. */
  NDArray data(NDManager manager, int step) {
    SplittableRandom random = new SplittableRandom(1000 + step);
    if (words > 0) {
      long[] text = random.longs(input.size(), 0, words).toArray();
      return manager.create(text, input);
    }
    float[] x = new float[(int) input.size()];
    for (int i = 0; i < x.length; i++) {
      x[i] = (float) random.nextDouble(-1, 1);
    }
    return manager.create(x, input);
  }

  /** The classes that the inputs of one step belong to. */
  NDArray labels(NDManager manager, int step) {
    SplittableRandom random = new SplittableRandom(2000 + step);
    float[] y = new float[(int) input.get(0)];
    for (int i = 0; i < y.length; i++) {
      y[i] = random.nextInt(CLASSES);
    }
    return manager.create(y);
  }

  @Override
  public String toString() {
    return name;
  }
}
