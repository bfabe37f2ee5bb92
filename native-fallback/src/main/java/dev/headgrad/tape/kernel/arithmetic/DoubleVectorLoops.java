package dev.headgrad.tape.kernel.arithmetic;

import dev.headgrad.tape.kernel.CompiledAlone;
import dev.headgrad.tape.kernel.Species;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link BinaryLoops} of doubles on the Vector API, as far as whole vectors go: each method returns
 * how many elements it has computed.
 *
 * <p>The compiler vectorizes a plain loop over several arrays only where all are indexed alike:
 * else it cannot rule out that a write changes what is read later.
 */
final class DoubleVectorLoops extends CompiledAlone {

  private static final VectorSpecies<Double> DOUBLES = Species.DOUBLES;
  private static final int LANES = DOUBLES.length();

  /** a + b. */
  static int add(
      double[] a, int ao, int as, double[] b, int bo, int bs, double[] y, int yo, int n) {
    int end = DOUBLES.loopBound(n);
    if (bs == 0) {
      addOne(a, ao, b[bo], y, yo, end);
    } else if (as == 0) {
      addOne(b, bo, a[ao], y, yo, end);
    } else {
      for (int i = 0; i < end; i += LANES) {
        DoubleVector v = DoubleVector.fromArray(DOUBLES, b, bo + i);
        DoubleVector.fromArray(DOUBLES, a, ao + i).add(v).intoArray(y, yo + i);
      }
    }
    return end;
  }

  /** a - b. */
  static int sub(
      double[] a, int ao, int as, double[] b, int bo, int bs, double[] y, int yo, int n) {
    int end = DOUBLES.loopBound(n);
    if (bs == 0) {
      addOne(a, ao, -b[bo], y, yo, end);
    } else if (as == 0) {
      oneSub(a[ao], b, bo, y, yo, end);
    } else {
      for (int i = 0; i < end; i += LANES) {
        DoubleVector v = DoubleVector.fromArray(DOUBLES, b, bo + i);
        DoubleVector.fromArray(DOUBLES, a, ao + i).sub(v).intoArray(y, yo + i);
      }
    }
    return end;
  }

  /** a * b. */
  static int mul(
      double[] a, int ao, int as, double[] b, int bo, int bs, double[] y, int yo, int n) {
    int end = DOUBLES.loopBound(n);
    if (bs == 0) {
      mulOne(a, ao, b[bo], y, yo, end);
    } else if (as == 0) {
      mulOne(b, bo, a[ao], y, yo, end);
    } else {
      for (int i = 0; i < end; i += LANES) {
        DoubleVector v = DoubleVector.fromArray(DOUBLES, b, bo + i);
        DoubleVector.fromArray(DOUBLES, a, ao + i).mul(v).intoArray(y, yo + i);
      }
    }
    return end;
  }

  /** a / b. */
  static int div(
      double[] a, int ao, int as, double[] b, int bo, int bs, double[] y, int yo, int n) {
    int end = DOUBLES.loopBound(n);
    if (bs == 0) {
      divOne(a, ao, b[bo], y, yo, end);
    } else if (as == 0) {
      oneDiv(a[ao], b, bo, y, yo, end);
    } else {
      for (int i = 0; i < end; i += LANES) {
        DoubleVector v = DoubleVector.fromArray(DOUBLES, b, bo + i);
        DoubleVector.fromArray(DOUBLES, a, ao + i).div(v).intoArray(y, yo + i);
      }
    }
    return end;
  }

  /** the larger of a and b. */
  static int max(
      double[] a, int ao, int as, double[] b, int bo, int bs, double[] y, int yo, int n) {
    int end = DOUBLES.loopBound(n);
    if (bs == 0) {
      maxOne(a, ao, b[bo], y, yo, end);
    } else if (as == 0) {
      maxOne(b, bo, a[ao], y, yo, end);
    } else {
      for (int i = 0; i < end; i += LANES) {
        DoubleVector v = DoubleVector.fromArray(DOUBLES, b, bo + i);
        DoubleVector.fromArray(DOUBLES, a, ao + i).max(v).intoArray(y, yo + i);
      }
    }
    return end;
  }

  /** the smaller of a and b. */
  static int min(
      double[] a, int ao, int as, double[] b, int bo, int bs, double[] y, int yo, int n) {
    int end = DOUBLES.loopBound(n);
    if (bs == 0) {
      minOne(a, ao, b[bo], y, yo, end);
    } else if (as == 0) {
      minOne(b, bo, a[ao], y, yo, end);
    } else {
      for (int i = 0; i < end; i += LANES) {
        DoubleVector v = DoubleVector.fromArray(DOUBLES, b, bo + i);
        DoubleVector.fromArray(DOUBLES, a, ao + i).min(v).intoArray(y, yo + i);
      }
    }
    return end;
  }

  private static void addOne(double[] a, int ao, double b, double[] y, int yo, int end) {
    for (int i = 0; i < end; i += LANES) {
      DoubleVector.fromArray(DOUBLES, a, ao + i).add(b).intoArray(y, yo + i);
    }
  }

  private static void mulOne(double[] a, int ao, double b, double[] y, int yo, int end) {
    for (int i = 0; i < end; i += LANES) {
      DoubleVector.fromArray(DOUBLES, a, ao + i).mul(b).intoArray(y, yo + i);
    }
  }

  private static void divOne(double[] a, int ao, double b, double[] y, int yo, int end) {
    for (int i = 0; i < end; i += LANES) {
      DoubleVector.fromArray(DOUBLES, a, ao + i).div(b).intoArray(y, yo + i);
    }
  }

  private static void maxOne(double[] a, int ao, double b, double[] y, int yo, int end) {
    for (int i = 0; i < end; i += LANES) {
      DoubleVector.fromArray(DOUBLES, a, ao + i).max(b).intoArray(y, yo + i);
    }
  }

  private static void minOne(double[] a, int ao, double b, double[] y, int yo, int end) {
    for (int i = 0; i < end; i += LANES) {
      DoubleVector.fromArray(DOUBLES, a, ao + i).min(b).intoArray(y, yo + i);
    }
  }

  private static void oneSub(double a, double[] b, int bo, double[] y, int yo, int end) {
    for (int i = 0; i < end; i += LANES) {
      DoubleVector v = DoubleVector.fromArray(DOUBLES, b, bo + i);
      DoubleVector.broadcast(DOUBLES, a).sub(v).intoArray(y, yo + i);
    }
  }

  private static void oneDiv(double a, double[] b, int bo, double[] y, int yo, int end) {
    for (int i = 0; i < end; i += LANES) {
      DoubleVector v = DoubleVector.fromArray(DOUBLES, b, bo + i);
      DoubleVector.broadcast(DOUBLES, a).div(v).intoArray(y, yo + i);
    }
  }
}
