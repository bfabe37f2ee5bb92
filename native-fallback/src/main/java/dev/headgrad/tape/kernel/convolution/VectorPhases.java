package dev.headgrad.tape.kernel.convolution;

import dev.headgrad.tape.kernel.CompiledAlone;
import dev.headgrad.tape.kernel.Species;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/** Phases of lines, on the Vector API. */
final class VectorPhases extends CompiledAlone {

  private static final VectorSpecies<Float> F = Species.FLOATS;
  private static final int LANES = F.length();

  /** Every second lane, twice. */
  private static final VectorShuffle<Float> EVEN =
      VectorShuffle.fromOp(F, lane -> 2 * lane % LANES);

  private static final VectorMask<Float> UPPER = VectorMask.fromLong(F, -1L << LANES / 2);

  /**
   * Copies every second element, n of them, as far as whole vectors go.
   *
   * @return how many it has copied
   */
  static int everySecond(float[] x, int from, float[] out, int to, int n) {
    int end = F.loopBound(Math.max(0, n - 1)); // the last one need not have a neighbour
    for (int i = 0; i < end; i += LANES) {
      FloatVector low = FloatVector.fromArray(F, x, from + 2 * i);
      FloatVector high = FloatVector.fromArray(F, x, from + 2 * i + LANES);
      low.rearrange(EVEN).blend(high.rearrange(EVEN), UPPER).intoArray(out, to + i);
    }
    return end;
  }
}
