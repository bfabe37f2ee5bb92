package dev.headgrad.tape;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import dev.headgrad.tape.autograd.Backward;
import dev.headgrad.tape.autograd.Gradients;
import dev.headgrad.tape.core.DenseArray;
import dev.headgrad.tape.core.Leaf;
import dev.headgrad.tape.core.NaryOp;
import dev.headgrad.tape.core.Node;
import dev.headgrad.tape.core.Tape;
import dev.headgrad.tape.core.Vertex;
import dev.headgrad.tape.core.Workspace;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What JavaTape's autograd can do beyond DJL's collector: head gradients, graphs that are kept,
 * gradients of gradients, and custom functions. All arrays are JavaTape's.
 */
public final class TapeAutograd {

  private TapeAutograd() {}

  /** Whether this thread's operations are recorded. */
  public static boolean isRecording() {
    return Tape.isRecording();
  }

  /** Switches recording for this thread and returns what it was. */
  public static boolean setRecording(boolean recording) {
    return Tape.setRecording(recording);
  }

  /** Whether this thread's layers behave as in training. */
  public static boolean isTraining() {
    return Tape.isTraining();
  }

  /** Switches training for this thread and returns what it was. */
  public static boolean setTraining(boolean training) {
    return Tape.setTraining(training);
  }

  /**
   * Makes an array a variable, cut off from what it was computed from.
   *
   * @param x the array
   * @param update what a backward does with the gradient that is there
   * @param gradient the array that gets the gradient, of the shape and dtype of x; null for fresh
   *     zeros
   */
  public static void attach(NDArray x, Leaf.Update update, @Nullable NDArray gradient) {
    DenseArray array = array(x);
    Leaf leaf = new Leaf(array.type(), array.dims(), update);
    if (gradient != null) {
      leaf.setGradient(array(gradient));
    }
    array.setVertex(leaf, 0);
  }

  /**
   * The same memory off the tape: a constant. Unlike after {@link NDArray#stopGradient()}, which is
   * an operation with the gradient 0, what was before it counts as not reached.
   */
  public static NDArray detach(NDArray x) {
    return ((TapeNDManager) x.getManager()).wrap(array(x).detached());
  }

  /** Whether a gradient is attached to the array. */
  public static boolean isVariable(NDArray x) {
    return array(x).vertex() instanceof Leaf;
  }

  /** Whether the array is in a recorded graph, as a variable or as a result. */
  public static boolean isRecorded(NDArray x) {
    Vertex vertex = array(x).vertex();
    return vertex != null && !(vertex instanceof Node node && node.isReleased());
  }

  /**
   * Whether the array is a variable, was recorded, or was read by a recorded operation whose graph
   * still stands, so that writing to it while recording would falsify a gradient.
   */
  public static boolean isOnTape(NDArray x) {
    return array(x).isOnTape();
  }

  /**
   * Computes gradients and updates those of all variables that are reached.
   *
   * @param heads recorded arrays
   * @param headGradients one for each head, of its size and dtype; null for ones
   * @param retainGraph whether the graph stays for another backward
   * @throws IllegalStateException if a head is not in a recorded graph, or an array that a gradient
   *     needs was written to; nothing has changed then
   */
  public static void backward(
      List<NDArray> heads, List<? extends @Nullable NDArray> headGradients, boolean retainGraph) {
    Gradients.update(run(heads, headGradients, List.of(), retainGraph, false), null);
  }

  /**
   * Computes the gradients of some variables, and leaves those that are attached alone.
   *
   * @param heads recorded arrays
   * @param headGradients one for each head, of its size and dtype; null for ones
   * @param variables arrays with a gradient attached
   * @param retainGraph whether the graph stays for another backward; it stays in any case if one of
   *     the variables is not reached
   * @param createGraph whether the gradients can be differentiated again
   * @return for each variable its gradient; zeros if it is reached through non-differentiable
   *     operations only; null if it is not reached
   */
  public static List<@Nullable NDArray> gradients(
      List<NDArray> heads,
      List<? extends @Nullable NDArray> headGradients,
      List<NDArray> variables,
      boolean retainGraph,
      boolean createGraph) {
    List<Leaf> leaves = new ArrayList<>();
    for (NDArray x : variables) {
      if (array(x).vertex() instanceof Leaf leaf) {
        leaves.add(leaf);
      }
    }
    Map<Leaf, @Nullable DenseArray> gradients =
        run(heads, headGradients, leaves, retainGraph, createGraph);
    List<@Nullable NDArray> out = new ArrayList<>();
    for (NDArray x : variables) {
      DenseArray array = array(x);
      if (!(array.vertex() instanceof Leaf leaf) || !gradients.containsKey(leaf)) {
        out.add(null);
        continue;
      }
      DenseArray g = gradients.get(leaf);
      TapeNDManager manager = (TapeNDManager) x.getManager();
      out.add(manager.wrap(g == null ? DenseArray.zeros(leaf.type(), leaf.dims()) : alias(g)));
    }
    if (!createGraph) {
      for (DenseArray g : gradients.values()) {
        if (g != null) {
          g.release(); // the results have holds of their own
        }
      }
    }
    return out;
  }

  /** Another array of the same memory and the same place on the tape, with a life of its own. */
  private static DenseArray alias(DenseArray g) {
    DenseArray alias = g.detached();
    alias.setVertex(g.vertex(), g.slot());
    return alias;
  }

  private static Map<Leaf, @Nullable DenseArray> run(
      List<NDArray> heads,
      List<? extends @Nullable NDArray> headGradients,
      List<Leaf> required,
      boolean retainGraph,
      boolean createGraph) {
    List<DenseArray> y = new ArrayList<>();
    List<@Nullable DenseArray> h = new ArrayList<>();
    for (int i = 0; i < heads.size(); i++) {
      NDArray head = headGradients.get(i);
      y.add(array(heads.get(i)));
      h.add(head == null ? null : array(head));
    }
    return Backward.run(y, h, required, retainGraph, createGraph);
  }

  /**
   * Calls a function with a gradient of the caller's own.
   *
   * @param name what error messages call it
   * @param inputs what it is called with
   * @param forward computes the outputs; runs unrecorded
   * @param backward gets the gradient of each output (zeros for one that was not reached) and
   *     returns that of each input
   * @return the outputs, recorded as results of one operation if this thread is recording
   */
  public static NDList function(
      String name, NDList inputs, UnaryOperator<NDList> forward, UnaryOperator<NDList> backward) {
    TapeNDManager manager = (TapeNDManager) inputs.head().getManager();
    DenseArray[] in = new DenseArray[inputs.size()];
    for (int i = 0; i < in.length; i++) {
      in[i] = array(inputs.get(i));
    }
    DenseArray[] out = new Custom(name, manager, forward, backward).apply(in);
    NDList outputs = new NDList(out.length);
    for (DenseArray y : out) {
      outputs.add(manager.wrap(y));
    }
    return outputs;
  }

  private static final class Custom extends NaryOp {
    private final TapeNDManager manager;
    private final UnaryOperator<NDList> forward;
    private final UnaryOperator<NDList> backward;

    Custom(
        String name,
        TapeNDManager manager,
        UnaryOperator<NDList> forward,
        UnaryOperator<NDList> backward) {
      super(name, Keeps.NOTHING);
      this.manager = manager;
      this.forward = forward;
      this.backward = backward;
    }

    @Override
    protected DenseArray[] forward(DenseArray[] inputs) {
      boolean wasRecording = Tape.setRecording(false);
      try {
        NDList in = new NDList(inputs.length);
        for (DenseArray x : inputs) {
          in.add(manager.wrap(x.detached()));
        }
        return views(forward.apply(in));
      } finally {
        Tape.setRecording(wasRecording);
      }
    }

    @Override
    protected @Nullable DenseArray[] gradients(Node node, @Nullable DenseArray[] heads) {
      NDList grads = new NDList(heads.length);
      for (int i = 0; i < heads.length; i++) {
        DenseArray head = heads[i];
        grads.add(
            TapeNDManager.system()
                .wrap(
                    head == null
                        ? DenseArray.zeros(node.outputType(i), node.outputDims(i))
                        : alias(head)));
      }
      NDList returned;
      try (Workspace programs = Workspace.suspended()) {
        returned = backward.apply(grads);
      }
      DenseArray[] gradients = new DenseArray[returned.size()];
      for (int i = 0; i < gradients.length; i++) {
        gradients[i] = alias(array(returned.get(i)));
      }
      return gradients;
    }

    private static DenseArray[] views(NDList list) {
      DenseArray[] arrays = new DenseArray[list.size()];
      for (int i = 0; i < arrays.length; i++) {
        arrays[i] = array(list.get(i)).detached();
      }
      return arrays;
    }
  }

  private static DenseArray array(NDArray x) {
    if (x instanceof TapeNDArray tape) {
      return tape.array();
    }
    throw new IllegalArgumentException(
        "an array of JavaTape is needed, but this one is of the engine "
            + x.getManager().getEngine().getEngineName());
  }
}
