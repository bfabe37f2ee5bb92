package dev.headgrad.djl;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * MXNet's autograd on plain DJL arrays, with the same semantics on every engine.
 *
 * <pre>{@code
 * NDArray x = manager.create(new float[] {0, 1, 2, 3});
 * Autograd.attachGrad(x);
 * NDArray y;
 * try (RecordScope scope = Autograd.record(engine)) {
 *   y = x.mul(2);
 * }
 * Autograd.backward(y, manager.create(new float[] {10, 1, .1f, .01f}));
 * Autograd.getGrad(x); // [20, 2, 0.2, 0.02]
 * }</pre>
 *
 * <p>Two flags, recording and training, belong to the current thread and one engine; a new thread
 * starts with both off. Errors of use are {@link AutogradException}s, bad arguments {@link
 * IllegalArgumentException}s; both leave arrays, gradients and flags as they were.
 */
public final class Autograd {

  private static final Map<Engine, EngineAutograd> ENGINES = new ConcurrentHashMap<>();

  /** What was asked for last: most programs use one engine, and ask at each operation. */
  private static volatile @Nullable Adapter latest;

  private Autograd() {}

  /**
   * Attaches a gradient buffer that each backward overwrites.
   *
   * @param x the array to differentiate with respect to
   * @see #attachGrad(NDArray, GradRequest)
   */
  public static void attachGrad(NDArray x) {
    attachGrad(x, GradRequest.WRITE);
  }

  /**
   * Makes the array a leaf and gives it a gradient buffer of zeros, of its shape and dtype. On a
   * computed array it cuts the graph above it. On an attached array it replaces the buffer; a graph
   * recorded before still writes to the old one.
   *
   * @param x the array to differentiate with respect to
   * @param request what a backward does with the gradient
   * @throws AutogradException if the engine cannot differentiate with respect to x's dtype
   */
  public static void attachGrad(NDArray x, GradRequest request) {
    EngineAutograd autograd = of(x);
    autograd.checkAttachable(x);
    NDArray gradient;
    try (RecordScope unrecorded = new RecordScope(autograd, false, null)) {
      gradient = autograd.newGradient(x);
    }
    NDScope.unregister(gradient);
    attach(autograd, x, new Leaf(gradient, request, false));
  }

  /**
   * Attaches the parameters of a DJL block, for recording its forward outside of a collector. Those
   * that are attached already, are frozen or have no value yet are left as they are.
   *
   * @param block the block, initialized
   */
  public static void attachParameters(Block block) {
    for (Parameter parameter : block.getParameters().values()) {
      if (parameter.isInitialized()
          && parameter.requiresGradient()
          && Leaves.get(parameter.getArray()) == null) {
        attachGrad(parameter.getArray());
      }
    }
  }

  /**
   * Attaches gradient buffers of the caller's own.
   *
   * @param variables the arrays to differentiate with respect to
   * @param gradients a buffer for each, of its shape and dtype
   * @param requests what a backward does with each gradient
   */
  public static void markVariables(
      List<NDArray> variables, List<NDArray> gradients, List<GradRequest> requests) {
    if (gradients.size() != variables.size() || requests.size() != variables.size()) {
      throw Refusal.markCount(variables.size(), gradients.size(), requests.size());
    }
    for (int i = 0; i < variables.size(); i++) {
      NDArray x = variables.get(i);
      NDArray gradient = gradients.get(i);
      if (!x.getShape().equals(gradient.getShape()) || x.getDataType() != gradient.getDataType()) {
        throw Refusal.bufferMismatch(
            i, gradient.getShape(), gradient.getDataType(), x.getShape(), x.getDataType());
      }
      of(x).checkAttachable(x);
    }
    for (int i = 0; i < variables.size(); i++) {
      NDArray x = variables.get(i);
      attach(of(x), x, new Leaf(gradients.get(i), requests.get(i), true));
    }
  }

  private static void attach(EngineAutograd autograd, NDArray x, Leaf leaf) {
    Leaves.sweep();
    Leaf former = Leaves.get(x);
    autograd.attach(x, leaf);
    Leaves.put(x, leaf, autograd.losesFormerLeaves());
    if (former != null && !former.isObservable() && autograd.hasNativeMemory()) {
      former.gradient().close();
    }
  }

  /**
   * The gradient buffer of an attached array: the same array after every backward, so a reference
   * taken early sees later results, and what is written into it counts.
   *
   * @param x an array
   * @return its gradient, or null if none is attached
   */
  public static @Nullable NDArray getGrad(NDArray x) {
    Leaf leaf = Leaves.get(x);
    if (leaf != null) {
      return leaf.handOut();
    }
    // An array that plain DJL has attached.
    return x.hasGradient() ? x.getGradient() : null;
  }

  /**
   * An array that shares the memory of this one and is a constant for autograd.
   *
   * @param x an array
   * @return the constant, with x's manager
   */
  public static NDArray detach(NDArray x) {
    return of(x).detach(x);
  }

  /**
   * Opens a scope that records, in training mode.
   *
   * @param engine the engine to record on
   * @return the scope, to be closed by this thread
   */
  public static RecordScope record(Engine engine) {
    return record(engine, true);
  }

  /**
   * Opens a scope that records.
   *
   * @param engine the engine to record on
   * @param train whether in training mode
   * @return the scope, to be closed by this thread
   */
  public static RecordScope record(Engine engine, boolean train) {
    return new RecordScope(of(engine), true, train);
  }

  /**
   * Opens a scope that does not record, not in training mode.
   *
   * @param engine the engine not to record on
   * @return the scope, to be closed by this thread
   */
  public static RecordScope pause(Engine engine) {
    return pause(engine, false);
  }

  /**
   * Opens a scope that does not record.
   *
   * @param engine the engine not to record on
   * @param train whether in training mode
   * @return the scope, to be closed by this thread
   */
  public static RecordScope pause(Engine engine, boolean train) {
    return new RecordScope(of(engine), false, train);
  }

  /**
   * Opens a scope in training mode; recording stays as it is.
   *
   * @param engine the engine
   * @return the scope, to be closed by this thread
   */
  public static RecordScope trainMode(Engine engine) {
    return new RecordScope(of(engine), null, true);
  }

  /**
   * Opens a scope that is not in training mode; recording stays as it is.
   *
   * @param engine the engine
   * @return the scope, to be closed by this thread
   */
  public static RecordScope predictMode(Engine engine) {
    return new RecordScope(of(engine), null, false);
  }

  /**
   * Whether the current thread records.
   *
   * @param engine the engine asked about
   * @return the flag
   */
  public static boolean isRecording(Engine engine) {
    return of(engine).isRecording();
  }

  /**
   * Whether the current thread is in training mode.
   *
   * @param engine the engine asked about
   * @return the flag
   */
  public static boolean isTraining(Engine engine) {
    return of(engine).isTraining();
  }

  /**
   * Sets the recording flag of the current thread.
   *
   * @param engine the engine
   * @param recording the new value
   * @return the previous value
   */
  public static boolean setRecording(Engine engine, boolean recording) {
    return of(engine).setRecording(recording);
  }

  /**
   * Sets the training flag of the current thread.
   *
   * @param engine the engine
   * @param training the new value
   * @return the previous value
   */
  public static boolean setTraining(Engine engine, boolean training) {
    return of(engine).setTraining(training);
  }

  /**
   * Computes the gradients of the sum of y.
   *
   * @param y a recorded array
   */
  public static void backward(NDArray y) {
    backward(y, null);
  }

  /**
   * Computes the gradients of the sum of {@code y * head}, the product of each element of y with
   * the element of the head gradient in its place.
   *
   * @param y a recorded array
   * @param head dz/dy for the z that is really to be differentiated, of y's dtype and number of
   *     elements; a constant; null for ones
   */
  public static void backward(NDArray y, @Nullable NDArray head) {
    backward(List.of(y), head == null ? null : List.of(head), false, true);
  }

  /**
   * Computes the gradients of the sum of all {@code heads[i] * headGrads[i]} and brings them to the
   * buffers of the attached arrays: written or added, as requested. An attached array that is not
   * reached keeps its gradient.
   *
   * @param heads recorded arrays
   * @param headGrads one for each head, of its dtype and number of elements; null, or null entries,
   *     for ones
   * @param retainGraph whether the graph can be differentiated again
   * @param trainMode whether operations that depend on the mode, such as dropout, differentiate in
   *     training mode
   * @throws IllegalArgumentException if a head gradient does not fit its head
   * @throws AutogradException if a head was not recorded, or its graph has been freed
   */
  public static void backward(
      List<NDArray> heads,
      @Nullable List<@Nullable NDArray> headGrads,
      boolean retainGraph,
      boolean trainMode) {
    Heads fitted = Heads.of(heads, headGrads);
    EngineAutograd autograd = of(heads.get(0));
    if (autograd.hasNativeMemory()) {
      Leaves.sweep();
    }
    try (NativeMemory.Hold open = NativeMemory.hold(autograd);
        RecordScope unrecorded = new RecordScope(autograd, false, trainMode);
        Temporaries temporaries = new Temporaries()) {
      Heads ready = fitted.materialize(temporaries);
      autograd.backward(ready.arrays(), ready.gradients(), retainGraph, trainMode);
    }
  }

  /**
   * Computes gradients as new arrays and leaves the attached buffers alone.
   *
   * @param heads recorded arrays
   * @param variables attached arrays to differentiate with respect to
   * @param headGrads one for each head; null, or null entries, for ones
   * @param retainGraph whether the graph can be differentiated again; null for {@code createGraph}
   * @param createGraph whether the gradients are recorded themselves, for gradients of gradients
   * @param trainMode whether operations that depend on the mode differentiate in training mode
   * @return a gradient for each variable
   * @throws AutogradException if a variable, named by its position, has no gradient attached or is
   *     not reached
   */
  public static List<NDArray> grad(
      List<NDArray> heads,
      List<NDArray> variables,
      @Nullable List<@Nullable NDArray> headGrads,
      @Nullable Boolean retainGraph,
      boolean createGraph,
      boolean trainMode) {
    Heads fitted = Heads.of(heads, headGrads);
    if (variables.isEmpty()) {
      throw Refusal.noVariables();
    }
    EngineAutograd autograd = of(heads.get(0));
    for (int i = 0; i < variables.size(); i++) {
      NDArray x = variables.get(i);
      Leaf leaf = Leaves.get(x);
      if (leaf == null ? !x.hasGradient() : leaf.request() == GradRequest.NULL) {
        throw Refusal.notVariable(i);
      }
    }
    boolean retain = retainGraph == null ? createGraph : retainGraph;
    List<@Nullable NDArray> gradients;
    try (NativeMemory.Hold open = NativeMemory.hold(autograd);
        RecordScope unrecorded = new RecordScope(autograd, false, trainMode);
        Temporaries temporaries = new Temporaries()) {
      Heads ready = fitted.materialize(temporaries);
      gradients =
          autograd.grad(
              ready.arrays(), ready.gradients(), variables, retain, createGraph, trainMode);
      if (!createGraph) {
        // An engine may hand out one array for several variables, or a head gradient itself. (A
        // recorded one stays as it is: PyTorch through DJL does not record a copy.)
        gradients.replaceAll(g -> g == null ? null : copy(temporaries.add(g)));
      }
    }
    List<NDArray> result = new ArrayList<>(variables.size());
    for (int i = 0; i < variables.size(); i++) {
      NDArray gradient = gradients.get(i);
      if (gradient == null) {
        throw Refusal.unreachable(i);
      }
      result.add(gradient);
    }
    return result;
  }

  /**
   * Throws if writing into the array now would make recorded gradients wrong: if the thread records
   * and the array is attached, was recorded, or has been used by a recorded operation.
   *
   * @param x the array about to be written
   * @throws AutogradException if it must not be
   */
  public static void checkInPlace(NDArray x) {
    EngineAutograd autograd = of(x);
    if (autograd.isRecording()
        && (Leaves.get(x) != null || autograd.isInGraph(x) || autograd.isUsed(x))) {
      throw Refusal.inPlace();
    }
  }

  /**
   * Whether the array takes part in a recorded graph: whether it is attached, or was computed while
   * recording from something that is.
   */
  public static boolean isRecorded(NDArray x) {
    return Leaves.get(x) != null || of(x).isInGraph(x);
  }

  /**
   * Tells an engine that does not see it by itself that the operands went into an operation. If the
   * result is recorded, {@link #checkInPlace} refuses writes to them until the next backward.
   */
  public static void noteUse(NDArray result, NDArray... operands) {
    of(result).noteUse(result, operands);
  }

  /**
   * Calls a custom function. While recording, its outputs are recorded as computed from the inputs,
   * with its own backward; otherwise it is a plain forward.
   *
   * <p>On PyTorch, whose graph cannot hold a function, the call is kept until a backward without
   * {@code retainGraph} goes through it, or until the manager of the outputs is closed; and DJL's
   * own collector, which would stop there without a word, is refused.
   *
   * @param function an instance that has not been called
   * @param inputs the inputs
   * @return the outputs
   * @throws AutogradException if the instance has been called before, or on PyTorch if DJL's own
   *     collector is recording
   */
  public static NDList apply(Function function, NDList inputs) {
    function.enter();
    EngineAutograd autograd = of(inputs.head());
    if (!autograd.isRecording()) {
      return function.compute(inputs);
    }
    List<Shape> shapes = inputs.stream().map(NDArray::getShape).toList();
    List<DataType> types = inputs.stream().map(NDArray::getDataType).toList();
    return autograd.function(
        function.name(),
        inputs,
        function::compute,
        heads -> function.differentiate(shapes, types, heads));
  }

  static EngineAutograd of(NDArray array) {
    return of(array.getManager().getEngine());
  }

  static EngineAutograd of(Engine engine) {
    Adapter adapter = latest;
    if (adapter == null || adapter.engine() != engine) {
      adapter = new Adapter(engine, ENGINES.computeIfAbsent(engine, Autograd::adapt));
      latest = adapter;
    }
    return adapter.autograd();
  }

  /** An engine with its autograd. */
  private record Adapter(Engine engine, EngineAutograd autograd) {}

  private static EngineAutograd adapt(Engine engine) {
    return switch (engine.getEngineName()) {
      case "MXNet" -> new MxNetAutograd();
      case "PyTorch" -> new PyTorchAutograd(engine);
      case "JavaTape" -> new JavaTapeAutograd();
      default -> new ProductTrickAutograd(engine);
    };
  }

  private static NDArray copy(NDArray array) {
    NDArray copy = array.duplicate();
    copy.attach(array.getManager());
    return copy;
  }
}
