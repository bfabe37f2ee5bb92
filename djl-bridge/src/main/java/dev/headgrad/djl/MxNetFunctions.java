package dev.headgrad.djl;

import ai.djl.engine.EngineException;
import ai.djl.mxnet.engine.MxNDArray;
import ai.djl.mxnet.engine.MxNDManager;
import ai.djl.mxnet.jna.LibUtils;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import com.sun.jna.Callback;
import com.sun.jna.CallbackReference;
import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Custom functions in native MXNet's own graph: {@code MXCustomFunctionRecord} with callbacks into
 * Java.
 */
final class MxNetFunctions {

  /** What the engine is to do with a gradient: {@code OpReqType}. */
  private static final int NULL_OP = 0;

  private static final int ADD_TO = 3;

  /** {@code CustomFunctionBwdFunc}. */
  interface BackwardCallback extends Callback {
    /** Returns 0 for a failure. */
    int invoke(
        int outputs, int inputs, Pointer handles, Pointer requests, int train, Pointer state);
  }

  /** {@code CustomFunctionDelFunc}. */
  interface DeleteCallback extends Callback {
    /** Returns 0 for a failure. */
    int invoke(Pointer state);
  }

  /** A recorded call, kept until MXNet deletes it: the callbacks must not be collected. */
  private record Recorded(
      BackwardCallback backward,
      DeleteCallback delete,
      Memory callbacks,
      Memory contexts,
      Memory list) {}

  private final NativeLibrary library = NativeLibrary.getInstance(LibUtils.getLibName());
  private final Map<Long, Recorded> live = new ConcurrentHashMap<>();
  private final AtomicLong next = new AtomicLong();
  private volatile @Nullable RuntimeException failure;

  MxNetFunctions() {
    // MXNet runs callbacks in threads of its own, and aborts the process if they are left running
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(() -> library.getFunction("MXNotifyShutdown").invokeInt(new Object[0])));
  }

  /** Whether a graph may contain a custom function. */
  boolean anyLive() {
    return !live.isEmpty();
  }

  /** What a backward callback threw since this was last asked. */
  synchronized @Nullable RuntimeException takeFailure() {
    RuntimeException thrown = failure;
    failure = null;
    return thrown;
  }

  /** Records outputs as computed from inputs by a function with this backward. */
  void record(
      NDList inputs, NDList outputs, UnaryOperator<NDList> backward, EngineAutograd autograd) {
    long id = next.incrementAndGet();
    MxNDManager manager = (MxNDManager) outputs.get(0).getManager();
    BackwardCallback onBackward =
        (numOutputs, numInputs, handles, requests, train, state) ->
            differentiate(manager, backward, autograd, numOutputs, numInputs, handles, requests);
    DeleteCallback onDelete =
        state -> {
          live.remove(id);
          return 1;
        };
    Memory callbacks = new Memory(2L * Native.POINTER_SIZE);
    callbacks.setPointer(0, CallbackReference.getFunctionPointer(onBackward));
    callbacks.setPointer(Native.POINTER_SIZE, CallbackReference.getFunctionPointer(onDelete));
    Memory contexts = new Memory(2L * Native.POINTER_SIZE);
    contexts.clear();
    // struct MXCallbackList { int num_callbacks; int (**callbacks)(void); void **contexts; }
    Memory list = new Memory(3L * Native.POINTER_SIZE);
    list.clear();
    list.setInt(0, 2);
    list.setPointer(Native.POINTER_SIZE, callbacks);
    list.setPointer(2L * Native.POINTER_SIZE, contexts);
    live.put(id, new Recorded(onBackward, onDelete, callbacks, contexts, list));
    int status =
        library
            .getFunction("MXCustomFunctionRecord")
            .invokeInt(
                new Object[] {
                  inputs.size(), handles(inputs), outputs.size(), handles(outputs), list
                });
    if (status != 0) {
      live.remove(id);
      throw new EngineException(
          "MXNet engine call failed: "
              + library.getFunction("MXGetLastError").invokeString(new Object[0], false));
    }
  }

  private int differentiate(
      MxNDManager manager,
      UnaryOperator<NDList> backward,
      EngineAutograd autograd,
      int numOutputs,
      int numInputs,
      Pointer handles,
      Pointer requests) {
    boolean wasRecording = autograd.setRecording(false);
    try (NDManager scope =
        manager.isOpen() ? manager.newSubManager() : NDManager.newBaseManager("MXNet")) {
      MxNDManager scratch = (MxNDManager) scope;
      Pointer[] pointers = handles.getPointerArray(0, numOutputs + numInputs);
      int[] wanted = requests.getIntArray(0, numInputs);
      NDList heads = new NDList(numOutputs);
      for (int i = 0; i < numOutputs; i++) {
        heads.add(scratch.create(pointers[i]));
      }
      NDList targets = new NDList(numInputs);
      for (int i = 0; i < numInputs; i++) {
        targets.add(scratch.create(pointers[numOutputs + i]));
      }
      NDList gradients;
      try {
        gradients = backward.apply(heads);
      } catch (RuntimeException e) {
        // told to the caller of backward, who puts the gradients back; MXNet itself would only
        // report it at the next read, without the cause
        failure = e;
        return 1;
      }
      for (int i = 0; i < numInputs; i++) {
        NDArray target = targets.get(i);
        if (wanted[i] == ADD_TO) {
          target.addi(gradients.get(i));
        } else if (wanted[i] != NULL_OP) {
          gradients.get(i).copyTo(target);
        }
      }
      return 1;
    } catch (RuntimeException e) {
      failure = e;
      return 1;
    } finally {
      autograd.setRecording(wasRecording);
    }
  }

  private static Pointer[] handles(NDList arrays) {
    Pointer[] handles = new Pointer[arrays.size()];
    for (int i = 0; i < handles.length; i++) {
      handles[i] = ((MxNDArray) arrays.get(i)).getHandle();
    }
    return handles;
  }
}
