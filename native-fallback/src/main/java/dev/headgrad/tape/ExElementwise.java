package dev.headgrad.tape;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.internal.NDArrayEx;
import dev.headgrad.tape.core.DenseArray;
import dev.headgrad.tape.op.Activations;
import dev.headgrad.tape.op.Arithmetic;
import dev.headgrad.tape.op.Creation;
import dev.headgrad.tape.op.Joining;
import dev.headgrad.tape.op.Powers;
import dev.headgrad.tape.op.Selection;

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
    return array.assign(Arithmetic.div(array.arrayOf(b), array.array()));
  }

  @Override
  public NDArray rmodi(NDArray b) {
    return array.assign(Arithmetic.mod(array.arrayOf(b), array.array()));
  }

  @Override
  public NDArray rpowi(Number n) {
    return array.assign(Powers.pow(Creation.scalar(n, array.getDataType()), array.array()));
  }

  @Override
  public NDArray relu() {
    return array.wrap(Activations.relu(array.array()));
  }

  @Override
  public NDArray sigmoid() {
    return array.wrap(Activations.sigmoid(array.array()));
  }

  @Override
  public NDArray tanh() {
    return array.tanh();
  }

  @Override
  public NDArray softPlus() {
    return array.wrap(Activations.softPlus(array.array()));
  }

  @Override
  public NDArray softSign() {
    return array.wrap(Activations.softSign(array.array()));
  }

  @Override
  public NDArray leakyRelu(float alpha) {
    return array.wrap(Activations.leakyRelu(array.array(), alpha));
  }

  @Override
  public NDArray elu(float alpha) {
    return array.wrap(Activations.elu(array.array(), alpha));
  }

  @Override
  public NDArray selu() {
    return array.wrap(Activations.selu(array.array()));
  }

  @Override
  public NDArray gelu() {
    return array.wrap(Activations.gelu(array.array()));
  }

  @Override
  public NDArray where(NDArray condition, NDArray other) {
    return array.wrap(
        Selection.where(array.arrayOf(condition), array.array(), array.arrayOf(other)));
  }

  @Override
  public NDArray stack(NDList arrays, int axis) {
    return array.wrap(Joining.stack(axis, joined(arrays)));
  }

  @Override
  public NDArray concat(NDList arrays, int axis) {
    return array.wrap(Joining.concat(axis, joined(arrays)));
  }

  private DenseArray[] joined(NDList others) {
    DenseArray[] arrays = new DenseArray[others.size() + 1];
    arrays[0] = array.array();
    for (int i = 1; i < arrays.length; i++) {
      arrays[i] = array.arrayOf(others.get(i - 1));
    }
    return arrays;
  }
}
