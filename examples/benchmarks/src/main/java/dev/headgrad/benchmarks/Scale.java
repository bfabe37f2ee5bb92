package dev.headgrad.benchmarks;

import dev.headgrad.benchmarks.ScalePrograms.Curve;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Draws what operations cost against their size, on JavaTape, MXNet and PyTorch. */
@Command(
    name = "scale",
    description = "Draws what operations cost against their size, on three engines.",
    mixinStandardHelpOptions = true)
public final class Scale implements Callable<Integer> {

  private static final List<Entrant> ENTRANTS =
      List.of(Entrant.JAVATAPE, Entrant.MXNET, Entrant.PYTORCH);

  @Option(names = "--only", split = ",", paramLabel = "ID", description = "Curves by their ids.")
  private List<String> only = List.of();

  @Option(
      names = "--rounds",
      defaultValue = "5",
      description = "Measurements of each point. Default: ${DEFAULT-VALUE}")
  private int rounds;

  @Option(
      names = "--warm-up",
      defaultValue = "1500",
      description = {
        "Milliseconds of warming up each point; up to five times as long while HotSpot's compilers"
            + " are busy.",
        "Default: ${DEFAULT-VALUE}"
      })
  private long warmUp;

  @Option(
      names = "--sample",
      defaultValue = "100",
      description = "Milliseconds of one measurement. Default: ${DEFAULT-VALUE}")
  private long sample;

  @Option(
      names = "--rest",
      defaultValue = "0",
      description = "Milliseconds of rest before each point. Default: ${DEFAULT-VALUE}")
  private long rest;

  @Option(
      names = "--output",
      paramLabel = "FILE",
      defaultValue = "docs/images/scale.png",
      description = "The image. Default: ${DEFAULT-VALUE}")
  private Path output = Path.of("scale.png");

  private Scale() {}

  /**
   * Measures and draws.
   *
   * @param args options; {@code --help} explains them
   */
  public static void main(String[] args) {
    System.setProperty("java.awt.headless", "true");
    int code = new CommandLine(new Scale()).execute(args);
    if (code != 0) {
      System.exit(code);
    }
  }

  @Override
  public Integer call() throws IOException {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    Race race = new Race(ENTRANTS, rounds, warmUp, sample, rest);
    Map<Curve, List<Row>> measured = new LinkedHashMap<>();
    Markdown.header().forEach(out::println);
    for (Curve curve : ScalePrograms.CURVES) {
      if (only.isEmpty() || only.contains(curve.id())) {
        List<Row> rows = new ArrayList<>();
        for (int size : curve.sizes()) {
          Row row = race.run(curve.at(size));
          out.println(Markdown.line(row));
          rows.add(row);
        }
        measured.put(curve, rows);
      }
    }
    Files.createDirectories(output.toAbsolutePath().getParent());
    ScaleChart.write(measured, ENTRANTS, output);
    out.println("wrote " + output);
    return 0;
  }
}
