package dev.headgrad.gluon.nn;

import dev.headgrad.Tensor;
import dev.headgrad.gluon.Parameter;
import dev.headgrad.random.Initializer;
import dev.headgrad.random.Initializers;
import java.util.Map;

/**
 * A layer, or a network of layers: MXNet's {@code gluon.nn.Block}. A function without parameters is
 * one as well: {@code net.add(x -> x.relu())}.
 */
@FunctionalInterface
public interface Block {

  /**
   * The outputs for a batch.
   *
   * @param x the batch, whose examples are on axis 0
   */
  Tensor call(Tensor x);

  /**
   * The parameters by name, in the order in which they draw their first values. A name says where
   * the parameter is: {@code 0.weight} is that of the first layer.
   */
  default Map<String, Parameter> collectParams() {
    return Map.of();
  }

  /** Says how the parameters get their first values, unless a layer knows that itself. */
  default void initialize(Initializer rule) {
    collectParams().values().forEach(parameter -> parameter.initialize(rule));
  }

  /** {@link #initialize(Initializer)} with MXNet's default, {@code init.Uniform(0.07)}. */
  default void initialize() {
    initialize(Initializers.uniform(0.07));
  }
}
