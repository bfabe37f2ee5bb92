package dev.headgrad.tape.kernel.recurrent;

import dev.headgrad.tape.kernel.CompiledAlone;
import dev.headgrad.tape.kernel.Species;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The loops of {@link LstmRecurrence} on the Vector API, as far as whole vectors go: each method
 * returns how many elements it has computed.
 */
final class LstmVectorLoops extends CompiledAlone {

  private static final VectorSpecies<Float> F = Species.FLOATS;
  private static final int LANES = F.length();

  /** Cell = forget before + in new. */
  static int cells(
      int width, float[] gates, int input, float[] before, int bo, float[] cells, int co) {
    int forget = input + width;
    int fresh = forget + width;
    int end = F.loopBound(width);
    for (int k = 0; k < end; k += LANES) {
      FloatVector f = FloatVector.fromArray(F, gates, forget + k);
      FloatVector i = FloatVector.fromArray(F, gates, input + k);
      FloatVector n = FloatVector.fromArray(F, gates, fresh + k);
      FloatVector old = FloatVector.fromArray(F, before, bo + k);
      f.mul(old).add(i.mul(n)).intoArray(cells, co + k);
    }
    return end;
  }

  /** {@link LstmRecurrence#backward} of one row. */
  static int gradients(
      int width,
      float[] gates,
      int input,
      float[] y,
      int yo,
      float[] before,
      int bo,
      float[] dh,
      float[] dc,
      int at,
      float[] dg) {
    int forget = input + width;
    int fresh = forget + width;
    int out = fresh + width;
    FloatVector zero = FloatVector.zero(F);
    FloatVector one = FloatVector.broadcast(F, 1);
    int end = F.loopBound(width);
    for (int k = 0; k < end; k += LANES) {
      FloatVector i = FloatVector.fromArray(F, gates, input + k);
      FloatVector f = FloatVector.fromArray(F, gates, forget + k);
      FloatVector n = FloatVector.fromArray(F, gates, fresh + k);
      FloatVector o = FloatVector.fromArray(F, gates, out + k);
      FloatVector tanh = FloatVector.fromArray(F, y, yo + k).div(o);
      FloatVector t = tanh.blend(zero, o.compare(VectorOperators.EQ, zero));
      FloatVector g = FloatVector.fromArray(F, dh, at + k);
      FloatVector d = FloatVector.fromArray(F, dc, at + k).add(g.mul(o).mul(one.sub(t.mul(t))));
      FloatVector old = FloatVector.fromArray(F, before, bo + k);
      d.mul(n).mul(i).mul(one.sub(i)).intoArray(dg, input + k);
      d.mul(old).mul(f).mul(one.sub(f)).intoArray(dg, forget + k);
      d.mul(i).mul(one.sub(n.mul(n))).intoArray(dg, fresh + k);
      g.mul(t).mul(o).mul(one.sub(o)).intoArray(dg, out + k);
      d.mul(f).intoArray(dc, at + k);
      zero.intoArray(dh, at + k);
    }
    return end;
  }
}
