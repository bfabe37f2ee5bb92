package dev.headgrad.tape.kernel.recurrent;

import java.util.Arrays;

/** {@code h = f(W x + b + U h + c)}, f being tanh or relu. */
public final class SimpleRecurrence extends Recurrence {

  private final boolean relu;

  /**
   * A layer.
   *
   * @param relu whether f is relu; tanh otherwise
   * @param y receives the state of every step (steps, batch, width)
   */
  public SimpleRecurrence(boolean relu, Sizes sizes, Operands in, float[] y) {
    super(sizes, in, 1, y, y, y);
    this.relu = relu;
  }

  @Override
  void forward(int row, float[] state, int so, float[] h, float[] cells, int before) {
    int at = row * rows;
    if (relu) {
      for (int k = at; k < at + rows; k++) {
        y[k] = Math.max(y[k], 0);
      }
    } else {
      SIMD.tanh(y, at, y, at, rows);
    }
  }

  @Override
  void backward(
      int row,
      float[] h,
      float[] cells,
      int before,
      float[] dh,
      float[] dc,
      int at,
      float[] dg,
      float[] ds) {
    int from = row * rows;
    for (int k = 0; k < rows; k++) {
      float value = y[from + k];
      float slope = relu ? (value > 0 ? 1 : 0) : 1 - value * value;
      dg[from + k] = dh[at + k] * slope;
    }
    Arrays.fill(dh, at, at + rows, 0);
  }
}
