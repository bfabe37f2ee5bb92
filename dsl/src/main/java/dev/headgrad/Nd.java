package dev.headgrad;

/**
 * Functions that make and combine arrays: MXNet's {@code mxnet.nd}.
 *
 * <p>Names are MXNet's in camel case, with a small first letter: {@code nd.broadcast_add} is {@link
 * #broadcastAdd}, {@code nd.FullyConnected} is {@link #fullyConnected}, {@code nd.L2Normalization}
 * is {@link #l2Normalization}. Parameters come in MXNet's order; long lists of them are in option
 * objects such as {@link Conv}. Axes and indices are counted from 0, negative ones from the end.
 *
 * <p>As in MXNet, new arrays are float32 unless a dtype is given, both operands of a function must
 * have the same dtype, and reductions over all axes give shape (1).
 */
public final class Nd
    implements CreationFunctions,
        ElementwiseFunctions,
        BinaryFunctions,
        ReductionFunctions,
        ShapeFunctions,
        JoinFunctions,
        LinearFunctions,
        NeuralFunctions,
        NormalizationFunctions,
        ImageFunctions,
        SpatialFunctions,
        RecurrentFunctions,
        SoftmaxFunctions,
        SelectionFunctions,
        OrderFunctions,
        SequenceFunctions,
        LossOutputs {
  private final MX mx;

  /** Random arrays: MXNet's own streams of numbers, on every engine. */
  public final RandomArrays random;

  /** Functions of matrices: MXNet's {@code nd.linalg}. */
  public final LinearAlgebra linalg = new LinearAlgebra();

  /** MXNet's {@code nd.contrib}. */
  public final Contrib contrib = new Contrib();

  Nd(MX mx) {
    this.mx = mx;
    this.random = new RandomArrays(mx);
  }

  @Override
  public MX mx() {
    return mx;
  }
}
