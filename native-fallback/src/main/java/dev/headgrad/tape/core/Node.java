package dev.headgrad.tape.core;

import ai.djl.ndarray.types.DataType;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** One recorded call of an operation: where its inputs came from, and what its rule will read. */
public final class Node extends Vertex {

  private final Op op;
  private final @Nullable Vertex[] sources;
  private final int[] slots;
  private final DataType[] inputTypes;
  private final int[][] inputDims;
  private final DataType[] outputTypes;
  private final int[][] outputDims;
  private final @Nullable DenseArray[] savedInputs;
  private final @Nullable DenseArray[] savedOutputs;
  private final @Nullable Uses[] constants;
  private final int[] versions;
  private boolean released;

  Node(int depth, Op op, DenseArray[] inputs, DenseArray[] outputs) {
    super(depth);
    this.op = op;
    int n = inputs.length;
    int m = outputs.length;
    sources = new Vertex[n];
    slots = new int[n];
    inputTypes = new DataType[n];
    inputDims = new int[n][];
    savedInputs = new DenseArray[n];
    savedOutputs = new DenseArray[m];
    outputTypes = new DataType[m];
    outputDims = new int[m][];
    versions = new int[n + m];
    constants = new Uses[n];
    for (int i = 0; i < n; i++) {
      DenseArray x = inputs[i];
      sources[i] = x.vertex();
      slots[i] = x.slot();
      inputTypes[i] = x.type();
      inputDims[i] = x.dims();
      if (x.vertex() == null) {
        Uses uses = x.uses();
        uses.add();
        constants[i] = uses;
      }
    }
    for (int i = 0; i < n; i++) {
      if (op.keepsInput(this, i)) {
        savedInputs[i] = save(inputs[i], i);
      }
    }
    for (int i = 0; i < m; i++) {
      outputTypes[i] = outputs[i].type();
      outputDims[i] = outputs[i].dims();
      if (op.keeps().output()) {
        savedOutputs[i] = save(outputs[i], n + i);
      }
    }
  }

  private DenseArray save(DenseArray x, int index) {
    x.retain();
    versions[index] = x.version();
    return x;
  }

  /** The operation. */
  public Op op() {
    return op;
  }

  /** The number of inputs. */
  public int inputs() {
    return sources.length;
  }

  /** The number of outputs. */
  public int outputs() {
    return outputTypes.length;
  }

  /** Where input i came from; null for a constant. */
  public @Nullable Vertex source(int i) {
    return sources[i];
  }

  /** Which output of its source input i is. */
  public int slot(int i) {
    return slots[i];
  }

  /** Whether a gradient flows on through input i. */
  public boolean needs(int i) {
    return sources[i] != null;
  }

  /** The dtype of input i. */
  public DataType inputType(int i) {
    return inputTypes[i];
  }

  /** The dimensions of input i. */
  public int[] inputDims(int i) {
    return inputDims[i];
  }

  /** The dtype of output i. */
  public DataType outputType(int i) {
    return outputTypes[i];
  }

  /** The dimensions of output i. */
  public int[] outputDims(int i) {
    return outputDims[i];
  }

  /**
   * Input i, which the operation {@link Op#keeps() keeps}.
   *
   * @throws IllegalStateException if it was written to after the operation
   */
  public DenseArray input(int i) {
    return saved(savedInputs[i], i, "input " + i);
  }

  /** The output, which the operation {@link Op#keeps() keeps}. */
  public DenseArray output() {
    return output(0);
  }

  /**
   * Output i, which the operation {@link Op#keeps() keeps}.
   *
   * @throws IllegalStateException if it was written to after the operation
   */
  public DenseArray output(int i) {
    return saved(savedOutputs[i], inputs() + i, "output " + i);
  }

  private DenseArray saved(@Nullable DenseArray x, int index, String role) {
    if (x == null) {
      throw new IllegalStateException(
          "the rule of " + op.name() + " reads " + role + ", which the operation does not keep");
    }
    if (x.version() != versions[index]) {
      throw new IllegalStateException(
          role
              + " of "
              + op.name()
              + ", an array of shape "
              + Dims.text(x.dims())
              + ", was changed in place after the operation was recorded: its gradient would be"
              + " wrong. Write to a copy, or call backward first");
    }
    return x;
  }

  /** Whether the node was freed by a backward that did not retain the graph. */
  public synchronized boolean isReleased() {
    return released;
  }

  /** Frees what the node keeps and where it came from. */
  public void release() {
    synchronized (this) {
      if (released) {
        return;
      }
      released = true;
    }
    letGo(savedInputs);
    letGo(savedOutputs);
    Arrays.fill(sources, null);
    for (Uses uses : constants) {
      if (uses != null) {
        uses.remove();
      }
    }
  }

  private static void letGo(@Nullable DenseArray[] saved) {
    for (int i = 0; i < saved.length; i++) {
      DenseArray x = saved[i];
      if (x != null) {
        saved[i] = null;
        x.releaseRetained();
      }
    }
  }
}
