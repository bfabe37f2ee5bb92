package dev.headgrad.tape;

import ai.djl.ndarray.internal.NDArrayEx;
import dev.headgrad.tape.core.DenseArray;

/**
 * An array of the JavaTape engine. Its methods are one-liners that call operations; they stand in
 * the classes it extends, by subject.
 */
public final class TapeNDArray extends ArrayLinalg {

  TapeNDArray(TapeNDManager manager, DenseArray array) {
    super(manager, array);
  }

  @Override
  public NDArrayEx getNDArrayInternal() {
    return TapeNDArrayEx.of(this); // made anew: a field for it would make every array larger
  }
}
