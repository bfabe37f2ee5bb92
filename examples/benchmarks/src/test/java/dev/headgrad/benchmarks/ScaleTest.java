package dev.headgrad.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import dev.headgrad.benchmarks.ScaleChart.Point;
import dev.headgrad.benchmarks.ScalePrograms.Curve;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScaleTest {

  @Test
  void everyCurveRuns() {
    try (NDManager manager = Engine.getEngine("JavaTape").newBaseManager()) {
      for (Curve curve : ScalePrograms.CURVES) {
        int size = curve.sizes().get(2);
        Work work = Programs.get(curve.id() + "@" + size).prepare(manager, Size.FULL);
        work.run();
        assertTrue(Float.isFinite(work.read()), curve.id());
        work.close();
      }
    }
    assertThrows(IllegalArgumentException.class, () -> Programs.get("no-such-curve@3"));
  }

  @Test
  void linesCrossWhereTheLogarithmsAreEqual() {
    List<Point> ours = List.of(new Point(1, 1), new Point(100, 100), new Point(10_000, 100));
    List<Point> theirs = List.of(new Point(1, 10), new Point(100, 10), new Point(10_000, 10));
    List<Point> crossings = ScaleChart.crossings(ours, theirs);
    assertEquals(1, crossings.size());
    assertEquals(10, crossings.get(0).size(), 1e-9);
    assertEquals(10, crossings.get(0).micros(), 1e-9);
  }

  @Test
  void aLineDoesNotCrossItself() {
    List<Point> line = List.of(new Point(1, 1), new Point(10, 3), new Point(100, 2));
    assertTrue(ScaleChart.crossings(line, line).isEmpty());
  }

  @Test
  void theChartIsAnImage(@TempDir Path directory) throws IOException {
    Curve curve = ScalePrograms.CURVES.get(0);
    List<Row> rows = new ArrayList<>();
    for (int size : curve.sizes()) {
      rows.add(
          new Row(
              curve.id(),
              curve.title(),
              Row.Unit.TIME,
              Goal.FASTER,
              null,
              Map.of(
                  Entrant.JAVATAPE, Result.of(new Series(100 + size)),
                  Entrant.MXNET, Result.failed("absent"),
                  Entrant.PYTORCH, Result.of(new Series(5000 + size / 2.0)))));
    }
    Path file = directory.resolve("scale.png");
    System.setProperty("java.awt.headless", "true");
    ScaleChart.write(Map.of(curve, rows), List.of(Entrant.values()), file);
    assertTrue(ImageIO.read(file.toFile()).getWidth() > 100);
  }
}
