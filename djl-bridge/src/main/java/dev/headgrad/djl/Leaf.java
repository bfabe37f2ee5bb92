package dev.headgrad.djl;

import ai.djl.ndarray.NDArray;

/** What the bridge knows of an attached array. */
final class Leaf {

  private final NDArray gradient;
  private final GradRequest request;
  private volatile boolean handedOut;

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

  /** The buffer, for the program. */
  NDArray handOut() {
    handedOut = true;
    return gradient;
  }

  /** Whether the program may see what is written to the buffer. */
  boolean isObservable() {
    return handedOut && !gradient.isReleased();
  }
}
