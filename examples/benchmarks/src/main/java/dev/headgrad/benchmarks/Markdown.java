package dev.headgrad.benchmarks;

import dev.headgrad.benchmarks.Report.Comparison;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** Writes a report as people read it. */
final class Markdown {

  /** Marks a ratio that misses its goal. */
  static final String MISSED = " ✗";

  private Markdown() {}

  /** The whole report. */
  static String of(Report report) {
    List<String> lines = new ArrayList<>();
    lines.add(report.setting());
    lines.add("");
    lines.add(
        "Medians, with half the distance of the quartiles. A ratio above 1 means that JavaTape is"
            + " faster, or smaller; its goal stands in brackets, and"
            + MISSED
            + " marks what misses it.");
    lines.add("");
    lines.addAll(header());
    report.rows().forEach(row -> lines.add(line(row)));
    lines.add(means(report));
    if (!report.overheads().isEmpty()) {
      lines.add("");
      lines.addAll(overheads(report.overheads()));
    }
    Machine machine = report.machine();
    if (machine != null) {
      lines.add("");
      lines.addAll(limits(machine));
      lines.add("");
      lines.addAll(shares(report.rows(), machine));
    }
    return String.join("\n", lines) + "\n";
  }

  /** The first two lines of the table. */
  static List<String> header() {
    StringBuilder names = new StringBuilder("| program |");
    StringBuilder rule = new StringBuilder("|---|");
    for (Entrant entrant : Entrant.values()) {
      names.append(' ').append(entrant.title()).append(" |");
      rule.append("---:|");
    }
    for (Comparison comparison : Report.COMPARISONS) {
      names.append(' ').append(comparison.title()).append(" |");
      rule.append("---:|");
    }
    return List.of(names.toString(), rule.toString());
  }

  /** One line of the table. */
  static String line(Row row) {
    StringBuilder line = new StringBuilder("| ").append(row.title()).append(" |");
    for (Entrant entrant : Entrant.values()) {
      line.append(' ').append(cell(row.unit(), row.results().get(entrant))).append(" |");
    }
    for (Comparison comparison : Report.COMPARISONS) {
      line.append(' ')
          .append(
              ratio(row.ratio(comparison.theirs(), comparison.ours()), comparison.goal(row.goal())))
          .append(" |");
    }
    return line.toString();
  }

  private static String means(Report report) {
    StringBuilder line = new StringBuilder("| **geometric mean of the times** |");
    line.append(" |".repeat(Entrant.values().length));
    for (Comparison comparison : Report.COMPARISONS) {
      double goal = comparison.ours() == Entrant.PLAIN ? 1 : comparison.goal(Goal.MEAN);
      line.append(' ').append(ratio(report.mean(comparison), goal)).append(" |");
    }
    return line.toString();
  }

  private static String cell(Row.Unit unit, @Nullable Result result) {
    if (result == null) {
      return "";
    }
    Series series = result.series();
    return series == null
        ? "fails: " + String.valueOf(result.failure()).replace('|', '/')
        : number(unit.shown(series.median()))
            + " "
            + unit.symbol()
            + format(" ±%.0f%%", 100 * series.spread());
  }

  private static String ratio(OptionalDouble ratio, double goal) {
    if (ratio.isEmpty()) {
      return "";
    }
    double value = ratio.getAsDouble();
    String wanted = goal == 0 ? "" : " (" + number(goal) + ")";
    return (value < 1 ? "**" + number(value) + "**" : number(value))
        + wanted
        + (value < goal ? MISSED : "");
  }

  private static List<String> overheads(List<Overhead> overheads) {
    List<String> lines = new ArrayList<>();
    lines.add("| the DSL over plain DJL | engine | plain DJL | DSL | more | more per operation |");
    lines.add("|---|---|---:|---:|---:|---:|");
    for (Overhead overhead : overheads) {
      boolean tape = overhead.entrant() == Entrant.JAVATAPE;
      String mark = overhead.reached() ? "" : MISSED;
      lines.add(
          "| "
              + String.join(
                  " | ",
                  overhead.title(),
                  overhead.entrant().title(),
                  cell(Row.Unit.TIME, Result.of(overhead.plain())),
                  cell(Row.Unit.TIME, Result.of(overhead.dsl())),
                  format("%.1f%%", 100 * overhead.share())
                      + (tape ? "" : format(" (%.0f%%)", 100 * Overhead.MOST_SHARE) + mark),
                  format("%.0f ns", overhead.nanos())
                      + (tape ? format(" (%.0f ns)", Overhead.MOST_NANOS) + mark : ""))
              + " |");
    }
    return lines;
  }

  private static List<String> limits(Machine machine) {
    return List.of(
        "| limit of this machine, all processors | |",
        "|---|---:|",
        format("| fused multiply-adds of floats | %.0f GFLOP/s |", machine.gigaflops()),
        format("| copying 1M floats | %.1f GB/s |", machine.copyInCache()),
        format("| adding 1M floats | %.1f GB/s |", machine.addInCache()),
        format("| copying 32M floats | %.1f GB/s |", machine.copy()),
        format("| adding 32M floats | %.1f GB/s |", machine.add()));
  }

  /** How close the programs come to the machine's limits. */
  private static List<String> shares(List<Row> rows, Machine machine) {
    List<String> lines = new ArrayList<>();
    StringBuilder names = new StringBuilder("| share of the limit | limit |");
    StringBuilder rule = new StringBuilder("|---|---|");
    for (Entrant entrant : Entrant.values()) {
      names.append(' ').append(entrant.title()).append(" |");
      rule.append("---:|");
    }
    lines.add(names.toString());
    lines.add(rule.toString());
    for (Row row : rows) {
      Bound bound = row.bound();
      if (bound != null) {
        StringBuilder line = new StringBuilder("| " + row.title() + " | ");
        line.append(bound.limit().title()).append(" |");
        for (Entrant entrant : Entrant.values()) {
          Series series = row.series(entrant);
          line.append(
              series == null
                  ? " |"
                  : format(" %.0f%% |", 100 * bound.share(machine, series.median())));
        }
        lines.add(line.toString());
      }
    }
    return lines;
  }

  /** Three digits, or all that stand before the point. */
  static String number(double value) {
    if (value == 0) {
      return "0";
    }
    int digits = Math.max(0, 2 - (int) Math.floor(Math.log10(Math.abs(value))));
    String text = format("%." + Math.min(digits, 4) + "f", value);
    return text.contains(".") ? text.replaceAll("\\.?0+$", "") : text;
  }

  private static String format(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
