package dev.headgrad.tape;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDArrayIndexer;
import ai.djl.ndarray.internal.NDArrayEx;

/** The operations of an array that DJL's blocks use. */
final class TapeNDArrayEx extends ExUpdates {

  private TapeNDArrayEx(TapeNDArray array) {
    super(array);
  }

  /** The operations of an array. Their type is said here, so that arrays load without them. */
  static NDArrayEx of(TapeNDArray array) {
    return new TapeNDArrayEx(array);
  }

  @Override
  public NDArrayIndexer getIndexer(NDManager manager) {
    return new TapeNDArrayIndexer((TapeNDManager) manager);
  }
}
