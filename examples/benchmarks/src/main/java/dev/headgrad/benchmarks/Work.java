package dev.headgrad.benchmarks;

import ai.djl.ndarray.NDArray;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A program that is set up and can be run any number of times. */
interface Work extends AutoCloseable {

  /** Does the work once. The engine may still be busy with it when this returns. */
  void run();

  /** One element of the last result, which is there when all that was asked for is computed. */
  float read();

  /** Frees what the last run left. */
  @Override
  default void close() {}

  /** Work whose result is a new array, closed when the next one is there. */
  static Work of(Supplier<NDArray> operation) {
    return of(operation, array -> array, NDArray::close);
  }

  /**
   * Work with a new result each time.
   *
   * @param operation does the work
   * @param array the result's array
   * @param close frees a result when the next one is there
   */
  static <R> Work of(Supplier<R> operation, Function<R, NDArray> array, Consumer<R> close) {
    return new Work() {
      private @Nullable R last;

      @Override
      public void run() {
        R result = operation.get();
        close();
        last = result;
      }

      @Override
      public float read() {
        if (last == null) {
          throw new IllegalStateException("nothing was run");
        }
        return firstElement(array.apply(last));
      }

      @Override
      public void close() {
        if (last != null) {
          close.accept(last);
        }
      }
    };
  }

  /** Work that writes to an array that is there already. */
  static Work inPlace(NDArray result, Runnable step) {
    return new Work() {
      @Override
      public void run() {
        step.run();
      }

      @Override
      public float read() {
        return firstElement(result);
      }
    };
  }

  /** The element with all indices zero. */
  static float firstElement(NDArray array) {
    int rank = array.getShape().dimension();
    return rank == 0 ? array.toFloatArray()[0] : array.getFloat(new long[rank]);
  }
}
