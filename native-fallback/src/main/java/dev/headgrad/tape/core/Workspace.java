package dev.headgrad.tape.core;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What a thread computes for the time being: the arrays it makes on memory of the pool, from
 * opening the workspace on, are released by it, unless somebody took them or is their owner.
 *
 * <p>A tape node that needs the memory of a released array has a hold on it of its own. Workspaces
 * of one thread nest; only the innermost sees new arrays. Arrays too small for the pool are none of
 * its business: the garbage collector is better at these.
 */
public final class Workspace implements AutoCloseable {

  /** A thread's innermost workspace: set more cheaply than a thread-local variable is. */
  private static final class Innermost {
    @Nullable Workspace workspace;
  }

  private static final ThreadLocal<@Nullable Innermost> INNERMOST = new ThreadLocal<>();

  private static final @Nullable DenseArray[] NONE = {};

  private final Innermost innermost = innermost();
  private final @Nullable Workspace outer = innermost.workspace;
  private final boolean noting;
  private @Nullable DenseArray[] made = NONE;
  private int count;

  private Workspace(boolean noting) {
    this.noting = noting;
    innermost.workspace = this;
  }

  /** No initial value: that takes a class, and a small program the time to load it. */
  private static Innermost innermost() {
    Innermost innermost = INNERMOST.get();
    if (innermost == null) {
      innermost = new Innermost();
      INNERMOST.set(innermost);
    }
    return innermost;
  }

  /** Opens a workspace on this thread, which is to close it. */
  public static Workspace open() {
    return new Workspace(true);
  }

  /** Lets new arrays live on until this is closed again: for code that is not ours. */
  public static Workspace suspended() {
    return new Workspace(false);
  }

  /** A new array; it is noted if this thread has a workspace and the memory is the pool's. */
  static DenseArray made(DenseArray x) {
    if (x.isPooled()) {
      Workspace current = innermost().workspace;
      if (current != null && current.noting) {
        current.note(x);
      }
    }
    return x;
  }

  private void note(DenseArray x) {
    if (count == made.length) {
      made = Arrays.copyOf(made, Math.max(8, 2 * count));
    }
    made[count++] = x;
  }

  /**
   * Makes the caller the owner of an array.
   *
   * @return the array itself if it was made here and nobody has taken it; otherwise a view of all
   *     of it, off the tape. What is too small for the pool needs no owner: it is returned as it is
   */
  public DenseArray take(DenseArray x) {
    if (!x.isPooled()) {
      return x;
    }
    if (!remove(x)) {
      DenseArray view = x.detached();
      remove(view);
      return view;
    }
    return x;
  }

  private boolean remove(DenseArray x) {
    for (int i = count - 1; i >= 0; i--) {
      if (made[i] == x) {
        made[i] = made[--count];
        made[count] = null;
        return true;
      }
    }
    return false;
  }

  /** Releases what was made and not taken, but for arrays that have an owner. */
  public void clear() {
    for (int i = 0; i < count; i++) {
      DenseArray x = made[i];
      made[i] = null;
      if (x != null && !x.isClaimed()) {
        x.release();
      }
    }
    count = 0;
  }

  /** Clears this workspace and goes back to the one around it. */
  @Override
  public void close() {
    clear();
    innermost.workspace = outer;
  }
}
