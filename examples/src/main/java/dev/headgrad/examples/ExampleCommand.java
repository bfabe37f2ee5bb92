package dev.headgrad.examples;

import dev.headgrad.MX;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Runs an example on the engine that was asked for. */
@Command(mixinStandardHelpOptions = true)
final class ExampleCommand implements Callable<Integer> {

  private final Example example;

  @Mixin private final EngineOption engine = new EngineOption();

  ExampleCommand(Example example) {
    this.example = example;
  }

  @Override
  public Integer call() {
    try (MX mx = engine.open()) {
      PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
      out.println(EngineOption.introduction(mx));
      example.run(mx, new Python(out));
      out.flush();
    }
    return 0;
  }
}
