package dev.headgrad.djl.comparison;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Runs plain DJL programs on JavaTape and on the native engines. Where a native engine supports
 * one, the results agree in shape, dtype and values, or the difference stands with its reason in
 * {@code differences.txt}; one that stands there and is no longer seen fails the test.
 */
class ComparisonTest {

  private static final List<String> NATIVE = NativeEngines.available();

  private static final Map<String, Tally> TABLE = new TreeMap<>();

  /** How many programs of a family agreed, differed, or were refused by the native engine. */
  private static final class Tally {
    int agreed;
    int differed;
    int unsupported;
  }

  static List<Family> families() {
    return Stream.of(
            ElementwisePrograms.families(),
            ReductionPrograms.families(),
            ShapePrograms.families(),
            IndexPrograms.families(),
            AlgebraPrograms.families(),
            NeuralPrograms.families(),
            VisionPrograms.families(),
            BlockPrograms.families(),
            LossPrograms.families(),
            LifecyclePrograms.families())
        .flatMap(List::stream)
        .toList();
  }

  static Stream<Arguments> pairs() {
    return NATIVE.stream()
        .flatMap(
            engine ->
                families().stream().map(family -> Arguments.of(engine, family.name(), family)));
  }

  @ParameterizedTest(name = "{1} on {0}", allowZeroInvocations = true)
  @MethodSource("pairs")
  void agrees(String engine, String name, Family family) throws IOException {
    Differences listed = Differences.load();
    Tally tally = TABLE.computeIfAbsent(name + " | " + engine, key -> new Tally());
    List<String> problems = new ArrayList<>();
    for (Map.Entry<String, Function<NDManager, NDList>> program : family.programs().entrySet()) {
      String id = name + "/" + program.getKey();
      Outcome ours = Outcome.of(Engine.getEngine("JavaTape"), program.getValue());
      if (listed.crashes(engine, id)) {
        tally.unsupported++;
        continue;
      }
      Outcome theirs = Outcome.of(Engine.getEngine(engine), program.getValue());
      String seen;
      if (theirs.isRefused()) {
        tally.unsupported++;
        seen = "";
      } else {
        seen = ours.isRefused() ? "refused" : ours.differenceFrom(theirs);
        if (seen.isEmpty()) {
          tally.agreed++;
        } else {
          tally.differed++;
        }
      }
      if (!seen.equals(listed.expected(engine, id))) {
        problems.add(
            engine
                + " | "
                + id
                + " | "
                + seen
                + (seen.isEmpty() ? "no longer differs" : "")
                + "\n    JavaTape "
                + ours
                + "\n    "
                + engine
                + " "
                + theirs);
      }
    }
    if (!problems.isEmpty()) {
      fail(problems.size() + " differences that are not as listed\n" + String.join("\n", problems));
    }
  }

  @Test
  void everyListedDifferenceIsOfSomeProgram() throws IOException {
    List<String> programs =
        families().stream()
            .flatMap(f -> f.programs().keySet().stream().map(p -> f.name() + "/" + p))
            .toList();
    assertEquals(List.of(), Differences.load().idle(programs));
  }

  @AfterAll
  static void printTable() {
    System.out.printf(
        "%-45s %8s %8s %12s%n", "compared with JavaTape", "agreed", "differed", "unsupported");
    TABLE.forEach(
        (name, t) ->
            System.out.printf("%-45s %8d %8d %12d%n", name, t.agreed, t.differed, t.unsupported));
  }
}
