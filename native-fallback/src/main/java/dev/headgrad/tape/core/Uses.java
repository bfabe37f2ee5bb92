package dev.headgrad.tape.core;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counts the recorded operations that read a memory as a constant. A node holds the count and not
 * the memory, which the graph does not keep alive.
 */
final class Uses extends AtomicInteger {

  /** Of memory that nobody writes to. */
  static final Uses NOT_COUNTED = new Uses();

  void add() {
    if (this != NOT_COUNTED) {
      incrementAndGet();
    }
  }

  void remove() {
    if (this != NOT_COUNTED) {
      decrementAndGet();
    }
  }

  boolean any() {
    return get() > 0;
  }
}
