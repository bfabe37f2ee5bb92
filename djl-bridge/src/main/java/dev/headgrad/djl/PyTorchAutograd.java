package dev.headgrad.djl;

import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.pytorch.engine.PtGradientCollector;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Autograd on native PyTorch.
 *
 * <p>PyTorch knows one flag, adds up whatever it finds and records in every new thread. Here {@code
 * aten::grad} hands out the gradients, and the bridge writes or adds them to the buffers of the
 * attached arrays; the training flag is kept beside PyTorch's own recording flag.
 */
final class PyTorchAutograd implements EngineAutograd {

  /**
   * What PyTorch says of an array that was changed: its shape, and what computed it if recorded.
   */
  private static final Pattern CHANGED =
      Pattern.compile(
          "modified by an inplace operation: \\[\\S+ \\[([^\\]]*)\\]\\]"
              + "(?:, which is output (\\d+) of (\\w+?)(?:Backward\\d*)?,)?");

  private final TorchScriptGrad script;
  private final Stitches stitches = new Stitches(this);
  private final ThreadLocal<Flags> flags = ThreadLocal.withInitial(Flags::new);

  /** Constants that recorded operations have used, with the number of frees there were before. */
  private final WeakIdentityMap<NDArray, Long> used = new WeakIdentityMap<>(count -> {});

  private final AtomicLong frees = new AtomicLong();

  PyTorchAutograd(Engine engine) {
    script = new TorchScriptGrad(engine);
  }

  /** The flags of one thread. PyTorch's own says what is recorded. */
  private static final class Flags {
    boolean recording;
    boolean training;
    boolean collecting;

    /** PyTorch starts every thread but DJL's first with recording on: that alone means nothing. */
    Flags() {
      recording = JniUtils.isGradMode() && isCollecting();
      training = recording;
      collecting = recording;
      JniUtils.setGradMode(recording);
    }

    /** Whether a collector of DJL's is open, of which there is one at a time. */
    private static boolean isCollecting() {
      try (PtGradientCollector probe = new PtGradientCollector()) {
        return false;
      } catch (IllegalStateException e) {
        return true;
      }
    }

    /** A collector of DJL's that was opened or closed meanwhile takes both flags along. */
    Flags update() {
      boolean now = JniUtils.isGradMode();
      if (now != recording) {
        recording = now;
        training = now;
        collecting = now;
      }
      return this;
    }

    /** Whether DJL's collector records on this thread, now or around a scope that is open. */
    boolean isInCollector() {
      collecting = update().collecting && isCollecting();
      return collecting;
    }
  }

  @Override
  public boolean isRecording() {
    return flags.get().update().recording;
  }

  @Override
  public boolean setRecording(boolean recording) {
    Flags mine = flags.get().update();
    boolean previous = mine.recording;
    JniUtils.setGradMode(recording);
    mine.recording = recording;
    return previous;
  }

  @Override
  public boolean isTraining() {
    return flags.get().update().training;
  }

  @Override
  public boolean setTraining(boolean training) {
    Flags mine = flags.get().update();
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

  /** The gradient that PyTorch itself keeps with the tensor, which DJL's optimizers read. */
  @Override
  public NDArray newGradient(NDArray array) {
    makeLeaf(array);
    try (NDArray zeros = array.zerosLike()) {
      JniUtils.backward((PtNDArray) array, (PtNDArray) zeros, false, false);
    }
    return array.getGradient();
  }

  @Override
  public void write(NDArray values, NDArray target) {
    script.assign(List.of(target), List.of(values));
  }

  @Override
  public void attach(NDArray array, Leaf leaf) {
    if (!leaf.isFresh()) {
      makeLeaf(array);
    }
    if (leaf.request() == GradRequest.NULL) {
      array.setRequiresGradient(false);
    }
    leaf.setReference(script.alias((PtNDArray) array));
  }

  /** A new tensor on the same memory: earlier graphs keep the old one, and their way upwards. */
  private static void makeLeaf(NDArray array) {
    array.intern(array.stopGradient());
    array.setRequiresGradient(true);
  }

  @Override
  public boolean losesFormerLeaves() {
    return true;
  }

  @Override
  public boolean isInGraph(NDArray array) {
    return JniUtils.requiresGrad((PtNDArray) array) || !script.isLeaf((PtNDArray) array);
  }

  @Override
  public void noteUse(NDArray result, NDArray... operands) {
    if (isRecording() && isInGraph(result)) {
      for (NDArray operand : operands) {
        if (!isInGraph(operand)) {
          used.put(operand, frees.get());
        }
      }
    }
  }

  /**
   * What one graph still needs may pass here once another is freed: PyTorch then says so itself.
   */
  @Override
  public boolean isUsed(NDArray array) {
    Long since = used.get(array);
    return since != null && since == frees.get();
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
    List<Leaf> leaves = Leaves.of(PtNDArray.class);
    List<NDArray> arrays = new ArrayList<>(leaves.size());
    leaves.forEach(leaf -> arrays.add(leaf.reference()));
    requireGraph(heads);
    List<NDArray> targets = new ArrayList<>();
    List<NDArray> values = new ArrayList<>();
    try (Temporaries temporaries = new Temporaries()) {
      List<NDArray> constants = constants(heads, headGradients, temporaries);
      List<@Nullable NDArray> gradients =
          stitches.grad(heads, constants, arrays, retainGraph, false);
      boolean any = false;
      for (int i = 0; i < leaves.size(); i++) {
        NDArray gradient = gradients.get(i);
        if (gradient == null) {
          continue;
        }
        any = true;
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
      if (!any) {
        // What the heads depend on was attached by plain DJL, if at all, or has been freed.
        accumulate(heads, constants, retainGraph);
      }
    }
    cut(heads, retainGraph);
  }

  /** PyTorch's own backward: it adds to the gradients that PyTorch keeps with its leaves. */
  private static void accumulate(
      List<NDArray> heads, List<NDArray> headGradients, boolean retainGraph) {
    try {
      for (int i = 0; i < heads.size(); i++) {
        boolean retain = retainGraph || i < heads.size() - 1;
        JniUtils.backward(
            (PtNDArray) heads.get(i), (PtNDArray) headGradients.get(i), retain, false);
      }
    } catch (EngineException e) {
      throw refusal(e);
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
    requireGraph(heads);
    List<@Nullable NDArray> gradients;
    try (Temporaries temporaries = new Temporaries()) {
      List<NDArray> constants = constants(heads, headGradients, temporaries);
      // PyTorch frees as it goes, but a refusal must find the graph as it was.
      gradients = stitches.grad(heads, constants, variables, true, createGraph);
    }
    cut(heads, retainGraph || gradients.contains(null));
    return gradients;
  }

  private void requireGraph(List<NDArray> heads) {
    for (NDArray head : heads) {
      if (!isInGraph(head)) {
        throw Refusal.notInGraph(null);
      }
    }
  }

  private static List<NDArray> constants(
      List<NDArray> heads, List<@Nullable NDArray> headGradients, Temporaries temporaries) {
    List<NDArray> constants = new ArrayList<>(heads.size());
    for (int i = 0; i < heads.size(); i++) {
      NDArray gradient = headGradients.get(i);
      constants.add(
          temporaries.add(gradient == null ? Heads.ones(heads.get(i)) : gradient.stopGradient()));
    }
    return constants;
  }

  /** PyTorch would differentiate a graph that has saved nothing, such as a sum, a second time. */
  private void cut(List<NDArray> heads, boolean retainGraph) {
    if (retainGraph) {
      return;
    }
    frees.incrementAndGet();
    for (NDArray head : heads) {
      if (!JniUtils.requiresGrad((PtNDArray) head)) {
        head.intern(head.stopGradient());
      }
    }
  }

  /** One call of PyTorch's own differentiation, which does not know of custom functions. */
  List<@Nullable NDArray> pass(
      List<NDArray> heads,
      List<NDArray> headGradients,
      List<NDArray> variables,
      boolean retainGraph,
      boolean createGraph) {
    try {
      return script.grad(
          heads.toArray(new PtNDArray[0]),
          variables.toArray(new PtNDArray[0]),
          headGradients.toArray(new PtNDArray[0]),
          retainGraph,
          createGraph);
    } catch (EngineException e) {
      throw refusal(e);
    }
  }

  @Override
  public NDList function(
      String name, NDList inputs, UnaryOperator<NDList> forward, UnaryOperator<NDList> backward) {
    if (flags.get().isInCollector() && inputs.stream().anyMatch(this::isInGraph)) {
      throw Refusal.functionInCollector(name);
    }
    return stitches.call(inputs, forward, backward);
  }

  private static RuntimeException refusal(EngineException e) {
    String error = String.valueOf(e.getMessage());
    if (error.contains("Trying to backward through the graph a second time")) {
      return Refusal.notInGraph(e);
    }
    Matcher matcher = CHANGED.matcher(error);
    if (matcher.find()) {
      String array = "an array of shape (" + matcher.group(1) + ")";
      String operation = matcher.group(3);
      return Refusal.savedArrayChanged(
          operation == null
              ? array
              : "output " + matcher.group(2) + " of " + operation + ", " + array,
          e);
    }
    return e;
  }
}
