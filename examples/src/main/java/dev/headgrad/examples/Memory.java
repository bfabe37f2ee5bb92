package dev.headgrad.examples;

import dev.headgrad.MX;
import dev.headgrad.Nd;
import dev.headgrad.Tensor;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Trains for many steps without closing anything, as Python programs do, and tells how much memory
 * the process holds after a tenth of them, half of them, and all.
 */
@Command(
    name = "memory",
    description = "trains without closing anything, and tells what memory the process holds",
    mixinStandardHelpOptions = true)
final class Memory implements Callable<Integer> {

  private static final double MIB = 1 << 20;

  @Spec private CommandSpec spec;

  @Mixin private final EngineOption engine = new EngineOption();

  @Option(names = "--steps", paramLabel = "N", description = "how many steps (${DEFAULT-VALUE})")
  private int steps = 100_000;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    try (MX mx = engine.open()) {
      out.println(EngineOption.introduction(mx));
      out.printf("%12s%16s%16s%16s%n", "steps", "heap, MiB", "collected, MiB", "resident, MiB");
      out.flush();
      train(mx, out);
    }
    return 0;
  }

  /** Regression on a batch of 32 rows, 64 features each; no line of it frees anything. */
  private void train(MX mx, PrintWriter out) {
    Nd nd = mx.nd();
    Tensor features = nd.random.normal(0, 1, 32, 64);
    Tensor labels = nd.random.normal(0, 1, 32, 1);
    Tensor w = nd.zeros(64, 1).attachGrad();
    Tensor b = nd.zeros(1).attachGrad();
    for (int step = 1; step <= steps; step++) {
      Tensor loss =
          mx.autograd()
              .record(() -> nd.dot(features, w).plus(b).minus(labels).square().mean().div(2));
      loss.backward();
      w.subi(w.getGrad().times(0.01));
      b.subi(b.getGrad().times(0.01));
      if (step == steps / 10 || step == steps / 2 || step == steps) {
        report(out, step);
      }
    }
  }

  /** The resident memory is read before the collection that shows what of the heap is in use. */
  private static void report(PrintWriter out, int step) {
    double resident = resident();
    double heap = heap();
    collect();
    out.printf(
        Locale.ROOT,
        "%12d%16.1f%16.1f%16s%n",
        step,
        heap,
        heap(),
        Double.isNaN(resident) ? "unknown" : String.format(Locale.ROOT, "%.1f", resident));
    out.flush();
  }

  /** Twice, since arrays go when their owners have been found unreachable. */
  private static void collect() {
    for (int i = 0; i < 2; i++) {
      System.gc();
      try {
        Thread.sleep(500);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static double heap() {
    Runtime runtime = Runtime.getRuntime();
    return (runtime.totalMemory() - runtime.freeMemory()) / MIB;
  }

  /** What Linux says; NaN elsewhere. */
  private static double resident() {
    try (Stream<String> lines = Files.lines(Path.of("/proc/self/status"))) {
      return lines
          .filter(line -> line.startsWith("VmRSS:"))
          .mapToDouble(line -> Double.parseDouble(line.replaceAll("[^0-9]", "")) / 1024)
          .findFirst()
          .orElse(Double.NaN);
    } catch (IOException e) {
      return Double.NaN;
    }
  }
}
