package dev.headgrad.gluon.nn;

import ai.djl.ndarray.types.Shape;
import dev.headgrad.MX;
import dev.headgrad.Tensor;
import dev.headgrad.gluon.Parameter;
import dev.headgrad.random.Initializer;
import dev.headgrad.random.Initializers;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A layer in which every output depends on every input, {@code act(x weightᵀ + bias)}: MXNet's
 * {@code nn.Dense}.
 */
public final class Dense implements Block {

  private final int units;
  private final @Nullable String activation;
  private final boolean flatten;
  private final Parameter weight;
  private final @Nullable Parameter bias;

  /** A layer with this many outputs, without an activation. */
  public Dense(int units) {
    this(units, null);
  }

  /**
   * A layer with a bias that is 0 at first.
   *
   * @param units how many outputs
   * @param activation the function of each output, by its name in {@link dev.headgrad.Nd}'s {@code
   *     activation}; null for none
   */
  public Dense(int units, @Nullable String activation) {
    this(units, activation, true, true, null, Initializers.zero());
  }

  /**
   * A layer.
   *
   * @param units how many outputs
   * @param activation the function of each output; null for none
   * @param useBias whether something is added to the products
   * @param flatten whether all axes but the first are made one, rather than kept but for the last
   * @param weightInitializer the weights' first values; null for those of {@link #initialize}
   * @param biasInitializer the biases' first values; null for those of {@link #initialize}
   */
  public Dense(
      int units,
      @Nullable String activation,
      boolean useBias,
      boolean flatten,
      @Nullable Initializer weightInitializer,
      @Nullable Initializer biasInitializer) {
    if (units < 1) {
      throw new IllegalArgumentException("a layer has 1 output or more, not " + units);
    }
    this.units = units;
    this.activation = activation;
    this.flatten = flatten;
    this.weight = new Parameter(weightInitializer);
    this.bias = useBias ? new Parameter(biasInitializer) : null;
  }

  /** The weights, of shape (units, inputs). */
  public Parameter weight() {
    return weight;
  }

  /** The biases, of shape (units); null if there are none. */
  public @Nullable Parameter bias() {
    return bias;
  }

  /** The outputs, of shape (n, units), or (…, units) if the layer does not flatten. */
  @Override
  public Tensor call(Tensor x) {
    MX mx = x.mx();
    long inputs = flatten ? x.size() / Math.max(1, x.shape(0)) : x.shape(-1);
    Tensor w = weight.of(mx, new Shape(units, inputs));
    Tensor b = bias == null ? null : bias.of(mx, new Shape(units));
    Tensor y = mx.nd().fullyConnected(x, w, b, units, b == null, flatten);
    return activation == null ? y : mx.nd().activation(y, activation);
  }

  @Override
  public Map<String, Parameter> collectParams() {
    Map<String, Parameter> own = new LinkedHashMap<>();
    own.put("weight", weight);
    if (bias != null) {
      own.put("bias", bias);
    }
    return own;
  }
}
