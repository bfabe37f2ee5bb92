package dev.headgrad.tape;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import dev.headgrad.tape.core.DenseArray;
import dev.headgrad.tape.core.Dims;
import dev.headgrad.tape.op.Casting;
import dev.headgrad.tape.op.Creation;
import dev.headgrad.tape.op.Cumulative;
import dev.headgrad.tape.op.Norms;
import dev.headgrad.tape.op.Reductions;
import dev.headgrad.tape.op.Searching;
import dev.headgrad.tape.op.Shapes;
import dev.headgrad.tape.op.Slicing;
import dev.headgrad.tape.op.Softmax;
import dev.headgrad.tape.op.Sorting;
import dev.headgrad.tape.op.Uniqueness;

/** Along axes: reductions, cumulative operations, sorting and searching. */
abstract class ArrayReductions extends ArrayElementwise {

  ArrayReductions(TapeNDManager manager, DenseArray array) {
    super(manager, array);
  }

  @Override
  public final NDArray max() {
    return wrap(Reductions.max(array()));
  }

  @Override
  public final NDArray max(int[] axes, boolean keepDims) {
    return wrap(Reductions.max(array(), axes, keepDims));
  }

  @Override
  public final NDArray min() {
    return wrap(Reductions.min(array()));
  }

  @Override
  public final NDArray min(int[] axes, boolean keepDims) {
    return wrap(Reductions.min(array(), axes, keepDims));
  }

  @Override
  public final NDArray sum() {
    return wrap(Reductions.sum(array()));
  }

  @Override
  public final NDArray sum(int[] axes, boolean keepDims) {
    return wrap(Reductions.sum(array(), axes, keepDims));
  }

  @Override
  public final NDArray cumProd(int axis) {
    return wrap(Cumulative.cumProd(array(), axis));
  }

  @Override
  public final NDArray cumProd(int axis, DataType dataType) {
    return wrap(Casting.cast(Cumulative.cumProd(Casting.cast(array(), dataType), axis), dataType));
  }

  @Override
  public final NDArray prod() {
    return wrap(Cumulative.prod(array(), Dims.all(array().rank()), false));
  }

  @Override
  public final NDArray prod(int[] axes, boolean keepDims) {
    return wrap(Cumulative.prod(array(), axes, keepDims));
  }

  @Override
  public final NDArray mean() {
    return wrap(Reductions.mean(array()));
  }

  @Override
  public final NDArray mean(int[] axes, boolean keepDims) {
    return wrap(Reductions.mean(array(), axes, keepDims));
  }

  @Override
  public final NDArray normalize(double exponent, long dim, double eps) {
    return wrap(Norms.normalize(array(), exponent, (int) dim, eps));
  }

  @Override
  public final NDArray trace(int offset, int axis1, int axis2) {
    DenseArray diagonal = Slicing.diagonal(array(), offset, axis1, axis2);
    return wrap(Reductions.sum(diagonal, new int[] {diagonal.rank() - 1}, false));
  }

  /** As PyTorch gives it: three arrays always, empty ones for what was not asked for. */
  @Override
  public final NDList unique(
      Integer dim, boolean sorted, boolean returnInverse, boolean returnCounts) {
    DenseArray[] kinds =
        dim == null ? Uniqueness.elements(array()) : Uniqueness.slices(array(), dim);
    return new NDList(
        wrap(kinds[0]),
        wrap(returnInverse ? kinds[1] : Creation.full(0, DataType.INT64, 0)),
        wrap(returnCounts ? kinds[2] : Creation.full(0, DataType.INT64, 0)));
  }

  @Override
  public final NDArray argSort(int axis, boolean ascending) {
    return wrap(Sorting.argSort(array(), axis, ascending));
  }

  @Override
  public final NDArray sort() {
    return wrap(Sorting.sort(array(), -1));
  }

  @Override
  public final NDArray sort(int axis) {
    return wrap(Sorting.sort(array(), axis));
  }

  @Override
  public final NDArray softmax(int axis) {
    return wrap(Softmax.softmax(array(), axis));
  }

  @Override
  public final NDArray logSoftmax(int axis) {
    return wrap(Softmax.logSoftmax(array(), axis));
  }

  @Override
  public final NDArray cumSum() {
    DenseArray x = Shapes.flatten(array());
    DenseArray sums = Cumulative.cumSum(x, 0);
    // where nothing is added up, INT32 does not become INT64 on the native engines either
    boolean alone = array().rank() == 0 || x.size() == 0;
    return wrap(alone ? Casting.cast(sums, x.type()) : sums);
  }

  @Override
  public final NDArray cumSum(int axis) {
    return wrap(Cumulative.cumSum(array(), axis));
  }

  @Override
  public final NDArray argMax() {
    return wrap(Searching.argMax(array()));
  }

  @Override
  public final NDArray argMax(int axis) {
    return wrap(Searching.argMax(array(), axis));
  }

  @Override
  public final NDList topK(int k, int axis, boolean largest, boolean sorted) {
    DenseArray[] top = Sorting.topK(array(), k, axis, largest);
    return new NDList(wrap(top[0]), wrap(top[1]));
  }

  @Override
  public final NDArray argMin() {
    return wrap(Searching.argMin(array()));
  }

  @Override
  public final NDArray argMin(int axis) {
    return wrap(Searching.argMin(array(), axis));
  }

  @Override
  public final NDArray percentile(Number percentile) {
    return percentile(percentile, new int[] {-1});
  }

  @Override
  public final NDArray percentile(Number percentile, int[] axes) {
    return wrap(Sorting.percentile(array(), percentile.doubleValue(), axes));
  }

  @Override
  public final NDArray median() {
    return median(new int[] {-1});
  }

  @Override
  public final NDArray median(int[] axes) {
    return wrap(Sorting.median(array(), axes));
  }

  @Override
  public final NDArray nonzero() {
    return wrap(Searching.nonzero(array()));
  }

  @Override
  public final NDArray norm(boolean keepDims) {
    return wrap(Norms.norm(array(), 2, Dims.all(array().rank()), keepDims));
  }

  @Override
  public final NDArray norm(int ord, int[] axes, boolean keepDims) {
    return wrap(Norms.norm(array(), ord, axes, keepDims));
  }
}
