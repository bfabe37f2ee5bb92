package dev.headgrad.tape;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import dev.headgrad.tape.core.DenseArray;
import dev.headgrad.tape.core.Dims;
import dev.headgrad.tape.op.Shapes;

/** Other layouts of the same elements. */
abstract class ArrayShapes extends ArrayReductions {

  ArrayShapes(TapeNDManager manager, DenseArray array) {
    super(manager, array);
  }

  @Override
  public NDArray rotate90(int times, int[] axes) {
    throw unsupported("rotate90");
  }

  @Override
  public NDList split(long[] indices, int axis) {
    throw unsupported("split");
  }

  @Override
  public NDArray flatten() {
    throw unsupported("flatten");
  }

  @Override
  public NDArray flatten(int startDim, int endDim) {
    throw unsupported("flatten");
  }

  @Override
  public NDArray pad(Shape padding, double value) {
    throw unsupported("pad");
  }

  @Override
  public NDArray reshape(Shape shape) {
    return wrap(Shapes.reshape(array(), Dims.of(shape)));
  }

  @Override
  public NDArray expandDims(int axis) {
    throw unsupported("expandDims");
  }

  @Override
  public NDArray squeeze(int[] axes) {
    throw unsupported("squeeze");
  }

  @Override
  public NDArray diagonal() {
    throw unsupported("diagonal");
  }

  @Override
  public NDArray diagonal(int offset) {
    throw unsupported("diagonal");
  }

  @Override
  public NDArray diagonal(int offset, int axis1, int axis2) {
    throw unsupported("diagonal");
  }

  @Override
  public NDArray tile(long repeats) {
    throw unsupported("tile");
  }

  @Override
  public NDArray tile(int axis, long repeats) {
    throw unsupported("tile");
  }

  @Override
  public NDArray tile(long[] repeats) {
    throw unsupported("tile");
  }

  @Override
  public NDArray tile(Shape desiredShape) {
    throw unsupported("tile");
  }

  @Override
  public NDArray repeat(long repeats) {
    throw unsupported("repeat");
  }

  @Override
  public NDArray repeat(int axis, long repeats) {
    throw unsupported("repeat");
  }

  @Override
  public NDArray repeat(long[] repeats) {
    throw unsupported("repeat");
  }

  @Override
  public NDArray repeat(Shape desiredShape) {
    throw unsupported("repeat");
  }

  @Override
  public NDArray flip(int... axes) {
    throw unsupported("flip");
  }

  @Override
  public NDArray transpose() {
    return wrap(Shapes.transpose(array()));
  }

  @Override
  public NDArray transpose(int... axes) {
    return wrap(Shapes.transpose(array(), axes));
  }

  @Override
  public NDArray broadcast(Shape shape) {
    return wrap(Shapes.broadcast(array(), Dims.of(shape)));
  }

  @Override
  public NDArray diff(int n, int dim) {
    throw unsupported("diff");
  }
}
