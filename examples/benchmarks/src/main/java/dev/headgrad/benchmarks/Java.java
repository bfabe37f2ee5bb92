package dev.headgrad.benchmarks;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;

/** Starts Java virtual machines that have the class path of this program. */
final class Java {

  private Java() {}

  /** A process that runs a main class; its errors go to a file. */
  static ProcessBuilder command(List<String> options, Class<?> main, File errors, String... args) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.add("-Dai.djl.offline=true");
    command.add("-Dorg.slf4j.simpleLogger.defaultLogLevel=warn");
    command.add("-cp");
    command.add(classPath());
    command.add(main.getName());
    command.addAll(List.of(args));
    ProcessBuilder builder = new ProcessBuilder(command).redirectError(errors);
    builder.environment().put("OPT_OUT_TRACKING", "true");
    return builder;
  }

  /** A file for what a process prints as errors, deleted at the end. */
  static File errors() {
    try {
      File file = File.createTempFile("headgrad", ".err");
      file.deleteOnExit();
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Runs a process to its end.
   *
   * @return the numbers it answers
   */
  static DoubleStream answers(ProcessBuilder command) throws IOException {
    Process process = command.start();
    try (BufferedReader in = process.inputReader()) {
      double[] answers =
          in.lines()
              .filter(line -> line.startsWith(Worker.MARK))
              .mapToDouble(line -> Double.parseDouble(line.substring(Worker.MARK.length())))
              .toArray();
      if (answers.length == 0) {
        throw new IOException("no answer from " + command.command());
      }
      return DoubleStream.of(answers);
    }
  }

  /** Maven runs this program in its own process, with a class loader for the class path. */
  static String classPath() {
    if (!(Java.class.getClassLoader() instanceof URLClassLoader loader)) {
      return System.getProperty("java.class.path");
    }
    List<String> paths = new ArrayList<>();
    try {
      for (URL url : loader.getURLs()) {
        paths.add(Path.of(url.toURI()).toString());
      }
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
    return String.join(File.pathSeparator, paths);
  }
}
