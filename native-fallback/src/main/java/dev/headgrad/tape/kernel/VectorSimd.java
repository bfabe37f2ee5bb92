package dev.headgrad.tape.kernel;

import static dev.headgrad.tape.kernel.VectorMath.FLOATS;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/**
 * The kernels on the Vector API; what is not here is no faster with it.
 *
 * <p>Every loop is written out: one that took its function as an argument would be compiled once
 * for all functions, and then every vector would become an object.
 */
final class VectorSimd extends PlainSimd {

  private static final int LANES = FLOATS.length();

  /** Elements that vectors compute: none of a few, however short the vectors are. */
  private static int whole(int n) {
    return n < VectorApi.FEW ? 0 : FLOATS.loopBound(n);
  }

  @Override
  public void exp(float[] x, int xo, float[] y, int yo, int n) {
    int end = whole(n);
    for (int i = 0; i < end; i += LANES) {
      FloatVector v = FloatVector.fromArray(FLOATS, x, xo + i);
      if (VectorMath.isModerate(v)) {
        VectorMath.expInside(v).intoArray(y, yo + i);
      } else {
        expAny(x, xo + i, y, yo + i);
      }
    }
    super.exp(x, xo + end, y, yo + end, n - end);
  }

  /** e<sup>x</sup> of one vector, however large its elements are. */
  private static void expAny(float[] x, int xo, float[] y, int yo) {
    VectorMath.exp(FloatVector.fromArray(FLOATS, x, xo)).intoArray(y, yo);
  }

  @Override
  public void expm1(float[] x, int xo, float[] y, int yo, int n) {
    int end = whole(n);
    for (int i = 0; i < end; i += LANES) {
      VectorMath.expm1(FloatVector.fromArray(FLOATS, x, xo + i)).intoArray(y, yo + i);
    }
    super.expm1(x, xo + end, y, yo + end, n - end);
  }

  @Override
  public void log(float[] x, int xo, float[] y, int yo, int n) {
    int end = whole(n);
    for (int i = 0; i < end; i += LANES) {
      VectorMath.log(FloatVector.fromArray(FLOATS, x, xo + i)).intoArray(y, yo + i);
    }
    super.log(x, xo + end, y, yo + end, n - end);
  }

  @Override
  public void log2(float[] x, int xo, float[] y, int yo, int n) {
    int end = whole(n);
    for (int i = 0; i < end; i += LANES) {
      VectorMath.log2(FloatVector.fromArray(FLOATS, x, xo + i)).intoArray(y, yo + i);
    }
    super.log2(x, xo + end, y, yo + end, n - end);
  }

  @Override
  public void log10(float[] x, int xo, float[] y, int yo, int n) {
    int end = whole(n);
    for (int i = 0; i < end; i += LANES) {
      VectorMath.log10(FloatVector.fromArray(FLOATS, x, xo + i)).intoArray(y, yo + i);
    }
    super.log10(x, xo + end, y, yo + end, n - end);
  }

  @Override
  public void log1p(float[] x, int xo, float[] y, int yo, int n) {
    int end = whole(n);
    for (int i = 0; i < end; i += LANES) {
      VectorMath.log1p(FloatVector.fromArray(FLOATS, x, xo + i)).intoArray(y, yo + i);
    }
    super.log1p(x, xo + end, y, yo + end, n - end);
  }

  @Override
  public void tanh(float[] x, int xo, float[] y, int yo, int n) {
    int end = whole(n);
    for (int i = 0; i < end; i += LANES) {
      VectorMath.tanh(FloatVector.fromArray(FLOATS, x, xo + i)).intoArray(y, yo + i);
    }
    super.tanh(x, xo + end, y, yo + end, n - end);
  }

  @Override
  public void sigmoid(float[] x, int xo, float[] y, int yo, int n) {
    int end = whole(n);
    for (int i = 0; i < end; i += LANES) {
      VectorMath.sigmoid(FloatVector.fromArray(FLOATS, x, xo + i)).intoArray(y, yo + i);
    }
    super.sigmoid(x, xo + end, y, yo + end, n - end);
  }

  @Override
  public void softplus(float[] x, int xo, float[] y, int yo, int n) {
    int end = whole(n);
    for (int i = 0; i < end; i += LANES) {
      VectorMath.softplus(FloatVector.fromArray(FLOATS, x, xo + i)).intoArray(y, yo + i);
    }
    super.softplus(x, xo + end, y, yo + end, n - end);
  }

  @Override
  public void erf(float[] x, int xo, float[] y, int yo, int n) {
    int end = whole(n);
    for (int i = 0; i < end; i += LANES) {
      VectorMath.erf(FloatVector.fromArray(FLOATS, x, xo + i)).intoArray(y, yo + i);
    }
    super.erf(x, xo + end, y, yo + end, n - end);
  }

  @Override
  public void gelu(float[] x, int xo, float[] y, int yo, int n) {
    int end = whole(n);
    for (int i = 0; i < end; i += LANES) {
      VectorMath.gelu(FloatVector.fromArray(FLOATS, x, xo + i)).intoArray(y, yo + i);
    }
    super.gelu(x, xo + end, y, yo + end, n - end);
  }

  @Override
  public void sqrt(float[] x, int xo, float[] y, int yo, int n) {
    int end = whole(n);
    for (int i = 0; i < end; i += LANES) {
      FloatVector.fromArray(FLOATS, x, xo + i).sqrt().intoArray(y, yo + i);
    }
    super.sqrt(x, xo + end, y, yo + end, n - end);
  }

  @Override
  public void sin(float[] x, int xo, float[] y, int yo, int n) {
    int end = whole(n);
    for (int i = 0; i < end; i += LANES) {
      FloatVector v = FloatVector.fromArray(FLOATS, x, xo + i);
      if (VectorMath.isCircular(v)) {
        VectorMath.sin(v).intoArray(y, yo + i);
      } else {
        super.sin(x, xo + i, y, yo + i, LANES);
      }
    }
    super.sin(x, xo + end, y, yo + end, n - end);
  }

  @Override
  public void cos(float[] x, int xo, float[] y, int yo, int n) {
    int end = whole(n);
    for (int i = 0; i < end; i += LANES) {
      FloatVector v = FloatVector.fromArray(FLOATS, x, xo + i);
      if (VectorMath.isCircular(v)) {
        VectorMath.cos(v).intoArray(y, yo + i);
      } else {
        super.cos(x, xo + i, y, yo + i, LANES);
      }
    }
    super.cos(x, xo + end, y, yo + end, n - end);
  }

  @Override
  public void wherePositive(float[] g, int go, float[] x, int xo, float[] y, int yo, int n) {
    int end = whole(n);
    for (int i = 0; i < end; i += LANES) {
      FloatVector v = FloatVector.fromArray(FLOATS, x, xo + i);
      FloatVector head = FloatVector.fromArray(FLOATS, g, go + i);
      FloatVector.zero(FLOATS).blend(head, v.compare(VectorOperators.GT, 0)).intoArray(y, yo + i);
    }
    super.wherePositive(g, go + end, x, xo + end, y, yo + end, n - end);
  }
}
