package dev.headgrad.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What {@link Autograd} needs of an engine: one implementation per engine, so that no caller asks
 * which engine it is on.
 *
 * <p>Arguments arrive checked: head gradients have the shape and dtype of their heads, no array is
 * twice among the heads, buffers match their arrays. What an engine refuses natively is thrown as
 * an {@link AutogradException} with the texts of {@link Refusal}.
 */
interface EngineAutograd {

  /** DJL's own methods. */
  Operations PLAIN = new Operations() {};

  /** The engine's operations. */
  default Operations operations() {
    return PLAIN;
  }

  /** Whether operations of the current thread are recorded. */
  boolean isRecording();

  /** Sets the recording flag of the current thread and returns its previous value. */
  boolean setRecording(boolean recording);

  /** Whether the current thread is in training mode. */
  boolean isTraining();

  /** Sets the training flag of the current thread and returns its previous value. */
  boolean setTraining(boolean training);

  /**
   * Throws if the engine cannot differentiate with respect to this array, naming why and what would
   * do.
   */
  void checkAttachable(NDArray array);

  /**
   * Zeros of the array's shape and dtype to be its gradient: where it can be, the array that plain
   * DJL finds as its gradient once it is attached.
   */
  default NDArray newGradient(NDArray array) {
    return array.getManager().zeros(array.getShape(), array.getDataType(), array.getDevice());
  }

  /** Writes values into the memory of an array of their shape and dtype. */
  default void write(NDArray values, NDArray target) {
    values.copyTo(target);
  }

  /**
   * Makes the array a leaf whose gradient a backward brings to the buffer, cutting what was
   * recorded above it. A graph recorded earlier keeps writing to the earlier buffer.
   */
  void attach(NDArray array, Leaf leaf);

  /**
   * Whether the bridge must remember what an array was attached as before, for the graphs that were
   * recorded from it.
   */
  default boolean losesFormerLeaves() {
    return false;
  }

  /**
   * Whether the array takes part in a recorded graph: an attached leaf, a recorded result or, where
   * the engine can tell, an input of a recorded operation.
   */
  boolean isInGraph(NDArray array);

  /** Keeps in mind what a recorded operation has used, where {@link #isInGraph} cannot tell. */
  default void noteUse(NDArray result, NDArray... operands) {}

  /** Whether {@link #noteUse} has heard of the array since the last graph was freed. */
  default boolean isUsed(NDArray array) {
    return false;
  }

  /** An array that shares the memory of this one and is a constant for autograd. */
  NDArray detach(NDArray array);

  /**
   * Differentiates the sum of {@code heads[i] * headGradients[i]} and brings the results to the
   * buffers of the attached arrays that it reaches.
   *
   * @param headGradients one entry for each head; null stands for ones
   */
  void backward(
      List<NDArray> heads,
      List<@Nullable NDArray> headGradients,
      boolean retainGraph,
      boolean trainMode);

  /**
   * Differentiates with respect to the given leaves and leaves all buffers alone.
   *
   * @param headGradients one entry for each head; null stands for ones
   * @return for each variable a new array, or null where the heads do not depend on it
   */
  List<@Nullable NDArray> grad(
      List<NDArray> heads,
      List<@Nullable NDArray> headGradients,
      List<NDArray> variables,
      boolean retainGraph,
      boolean createGraph,
      boolean trainMode);

  /**
   * Calls a custom function while recording: forward runs unrecorded, and if one of the inputs is
   * in a graph, the outputs are recorded as computed from the inputs with this backward.
   *
   * @param backward gets the gradient of each output, zeros for one not reached, and returns that
   *     of each input
   */
  NDList function(
      String name, NDList inputs, UnaryOperator<NDList> forward, UnaryOperator<NDList> backward);

  /** Whether the engine's arrays have memory that the garbage collector does not see. */
  default boolean hasNativeMemory() {
    return true;
  }

  /** The size of the memory of an array that the garbage collector does not see. */
  default long nativeBytes(NDArray array) {
    return array.size() * Math.max(1, array.getDataType().getNumOfBytes());
  }
}
