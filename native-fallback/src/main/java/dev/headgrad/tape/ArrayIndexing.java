package dev.headgrad.tape;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import dev.headgrad.tape.core.DenseArray;
import dev.headgrad.tape.op.Gathering;
import dev.headgrad.tape.op.Masking;

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
    return wrap(Gathering.gatherNd(array(), arrayOf(index)));
  }

  @Override
  public NDArray take(NDManager manager, NDArray index) {
    return ((TapeNDManager) manager).wrap(Gathering.take(array(), arrayOf(index)));
  }

  @Override
  public NDArray put(NDArray index, NDArray value) {
    return wrap(Gathering.put(array(), arrayOf(index), arrayOf(value)));
  }

  @Override
  public NDArray scatter(NDArray index, NDArray value, int axis) {
    return wrap(Gathering.scatter(array(), arrayOf(index), arrayOf(value), axis));
  }

  @Override
  public NDArray booleanMask(NDArray index, int axis) {
    return wrap(Masking.pick(array(), arrayOf(index), axis));
  }

  @Override
  public NDArray sequenceMask(NDArray sequenceLength, float value) {
    return wrap(Masking.sequences(array(), arrayOf(sequenceLength), value));
  }

  @Override
  public NDArray sequenceMask(NDArray sequenceLength) {
    return sequenceMask(sequenceLength, 0);
  }

  @Override
  public NDArray oneHot(int depth, float onValue, float offValue, DataType dataType) {
    return wrap(Gathering.oneHot(array(), depth, onValue, offValue, dataType));
  }
}
