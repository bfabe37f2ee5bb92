package dev.headgrad.benchmarks;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** Prints one gradient and ends: what a short program waits for. */
final class FirstGradient {

  private FirstGradient() {}

  /**
   * Runs the program.
   *
   * @param args the name of the engine
   */
  public static void main(String[] args) {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    Engine engine = Engine.getEngine(args[0]);
    NDManager manager = engine.newBaseManager();
    NDArray x = manager.create(new float[] {0, 1, 2, 3});
    x.setRequiresGradient(true);
    try (GradientCollector collector = engine.newGradientCollector()) {
      collector.backward(x.mul(x).mul(2).sum());
    }
    out.print(Worker.MARK); // not joined: that would measure the start of Java's concatenation
    out.println(x.getGradient().getFloat(3));
    System.exit(0);
  }
}
