package dev.headgrad.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDScope;
import java.util.ArrayList;
import java.util.List;

/** The attached gradients of an engine as they were, to be put back if a backward fails halfway. */
final class Snapshot implements AutoCloseable {

  private final List<NDArray> gradients = new ArrayList<>();
  private final NDList copies = new NDList();

  /**
   * Copies the gradients of all arrays that are attached now.
   *
   * @param kind the class of the engine's arrays
   */
  Snapshot(Class<? extends NDArray> kind) {
    for (Leaf leaf : Leaves.of(kind)) {
      NDArray gradient = leaf.reference();
      NDArray copy = gradient.duplicate();
      NDScope.unregister(copy);
      gradients.add(gradient);
      copies.add(copy);
    }
  }

  void restore() {
    for (int i = 0; i < gradients.size(); i++) {
      copies.get(i).copyTo(gradients.get(i));
    }
  }

  @Override
  public void close() {
    copies.close();
  }
}
