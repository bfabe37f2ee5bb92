package dev.headgrad.djl;

import ai.djl.engine.EngineException;
import ai.djl.mxnet.engine.MxNDArray;
import ai.djl.mxnet.engine.MxNDManager;
import ai.djl.mxnet.jna.JnaUtils;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDScope;
import com.sun.jna.Pointer;
import java.nio.IntBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Autograd on native MXNet. */
final class MxNetAutograd implements EngineAutograd {

  private static final Pattern NOT_VARIABLE =
      Pattern.compile("with respect to the (\\d+)-th variable because it does not require");
  private static final Pattern UNREACHABLE =
      Pattern.compile("with respect to the (\\d+)-th variable because it is unreachable");
  private static final Pattern NOT_DIFFERENTIABLE =
      Pattern.compile("Operator (\\S+) is non-differentiable");

  private final MxNetFunctions functions = new MxNetFunctions();
  private final Operations operations = new MxNetOperations();

  @Override
  public Operations operations() {
    return operations;
  }

  @Override
  public boolean isRecording() {
    return MxNetLibrary.isRecording();
  }

  @Override
  public boolean setRecording(boolean recording) {
    return MxNetLibrary.setRecording(recording);
  }

  @Override
  public boolean isTraining() {
    return MxNetLibrary.isTraining();
  }

  @Override
  public boolean setTraining(boolean training) {
    return MxNetLibrary.setTraining(training);
  }

  @Override
  public void checkAttachable(NDArray array) {
    // MXNet differentiates with respect to every dtype.
  }

  @Override
  public void attach(NDArray array, Leaf leaf) {
    // DJL's array remembers whether it has a gradient: tell it, then replace what it has marked.
    array.setRequiresGradient(leaf.request() != GradRequest.NULL);
    int code =
        switch (leaf.request()) {
          case NULL -> 0;
          case WRITE -> 1;
          case ADD -> 3;
        };
    JnaUtils.autogradMarkVariables(
        1, handle(array), IntBuffer.wrap(new int[] {code}), handle(leaf.gradient()));
    NDArray reference = leaf.gradient().stopGradient();
    NDScope.unregister(reference);
    reference.detach();
    leaf.setReference(reference);
  }

  @Override
  public boolean isInGraph(NDArray array) {
    return MxNetLibrary.isInGraph(array);
  }

  @Override
  public NDArray detach(NDArray array) {
    return array.stopGradient();
  }

  @Override
  public void backward(
      List<NDArray> heads,
      List<@Nullable NDArray> headGradients,
      boolean retainGraph,
      boolean trainMode) {
    functions.run(() -> call(heads, headGradients, List.of(), retainGraph, false, trainMode));
  }

  @Override
  public NDList function(
      String name, NDList inputs, UnaryOperator<NDList> forward, UnaryOperator<NDList> backward) {
    NDList outputs;
    try (RecordScope unrecorded = new RecordScope(this, false, null)) {
      outputs = forward.apply(inputs);
    }
    functions.record(inputs, outputs, backward, this);
    return outputs;
  }

  @Override
  public List<@Nullable NDArray> grad(
      List<NDArray> heads,
      List<@Nullable NDArray> headGradients,
      List<NDArray> variables,
      boolean retainGraph,
      boolean createGraph,
      boolean trainMode) {
    Pointer[] results =
        functions.run(
            () -> call(heads, headGradients, variables, retainGraph, createGraph, trainMode));
    List<@Nullable NDArray> gradients = new ArrayList<>(results.length);
    for (int i = 0; i < results.length; i++) {
      gradients.add(((MxNDManager) variables.get(i).getManager()).create(results[i]));
    }
    return gradients;
  }

  private static Pointer[] call(
      List<NDArray> heads,
      List<@Nullable NDArray> headGradients,
      List<NDArray> variables,
      boolean retainGraph,
      boolean createGraph,
      boolean trainMode) {
    try {
      return MxNetLibrary.backward(
          heads, headGradients, variables, retainGraph, createGraph, trainMode);
    } catch (EngineException e) {
      throw refusal(e);
    }
  }

  private static RuntimeException refusal(EngineException cause) {
    String error = String.valueOf(cause.getMessage());
    Matcher matcher = NOT_VARIABLE.matcher(error);
    if (matcher.find()) {
      return Refusal.notVariable(Integer.parseInt(matcher.group(1)) - 1);
    }
    matcher = UNREACHABLE.matcher(error);
    if (matcher.find()) {
      return Refusal.unreachable(Integer.parseInt(matcher.group(1)) - 1);
    }
    matcher = NOT_DIFFERENTIABLE.matcher(error);
    if (matcher.find()) {
      return Refusal.notDifferentiable(matcher.group(1), "MXNet", cause);
    }
    if (error.contains("it is not in a computational graph")
        || error.contains("There are no inputs in computation graph")) {
      return Refusal.notInGraph(cause);
    }
    return cause;
  }

  @Override
  public long nativeBytes(NDArray array) {
    return MxNetLibrary.bytes(array);
  }

  private static Pointer handle(NDArray array) {
    return ((MxNDArray) array).getHandle();
  }
}
