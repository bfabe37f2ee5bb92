package dev.headgrad.tape.kernel.recurrent;

import dev.headgrad.tape.kernel.VectorApi;
import dev.headgrad.tape.kernel.arithmetic.BinaryLoops;

/**
 * Long short-term memory, with the gates in, forget, new, out: {@code cell = forget cell + in new;
 * h = out tanh(cell)}. The memory is the cell state.
 */
public final class LstmRecurrence extends Recurrence {

  private static final boolean VECTOR_API = VectorApi.IS_USED;

  /**
   * A layer.
   *
   * @param y receives the state of every step (steps, batch, width)
   * @param gates receives the gates (steps, batch, 4 * width)
   * @param cells receives the cell states (steps, batch, width)
   */
  public LstmRecurrence(Sizes sizes, Operands in, float[] y, float[] gates, float[] cells) {
    super(sizes, in, 4, y, gates, cells);
  }

  @Override
  void forward(int row, float[] state, int so, float[] h, float[] cells, int before) {
    int width = sizes.width();
    int input = row * rows;
    int forget = input + width;
    int fresh = forget + width;
    int out = fresh + width;
    int at = row * width;
    SIMD.sigmoid(gates, input, gates, input, 2 * width);
    SIMD.tanh(gates, fresh, gates, fresh, width);
    SIMD.sigmoid(gates, out, gates, out, width);
    int k = VECTOR_API ? LstmVectorLoops.cells(width, gates, input, cells, before, memory, at) : 0;
    for (; k < width; k++) {
      memory[at + k] = gates[forget + k] * cells[before + k] + gates[input + k] * gates[fresh + k];
    }
    SIMD.tanh(memory, at, y, at, width);
    BinaryLoops.mul(y, at, 1, gates, out, 1, y, at, width);
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
    int input = row * rows;
    int forget = input + width;
    int fresh = forget + width;
    int out = fresh + width;
    int state = row * width;
    int k = 0;
    if (VECTOR_API) {
      k = LstmVectorLoops.gradients(width, gates, input, y, state, cells, before, dh, dc, at, dg);
    }
    for (; k < width; k++) {
      float i = gates[input + k];
      float f = gates[forget + k];
      float n = gates[fresh + k];
      float o = gates[out + k];
      float t = o == 0 ? 0 : y[state + k] / o; // the tanh, which need not be computed anew
      float g = dh[at + k];
      float d = dc[at + k] + g * o * (1 - t * t);
      dg[input + k] = d * n * i * (1 - i);
      dg[forget + k] = d * cells[before + k] * f * (1 - f);
      dg[fresh + k] = d * i * (1 - n * n);
      dg[out + k] = g * t * o * (1 - o);
      dc[at + k] = d * f;
      dh[at + k] = 0;
    }
  }
}
