package dev.headgrad.tape.core;

import ai.djl.ndarray.types.DataType;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/** One recorded call of an operation: where its inputs came from, and what its rule will read. */
public final class Node extends Vertex {

  private static final VarHandle RELEASED =
      Storage.field(MethodHandles.lookup(), "released", int.class);

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
  private final int hash;
  private final int inputs;

  /** The inputs, and behind them the outputs, unless there is one only and it is not kept. */
  private final Operand[] operands;

  private volatile int released;

  Node(Op op, int hash, DenseArray a, @Nullable DenseArray b, DenseArray output) {
    super(1 + Math.max(depth(a), b == null ? 0 : depth(b)));
    this.op = op;
    this.hash = hash;
    this.inputs = b == null ? 1 : 2;
    this.operands = new Operand[op.keeps().output() ? inputs + 1 : inputs];
    operands[0] = input(a);
    if (b != null) {
      operands[1] = input(b);
      if (op.keepsInput(this, 1)) {
        operands[1].save(b);
      }
    }
    if (op.keepsInput(this, 0)) {
      operands[0].save(a);
    }
    if (op.keeps().output()) {
      operands[inputs] = new Operand(output);
      operands[inputs].save(output);
    }
  }

  Node(Op op, int hash, DenseArray[] inputs, DenseArray[] outputs) {
    super(1 + depth(inputs));
    this.op = op;
    this.hash = hash;
    this.inputs = inputs.length;
    int known = outputs.length == 1 && !op.keeps().output() ? 0 : outputs.length;
    this.operands = new Operand[inputs.length + known];
    for (int i = 0; i < inputs.length; i++) {
      operands[i] = input(inputs[i]);
    }
    for (int i = 0; i < inputs.length; i++) {
      if (op.keepsInput(this, i)) {
        operands[i].save(inputs[i]);
      }
    }
    for (int i = 0; i < known; i++) {
      Operand operand = new Operand(outputs[i]);
      if (op.keeps().output()) {
        operand.save(outputs[i]);
      }
      operands[inputs.length + i] = operand;
    }
  }

  private static int depth(DenseArray x) {
    Vertex vertex = x.vertex();
    return vertex == null ? 0 : vertex.depth();
  }

  private static int depth(DenseArray[] inputs) {
    int depth = 0;
    for (DenseArray x : inputs) {
      depth = Math.max(depth, depth(x));
    }
    return depth;
  }

  private static Operand input(DenseArray x) {
    Operand operand = new Operand(x);
    operand.source = x.vertex();
    if (operand.source == null) {
      Uses uses = x.uses();
      uses.add();
      operand.constant = uses;
    }
    return operand;
  }

  /** A number that is unlike those of the nodes around, for a hash table of nodes. */
  public int hash() {
    return hash;
  }

  /** The operation. */
  public Op op() {
    return op;
  }

  /** The number of inputs. */
  public int inputs() {
    return inputs;
  }

  /** The number of outputs. */
  public int outputs() {
    return Math.max(1, operands.length - inputs);
  }

  /** Where input i came from; null for a constant. */
  public @Nullable Vertex source(int i) {
    return operands[i].source;
  }

  /** Which output of its source input i is. */
  public int slot(int i) {
    return operands[i].slot;
  }

  /** Whether a gradient flows on through input i. */
  public boolean needs(int i) {
    return operands[i].source != null;
  }

  /** The dtype of input i. */
  public DataType inputType(int i) {
    return operands[i].type;
  }

  /** The dimensions of input i. */
  public int[] inputDims(int i) {
    return operands[i].dims;
  }

  /** The dtype of output i of several, or of one that is kept. */
  public DataType outputType(int i) {
    return operands[inputs + i].type;
  }

  /** The dimensions of output i of several, or of one that is kept. */
  public int[] outputDims(int i) {
    return operands[inputs + i].dims;
  }

  /**
   * Input i, which the operation {@link Op#keeps() keeps}.
   *
   * @throws IllegalStateException if it was written to after the operation
   */
  public DenseArray input(int i) {
    return saved(operands[i], "input ", i);
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
    return saved(inputs + i < operands.length ? operands[inputs + i] : null, "output ", i);
  }

  private DenseArray saved(@Nullable Operand operand, String role, int i) {
    DenseArray x = operand == null ? null : operand.saved;
    if (operand == null || x == null) {
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
      for (Operand operand : operands) {
        operand.letGo();
      }
    }
  }
}
