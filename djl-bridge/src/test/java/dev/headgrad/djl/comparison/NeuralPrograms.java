package dev.headgrad.djl.comparison;

import static dev.headgrad.djl.comparison.Input.random;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.internal.NDArrayEx;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.nn.recurrent.GRU;
import ai.djl.nn.recurrent.LSTM;
import ai.djl.nn.recurrent.RNN;
import ai.djl.nn.recurrent.RecurrentBlock;
import ai.djl.training.GradientCollector;
import ai.djl.training.ParameterStore;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Convolution, pooling, normalization, recurrent layers. */
final class NeuralPrograms {

  private NeuralPrograms() {}

  static List<Family> families() {
    return List.of(convolution(), deconvolution(), pooling(), normalization(), recurrent());
  }

  private static final Input LINE = random("line", 11, 2, 4, 9);
  private static final Input IMAGE = random("image", 12, 2, 4, 7, 6);
  private static final Input VOLUME = random("volume", 13, 1, 2, 5, 4, 6);

  private static Shape all(Input x, int dims, long value) {
    long[] shape = new long[dims];
    java.util.Arrays.fill(shape, value);
    return new Shape(shape);
  }

  private static void convolve(
      Family family,
      String name,
      Input x,
      Input w,
      @Nullable Input bias,
      int stride,
      int padding,
      int dilation,
      int groups) {
    family.addList(
        name,
        m -> {
          NDArray weight = w.on(m);
          int dims = weight.getShape().dimension() - 2;
          NDArray input = x.on(m);
          return input
              .getNDArrayInternal()
              .convolution(
                  input,
                  weight,
                  bias == null ? null : bias.on(m),
                  all(x, dims, stride),
                  all(x, dims, padding),
                  all(x, dims, dilation),
                  groups);
        });
  }

  private static Family convolution() {
    Family family = new Family("convolution");
    Input bias = random("bias", 21, 6);
    Input line = random("weight", 22, 6, 4, 3);
    Input image = random("weight", 23, 6, 4, 3, 2);
    Input volume = random("weight", 24, 6, 2, 2, 3, 2);
    convolve(family, "1d", LINE, line, bias, 1, 0, 1, 1);
    convolve(family, "1d without a bias", LINE, line, null, 1, 0, 1, 1);
    convolve(family, "1d strided, padded", LINE, line, bias, 2, 2, 1, 1);
    convolve(family, "1d dilated", LINE, line, bias, 1, 1, 2, 1);
    convolve(family, "1d grouped", LINE, random("weight", 25, 6, 2, 3), bias, 1, 1, 1, 2);
    convolve(family, "2d", IMAGE, image, bias, 1, 0, 1, 1);
    convolve(family, "2d without a bias", IMAGE, image, null, 1, 0, 1, 1);
    convolve(family, "2d strided", IMAGE, image, bias, 2, 0, 1, 1);
    convolve(family, "2d padded", IMAGE, image, bias, 1, 2, 1, 1);
    convolve(family, "2d strided, padded, dilated", IMAGE, image, bias, 2, 1, 2, 1);
    convolve(family, "2d grouped", IMAGE, random("weight", 26, 6, 2, 3, 3), bias, 1, 1, 1, 2);
    convolve(family, "2d depthwise", IMAGE, random("weight", 27, 4, 1, 3, 3), null, 1, 1, 1, 4);
    convolve(family, "2d pointwise", IMAGE, random("weight", 28, 6, 4, 1, 1), bias, 1, 0, 1, 1);
    convolve(
        family, "2d pointwise, strided", IMAGE, random("weight", 28, 6, 4, 1, 1), bias, 2, 0, 1, 1);
    convolve(
        family, "2d of the whole image", IMAGE, random("weight", 29, 6, 4, 7, 6), bias, 1, 0, 1, 1);
    convolve(family, "3d", VOLUME, volume, bias, 1, 0, 1, 1);
    convolve(family, "3d strided, padded", VOLUME, volume, bias, 2, 1, 1, 1);
    convolve(
        family,
        "2d float64",
        IMAGE.as(DataType.FLOAT64),
        image.as(DataType.FLOAT64),
        bias.as(DataType.FLOAT64),
        1,
        1,
        1,
        1);
    Input batch = random("batch", 30, 3, 4);
    Input matrix = random("matrix", 31, 5, 4);
    return family
        .addList(
            "linear",
            m ->
                batch
                    .on(m)
                    .getNDArrayInternal()
                    .linear(batch.on(m), matrix.on(m), random("b", 1, 5).on(m)))
        .addList(
            "linear without a bias",
            m -> batch.on(m).getNDArrayInternal().linear(batch.on(m), matrix.on(m), null))
        .addList(
            "linear of a sequence",
            m ->
                LINE.on(m)
                    .getNDArrayInternal()
                    .linear(LINE.on(m).transpose(0, 2, 1), matrix.on(m), random("b", 1, 5).on(m)));
  }

  private static void deconvolve(
      Family family,
      String name,
      Input x,
      Input w,
      @Nullable Input bias,
      int stride,
      int padding,
      int outPadding,
      int dilation,
      int groups) {
    family.addList(
        name,
        m -> {
          NDArray weight = w.on(m);
          int dims = weight.getShape().dimension() - 2;
          NDArray input = x.on(m);
          return input
              .getNDArrayInternal()
              .deconvolution(
                  input,
                  weight,
                  bias == null ? null : bias.on(m),
                  all(x, dims, stride),
                  all(x, dims, padding),
                  all(x, dims, outPadding),
                  all(x, dims, dilation),
                  groups);
        });
  }

  /**
   * MXNet's engine takes the number of filters from the first axis: the weights here are square.
   */
  private static Family deconvolution() {
    Family family = new Family("deconvolution");
    Input bias = random("bias", 41, 4);
    Input line = random("weight", 42, 4, 4, 3);
    Input image = random("weight", 43, 4, 4, 3, 2);
    deconvolve(family, "1d", LINE, line, bias, 1, 0, 0, 1, 1);
    deconvolve(family, "1d strided, padded", LINE, line, null, 2, 1, 1, 1, 1);
    deconvolve(family, "2d", IMAGE, image, null, 1, 0, 0, 1, 1);
    deconvolve(family, "2d with a bias", IMAGE, image, bias, 1, 0, 0, 1, 1);
    deconvolve(family, "2d strided, padded", IMAGE, image, null, 2, 1, 1, 1, 1);
    deconvolve(family, "2d dilated", IMAGE, image, null, 1, 1, 0, 2, 1);
    return family;
  }

  private static Family pooling() {
    Family family = new Family("pooling");
    Input[] inputs = {LINE, IMAGE, VOLUME};
    for (Input x : inputs) {
      family
          .unary("globalMaxPool", a -> ex(a).globalMaxPool(), x)
          .unary("globalAvgPool", a -> ex(a).globalAvgPool(), x)
          .unary("globalLpPool", a -> ex(a).globalLpPool(2), x);
      for (boolean ceil : new boolean[] {false, true}) {
        for (int[] window : new int[][] {{2, 2, 0}, {3, 2, 1}, {3, 1, 0}, {2, 3, 1}}) {
          String label =
              " "
                  + window[0]
                  + " by "
                  + window[1]
                  + (window[2] > 0 ? " padded" : "")
                  + (ceil ? " ceil" : "");
          int dims = x == LINE ? 1 : x == IMAGE ? 2 : 3;
          Shape kernel = all(x, dims, window[0]);
          Shape stride = all(x, dims, window[1]);
          Shape padding = all(x, dims, window[2]);
          family
              .unary("maxPool" + label, a -> ex(a).maxPool(kernel, stride, padding, ceil), x)
              .unary("avgPool" + label, a -> ex(a).avgPool(kernel, stride, padding, ceil, false), x)
              .unary(
                  "avgPool with padding" + label,
                  a -> ex(a).avgPool(kernel, stride, padding, ceil, true),
                  x)
              .unary("lpPool" + label, a -> ex(a).lpPool(2, kernel, stride, padding, ceil), x);
        }
      }
    }
    return family;
  }

  private static NDArrayEx ex(NDArray x) {
    return x.getNDArrayInternal();
  }

  private static NDList training(NDManager manager, Supplier<NDList> body) {
    try (GradientCollector collector = manager.getEngine().newGradientCollector()) {
      return body.get();
    }
  }

  private static NDList normalize(NDManager m, Input input, int axis, boolean train) {
    NDArray x = input.on(m);
    long n = x.getShape().get(axis);
    NDArray mean = random("mean", 51, n).on(m);
    NDArray variance = random("variance", 52, n).on(m).abs().add(.5f);
    NDArray gamma = random("gamma", 53, n).on(m);
    NDArray beta = random("beta", 54, n).on(m);
    return new NDList(
        ex(x).batchNorm(x, mean, variance, gamma, beta, axis, .9f, 1e-5f, train).head());
  }

  private static Family normalization() {
    Family family = new Family("normalization");
    for (Input x : new Input[] {random("batch", 50, 5, 3), LINE, IMAGE, VOLUME}) {
      family
          .addList("batchNorm, predicting " + x.label(), m -> normalize(m, x, 1, false))
          .addList(
              "batchNorm, training " + x.label(), m -> training(m, () -> normalize(m, x, 1, true)));
    }
    Input x = random("sequence", 55, 2, 3, 4);
    return family
        .addList("batchNorm of the last axis", m -> normalize(m, IMAGE, 3, false))
        .addList(
            "layerNorm of one axis",
            m ->
                ex(x.on(m))
                    .layerNorm(
                        x.on(m),
                        new Shape(4),
                        random("gamma", 56, 4).on(m),
                        random("beta", 57, 4).on(m),
                        1e-5f))
        .addList(
            "layerNorm of two axes",
            m ->
                ex(x.on(m))
                    .layerNorm(
                        x.on(m),
                        new Shape(3, 4),
                        random("gamma", 58, 3, 4).on(m),
                        random("beta", 59, 3, 4).on(m),
                        1e-5f))
        .addList("dropout, predicting", m -> ex(x.on(m)).dropout(x.on(m), .5f, false))
        .addList(
            "dropout of nothing, training",
            m -> training(m, () -> ex(x.on(m)).dropout(x.on(m), 0, true)));
  }

  private static void recurrent(
      Family family, String name, Supplier<RecurrentBlock> maker, boolean batchFirst) {
    family.addList(
        name,
        m -> {
          RecurrentBlock block = maker.get();
          Shape shape = batchFirst ? new Shape(2, 5, 3) : new Shape(5, 2, 3);
          block.initialize(m, DataType.FLOAT32, shape);
          fill(block, m);
          NDArray x = random("sequence", 61, shape.getShape()).on(m);
          return block.forward(new ParameterStore(m, false), new NDList(x), false);
        });
  }

  private static void fill(Block block, NDManager m) {
    long seed = 70;
    for (Parameter parameter : block.getParameters().values()) {
      NDArray array = parameter.getArray();
      random("p", seed++, array.getShape().getShape()).on(m).copyTo(array);
    }
  }

  private static Family recurrent() {
    Family family = new Family("recurrent layers");
    for (int layers : new int[] {1, 2}) {
      for (boolean both : new boolean[] {false, true}) {
        for (boolean batchFirst : new boolean[] {true, false}) {
          for (boolean biases : new boolean[] {true, false}) {
            String label =
                " of "
                    + layers
                    + (both ? ", bidirectional" : "")
                    + (batchFirst ? "" : ", time first")
                    + (biases ? "" : ", no biases");
            recurrent(
                family,
                "lstm" + label,
                () ->
                    LSTM.builder()
                        .setNumLayers(layers)
                        .setStateSize(4)
                        .optBidirectional(both)
                        .optBatchFirst(batchFirst)
                        .optHasBiases(biases)
                        .optReturnState(true)
                        .build(),
                batchFirst);
            recurrent(
                family,
                "gru" + label,
                () ->
                    GRU.builder()
                        .setNumLayers(layers)
                        .setStateSize(4)
                        .optBidirectional(both)
                        .optBatchFirst(batchFirst)
                        .optHasBiases(biases)
                        .optReturnState(true)
                        .build(),
                batchFirst);
            for (RNN.Activation activation : RNN.Activation.values()) {
              recurrent(
                  family,
                  "rnn " + activation + label,
                  () ->
                      RNN.builder()
                          .setActivation(activation)
                          .setNumLayers(layers)
                          .setStateSize(4)
                          .optBidirectional(both)
                          .optBatchFirst(batchFirst)
                          .optHasBiases(biases)
                          .optReturnState(true)
                          .build(),
                  batchFirst);
            }
          }
        }
      }
    }
    return family;
  }
}
