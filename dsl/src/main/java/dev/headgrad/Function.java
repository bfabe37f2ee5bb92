package dev.headgrad;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import dev.headgrad.djl.AutogradException;
import java.lang.ref.Reference;
import java.util.ArrayList;
import java.util.List;

/**
 * A function whose gradient the program computes itself: MXNet's {@code autograd.Function}.
 *
 * <pre>{@code
 * class Sigmoid extends Function {
 *   protected List<Tensor> forward(List<Tensor> inputs) {
 *     Tensor y = inputs.get(0).unaryMinus().exp().plus(1).rdiv(1);
 *     saveForBackward(y);
 *     return List.of(y);
 *   }
 *
 *   protected List<Tensor> backward(List<Tensor> outputGradients) {
 *     Tensor y = savedTensors().get(0);
 *     return List.of(outputGradients.get(0).times(y).times(y.rminus(1)));
 *   }
 * }
 *
 * Tensor y = autograd.record(() -> new Sigmoid().call(x));
 * }</pre>
 *
 * <p>An instance serves one call. Neither method is recorded. The backward gets zeros for an output
 * that was not reached; an exception in it is the cause of the one that {@code backward} throws.
 */
public abstract class Function {

  private boolean called;
  private List<Tensor> saved = List.of();

  /** For subclasses. */
  protected Function() {}

  /** Computes the outputs, which must be new arrays. */
  protected abstract List<Tensor> forward(List<Tensor> inputs);

  /** Computes the gradient of each input, given that of each output. */
  protected abstract List<Tensor> backward(List<Tensor> outputGradients);

  /** Keeps arrays for {@link #backward}. */
  protected final void saveForBackward(Tensor... tensors) {
    List<Tensor> copies = new ArrayList<>();
    for (Tensor tensor : tensors) {
      copies.add(tensor.copy());
    }
    saved = copies;
  }

  /** What {@link #saveForBackward} kept. */
  protected final List<Tensor> savedTensors() {
    return saved;
  }

  /** Calls a function of one input and one output. */
  public final Tensor call(Tensor input) {
    return call(List.of(input)).get(0);
  }

  /**
   * Calls the function.
   *
   * @throws AutogradException if this instance has been called before
   */
  public final List<Tensor> call(List<Tensor> inputs) {
    if (called) {
      throw new AutogradException(
          "each Function instance can only be called once: make another "
              + getClass().getSimpleName());
    }
    called = true;
    MX mx = inputs.get(0).mx();
    NDList arrays = new NDList();
    inputs.forEach(x -> arrays.add(x.ndarray()));
    NDList outputs = dev.headgrad.djl.Autograd.apply(new OnArrays(mx), arrays);
    Reference.reachabilityFence(inputs);
    List<Tensor> results = new ArrayList<>();
    for (NDArray output : outputs) {
      results.add(new Tensor(mx, output));
    }
    return results;
  }

  /** This function on the arrays behind. */
  private final class OnArrays extends dev.headgrad.djl.Function {
    private final MX mx;

    OnArrays(MX mx) {
      this.mx = mx;
    }

    @Override
    protected NDList forward(NDList inputs) {
      return copies(Function.this.forward(tensors(inputs)));
    }

    @Override
    protected NDList backward(NDList outputGradients) {
      return copies(Function.this.backward(tensors(outputGradients)));
    }

    /** Tensors of their own memory: the arrays belong to the engine. */
    private List<Tensor> tensors(NDList arrays) {
      List<Tensor> tensors = new ArrayList<>();
      for (NDArray array : arrays) {
        NDArray copy = array.duplicate();
        copy.attach(mx.manager());
        tensors.add(new Tensor(mx, copy));
      }
      return tensors;
    }

    private NDList copies(List<Tensor> tensors) {
      NDList list = new NDList();
      for (Tensor tensor : tensors) {
        NDArray copy = tensor.ndarray().duplicate();
        copy.attach(mx.manager());
        list.add(copy);
      }
      return list;
    }
  }
}
