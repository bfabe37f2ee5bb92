package dev.headgrad.examples;

import ai.djl.engine.Engine;
import dev.headgrad.djl.EngineStatus;
import dev.headgrad.djl.Engines;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Says what this machine can run, and why not what it cannot. */
@Command(
    name = "doctor",
    description = "tells which engines work here, and why others do not",
    mixinStandardHelpOptions = true)
final class Doctor implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    line(out, "system", property("os.name") + " " + property("os.version"));
    line(out, "architecture", property("os.arch"));
    line(out, "Java", property("java.vm.name") + " " + property("java.version"));
    boolean present = ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
    line(out, "Vector API", vectorApi(present, Engines.usesVectorApi()));
    for (EngineStatus status : Engines.probe()) {
      line(out, status.name(), describe(status));
    }
    Engines.Wanted wanted = Engines.wanted();
    line(out, "wanted", wanted.spec() + ", from " + wanted.source());
    Engine chosen = Engines.choose();
    line(out, "chosen", chosen.getEngineName() + ", the first of these that works");
    out.flush();
    return 0;
  }

  static String vectorApi(boolean isPresent, boolean isUsed) {
    if (isUsed) {
      return "on";
    }
    return isPresent
        ? "there, but not used: this JVM does not compile it to vector instructions (C2 is off)"
        : "off (switch it on with --add-modules jdk.incubator.vector)";
  }

  private static String describe(EngineStatus status) {
    Engine engine = status.engine();
    if (engine != null) {
      return "works, version " + engine.getVersion();
    }
    return status.isPresent() ? "does not load: " + status.problem() : "not on the class path";
  }

  private static String property(String name) {
    return System.getProperty(name);
  }

  private static void line(PrintWriter out, String name, String value) {
    out.printf("%-14s%s%n", name, value);
  }
}
