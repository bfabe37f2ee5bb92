package dev.headgrad.tape.op;

import ai.djl.ndarray.types.DataType;
import dev.headgrad.tape.core.DenseArray;
import dev.headgrad.tape.core.Elements;
import dev.headgrad.tape.core.NaryOp;
import dev.headgrad.tape.core.Node;
import dev.headgrad.tape.kernel.recurrent.GruRecurrence;
import dev.headgrad.tape.kernel.recurrent.LstmRecurrence;
import dev.headgrad.tape.kernel.recurrent.Recurrence;
import dev.headgrad.tape.kernel.recurrent.SimpleRecurrence;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A recurrent layer in one direction as one operation, for FLOAT32.
 *
 * <p>Inputs: x, the states before, the parameters. Outputs: h of every step, the states after, the
 * gates of every step and what else the gradient reads; only the former are for the caller.
 */
final class RecurrentLayer extends NaryOp {

  private final Recurrent.Cell cell;
  private final boolean reversed;

  private RecurrentLayer(Recurrent.Cell cell, boolean reversed) {
    super("recurrent", Keeps.ALL);
    this.cell = cell;
    this.reversed = reversed;
  }

  /** Whether all is FLOAT32. */
  static boolean fits(DenseArray x, DenseArray[] state, Recurrent.Parameters p) {
    boolean fits = x.type() == DataType.FLOAT32;
    for (DenseArray s : state) {
      fits &= s.type() == DataType.FLOAT32;
    }
    for (DenseArray w : p.all()) {
      fits &= w.type() == DataType.FLOAT32;
    }
    return fits;
  }

  /** Runs a layer; leaves the last state in the array it got the first in. */
  static DenseArray run(
      Recurrent.Cell cell,
      DenseArray x,
      DenseArray[] state,
      Recurrent.Parameters p,
      boolean reversed) {
    DenseArray[] parameters = p.all();
    DenseArray[] in = new DenseArray[1 + state.length + parameters.length];
    in[0] = x;
    System.arraycopy(state, 0, in, 1, state.length);
    System.arraycopy(parameters, 0, in, 1 + state.length, parameters.length);
    DenseArray[] out = new RecurrentLayer(cell, reversed).apply(in);
    System.arraycopy(out, 1, state, 0, state.length);
    for (int i = 1 + state.length; i < out.length; i++) {
      out[i].release(); // the tape holds it if it is needed
    }
    return out[0];
  }

  @Override
  protected DenseArray[] forward(DenseArray[] in) {
    int steps = in[0].dim(0);
    int batch = in[0].dim(1);
    int width = in[1].dim(1);
    boolean gated = cell.gates > 1;
    DenseArray[] out = new DenseArray[1 + cell.states + (gated ? 2 : 0)];
    out[0] = DenseArray.dirty(DataType.FLOAT32, steps, batch, width);
    DenseArray memory = out[0];
    if (gated) {
      memory = DenseArray.dirty(DataType.FLOAT32, steps, batch, width);
      out[out.length - 2] = DenseArray.dirty(DataType.FLOAT32, steps, batch, cell.gates * width);
      out[out.length - 1] = memory;
    }
    recurrence(in, out).forward();
    for (int s = 0; s < cell.states; s++) {
      out[1 + s] = last(s == 0 ? out[0] : memory);
    }
    return out;
  }

  private DenseArray last(DenseArray sequence) {
    DenseArray y = DenseArray.dirty(DataType.FLOAT32, sequence.dim(1), sequence.dim(2));
    int from = reversed ? 0 : sequence.size() - y.size();
    System.arraycopy(sequence.floats(), from, y.floats(), 0, y.size());
    return y;
  }

  private Recurrence recurrence(DenseArray[] in, DenseArray[] out) {
    DenseArray x = in[0];
    int p = 1 + cell.states;
    boolean biased = in.length > p + 2;
    Recurrence.Sizes sizes =
        new Recurrence.Sizes(x.dim(0), x.dim(1), x.dim(2), in[1].dim(1), reversed);
    Recurrence.Operands operands =
        new Recurrence.Operands(
            floats(x),
            floats(in[1]),
            floats(in[cell.states]),
            floats(in[p]),
            floats(in[p + 1]),
            biased ? floats(in[p + 2]) : null,
            biased ? floats(in[p + 3]) : null);
    float[] y = out[0].floats();
    if (cell.gates == 1) {
      return new SimpleRecurrence(cell == Recurrent.Cell.RELU, sizes, operands, y);
    }
    float[] gates = out[out.length - 2].floats();
    float[] memory = out[out.length - 1].floats();
    return cell == Recurrent.Cell.LSTM
        ? new LstmRecurrence(sizes, operands, y, gates, memory)
        : new GruRecurrence(sizes, operands, y, gates, memory);
  }

  /** The elements from index 0 on, row-major. */
  private static float[] floats(DenseArray x) {
    boolean asItIs = x.isContiguous() && x.offset() == 0;
    return (asItIs ? x : Elements.copy(x)).floats();
  }

  @Override
  protected @Nullable DenseArray[] gradients(Node node, @Nullable DenseArray[] heads) {
    DenseArray[] in = inputs(node);
    DenseArray[] out = new DenseArray[node.outputs()];
    for (int i = 0; i < out.length; i++) {
      out[i] = node.output(i);
    }
    @Nullable DenseArray[] gradients = new DenseArray[in.length];
    for (int i = 0; i < in.length; i++) {
      boolean state = i > 0 && i <= cell.states;
      if (!state && node.needs(i)) {
        gradients[i] = DenseArray.dirty(DataType.FLOAT32, node.inputDims(i));
      }
    }
    DenseArray[] states = new DenseArray[cell.states];
    for (int s = 0; s < states.length; s++) {
      states[s] = started(heads[1 + s], node.inputDims(1 + s));
      gradients[1 + s] = states[s];
    }
    int p = 1 + cell.states;
    boolean biased = in.length > p + 2;
    DenseArray head = heads[0];
    recurrence(in, out)
        .backward(
            head == null ? null : floats(head),
            new Recurrence.Gradients(
                memory(gradients[0]),
                states[0].floats(),
                states[cell.states - 1].floats(),
                memory(gradients[p]),
                memory(gradients[p + 1]),
                biased ? memory(gradients[p + 2]) : null,
                biased ? memory(gradients[p + 3]) : null));
    return gradients;
  }

  /** The gradient of a state, which starts from that of the last one. */
  private static DenseArray started(@Nullable DenseArray head, int[] dims) {
    return head == null ? Creation.full(0, DataType.FLOAT32, dims) : Elements.copy(head);
  }

  private static float @Nullable [] memory(@Nullable DenseArray x) {
    return x == null ? null : x.floats();
  }

  @Override
  public DenseArray[] recomposed(Node node) {
    DenseArray[] in = inputs(node);
    DenseArray[] state = Arrays.copyOfRange(in, 1, 1 + cell.states);
    int p = 1 + cell.states;
    boolean biased = in.length > p + 2;
    Recurrent.Parameters parameters =
        new Recurrent.Parameters(
            in[p], in[p + 1], biased ? in[p + 2] : null, biased ? in[p + 3] : null);
    DenseArray y = Recurrent.composed(cell, in[0], state, parameters, reversed);
    DenseArray[] out = new DenseArray[1 + cell.states];
    out[0] = y;
    System.arraycopy(state, 0, out, 1, cell.states);
    return out;
  }

  private DenseArray[] inputs(Node node) {
    DenseArray[] in = new DenseArray[node.inputs()];
    for (int i = 0; i < in.length; i++) {
      in[i] = node.input(i);
    }
    return in;
  }
}
