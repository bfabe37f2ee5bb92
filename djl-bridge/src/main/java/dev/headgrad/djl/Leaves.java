package dev.headgrad.djl;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** The arrays that have a gradient attached. It keeps none of them alive. */
final class Leaves {

  private static final WeakIdentityMap<NDArray, Leaf> LEAVES = new WeakIdentityMap<>();

  private static final List<Former> FORMER = new ArrayList<>();

  private Leaves() {}

  /** A leaf as it was before its array was attached anew: earlier graphs lead to it. */
  private record Former(NDArray array, Leaf leaf) {}

  static @Nullable Leaf get(NDArray array) {
    return LEAVES.get(array);
  }

  static void put(NDArray array, Leaf leaf) {
    LEAVES.put(array, leaf);
  }

  /**
   * Keeps a former leaf for as long as its gradient is open.
   *
   * @param array what now stands for it; closed when it is not needed any more
   */
  static void putFormer(NDArray array, Leaf leaf) {
    synchronized (FORMER) {
      FORMER.removeIf(
          former -> {
            boolean unseen = former.leaf().gradient().isReleased();
            if (unseen) {
              former.array().close();
            }
            return unseen;
          });
      FORMER.add(new Former(array, leaf));
    }
  }

  /** The number of former leaves that are kept. */
  static int formerCount() {
    synchronized (FORMER) {
      return FORMER.size();
    }
  }

  /** Calls the action for every leaf, former ones included, that is open, as is its gradient. */
  static void forEach(BiConsumer<NDArray, Leaf> action) {
    BiConsumer<NDArray, Leaf> ifOpen =
        (array, leaf) -> {
          if (!array.isReleased() && !leaf.gradient().isReleased()) {
            action.accept(array, leaf);
          }
        };
    LEAVES.forEach(ifOpen);
    synchronized (FORMER) {
      FORMER.forEach(former -> ifOpen.accept(former.array(), former.leaf()));
    }
  }
}
