package dev.headgrad.djl;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** The arrays that have a gradient attached. It keeps none of them alive. */
final class Leaves {

  private static final Queue<Leaf> GONE = new ConcurrentLinkedQueue<>();

  private static final WeakIdentityMap<NDArray, Leaf> LEAVES = new WeakIdentityMap<>(GONE::add);

  private static final List<Leaf> FORMER = new ArrayList<>();

  private Leaves() {}

  static @Nullable Leaf get(NDArray array) {
    return LEAVES.get(array);
  }

  /**
   * Notes that an array is attached.
   *
   * @param keepFormer whether graphs recorded from what the array was attached as before are to
   *     find it, for as long as the program can see its gradient
   */
  static void put(NDArray array, Leaf leaf, boolean keepFormer) {
    Leaf former = LEAVES.put(array, leaf);
    if (former == null) {
      return;
    }
    if (keepFormer && former.isObservable()) {
      synchronized (FORMER) {
        FORMER.add(former);
      }
    } else {
      GONE.add(former);
    }
  }

  /** The number of former leaves that are kept. */
  static int formerCount() {
    synchronized (FORMER) {
      return FORMER.size();
    }
  }

  /** Lets go of what was closed, unless a backward is under way. */
  static void sweep() {
    NativeMemory.ifNotHeld(
        () -> {
          GONE.addAll(
              LEAVES.removeIf((array, leaf) -> array.isReleased() || leaf.gradient().isReleased()));
          synchronized (FORMER) {
            FORMER.removeIf(leaf -> leaf.gradient().isReleased() && GONE.add(leaf));
          }
          for (Leaf leaf = GONE.poll(); leaf != null; leaf = GONE.poll()) {
            leaf.release();
          }
        });
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

  /** The leaves of an engine, former ones included, whose gradients are open and wanted. */
  static List<Leaf> of(Class<? extends NDArray> kind) {
    List<Leaf> leaves = new ArrayList<>();
    forEach((array, leaf) -> addIfWanted(leaves, kind, leaf));
    synchronized (FORMER) {
      FORMER.forEach(leaf -> addIfWanted(leaves, kind, leaf));
    }
    return leaves;
  }

  private static void addIfWanted(List<Leaf> leaves, Class<? extends NDArray> kind, Leaf leaf) {
    NDArray gradient = leaf.gradient();
    if (kind.isInstance(gradient) && leaf.request() != GradRequest.NULL && !gradient.isReleased()) {
      leaves.add(leaf);
    }
  }
}
