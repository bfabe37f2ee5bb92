package dev.headgrad.examples;

import ai.djl.engine.Engine;
import dev.headgrad.MX;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs an example on the engine that was asked for. */
@Command(mixinStandardHelpOptions = true)
final class ExampleCommand implements Callable<Integer> {

  private final Example example;

  @Option(
      names = "--engine",
      paramLabel = "NAME",
      description =
          "MXNet, PyTorch, JavaTape, a list of them tried in order, or auto. Without it: what is"
              + " configured, else auto.")
  private @Nullable String engine;

  ExampleCommand(Example example) {
    this.example = example;
  }

  @Override
  public Integer call() {
    try (MX mx = engine == null ? MX.open() : MX.open(engine)) {
      Engine chosen = mx.engine();
      PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
      out.println("engine: " + chosen.getEngineName() + " " + chosen.getVersion());
      example.run(mx, new Python(out));
      out.flush();
    }
    return 0;
  }
}
