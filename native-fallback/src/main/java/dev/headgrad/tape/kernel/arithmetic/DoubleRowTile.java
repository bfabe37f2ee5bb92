package dev.headgrad.tape.kernel.arithmetic;

import dev.headgrad.tape.kernel.CompiledAlone;
import dev.headgrad.tape.kernel.Species;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link RowLoops} of doubles on the Vector API: strips of four vectors down all rows.
 *
 * <p>Four vectors of the row stay in registers for a whole strip. Row by row it would be twice as
 * slow: the loop over a short row takes longer to begin and to end than to run.
 */
final class DoubleRowTile extends CompiledAlone {

  private static final VectorSpecies<Double> SPECIES = Species.DOUBLES;
  private static final int LANES = SPECIES.length();

  /** The columns of a strip. */
  static final int COLUMNS = 4 * LANES;

  /**
   * See {@link RowLoops}.
   *
   * @param n at least {@link #COLUMNS}; the last strip overlaps the one before where that does not
   *     divide it, and y must not be a then
   */
  static void run(
      int operation,
      double[] a,
      int ao,
      double[] row,
      int ro,
      double[] y,
      int yo,
      int rows,
      int n) {
    for (int from = 0; from < n; from += COLUMNS) {
      int j = Math.min(from, n - COLUMNS);
      DoubleVector b0 = DoubleVector.fromArray(SPECIES, row, ro + j);
      DoubleVector b1 = DoubleVector.fromArray(SPECIES, row, ro + j + LANES);
      DoubleVector b2 = DoubleVector.fromArray(SPECIES, row, ro + j + 2 * LANES);
      DoubleVector b3 = DoubleVector.fromArray(SPECIES, row, ro + j + 3 * LANES);
      int p = ao + j;
      int q = yo + j;
      for (int r = 0; r < rows; r++) {
        DoubleVector a0 = DoubleVector.fromArray(SPECIES, a, p);
        DoubleVector a1 = DoubleVector.fromArray(SPECIES, a, p + LANES);
        DoubleVector a2 = DoubleVector.fromArray(SPECIES, a, p + 2 * LANES);
        DoubleVector a3 = DoubleVector.fromArray(SPECIES, a, p + 3 * LANES);
        switch (operation) {
          case RowLoops.ADD:
            a0 = a0.add(b0);
            a1 = a1.add(b1);
            a2 = a2.add(b2);
            a3 = a3.add(b3);
            break;
          case RowLoops.SUB:
            a0 = a0.sub(b0);
            a1 = a1.sub(b1);
            a2 = a2.sub(b2);
            a3 = a3.sub(b3);
            break;
          case RowLoops.SUB_FROM:
            a0 = b0.sub(a0);
            a1 = b1.sub(a1);
            a2 = b2.sub(a2);
            a3 = b3.sub(a3);
            break;
          case RowLoops.MUL:
            a0 = a0.mul(b0);
            a1 = a1.mul(b1);
            a2 = a2.mul(b2);
            a3 = a3.mul(b3);
            break;
          case RowLoops.DIV:
            a0 = a0.div(b0);
            a1 = a1.div(b1);
            a2 = a2.div(b2);
            a3 = a3.div(b3);
            break;
          case RowLoops.DIV_INTO:
            a0 = b0.div(a0);
            a1 = b1.div(a1);
            a2 = b2.div(a2);
            a3 = b3.div(a3);
            break;
          case RowLoops.MAX:
            a0 = a0.max(b0);
            a1 = a1.max(b1);
            a2 = a2.max(b2);
            a3 = a3.max(b3);
            break;
          default: // MIN
            a0 = a0.min(b0);
            a1 = a1.min(b1);
            a2 = a2.min(b2);
            a3 = a3.min(b3);
        }
        a0.intoArray(y, q);
        a1.intoArray(y, q + LANES);
        a2.intoArray(y, q + 2 * LANES);
        a3.intoArray(y, q + 3 * LANES);
        p += n;
        q += n;
      }
    }
  }
}
