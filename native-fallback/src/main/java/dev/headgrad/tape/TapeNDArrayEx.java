package dev.headgrad.tape;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDArrayIndexer;

/** The operations of an array that DJL's blocks use. */
final class TapeNDArrayEx extends ExUpdates {

  TapeNDArrayEx(TapeNDArray array) {
    super(array);
  }

  @Override
  public NDArrayIndexer getIndexer(NDManager manager) {
    return new TapeNDArrayIndexer((TapeNDManager) manager);
  }
}
