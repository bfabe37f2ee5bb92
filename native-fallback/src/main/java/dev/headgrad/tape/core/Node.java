package dev.headgrad.tape.core;

import ai.djl.ndarray.types.DataType;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import org.jspecify.annotations.Nullable;

/** One recorded call of an operation: where its inputs came from, and what its rule will read. */
public final class Node extends Vertex {

  private static final AtomicIntegerFieldUpdater<Node> RELEASED =
      AtomicIntegerFieldUpdater.newUpdater(Node.class, "released");

  /** What is known of an input or an output. */
  private static final class Operand {
    final DataType type;
    final int[] dims;
    final int slot;
    @Nullable Vertex source;
    @Nullable Uses constant;
    @Nullable DenseArray saved;
    int version;

    Operand(DenseArray x) {
      type = x.type();
      dims = x.dims();
      slot = x.slot();
    }

    void save(DenseArray x) {
      x.retain();
      version = x.version();
      saved = x;
    }

    void letGo() {
      source = null;
      DenseArray x = saved;
      if (x != null) {
        saved = null;
        x.releaseRetained();
      }
      if (constant != null) {
        constant.remove();
      }
    }
  }

  private final Op op;
  private final Operand[] inputs;
  private final Operand[] outputs;
  private volatile int released;

  Node(int depth, Op op, DenseArray[] inputs, DenseArray[] outputs) {
    super(depth);
    this.op = op;
    int n = inputs.length;
    this.inputs = new Operand[n];
    this.outputs = new Operand[outputs.length];
    for (int i = 0; i < n; i++) {
      DenseArray x = inputs[i];
      Operand operand = new Operand(x);
      operand.source = x.vertex();
      if (operand.source == null) {
        Uses uses = x.uses();
        uses.add();
        operand.constant = uses;
      }
      this.inputs[i] = operand;
    }
    for (int i = 0; i < n; i++) {
      if (op.keepsInput(this, i)) {
        this.inputs[i].save(inputs[i]);
      }
    }
    for (int i = 0; i < outputs.length; i++) {
      Operand operand = new Operand(outputs[i]);
      if (op.keeps().output()) {
        operand.save(outputs[i]);
      }
      this.outputs[i] = operand;
    }
  }

  /** The operation. */
  public Op op() {
    return op;
  }

  /** The number of inputs. */
  public int inputs() {
    return inputs.length;
  }

  /** The number of outputs. */
  public int outputs() {
    return outputs.length;
  }

  /** Where input i came from; null for a constant. */
  public @Nullable Vertex source(int i) {
    return inputs[i].source;
  }

  /** Which output of its source input i is. */
  public int slot(int i) {
    return inputs[i].slot;
  }

  /** Whether a gradient flows on through input i. */
  public boolean needs(int i) {
    return inputs[i].source != null;
  }

  /** The dtype of input i. */
  public DataType inputType(int i) {
    return inputs[i].type;
  }

  /** The dimensions of input i. */
  public int[] inputDims(int i) {
    return inputs[i].dims;
  }

  /** The dtype of output i. */
  public DataType outputType(int i) {
    return outputs[i].type;
  }

  /** The dimensions of output i. */
  public int[] outputDims(int i) {
    return outputs[i].dims;
  }

  /**
   * Input i, which the operation {@link Op#keeps() keeps}.
   *
   * @throws IllegalStateException if it was written to after the operation
   */
  public DenseArray input(int i) {
    return saved(inputs[i], "input ", i);
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
    return saved(outputs[i], "output ", i);
  }

  private DenseArray saved(Operand operand, String role, int i) {
    DenseArray x = operand.saved;
    if (x == null) {
      throw new IllegalStateException(
          "the rule of "
              + op.name()
              + " reads "
              + role
              + i
              + ", which the operation does not keep");
    }
    if (x.version() != operand.version) {
      throw new IllegalStateException(
          role
              + i
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
  public boolean isReleased() {
    return released != 0;
  }

  /** Frees what the node keeps and where it came from. */
  public void release() {
    if (RELEASED.compareAndSet(this, 0, 1)) {
      for (Operand input : inputs) {
        input.letGo();
      }
      for (Operand output : outputs) {
        output.letGo();
      }
    }
  }
}
