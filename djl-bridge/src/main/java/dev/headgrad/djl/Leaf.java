package dev.headgrad.djl;

import ai.djl.ndarray.NDArray;
import org.jspecify.annotations.Nullable;

/** What the bridge knows of an attached array. */
final class Leaf {

  private final NDArray gradient;
  private final GradRequest request;
  private volatile boolean handedOut;
  private @Nullable NDArray reference;

  /**
   * Describes an attached array.
   *
   * @param gradient the buffer that backward brings gradients to
   * @param request what backward does with them
   * @param handedOut whether the program has the buffer
   */
  Leaf(NDArray gradient, GradRequest request, boolean handedOut) {
    this.gradient = gradient;
    this.request = request;
    this.handedOut = handedOut;
  }

  NDArray gradient() {
    return gradient;
  }

  GradRequest request() {
    return request;
  }

  /** Whether the bridge made the buffer, for this array, and the program does not know it yet. */
  boolean isFresh() {
    return !handedOut;
  }

  /** The buffer, for the program. */
  NDArray handOut() {
    handedOut = true;
    return gradient;
  }

  /** Whether the program may see what is written to the buffer. */
  boolean isObservable() {
    return handedOut && !gradient.isReleased();
  }

  /**
   * The native array that a backward needs of this leaf: a reference of the bridge's own, since
   * another thread may close the program's at any time.
   */
  NDArray reference() {
    NDArray own = reference;
    if (own == null) {
      throw new IllegalStateException("this engine keeps no references of its own");
    }
    return own;
  }

  /** Gives the leaf its own reference, which nobody else knows. */
  void setReference(NDArray own) {
    reference = own;
  }

  /** Closes the leaf's own reference, if it has one. */
  void release() {
    NDArray own = reference;
    if (own != null) {
      own.close();
    }
  }
}
