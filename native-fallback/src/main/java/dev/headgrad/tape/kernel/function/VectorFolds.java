package dev.headgrad.tape.kernel.function;

import static dev.headgrad.tape.kernel.function.VectorMath.FLOATS;

import dev.headgrad.tape.kernel.Species;
import jdk.incubator.vector.VectorSpecies;

/** {@link Folds} on the Vector API; what is not here is no faster with it. */
final class VectorFolds extends PlainFolds {

  private static final VectorSpecies<Double> DOUBLES = Species.DOUBLES;

  @Override
  public float sumExp(float[] x, int xo, int n, float max) {
    int end = FLOATS.loopBound(n);
    double sum = super.sumExp(x, xo + end, n - end, max);
    return (float) (end == 0 ? sum : sum + VectorSums.sumExp(x, xo, end, max));
  }

  @Override
  public void softmax(float[] x, int xo, float[] y, int yo, int n) {
    double sum = VectorSums.expAndSum(x, xo, y, yo, n, max(x, xo, n));
    VectorSums.scale(y, yo, n, (float) (1 / sum));
  }

  @Override
  public void logSoftmax(float[] x, int xo, float[] y, int yo, int n) {
    float max = max(x, xo, n);
    VectorSums.shift(x, xo, y, yo, n, max, (float) Math.log(sumExp(x, xo, n, max)));
  }

  @Override
  public float sum(float[] x, int xo, int n) {
    return VectorSums.sum(x, xo, n);
  }

  @Override
  public float dot(float[] x, int xo, float[] y, int yo, int n) {
    return VectorSums.dot(x, xo, y, yo, n);
  }

  @Override
  public float max(float[] x, int xo, int n) {
    int end = FLOATS.loopBound(n);
    float rest = super.max(x, xo + end, n - end);
    return end == 0 ? rest : Math.max(rest, VectorSums.max(x, xo, end));
  }

  @Override
  public float min(float[] x, int xo, int n) {
    int end = FLOATS.loopBound(n);
    float rest = super.min(x, xo + end, n - end);
    return end == 0 ? rest : Math.min(rest, VectorSums.min(x, xo, end));
  }

  @Override
  void addFewRows(float[] x, int xo, int rows, int cols, int rowStride, float[] y, int yo) {
    int end = FLOATS.loopBound(cols);
    if (end > 0) {
      VectorSums.addFewRows(x, xo, rows, end, rowStride, y, yo);
    }
    super.addFewRows(x, xo + end, rows, cols - end, rowStride, y, yo + end);
  }

  @Override
  public double sum(double[] x, int xo, int n) {
    return VectorSums.sum(x, xo, n);
  }

  @Override
  public double dot(double[] x, int xo, double[] y, int yo, int n) {
    return VectorSums.dot(x, xo, y, yo, n);
  }

  @Override
  public double max(double[] x, int xo, int n) {
    int end = DOUBLES.loopBound(n);
    double rest = super.max(x, xo + end, n - end);
    return end == 0 ? rest : Math.max(rest, VectorSums.max(x, xo, end));
  }

  @Override
  public double min(double[] x, int xo, int n) {
    int end = DOUBLES.loopBound(n);
    double rest = super.min(x, xo + end, n - end);
    return end == 0 ? rest : Math.min(rest, VectorSums.min(x, xo, end));
  }

  @Override
  void addFewRows(double[] x, int xo, int rows, int cols, int rowStride, double[] y, int yo) {
    int end = DOUBLES.loopBound(cols);
    if (end > 0) {
      VectorSums.addFewRows(x, xo, rows, end, rowStride, y, yo);
    }
    super.addFewRows(x, xo + end, rows, cols - end, rowStride, y, yo + end);
  }
}
