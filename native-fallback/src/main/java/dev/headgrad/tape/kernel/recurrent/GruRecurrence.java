package dev.headgrad.tape.kernel.recurrent;

/**
 * Gated recurrent unit, with the gates reset, update, new; reset is applied after the product with
 * U: {@code new = tanh(W x + b + reset (U h + c)); h = (1 - update) new + update h}. The memory is
 * {@code U h + c} of the new gate.
 */
public final class GruRecurrence extends Recurrence {

  /**
   * A layer.
   *
   * @param y receives the state of every step (steps, batch, width)
   * @param gates receives the gates (steps, batch, 3 * width)
   * @param products receives the memory (steps, batch, width)
   */
  public GruRecurrence(Sizes sizes, Operands in, float[] y, float[] gates, float[] products) {
    super(sizes, in, 3, y, gates, products);
  }

  @Override
  boolean separate() {
    return true;
  }

  @Override
  void forward(int row, float[] state, int so, float[] h, float[] cells, int before) {
    int width = sizes.width();
    int reset = row * rows;
    int update = reset + width;
    int fresh = update + width;
    int at = row * width;
    for (int k = 0; k < 2 * width; k++) {
      gates[reset + k] += state[so + k];
    }
    SIMD.sigmoid(gates, reset, gates, reset, 2 * width);
    System.arraycopy(state, so + 2 * width, memory, at, width);
    for (int k = 0; k < width; k++) {
      gates[fresh + k] += gates[reset + k] * memory[at + k];
    }
    SIMD.tanh(gates, fresh, gates, fresh, width);
    for (int k = 0; k < width; k++) {
      float n = gates[fresh + k];
      y[at + k] = n + gates[update + k] * (h[before + k] - n);
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
    int width = sizes.width();
    int reset = row * rows;
    int update = reset + width;
    int fresh = update + width;
    int product = row * width;
    for (int k = 0; k < width; k++) {
      float r = gates[reset + k];
      float z = gates[update + k];
      float n = gates[fresh + k];
      float g = dh[at + k];
      float dn = g * (1 - z) * (1 - n * n);
      float dr = dn * memory[product + k] * r * (1 - r);
      float dz = g * (h[before + k] - n) * z * (1 - z);
      dg[reset + k] = dr;
      dg[update + k] = dz;
      dg[fresh + k] = dn;
      ds[reset + k] = dr;
      ds[update + k] = dz;
      ds[fresh + k] = dn * r;
      dh[at + k] = g * z;
    }
  }
}
