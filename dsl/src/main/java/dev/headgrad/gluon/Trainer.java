package dev.headgrad.gluon;

import dev.headgrad.Tensor;
import dev.headgrad.optimizer.Optimizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Changes parameters by their gradients, batch by batch: MXNet's {@code gluon.Trainer}. */
public final class Trainer {

  private final List<Parameter> parameters;
  private final List<@Nullable List<Tensor>> states;
  private final Optimizer optimizer;

  /**
   * A trainer of a network.
   *
   * @param parameters what {@code collectParams()} of the network gives
   * @param optimizer the rule, which no other trainer uses
   */
  public Trainer(Map<String, Parameter> parameters, Optimizer optimizer) {
    this.parameters = List.copyOf(parameters.values());
    this.states = new ArrayList<>();
    this.parameters.forEach(parameter -> states.add(null));
    this.optimizer = optimizer;
  }

  /** The rule. */
  public Optimizer optimizer() {
    return optimizer;
  }

  /**
   * Changes all parameters.
   *
   * @param batchSize what the gradients are divided by: they are those of a sum over the batch
   * @throws IllegalStateException if a parameter has no values yet
   */
  public void step(long batchSize) {
    optimizer.setRescaleGrad(1.0 / batchSize);
    for (int i = 0; i < parameters.size(); i++) {
      Tensor weight = parameters.get(i).data();
      List<Tensor> state = states.get(i);
      if (state == null) {
        state = optimizer.createState(weight);
        states.set(i, state);
      }
      optimizer.update(i, weight, parameters.get(i).grad(), state);
    }
  }
}
