package dev.headgrad.tape;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDArrayIndexer;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.index.dim.NDIndexBooleans;
import ai.djl.ndarray.index.full.NDIndexFullPick;
import ai.djl.ndarray.index.full.NDIndexFullSlice;
import ai.djl.ndarray.index.full.NDIndexFullTake;
import dev.headgrad.tape.core.DenseArray;
import dev.headgrad.tape.core.Dims;
import dev.headgrad.tape.core.Tape;
import dev.headgrad.tape.op.Creation;
import dev.headgrad.tape.op.Shapes;

/**
 * Reads and writes arrays by {@link NDIndex}, with NumPy's rules for every mixture of its elements.
 *
 * <p>What is read without an index array shares memory with the array. What is written goes to the
 * array's memory; while recording, gradients flow to the values written, and to the elements of the
 * array that were not overwritten.
 */
final class TapeNDArrayIndexer extends NDArrayIndexer {

  private final TapeNDManager manager;

  TapeNDArrayIndexer(TapeNDManager manager) {
    this.manager = manager;
  }

  private DenseArray array(NDArray array) {
    return manager.from(array).array();
  }

  @Override
  public NDArray get(NDArray array, NDIndex index) {
    DenseArray x = array(array);
    if (x.rank() == 0 && index.getIndices().isEmpty()) {
      return array.duplicate();
    }
    return manager.wrap(ResolvedIndex.of(index, x.dims(), manager).get(x));
  }

  @Override
  public NDArray get(NDArray array, NDIndexFullPick pick) {
    return get(array, new NDIndex().addAllDim(pick.getAxis()).addPickDim(pick.getIndices()));
  }

  @Override
  public NDArray get(NDArray array, NDIndexFullTake take) {
    NDIndex index = new NDIndex().addAllDim(take.getAxis());
    return get(array, index.addIndices("{}", take.getIndices()));
  }

  @Override
  public NDArray get(NDArray array, NDIndexFullSlice slice) {
    return get(array, slices(slice)).squeeze(slice.getToSqueeze());
  }

  private static NDIndex slices(NDIndexFullSlice slice) {
    NDIndex index = new NDIndex();
    for (int i = 0; i < slice.getMin().length; i++) {
      index.addSliceDim(slice.getMin()[i], slice.getMax()[i], slice.getStep()[i]);
    }
    return index;
  }

  @Override
  public void set(NDArray array, NDIndexFullSlice slice, NDArray value) {
    set(array, slices(slice), value);
  }

  @Override
  public void set(NDArray array, NDIndexFullSlice slice, Number value) {
    set(array, slices(slice), value);
  }

  @Override
  public void set(NDArray array, NDIndexBooleans mask, NDArray value) {
    set(array, new NDIndex().addBooleanIndex(mask.getIndex()), value);
  }

  @Override
  public void set(NDArray array, NDIndex index, Object value) {
    TapeNDArray target = (TapeNDArray) array;
    ResolvedIndex resolved = ResolvedIndex.of(index, target.array().dims(), manager);
    write(target, resolved, fitted(target.array(), index, resolved, value));
  }

  @Override
  public void setScalar(NDArray array, NDIndex index, Number value) {
    TapeNDArray target = (TapeNDArray) array;
    ResolvedIndex resolved = ResolvedIndex.of(index, target.array().dims(), manager);
    if (Dims.size(resolved.dims()) != 1) {
      throw new IllegalArgumentException(
          "The provided index does not set a scalar: it selects elements of shape "
              + Dims.text(resolved.dims()));
    }
    write(target, resolved, Creation.scalar(value, target.array().type()));
  }

  private static void write(TapeNDArray target, ResolvedIndex resolved, DenseArray value) {
    DenseArray x = target.array();
    if (Tape.isRecording() && (x.needsGradient() || value.needsGradient())) {
      target.assign(resolved.replace(x, value));
    } else {
      resolved.write(x, value);
      x.written();
    }
  }

  /**
   * The values to write, in a shape that can be broadcast to what is selected. Besides what NumPy
   * allows, as in DJL's other engines: the right number of elements for the last axes in any shape,
   * and with a mask, values for all elements, selected or not.
   */
  private DenseArray fitted(DenseArray x, NDIndex index, ResolvedIndex resolved, Object value) {
    if (value instanceof Number) {
      return Creation.scalar((Number) value, x.type());
    }
    if (!(value instanceof NDArray)) {
      throw new IllegalArgumentException(
          "The type of value to assign cannot be other than NDArray and Number.");
    }
    DenseArray v = array((NDArray) value);
    int[] dims = resolved.dims();
    if (Shapes.isBroadcastable(v.dims(), dims)) {
      return v;
    }
    boolean mask =
        index.getIndices().size() == 1 && index.getIndices().get(0) instanceof NDIndexBooleans;
    if (mask && Shapes.isBroadcastable(v.dims(), x.dims())) {
      return resolved.get(Shapes.broadcast(v, x.dims()));
    }
    int from = 0;
    int size = Dims.size(dims);
    while (from < dims.length && size != v.size() && dims[from] != 0) {
      size /= dims[from++];
    }
    return size == v.size()
        ? Shapes.reshape(v, java.util.Arrays.copyOfRange(dims, from, dims.length))
        : v;
  }
}
