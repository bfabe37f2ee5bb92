package dev.headgrad.tape;

import ai.djl.ndarray.internal.NDArrayEx;
import dev.headgrad.tape.core.DenseArray;
import org.jspecify.annotations.Nullable;

/**
 * An array of the JavaTape engine. Its methods are one-liners that call operations; they stand in
 * the classes it extends, by subject.
 */
public final class TapeNDArray extends ArrayLinalg {

  private @Nullable NDArrayEx ex;

  TapeNDArray(TapeNDManager manager, DenseArray array) {
    super(manager, array);
  }

  @Override
  public NDArrayEx getNDArrayInternal() {
    NDArrayEx internal = ex;
    if (internal == null) {
      internal = TapeNDArrayEx.of(this);
      ex = internal;
    }
    return internal;
  }
}
