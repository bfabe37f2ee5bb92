package dev.headgrad.tape;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.ndarray.types.SparseFormat;
import ai.djl.nn.recurrent.RNN;
import dev.headgrad.tape.core.DenseArray;
import dev.headgrad.tape.core.Dims;
import dev.headgrad.tape.core.Workspace;
import dev.headgrad.tape.op.Casting;
import dev.headgrad.tape.op.Convolution;
import dev.headgrad.tape.op.Dense;
import dev.headgrad.tape.op.Dropout;
import dev.headgrad.tape.op.Normalization;
import dev.headgrad.tape.op.Pooling;
import dev.headgrad.tape.op.Recurrent;
import dev.headgrad.tape.op.Reductions;
import dev.headgrad.tape.op.Shapes;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Layers of neural networks. */
abstract class ExNeural extends ExElementwise {

  ExNeural(TapeNDArray array) {
    super(array);
  }

  @Override
  public NDArray maxPool(Shape kernelShape, Shape stride, Shape padding, boolean ceilMode) {
    return wrap(
        Pooling.max(
            array.array(), Dims.of(kernelShape), Dims.of(stride), Dims.of(padding), ceilMode));
  }

  @Override
  public NDArray globalMaxPool() {
    return wrap(Reductions.max(array.array(), imageAxes(), false));
  }

  @Override
  public NDArray avgPool(
      Shape kernelShape, Shape stride, Shape padding, boolean ceilMode, boolean countIncludePad) {
    return wrap(
        Pooling.mean(
            array.array(),
            Dims.of(kernelShape),
            Dims.of(stride),
            Dims.of(padding),
            ceilMode,
            countIncludePad));
  }

  @Override
  public NDArray globalAvgPool() {
    return wrap(Reductions.mean(array.array(), imageAxes(), false));
  }

  @Override
  public NDArray lpPool(
      float normType, Shape kernelShape, Shape stride, Shape padding, boolean ceilMode) {
    return wrap(
        Pooling.lp(
            array.array(),
            normType,
            Dims.of(kernelShape),
            Dims.of(stride),
            Dims.of(padding),
            ceilMode));
  }

  @Override
  public NDArray globalLpPool(float normType) {
    return wrap(Pooling.globalLp(array.array(), normType, imageAxes()));
  }

  /** The axes behind images and channels. */
  private int[] imageAxes() {
    int rank = array.array().rank();
    if (rank < 3) {
      throw new IllegalArgumentException(
          "pooling needs images (n, channels, axes…), but got the shape " + array.getShape());
    }
    int[] axes = new int[rank - 2];
    Arrays.setAll(axes, i -> i + 2);
    return axes;
  }

  @Override
  public NDList convolution(
      NDArray input,
      NDArray weight,
      @Nullable NDArray bias,
      Shape stride,
      Shape padding,
      Shape dilation,
      int groups) {
    try (Workspace temporaries = Workspace.open()) {
      return new NDList(
          wrap(
              Convolution.convolution(
                  of(input),
                  of(weight),
                  bias == null ? null : of(bias),
                  Dims.of(stride),
                  Dims.of(padding),
                  Dims.of(dilation),
                  groups)));
    }
  }

  @Override
  public NDList deconvolution(
      NDArray input,
      NDArray weight,
      @Nullable NDArray bias,
      Shape stride,
      Shape padding,
      Shape outPadding,
      Shape dilation,
      int groups) {
    try (Workspace temporaries = Workspace.open()) {
      return new NDList(
          wrap(
              Convolution.deconvolution(
                  of(input),
                  of(weight),
                  bias == null ? null : of(bias),
                  Dims.of(stride),
                  Dims.of(padding),
                  Dims.of(outPadding),
                  Dims.of(dilation),
                  groups)));
    }
  }

  @Override
  public NDList linear(NDArray input, NDArray weight, @Nullable NDArray bias) {
    try (Workspace temporaries = Workspace.open()) {
      return new NDList(wrap(Dense.linear(of(input), of(weight), bias == null ? null : of(bias))));
    }
  }

  @Override
  public NDList embedding(NDArray input, NDArray weight, SparseFormat sparse) {
    return new NDList(wrap(Dense.embedding(of(input), of(weight))));
  }

  @Override
  public NDList prelu(NDArray input, NDArray alpha) {
    try (Workspace temporaries = Workspace.open()) {
      return new NDList(wrap(Dense.prelu(of(input), of(alpha))));
    }
  }

  @Override
  public NDList dropout(NDArray input, float rate, boolean training) {
    try (Workspace temporaries = Workspace.open()) {
      DenseArray x = of(input);
      return new NDList(wrap(training ? Dropout.dropout(x, rate) : Casting.copy(x)));
    }
  }

  @Override
  public NDList layerNorm(
      NDArray input, Shape normalizedShape, NDArray gamma, NDArray beta, float eps) {
    try (Workspace temporaries = Workspace.open()) {
      return new NDList(
          wrap(
              Normalization.layerNorm(
                  of(input), Dims.of(normalizedShape), of(gamma), of(beta), eps)));
    }
  }

  @Override
  public NDList batchNorm(
      NDArray input,
      NDArray runningMean,
      NDArray runningVar,
      NDArray gamma,
      NDArray beta,
      int axis,
      float momentum,
      float eps,
      boolean training) {
    try (Workspace temporaries = Workspace.open()) {
      return new NDList(
          wrap(
              Normalization.batchNorm(
                  of(input),
                  of(runningMean),
                  of(runningVar),
                  of(gamma),
                  of(beta),
                  axis == -1 ? 1 : axis, // DJL's default axis is -1 and means the channels
                  momentum,
                  eps,
                  training)));
    }
  }

  @Override
  public NDList rnn(
      NDArray input,
      NDArray state,
      NDList params,
      boolean hasBiases,
      int numLayers,
      RNN.Activation activation,
      double dropRate,
      boolean training,
      boolean bidirectional,
      boolean batchFirst) {
    Recurrent.Cell cell =
        activation == RNN.Activation.TANH ? Recurrent.Cell.TANH : Recurrent.Cell.RELU;
    double rate = training ? dropRate : 0;
    return recurrent(
        cell,
        input,
        new NDList(state),
        params,
        hasBiases,
        numLayers,
        rate,
        bidirectional,
        batchFirst);
  }

  @Override
  public NDList gru(
      NDArray input,
      NDArray state,
      NDList params,
      boolean hasBiases,
      int numLayers,
      double dropRate,
      boolean training,
      boolean bidirectional,
      boolean batchFirst) {
    double rate = training ? dropRate : 0;
    return recurrent(
        Recurrent.Cell.GRU,
        input,
        new NDList(state),
        params,
        hasBiases,
        numLayers,
        rate,
        bidirectional,
        batchFirst);
  }

  @Override
  public NDList lstm(
      NDArray input,
      NDList states,
      NDList params,
      boolean hasBiases,
      int numLayers,
      double dropRate,
      boolean training,
      boolean bidirectional,
      boolean batchFirst) {
    double rate = training ? dropRate : 0;
    return recurrent(
        Recurrent.Cell.LSTM,
        input,
        states,
        params,
        hasBiases,
        numLayers,
        rate,
        bidirectional,
        batchFirst);
  }

  private NDList recurrent(
      Recurrent.Cell cell,
      NDArray input,
      NDList states,
      NDList params,
      boolean hasBiases,
      int numLayers,
      double dropRate,
      boolean bidirectional,
      boolean batchFirst) {
    try (Workspace temporaries = Workspace.open()) {
      DenseArray x = of(input);
      DenseArray[] out =
          Recurrent.run(
              cell,
              batchFirst ? Shapes.swapAxes(x, 0, 1) : x,
              of(states),
              of(params),
              hasBiases,
              numLayers,
              dropRate,
              bidirectional);
      out[0] = batchFirst ? Shapes.swapAxes(out[0], 0, 1) : out[0];
      NDList list = new NDList(out.length);
      for (DenseArray y : out) {
        list.add(wrap(y));
      }
      return list;
    }
  }

  private DenseArray of(NDArray x) {
    return array.arrayOf(x);
  }

  private DenseArray[] of(NDList list) {
    DenseArray[] arrays = new DenseArray[list.size()];
    for (int i = 0; i < arrays.length; i++) {
      arrays[i] = of(list.get(i));
    }
    return arrays;
  }

  private NDArray wrap(DenseArray y) {
    return array.wrap(y);
  }
}
