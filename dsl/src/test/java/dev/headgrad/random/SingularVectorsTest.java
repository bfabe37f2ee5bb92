package dev.headgrad.random;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SingularVectorsTest {
  /** A A' V = V S²: with the rows v of the result, A' A v is parallel to v, the longest first. */
  @ParameterizedTest
  @CsvSource({"1, 1", "1, 5", "4, 4", "3, 8", "30, 41", "100, 300"})
  void rowsAreOrthonormalEigenvectors(int rows, int columns) {
    float[] values = new MxRandom(3).normal(0, 1, rows * columns);
    double[][] a = new double[rows][columns];
    double[][] v = new double[rows][columns];
    for (int i = 0; i < values.length; i++) {
      a[i / columns][i % columns] = values[i];
      v[i / columns][i % columns] = values[i];
    }
    SingularVectors.orthonormalize(v);
    double last = Double.POSITIVE_INFINITY;
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < rows; j++) {
        assertEquals(i == j ? 1 : 0, dot(v[i], v[j]), 1e-10, "seed 3, rows " + i + " and " + j);
      }
      double[] image = new double[columns];
      for (double[] row : a) {
        double factor = dot(row, v[i]);
        for (int j = 0; j < columns; j++) {
          image[j] += factor * row[j];
        }
      }
      double square = dot(image, v[i]);
      for (int j = 0; j < columns; j++) {
        assertEquals(square * v[i][j], image[j], 1e-8, "seed 3, row " + i);
      }
      assertTrue(square <= last, "seed 3: singular values must descend");
      last = square;
    }
  }

  private static double dot(double[] x, double[] y) {
    double sum = 0;
    for (int i = 0; i < x.length; i++) {
      sum += x[i] * y[i];
    }
    return sum;
  }
}
