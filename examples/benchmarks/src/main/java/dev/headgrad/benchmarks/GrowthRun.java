package dev.headgrad.benchmarks;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** The process in which {@link Growth} measures one engine. */
final class GrowthRun {

  private static final int PARTS = 10;
  private static final int SHORTEST = 1000;

  private GrowthRun() {}

  /**
   * Measures and prints.
   *
   * @param args the name of the engine, how many steps, how many operations of the longest chain
   */
  public static void main(String[] args) throws IOException {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    Engine engine = Engine.getEngine(args[0]);
    try (NDManager manager = engine.newBaseManager()) {
      steps(manager, Integer.parseInt(args[1]), out);
      chains(engine, Integer.parseInt(args[2]), out);
    }
    System.exit(0);
  }

  /** Steps that record and differentiate, a tenth at a time. */
  static void steps(NDManager manager, int steps, PrintStream out) throws IOException {
    out.println("| steps done | µs per step | live heap, KiB | resident, MiB |");
    out.println("|---:|---:|---:|---:|");
    int part = Math.max(1, steps / PARTS);
    Work work = ArrayPrograms.recordAndBackward(Data.uniform(manager, 4));
    for (int i = 1; i <= PARTS; i++) {
      long start = System.nanoTime();
      for (int step = 0; step < part; step++) {
        work.run();
      }
      float element = work.read();
      double micros = (System.nanoTime() - start) / 1e3 / part;
      out.printf(
          "| %d | %.2f | %d | %d |%n",
          i * part, micros, liveHeap() >> 10, Memory.status("VmRSS") >> 20);
      check(element);
    }
    work.close();
  }

  /** Chains of operations, each ten times as long as the one before, and their gradients. */
  static void chains(Engine engine, int longest, PrintStream out) {
    out.println("| operations of the chain | recording, ns each | backward, ns each |");
    out.println("|---:|---:|---:|");
    for (int n = SHORTEST; n <= longest; n *= 10) {
      // Short chains are repeated until the compiler has seen them often.
      int repeats = Math.max(2, 20_000 / n * 10);
      double recording = 0;
      double backward = 0;
      for (int repeat = 0; repeat < repeats; repeat++) {
        try (NDManager manager = engine.newBaseManager()) {
          NDArray x = Data.uniform(manager, 4);
          x.setRequiresGradient(true);
          try (GradientCollector collector = engine.newGradientCollector()) {
            long start = System.nanoTime();
            NDArray y = x;
            for (int i = 0; i < n; i++) {
              y = y.add(x);
            }
            long middle = System.nanoTime();
            collector.backward(y);
            check(Work.firstElement(x.getGradient()));
            recording = (middle - start) / (double) n;
            backward = (System.nanoTime() - middle) / (double) n;
          }
        }
      }
      out.printf("| %d | %.0f | %.0f |%n", n, recording, backward);
    }
  }

  private static void check(float element) {
    if (!Float.isFinite(element)) {
      throw new IllegalStateException("the result is " + element);
    }
  }

  private static long liveHeap() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
