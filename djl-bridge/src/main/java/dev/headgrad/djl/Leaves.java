package dev.headgrad.djl;

import ai.djl.ndarray.NDArray;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** The arrays that have a gradient attached. It keeps none of them alive. */
final class Leaves {

  private static final WeakIdentityMap<NDArray, Leaf> LEAVES = new WeakIdentityMap<>();

  private Leaves() {}

  static @Nullable Leaf get(NDArray array) {
    return LEAVES.get(array);
  }

  static void put(NDArray array, Leaf leaf) {
    LEAVES.put(array, leaf);
  }

  /** Calls the action for every attached array that is open, as is its gradient. */
  static void forEach(BiConsumer<NDArray, Leaf> action) {
    LEAVES.forEach(
        (array, leaf) -> {
          if (!array.isReleased() && !leaf.gradient().isReleased()) {
            action.accept(array, leaf);
          }
        });
  }
}
