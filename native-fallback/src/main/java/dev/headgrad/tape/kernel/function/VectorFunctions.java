package dev.headgrad.tape.kernel.function;

import static dev.headgrad.tape.kernel.function.VectorMath.FLOATS;

import dev.headgrad.tape.kernel.CompiledAlone;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/**
 * The loops of {@link VectorSimd}, over whole vectors: {@code end} is a multiple of their length,
 * and not 0.
 *
 * <p>Every loop is written out: one that took its function as an argument would be compiled once
 * for all functions, and then every vector would become an object.
 */
final class VectorFunctions extends CompiledAlone {

  private static final int LANES = FLOATS.length();

  static void exp(float[] x, int xo, float[] y, int yo, int end) {
    for (int i = 0; i < end; i += LANES) {
      FloatVector v = FloatVector.fromArray(FLOATS, x, xo + i);
      if (VectorMath.isModerate(v)) {
        VectorMath.expInside(v).intoArray(y, yo + i);
      } else {
        expAny(x, xo + i, y, yo + i);
      }
    }
  }

  /** e<sup>x</sup> of one vector, however large its elements are. */
  private static void expAny(float[] x, int xo, float[] y, int yo) {
    VectorMath.exp(FloatVector.fromArray(FLOATS, x, xo)).intoArray(y, yo);
  }

  static void expm1(float[] x, int xo, float[] y, int yo, int end) {
    for (int i = 0; i < end; i += LANES) {
      VectorMath.expm1(FloatVector.fromArray(FLOATS, x, xo + i)).intoArray(y, yo + i);
    }
  }

  static void log(float[] x, int xo, float[] y, int yo, int end) {
    for (int i = 0; i < end; i += LANES) {
      VectorMath.log(FloatVector.fromArray(FLOATS, x, xo + i)).intoArray(y, yo + i);
    }
  }

  static void log2(float[] x, int xo, float[] y, int yo, int end) {
    for (int i = 0; i < end; i += LANES) {
      VectorMath.log2(FloatVector.fromArray(FLOATS, x, xo + i)).intoArray(y, yo + i);
    }
  }

  static void log10(float[] x, int xo, float[] y, int yo, int end) {
    for (int i = 0; i < end; i += LANES) {
      VectorMath.log10(FloatVector.fromArray(FLOATS, x, xo + i)).intoArray(y, yo + i);
    }
  }

  static void log1p(float[] x, int xo, float[] y, int yo, int end) {
    for (int i = 0; i < end; i += LANES) {
      VectorMath.log1p(FloatVector.fromArray(FLOATS, x, xo + i)).intoArray(y, yo + i);
    }
  }

  static void tanh(float[] x, int xo, float[] y, int yo, int end) {
    for (int i = 0; i < end; i += LANES) {
      VectorMath.tanh(FloatVector.fromArray(FLOATS, x, xo + i)).intoArray(y, yo + i);
    }
  }

  static void sigmoid(float[] x, int xo, float[] y, int yo, int end) {
    for (int i = 0; i < end; i += LANES) {
      VectorMath.sigmoid(FloatVector.fromArray(FLOATS, x, xo + i)).intoArray(y, yo + i);
    }
  }

  static void softplus(float[] x, int xo, float[] y, int yo, int end) {
    for (int i = 0; i < end; i += LANES) {
      VectorMath.softplus(FloatVector.fromArray(FLOATS, x, xo + i)).intoArray(y, yo + i);
    }
  }

  static void erf(float[] x, int xo, float[] y, int yo, int end) {
    for (int i = 0; i < end; i += LANES) {
      VectorMath.erf(FloatVector.fromArray(FLOATS, x, xo + i)).intoArray(y, yo + i);
    }
  }

  static void gelu(float[] x, int xo, float[] y, int yo, int end) {
    for (int i = 0; i < end; i += LANES) {
      VectorMath.gelu(FloatVector.fromArray(FLOATS, x, xo + i)).intoArray(y, yo + i);
    }
  }

  static void sqrt(float[] x, int xo, float[] y, int yo, int end) {
    for (int i = 0; i < end; i += LANES) {
      FloatVector.fromArray(FLOATS, x, xo + i).sqrt().intoArray(y, yo + i);
    }
  }

  static void sin(float[] x, int xo, float[] y, int yo, int end) {
    for (int i = 0; i < end; i += LANES) {
      FloatVector v = FloatVector.fromArray(FLOATS, x, xo + i);
      if (VectorMath.isCircular(v)) {
        VectorMath.sin(v).intoArray(y, yo + i);
      } else {
        sinEach(x, xo + i, y, yo + i);
      }
    }
  }

  static void cos(float[] x, int xo, float[] y, int yo, int end) {
    for (int i = 0; i < end; i += LANES) {
      FloatVector v = FloatVector.fromArray(FLOATS, x, xo + i);
      if (VectorMath.isCircular(v)) {
        VectorMath.cos(v).intoArray(y, yo + i);
      } else {
        cosEach(x, xo + i, y, yo + i);
      }
    }
  }

  static void wherePositive(float[] g, int go, float[] x, int xo, float[] y, int yo, int end) {
    for (int i = 0; i < end; i += LANES) {
      FloatVector v = FloatVector.fromArray(FLOATS, x, xo + i);
      FloatVector head = FloatVector.fromArray(FLOATS, g, go + i);
      FloatVector.zero(FLOATS).blend(head, v.compare(VectorOperators.GT, 0)).intoArray(y, yo + i);
    }
  }

  /** The sine of as many elements as a vector has, however large they are. */
  private static void sinEach(float[] x, int xo, float[] y, int yo) {
    for (int i = 0; i < LANES; i++) {
      y[yo + i] = FloatMath.sin(x[xo + i]);
    }
  }

  /** The cosine of as many elements as a vector has, however large they are. */
  private static void cosEach(float[] x, int xo, float[] y, int yo) {
    for (int i = 0; i < LANES; i++) {
      y[yo + i] = FloatMath.cos(x[xo + i]);
    }
  }
}
