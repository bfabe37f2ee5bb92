package dev.headgrad;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Frees the arrays that a thread makes while it is open, except those that are kept. Scopes nest;
 * what an inner one keeps belongs to the outer one.
 */
public final class TensorScope implements AutoCloseable {

  private final ThreadLocal<@Nullable TensorScope> current;
  private final @Nullable TensorScope outer;
  private final List<Tensor> tensors = new ArrayList<>();

  TensorScope(ThreadLocal<@Nullable TensorScope> current) {
    this.current = current;
    this.outer = current.get();
    current.set(this);
  }

  void add(Tensor tensor) {
    tensors.add(tensor);
  }

  /** Keeps an array beyond the scope, with its gradient, and returns it. */
  public Tensor keep(Tensor tensor) {
    release(tensor);
    Tensor grad = tensor.getGrad();
    if (grad != null) {
      release(grad);
    }
    return tensor;
  }

  private void release(Tensor tensor) {
    if (tensors.remove(tensor) && outer != null) {
      outer.add(tensor);
    }
  }

  /** Frees what was not kept. */
  @Override
  public void close() {
    current.set(outer);
    // the last one first: who waits for that until it is computed need not wait for the others
    for (int i = tensors.size() - 1; i >= 0; i--) {
      tensors.get(i).close();
    }
    tensors.clear();
  }
}
