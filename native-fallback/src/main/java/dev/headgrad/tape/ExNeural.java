package dev.headgrad.tape;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.ndarray.types.SparseFormat;
import ai.djl.nn.recurrent.RNN;

/** Layers of neural networks. */
abstract class ExNeural extends ExElementwise {

  ExNeural(TapeNDArray array) {
    super(array);
  }

  @Override
  public NDArray maxPool(Shape kernelShape, Shape stride, Shape padding, boolean ceilMode) {
    throw ArrayResource.unsupported("maxPool");
  }

  @Override
  public NDArray globalMaxPool() {
    throw ArrayResource.unsupported("globalMaxPool");
  }

  @Override
  public NDArray avgPool(
      Shape kernelShape, Shape stride, Shape padding, boolean ceilMode, boolean countIncludePad) {
    throw ArrayResource.unsupported("avgPool");
  }

  @Override
  public NDArray globalAvgPool() {
    throw ArrayResource.unsupported("globalAvgPool");
  }

  @Override
  public NDArray lpPool(
      float normType, Shape kernelShape, Shape stride, Shape padding, boolean ceilMode) {
    throw ArrayResource.unsupported("lpPool");
  }

  @Override
  public NDArray globalLpPool(float normType) {
    throw ArrayResource.unsupported("globalLpPool");
  }

  @Override
  public NDList convolution(
      NDArray input,
      NDArray weight,
      NDArray bias,
      Shape stride,
      Shape padding,
      Shape dilation,
      int groups) {
    throw ArrayResource.unsupported("convolution");
  }

  @Override
  public NDList deconvolution(
      NDArray input,
      NDArray weight,
      NDArray bias,
      Shape stride,
      Shape padding,
      Shape outPadding,
      Shape dilation,
      int groups) {
    throw ArrayResource.unsupported("deconvolution");
  }

  @Override
  public NDList linear(NDArray input, NDArray weight, NDArray bias) {
    throw ArrayResource.unsupported("linear");
  }

  @Override
  public NDList embedding(NDArray input, NDArray weight, SparseFormat sparse) {
    throw ArrayResource.unsupported("embedding");
  }

  @Override
  public NDList prelu(NDArray input, NDArray alpha) {
    throw ArrayResource.unsupported("prelu");
  }

  @Override
  public NDList dropout(NDArray input, float rate, boolean training) {
    throw ArrayResource.unsupported("dropout");
  }

  @Override
  public NDList layerNorm(
      NDArray input, Shape normalizedShape, NDArray gamma, NDArray beta, float eps) {
    throw ArrayResource.unsupported("layerNorm");
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
    throw ArrayResource.unsupported("batchNorm");
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
    throw ArrayResource.unsupported("rnn");
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
    throw ArrayResource.unsupported("gru");
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
    throw ArrayResource.unsupported("lstm");
  }
}
