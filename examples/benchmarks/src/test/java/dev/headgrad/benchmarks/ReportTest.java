package dev.headgrad.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReportTest {

  private static final Row WON =
      new Row(
          "won",
          "a product",
          Row.Unit.TIME,
          Goal.PRODUCT,
          Bound.flops(150_000),
          Map.of(
              Entrant.JAVATAPE, series(1000, 2000, 3000),
              Entrant.PLAIN, series(16000),
              Entrant.MXNET, series(8000),
              Entrant.PYTORCH, series(4000)));

  private static final Row LOST =
      new Row(
          "lost",
          "a network",
          Row.Unit.TIME,
          Goal.FASTER,
          null,
          Map.of(
              Entrant.JAVATAPE, series(4e6),
              Entrant.PLAIN, series(5e6),
              Entrant.MXNET, Result.failed("no | such operation"),
              Entrant.PYTORCH, series(1e6)));

  private static final Row MEMORY =
      new Row(
          "memory",
          "memory",
          Row.Unit.MEMORY,
          Goal.FASTER,
          null,
          Map.of(Entrant.JAVATAPE, series(1 << 21), Entrant.PYTORCH, series(1 << 20)));

  private static final Report REPORT =
      new Report(
          "Here and now.",
          new Machine(150, 40, 30, 20, 10),
          List.of(WON, LOST, MEMORY),
          List.of(
              new Overhead("x", Entrant.JAVATAPE, 4, new Series(1000), new Series(1400)),
              new Overhead("x", Entrant.MXNET, 4, new Series(1000), new Series(1100))));

  private static Result series(double... values) {
    return Result.of(new Series(values));
  }

  @Test
  void aRowShowsMediansRatiosAndGoals() {
    assertEquals(
        "| a product | 2 µs ±25% | 16 µs ±0% | 8 µs ±0% | 4 µs ±0% | 4 (3) | 2 (1) | **0.25** |",
        Markdown.line(WON));
  }

  @Test
  void lossesAndFailuresAreMarked() {
    assertEquals(
        "| a network | 4000 µs ±0% | 5000 µs ±0% | fails: no / such operation | 1000 µs ±0% |"
            + "  | **0.25** (1) ✗ | **0.2** |",
        Markdown.line(LOST));
  }

  @Test
  void aGoalAboveOneIsMissedByLess() {
    Row row =
        new Row(
            "x",
            "x",
            Row.Unit.TIME,
            Goal.TINY,
            null,
            Map.of(Entrant.JAVATAPE, series(100), Entrant.MXNET, series(2990)));
    assertTrue(Markdown.line(row).contains("| 29.9 (30) ✗ |"), Markdown.line(row));
  }

  @Test
  void meansAreOfTimesOnly() {
    assertEquals(4, REPORT.mean(Report.COMPARISONS.get(0)).orElseThrow(), 1e-12);
    assertEquals(Math.sqrt(2 * 0.25), REPORT.mean(Report.COMPARISONS.get(1)).orElseThrow(), 1e-12);
    Report empty = new Report("", null, List.of(), List.of());
    assertTrue(empty.mean(Report.COMPARISONS.get(0)).isEmpty());
  }

  @Test
  void markdownHasEveryPart() {
    String text = Markdown.of(REPORT);
    assertTrue(text.startsWith("Here and now.\n"), text);
    assertTrue(text.contains("| **geometric mean of the times** |"), text);
    assertTrue(text.contains("| memory | 2 MiB ±0% |"), text);
    assertTrue(text.contains("40.0% | 100 ns (150 ns) |"), text);
    assertTrue(text.contains("10.0% (5%) ✗ | 25 ns |"), text);
    assertTrue(text.contains("150 GFLOP/s"), text);
  }

  @Test
  void sharesOfTheLimitsAreShown() {
    assertTrue(
        Markdown.of(REPORT).endsWith("| a product | multiply-adds | 50% | 6% | 13% | 25% |\n"));
    Machine machine = new Machine(150, 40, 30, 20, 10);
    assertEquals(0.1, Bound.copied(1000).share(machine, 2000), 1e-12);
    assertEquals(0.1, new Bound(Bound.Limit.ADD, 6000).share(machine, 2000), 1e-12);
    assertEquals(0.1, new Bound(Bound.Limit.LARGE_COPY, 4000).share(machine, 2000), 1e-12);
  }

  @Test
  void jsonHasEveryMeasurement() {
    JsonObject json = JsonParser.parseString(Json.of(REPORT)).getAsJsonObject();
    JsonObject won = json.getAsJsonArray("rows").get(0).getAsJsonObject();
    JsonObject tape = won.getAsJsonObject("results").getAsJsonObject("JavaTape");
    assertEquals(2000, tape.get("median").getAsDouble());
    assertEquals(1000, tape.get("least").getAsDouble());
    assertEquals(3, tape.getAsJsonArray("values").size());
    JsonObject ratio = won.getAsJsonObject("ratios").getAsJsonObject("MXNet / JavaTape");
    assertEquals(4, ratio.get("ratio").getAsDouble());
    assertEquals(3, ratio.get("goal").getAsDouble());
    JsonObject lost = json.getAsJsonArray("rows").get(1).getAsJsonObject();
    assertEquals(
        "no | such operation",
        lost.getAsJsonObject("results").getAsJsonObject("MXNet").get("failure").getAsString());
    assertFalse(lost.getAsJsonObject("ratios").has("MXNet / JavaTape"));
    assertEquals(150, json.getAsJsonObject("machine").get("gigaflops").getAsDouble());
    assertEquals(2, json.getAsJsonArray("dsl").size());
  }

  @Test
  void numbersHaveThreeDigits() {
    assertEquals("0", Markdown.number(0));
    assertEquals("0.0123", Markdown.number(0.01234));
    assertEquals("1.5", Markdown.number(1.5));
    assertEquals("12.3", Markdown.number(12.34));
    assertEquals("12346", Markdown.number(12345.6));
  }
}
