package dev.headgrad.benchmarks;

import java.util.ArrayList;
import java.util.List;

/** An engine, as it is started. */
enum Entrant {
  JAVATAPE("JavaTape", "JavaTape", List.of("--add-modules", "jdk.incubator.vector")),
  PLAIN("JavaTape without Vector API", "JavaTape", List.of()),
  MXNET("MXNet", "MXNet", List.of()),
  PYTORCH("PyTorch", "PyTorch", List.of());

  private final String title;
  private final String engine;
  private final List<String> options = new ArrayList<>();

  Entrant(String title, String engine, List<String> options) {
    this.title = title;
    this.engine = engine;
    this.options.add("-Dai.djl.default_engine=" + engine);
    this.options.addAll(options);
  }

  /** What the table calls it. */
  String title() {
    return title;
  }

  /** DJL's name of the engine. */
  String engine() {
    return engine;
  }

  /**
   * Options of its Java virtual machine. The engine is DJL's default there: DJL's trainer asks the
   * default engine for its devices, and that would load the library of another one.
   */
  List<String> options() {
    return options;
  }
}
