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

  /** Reads the element where it lies, without making an index or another array. */
  @Override
  public final float getFloat(long... indices) {
    int place = place(DataType.FLOAT32, indices);
    return place < 0 ? super.getFloat(indices) : ((float[]) array().data())[place];
  }

  /** Reads the element where it lies, without making an index or another array. */
  @Override
  public final double getDouble(long... indices) {
    int place = place(DataType.FLOAT64, indices);
    return place < 0 ? super.getDouble(indices) : ((double[]) array().data())[place];
  }

  /** Reads the element where it lies, without making an index or another array. */
  @Override
  public final int getInt(long... indices) {
    int place = place(DataType.INT32, indices);
    return place < 0 ? super.getInt(indices) : ((int[]) array().data())[place];
  }

  /** Reads the element where it lies, without making an index or another array. */
  @Override
  public final long getLong(long... indices) {
    int place = place(DataType.INT64, indices);
    return place < 0 ? super.getLong(indices) : ((long[]) array().data())[place];
  }

  /** Where an element is; negative if the index needs a closer look, or the dtype is another. */
  private int place(DataType type, long[] indices) {
    DenseArray x = array();
    if (x.type() != type || indices.length != x.rank()) {
      return -1;
    }
    int place = x.offset();
    for (int axis = 0; axis < indices.length; axis++) {
      long index = indices[axis];
      if (index < 0 || index >= x.dim(axis)) {
        return -1;
      }
      place += (int) index * x.strides()[axis];
    }
    return place;
  }

  @Override
  public final NDArray gather(NDArray index, int axis) {
    return wrap(Gathering.gather(array(), arrayOf(index), axis));
  }

  @Override
  public final NDArray gatherNd(NDArray index) {
    return wrap(Gathering.gatherNd(array(), arrayOf(index)));
  }

  @Override
  public final NDArray take(NDManager manager, NDArray index) {
    return ((TapeNDManager) manager).wrap(Gathering.take(array(), arrayOf(index)));
  }

  @Override
  public final NDArray put(NDArray index, NDArray value) {
    return wrap(Gathering.put(array(), arrayOf(index), arrayOf(value)));
  }

  @Override
  public final NDArray scatter(NDArray index, NDArray value, int axis) {
    return wrap(Gathering.scatter(array(), arrayOf(index), arrayOf(value), axis));
  }

  @Override
  public final NDArray booleanMask(NDArray index, int axis) {
    return wrap(Masking.pick(array(), arrayOf(index), axis));
  }

  @Override
  public final NDArray sequenceMask(NDArray sequenceLength, float value) {
    return wrap(Masking.sequences(array(), arrayOf(sequenceLength), value));
  }

  @Override
  public final NDArray sequenceMask(NDArray sequenceLength) {
    return sequenceMask(sequenceLength, 0);
  }

  @Override
  public final NDArray oneHot(int depth, float onValue, float offValue, DataType dataType) {
    return wrap(Gathering.oneHot(array(), depth, onValue, offValue, dataType));
  }
}
