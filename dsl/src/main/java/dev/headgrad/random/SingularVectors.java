package dev.headgrad.random;

import java.util.Arrays;
import java.util.Comparator;

/** Singular vectors by Hestenes's one-sided Jacobi method. */
final class SingularVectors {
  /** The cosine below which two vectors count as orthogonal: far below a float's precision. */
  private static final double TOLERANCE = 1e-12;

  /** Convergence is quadratic: fewer than 15 sweeps are usual at any size. */
  private static final int MAX_SWEEPS = 60;

  private SingularVectors() {}

  /**
   * Replaces the rows of a matrix A of full rank, with no more rows than columns, by its right
   * singular vectors: the rows of V' in A = U S V', by descending singular value.
   *
   * <p>Rotating rows against each other until all are orthogonal multiplies A by an orthogonal
   * matrix from the left, which leaves S V'.
   */
  static void orthonormalize(double[][] rows) {
    int sweep = 0;
    while (rotateAllPairs(rows)) {
      if (++sweep == MAX_SWEEPS) {
        throw new ArithmeticException(
            "singular vectors did not converge in " + MAX_SWEEPS + " sweeps");
      }
    }
    Arrays.sort(rows, Comparator.comparingDouble(row -> -dot(row, row)));
    for (double[] row : rows) {
      double norm = Math.sqrt(dot(row, row));
      for (int i = 0; i < row.length; i++) {
        row[i] /= norm;
      }
    }
  }

  /** One sweep; whether any pair was not yet orthogonal. */
  private static boolean rotateAllPairs(double[][] rows) {
    boolean rotated = false;
    for (int p = 0; p < rows.length; p++) {
      for (int q = p + 1; q < rows.length; q++) {
        rotated |= rotate(rows[p], rows[q]);
      }
    }
    return rotated;
  }

  private static boolean rotate(double[] x, double[] y) {
    double xx = 0;
    double yy = 0;
    double xy = 0;
    for (int i = 0; i < x.length; i++) {
      xx += x[i] * x[i];
      yy += y[i] * y[i];
      xy += x[i] * y[i];
    }
    if (Math.abs(xy) <= TOLERANCE * Math.sqrt(xx * yy)) {
      return false;
    }
    double zeta = (yy - xx) / (2 * xy);
    double tangent = Math.copySign(1 / (Math.abs(zeta) + Math.hypot(1, zeta)), zeta);
    double cosine = 1 / Math.sqrt(1 + tangent * tangent);
    double sine = cosine * tangent;
    for (int i = 0; i < x.length; i++) {
      double xi = x[i];
      x[i] = cosine * xi - sine * y[i];
      y[i] = sine * xi + cosine * y[i];
    }
    return true;
  }

  private static double dot(double[] x, double[] y) {
    double sum = 0;
    for (int i = 0; i < x.length; i++) {
      sum += x[i] * y[i];
    }
    return sum;
  }
}
