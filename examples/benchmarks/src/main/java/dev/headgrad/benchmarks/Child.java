package dev.headgrad.benchmarks;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.util.List;

/** A {@link Worker} in a process of its own. */
final class Child implements AutoCloseable {

  private final Process process;
  private final BufferedReader in;
  private final Writer out;
  private final File errors = Java.errors();

  /**
   * Starts the process and waits until its program is set up.
   *
   * @throws IOException if the engine cannot run it; the message says why
   */
  Child(Entrant entrant, Program program) throws IOException {
    process =
        Java.command(entrant.options(), Worker.class, errors, entrant.engine(), program.id())
            .start();
    in = process.inputReader();
    out = process.outputWriter();
    try {
      answer();
    } catch (IOException e) {
      close();
      throw e;
    }
  }

  /** Sends a command and waits for its answer. */
  double ask(String command) throws IOException {
    out.write(command + "\n");
    out.flush();
    return answer();
  }

  private double answer() throws IOException {
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      if (line.startsWith(Worker.MARK)) {
        return Double.parseDouble(line.substring(Worker.MARK.length()));
      }
    }
    throw new IOException(reason());
  }

  /** The line of the error output that says most. */
  private String reason() throws IOException {
    List<String> lines = Files.readAllLines(errors.toPath());
    return lines.stream()
        .filter(line -> line.startsWith("Exception in thread") || line.startsWith("Caused by"))
        .reduce((first, last) -> last)
        .orElse("the process ended: " + (lines.isEmpty() ? "" : lines.get(lines.size() - 1)));
  }

  @Override
  public void close() {
    process.destroy();
  }
}
