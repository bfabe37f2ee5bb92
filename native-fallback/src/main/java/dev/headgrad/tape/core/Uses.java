package dev.headgrad.tape.core;

import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;

/**
 * Counts the recorded operations that read a memory as a constant. A node holds the count and not
 * the memory, which the graph does not keep alive.
 */
final class Uses {

  private static final AtomicIntegerFieldUpdater<Uses> COUNT =
      AtomicIntegerFieldUpdater.newUpdater(Uses.class, "count");

  /** Of memory that nobody writes to. */
  static final Uses NOT_COUNTED = new Uses();

  private volatile int count;

  void add() {
    if (this != NOT_COUNTED) {
      COUNT.incrementAndGet(this);
    }
  }

  void remove() {
    if (this != NOT_COUNTED) {
      COUNT.decrementAndGet(this);
    }
  }

  boolean any() {
    return count > 0;
  }
}
