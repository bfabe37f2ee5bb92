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
 *     NDArray y = inputs.get(0).neg().exp().add(1).getNDArrayInternal().rdiv(1);
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
   * Computes the outputs, which must be new arrays. Nothing in here is recorded.
   *
   * @param inputs the inputs of the call
   */
  protected abstract NDList forward(NDList inputs);

  /**
   * Computes the gradients of the inputs.
   *
   * @param outputGradients one for each output, of its shape and dtype; zeros for an output that
   *     the backward did not reach
   * @return one for each input, of its shape
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
          getClass().getSimpleName() + " has saved nothing for its backward");
    }
    return saved;
  }

  /** Marks the one call that an instance serves. */
  final void enter() {
    if (called) {
      throw new AutogradException(
          "each Function instance can only be called once: make another "
              + getClass().getSimpleName());
    }
    called = true;
  }

  /** Calls {@link #backward} and checks what it returns against the inputs' shapes and dtypes. */
  final NDList differentiate(List<Shape> shapes, List<DataType> types, NDList outputGradients) {
    NDList gradients;
    try {
      gradients = backward(outputGradients);
    } catch (RuntimeException e) {
      throw new AutogradException(
          "the backward of " + getClass().getSimpleName() + " failed: " + e, e);
    }
    if (gradients.size() != shapes.size()) {
      throw new AutogradException(
          "the backward of "
              + getClass().getSimpleName()
              + " returned "
              + gradients.size()
              + " gradients for "
              + shapes.size()
              + " inputs");
    }
    NDList fitted = new NDList(gradients.size());
    for (int i = 0; i < gradients.size(); i++) {
      NDArray gradient = gradients.get(i);
      if (!gradient.getShape().equals(shapes.get(i))) {
        throw new AutogradException(
            "the backward of "
                + getClass().getSimpleName()
                + " returned a gradient of shape "
                + gradient.getShape()
                + " for input "
                + i
                + " of shape "
                + shapes.get(i));
      }
      fitted.add(gradient.toType(types.get(i), false));
    }
    return fitted;
  }
}
