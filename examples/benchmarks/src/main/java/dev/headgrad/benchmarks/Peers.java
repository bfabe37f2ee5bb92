package dev.headgrad.benchmarks;

import dev.headgrad.benchmarks.Race.Runner;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Compares JavaTape with MXNet and PyTorch: the same programs, in turns. */
@Command(
    name = "peers",
    description = "Runs the same programs on JavaTape, MXNet and PyTorch, in turns.",
    mixinStandardHelpOptions = true)
public final class Peers implements Callable<Integer> {

  @Option(
      names = "--only",
      split = ",",
      paramLabel = "ID",
      description = "Rows whose id contains one of these; also start, memory, dsl, limits.")
  private List<String> only = List.of();

  @Option(names = "--list", description = "Names the rows and ends.")
  private boolean list;

  @Option(names = "--quick", description = "5 rounds, and a third of the time in each.")
  private boolean quick;

  @Option(
      names = "--rounds",
      defaultValue = "15",
      description = "Measurements of each program on each engine. Default: ${DEFAULT-VALUE}")
  private int rounds;

  @Option(
      names = "--warm-up",
      defaultValue = "3000",
      description = {
        "Milliseconds of warming up each program; up to five times as long while HotSpot's compilers"
            + " are busy.",
        "Default: ${DEFAULT-VALUE}"
      })
  private long warmUp;

  @Option(
      names = "--sample",
      defaultValue = "200",
      description = "Milliseconds of one measurement. Default: ${DEFAULT-VALUE}")
  private long sample;

  @Option(
      names = "--rest",
      defaultValue = "0",
      description = "Milliseconds of rest before each program. Default: ${DEFAULT-VALUE}")
  private long rest;

  @Option(
      names = "--engines",
      split = ",",
      paramLabel = "NAME",
      description = "Who takes part: ${COMPLETION-CANDIDATES}. Default: all.")
  private List<Entrant> entrants = List.of(Entrant.values());

  @Option(
      names = "--output",
      paramLabel = "DIRECTORY",
      description = "Where peers.md and peers.json go. Default: they are not written.")
  private @Nullable Path output;

  @Spec private CommandSpec spec = CommandSpec.create();

  private final PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);

  private Peers() {}

  /**
   * Runs the comparison.
   *
   * @param args options; {@code --help} explains them
   */
  public static void main(String[] args) {
    int code = new CommandLine(new Peers()).setCaseInsensitiveEnumValuesAllowed(true).execute(args);
    if (code != 0) {
      System.exit(code);
    }
  }

  @Override
  public Integer call() throws IOException {
    if (list) {
      Programs.PEERS.forEach(program -> out.printf("%-24s%s%n", program.id(), program.title()));
      return 0;
    }
    checkRows();
    Race race =
        quick
            ? new Race(entrants, 5, warmUp / 3, sample / 3, rest)
            : new Race(entrants, rounds, warmUp, sample, rest);
    Machine machine = wanted("limits") ? Machine.measure() : null;
    Report report = new Report(setting(race), machine, rows(race), overheads(race));
    String markdown = Markdown.of(report);
    out.println();
    out.print(markdown);
    if (output != null) {
      Files.createDirectories(output);
      Files.writeString(output.resolve("peers.md"), markdown);
      Files.writeString(output.resolve("peers.json"), Json.of(report));
    }
    return 0;
  }

  /** So that a misspelt row does not end in an empty table. */
  private void checkRows() {
    List<String> ids = new ArrayList<>(List.of("start", "memory", "limits"));
    Programs.PEERS.forEach(program -> ids.add(program.id()));
    DslPrograms.PAIRS.forEach(pair -> ids.add(pair.dsl().id()));
    for (String part : only) {
      if (ids.stream().noneMatch(id -> id.contains(part))) {
        throw new ParameterException(
            spec.commandLine(), "no row's id contains \"" + part + "\"; --list names them");
      }
    }
  }

  private boolean wanted(String id) {
    return only.isEmpty() || only.stream().anyMatch(id::contains);
  }

  private List<Row> rows(Race race) {
    List<Program> programs = Programs.PEERS.stream().filter(p -> wanted(p.id())).toList();
    List<Row> rows = new ArrayList<>();
    Markdown.header().forEach(out::println);
    for (Program program : programs) {
      rows.add(show(race.run(program)));
    }
    if (wanted("start")) {
      rows.add(show(race.start()));
    }
    if (wanted("memory")) {
      rows.add(show(race.memory()));
    }
    return rows;
  }

  private Row show(Row row) {
    out.println(Markdown.line(row));
    return row;
  }

  private List<Overhead> overheads(Race race) {
    List<Overhead> overheads = new ArrayList<>();
    for (DslPrograms.Pair pair : DslPrograms.PAIRS) {
      for (Entrant entrant : List.of(Entrant.JAVATAPE, Entrant.MXNET)) {
        if (wanted(pair.dsl().id()) && entrants.contains(entrant)) {
          out.println(pair.dsl().title() + ", plain and in the DSL, on " + entrant.title());
          Runner plain = new Runner(entrant, pair.plain());
          Runner dsl = new Runner(entrant, pair.dsl());
          Map<Runner, Result> times = race.times(List.of(plain, dsl));
          overheads.add(
              new Overhead(
                  pair.dsl().title(),
                  entrant,
                  pair.operations(),
                  series(times, plain),
                  series(times, dsl)));
        }
      }
    }
    return overheads;
  }

  private static Series series(Map<Runner, Result> times, Runner runner) {
    Result result = times.get(runner);
    if (result == null || result.series() == null) {
      throw new IllegalStateException(
          runner.program().title() + ": " + (result == null ? "no result" : result.failure()));
    }
    return result.series();
  }

  private static String setting(Race race) {
    return String.format(
        "%s, %d processors, Java %s; %d rounds, each program warmed up for %d to %d ms and"
            + " measured for %d ms in each round; %s.",
        processor(),
        Runtime.getRuntime().availableProcessors(),
        Runtime.version().feature(),
        race.rounds(),
        race.warmUp(),
        Worker.LONGEST * race.warmUp(),
        race.sample(),
        LocalDate.now(ZoneOffset.UTC));
  }

  /** The processor's name as Linux tells it, or its architecture. */
  private static String processor() {
    Path file = Path.of("/proc/cpuinfo");
    try {
      if (Files.exists(file)) {
        for (String line : Files.readAllLines(file)) {
          if (line.startsWith("model name")) {
            return line.substring(line.indexOf(':') + 1).strip();
          }
        }
      }
    } catch (IOException e) {
      return System.getProperty("os.arch") + " (" + e.getMessage() + ")";
    }
    return System.getProperty("os.arch");
  }
}
