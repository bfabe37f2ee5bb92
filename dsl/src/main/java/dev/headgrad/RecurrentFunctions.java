package dev.headgrad;

import java.util.List;

/** Recurrent layers: part of {@link Nd}. */
public sealed interface RecurrentFunctions permits Nd {

  /**
   * A recurrent network without memory cells: {@code rnn_relu}, {@code rnn_tanh} or {@code gru}.
   *
   * @param data (steps, n, features)
   * @param parameters all weights and biases in one row: for each layer and direction the weights
   *     of the input and of the state, then for each of them the two biases
   * @param state at the start: (layers times directions, n, state size)
   * @param options mode, sizes and directions
   * @return the outputs (steps, n, directions times state size) and the state at the end
   */
  default List<Tensor> rnn(
      Tensor data, Tensor parameters, Tensor state, Options.Recurrent options) {
    return Recurrence.run(data, parameters, state, null, options);
  }

  /**
   * An {@code lstm}: {@link #rnn(Tensor, Tensor, Tensor, Options.Recurrent)} with memory cells.
   *
   * @param stateCell the memory at the start, in the shape of the state
   * @return the outputs, the state and the memory at the end
   */
  default List<Tensor> rnn(
      Tensor data, Tensor parameters, Tensor state, Tensor stateCell, Options.Recurrent options) {
    return Recurrence.run(data, parameters, state, stateCell, options);
  }
}
