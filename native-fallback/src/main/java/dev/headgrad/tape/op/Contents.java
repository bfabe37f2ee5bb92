package dev.headgrad.tape.op;

import dev.headgrad.tape.core.DenseArray;
import dev.headgrad.tape.core.Elements;
import java.util.Arrays;

/** Whether arrays have the same contents. */
public final class Contents {

  private Contents() {}

  /** Whether two arrays have the same shape, dtype and elements; NaN equals NaN here. */
  public static boolean same(DenseArray a, DenseArray b) {
    if (a.type() != b.type() || !Arrays.equals(a.dims(), b.dims())) {
      return false;
    }
    DenseArray x = Elements.copy(a);
    DenseArray y = Elements.copy(b);
    boolean same;
    if (x.data() instanceof float[]) {
      same = Arrays.equals(positiveZeros(x.floats()), positiveZeros(y.floats()));
    } else if (x.data() instanceof double[]) {
      same = Arrays.equals(positiveZeros(x.doubles()), positiveZeros(y.doubles()));
    } else {
      same = Arrays.deepEquals(new Object[] {x.data()}, new Object[] {y.data()});
    }
    x.release();
    y.release();
    return same;
  }

  private static float[] positiveZeros(float[] x) {
    for (int i = 0; i < x.length; i++) {
      x[i] += 0f; // -0 + 0 is 0
    }
    return x;
  }

  private static double[] positiveZeros(double[] x) {
    for (int i = 0; i < x.length; i++) {
      x[i] += 0.0;
    }
    return x;
  }

  /** Whether all elements are equal to a number. */
  public static boolean all(DenseArray a, Number number) {
    DenseArray x = Elements.contiguous(a);
    for (int i = 0; i < x.size(); i++) {
      boolean equal =
          Elements.isIntegral(x.type()) && number.doubleValue() == number.longValue()
              ? Elements.getLong(x.data(), x.type(), x.offset() + i) == number.longValue()
              : Elements.getDouble(x.data(), x.type(), x.offset() + i) == number.doubleValue();
      if (!equal) {
        return false;
      }
    }
    return true;
  }
}
