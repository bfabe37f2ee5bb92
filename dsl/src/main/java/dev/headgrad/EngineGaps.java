package dev.headgrad;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;

/** What DJL's engines do not have or do otherwise than MXNet, and the DSL makes up for. */
final class EngineGaps {
  private EngineGaps() {}

  /** Whether x % 0 is 0, as in MXNet alone. */
  static boolean hasMxNetRemainder(NDArray x) {
    return name(x).equals("MXNet");
  }

  /** Whether the gradient passes a change of dtype: on PyTorch, DJL cuts the graph there. */
  static boolean recordsCasts(NDArray x) {
    return !name(x).equals("PyTorch");
  }

  /** Whether DJL reaches a transposed convolution of several filters. */
  static boolean hasDeconvolution(NDArray x) {
    return name(x).equals("JavaTape");
  }

  /**
   * Whether arrays made of Java buffers go on using them as memory, which the garbage collector
   * frees though a recorded graph may still need it: PyTorch's, also those DJL makes of numbers.
   */
  static boolean borrowsBuffers(NDManager manager) {
    return manager.getEngine().getEngineName().equals("PyTorch");
  }

  /** An array made of a Java buffer, in memory of its own. */
  static NDArray owned(NDArray made) {
    if (!borrowsBuffers(made.getManager())) {
      return made;
    }
    try (made) {
      return made.duplicate();
    }
  }

  private static String name(NDArray x) {
    return x.getManager().getEngine().getEngineName();
  }
}
