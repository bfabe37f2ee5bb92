package dev.headgrad.benchmarks;

import java.util.List;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * A complete run.
 *
 * @param setting where and how it was made, a sentence
 * @param machine the machine's limits, unless they were not asked for
 * @param rows programs on every entrant
 * @param overheads what the DSL costs
 */
record Report(String setting, @Nullable Machine machine, List<Row> rows, List<Overhead> overheads) {

  /** A comparison: the goal of JavaTape, on this entrant, against that one. */
  record Comparison(
      String title, Entrant ours, Entrant theirs, @Nullable ToDoubleFunction<Goal> goal) {

    /** The goal for a row, 0 if there is none. */
    double goal(Goal goals) {
      return goal == null ? 0 : goal.applyAsDouble(goals);
    }
  }

  /** The ratios that the table shows. */
  static final List<Comparison> COMPARISONS =
      List.of(
          new Comparison("MXNet / JavaTape", Entrant.JAVATAPE, Entrant.MXNET, Goal::mxnet),
          new Comparison("PyTorch / JavaTape", Entrant.JAVATAPE, Entrant.PYTORCH, Goal::pytorch),
          new Comparison("PyTorch / without Vector API", Entrant.PLAIN, Entrant.PYTORCH, null));

  Report {
    rows = List.copyOf(rows);
    overheads = List.copyOf(overheads);
  }

  /** The geometric mean of the ratios of all rows of time; empty if there is none. */
  OptionalDouble mean(Comparison comparison) {
    double[] ratios =
        rows.stream()
            .filter(row -> row.unit() != Row.Unit.MEMORY)
            .map(row -> row.ratio(comparison.theirs(), comparison.ours()))
            .flatMapToDouble(OptionalDouble::stream)
            .toArray();
    return ratios.length == 0
        ? OptionalDouble.empty()
        : OptionalDouble.of(Series.geometricMean(ratios));
  }
}
