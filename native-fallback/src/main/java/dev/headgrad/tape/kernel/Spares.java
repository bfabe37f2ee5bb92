package dev.headgrad.tape.kernel;

import java.util.ArrayDeque;
import java.util.function.Supplier;

/**
 * Scratch memory of one kind that is used again: as many pieces as threads work at a time.
 *
 * @param <T> what a piece is
 */
public final class Spares<T> {

  private final Supplier<T> create;
  private final ArrayDeque<T> spares = new ArrayDeque<>();

  /**
   * No pieces yet.
   *
   * @param create makes a piece where none is spare
   */
  public Spares(Supplier<T> create) {
    this.create = create;
  }

  /** A piece of any content. */
  public T take() {
    synchronized (spares) {
      T spare = spares.poll();
      if (spare != null) {
        return spare;
      }
    }
    return create.get();
  }

  /** Gives a piece back. */
  public void give(T piece) {
    synchronized (spares) {
      if (spares.size() < Workers.threads()) {
        spares.push(piece);
      }
    }
  }
}
