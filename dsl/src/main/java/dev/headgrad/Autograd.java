package dev.headgrad;

import ai.djl.ndarray.NDArray;
import dev.headgrad.djl.GradRequest;
import dev.headgrad.djl.RecordScope;
import java.lang.ref.Reference;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Recording and differentiating: MXNet's {@code mxnet.autograd}.
 *
 * <p>Each scope comes in three forms. The first two suit Kotlin as well, where the second reads
 * {@code record { x * 2 }}:
 *
 * <pre>{@code
 * try (var scope = autograd.record()) {   // a region of code
 *   y = x.times(2);
 * }
 * Tensor y = autograd.record(() -> x.times(2));       // an expression, with its value
 * autograd.whileRecording(() -> { trainOneEpoch(); }); // statements
 * }</pre>
 *
 * <p>The recording and training flags belong to the current thread; a new thread starts with both
 * off. Scopes nest freely and restore what was there, also after an exception.
 */
public final class Autograd {
  private final MX mx;

  Autograd(MX mx) {
    this.mx = mx;
  }

  /** Opens a scope that records, in training mode. */
  public RecordScope record() {
    return record(true);
  }

  /** Opens a scope that records, in training mode or not. */
  public RecordScope record(boolean trainMode) {
    return dev.headgrad.djl.Autograd.record(mx.engine(), trainMode);
  }

  /** The value of an expression, computed while recording in training mode. */
  public <T extends @Nullable Object> T record(Supplier<T> expression) {
    return record(true, expression);
  }

  /** The value of an expression, computed while recording in training mode or not. */
  public <T extends @Nullable Object> T record(boolean trainMode, Supplier<T> expression) {
    return within(record(trainMode), expression);
  }

  /** Runs statements while recording in training mode. */
  public void whileRecording(Runnable statements) {
    within(record(), statements);
  }

  /** Opens a scope that does not record and is not in training mode. */
  public RecordScope pause() {
    return pause(false);
  }

  /** Opens a scope that does not record, in training mode or not. */
  public RecordScope pause(boolean trainMode) {
    return dev.headgrad.djl.Autograd.pause(mx.engine(), trainMode);
  }

  /** The value of an expression, computed while not recording. */
  public <T extends @Nullable Object> T pause(Supplier<T> expression) {
    return within(pause(), expression);
  }

  /** Runs statements while not recording. */
  public void whilePaused(Runnable statements) {
    within(pause(), statements);
  }

  /** Opens a scope in training mode; recording stays as it is. */
  public RecordScope trainMode() {
    return dev.headgrad.djl.Autograd.trainMode(mx.engine());
  }

  /** The value of an expression, computed in training mode. */
  public <T extends @Nullable Object> T trainMode(Supplier<T> expression) {
    return within(trainMode(), expression);
  }

  /** Runs statements in training mode. */
  public void whileTraining(Runnable statements) {
    within(trainMode(), statements);
  }

  /** Opens a scope that is not in training mode; recording stays as it is. */
  public RecordScope predictMode() {
    return dev.headgrad.djl.Autograd.predictMode(mx.engine());
  }

  /** The value of an expression, computed not in training mode. */
  public <T extends @Nullable Object> T predictMode(Supplier<T> expression) {
    return within(predictMode(), expression);
  }

  /** Runs statements not in training mode. */
  public void whilePredicting(Runnable statements) {
    within(predictMode(), statements);
  }

  /** Whether the current thread records. */
  public boolean isRecording() {
    return dev.headgrad.djl.Autograd.isRecording(mx.engine());
  }

  /** Whether the current thread is in training mode. */
  public boolean isTraining() {
    return dev.headgrad.djl.Autograd.isTraining(mx.engine());
  }

  /** Sets the recording flag of the current thread and returns its previous value. */
  public boolean setRecording(boolean recording) {
    return dev.headgrad.djl.Autograd.setRecording(mx.engine(), recording);
  }

  /** Sets the training flag of the current thread and returns its previous value. */
  public boolean setTraining(boolean training) {
    return dev.headgrad.djl.Autograd.setTraining(mx.engine(), training);
  }

  /** Computes the gradients of the sum of all heads. */
  public void backward(List<Tensor> heads) {
    backward(heads, null);
  }

  /**
   * Computes the gradients of the sum of {@code heads[i] * headGrads[i]} and brings them to the
   * attached arrays they depend on; the graph is freed.
   *
   * @param heads recorded arrays
   * @param headGrads one for each head; null, or a null entry, stands for ones
   * @see #backward(List, List, boolean, boolean)
   */
  public void backward(List<Tensor> heads, @Nullable List<@Nullable Tensor> headGrads) {
    backward(heads, headGrads, false, true);
  }

  /**
   * Computes the gradients of the sum of {@code heads[i] * headGrads[i]} and brings them to the
   * attached arrays they depend on.
   *
   * @param heads recorded arrays; an array named twice counts twice
   * @param headGrads one for each head, of its dtype and number of elements; null, or a null entry,
   *     stands for ones
   * @param retainGraph whether the graph can be differentiated again
   * @param trainMode whether operations that depend on the mode, such as dropout, differentiate in
   *     training mode
   * @throws IllegalArgumentException if a head gradient does not fit its head
   * @throws dev.headgrad.djl.AutogradException if a head was not recorded, or its graph is freed
   */
  public void backward(
      List<Tensor> heads,
      @Nullable List<@Nullable Tensor> headGrads,
      boolean retainGraph,
      boolean trainMode) {
    try {
      dev.headgrad.djl.Autograd.backward(
          arrays(heads), nullableArrays(headGrads), retainGraph, trainMode);
    } finally {
      Reference.reachabilityFence(heads);
      Reference.reachabilityFence(headGrads);
    }
  }

  /** The gradients of the sum of {@code head} with respect to the variables. */
  public List<Tensor> grad(Tensor head, Tensor... variables) {
    return grad(List.of(head), List.of(variables), null, null, false, true);
  }

  /** The gradients of the sum of {@code head * headGrad} with respect to the variables. */
  public List<Tensor> grad(
      Tensor head, List<Tensor> variables, @Nullable Tensor headGrad, boolean createGraph) {
    return grad(List.of(head), variables, Arrays.asList(headGrad), null, createGraph, true);
  }

  /**
   * Computes gradients as new arrays and leaves the attached ones alone.
   *
   * @param heads recorded arrays
   * @param variables attached arrays to differentiate with respect to
   * @param headGrads one for each head; null, or a null entry, stands for ones
   * @param retainGraph whether the graph can be differentiated again; null for {@code createGraph}
   * @param createGraph whether the gradients are recorded themselves, so that they can be
   *     differentiated in turn
   * @param trainMode whether operations that depend on the mode differentiate in training mode
   * @return a gradient for each variable
   * @throws dev.headgrad.djl.AutogradException if a variable, named by its position, has no
   *     gradient attached or does not influence the heads
   */
  public List<Tensor> grad(
      List<Tensor> heads,
      List<Tensor> variables,
      @Nullable List<@Nullable Tensor> headGrads,
      @Nullable Boolean retainGraph,
      boolean createGraph,
      boolean trainMode) {
    List<NDArray> gradients;
    try {
      gradients =
          dev.headgrad.djl.Autograd.grad(
              arrays(heads),
              arrays(variables),
              nullableArrays(headGrads),
              retainGraph,
              createGraph,
              trainMode);
    } finally {
      Reference.reachabilityFence(heads);
      Reference.reachabilityFence(variables);
      Reference.reachabilityFence(headGrads);
    }
    return gradients.stream().map(gradient -> new Tensor(mx, gradient)).toList();
  }

  /**
   * Attaches gradient buffers of the caller's own.
   *
   * @param variables the arrays to differentiate with respect to
   * @param gradients a buffer for each, of its shape and dtype
   * @param requests what a backward does with each gradient
   */
  public void markVariables(
      List<Tensor> variables, List<Tensor> gradients, List<GradRequest> requests) {
    dev.headgrad.djl.Autograd.markVariables(arrays(variables), arrays(gradients), requests);
    for (int i = 0; i < variables.size(); i++) {
      variables.get(i).keepGrad(gradients.get(i));
    }
  }

  /** {@link #markVariables(List, List, List)} with {@link GradRequest#WRITE} for all. */
  public void markVariables(List<Tensor> variables, List<Tensor> gradients) {
    GradRequest[] requests = new GradRequest[variables.size()];
    Arrays.fill(requests, GradRequest.WRITE);
    markVariables(variables, gradients, Arrays.asList(requests));
  }

  private List<NDArray> arrays(List<Tensor> tensors) {
    List<NDArray> arrays = new ArrayList<>(tensors.size());
    for (Tensor tensor : tensors) {
      arrays.add(tensor.in(mx));
    }
    return arrays;
  }

  private @Nullable List<@Nullable NDArray> nullableArrays(
      @Nullable List<@Nullable Tensor> tensors) {
    if (tensors == null) {
      return null;
    }
    List<@Nullable NDArray> arrays = new ArrayList<>(tensors.size());
    for (Tensor tensor : tensors) {
      arrays.add(tensor == null ? null : tensor.in(mx));
    }
    return arrays;
  }

  private static <T extends @Nullable Object> T within(RecordScope scope, Supplier<T> expression) {
    try (scope) {
      return expression.get();
    }
  }

  private static void within(RecordScope scope, Runnable statements) {
    try (scope) {
      statements.run();
    }
  }
}
