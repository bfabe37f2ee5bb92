package dev.headgrad.benchmarks;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class SeriesTest {

  @Test
  void medianIsTheMiddleValueOrTheMeanOfTwo() {
    assertEquals(3, new Series(5, 1, 3).median());
    assertEquals(2.5, new Series(4, 1, 3, 2).median());
    assertEquals(7, new Series(7).median());
  }

  @Test
  void quantilesAreInterpolated() {
    Series series = new Series(10, 20, 30, 40, 50);
    assertEquals(10, series.quantile(0));
    assertEquals(20, series.quantile(0.25));
    assertEquals(44, series.quantile(0.85), 1e-12);
    assertEquals(50, series.quantile(1));
  }

  @Test
  void spreadIsHalfTheDistanceOfTheQuartiles() {
    assertEquals(10.0 / 30, new Series(10, 20, 30, 40, 50).spread(), 1e-12);
    assertEquals(0, new Series(7).spread());
  }

  @Test
  void geometricMeanOfRatiosAndTheirInversesIsOne() {
    assertEquals(1, Series.geometricMean(2, 0.5, 10, 0.1), 1e-12);
    assertEquals(4, Series.geometricMean(2, 8), 1e-12);
    assertEquals(Double.NaN, Series.geometricMean());
  }

  @Test
  void valuesKeepTheirOrderAndAreNotShared() {
    double[] given = {3, 1, 2};
    Series series = new Series(given);
    series.median();
    given[0] = 9;
    series.values()[1] = 9;
    assertArrayEquals(new double[] {3, 1, 2}, series.values());
    assertThrows(IllegalArgumentException.class, Series::new);
  }
}
