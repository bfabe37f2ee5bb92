package dev.headgrad.djl.comparison;

import static dev.headgrad.djl.comparison.Input.random;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv1d;
import ai.djl.nn.convolutional.Conv1dTranspose;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.convolutional.Conv2dTranspose;
import ai.djl.nn.convolutional.Conv3d;
import ai.djl.nn.core.Linear;
import ai.djl.nn.core.LinearCollection;
import ai.djl.nn.core.Multiplication;
import ai.djl.nn.core.Prelu;
import ai.djl.nn.core.SparseMax;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.nn.norm.Dropout;
import ai.djl.nn.norm.GhostBatchNorm;
import ai.djl.nn.norm.LayerNorm;
import ai.djl.nn.pooling.Pool;
import ai.djl.nn.recurrent.GRU;
import ai.djl.nn.recurrent.LSTM;
import ai.djl.nn.recurrent.RNN;
import ai.djl.nn.transformer.BertBlock;
import ai.djl.nn.transformer.BertPretrainingBlock;
import ai.djl.nn.transformer.IdEmbedding;
import ai.djl.nn.transformer.ScaledDotProductAttentionBlock;
import ai.djl.nn.transformer.TransformerEncoderBlock;
import ai.djl.training.GradientCollector;
import ai.djl.training.ParameterStore;
import ai.djl.training.initializer.ConstantInitializer;
import ai.djl.training.initializer.Initializer;
import ai.djl.training.initializer.NormalInitializer;
import ai.djl.training.initializer.TruncatedNormalInitializer;
import ai.djl.training.initializer.UniformInitializer;
import ai.djl.training.initializer.XavierInitializer;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.function.Supplier;

/** DJL's blocks: what they give, and the gradients of all their parameters. */
final class BlockPrograms {

  private BlockPrograms() {}

  static List<Family> families() {
    return List.of(blocks(), transformers(), initializers());
  }

  private static void block(Family family, String name, Supplier<? extends Block> maker, Input x) {
    block(family, name, maker, m -> new NDList(x.on(m)));
  }

  private static void block(
      Family family,
      String name,
      Supplier<? extends Block> maker,
      Function<NDManager, NDList> input) {
    family.addList(name + ", predicting", m -> run(maker.get(), m, input.apply(m), false));
    family.addList(name + ", training", m -> run(maker.get(), m, input.apply(m), true));
  }

  /** The outputs, and when training the gradients of input and parameters. */
  private static NDList run(Block block, NDManager m, NDList input, boolean training) {
    block.setInitializer(Initializer.ONES, parameter -> true);
    block.initialize(m, DataType.FLOAT32, input.getShapes());
    SplittableRandom random = new SplittableRandom(3);
    for (Parameter parameter : block.getParameters().values()) {
      if (parameter.getType() != Parameter.Type.RUNNING_MEAN
          && parameter.getType() != Parameter.Type.RUNNING_VAR) {
        float[] values = new float[(int) parameter.getArray().size()];
        for (int i = 0; i < values.length; i++) {
          values[i] = (float) random.nextDouble(-.5, .5);
        }
        parameter.getArray().set(values);
      }
    }
    ParameterStore store = new ParameterStore(m, false);
    if (!training) {
      return block.forward(store, input, false);
    }
    NDArray x = input.head();
    if (x.getDataType() == DataType.FLOAT32) {
      x.setRequiresGradient(true);
    }
    NDList results = new NDList();
    try (GradientCollector collector = m.getEngine().newGradientCollector()) {
      results.addAll(block.forward(store, input, true));
      NDArray loss = m.create(0f);
      for (NDArray y : results) {
        loss = loss.add(y.square().mean());
      }
      collector.backward(loss);
    }
    if (x.hasGradient()) {
      results.add(x.getGradient());
    }
    for (Parameter parameter : block.getParameters().values()) {
      if (parameter.requiresGradient()) {
        results.add(parameter.getArray().getGradient());
      }
    }
    return results;
  }

  private static Family blocks() {
    Family family = new Family("blocks");
    Input batch = random("batch", 1, 4, 6);
    Input line = random("line", 2, 2, 4, 9);
    Input image = random("image", 3, 2, 4, 6, 6);
    Input volume = random("volume", 4, 1, 2, 5, 5, 5);
    Input sequence = random("sequence", 5, 2, 5, 3);
    block(family, "Linear", () -> Linear.builder().setUnits(3).build(), batch);
    block(
        family,
        "Linear without a bias",
        () -> Linear.builder().setUnits(3).optBias(false).build(),
        batch);
    block(family, "Linear of a sequence", () -> Linear.builder().setUnits(3).build(), sequence);
    block(
        family,
        "LinearCollection",
        () -> LinearCollection.builder().setUnits(3).build(),
        random("collection", 6, 4, 2, 6));
    block(family, "Multiplication", () -> Multiplication.builder().setUnits(3).build(), batch);
    block(family, "Prelu", Prelu::new, batch);
    block(family, "SparseMax", SparseMax::new, batch);
    block(family, "SparseMax of the best", () -> new SparseMax(-1, 3), batch);
    block(family, "Dropout of nothing", () -> Dropout.builder().optRate(0).build(), batch);
    block(family, "BatchNorm", () -> BatchNorm.builder().build(), image);
    block(family, "BatchNorm of a batch", () -> BatchNorm.builder().optAxis(1).build(), batch);
    block(
        family,
        "BatchNorm without a scale",
        () -> BatchNorm.builder().optScale(false).optCenter(false).build(),
        image);
    block(
        family,
        "GhostBatchNorm",
        () -> GhostBatchNorm.builder().optVirtualBatchSize(2).build(),
        batch);
    block(family, "LayerNorm", () -> LayerNorm.builder().build(), batch);
    block(family, "LayerNorm of an axis", () -> LayerNorm.builder().axis(2).build(), sequence);
    block(
        family,
        "Conv1d",
        () -> Conv1d.builder().setKernelShape(new Shape(3)).setFilters(5).build(),
        line);
    block(
        family,
        "Conv2d",
        () ->
            Conv2d.builder()
                .setKernelShape(new Shape(3, 3))
                .setFilters(5)
                .optStride(new Shape(2, 2))
                .optPadding(new Shape(1, 1))
                .build(),
        image);
    block(
        family,
        "Conv2d in groups",
        () ->
            Conv2d.builder()
                .setKernelShape(new Shape(3, 2))
                .setFilters(6)
                .optGroups(2)
                .optBias(false)
                .build(),
        image);
    block(
        family,
        "Conv3d",
        () -> Conv3d.builder().setKernelShape(new Shape(2, 2, 2)).setFilters(3).build(),
        volume);
    block(
        family,
        "Conv1dTranspose",
        () -> Conv1dTranspose.builder().setKernelShape(new Shape(2)).setFilters(4).build(),
        line);
    block(
        family,
        "Conv2dTranspose",
        () ->
            Conv2dTranspose.builder()
                .setKernelShape(new Shape(2, 2))
                .setFilters(4)
                .optStride(new Shape(2, 2))
                .build(),
        image);
    block(
        family,
        "RNN",
        () ->
            RNN.builder()
                .setActivation(RNN.Activation.TANH)
                .setNumLayers(1)
                .setStateSize(4)
                .optReturnState(true)
                .build(),
        sequence);
    block(
        family,
        "RNN with relu",
        () ->
            RNN.builder()
                .setActivation(RNN.Activation.RELU)
                .setNumLayers(1)
                .setStateSize(4)
                .build(),
        sequence);
    block(
        family,
        "LSTM",
        () -> LSTM.builder().setNumLayers(1).setStateSize(4).optReturnState(true).build(),
        sequence);
    block(
        family,
        "GRU",
        () -> GRU.builder().setNumLayers(1).setStateSize(4).optReturnState(true).build(),
        sequence);
    block(
        family,
        "LSTM of two layers",
        () -> LSTM.builder().setNumLayers(2).setStateSize(4).optReturnState(true).build(),
        sequence);
    block(
        family,
        "LSTM in both directions",
        () -> LSTM.builder().setNumLayers(1).setStateSize(4).optBidirectional(true).build(),
        sequence);
    pool(family, "max", Pool.maxPool2dBlock(new Shape(2, 2), new Shape(2, 2)), image);
    pool(family, "avg", Pool.avgPool2dBlock(new Shape(2, 2), new Shape(2, 2)), image);
    pool(family, "lp", Pool.lpPool2dBlock(2, new Shape(2, 2), new Shape(2, 2)), image);
    pool(family, "global max", Pool.globalMaxPool2dBlock(), image);
    pool(family, "global avg", Pool.globalAvgPool2dBlock(), image);
    pool(family, "global lp", Pool.globalLpPool2dBlock(2), image);
    Block[] activations = {
      Activation.reluBlock(), Activation.relu6Block(), Activation.sigmoidBlock(),
          Activation.tanhBlock(),
      Activation.softPlusBlock(), Activation.softSignBlock(), Activation.leakyReluBlock(.1f),
          Activation.eluBlock(.5f),
      Activation.seluBlock(), Activation.geluBlock(), Activation.swishBlock(.8f),
          Activation.mishBlock()
    };
    String[] names = {
      "relu",
      "relu6",
      "sigmoid",
      "tanh",
      "softPlus",
      "softSign",
      "leakyRelu",
      "elu",
      "selu",
      "gelu",
      "swish",
      "mish"
    };
    for (int i = 0; i < activations.length; i++) {
      Block activation = activations[i];
      block(
          family,
          names[i],
          () -> new SequentialBlock().add(Linear.builder().setUnits(5).build()).add(activation),
          batch);
    }
    return family;
  }

  private static void pool(Family family, String name, Block pool, Input image) {
    block(
        family,
        name + " pool",
        () ->
            new SequentialBlock()
                .add(Conv2d.builder().setKernelShape(new Shape(1, 1)).setFilters(3).build())
                .add(pool),
        image);
  }

  private static BertBlock.Builder bert() {
    return BertBlock.builder()
        .optTransformerBlockCount(2)
        .optAttentionHeadCount(2)
        .optEmbeddingSize(8)
        .optHiddenSize(16)
        .optMaxSequenceLength(5)
        .setTokenDictionarySize(11);
  }

  private static NDArray ids(NDManager m, long seed, int bound, long... shape) {
    return m.create(
        new SplittableRandom(seed).longs(new Shape(shape).size(), 0, bound).toArray(),
        new Shape(shape));
  }

  private static Family transformers() {
    Family family = new Family("transformers");
    block(
        family,
        "attention",
        () ->
            ScaledDotProductAttentionBlock.builder()
                .setEmbeddingSize(8)
                .setHeadCount(2)
                .optAttentionProbsDropoutProb(0)
                .build(),
        random("sequence", 21, 2, 5, 8));
    block(
        family,
        "attention with a mask",
        () ->
            ScaledDotProductAttentionBlock.builder()
                .setEmbeddingSize(8)
                .setHeadCount(2)
                .optAttentionProbsDropoutProb(0)
                .build(),
        m -> {
          NDArray x = random("sequence", 22, 2, 5, 8).on(m);
          NDArray mask = ids(m, 23, 2, 2, 5, 5).toType(DataType.FLOAT32, false);
          return new NDList(x, x, x, mask);
        });
    block(
        family,
        "encoder",
        () -> new TransformerEncoderBlock(8, 2, 16, 0, Activation::gelu),
        random("sequence", 24, 2, 5, 8));
    block(
        family,
        "ids",
        () -> new IdEmbedding.Builder().setDictionarySize(7).setEmbeddingSize(3).build(),
        m -> new NDList(ids(m, 25, 7, 2, 4)));
    family.addList(
        "BERT, predicting",
        m ->
            run(
                bert().build(),
                m,
                new NDList(
                    ids(m, 26, 11, 2, 5),
                    ids(m, 27, 2, 2, 5),
                    m.ones(new Shape(2, 5), DataType.INT64)),
                false));
    family.addList(
        "BERT for pretraining, predicting",
        m ->
            run(
                new BertPretrainingBlock(bert()),
                m,
                new NDList(
                    ids(m, 28, 11, 2, 5),
                    ids(m, 29, 2, 2, 5),
                    m.ones(new Shape(2, 5), DataType.INT64),
                    ids(m, 30, 5, 2, 3)),
                false));
    return family;
  }

  private static Family initializers() {
    Family family = new Family("initializers");
    initializer(family, "zeros", Initializer.ZEROS, x -> x);
    initializer(family, "ones", Initializer.ONES, x -> x);
    initializer(family, "constant", new ConstantInitializer(1.5f), x -> x);
    initializer(family, "normal", new NormalInitializer(.1f), x -> x.abs().mean().lt(.2f));
    initializer(family, "uniform", new UniformInitializer(.1f), x -> x.abs().max().lte(.1f));
    initializer(
        family,
        "truncated normal",
        new TruncatedNormalInitializer(.1f),
        x -> x.abs().max().lte(.21f));
    initializer(family, "Xavier", new XavierInitializer(), x -> x.abs().max().lte(1));
    return family;
  }

  private static void initializer(
      Family family, String name, Initializer initializer, Function<NDArray, NDArray> body) {
    for (DataType type : new DataType[] {DataType.FLOAT32, DataType.FLOAT64}) {
      family.add(
          name + " " + type, m -> body.apply(initializer.initialize(m, new Shape(20, 5), type)));
    }
  }
}
