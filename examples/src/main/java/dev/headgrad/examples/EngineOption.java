package dev.headgrad.examples;

import dev.headgrad.MX;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option of every command that runs on an engine. */
final class EngineOption {

  @Option(
      names = "--engine",
      paramLabel = "NAME",
      description =
          "MXNet, PyTorch, JavaTape, a list of them tried in order, or auto. Without it: what is"
              + " configured, else auto.")
  private @Nullable String engine;

  /** Opens a session on the engine that was asked for. */
  MX open() {
    return engine == null ? MX.open() : MX.open(engine);
  }

  /** What a command says first. */
  static String introduction(MX mx) {
    return "engine: " + mx.engine().getEngineName() + " " + mx.engine().getVersion();
  }
}
