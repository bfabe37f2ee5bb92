package dev.headgrad.tape.kernel.arithmetic;

import dev.headgrad.tape.kernel.CompiledAlone;
import dev.headgrad.tape.kernel.Species;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link BinaryLoops} of floats on the Vector API, as far as whole vectors go: each method returns
 * how many elements it has computed.
 *
 * <p>The compiler vectorizes a plain loop over several arrays only where all are indexed alike:
 * else it cannot rule out that a write changes what is read later.
 */
final class FloatVectorLoops extends CompiledAlone {

  private static final VectorSpecies<Float> FLOATS = Species.FLOATS;
  private static final int LANES = FLOATS.length();

  /** a + b. */
  static int add(float[] a, int ao, int as, float[] b, int bo, int bs, float[] y, int yo, int n) {
    int end = FLOATS.loopBound(n);
    if (bs == 0) {
      addOne(a, ao, b[bo], y, yo, end);
    } else if (as == 0) {
      addOne(b, bo, a[ao], y, yo, end);
    } else {
      for (int i = 0; i < end; i += LANES) {
        FloatVector v = FloatVector.fromArray(FLOATS, b, bo + i);
        FloatVector.fromArray(FLOATS, a, ao + i).add(v).intoArray(y, yo + i);
      }
    }
    return end;
  }

  /** a - b. */
  static int sub(float[] a, int ao, int as, float[] b, int bo, int bs, float[] y, int yo, int n) {
    int end = FLOATS.loopBound(n);
    if (bs == 0) {
      addOne(a, ao, -b[bo], y, yo, end);
    } else if (as == 0) {
      oneSub(a[ao], b, bo, y, yo, end);
    } else {
      for (int i = 0; i < end; i += LANES) {
        FloatVector v = FloatVector.fromArray(FLOATS, b, bo + i);
        FloatVector.fromArray(FLOATS, a, ao + i).sub(v).intoArray(y, yo + i);
      }
    }
    return end;
  }

  /** a * b. */
  static int mul(float[] a, int ao, int as, float[] b, int bo, int bs, float[] y, int yo, int n) {
    int end = FLOATS.loopBound(n);
    if (bs == 0) {
      mulOne(a, ao, b[bo], y, yo, end);
    } else if (as == 0) {
      mulOne(b, bo, a[ao], y, yo, end);
    } else {
      for (int i = 0; i < end; i += LANES) {
        FloatVector v = FloatVector.fromArray(FLOATS, b, bo + i);
        FloatVector.fromArray(FLOATS, a, ao + i).mul(v).intoArray(y, yo + i);
      }
    }
    return end;
  }

  /** a / b. */
  static int div(float[] a, int ao, int as, float[] b, int bo, int bs, float[] y, int yo, int n) {
    int end = FLOATS.loopBound(n);
    if (bs == 0) {
      divOne(a, ao, b[bo], y, yo, end);
    } else if (as == 0) {
      oneDiv(a[ao], b, bo, y, yo, end);
    } else {
      for (int i = 0; i < end; i += LANES) {
        FloatVector v = FloatVector.fromArray(FLOATS, b, bo + i);
        FloatVector.fromArray(FLOATS, a, ao + i).div(v).intoArray(y, yo + i);
      }
    }
    return end;
  }

  /** the larger of a and b. */
  static int max(float[] a, int ao, int as, float[] b, int bo, int bs, float[] y, int yo, int n) {
    int end = FLOATS.loopBound(n);
    if (bs == 0) {
      maxOne(a, ao, b[bo], y, yo, end);
    } else if (as == 0) {
      maxOne(b, bo, a[ao], y, yo, end);
    } else {
      for (int i = 0; i < end; i += LANES) {
        FloatVector v = FloatVector.fromArray(FLOATS, b, bo + i);
        FloatVector.fromArray(FLOATS, a, ao + i).max(v).intoArray(y, yo + i);
      }
    }
    return end;
  }

  /** the smaller of a and b. */
  static int min(float[] a, int ao, int as, float[] b, int bo, int bs, float[] y, int yo, int n) {
    int end = FLOATS.loopBound(n);
    if (bs == 0) {
      minOne(a, ao, b[bo], y, yo, end);
    } else if (as == 0) {
      minOne(b, bo, a[ao], y, yo, end);
    } else {
      for (int i = 0; i < end; i += LANES) {
        FloatVector v = FloatVector.fromArray(FLOATS, b, bo + i);
        FloatVector.fromArray(FLOATS, a, ao + i).min(v).intoArray(y, yo + i);
      }
    }
    return end;
  }

  private static void addOne(float[] a, int ao, float b, float[] y, int yo, int end) {
    for (int i = 0; i < end; i += LANES) {
      FloatVector.fromArray(FLOATS, a, ao + i).add(b).intoArray(y, yo + i);
    }
  }

  private static void mulOne(float[] a, int ao, float b, float[] y, int yo, int end) {
    for (int i = 0; i < end; i += LANES) {
      FloatVector.fromArray(FLOATS, a, ao + i).mul(b).intoArray(y, yo + i);
    }
  }

  private static void divOne(float[] a, int ao, float b, float[] y, int yo, int end) {
    for (int i = 0; i < end; i += LANES) {
      FloatVector.fromArray(FLOATS, a, ao + i).div(b).intoArray(y, yo + i);
    }
  }

  private static void maxOne(float[] a, int ao, float b, float[] y, int yo, int end) {
    for (int i = 0; i < end; i += LANES) {
      FloatVector.fromArray(FLOATS, a, ao + i).max(b).intoArray(y, yo + i);
    }
  }

  private static void minOne(float[] a, int ao, float b, float[] y, int yo, int end) {
    for (int i = 0; i < end; i += LANES) {
      FloatVector.fromArray(FLOATS, a, ao + i).min(b).intoArray(y, yo + i);
    }
  }

  private static void oneSub(float a, float[] b, int bo, float[] y, int yo, int end) {
    for (int i = 0; i < end; i += LANES) {
      FloatVector v = FloatVector.fromArray(FLOATS, b, bo + i);
      FloatVector.broadcast(FLOATS, a).sub(v).intoArray(y, yo + i);
    }
  }

  private static void oneDiv(float a, float[] b, int bo, float[] y, int yo, int end) {
    for (int i = 0; i < end; i += LANES) {
      FloatVector v = FloatVector.fromArray(FLOATS, b, bo + i);
      FloatVector.broadcast(FLOATS, a).div(v).intoArray(y, yo + i);
    }
  }
}
