package dev.headgrad.tape.op;

import ai.djl.ndarray.types.DataType;
import dev.headgrad.tape.core.DenseArray;
import dev.headgrad.tape.core.Dims;
import dev.headgrad.tape.core.Elements;
import dev.headgrad.tape.kernel.Workers;
import dev.headgrad.tape.kernel.arithmetic.UpdateRule;
import java.util.Arrays;

/**
 * Runs the optimizers' updates of weights, in place. FLOAT64 weights are computed in FLOAT64, all
 * others in FLOAT32.
 */
public final class Updates {

  /** Elements that are worth a thread of their own. */
  private static final int GRAIN = 1 << 14;

  private Updates() {}

  /**
   * Updates weights.
   *
   * @param rule the optimizer's
   * @param arrays the weights, their gradient of the same shape, and the states of the optimizer
   * @throws IllegalArgumentException if their shapes differ
   */
  public static void update(UpdateRule rule, DenseArray... arrays) {
    for (DenseArray x : arrays) {
      if (!Arrays.equals(x.dims(), arrays[0].dims())) {
        throw new IllegalArgumentException(
            "the weights have the shape "
                + Dims.text(arrays[0].dims())
                + ", but their gradient or a state of the optimizer has "
                + Dims.text(x.dims()));
      }
    }
    boolean wide = arrays[0].type() == DataType.FLOAT64;
    DenseArray[] straight = new DenseArray[arrays.length];
    for (int k = 0; k < arrays.length; k++) {
      straight[k] = straight(arrays[k], wide ? DataType.FLOAT64 : DataType.FLOAT32);
    }
    int n = arrays[0].size();
    if (wide) {
      double[][] x = new double[arrays.length][];
      for (int k = 0; k < x.length; k++) {
        x[k] = straight[k].doubles();
      }
      Workers.parallelFor(n, GRAIN, (from, to) -> rule.run(x, from, to));
    } else {
      float[][] x = new float[arrays.length][];
      for (int k = 0; k < x.length; k++) {
        x[k] = straight[k].floats();
      }
      Workers.parallelFor(n, GRAIN, (from, to) -> rule.run(x, from, to));
    }
    for (int k = 0; k < arrays.length; k++) {
      if (k != 1) { // the gradient was only read
        finish(straight[k], arrays[k]);
      }
    }
  }

  /** The array if its elements have the dtype and lie at index 0, 1, …; otherwise a copy. */
  private static DenseArray straight(DenseArray x, DataType type) {
    if (x.type() != type) {
      return Elements.to(x, type);
    }
    return x.isContiguous() && x.offset() == 0 ? x : Elements.copy(x);
  }

  /** Writes a copy back, if it was one. */
  private static void finish(DenseArray updated, DenseArray target) {
    if (updated != target) {
      Elements.write(updated, target);
      updated.release();
    }
    target.written();
  }
}
