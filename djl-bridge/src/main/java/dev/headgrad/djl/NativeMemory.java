package dev.headgrad.djl;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import java.lang.ref.Cleaner;
import java.lang.ref.Cleaner.Cleanable;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives the memory of native arrays back when the program can no longer reach their owners, as
 * Python does, though DJL's managers hold on to them.
 *
 * <p>The garbage collector does not see native memory. So its bytes are counted here, and a
 * collection is prompted when they have grown beyond a limit: the system property {@code
 * headgrad.native.bytes}, by default 512 MiB, and from then on twice of what was left after the
 * last one.
 */
public final class NativeMemory {

  private static final Logger LOGGER = LoggerFactory.getLogger(NativeMemory.class);

  private static final Cleaner CLEANER = Cleaner.create();

  private static final long LIMIT = Long.getLong("headgrad.native.bytes", 512L << 20);

  private static final ReentrantReadWriteLock LOCK = new ReentrantReadWriteLock();

  private static final AtomicLong BYTES = new AtomicLong();

  /** Keeps nothing open: nobody closes arrays without native memory. */
  private static final Hold NOTHING = () -> {};

  private static volatile long promptAt = LIMIT;

  private NativeMemory() {}

  /**
   * Closes an array when its owner has become unreachable. Arrays of engines without native memory
   * are left to the garbage collector.
   *
   * @param owner what refers to the array, and is not referred to by it
   * @param array the array
   * @return what the owner calls after it has closed the array itself; null if nothing waits for
   *     that
   */
  public static @Nullable Cleanable closeWithOwner(Object owner, NDArray array) {
    EngineAutograd autograd = Autograd.of(array);
    if (!autograd.hasNativeMemory()) {
      return null;
    }
    long bytes = autograd.nativeBytes(array);
    long total = BYTES.addAndGet(bytes);
    Cleanable claim = CLEANER.register(owner, () -> release(array, bytes));
    if (total > promptAt) {
      prompt();
    }
    return claim;
  }

  /** Whether the engine's arrays have memory that the garbage collector does not see. */
  public static boolean isUsedBy(Engine engine) {
    return Autograd.of(engine).hasNativeMemory();
  }

  /** The bytes of arrays that are open, as far as is known, and have owners. */
  public static long bytes() {
    return BYTES.get();
  }

  /**
   * Keeps unreachable arrays open until it is closed: a backward goes through all attached arrays,
   * whose owners may become unreachable meanwhile.
   */
  static Hold hold(EngineAutograd autograd) {
    if (!autograd.hasNativeMemory()) {
      return NOTHING;
    }
    LOCK.readLock().lock();
    return LOCK.readLock()::unlock;
  }

  /** Runs an action that closes arrays, unless a backward may be using them. */
  static void ifNotHeld(Runnable action) {
    if (LOCK.writeLock().tryLock()) {
      try {
        action.run();
      } finally {
        LOCK.writeLock().unlock();
      }
    }
  }

  /** What {@link #hold()} gives. */
  interface Hold extends AutoCloseable {
    @Override
    void close();
  }

  private static void release(NDArray array, long bytes) {
    BYTES.addAndGet(-bytes);
    if (array.isReleased()) {
      return;
    }
    try {
      // it never queues for the lock, which would keep out readers that a reader waits for
      while (!LOCK.writeLock().tryLock()) {
        Thread.sleep(1);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return;
    }
    try {
      array.close();
    } catch (RuntimeException e) {
      LOGGER.warn("an unreachable array could not be closed", e);
    } finally {
      LOCK.writeLock().unlock();
    }
  }

  private static synchronized void prompt() {
    if (BYTES.get() <= promptAt) {
      return; // another thread was first
    }
    System.gc();
    try {
      Thread.sleep(5); // the cleaner's turn
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    promptAt = Math.max(LIMIT, 2 * BYTES.get());
  }
}
