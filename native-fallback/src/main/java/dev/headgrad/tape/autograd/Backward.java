package dev.headgrad.tape.autograd;

import ai.djl.ndarray.types.DataType;
import dev.headgrad.tape.core.DenseArray;
import dev.headgrad.tape.core.Leaf;
import dev.headgrad.tape.core.Node;
import dev.headgrad.tape.core.Tape;
import dev.headgrad.tape.core.Vertex;
import dev.headgrad.tape.core.Workspace;
import dev.headgrad.tape.op.Arithmetic;
import dev.headgrad.tape.op.Casting;
import dev.headgrad.tape.op.Creation;
import dev.headgrad.tape.op.Reductions;
import dev.headgrad.tape.op.Shapes;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One walk back along the tape, from heads to leaves.
 *
 * <p>Nodes are visited by falling depth, so each one after all that it feeds, without recursion.
 * What flows is kept by the pass itself until it has succeeded: a pass that fails leaves gradients
 * and graph as they were.
 */
public final class Backward {

  private final Frontier frontier = new Frontier();
  private final Map<Leaf, @Nullable DenseArray> reached = new LinkedHashMap<>();
  private final List<Node> visited = new ArrayList<>();

  /** Owns what the rules compute on the way; null where a new graph does. */
  private final @Nullable Workspace workspace;

  private Backward(@Nullable Workspace workspace) {
    this.workspace = workspace;
  }

  /**
   * Computes the gradients of the heads with respect to every leaf they were computed from.
   *
   * @param heads recorded arrays; one that stands twice counts twice
   * @param headGradients the gradient of each head, with as many elements and of the same dtype; an
   *     entry that is null means ones
   * @param retainGraph whether the graph stays for another pass; otherwise all of it is freed, but
   *     only once the pass has succeeded
   * @param createGraph whether the gradients are recorded themselves, so that they can be
   *     differentiated again
   * @return the gradient of each leaf that was reached, in the order in which they were reached;
   *     null for one that was reached through non-differentiable operations only. The arrays are
   *     the caller's to release, unless a graph was created; they may share memory with each other
   *     and with the head gradients
   * @throws IllegalStateException if a head is not on the tape, or was freed, or if an array that a
   *     rule needs was written to
   */
  public static Map<Leaf, @Nullable DenseArray> run(
      List<DenseArray> heads,
      List<? extends @Nullable DenseArray> headGradients,
      boolean retainGraph,
      boolean createGraph) {
    return run(heads, headGradients, List.of(), retainGraph, createGraph);
  }

  /**
   * Computes gradients as {@link #run(List, List, boolean, boolean)} does, but frees the graph only
   * if certain leaves were reached.
   *
   * @param required leaves without which the pass is of no use to the caller
   */
  public static Map<Leaf, @Nullable DenseArray> run(
      List<DenseArray> heads,
      List<? extends @Nullable DenseArray> headGradients,
      Collection<Leaf> required,
      boolean retainGraph,
      boolean createGraph) {
    boolean wasRecording = Tape.setRecording(createGraph);
    try (Workspace workspace = createGraph ? Workspace.suspended() : Workspace.open()) {
      return new Backward(createGraph ? null : workspace)
          .walk(heads, headGradients, required, retainGraph);
    } finally {
      Tape.setRecording(wasRecording);
    }
  }

  private Map<Leaf, @Nullable DenseArray> walk(
      List<DenseArray> heads,
      List<? extends @Nullable DenseArray> headGradients,
      Collection<Leaf> required,
      boolean retainGraph) {
    for (int i = 0; i < heads.size(); i++) {
      DenseArray y = heads.get(i);
      Vertex vertex = y.vertex();
      if (vertex == null) {
        throw notInGraph();
      }
      DenseArray given = headGradients.get(i);
      DenseArray head =
          given == null
              ? Creation.full(1, y.type(), y.dims())
              : Shapes.reshape(given.detached(), y.dims());
      arrive(vertex, y.slot(), head);
    }
    Frontier.Arrivals next;
    while ((next = frontier.poll()) != null) {
      visit(next.node, next.heads);
    }
    if (!retainGraph && reached.keySet().containsAll(required)) {
      for (Node node : visited) {
        node.release();
      }
    }
    return reached;
  }

  private void visit(Node node, @Nullable DenseArray[] heads) {
    if (node.isReleased()) {
      throw notInGraph();
    }
    visited.add(node);
    boolean any = false;
    for (DenseArray head : heads) {
      any |= head != null;
    }
    if (any && Tape.isRecording()) {
      DenseArray[] outputs = node.op().recomposed(node);
      if (outputs != null) {
        replace(outputs, heads);
        return;
      }
    }
    @Nullable DenseArray[] gradients =
        any && node.op().isDifferentiable()
            ? node.op().differentiate(node, heads)
            : new DenseArray[node.inputs()];
    for (int i = 0; i < gradients.length; i++) {
      Vertex source = node.source(i);
      if (source != null) {
        DenseArray g = gradients[i];
        arrive(
            source, node.slot(i), g == null ? null : fit(g, node.inputDims(i), node.inputType(i)));
      }
    }
    if (workspace != null) {
      for (DenseArray head : heads) {
        if (head != null) {
          head.release();
        }
      }
      workspace.clear();
    }
  }

  /** Sends the heads of a node to where the same outputs were computed anew. */
  private void replace(DenseArray[] outputs, @Nullable DenseArray[] heads) {
    for (int i = 0; i < outputs.length; i++) {
      Vertex vertex = outputs[i].vertex();
      if (vertex != null && heads[i] != null) {
        arrive(vertex, outputs[i].slot(), heads[i]);
      }
    }
  }

  /** Undoes the broadcasting and promotion of an input. */
  private static DenseArray fit(DenseArray gradient, int[] dims, DataType type) {
    DenseArray g =
        Shapes.isBroadcastable(gradient.dims(), dims)
            ? Shapes.broadcast(gradient, dims)
            : Reductions.sumTo(gradient, dims);
    return g.type() == type ? g : Casting.cast(g, type);
  }

  /** Adds a gradient to what has arrived at a vertex; null only notes that it was reached. */
  private void arrive(Vertex vertex, int slot, @Nullable DenseArray gradient) {
    if (vertex instanceof Node node) {
      @Nullable DenseArray[] heads = frontier.at(node).heads;
      heads[slot] = sum(heads[slot], gradient);
    } else {
      Leaf leaf = (Leaf) vertex;
      reached.put(leaf, sum(reached.get(leaf), gradient));
    }
  }

  private @Nullable DenseArray sum(@Nullable DenseArray before, @Nullable DenseArray gradient) {
    if (gradient == null) {
      return before;
    }
    DenseArray sum = before == null ? gradient : Arithmetic.add(before, gradient);
    if (workspace == null) {
      return sum;
    }
    if (before != null) {
      before.release();
    }
    return workspace.take(sum);
  }

  private static IllegalStateException notInGraph() {
    return new IllegalStateException(
        "the array is not in a recorded graph: it was not computed while recording from an array"
            + " with a gradient attached, or an earlier backward freed its graph. To go through the"
            + " same graph again, pass retainGraph = true to the earlier backward");
  }
}
