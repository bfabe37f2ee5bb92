package dev.headgrad.djl;

import ai.djl.engine.EngineException;
import ai.djl.mxnet.engine.MxNDArray;
import ai.djl.mxnet.engine.MxNDManager;
import ai.djl.mxnet.jna.JnaUtils;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import com.sun.jna.Callback;
import com.sun.jna.CallbackReference;
import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

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

  private final Map<Long, Recorded> live = new ConcurrentHashMap<>();
  private final AtomicLong next = new AtomicLong();
  private final Queue<AutogradException> failures = new ConcurrentLinkedQueue<>();
  private final ReentrantLock passes = new ReentrantLock();
  private final ThreadLocal<Boolean> inCallback = ThreadLocal.withInitial(() -> false);

  MxNetFunctions() {
    // MXNet runs callbacks in threads of its own, and aborts the process if they are left running
    Runtime.getRuntime().addShutdownHook(new Thread(MxNetLibrary::shutDown));
  }

  /**
   * Runs a backward. MXNet calls functions back later, in threads of its own: if a graph may
   * contain one, this waits for them.
   *
   * @throws AutogradException what a function has thrown; the gradients are as they were then
   */
  <T> T run(Supplier<T> pass) {
    // A pass within a function's backward is part of the pass that called the function, which waits
    // for both.
    if (live.isEmpty() || inCallback.get()) {
      return pass.get();
    }
    // One pass at a time, so that a failure is thrown by the pass it belongs to.
    passes.lock();
    try (Snapshot before = new Snapshot(MxNDArray.class)) {
      T result = pass.get();
      JnaUtils.waitAll();
      AutogradException failure = failures.poll();
      if (failure != null) {
        failures.clear();
        before.restore();
        throw failure;
      }
      return result;
    } finally {
      passes.unlock();
    }
  }

  /** Records outputs as computed from inputs by a function with this backward. */
  void record(
      NDList inputs, NDList outputs, UnaryOperator<NDList> backward, EngineAutograd autograd) {
    long id = next.incrementAndGet();
    MxNDManager manager = (MxNDManager) outputs.get(0).getManager();
    BackwardCallback onBackward =
        (numOutputs, numInputs, handles, requests, train, state) -> {
          inCallback.set(true);
          try (RecordScope scope = new RecordScope(autograd, false, train != 0)) {
            differentiate(manager, backward, numOutputs, numInputs, handles, requests);
          } catch (AutogradException e) {
            failures.add(e);
          } catch (RuntimeException | Error e) {
            failures.add(new AutogradException("the gradients of a function were lost: " + e, e));
          } finally {
            inCallback.set(false);
          }
          // Of a failure MXNet would tell at the next read only, and without the cause.
          return 1;
        };
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
    // MXNet loses what flows from a function directly into an array that adds its gradients up.
    NDList sources = new NDList(inputs.size());
    inputs.forEach(input -> sources.add(input.mul(1)));
    try (sources) {
      MxNetLibrary.recordFunction(sources, outputs, list);
    } catch (EngineException e) {
      live.remove(id);
      throw e;
    }
  }

  private static void differentiate(
      MxNDManager manager,
      UnaryOperator<NDList> backward,
      int numOutputs,
      int numInputs,
      Pointer handles,
      Pointer requests) {
    try (NDManager scope =
        manager.isOpen() ? manager.newSubManager() : NDManager.newBaseManager("MXNet")) {
      MxNDManager scratch = (MxNDManager) scope;
      NDList arrays = new NDList();
      for (Pointer handle : handles.getPointerArray(0, numOutputs + numInputs)) {
        arrays.add(scratch.create(handle));
      }
      NDList gradients = backward.apply(new NDList(arrays.subList(0, numOutputs)));
      int[] wanted = requests.getIntArray(0, numInputs);
      for (int i = 0; i < numInputs; i++) {
        NDArray target = arrays.get(numOutputs + i);
        if (wanted[i] == ADD_TO) {
          target.addi(gradients.get(i));
        } else if (wanted[i] != NULL_OP) {
          gradients.get(i).copyTo(target);
        }
      }
    }
  }
}
