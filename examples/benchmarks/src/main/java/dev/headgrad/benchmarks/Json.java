package dev.headgrad.benchmarks;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.headgrad.benchmarks.Report.Comparison;

/** Writes a report as programs read it: every measurement, in nanoseconds or bytes. */
final class Json {

  private static final Gson GSON =
      new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

  private Json() {}

  /** The whole report. */
  static String of(Report report) {
    JsonObject json = new JsonObject();
    json.addProperty("setting", report.setting());
    Machine machine = report.machine();
    if (machine != null) {
      json.add("machine", GSON.toJsonTree(machine));
    }
    JsonArray rows = new JsonArray();
    report.rows().forEach(row -> rows.add(row(row)));
    json.add("rows", rows);
    JsonObject means = new JsonObject();
    for (Comparison comparison : Report.COMPARISONS) {
      report.mean(comparison).ifPresent(mean -> means.addProperty(comparison.title(), mean));
    }
    json.add("geometricMeans", means);
    JsonArray overheads = new JsonArray();
    report.overheads().forEach(overhead -> overheads.add(overhead(overhead)));
    json.add("dsl", overheads);
    return GSON.toJson(json) + "\n";
  }

  private static JsonObject row(Row row) {
    JsonObject json = new JsonObject();
    json.addProperty("id", row.id());
    json.addProperty("title", row.title());
    json.addProperty("unit", row.unit() == Row.Unit.MEMORY ? "B" : "ns");
    JsonObject results = new JsonObject();
    row.results().forEach((entrant, result) -> results.add(entrant.title(), result(result)));
    json.add("results", results);
    JsonObject ratios = new JsonObject();
    for (Comparison comparison : Report.COMPARISONS) {
      row.ratio(comparison.theirs(), comparison.ours())
          .ifPresent(
              ratio -> {
                JsonObject object = new JsonObject();
                object.addProperty("ratio", ratio);
                if (comparison.goal() != null) {
                  object.addProperty("goal", comparison.goal(row.goal()));
                }
                ratios.add(comparison.title(), object);
              });
    }
    json.add("ratios", ratios);
    return json;
  }

  private static JsonObject result(Result result) {
    Series series = result.series();
    if (series != null) {
      return series(series);
    }
    JsonObject json = new JsonObject();
    json.addProperty("failure", result.failure());
    return json;
  }

  private static JsonObject series(Series series) {
    JsonObject json = new JsonObject();
    json.addProperty("median", series.median());
    json.addProperty("least", series.quantile(0));
    json.addProperty("greatest", series.quantile(1));
    json.add("values", GSON.toJsonTree(series.values()));
    return json;
  }

  private static JsonObject overhead(Overhead overhead) {
    JsonObject json = new JsonObject();
    json.addProperty("title", overhead.title());
    json.addProperty("engine", overhead.entrant().title());
    json.addProperty("operations", overhead.operations());
    json.add("plain", series(overhead.plain()));
    json.add("dsl", series(overhead.dsl()));
    return json;
  }
}
