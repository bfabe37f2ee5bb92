package dev.headgrad.tape.kernel;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;

/** What loops on the Vector API have in common: steps short enough to be inlined anywhere. */
public final class Vectors {

  private static final int FLOAT_LANES = Species.FLOATS.length();

  private Vectors() {}

  /** a b + c, rounded once where the processor can. */
  public static FloatVector fma(FloatVector a, FloatVector b, FloatVector c) {
    return Fma.FAST ? a.fma(b, c) : a.mul(b).add(c);
  }

  /** a b + c, rounded once where the processor can. */
  public static DoubleVector fma(DoubleVector a, DoubleVector b, DoubleVector c) {
    return Fma.FAST ? a.fma(b, c) : a.mul(b).add(c);
  }

  /** Adds two vectors to c. */
  public static void add(FloatVector x, FloatVector y, float[] c, int co) {
    FloatVector.fromArray(Species.FLOATS, c, co).add(x).intoArray(c, co);
    FloatVector.fromArray(Species.FLOATS, c, co + FLOAT_LANES)
        .add(y)
        .intoArray(c, co + FLOAT_LANES);
  }
}
