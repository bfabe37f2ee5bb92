package dev.headgrad.tape.kernel.matrix;

import dev.headgrad.tape.kernel.CompiledAlone;
import dev.headgrad.tape.kernel.Species;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/** Transposed blocks of 8 by 8 floats, on vectors of 8. */
final class VectorTranspose extends CompiledAlone {

  private static final VectorSpecies<Float> F = Species.FLOATS;

  /** The side of a block. */
  private static final int SIDE = 8;

  // Two vectors exchange every second element, then every second pair, then halves. What goes over
  // is put together first, so that one shuffle serves both.
  private static final VectorShuffle<Float> ONE = VectorShuffle.fromOp(F, lane -> lane ^ 1);
  private static final VectorShuffle<Float> TWO =
      VectorShuffle.fromOp(F, lane -> (lane ^ 2) % F.length());
  private static final VectorShuffle<Float> FOUR =
      VectorShuffle.fromOp(F, lane -> (lane ^ 4) % F.length());
  private static final VectorMask<Float> ONES = VectorMask.fromLong(F, 0xaa);
  private static final VectorMask<Float> TWOS = VectorMask.fromLong(F, 0xcc);
  private static final VectorMask<Float> FOURS = VectorMask.fromLong(F, 0xf0);

  /** Whether this is for so many rows and columns: vectors are as long as a block. */
  static boolean suits(int rows, int cols) {
    return F.length() == SIDE && rows >= SIDE && cols >= SIDE;
  }

  /**
   * y[yo + r yd + c] = x[xo + c xd + r], for 8 columns at a time: their lines are likely to fall on
   * the same few sets of the cache, and would be gone when they are needed again.
   */
  static void copy(int rows, int cols, float[] x, int xo, int xd, float[] y, int yo, int yd) {
    for (int c = 0; c < cols; c += SIDE) {
      int left = Math.min(c, cols - SIDE);
      columns(rows, x, xo + left * xd, xd, y, yo + left, yd);
    }
  }

  /** Copies 8 columns. */
  private static void columns(int rows, float[] x, int xo, int xd, float[] y, int yo, int yd) {
    for (int r = 0; r < rows; r += SIDE) {
      int top = Math.min(r, rows - SIDE);
      int i = xo + top;
      FloatVector a0 = FloatVector.fromArray(F, x, i);
      FloatVector a1 = FloatVector.fromArray(F, x, i + xd);
      FloatVector a2 = FloatVector.fromArray(F, x, i + 2 * xd);
      FloatVector a3 = FloatVector.fromArray(F, x, i + 3 * xd);
      FloatVector a4 = FloatVector.fromArray(F, x, i + 4 * xd);
      FloatVector a5 = FloatVector.fromArray(F, x, i + 5 * xd);
      FloatVector a6 = FloatVector.fromArray(F, x, i + 6 * xd);
      FloatVector a7 = FloatVector.fromArray(F, x, i + 7 * xd);
      FloatVector t = a1.blend(a0, ONES).rearrange(ONE);
      FloatVector b0 = a0.blend(t, ONES);
      FloatVector b1 = t.blend(a1, ONES);
      t = a3.blend(a2, ONES).rearrange(ONE);
      FloatVector b2 = a2.blend(t, ONES);
      FloatVector b3 = t.blend(a3, ONES);
      t = a5.blend(a4, ONES).rearrange(ONE);
      FloatVector b4 = a4.blend(t, ONES);
      FloatVector b5 = t.blend(a5, ONES);
      t = a7.blend(a6, ONES).rearrange(ONE);
      FloatVector b6 = a6.blend(t, ONES);
      FloatVector b7 = t.blend(a7, ONES);
      t = b2.blend(b0, TWOS).rearrange(TWO);
      a0 = b0.blend(t, TWOS);
      a2 = t.blend(b2, TWOS);
      t = b3.blend(b1, TWOS).rearrange(TWO);
      a1 = b1.blend(t, TWOS);
      a3 = t.blend(b3, TWOS);
      t = b6.blend(b4, TWOS).rearrange(TWO);
      a4 = b4.blend(t, TWOS);
      a6 = t.blend(b6, TWOS);
      t = b7.blend(b5, TWOS).rearrange(TWO);
      a5 = b5.blend(t, TWOS);
      a7 = t.blend(b7, TWOS);
      int to = yo + top * yd;
      t = a4.blend(a0, FOURS).rearrange(FOUR);
      a0.blend(t, FOURS).intoArray(y, to);
      t.blend(a4, FOURS).intoArray(y, to + 4 * yd);
      t = a5.blend(a1, FOURS).rearrange(FOUR);
      a1.blend(t, FOURS).intoArray(y, to + yd);
      t.blend(a5, FOURS).intoArray(y, to + 5 * yd);
      t = a6.blend(a2, FOURS).rearrange(FOUR);
      a2.blend(t, FOURS).intoArray(y, to + 2 * yd);
      t.blend(a6, FOURS).intoArray(y, to + 6 * yd);
      t = a7.blend(a3, FOURS).rearrange(FOUR);
      a3.blend(t, FOURS).intoArray(y, to + 3 * yd);
      t.blend(a7, FOURS).intoArray(y, to + 7 * yd);
    }
  }
}
