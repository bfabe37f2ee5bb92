package dev.headgrad.tape.op;

import static dev.headgrad.tape.op.Arithmetic.add;
import static dev.headgrad.tape.op.Arithmetic.mul;
import static dev.headgrad.tape.op.Arithmetic.sub;

import dev.headgrad.tape.core.DenseArray;
import dev.headgrad.tape.core.Dims;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Recurrent layers over sequences (steps, batch, features). */
public final class Recurrent {

  /**
   * What happens in one step. The gates of an LSTM are in, forget, cell, out; of a GRU reset,
   * update, new.
   */
  public enum Cell {
    /** {@code h = relu(Wx + b + Uh + c)}. */
    RELU(1, 1),
    /** {@code h = tanh(Wx + b + Uh + c)}. */
    TANH(1, 1),
    /** Long short-term memory, with a cell state beside h. */
    LSTM(4, 2),
    /** Gated recurrent unit; reset is applied after the product with U. */
    GRU(3, 1);

    final int gates;
    final int states;

    Cell(int gates, int states) {
      this.gates = gates;
      this.states = states;
    }
  }

  /** The parameters of one layer in one direction. */
  record Parameters(
      DenseArray input,
      DenseArray recurrent,
      @Nullable DenseArray inputBias,
      @Nullable DenseArray recurrentBias) {

    DenseArray[] all() {
      return inputBias == null || recurrentBias == null
          ? new DenseArray[] {input, recurrent}
          : new DenseArray[] {input, recurrent, inputBias, recurrentBias};
    }

    private void check(Cell cell, int features, int width) {
      int rows = cell.gates * width;
      expect("the weights of the inputs", input, rows, features);
      expect("the weights of the state", recurrent, rows, width);
      if (inputBias != null && recurrentBias != null) {
        expect("the bias of the inputs", inputBias, rows);
        expect("the bias of the state", recurrentBias, rows);
      }
    }
  }

  private Recurrent() {}

  /**
   * Runs stacked layers, in one or both directions.
   *
   * @param x (steps, batch, features)
   * @param states h, and for an LSTM the cell state: each (layers * directions, batch, width)
   * @param parameters for each layer: W and U of each direction, then b and c of each direction; W
   *     is (gates * width, features), U (gates * width, width), b and c (gates * width)
   * @param hasBiases whether there are b and c
   * @param dropRate of the dropout between layers; 0 for none
   * @return the last layer's h of every step (steps, batch, directions * width), and the last
   *     states in the shape of the first
   */
  public static DenseArray[] run(
      Cell cell,
      DenseArray x,
      DenseArray[] states,
      DenseArray[] parameters,
      boolean hasBiases,
      int layers,
      double dropRate,
      boolean bidirectional) {
    int directions = bidirectional ? 2 : 1;
    int perLayer = directions * (hasBiases ? 4 : 2);
    if (parameters.length != layers * perLayer) {
      throw new IllegalArgumentException(
          "a recurrent layer needs "
              + layers * perLayer
              + " parameters, but got "
              + parameters.length);
    }
    List<List<DenseArray>> last = new ArrayList<>();
    for (int s = 0; s < cell.states; s++) {
      last.add(new ArrayList<>());
    }
    DenseArray y = x;
    for (int layer = 0; layer < layers; layer++) {
      if (layer > 0 && dropRate > 0) {
        y = Dropout.dropout(y, dropRate);
      }
      DenseArray[] outputs = new DenseArray[directions];
      for (int direction = 0; direction < directions; direction++) {
        int first = layer * perLayer + 2 * direction;
        int biases = first + 2 * directions;
        Parameters p =
            new Parameters(
                parameters[first],
                parameters[first + 1],
                hasBiases ? parameters[biases] : null,
                hasBiases ? parameters[biases + 1] : null);
        DenseArray[] state = new DenseArray[cell.states];
        for (int s = 0; s < cell.states; s++) {
          state[s] = Slicing.select(states[s], 0, layer * directions + direction);
        }
        outputs[direction] = layer(cell, y, state, p, direction == 1);
        for (int s = 0; s < cell.states; s++) {
          last.get(s).add(state[s]);
        }
      }
      y = bidirectional ? Joining.concat(2, outputs) : outputs[0];
    }
    DenseArray[] result = new DenseArray[1 + cell.states];
    result[0] = y;
    for (int s = 0; s < cell.states; s++) {
      result[1 + s] = Joining.stack(0, last.get(s).toArray(new DenseArray[0]));
    }
    return result;
  }

  private static void expect(String what, DenseArray x, int... dims) {
    if (!Arrays.equals(x.dims(), dims)) {
      throw new IllegalArgumentException(
          what + " have the shape " + Dims.text(x.dims()) + ", not " + Dims.text(dims));
    }
  }

  /** One layer in one direction; leaves the last state in the array it got the first in. */
  private static DenseArray layer(
      Cell cell, DenseArray x, DenseArray[] state, Parameters p, boolean reversed) {
    if (x.rank() != 3 || x.dim(0) == 0) {
      throw new IllegalArgumentException(
          "a recurrent layer needs inputs (steps, batch, features), one step at least, but got the"
              + " shape "
              + Dims.text(x.dims()));
    }
    int width = state[0].dim(1);
    for (DenseArray s : state) {
      expect("the states", s, x.dim(1), width);
    }
    p.check(cell, x.dim(2), width);
    return RecurrentLayer.fits(x, state, p)
        ? RecurrentLayer.run(cell, x, state, p, reversed)
        : composed(cell, x, state, p, reversed);
  }

  /** A layer step by step, in recorded operations: for any dtype and any order of derivatives. */
  static DenseArray composed(
      Cell cell, DenseArray x, DenseArray[] state, Parameters p, boolean reversed) {
    int steps = x.dim(0);
    DenseArray inputs = Dense.linear(x, p.input(), p.inputBias());
    DenseArray[] outputs = new DenseArray[steps];
    for (int i = 0; i < steps; i++) {
      int t = reversed ? steps - 1 - i : i;
      DenseArray fromInput = Slicing.select(inputs, 0, t);
      DenseArray fromState = Dense.linear(state[0], p.recurrent(), p.recurrentBias());
      step(cell, fromInput, fromState, state);
      outputs[t] = state[0];
    }
    return Joining.stack(0, outputs);
  }

  private static void step(
      Cell cell, DenseArray fromInput, DenseArray fromState, DenseArray[] state) {
    switch (cell) {
      case RELU:
        state[0] = Activations.relu(add(fromInput, fromState));
        break;
      case TANH:
        state[0] = UnaryMath.tanh(add(fromInput, fromState));
        break;
      case LSTM:
        lstm(add(fromInput, fromState), state);
        break;
      default:
        gru(fromInput, fromState, state);
    }
  }

  private static void lstm(DenseArray gates, DenseArray[] state) {
    int width = state[0].dim(1);
    DenseArray in = Activations.sigmoid(gate(gates, 0, width));
    DenseArray forget = Activations.sigmoid(gate(gates, 1, width));
    DenseArray fresh = UnaryMath.tanh(gate(gates, 2, width));
    DenseArray out = Activations.sigmoid(gate(gates, 3, width));
    state[1] = add(mul(forget, state[1]), mul(in, fresh));
    state[0] = mul(out, UnaryMath.tanh(state[1]));
  }

  private static void gru(DenseArray fromInput, DenseArray fromState, DenseArray[] state) {
    int width = state[0].dim(1);
    DenseArray reset =
        Activations.sigmoid(add(gate(fromInput, 0, width), gate(fromState, 0, width)));
    DenseArray update =
        Activations.sigmoid(add(gate(fromInput, 1, width), gate(fromState, 1, width)));
    DenseArray fresh =
        UnaryMath.tanh(add(gate(fromInput, 2, width), mul(reset, gate(fromState, 2, width))));
    // (1 - update) * fresh + update * h
    state[0] = add(fresh, mul(update, sub(state[0], fresh)));
  }

  private static DenseArray gate(DenseArray gates, int index, int width) {
    return Slicing.range(gates, 1, index * width, (index + 1) * width);
  }
}
