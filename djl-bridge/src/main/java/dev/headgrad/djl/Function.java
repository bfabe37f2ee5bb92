package dev.headgrad.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A function whose gradient the program computes itself, on every engine.
 *
 * <pre>{@code
 * class Sigmoid extends Function {
 *   protected NDList forward(NDList inputs) {
 *     NDArray y = Activation.sigmoid(inputs.get(0));
 *     saveForBackward(y);
 *     return new NDList(y);
 *   }
 *
 *   protected NDList backward(NDList outputGradients) {
 *     NDArray y = savedTensors().get(0);
 *     return new NDList(outputGradients.get(0).mul(y).mul(y.neg().add(1)));
 *   }
 * }
 *
 * NDArray y = Autograd.apply(new Sigmoid(), new NDList(x)).get(0);
 * }</pre>
 *
 * <p>An instance serves one call.
 */
public abstract class Function {

  private @Nullable NDList saved;
  private boolean called;

  /** For subclasses. */
  protected Function() {}

  /**
   * Computes the outputs. Nothing in here is recorded; the training mode is the caller's.
   *
   * @param inputs the inputs of the call, not to be written to
   * @return one or more outputs
   */
  protected abstract NDList forward(NDList inputs);

  /**
   * Computes the gradients of the inputs. Nothing in here is recorded, unless the gradients are to
   * be differentiated themselves; the training mode is that of the backward. It does not always run
   * on the thread that called the backward.
   *
   * @param outputGradients one for each output, of its shape and dtype; zeros for an output that
   *     the backward did not reach
   * @return one for each input, of a shape that can be broadcast to the input's
   */
  protected abstract NDList backward(NDList outputGradients);

  /** Keeps arrays for {@link #backward}, out of the reach of the scopes that close others. */
  protected final void saveForBackward(NDArray... arrays) {
    NDList list = new NDList(arrays.length);
    for (NDArray array : arrays) {
      NDArray kept = array.duplicate();
      kept.detach();
      NDScope.unregister(kept);
      NativeMemory.closeWithOwner(this, kept);
      list.add(kept);
    }
    saved = list;
  }

  /** What {@link #saveForBackward} kept. */
  protected final NDList savedTensors() {
    if (saved == null) {
      throw new IllegalStateException(
          name() + " has saved nothing: call saveForBackward in its forward");
    }
    return saved;
  }

  /** What messages call the function. */
  final String name() {
    String name = getClass().getSimpleName();
    return name.isEmpty() ? "a function" : name;
  }

  /** Marks the one call that an instance serves. */
  final void enter() {
    if (called) {
      throw new AutogradException(
          "each Function instance can only be called once: make another " + name());
    }
    called = true;
  }

  /** Calls {@link #forward}; none of the outputs is one of the inputs. */
  final NDList compute(NDList inputs) {
    NDList outputs = forward(inputs);
    if (outputs.isEmpty()) {
      throw new AutogradException("the forward of " + name() + " returned no outputs");
    }
    NDList own = new NDList(outputs.size());
    for (NDArray output : outputs) {
      boolean given = inputs.stream().anyMatch(input -> input == output);
      own.add(given ? output.duplicate() : output);
    }
    return own;
  }

  /** Calls {@link #backward} and fits what it returns to the inputs' shapes and dtypes. */
  final NDList differentiate(List<Shape> shapes, List<DataType> types, NDList outputGradients) {
    NDList gradients;
    try {
      gradients = backward(outputGradients);
    } catch (RuntimeException | Error e) {
      throw new AutogradException("the backward of " + name() + " failed: " + e, e);
    }
    if (gradients.size() != shapes.size()) {
      throw new AutogradException(
          "the backward of "
              + name()
              + " returned "
              + gradients.size()
              + " gradients for "
              + shapes.size()
              + " inputs");
    }
    NDList fitted = new NDList(gradients.size());
    for (int i = 0; i < gradients.size(); i++) {
      fitted.add(fit(gradients.get(i), i, shapes.get(i), types.get(i)));
    }
    return fitted;
  }

  private NDArray fit(@Nullable NDArray gradient, int input, Shape shape, DataType type) {
    if (gradient == null) {
      throw new AutogradException(
          "the backward of " + name() + " returned null for input " + input);
    }
    if (gradient.getShape().equals(shape)) {
      return gradient.toType(type, false);
    }
    try {
      return gradient.broadcast(shape).toType(type, false);
    } catch (RuntimeException e) {
      throw new AutogradException(
          "the backward of "
              + name()
              + " returned a gradient of shape "
              + gradient.getShape()
              + " for input "
              + input
              + " of shape "
              + shape,
          e);
    }
  }
}
