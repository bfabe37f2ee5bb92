package dev.headgrad.tape.autograd;

import dev.headgrad.tape.core.DenseArray;
import dev.headgrad.tape.core.Node;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The nodes that gradients have arrived at and that were not visited yet: a heap by depth, and,
 * once there are more than a few, a hash table to find them.
 */
final class Frontier {

  /** The gradients that have arrived at the outputs of a node. */
  static final class Arrivals {
    final Node node;
    final @Nullable DenseArray[] heads;
    private @Nullable Arrivals next;

    private Arrivals(Node node) {
      this.node = node;
      this.heads = new DenseArray[node.outputs()];
    }
  }

  private static final int FEW = 8;

  private @Nullable Arrivals[] heap = new Arrivals[FEW];
  private @Nullable Arrivals @Nullable [] chains;
  private int size;

  /** What has arrived at a node, which waits to be visited from now on. */
  Arrivals at(Node node) {
    Arrivals found = chains == null ? searched(node) : looked(chains, node);
    if (found != null) {
      return found;
    }
    if (size == heap.length) {
      grow();
    }
    Arrivals added = new Arrivals(node);
    if (chains != null) {
      link(chains, added);
    }
    rise(size++, added);
    return added;
  }

  /** Takes the deepest node out; null if there is none. */
  @Nullable Arrivals poll() {
    if (size == 0) {
      return null;
    }
    Arrivals deepest = in(0);
    Arrivals last = in(--size);
    heap[size] = null;
    if (size > 0) {
      sink(last);
    }
    if (chains != null) {
      unlink(chains, deepest);
    }
    return deepest;
  }

  private Arrivals in(int place) {
    return Objects.requireNonNull(heap[place]);
  }

  private @Nullable Arrivals searched(Node node) {
    for (int i = 0; i < size; i++) {
      if (in(i).node == node) {
        return heap[i];
      }
    }
    return null;
  }

  private static @Nullable Arrivals looked(@Nullable Arrivals[] chains, Node node) {
    Arrivals a = chains[node.hash() & (chains.length - 1)];
    while (a != null && a.node != node) {
      a = a.next;
    }
    return a;
  }

  private void grow() {
    heap = Arrays.copyOf(heap, 2 * size);
    @Nullable Arrivals[] wider = new Arrivals[2 * size];
    for (int i = 0; i < size; i++) {
      link(wider, in(i));
    }
    chains = wider;
  }

  private static void link(@Nullable Arrivals[] chains, Arrivals added) {
    int chain = added.node.hash() & (chains.length - 1);
    added.next = chains[chain];
    chains[chain] = added;
  }

  private static void unlink(@Nullable Arrivals[] chains, Arrivals visited) {
    int chain = visited.node.hash() & (chains.length - 1);
    Arrivals a = chains[chain];
    if (a == visited) {
      chains[chain] = visited.next;
      return;
    }
    while (a != null && a.next != visited) {
      a = a.next;
    }
    if (a != null) {
      a.next = visited.next;
    }
  }

  private void rise(int from, Arrivals added) {
    int i = from;
    while (i > 0 && in((i - 1) / 2).node.depth() < added.node.depth()) {
      heap[i] = heap[(i - 1) / 2];
      i = (i - 1) / 2;
    }
    heap[i] = added;
  }

  private void sink(Arrivals moved) {
    int i = 0;
    for (int child = 1; child < size; child = 2 * i + 1) {
      if (child + 1 < size && in(child + 1).node.depth() > in(child).node.depth()) {
        child++;
      }
      if (in(child).node.depth() <= moved.node.depth()) {
        break;
      }
      heap[i] = heap[child];
      i = child;
    }
    heap[i] = moved;
  }
}
