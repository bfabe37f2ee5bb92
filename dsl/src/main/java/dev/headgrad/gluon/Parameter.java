package dev.headgrad.gluon;

import ai.djl.ndarray.types.Shape;
import dev.headgrad.MX;
import dev.headgrad.Tensor;
import dev.headgrad.random.Initializer;
import org.jspecify.annotations.Nullable;

/**
 * An array that is learned: MXNet's {@code gluon.Parameter}.
 *
 * <p>Its first values are drawn when a first batch has come through, which tells its shape. A
 * network whose layers draw in the order of the call therefore starts as it does in Python.
 */
public final class Parameter {

  private final @Nullable Initializer own;
  private @Nullable Initializer rule;
  private @Nullable Tensor data;

  /**
   * A parameter without values.
   *
   * @param own what gives it its first values; null for what {@link #initialize} says
   */
  public Parameter(@Nullable Initializer own) {
    this.own = own;
  }

  /**
   * Says how the first values are made, unless the parameter knows that itself. One that has values
   * gets new ones.
   */
  public void initialize(Initializer byDefault) {
    rule = own != null ? own : byDefault;
    Tensor former = data;
    if (former != null) {
      data = null;
      of(former.mx(), former.shape());
    }
  }

  /**
   * The values, with a gradient attached. The first call makes them.
   *
   * @param mx the session that they are made in, and draw from
   * @param shape what the parameter must look like
   * @throws IllegalStateException if it has not been initialized
   * @throws IllegalArgumentException if it has values of another shape
   */
  public Tensor of(MX mx, Shape shape) {
    Tensor known = data;
    if (known != null) {
      if (!known.shape().equals(shape)) {
        throw new IllegalArgumentException(
            "the parameter has shape " + known.shape() + ", but the data needs " + shape);
      }
      return known;
    }
    Initializer draw = rule;
    if (draw == null) {
      throw new IllegalStateException(
          "the parameter has not been initialized: call initialize on the network");
    }
    Tensor made = mx.lasting(() -> mx.nd().random.init(draw, shape.getShape()).attachGrad());
    data = made;
    return made;
  }

  /** Whether there are values yet. */
  public boolean hasData() {
    return data != null;
  }

  /**
   * The values.
   *
   * @throws IllegalStateException if there are none yet
   */
  public Tensor data() {
    Tensor known = data;
    if (known == null) {
      throw new IllegalStateException(
          "the parameter has no values yet: initialize the network and let a batch go through it");
    }
    return known;
  }

  /**
   * The gradient.
   *
   * @throws IllegalStateException if there are no values yet
   */
  public Tensor grad() {
    Tensor gradient = data().getGrad();
    if (gradient == null) {
      throw new IllegalStateException("the gradient of the parameter has been taken away");
    }
    return gradient;
  }

  @Override
  public String toString() {
    Tensor known = data;
    return "Parameter " + (known == null ? "of a shape not known yet" : known.shape());
  }
}
