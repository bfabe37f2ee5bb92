package dev.headgrad.tape;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import dev.headgrad.tape.core.DenseArray;
import dev.headgrad.tape.op.Reductions;
import dev.headgrad.tape.op.Searching;
import dev.headgrad.tape.op.Softmax;

/** Along axes: reductions, cumulative operations, sorting and searching. */
abstract class ArrayReductions extends ArrayElementwise {

  ArrayReductions(TapeNDManager manager, DenseArray array) {
    super(manager, array);
  }

  @Override
  public NDArray max() {
    return wrap(Reductions.max(array()));
  }

  @Override
  public NDArray max(int[] axes, boolean keepDims) {
    return wrap(Reductions.max(array(), axes, keepDims));
  }

  @Override
  public NDArray min() {
    return wrap(Reductions.min(array()));
  }

  @Override
  public NDArray min(int[] axes, boolean keepDims) {
    return wrap(Reductions.min(array(), axes, keepDims));
  }

  @Override
  public NDArray sum() {
    return wrap(Reductions.sum(array()));
  }

  @Override
  public NDArray sum(int[] axes, boolean keepDims) {
    return wrap(Reductions.sum(array(), axes, keepDims));
  }

  @Override
  public NDArray cumProd(int axis) {
    throw unsupported("cumProd");
  }

  @Override
  public NDArray cumProd(int axis, DataType dataType) {
    throw unsupported("cumProd");
  }

  @Override
  public NDArray prod() {
    throw unsupported("prod");
  }

  @Override
  public NDArray prod(int[] axes, boolean keepDims) {
    throw unsupported("prod");
  }

  @Override
  public NDArray mean() {
    return wrap(Reductions.mean(array()));
  }

  @Override
  public NDArray mean(int[] axes, boolean keepDims) {
    return wrap(Reductions.mean(array(), axes, keepDims));
  }

  @Override
  public NDArray normalize(double exponent, long dim, double eps) {
    throw unsupported("normalize");
  }

  @Override
  public NDArray trace(int offset, int axis1, int axis2) {
    throw unsupported("trace");
  }

  @Override
  public NDList unique(Integer dim, boolean sorted, boolean returnInverse, boolean returnCounts) {
    throw unsupported("unique");
  }

  @Override
  public NDArray argSort(int axis, boolean ascending) {
    throw unsupported("argSort");
  }

  @Override
  public NDArray sort() {
    throw unsupported("sort");
  }

  @Override
  public NDArray sort(int axis) {
    throw unsupported("sort");
  }

  @Override
  public NDArray softmax(int axis) {
    return wrap(Softmax.softmax(array(), axis));
  }

  @Override
  public NDArray logSoftmax(int axis) {
    return wrap(Softmax.logSoftmax(array(), axis));
  }

  @Override
  public NDArray cumSum() {
    throw unsupported("cumSum");
  }

  @Override
  public NDArray cumSum(int axis) {
    throw unsupported("cumSum");
  }

  @Override
  public NDArray argMax() {
    return wrap(Searching.argMax(array()));
  }

  @Override
  public NDArray argMax(int axis) {
    return wrap(Searching.argMax(array(), axis));
  }

  @Override
  public NDList topK(int k, int axis, boolean largest, boolean sorted) {
    throw unsupported("topK");
  }

  @Override
  public NDArray argMin() {
    return wrap(Searching.argMin(array()));
  }

  @Override
  public NDArray argMin(int axis) {
    return wrap(Searching.argMin(array(), axis));
  }

  @Override
  public NDArray percentile(Number percentile) {
    throw unsupported("percentile");
  }

  @Override
  public NDArray percentile(Number percentile, int[] axes) {
    throw unsupported("percentile");
  }

  @Override
  public NDArray median() {
    throw unsupported("median");
  }

  @Override
  public NDArray median(int[] axes) {
    throw unsupported("median");
  }

  @Override
  public NDArray nonzero() {
    throw unsupported("nonzero");
  }

  @Override
  public NDArray norm(boolean keepDims) {
    throw unsupported("norm");
  }

  @Override
  public NDArray norm(int ord, int[] axes, boolean keepDims) {
    throw unsupported("norm");
  }
}
