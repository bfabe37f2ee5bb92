package dev.headgrad.tape.kernel;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The threads that large kernels share: one pool of daemon threads for the whole process.
 *
 * <p>Its size, the calling thread included, is the system property {@code headgrad.threads}; the
 * default is the number of processors. How a range is cut depends on that size alone, so the
 * results of a kernel are the same in every run with the same number of threads. Any number of
 * application threads may call at once.
 */
public final class Workers {

  /** Work on the half-open range {@code from <= i < to}. */
  @FunctionalInterface
  public interface RangeTask {
    /**
     * Does the work of a part of the range.
     *
     * @param from the first index
     * @param to the index after the last
     */
    void run(int from, int to);
  }

  /** A sum over the half-open range {@code from <= i < to}. */
  @FunctionalInterface
  public interface RangeSum {
    /**
     * Sums up a part of the range.
     *
     * @param from the first index
     * @param to the index after the last
     * @return the sum over the part
     */
    double sum(int from, int to);
  }

  /** More parts than threads: a thread that is held up leaves its share to the others. */
  private static final int PARTS_PER_THREAD = 4;

  /**
   * How long a thread looks for work (or for the end of its work) before it parks: longer than the
   * small operations between a step's products take, for waking a thread takes as long as they do.
   */
  private static final long SPIN_NANOS = 200_000;

  /** Calls of a method by itself, of which C2 inlines one. */
  private static final int RECURSION = 2;

  private static final int THREADS = threadsFromProperty();

  private static final ConcurrentLinkedQueue<Job> JOBS = new ConcurrentLinkedQueue<>();

  /** Set while the current application thread runs parts of a job of its own. */
  private static final ThreadLocal<Boolean> INSIDE = new ThreadLocal<>();

  private Workers() {}

  private static int threadsFromProperty() {
    String text = System.getProperty("headgrad.threads");
    if (text == null) {
      return Runtime.getRuntime().availableProcessors();
    }
    try {
      int threads = Integer.parseInt(text.trim());
      if (threads >= 1) {
        return threads;
      }
    } catch (NumberFormatException e) {
      // reported below, like any other unusable value
    }
    throw new IllegalArgumentException(
        "headgrad.threads must be an integer of at least 1, but is " + text);
  }

  /** Starts the threads when the first job comes, not before. */
  private static final class Pool {
    private static final Worker[] WORKERS = start();

    private static Worker[] start() {
      Worker[] workers = new Worker[THREADS - 1];
      for (int i = 0; i < workers.length; i++) {
        workers[i] = new Worker("headgrad-worker-" + (i + 1));
        workers[i].start();
      }
      return workers;
    }
  }

  /**
   * The number of threads that work on a large kernel, the calling one included.
   *
   * @return the number of threads
   */
  public static int threads() {
    return THREADS;
  }

  /**
   * Runs a task over {@code 0 <= i < n}, cut into contiguous parts of at least {@code grain}
   * indices that may run at the same time, and returns when all are done.
   *
   * <p>The task runs as one part on the calling thread when {@code n < 2 * grain}, when there is
   * one thread only, and when the call comes from inside another parallel task. If a part throws,
   * parts not yet begun are left out and the first exception is thrown to the caller.
   *
   * @param n the number of indices; nothing runs when it is zero
   * @param grain the least number of indices worth a hand-over to another thread
   * @param task what to do for a part
   */
  public static void parallelFor(int n, int grain, RangeTask task) {
    run(n, Math.min(n / Math.max(grain, 1), THREADS * PARTS_PER_THREAD), task);
  }

  /**
   * Runs a task for each {@code 0 <= i < n} as a part of its own, in this order, and returns when
   * all are done: for parts so long that a thread that took several at once would be waited for.
   *
   * <p>The task runs as one part in the cases where {@link #parallelFor} does that.
   *
   * @param n the number of parts
   * @param task what to do for a part
   */
  public static void takeTurns(int n, RangeTask task) {
    run(n, n, task);
  }

  private static void run(int n, int parts, RangeTask task) {
    if (n <= 0) {
      return;
    }
    if (THREADS == 1 || parts < 2 || inside()) {
      runApart(task, 0, n, RECURSION);
      return;
    }
    Job job = new Job(n, parts, task);
    JOBS.add(job);
    wake(job.parts - 1);
    INSIDE.set(Boolean.TRUE);
    try {
      job.work();
      JOBS.remove(job);
      job.await();
    } finally {
      INSIDE.remove();
    }
    job.rethrow();
  }

  /**
   * Sums over {@code 0 <= i < n}: blocks of {@code grain} indices are summed apart, in parallel,
   * and then added in order. The result does not depend on the number of threads.
   *
   * @param n the number of indices
   * @param grain the size of a block
   * @param task sums a block
   * @return the sum
   */
  public static double parallelSum(int n, int grain, RangeSum task) {
    if (n <= grain) {
      return n <= 0 ? 0 : task.sum(0, n);
    }
    int blocks = (n - 1) / grain + 1;
    double[] sums = new double[blocks];
    parallelFor(
        blocks,
        1,
        (from, to) -> {
          for (int b = from; b < to; b++) {
            int start = b * grain;
            sums[b] = task.sum(start, Math.min(n - start, grain) + start);
          }
        });
    double total = 0;
    for (double sum : sums) {
      total += sum;
    }
    return total;
  }

  /**
   * Runs a task as compiled code of its own. C2 inlines no more than 15 calls into one another;
   * inlined into all that lies between a program's own loop and a kernel, the kernel's vectors
   * would become objects. It does not inline a method into itself a second time either.
   */
  private static void runApart(RangeTask task, int from, int to, int recursion) {
    if (recursion > 0) {
      runApart(task, from, to, recursion - 1);
    } else {
      task.run(from, to);
    }
  }

  private static boolean inside() {
    return Thread.currentThread() instanceof Worker || INSIDE.get() != null;
  }

  private static void wake(int wanted) {
    int left = wanted;
    for (Worker worker : Pool.WORKERS) {
      if (left == 0) {
        return;
      }
      if (worker.parked) {
        LockSupport.unpark(worker);
      }
      left--;
    }
  }

  /** One call of {@link #parallelFor}: its parts are taken one by one by whoever is free. */
  private static final class Job {
    private static final AtomicIntegerFieldUpdater<Job> NEXT =
        AtomicIntegerFieldUpdater.newUpdater(Job.class, "next");

    private final Thread caller = Thread.currentThread();
    private final int n;
    private final int parts;
    private final RangeTask task;
    private final AtomicInteger unfinished;
    private volatile int next;
    private volatile @Nullable Throwable failure;

    Job(int n, int parts, RangeTask task) {
      this.n = n;
      this.parts = parts;
      this.task = task;
      this.unfinished = new AtomicInteger(parts);
    }

    /** Takes parts until none is left. */
    void work() {
      while (next < parts) {
        int part = NEXT.getAndIncrement(this);
        if (part >= parts) {
          return;
        }
        try {
          if (failure == null) {
            int from = (int) ((long) n * part / parts);
            int to = (int) ((long) n * (part + 1) / parts);
            runApart(task, from, to, RECURSION);
          }
        } catch (Throwable e) {
          fail(e);
        }
        if (unfinished.decrementAndGet() == 0 && Thread.currentThread() != caller) {
          LockSupport.unpark(caller);
        }
      }
    }

    private synchronized void fail(Throwable e) {
      if (failure == null) {
        failure = e;
      }
    }

    void await() {
      boolean interrupted = false;
      long deadline = System.nanoTime() + SPIN_NANOS;
      while (unfinished.get() > 0) {
        if (System.nanoTime() < deadline) {
          Thread.onSpinWait();
        } else {
          LockSupport.park(this);
          interrupted |= Thread.interrupted();
        }
      }
      if (interrupted) {
        caller.interrupt();
      }
    }

    void rethrow() {
      Throwable e = failure;
      if (e != null) {
        Job.<RuntimeException>throwUnchecked(e);
      }
    }

    /** A task declares no exception, but one written in Kotlin may throw any. */
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <E extends Throwable> void throwUnchecked(Throwable e) throws E {
      throw (E) e;
    }
  }

  private static final class Worker extends Thread {
    private volatile boolean parked;

    Worker(String name) {
      super(null, null, name, 0, false);
      setDaemon(true);
    }

    @Override
    public void run() {
      long deadline = System.nanoTime() + SPIN_NANOS;
      while (true) {
        Job job = JOBS.peek();
        if (job != null) {
          job.work();
          JOBS.remove(job);
          deadline = System.nanoTime() + SPIN_NANOS;
        } else if (System.nanoTime() < deadline) {
          Thread.onSpinWait();
        } else {
          parked = true;
          if (JOBS.isEmpty()) {
            LockSupport.park(JOBS);
          }
          parked = false;
          deadline = System.nanoTime() + SPIN_NANOS;
        }
      }
    }
  }
}
