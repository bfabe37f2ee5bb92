package dev.headgrad.tape.core;

import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;

/**
 * Counts the recorded operations that read a memory as a constant. A node holds the count and not
 * the memory, which the graph does not keep alive.
 */
final class Uses {

  private static final AtomicIntegerFieldUpdater<Uses> COUNT =
      AtomicIntegerFieldUpdater.newUpdater(Uses.class, "count");

  private volatile int count;

  void add() {
    COUNT.incrementAndGet(this);
  }

  void remove() {
    COUNT.decrementAndGet(this);
  }

  boolean any() {
    return count > 0;
  }
}
