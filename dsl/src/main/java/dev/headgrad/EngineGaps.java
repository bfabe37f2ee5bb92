package dev.headgrad;

import ai.djl.ndarray.NDArray;

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

  private static String name(NDArray x) {
    return x.getManager().getEngine().getEngineName();
  }
}
