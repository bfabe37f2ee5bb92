package dev.headgrad;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The steps of recurrent networks. */
final class Recurrence {
  private final Options.Recurrent options;
  private final Tensor parameters;
  private final int gates;
  private int used;

  private Recurrence(Tensor parameters, Options.Recurrent options) {
    this.parameters = parameters;
    this.options = options;
    this.gates =
        switch (options.mode()) {
          case "rnn_relu", "rnn_tanh" -> 1;
          case "gru" -> 3;
          case "lstm" -> 4;
          default ->
              throw new IllegalArgumentException(
                  "there is no mode " + options.mode() + "; rnn_relu, rnn_tanh, lstm and gru are");
        };
  }

  /** The weights and biases of one layer in one direction. */
  private record Weights(Tensor input, Tensor state, Tensor inputBias, Tensor stateBias) {}

  static List<Tensor> run(
      Tensor data,
      Tensor parameters,
      Tensor state,
      @Nullable Tensor cell,
      Options.Recurrent options) {
    return new Recurrence(parameters, options).layers(data, state, cell);
  }

  private List<Tensor> layers(Tensor data, Tensor state, @Nullable Tensor cell) {
    boolean memory = options.mode().equals("lstm");
    if (memory != (cell != null)) {
      throw new IllegalArgumentException("an lstm, and nothing else, has memory cells");
    }
    Nd nd = data.mx().nd();
    int directions = options.bidirectional() ? 2 : 1;
    List<Weights> weights = weights((int) data.shape(2), directions);
    List<Tensor> states = new ArrayList<>();
    List<Tensor> cells = new ArrayList<>();
    Tensor input = data;
    for (int layer = 0; layer < options.numLayers(); layer++) {
      List<Tensor> both = new ArrayList<>();
      for (int direction = 0; direction < directions; direction++) {
        int at = layer * directions + direction;
        Tensor start = state.get(at);
        Tensor memoryAtStart = cell == null ? null : cell.get(at);
        boolean back = direction == 1;
        both.add(steps(input, weights.get(at), start, memoryAtStart, back, states, cells));
      }
      input = directions == 1 ? both.get(0) : nd.concat(both, 2);
    }
    List<Tensor> results = new ArrayList<>(List.of(input, nd.stack(states, 0)));
    if (memory) {
      results.add(nd.stack(cells, 0));
    }
    return results;
  }

  /** The outputs of all steps; the last state and memory are added to the lists. */
  private Tensor steps(
      Tensor input,
      Weights w,
      Tensor start,
      @Nullable Tensor memoryAtStart,
      boolean back,
      List<Tensor> states,
      List<Tensor> cells) {
    Nd nd = input.mx().nd();
    int count = (int) input.shape(0);
    Tensor fromInput = nd.dot(input, w.input(), false, true).plus(w.inputBias());
    Tensor[] outputs = new Tensor[count];
    Tensor h = start;
    Tensor c = memoryAtStart;
    for (int i = 0; i < count; i++) {
      int t = back ? count - 1 - i : i;
      Tensor x = fromInput.get(t);
      Tensor r = nd.dot(h, w.state(), false, true).plus(w.stateBias());
      if (c != null) {
        List<Tensor> g = nd.split(x.plus(r), 4, 1);
        c = g.get(1).sigmoid().times(c).plus(g.get(0).sigmoid().times(g.get(2).tanh()));
        h = g.get(3).sigmoid().times(c.tanh());
      } else if (gates == 3) {
        List<Tensor> p = nd.split(x, 3, 1);
        List<Tensor> q = nd.split(r, 3, 1);
        Tensor reset = p.get(0).plus(q.get(0)).sigmoid();
        Tensor keep = p.get(1).plus(q.get(1)).sigmoid();
        Tensor fresh = p.get(2).plus(reset.times(q.get(2))).tanh();
        h = keep.rminus(1).times(fresh).plus(keep.times(h));
      } else {
        h = options.mode().equals("rnn_relu") ? x.plus(r).relu() : x.plus(r).tanh();
      }
      outputs[t] = h;
    }
    states.add(h);
    if (c != null) {
      cells.add(c);
    }
    return nd.stack(outputs);
  }

  private List<Weights> weights(int features, int directions) {
    int rows = gates * options.stateSize();
    List<Tensor> matrices = new ArrayList<>();
    for (int layer = 0; layer < options.numLayers(); layer++) {
      int width = layer == 0 ? features : options.stateSize() * directions;
      for (int direction = 0; direction < directions; direction++) {
        matrices.add(next(rows * width).reshape(rows, width));
        matrices.add(next(rows * options.stateSize()).reshape(rows, options.stateSize()));
      }
    }
    List<Weights> weights = new ArrayList<>();
    for (int i = 0; i < matrices.size(); i += 2) {
      weights.add(new Weights(matrices.get(i), matrices.get(i + 1), next(rows), next(rows)));
    }
    if (used != parameters.size()) {
      throw new IllegalArgumentException(
          "this recurrent layer has " + used + " parameters, not " + parameters.size());
    }
    return weights;
  }

  private Tensor next(int count) {
    used += count;
    return used > parameters.size()
        ? parameters.mx().nd().zeros(count)
        : parameters.get(Slice.of(used - count, used));
  }
}
