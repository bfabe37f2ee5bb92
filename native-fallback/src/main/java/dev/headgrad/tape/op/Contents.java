package dev.headgrad.tape.op;

import ai.djl.ndarray.types.DataType;
import dev.headgrad.tape.core.DenseArray;
import dev.headgrad.tape.core.Elements;
import java.util.Arrays;

/** Whether arrays have the same contents. */
public final class Contents {

  private Contents() {}

  /** Whether two arrays have the same shape, dtype and elements; NaN equals nothing. */
  public static boolean same(DenseArray a, DenseArray b) {
    if (a.type() != b.type() || !Arrays.equals(a.dims(), b.dims())) {
      return false;
    }
    if (a.type() == DataType.STRING) {
      return Arrays.equals((String[]) Elements.copy(a).data(), (String[]) Elements.copy(b).data());
    }
    DenseArray x = Elements.to(a, Types.domain(a.type()));
    DenseArray y = Elements.to(b, Types.domain(b.type()));
    int parts = a.type() == DataType.COMPLEX64 ? 2 : 1;
    int n = parts * x.size();
    int xo = parts * x.offset();
    int yo = parts * y.offset();
    if (x.data() instanceof float[]) {
      return same((float[]) x.data(), xo, (float[]) y.data(), yo, n);
    }
    if (x.data() instanceof double[]) {
      return same(x.doubles(), xo, y.doubles(), yo, n);
    }
    return Arrays.equals(x.longs(), xo, xo + n, y.longs(), yo, yo + n);
  }

  private static boolean same(float[] x, int xo, float[] y, int yo, int n) {
    for (int i = 0; i < n; i++) {
      if (x[xo + i] != y[yo + i]) {
        return false;
      }
    }
    return true;
  }

  private static boolean same(double[] x, int xo, double[] y, int yo, int n) {
    for (int i = 0; i < n; i++) {
      if (x[xo + i] != y[yo + i]) {
        return false;
      }
    }
    return true;
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
