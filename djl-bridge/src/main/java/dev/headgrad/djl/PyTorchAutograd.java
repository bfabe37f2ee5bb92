package dev.headgrad.djl;

import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Autograd on native PyTorch.
 *
 * <p>PyTorch knows one flag, adds up whatever it finds and records in every new thread. Here {@code
 * aten::grad} hands out the gradients, and the bridge writes or adds them to the buffers of the
 * attached arrays; the training flag is kept beside PyTorch's own recording flag.
 */
final class PyTorchAutograd implements EngineAutograd {

  private final TorchScriptGrad script;
  private final Stitches stitches = new Stitches();
  private final ThreadLocal<Flags> flags = ThreadLocal.withInitial(Flags::new);

  PyTorchAutograd(Engine engine) {
    script = new TorchScriptGrad(engine);
  }

  /** The flags of one thread. PyTorch's own says what is recorded. */
  private static final class Flags {
    boolean training;

    Flags() {
      // PyTorch starts every thread but DJL's first with recording on.
      JniUtils.setGradMode(false);
    }
  }

  @Override
  public boolean isRecording() {
    flags.get();
    return JniUtils.isGradMode();
  }

  @Override
  public boolean setRecording(boolean recording) {
    boolean previous = isRecording();
    JniUtils.setGradMode(recording);
    return previous;
  }

  @Override
  public boolean isTraining() {
    return flags.get().training;
  }

  @Override
  public boolean setTraining(boolean training) {
    Flags mine = flags.get();
    boolean previous = mine.training;
    mine.training = training;
    return previous;
  }

  @Override
  public void checkAttachable(NDArray array) {
    DataType type = array.getDataType();
    if (!type.isFloating() && type != DataType.COMPLEX64) {
      throw Refusal.notAttachable(type, "PyTorch");
    }
  }

  @Override
  public void attach(NDArray array, NDArray gradient, GradRequest request) {
    // A new tensor on the same memory: earlier graphs keep the old one, and their way upwards.
    array.intern(array.stopGradient());
    array.setRequiresGradient(request != GradRequest.NULL);
  }

  @Override
  public boolean isInGraph(NDArray array) {
    return JniUtils.requiresGrad((PtNDArray) array) || !script.isLeaf((PtNDArray) array);
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
    List<NDArray> arrays = new ArrayList<>();
    List<Leaf> leaves = new ArrayList<>();
    Leaves.forEach(
        (array, leaf) -> {
          if (array instanceof PtNDArray && leaf.request() != GradRequest.NULL) {
            arrays.add(array);
            leaves.add(leaf);
          }
        });
    List<@Nullable NDArray> gradients =
        grad(heads, headGradients, arrays, retainGraph, false, trainMode);
    List<NDArray> targets = new ArrayList<>();
    List<NDArray> values = new ArrayList<>();
    try (Temporaries temporaries = new Temporaries()) {
      for (int i = 0; i < leaves.size(); i++) {
        NDArray gradient = gradients.get(i);
        if (gradient == null) {
          continue;
        }
        temporaries.add(gradient);
        Leaf leaf = leaves.get(i);
        if (leaf.request() == GradRequest.ADD) {
          leaf.gradient().addi(gradient);
        } else {
          targets.add(leaf.gradient());
          values.add(gradient);
        }
      }
      script.assign(targets, values);
    }
  }

  @Override
  public List<@Nullable NDArray> grad(
      List<NDArray> heads,
      List<@Nullable NDArray> headGradients,
      List<NDArray> variables,
      boolean retainGraph,
      boolean createGraph,
      boolean trainMode) {
    for (NDArray head : heads) {
      if (!isInGraph(head)) {
        throw Refusal.notInGraph(null);
      }
    }
    List<@Nullable NDArray> gradients =
        stitches.isEmpty()
            ? pass(heads, headGradients, variables, retainGraph, createGraph)
            : stitches.grad(this, heads, headGradients, variables, retainGraph, createGraph);
    if (!retainGraph) {
      // PyTorch would differentiate a graph that has saved nothing, such as a sum, a second time.
      for (NDArray head : heads) {
        if (!JniUtils.requiresGrad((PtNDArray) head)) {
          head.intern(head.stopGradient());
        }
      }
    }
    return gradients;
  }

  /** One call of PyTorch's own differentiation, which does not know of custom functions. */
  List<@Nullable NDArray> pass(
      List<NDArray> heads,
      List<@Nullable NDArray> headGradients,
      List<NDArray> variables,
      boolean retainGraph,
      boolean createGraph) {
    PtNDArray[] outputs = heads.toArray(new PtNDArray[0]);
    try (Temporaries temporaries = new Temporaries()) {
      PtNDArray[] outputGradients = new PtNDArray[outputs.length];
      for (int i = 0; i < outputs.length; i++) {
        NDArray gradient = headGradients.get(i);
        boolean flows = gradient != null && createGraph && isInGraph(gradient);
        NDArray head =
            flows
                ? gradient
                : gradient == null ? Autograd.ones(outputs[i]) : gradient.stopGradient();
        outputGradients[i] = (PtNDArray) (flows ? head : temporaries.add(head));
      }
      return script.grad(
          outputs, variables.toArray(new PtNDArray[0]), outputGradients, retainGraph, createGraph);
    } catch (EngineException e) {
      throw refusal(e);
    }
  }

  @Override
  public NDList function(
      String name, NDList inputs, UnaryOperator<NDList> forward, UnaryOperator<NDList> backward) {
    NDList outputs;
    try (RecordScope unrecorded = new RecordScope(this, false, null)) {
      outputs = forward.apply(inputs);
    }
    return stitches.add(inputs, outputs, backward);
  }

  private static RuntimeException refusal(EngineException e) {
    String error = String.valueOf(e.getMessage());
    if (error.contains("Trying to backward through the graph a second time")) {
      return Refusal.notInGraph(e);
    }
    int changed = error.indexOf("modified by an inplace operation: ");
    if (changed >= 0) {
      String details = error.substring(error.indexOf(": ", changed) + 2);
      return Refusal.savedArrayChanged(details.lines().findFirst().orElse(details), e);
    }
    return e;
  }
}
