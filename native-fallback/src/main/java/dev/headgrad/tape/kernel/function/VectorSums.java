package dev.headgrad.tape.kernel.function;

import static dev.headgrad.tape.kernel.function.VectorMath.FLOATS;

import dev.headgrad.tape.kernel.CompiledAlone;
import dev.headgrad.tape.kernel.Species;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The loops of {@link VectorFolds}, over any number n of elements, or over whole vectors, as many
 * as there are before {@code end}, and one at least.
 */
final class VectorSums extends CompiledAlone {

  private static final VectorSpecies<Double> DOUBLES = Species.DOUBLES;

  private static final int LANES = FLOATS.length();

  private static final int DOUBLE_LANES = DOUBLES.length();

  /** So many elements of a lane are added in turn; the sums of such runs are added as doubles. */
  private static final int STEPS = 32;

  /** &Sigma; e<sup>x - max</sup> of whole vectors. */
  static double sumExp(float[] x, int xo, int end, float max) {
    double sum = 0;
    for (int i = 0; i < end; ) {
      FloatVector s = FloatVector.zero(FLOATS);
      for (int stop = Math.min(end, i + STEPS * LANES); i < stop; i += LANES) {
        s = s.add(VectorMath.expBelow(FloatVector.fromArray(FLOATS, x, xo + i).sub(max)));
      }
      sum += s.reduceLanes(VectorOperators.ADD);
    }
    return sum;
  }

  /** y = e<sup>x - max</sup>, and its sum. */
  static double expAndSum(float[] x, int xo, float[] y, int yo, int n, float max) {
    int end = FLOATS.loopBound(n);
    double sum = 0;
    for (int i = 0; i < end; ) {
      FloatVector s = FloatVector.zero(FLOATS);
      for (int stop = Math.min(end, i + STEPS * LANES); i < stop; i += LANES) {
        FloatVector e = VectorMath.expBelow(FloatVector.fromArray(FLOATS, x, xo + i).sub(max));
        e.intoArray(y, yo + i);
        s = s.add(e);
      }
      sum += s.reduceLanes(VectorOperators.ADD);
    }
    for (int i = end; i < n; i++) {
      float e = FloatMath.expBelow(x[xo + i] - max);
      y[yo + i] = e;
      sum += e;
    }
    return sum;
  }

  /** y = scale y. */
  static void scale(float[] y, int yo, int n, float scale) {
    int end = FLOATS.loopBound(n);
    for (int i = 0; i < end; i += LANES) {
      FloatVector.fromArray(FLOATS, y, yo + i).mul(scale).intoArray(y, yo + i);
    }
    for (int i = end; i < n; i++) {
      y[yo + i] *= scale;
    }
  }

  /** y = x - max - shift. */
  static void shift(float[] x, int xo, float[] y, int yo, int n, float max, float shift) {
    int end = FLOATS.loopBound(n);
    for (int i = 0; i < end; i += LANES) {
      FloatVector.fromArray(FLOATS, x, xo + i).sub(max).sub(shift).intoArray(y, yo + i);
    }
    for (int i = end; i < n; i++) {
      y[yo + i] = x[xo + i] - max - shift;
    }
  }

  static float sum(float[] x, int xo, int n) {
    double sum = 0;
    int i = 0;
    for (int end = n - n % (4 * LANES); i < end; ) {
      FloatVector s0 = FloatVector.zero(FLOATS);
      FloatVector s1 = s0;
      FloatVector s2 = s0;
      FloatVector s3 = s0;
      for (int stop = Math.min(end, i + 4 * STEPS * LANES); i < stop; i += 4 * LANES) {
        s0 = s0.add(FloatVector.fromArray(FLOATS, x, xo + i));
        s1 = s1.add(FloatVector.fromArray(FLOATS, x, xo + i + LANES));
        s2 = s2.add(FloatVector.fromArray(FLOATS, x, xo + i + 2 * LANES));
        s3 = s3.add(FloatVector.fromArray(FLOATS, x, xo + i + 3 * LANES));
      }
      sum += s0.add(s1).add(s2.add(s3)).reduceLanes(VectorOperators.ADD);
    }
    FloatVector s = FloatVector.zero(FLOATS);
    for (int end = i + FLOATS.loopBound(n - i); i < end; i += LANES) {
      s = s.add(FloatVector.fromArray(FLOATS, x, xo + i));
    }
    sum += s.reduceLanes(VectorOperators.ADD);
    for (; i < n; i++) {
      sum += x[xo + i];
    }
    return (float) sum;
  }

  static float dot(float[] x, int xo, float[] y, int yo, int n) {
    double sum = 0;
    int i = 0;
    for (int end = n - n % (2 * LANES); i < end; ) {
      FloatVector s0 = FloatVector.zero(FLOATS);
      FloatVector s1 = s0;
      for (int stop = Math.min(end, i + 2 * STEPS * LANES); i < stop; i += 2 * LANES) {
        s0 =
            FloatVector.fromArray(FLOATS, x, xo + i)
                .fma(FloatVector.fromArray(FLOATS, y, yo + i), s0);
        FloatVector v = FloatVector.fromArray(FLOATS, y, yo + i + LANES);
        s1 = FloatVector.fromArray(FLOATS, x, xo + i + LANES).fma(v, s1);
      }
      sum += s0.add(s1).reduceLanes(VectorOperators.ADD);
    }
    FloatVector s = FloatVector.zero(FLOATS);
    for (int end = i + FLOATS.loopBound(n - i); i < end; i += LANES) {
      s = FloatVector.fromArray(FLOATS, x, xo + i).fma(FloatVector.fromArray(FLOATS, y, yo + i), s);
    }
    sum += s.reduceLanes(VectorOperators.ADD);
    for (; i < n; i++) {
      sum += (double) x[xo + i] * y[yo + i];
    }
    return (float) sum;
  }

  /** The largest element of whole vectors, of one at least. */
  static float max(float[] x, int xo, int end) {
    FloatVector m0 = FloatVector.fromArray(FLOATS, x, xo);
    FloatVector m1 = m0;
    int i = LANES;
    for (; i + 2 * LANES <= end; i += 2 * LANES) {
      m0 = m0.max(FloatVector.fromArray(FLOATS, x, xo + i));
      m1 = m1.max(FloatVector.fromArray(FLOATS, x, xo + i + LANES));
    }
    if (i < end) {
      m0 = m0.max(FloatVector.fromArray(FLOATS, x, xo + i));
    }
    return m0.max(m1).reduceLanes(VectorOperators.MAX);
  }

  /** The least element of whole vectors, of one at least. */
  static float min(float[] x, int xo, int end) {
    FloatVector m0 = FloatVector.fromArray(FLOATS, x, xo);
    FloatVector m1 = m0;
    int i = LANES;
    for (; i + 2 * LANES <= end; i += 2 * LANES) {
      m0 = m0.min(FloatVector.fromArray(FLOATS, x, xo + i));
      m1 = m1.min(FloatVector.fromArray(FLOATS, x, xo + i + LANES));
    }
    if (i < end) {
      m0 = m0.min(FloatVector.fromArray(FLOATS, x, xo + i));
    }
    return m0.min(m1).reduceLanes(VectorOperators.MIN);
  }

  /** Adds rows of whole vectors to y. */
  static void addFewRows(float[] x, int xo, int rows, int end, int rowStride, float[] y, int yo) {
    int r = 0;
    for (; r + 8 <= rows; r += 8) {
      int x0 = xo + r * rowStride;
      int x1 = x0 + rowStride;
      int x2 = x1 + rowStride;
      int x3 = x2 + rowStride;
      int x4 = x3 + rowStride;
      int x5 = x4 + rowStride;
      int x6 = x5 + rowStride;
      int x7 = x6 + rowStride;
      for (int c = 0; c < end; c += LANES) {
        FloatVector s0 = FloatVector.fromArray(FLOATS, x, x0 + c);
        s0 = s0.add(FloatVector.fromArray(FLOATS, x, x1 + c));
        FloatVector s1 = FloatVector.fromArray(FLOATS, x, x2 + c);
        s1 = s1.add(FloatVector.fromArray(FLOATS, x, x3 + c));
        FloatVector s2 = FloatVector.fromArray(FLOATS, x, x4 + c);
        s2 = s2.add(FloatVector.fromArray(FLOATS, x, x5 + c));
        FloatVector s3 = FloatVector.fromArray(FLOATS, x, x6 + c);
        s3 = s3.add(FloatVector.fromArray(FLOATS, x, x7 + c));
        FloatVector s = s0.add(s1).add(s2.add(s3));
        FloatVector.fromArray(FLOATS, y, yo + c).add(s).intoArray(y, yo + c);
      }
    }
    for (; r < rows; r++) {
      int x0 = xo + r * rowStride;
      for (int c = 0; c < end; c += LANES) {
        FloatVector s = FloatVector.fromArray(FLOATS, x, x0 + c);
        FloatVector.fromArray(FLOATS, y, yo + c).add(s).intoArray(y, yo + c);
      }
    }
  }

  static double sum(double[] x, int xo, int n) {
    double sum = 0;
    int i = 0;
    for (int end = n - n % (4 * DOUBLE_LANES); i < end; ) {
      DoubleVector s0 = DoubleVector.zero(DOUBLES);
      DoubleVector s1 = s0;
      DoubleVector s2 = s0;
      DoubleVector s3 = s0;
      for (int stop = Math.min(end, i + 4 * STEPS * DOUBLE_LANES);
          i < stop;
          i += 4 * DOUBLE_LANES) {
        s0 = s0.add(DoubleVector.fromArray(DOUBLES, x, xo + i));
        s1 = s1.add(DoubleVector.fromArray(DOUBLES, x, xo + i + DOUBLE_LANES));
        s2 = s2.add(DoubleVector.fromArray(DOUBLES, x, xo + i + 2 * DOUBLE_LANES));
        s3 = s3.add(DoubleVector.fromArray(DOUBLES, x, xo + i + 3 * DOUBLE_LANES));
      }
      sum += s0.add(s1).add(s2.add(s3)).reduceLanes(VectorOperators.ADD);
    }
    DoubleVector s = DoubleVector.zero(DOUBLES);
    for (int end = i + DOUBLES.loopBound(n - i); i < end; i += DOUBLE_LANES) {
      s = s.add(DoubleVector.fromArray(DOUBLES, x, xo + i));
    }
    sum += s.reduceLanes(VectorOperators.ADD);
    for (; i < n; i++) {
      sum += x[xo + i];
    }
    return sum;
  }

  static double dot(double[] x, int xo, double[] y, int yo, int n) {
    double sum = 0;
    int i = 0;
    for (int end = n - n % (2 * DOUBLE_LANES); i < end; ) {
      DoubleVector s0 = DoubleVector.zero(DOUBLES);
      DoubleVector s1 = s0;
      for (int stop = Math.min(end, i + 2 * STEPS * DOUBLE_LANES);
          i < stop;
          i += 2 * DOUBLE_LANES) {
        s0 =
            DoubleVector.fromArray(DOUBLES, x, xo + i)
                .fma(DoubleVector.fromArray(DOUBLES, y, yo + i), s0);
        DoubleVector v = DoubleVector.fromArray(DOUBLES, y, yo + i + DOUBLE_LANES);
        s1 = DoubleVector.fromArray(DOUBLES, x, xo + i + DOUBLE_LANES).fma(v, s1);
      }
      sum += s0.add(s1).reduceLanes(VectorOperators.ADD);
    }
    DoubleVector s = DoubleVector.zero(DOUBLES);
    for (int end = i + DOUBLES.loopBound(n - i); i < end; i += DOUBLE_LANES) {
      s =
          DoubleVector.fromArray(DOUBLES, x, xo + i)
              .fma(DoubleVector.fromArray(DOUBLES, y, yo + i), s);
    }
    sum += s.reduceLanes(VectorOperators.ADD);
    for (; i < n; i++) {
      sum += x[xo + i] * y[yo + i];
    }
    return sum;
  }

  /** The largest element of whole vectors, of one at least. */
  static double max(double[] x, int xo, int end) {
    DoubleVector m0 = DoubleVector.fromArray(DOUBLES, x, xo);
    DoubleVector m1 = m0;
    int i = DOUBLE_LANES;
    for (; i + 2 * DOUBLE_LANES <= end; i += 2 * DOUBLE_LANES) {
      m0 = m0.max(DoubleVector.fromArray(DOUBLES, x, xo + i));
      m1 = m1.max(DoubleVector.fromArray(DOUBLES, x, xo + i + DOUBLE_LANES));
    }
    if (i < end) {
      m0 = m0.max(DoubleVector.fromArray(DOUBLES, x, xo + i));
    }
    return m0.max(m1).reduceLanes(VectorOperators.MAX);
  }

  /** The least element of whole vectors, of one at least. */
  static double min(double[] x, int xo, int end) {
    DoubleVector m0 = DoubleVector.fromArray(DOUBLES, x, xo);
    DoubleVector m1 = m0;
    int i = DOUBLE_LANES;
    for (; i + 2 * DOUBLE_LANES <= end; i += 2 * DOUBLE_LANES) {
      m0 = m0.min(DoubleVector.fromArray(DOUBLES, x, xo + i));
      m1 = m1.min(DoubleVector.fromArray(DOUBLES, x, xo + i + DOUBLE_LANES));
    }
    if (i < end) {
      m0 = m0.min(DoubleVector.fromArray(DOUBLES, x, xo + i));
    }
    return m0.min(m1).reduceLanes(VectorOperators.MIN);
  }

  /** Adds rows of whole vectors to y. */
  static void addFewRows(double[] x, int xo, int rows, int end, int rowStride, double[] y, int yo) {
    int r = 0;
    for (; r + 8 <= rows; r += 8) {
      int x0 = xo + r * rowStride;
      int x1 = x0 + rowStride;
      int x2 = x1 + rowStride;
      int x3 = x2 + rowStride;
      int x4 = x3 + rowStride;
      int x5 = x4 + rowStride;
      int x6 = x5 + rowStride;
      int x7 = x6 + rowStride;
      for (int c = 0; c < end; c += DOUBLE_LANES) {
        DoubleVector s0 = DoubleVector.fromArray(DOUBLES, x, x0 + c);
        s0 = s0.add(DoubleVector.fromArray(DOUBLES, x, x1 + c));
        DoubleVector s1 = DoubleVector.fromArray(DOUBLES, x, x2 + c);
        s1 = s1.add(DoubleVector.fromArray(DOUBLES, x, x3 + c));
        DoubleVector s2 = DoubleVector.fromArray(DOUBLES, x, x4 + c);
        s2 = s2.add(DoubleVector.fromArray(DOUBLES, x, x5 + c));
        DoubleVector s3 = DoubleVector.fromArray(DOUBLES, x, x6 + c);
        s3 = s3.add(DoubleVector.fromArray(DOUBLES, x, x7 + c));
        DoubleVector s = s0.add(s1).add(s2.add(s3));
        DoubleVector.fromArray(DOUBLES, y, yo + c).add(s).intoArray(y, yo + c);
      }
    }
    for (; r < rows; r++) {
      int x0 = xo + r * rowStride;
      for (int c = 0; c < end; c += DOUBLE_LANES) {
        DoubleVector s = DoubleVector.fromArray(DOUBLES, x, x0 + c);
        DoubleVector.fromArray(DOUBLES, y, yo + c).add(s).intoArray(y, yo + c);
      }
    }
  }
}
