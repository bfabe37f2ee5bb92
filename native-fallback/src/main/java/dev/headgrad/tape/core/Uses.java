package dev.headgrad.tape.core;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counts the recorded operations that read a memory as a constant. A node holds the count and not
 * the memory, which the graph does not keep alive.
 */
final class Uses {

  private final AtomicInteger count = new AtomicInteger();

  void add() {
    count.incrementAndGet();
  }

  void remove() {
    count.decrementAndGet();
  }

  boolean any() {
    return count.get() > 0;
  }
}
