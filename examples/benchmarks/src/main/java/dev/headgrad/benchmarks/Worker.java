package dev.headgrad.benchmarks;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import com.sun.management.OperatingSystemMXBean;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/**
 * The process that runs one program on one engine. It answers each line that it reads, {@code warm
 * MILLIS}, {@code measure MILLIS}, {@code repeat TIMES} or {@code peak}, with a number: nanoseconds
 * per run, or bytes.
 */
final class Worker {

  /** What marks an answer among what engines print. */
  static final String MARK = "@headgrad ";

  /** Nanoseconds of a batch while warming up. */
  private static final double BATCH = 50e6;

  /** How many times as long as asked for, on a machine that is busy, running may take. */
  private static final int PATIENCE = 4;

  /** How many times as long as asked for warming up may take. */
  static final int LONGEST = 5;

  /** The share of a processor's time at which compilers count as at rest. */
  private static final double REST = 0.05;

  private static final OperatingSystemMXBean SYSTEM =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

  private static final CompilationMXBean COMPILERS = ManagementFactory.getCompilationMXBean();

  private final Work work;
  private double nanos = 1e9;

  private Worker(Work work) {
    this.work = work;
  }

  /**
   * Sets a program up and serves.
   *
   * @param args the name of the engine and the program's id
   */
  public static void main(String[] args) throws IOException {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    NDManager manager = Engine.getEngine(args[0]).newBaseManager();
    Worker worker = new Worker(Programs.get(args[1]).prepare(manager, Size.FULL));
    out.println(MARK + 0);
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      String[] words = line.split(" ", -1);
      out.println(MARK + worker.answer(words[0], words.length == 1 ? 0 : Long.parseLong(words[1])));
    }
    // Engines keep threads that are not daemons.
    System.exit(0);
  }

  private double answer(String command, long argument) throws IOException {
    return switch (command) {
      case "warm" -> warmUp(argument);
      case "measure" -> measure(argument);
      case "repeat" -> batch(argument);
      case "peak" -> Memory.status("VmHWM");
      default -> throw new IllegalArgumentException("unknown command " + command);
    };
  }

  /**
   * Runs for the time asked for, and on until HotSpot's compilers have come to rest: they take
   * processors away from the program.
   */
  private double warmUp(long millis) {
    long start = System.nanoTime();
    long longest = TimeUnit.MILLISECONDS.toNanos(LONGEST * millis);
    run(millis);
    long step = millis / 3;
    long compiling;
    do {
      compiling = COMPILERS.getTotalCompilationTime();
      run(step);
      compiling = COMPILERS.getTotalCompilationTime() - compiling;
    } while (compiling > REST * step && System.nanoTime() - start < longest);
    return nanos;
  }

  /**
   * Runs, in batches of growing size, until the time is over; on a machine that is busy with other
   * things, until the process has had as much of a processor, but not for ever.
   */
  private void run(long millis) {
    long time = TimeUnit.MILLISECONDS.toNanos(millis);
    long start = System.nanoTime();
    long startOfProcess = SYSTEM.getProcessCpuTime();
    long runs = 1;
    long past;
    do {
      nanos = batch(runs);
      runs = Math.max(1, Math.min(2 * runs, (long) (BATCH / nanos)));
      past = System.nanoTime() - start;
    } while (past < time
        || (past < PATIENCE * time && SYSTEM.getProcessCpuTime() - startOfProcess < time));
  }

  /** Runs as often as is expected to take the time, after a third of it for caches and clocks. */
  private double measure(long millis) {
    run(millis / 3);
    return batch(Math.max(1, Math.round(millis * 1e6 / nanos)));
  }

  /** Nanoseconds per run, the time for the result to be there included. */
  private double batch(long runs) {
    long start = System.nanoTime();
    for (long i = 0; i < runs; i++) {
      work.run();
    }
    float element = work.read();
    long end = System.nanoTime();
    if (!Float.isFinite(element)) {
      throw new IllegalStateException("the result is " + element);
    }
    return (end - start) / (double) runs;
  }
}
