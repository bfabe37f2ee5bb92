package dev.headgrad.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Shows how cost grows with work: over many steps, and over long chains of operations. */
@Command(
    name = "growth",
    description = "Shows time and memory per step over many steps, and over chains of operations.",
    mixinStandardHelpOptions = true)
public final class Growth implements Callable<Integer> {

  @Option(
      names = "--engines",
      split = ",",
      paramLabel = "NAME",
      description = "Of ${COMPLETION-CANDIDATES}. Default: JAVATAPE.")
  private List<Entrant> entrants = List.of(Entrant.JAVATAPE);

  @Option(
      names = "--steps",
      defaultValue = "1000000",
      description = "Steps of recording and differentiating. Default: ${DEFAULT-VALUE}")
  private int steps;

  @Option(
      names = "--longest",
      defaultValue = "1000000",
      description = "Operations of the longest chain. Default: ${DEFAULT-VALUE}")
  private int longest;

  private Growth() {}

  /**
   * Measures and prints.
   *
   * @param args options; {@code --help} explains them
   */
  public static void main(String[] args) {
    int code =
        new CommandLine(new Growth()).setCaseInsensitiveEnumValuesAllowed(true).execute(args);
    if (code != 0) {
      System.exit(code);
    }
  }

  @Override
  public Integer call() throws IOException {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    for (Entrant entrant : entrants) {
      out.println(entrant.title());
      Process process =
          Java.command(
                  entrant.options(),
                  GrowthRun.class,
                  Java.errors(),
                  entrant.engine(),
                  String.valueOf(steps),
                  String.valueOf(longest))
              .start();
      try (BufferedReader in = process.inputReader()) {
        for (String line = in.readLine(); line != null; line = in.readLine()) {
          out.println(line);
        }
      }
      out.println();
    }
    return 0;
  }
}
