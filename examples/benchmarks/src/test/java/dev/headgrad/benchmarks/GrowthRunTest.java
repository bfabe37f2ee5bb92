package dev.headgrad.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class GrowthRunTest {

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
  private final Engine engine = Engine.getEngine("JavaTape");

  @Test
  @EnabledOnOs(value = OS.LINUX, disabledReason = "resident memory is read from /proc")
  void stepsAreReportedInTenParts() throws IOException {
    try (NDManager manager = engine.newBaseManager()) {
      GrowthRun.steps(manager, 20, out);
    }
    assertEquals(12, bytes.toString(StandardCharsets.UTF_8).lines().count());
  }

  @Test
  void chainsGrowTenfold() {
    GrowthRun.chains(engine, 1000, out);
    String text = bytes.toString(StandardCharsets.UTF_8);
    assertEquals(3, text.lines().count());
    assertEquals("1000", text.lines().skip(2).findFirst().orElseThrow().split(" ", -1)[1]);
  }
}
