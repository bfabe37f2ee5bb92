package dev.headgrad.tape;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Calls by the signature of the method, and arrays for them. */
abstract class WrittenCalls {

  /** A call that is written out. */
  @FunctionalInterface
  interface Call {
    @Nullable Object run() throws Exception;
  }

  /** One that returns nothing. */
  @FunctionalInterface
  interface Action {
    void run() throws Exception;
  }

  final Engine engine = Engine.getEngine(TapeEngine.NAME);
  final NDManager manager = engine.newBaseManager();
  private final Map<String, Call> calls = new HashMap<>();

  /** The call of a method, if it is written out. */
  final @Nullable Call written(String signature) {
    return calls.get(signature);
  }

  final void add(String signature, Call call) {
    calls.put(signature, call);
  }

  final void perform(String signature, Action action) {
    calls.put(
        signature,
        () -> {
          action.run();
          return null;
        });
  }

  /** Positive, different, and below 1. */
  final NDArray array(long... dims) {
    Shape shape = new Shape(dims);
    return manager.arange(1f, 1f + shape.size()).div(1 + shape.size()).reshape(shape);
  }

  final NDArray matrix() {
    return array(3, 3);
  }

  final NDArray index(long... dims) {
    return manager.ones(new Shape(dims), DataType.INT64);
  }
}
