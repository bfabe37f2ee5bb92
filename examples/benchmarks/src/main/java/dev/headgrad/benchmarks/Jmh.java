package dev.headgrad.benchmarks;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/** Runs the JMH benchmarks, with the Vector API. */
public final class Jmh {

  private Jmh() {}

  /**
   * Runs them.
   *
   * @param args JMH's own: names of benchmarks, {@code -prof gc}, {@code -p n=4096}; {@code -h}
   *     explains them
   */
  public static void main(String[] args)
      throws CommandLineOptionException, IOException, RunnerException {
    CommandLineOptions options = new CommandLineOptions(args);
    if (options.shouldHelp()) {
      options.showHelp();
      return;
    }
    // JMH hands this property on to the virtual machines that it starts.
    System.setProperty("java.class.path", Java.classPath());
    List<String> jvm = new ArrayList<>(Entrant.JAVATAPE.options());
    jvm.add("-Dai.djl.offline=true");
    jvm.add("-Dorg.slf4j.simpleLogger.defaultLogLevel=warn");
    new Runner(
            new OptionsBuilder().parent(options).jvmArgsAppend(jvm.toArray(String[]::new)).build())
        .run();
  }
}
