package dev.headgrad.tape;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import dev.headgrad.tape.core.DenseArray;
import dev.headgrad.tape.op.Gathering;

/** Reading and writing by index. */
abstract class ArrayIndexing extends ArrayShapes {

  ArrayIndexing(TapeNDManager manager, DenseArray array) {
    super(manager, array);
  }

  @Override
  public NDArray gather(NDArray index, int axis) {
    return wrap(Gathering.gather(array(), arrayOf(index), axis));
  }

  @Override
  public NDArray gatherNd(NDArray index) {
    throw unsupported("gatherNd");
  }

  @Override
  public NDArray take(NDManager manager, NDArray index) {
    return ((TapeNDManager) manager).wrap(Gathering.take(array(), arrayOf(index)));
  }

  @Override
  public NDArray put(NDArray index, NDArray value) {
    throw unsupported("put");
  }

  @Override
  public NDArray scatter(NDArray index, NDArray value, int axis) {
    throw unsupported("scatter");
  }

  @Override
  public NDArray booleanMask(NDArray index, int axis) {
    throw unsupported("booleanMask");
  }

  @Override
  public NDArray sequenceMask(NDArray sequenceLength, float value) {
    throw unsupported("sequenceMask");
  }

  @Override
  public NDArray sequenceMask(NDArray sequenceLength) {
    throw unsupported("sequenceMask");
  }

  @Override
  public NDArray oneHot(int depth, float onValue, float offValue, DataType dataType) {
    return wrap(Gathering.oneHot(array(), depth, onValue, offValue, dataType));
  }
}
