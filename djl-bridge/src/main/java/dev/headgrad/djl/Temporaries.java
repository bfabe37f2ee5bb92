package dev.headgrad.djl;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.List;

/** Arrays to be closed at the end of a block. */
final class Temporaries implements AutoCloseable {

  private final List<NDArray> arrays = new ArrayList<>();

  NDArray add(NDArray array) {
    arrays.add(array);
    return array;
  }

  @Override
  public void close() {
    arrays.forEach(NDArray::close);
  }
}
