package dev.headgrad.benchmarks;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
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
      case "warm" -> warm(argument);
      case "measure" -> measure(argument);
      case "repeat" -> batch(argument);
      case "peak" -> Memory.status("VmHWM");
      default -> throw new IllegalArgumentException("unknown command " + command);
    };
  }

  /** Runs until the time is over, in batches of growing size. */
  private double warm(long millis) {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    long runs = 1;
    do {
      nanos = batch(runs);
      runs = Math.max(1, Math.min(2 * runs, (long) (50e6 / nanos)));
    } while (System.nanoTime() < end);
    return nanos;
  }

  /** Runs as often as is expected to take the time, after a third of it for caches and clocks. */
  private double measure(long millis) {
    warm(millis / 3);
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
