package dev.headgrad.tape;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.internal.NDArrayEx;

/** Reversed arithmetic, activations, selection and joining. */
abstract class ExElementwise implements NDArrayEx {

  final TapeNDArray array;

  ExElementwise(TapeNDArray array) {
    this.array = array;
  }

  @Override
  public final NDArray getArray() {
    return array;
  }

  @Override
  public NDArray rdivi(NDArray b) {
    throw ArrayResource.unsupported("rdivi");
  }

  @Override
  public NDArray rmodi(NDArray b) {
    throw ArrayResource.unsupported("rmodi");
  }

  @Override
  public NDArray rpowi(Number n) {
    throw ArrayResource.unsupported("rpowi");
  }

  @Override
  public NDArray relu() {
    throw ArrayResource.unsupported("relu");
  }

  @Override
  public NDArray sigmoid() {
    throw ArrayResource.unsupported("sigmoid");
  }

  @Override
  public NDArray tanh() {
    throw ArrayResource.unsupported("tanh");
  }

  @Override
  public NDArray softPlus() {
    throw ArrayResource.unsupported("softPlus");
  }

  @Override
  public NDArray softSign() {
    throw ArrayResource.unsupported("softSign");
  }

  @Override
  public NDArray leakyRelu(float alpha) {
    throw ArrayResource.unsupported("leakyRelu");
  }

  @Override
  public NDArray elu(float alpha) {
    throw ArrayResource.unsupported("elu");
  }

  @Override
  public NDArray selu() {
    throw ArrayResource.unsupported("selu");
  }

  @Override
  public NDArray gelu() {
    throw ArrayResource.unsupported("gelu");
  }

  @Override
  public NDArray where(NDArray condition, NDArray other) {
    throw ArrayResource.unsupported("where");
  }

  @Override
  public NDArray stack(NDList arrays, int axis) {
    throw ArrayResource.unsupported("stack");
  }

  @Override
  public NDArray concat(NDList arrays, int axis) {
    throw ArrayResource.unsupported("concat");
  }
}
