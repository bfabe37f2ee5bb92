package dev.headgrad.benchmarks;

import dev.headgrad.benchmarks.ScalePrograms.Curve;
import java.awt.Color;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.BitmapEncoder.BitmapFormat;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Charts of time against size, one per operation, with the points where engines cross. */
final class ScaleChart {

  private static final int WIDTH = 520;
  private static final int HEIGHT = 380;
  private static final int COLUMNS = 3;
  private static final String CROSSING = "crossing";

  private ScaleChart() {}

  /**
   * A point of a chart.
   *
   * @param size how large the arrays are
   * @param micros microseconds per run
   */
  record Point(double size, double micros) {}

  /** Writes an image of all charts. */
  static void write(Map<Curve, List<Row>> measured, List<Entrant> entrants, Path file)
      throws IOException {
    List<XYChart> charts = new ArrayList<>();
    measured.forEach((curve, rows) -> charts.add(chart(curve, rows, entrants)));
    int columns = Math.min(COLUMNS, charts.size());
    int lines = (charts.size() + columns - 1) / columns;
    BitmapEncoder.saveBitmap(charts, lines, columns, file.toString(), BitmapFormat.PNG);
  }

  private static XYChart chart(Curve curve, List<Row> rows, List<Entrant> entrants) {
    XYChart chart =
        new XYChartBuilder()
            .width(WIDTH)
            .height(HEIGHT)
            .title(curve.title())
            .xAxisTitle(curve.axis())
            .yAxisTitle("µs")
            .build();
    chart.getStyler().setXAxisLogarithmic(true).setYAxisLogarithmic(true);
    chart.getStyler().setLegendPosition(LegendPosition.InsideNW);
    chart.getStyler().setChartBackgroundColor(Color.WHITE);
    chart.getStyler().setMarkerSize(5);
    List<Point> crossings = new ArrayList<>();
    List<Point> first = points(curve, rows, entrants.get(0));
    for (Entrant entrant : entrants) {
      List<Point> points = points(curve, rows, entrant);
      if (!points.isEmpty()) {
        add(chart, entrant.title(), points);
        crossings.addAll(crossings(first, points));
      }
    }
    if (!crossings.isEmpty()) {
      XYSeries series = add(chart, CROSSING, crossings);
      series.setLineColor(new Color(0, 0, 0, 0));
      series.setMarker(SeriesMarkers.DIAMOND).setMarkerColor(Color.BLACK);
    }
    return chart;
  }

  private static XYSeries add(XYChart chart, String name, List<Point> points) {
    return chart.addSeries(
        name,
        points.stream().mapToDouble(Point::size).toArray(),
        points.stream().mapToDouble(Point::micros).toArray());
  }

  private static List<Point> points(Curve curve, List<Row> rows, Entrant entrant) {
    List<Point> points = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      Series series = rows.get(i).series(entrant);
      if (series != null) {
        points.add(new Point(curve.sizes().get(i), Row.Unit.TIME.shown(series.median())));
      }
    }
    return points;
  }

  /**
   * Where two lines through points of the same sizes cross, on logarithmic axes. Lines that touch
   * cross where they part.
   */
  static List<Point> crossings(List<Point> ours, List<Point> theirs) {
    List<Point> crossings = new ArrayList<>();
    for (int i = 1; i < Math.min(ours.size(), theirs.size()); i++) {
      double before = Math.log(ours.get(i - 1).micros() / theirs.get(i - 1).micros());
      double after = Math.log(ours.get(i).micros() / theirs.get(i).micros());
      if (before < 0 != after < 0) {
        double part = before / (before - after);
        crossings.add(
            new Point(
                between(ours.get(i - 1).size(), ours.get(i).size(), part),
                between(ours.get(i - 1).micros(), ours.get(i).micros(), part)));
      }
    }
    return crossings;
  }

  private static double between(double from, double to, double part) {
    return from * Math.pow(to / from, part);
  }
}
