package dev.headgrad;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import dev.headgrad.djl.Engines;
import dev.headgrad.djl.NativeMemory;
import dev.headgrad.random.MxRandom;
import java.lang.ref.Reference;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A session: an engine, the arrays made on it, and the two names that MXNet programs start with,
 * {@code nd} and {@code autograd}.
 *
 * <p>Most programs use the default session, whose engine is chosen when it is first needed:
 *
 * <pre>{@code
 * import static dev.headgrad.MX.*;
 *
 * var x = nd.array(0, 1, 2, 3);
 * x.attachGrad();
 * Tensor y = autograd.record(() -> x.times(2));
 * y.backward(nd.array(10, 1, .1f, .01f));
 * System.out.println(x.getGrad());
 * }</pre>
 *
 * <p>A program that names its engine opens a session of its own:
 *
 * <pre>{@code
 * try (var mx = MX.open("PyTorch")) {
 *   var x = mx.nd().arange(4);
 * }
 * }</pre>
 *
 * <p>Tensors of different sessions cannot be combined. A session may be used by any number of
 * threads.
 */
public final class MX implements AutoCloseable {
  private static final MX DEFAULT = new MX(null);

  /** Functions on arrays, on the default session. */
  public static final Nd nd = DEFAULT.functions;

  /** Recording and differentiating, on the default session. */
  public static final Autograd autograd = DEFAULT.scopes;

  /** Python's {@code ...} in an index. */
  public static final Axis ELLIPSIS = Axis.ELLIPSIS;

  /** Python's {@code None} in an index: a new axis of size 1. */
  public static final Axis NEW_AXIS = Axis.NEW;

  private final @Nullable String spec;
  private final MxRandom sampler = new MxRandom();
  private final Nd functions = new Nd(this);
  private final Autograd scopes = new Autograd(this);
  private volatile @Nullable Opened opened;
  private final ThreadLocal<@Nullable TensorScope> scope = new ThreadLocal<>();
  private volatile boolean closed;

  private MX(@Nullable String spec) {
    this.spec = spec;
  }

  /** What there is once the engine is chosen. */
  private record Opened(
      Engine engine,
      NDManager manager,
      boolean hasNativeMemory,
      boolean sharesViews,
      boolean hasMxNetOperations) {}

  /** Opens a session on the engine that configuration asks for, or on the best one there is. */
  public static MX open() {
    MX mx = new MX(null);
    mx.opened();
    return mx;
  }

  /**
   * Opens a session.
   *
   * @param engines an engine's name ({@code MXNet}, {@code PyTorch}, {@code JavaTape}), a
   *     comma-separated list of names tried in order, or {@code auto}
   * @throws IllegalArgumentException if a name is unknown; the message lists the known ones
   * @throws IllegalStateException if none of them can be used; the message says why, for each
   */
  public static MX open(String engines) {
    MX mx = new MX(engines);
    mx.opened();
    return mx;
  }

  /**
   * The default session, whose {@code nd} and {@code autograd} are {@link #nd} and {@link
   * #autograd}.
   */
  public static MX standard() {
    return DEFAULT;
  }

  /** Functions on arrays of this session. */
  public Nd nd() {
    return functions;
  }

  /** Recording and differentiating in this session. */
  public Autograd autograd() {
    return scopes;
  }

  /** The DJL engine this session runs on. */
  public Engine engine() {
    return opened().engine();
  }

  /** The DJL manager that owns this session's arrays. */
  public NDManager manager() {
    return opened().manager();
  }

  /** Frees this session's arrays at once. Closing the default session does nothing. */
  @Override
  public void close() {
    if (this == DEFAULT) {
      return;
    }
    closed = true;
    Opened current = opened;
    if (current != null) {
      current.manager().close();
    }
  }

  @Override
  public String toString() {
    Opened current = opened;
    return current == null ? "MX" : "MX on " + current.engine().getEngineName();
  }

  /**
   * Opens a scope that frees the arrays that this thread makes in it as soon as it is closed,
   * without waiting for the garbage collector.
   *
   * <pre>{@code
   * Tensor total;
   * try (TensorScope scope = mx.scope()) {
   *   Tensor squares = x.times(x);
   *   total = scope.keep(squares.sum());
   * }
   * }</pre>
   */
  public TensorScope scope() {
    return new TensorScope(scope);
  }

  /**
   * The value of an expression whose arrays outlast the scopes that this thread has open, and are
   * not recorded: parameters, and what is kept about them.
   */
  public <T> T lasting(Supplier<T> expression) {
    TensorScope innermost = scope.get();
    scope.set(null);
    try {
      return scopes.pause(expression);
    } finally {
      scope.set(innermost);
    }
  }

  /** Notes a new array in the innermost scope of this thread. */
  void registerInScope(Tensor tensor) {
    TensorScope innermost = scope.get();
    if (innermost != null) {
      innermost.add(tensor);
    }
  }

  /** MXNet's random numbers, drawn on the Java side. */
  MxRandom sampler() {
    return sampler;
  }

  /**
   * Runs an operation on DJL arrays; what it makes on the way is freed, its result is a Tensor. The
   * Tensors that the operation refers to, and with them their arrays, stay until it is done.
   */
  Tensor compute(Supplier<NDArray> operation) {
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      NDArray result = operation.get();
      NDScope.unregister(result);
      return new Tensor(this, result);
    } finally {
      Reference.reachabilityFence(operation);
    }
  }

  /** {@link #compute} for operations whose result may be a view: the Tensor gets its own memory. */
  Tensor computeView(Supplier<NDArray> operation) {
    return sharesViews() ? compute(() -> Elementary.copy(operation.get())) : compute(operation);
  }

  /** {@link #computeView} for operations with several results. */
  List<Tensor> computeViews(Supplier<List<NDArray>> operation) {
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      List<Tensor> results = new ArrayList<>();
      for (NDArray piece : operation.get()) {
        NDArray result = sharesViews() ? Elementary.copy(piece) : piece;
        NDScope.unregister(result);
        results.add(new Tensor(this, result));
      }
      return results;
    } finally {
      Reference.reachabilityFence(operation);
    }
  }

  /**
   * {@link #compute} for arrays made of Java buffers, which PyTorch would go on using as memory.
   */
  Tensor own(Supplier<NDArray> creation) {
    return sharesViews() ? compute(() -> creation.get().duplicate()) : compute(creation);
  }

  /** Whether this engine's arrays have memory that the garbage collector does not see. */
  boolean hasNativeMemory() {
    return opened().hasNativeMemory();
  }

  /** Whether this engine's reshapes and slices share memory with what they were taken from. */
  boolean sharesViews() {
    return opened().sharesViews();
  }

  /** Whether this engine has MXNet's own operations, some of which can be differentiated twice. */
  boolean hasMxNetOperations() {
    return opened().hasMxNetOperations();
  }

  private Opened opened() {
    Opened current = opened;
    return current != null ? current : openNow();
  }

  private synchronized Opened openNow() {
    Opened current = opened;
    if (current != null) {
      return current;
    }
    if (closed) {
      throw new IllegalStateException("this session is closed");
    }
    Engine engine = spec == null ? Engines.choose() : Engines.choose(spec);
    NDManager manager = engine.newBaseManager();
    current =
        new Opened(
            engine,
            manager,
            NativeMemory.isUsedBy(engine),
            probeViews(manager),
            probeMxNetOperations(manager));
    opened = current;
    return current;
  }

  private static boolean probeViews(NDManager manager) {
    try (NDArray array = manager.zeros(new Shape(2));
        NDArray view = array.reshape(2, 1)) {
      view.addi(1);
      return array.toFloatArray()[0] != 0;
    }
  }

  private static boolean probeMxNetOperations(NDManager manager) {
    try (NDArray array = manager.zeros(new Shape(1));
        NDArray same = Elementary.mxNet("_copy", array)) {
      return true;
    } catch (UnsupportedOperationException e) {
      return false;
    }
  }
}
