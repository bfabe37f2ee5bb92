package dev.headgrad.djl;

import ai.djl.engine.EngineException;
import ai.djl.mxnet.engine.MxNDArray;
import ai.djl.mxnet.jna.LibUtils;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What autograd and the most frequent operations call in the library that DJL has loaded.
 *
 * <p>The functions are bound to the methods of their names: DJL binds them as well, but its way of
 * calling takes several times as long. Pointers are passed as integers of 64 bits, results come
 * back in arrays of one element.
 */
final class MxNetLibrary {

  /** In MXNet's order. */
  private static final DataType[] TYPES = DataType.values();

  static {
    Native.register(MxNetLibrary.class, NativeLibrary.getInstance(LibUtils.getLibName()));
  }

  private MxNetLibrary() {}

  static boolean isRecording() {
    byte[] recording = new byte[1];
    check(MXAutogradIsRecording(recording));
    return recording[0] != 0;
  }

  /** Sets the flag of this thread and returns its previous value. */
  static boolean setRecording(boolean recording) {
    int[] previous = new int[1];
    check(MXAutogradSetIsRecording(recording ? 1 : 0, previous));
    return previous[0] != 0;
  }

  static boolean isTraining() {
    byte[] training = new byte[1];
    check(MXAutogradIsTraining(training));
    return training[0] != 0;
  }

  /** Sets the flag of this thread and returns its previous value. */
  static boolean setTraining(boolean training) {
    int[] previous = new int[1];
    check(MXAutogradSetIsTraining(training ? 1 : 0, previous));
    return previous[0] != 0;
  }

  /** Whether the array was computed while recording from one that has a gradient, or has one. */
  static boolean isInGraph(NDArray array) {
    long[] symbol = new long[1];
    if (MXAutogradGetSymbol(handle(array), symbol) != 0) {
      return false;
    }
    check(MXSymbolFree(symbol[0]));
    return true;
  }

  /**
   * Differentiates: brings gradients to the buffers of all attached arrays, or, if there are
   * variables, returns theirs.
   *
   * @param headGradients one for each head; null stands for ones
   * @return the handles of the gradients of the variables
   * @throws EngineException with MXNet's own text
   */
  static Pointer[] backward(
      List<NDArray> heads,
      List<@Nullable NDArray> headGradients,
      List<NDArray> variables,
      boolean retainGraph,
      boolean createGraph,
      boolean train) {
    long[] gradients = new long[1];
    long[] formats = new long[1];
    check(
        MXAutogradBackwardEx(
            heads.size(),
            handles(heads),
            handles(headGradients),
            variables.size(),
            variables.isEmpty() ? null : handles(variables),
            retainGraph ? 1 : 0,
            createGraph ? 1 : 0,
            train ? 1 : 0,
            gradients,
            formats));
    return variables.isEmpty()
        ? new Pointer[0]
        : new Pointer(gradients[0]).getPointerArray(0, variables.size());
  }

  /** The handle of an operator. */
  static long operator(String name) {
    long[] handle = new long[1];
    check(NNGetOpHandle(name, handle));
    return handle[0];
  }

  /**
   * Calls an operator. All but the counts are addresses of what the names say.
   *
   * @throws EngineException with MXNet's own text
   */
  static void invoke(
      long operator,
      int inputCount,
      long inputs,
      long outputCount,
      long outputs,
      int parameterCount,
      long keys,
      long values,
      long formats) {
    check(
        MXImperativeInvokeEx(
            operator,
            inputCount,
            inputs,
            outputCount,
            outputs,
            parameterCount,
            keys,
            values,
            formats));
  }

  /** The type of an array's elements. */
  static DataType dtype(NDArray array) {
    int[] type = new int[1];
    check(MXNDArrayGetDType(handle(array), type));
    return TYPES[type[0]];
  }

  /** The number of an array's dimensions. */
  static int rank(NDArray array) {
    int[] rank = new int[1];
    check(MXNDArrayGetShapeEx64(handle(array), rank, new long[1]));
    return rank[0];
  }

  /** The sizes of an array's dimensions. */
  static long[] dims(NDArray array) {
    int[] rank = new int[1];
    long[] dims = new long[1];
    check(MXNDArrayGetShapeEx64(handle(array), rank, dims));
    return rank[0] == 0 ? new long[0] : new Pointer(dims[0]).getLongArray(0, rank[0]);
  }

  /** The size of an array's memory. */
  static long bytes(NDArray array) {
    long bytes = dtype(array).getNumOfBytes();
    for (long dim : dims(array)) {
      bytes *= dim;
    }
    return bytes;
  }

  /**
   * Records outputs as computed from inputs by a custom function.
   *
   * @param callbacks an {@code MXCallbackList}
   */
  static void recordFunction(List<NDArray> inputs, List<NDArray> outputs, Pointer callbacks) {
    check(
        MXCustomFunctionRecord(
            inputs.size(), handles(inputs), outputs.size(), handles(outputs), callbacks));
  }

  /** Ends MXNet's threads. */
  static void shutDown() {
    check(MXNotifyShutdown());
  }

  private static void check(int status) {
    if (status != 0) {
      throw new EngineException("MXNet engine call failed: " + MXGetLastError());
    }
  }

  private static long[] handles(List<? extends @Nullable NDArray> arrays) {
    long[] handles = new long[arrays.size()];
    for (int i = 0; i < handles.length; i++) {
      NDArray array = arrays.get(i);
      handles[i] = array == null ? 0 : handle(array);
    }
    return handles;
  }

  private static long handle(NDArray array) {
    return Pointer.nativeValue(((MxNDArray) array).getHandle());
  }

  private static native int MXAutogradIsRecording(byte[] recording);

  private static native int MXAutogradSetIsRecording(int recording, int[] previous);

  private static native int MXAutogradIsTraining(byte[] training);

  private static native int MXAutogradSetIsTraining(int training, int[] previous);

  private static native int MXAutogradGetSymbol(long array, long[] symbol);

  private static native int MXSymbolFree(long symbol);

  private static native int MXAutogradBackwardEx(
      int outputs,
      long[] heads,
      long[] headGradients,
      int count,
      long @Nullable [] variables,
      int retainGraph,
      int createGraph,
      int train,
      long[] gradients,
      long[] formats);

  private static native int NNGetOpHandle(String name, long[] handle);

  private static native int MXImperativeInvokeEx(
      long operator,
      int inputCount,
      long inputs,
      long outputCount,
      long outputs,
      int parameterCount,
      long keys,
      long values,
      long formats);

  private static native int MXNDArrayGetDType(long array, int[] type);

  private static native int MXNDArrayGetShapeEx64(long array, int[] rank, long[] dims);

  private static native int MXCustomFunctionRecord(
      int inputCount, long[] inputs, int outputCount, long[] outputs, Pointer callbacks);

  private static native int MXNotifyShutdown();

  private static native String MXGetLastError();
}
