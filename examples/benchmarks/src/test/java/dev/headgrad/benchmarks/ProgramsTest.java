package dev.headgrad.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class ProgramsTest {

  static final List<String> IDS =
      Stream.concat(Programs.PEERS.stream(), DslPrograms.ALL.stream()).map(Program::id).toList();

  @ParameterizedTest
  @FieldSource("IDS")
  void runsAndEndsInANumber(String id) {
    try (NDManager manager = Engine.getEngine("JavaTape").newBaseManager();
        Work work = Programs.get(id).prepare(manager, Size.SMALL)) {
      work.run();
      assertTrue(Float.isFinite(work.read()));
      work.run();
      assertTrue(Float.isFinite(work.read()));
    }
  }

  @Test
  void idsAreDifferent() {
    assertEquals(IDS.size(), IDS.stream().distinct().count());
  }

  @Test
  void anUnknownIdIsAnError() {
    assertThrows(IllegalArgumentException.class, () -> Programs.get("no-such-program"));
  }

  @Test
  void everyComparisonWithTheDslHasItsPlainProgram() {
    DslPrograms.PAIRS.forEach(pair -> assertEquals(pair.plain(), Programs.get(pair.plain().id())));
  }
}
