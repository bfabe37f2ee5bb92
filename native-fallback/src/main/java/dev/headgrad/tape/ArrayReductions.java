package dev.headgrad.tape;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import dev.headgrad.tape.core.DenseArray;
import dev.headgrad.tape.op.Reductions;

/** Along axes: reductions, cumulative operations, sorting and searching. */
abstract class ArrayReductions extends ArrayElementwise {

  ArrayReductions(TapeNDManager manager, DenseArray array) {
    super(manager, array);
  }

  @Override
  public NDArray max() {
    throw unsupported("max");
  }

  @Override
  public NDArray max(int[] axes, boolean keepDims) {
    throw unsupported("max");
  }

  @Override
  public NDArray min() {
    throw unsupported("min");
  }

  @Override
  public NDArray min(int[] axes, boolean keepDims) {
    throw unsupported("min");
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
    throw unsupported("mean");
  }

  @Override
  public NDArray mean(int[] axes, boolean keepDims) {
    throw unsupported("mean");
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
    throw unsupported("softmax");
  }

  @Override
  public NDArray logSoftmax(int axis) {
    throw unsupported("logSoftmax");
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
    throw unsupported("argMax");
  }

  @Override
  public NDArray argMax(int axis) {
    throw unsupported("argMax");
  }

  @Override
  public NDList topK(int k, int axis, boolean largest, boolean sorted) {
    throw unsupported("topK");
  }

  @Override
  public NDArray argMin() {
    throw unsupported("argMin");
  }

  @Override
  public NDArray argMin(int axis) {
    throw unsupported("argMin");
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
