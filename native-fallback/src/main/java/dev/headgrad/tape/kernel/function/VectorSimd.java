package dev.headgrad.tape.kernel.function;

import static dev.headgrad.tape.kernel.function.VectorMath.FLOATS;

import dev.headgrad.tape.kernel.VectorApi;

/** The kernels on the Vector API; what is not here is no faster with it. */
final class VectorSimd extends PlainSimd {

  /** Elements that vectors compute: none of a few, however short the vectors are. */
  private static int whole(int n) {
    return n < VectorApi.FEW ? 0 : FLOATS.loopBound(n);
  }

  @Override
  public void exp(float[] x, int xo, float[] y, int yo, int n) {
    int end = whole(n);
    if (end > 0) {
      VectorFunctions.exp(x, xo, y, yo, end);
    }
    super.exp(x, xo + end, y, yo + end, n - end);
  }

  @Override
  public void expm1(float[] x, int xo, float[] y, int yo, int n) {
    int end = whole(n);
    if (end > 0) {
      VectorFunctions.expm1(x, xo, y, yo, end);
    }
    super.expm1(x, xo + end, y, yo + end, n - end);
  }

  @Override
  public void log(float[] x, int xo, float[] y, int yo, int n) {
    int end = whole(n);
    if (end > 0) {
      VectorFunctions.log(x, xo, y, yo, end);
    }
    super.log(x, xo + end, y, yo + end, n - end);
  }

  @Override
  public void log2(float[] x, int xo, float[] y, int yo, int n) {
    int end = whole(n);
    if (end > 0) {
      VectorFunctions.log2(x, xo, y, yo, end);
    }
    super.log2(x, xo + end, y, yo + end, n - end);
  }

  @Override
  public void log10(float[] x, int xo, float[] y, int yo, int n) {
    int end = whole(n);
    if (end > 0) {
      VectorFunctions.log10(x, xo, y, yo, end);
    }
    super.log10(x, xo + end, y, yo + end, n - end);
  }

  @Override
  public void log1p(float[] x, int xo, float[] y, int yo, int n) {
    int end = whole(n);
    if (end > 0) {
      VectorFunctions.log1p(x, xo, y, yo, end);
    }
    super.log1p(x, xo + end, y, yo + end, n - end);
  }

  @Override
  public void tanh(float[] x, int xo, float[] y, int yo, int n) {
    int end = whole(n);
    if (end > 0) {
      VectorFunctions.tanh(x, xo, y, yo, end);
    }
    super.tanh(x, xo + end, y, yo + end, n - end);
  }

  @Override
  public void sigmoid(float[] x, int xo, float[] y, int yo, int n) {
    int end = whole(n);
    if (end > 0) {
      VectorFunctions.sigmoid(x, xo, y, yo, end);
    }
    super.sigmoid(x, xo + end, y, yo + end, n - end);
  }

  @Override
  public void softplus(float[] x, int xo, float[] y, int yo, int n) {
    int end = whole(n);
    if (end > 0) {
      VectorFunctions.softplus(x, xo, y, yo, end);
    }
    super.softplus(x, xo + end, y, yo + end, n - end);
  }

  @Override
  public void erf(float[] x, int xo, float[] y, int yo, int n) {
    int end = whole(n);
    if (end > 0) {
      VectorFunctions.erf(x, xo, y, yo, end);
    }
    super.erf(x, xo + end, y, yo + end, n - end);
  }

  @Override
  public void gelu(float[] x, int xo, float[] y, int yo, int n) {
    int end = whole(n);
    if (end > 0) {
      VectorFunctions.gelu(x, xo, y, yo, end);
    }
    super.gelu(x, xo + end, y, yo + end, n - end);
  }

  @Override
  public void sqrt(float[] x, int xo, float[] y, int yo, int n) {
    int end = whole(n);
    if (end > 0) {
      VectorFunctions.sqrt(x, xo, y, yo, end);
    }
    super.sqrt(x, xo + end, y, yo + end, n - end);
  }

  @Override
  public void sin(float[] x, int xo, float[] y, int yo, int n) {
    int end = whole(n);
    if (end > 0) {
      VectorFunctions.sin(x, xo, y, yo, end);
    }
    super.sin(x, xo + end, y, yo + end, n - end);
  }

  @Override
  public void cos(float[] x, int xo, float[] y, int yo, int n) {
    int end = whole(n);
    if (end > 0) {
      VectorFunctions.cos(x, xo, y, yo, end);
    }
    super.cos(x, xo + end, y, yo + end, n - end);
  }

  @Override
  public void wherePositive(float[] g, int go, float[] x, int xo, float[] y, int yo, int n) {
    int end = whole(n);
    if (end > 0) {
      VectorFunctions.wherePositive(g, go, x, xo, y, yo, end);
    }
    super.wherePositive(g, go + end, x, xo + end, y, yo + end, n - end);
  }
}
