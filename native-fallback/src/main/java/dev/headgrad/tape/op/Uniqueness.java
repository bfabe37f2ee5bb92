package dev.headgrad.tape.op;

import ai.djl.ndarray.types.DataType;
import dev.headgrad.tape.core.DenseArray;
import dev.headgrad.tape.core.Dims;
import dev.headgrad.tape.core.Elements;
import dev.headgrad.tape.core.NonDifferentiable;
import java.util.Arrays;

/** The different elements, or slices, of an array. */
public final class Uniqueness {

  private Uniqueness() {}

  // x, of dims (n, slice…), to the places of the first of each kind, where each slice's kind is in
  // the result, and how many there are of each
  private static final class Kinds extends NonDifferentiable {

    Kinds() {
      super("unique");
    }

    @Override
    protected DenseArray[] forward(DenseArray[] inputs) {
      DenseArray x = Elements.contiguous(inputs[0]);
      int n = x.dim(0);
      int width = n == 0 ? 1 : x.size() / n;
      Integer[] order = new Integer[n];
      Arrays.setAll(order, i -> i);
      Arrays.sort(order, (a, b) -> compare(x, a * width, b * width, width));
      long[] firsts = new long[n];
      long[] counts = new long[n];
      long[] inverse = new long[n];
      int kinds = 0;
      for (int i = 0; i < n; i++) {
        if (i == 0 || compare(x, order[i - 1] * width, order[i] * width, width) != 0) {
          firsts[kinds++] = order[i];
        }
        counts[kinds - 1]++;
        inverse[order[i]] = kinds - 1;
      }
      return new DenseArray[] {
        DenseArray.of(Arrays.copyOf(firsts, kinds), DataType.INT64, kinds),
        DenseArray.of(inverse, DataType.INT64, n),
        DenseArray.of(Arrays.copyOf(counts, kinds), DataType.INT64, kinds)
      };
    }

    /** The order of two slices; adding 0 makes -0 the same as 0. */
    private static int compare(DenseArray x, int a, int b, int width) {
      for (int i = 0; i < width; i++) {
        int order =
            Elements.isIntegral(x.type())
                ? Long.compare(
                    Elements.getLong(x.data(), x.type(), x.offset() + a + i),
                    Elements.getLong(x.data(), x.type(), x.offset() + b + i))
                : Double.compare(
                    Elements.getDouble(x.data(), x.type(), x.offset() + a + i) + 0.0,
                    Elements.getDouble(x.data(), x.type(), x.offset() + b + i) + 0.0);
        if (order != 0) {
          return order;
        }
      }
      return 0;
    }
  }

  /**
   * The different elements of an array, in ascending order.
   *
   * @return the elements; for each element of x, of its shape, where it is in the first result,
   *     INT64; and how often each occurs, INT64
   */
  public static DenseArray[] elements(DenseArray x) {
    DenseArray flat = Shapes.reshape(x, x.size());
    DenseArray[] kinds = new Kinds().apply(flat);
    return new DenseArray[] {
      Gathering.take(flat, kinds[0], 0), Shapes.reshape(kinds[1], x.dims()), kinds[2]
    };
  }

  /** The different slices of an array along an axis, likewise. */
  public static DenseArray[] slices(DenseArray x, int axis) {
    int a = Dims.axis(axis, x.rank());
    DenseArray[] kinds = new Kinds().apply(Shapes.swapAxes(x, 0, a));
    return new DenseArray[] {Gathering.take(x, kinds[0], a), kinds[1], kinds[2]};
  }
}
