package dev.headgrad.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDScope;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Custom functions on PyTorch, whose graph cannot be extended from Java: it is cut at each of them.
 * Their outputs are leaves of the part behind; the gradient that arrives there is the head for the
 * function's own backward, and what that returns is the head for the part before.
 */
final class Stitches {

  /**
   * A call of a custom function.
   *
   * @param inputs recorded aliases of the inputs
   * @param outputs the leaves that the part behind was recorded from
   */
  private record Stitch(
      List<NDArray> inputs, List<NDArray> outputs, UnaryOperator<NDList> backward) {

    void free() {
      inputs.forEach(NDArray::close);
      outputs.forEach(NDArray::close);
    }
  }

  private final List<Stitch> stitches = new ArrayList<>();

  synchronized boolean isEmpty() {
    return stitches.isEmpty();
  }

  /** Cuts the graph; returns the outputs as the part behind is recorded from them. */
  synchronized NDList add(NDList inputs, NDList outputs, UnaryOperator<NDList> backward) {
    List<NDArray> aliases = new ArrayList<>();
    for (NDArray input : inputs) {
      aliases.add(kept(input.reshape(input.getShape())));
    }
    List<NDArray> leaves = new ArrayList<>();
    NDList visible = new NDList(outputs.size());
    for (NDArray output : outputs) {
      NDArray leaf = kept(output.stopGradient());
      leaf.setRequiresGradient(true);
      leaves.add(leaf);
      NDArray alias = leaf.reshape(leaf.getShape());
      alias.attach(output.getManager());
      visible.add(alias);
    }
    stitches.add(new Stitch(aliases, leaves, backward));
    return visible;
  }

  private static NDArray kept(NDArray array) {
    array.detach();
    NDScope.unregister(array);
    return array;
  }

  /** Differentiates part by part, the last one first. */
  synchronized List<@Nullable NDArray> grad(
      PyTorchAutograd autograd,
      List<NDArray> heads,
      List<@Nullable NDArray> headGradients,
      List<NDArray> variables,
      boolean retainGraph,
      boolean createGraph) {
    List<NDArray> targets = new ArrayList<>(variables);
    stitches.forEach(s -> targets.addAll(s.outputs()));
    @Nullable NDArray[] sums = new NDArray[targets.size()];
    // a part may be reached from several others: no pass may free it
    add(sums, autograd.pass(heads, headGradients, targets, true, createGraph));
    List<Stitch> reached = new ArrayList<>();
    int end = targets.size();
    for (int i = stitches.size() - 1; i >= 0; i--) {
      Stitch stitch = stitches.get(i);
      int first = end - stitch.outputs().size();
      NDList outputGradients = new NDList();
      boolean any = false;
      for (int k = first; k < end; k++) {
        NDArray sum = sums[k];
        any |= sum != null;
        outputGradients.add(sum == null ? targets.get(k).zerosLike() : sum);
      }
      end = first;
      if (any) {
        reached.add(stitch);
        NDList gradients;
        try (RecordScope scope = new RecordScope(autograd, createGraph, null)) {
          gradients = stitch.backward().apply(outputGradients);
        }
        onwards(autograd, stitch, gradients, targets, sums, createGraph);
      }
    }
    if (!retainGraph) {
      reached.forEach(Stitch::free);
      stitches.removeAll(reached);
    }
    return new ArrayList<>(Arrays.asList(sums).subList(0, variables.size()));
  }

  /** Differentiates the part before a function. */
  private static void onwards(
      PyTorchAutograd autograd,
      Stitch stitch,
      NDList gradients,
      List<NDArray> targets,
      @Nullable NDArray[] sums,
      boolean createGraph) {
    List<NDArray> heads = new ArrayList<>();
    List<@Nullable NDArray> headGradients = new ArrayList<>();
    for (int i = 0; i < gradients.size(); i++) {
      if (autograd.isInGraph(stitch.inputs().get(i))) {
        heads.add(stitch.inputs().get(i));
        headGradients.add(gradients.get(i));
      }
    }
    if (!heads.isEmpty()) {
      add(sums, autograd.pass(heads, headGradients, targets, true, createGraph));
    }
  }

  private static void add(@Nullable NDArray[] sums, List<@Nullable NDArray> gradients) {
    for (int i = 0; i < sums.length; i++) {
      NDArray gradient = gradients.get(i);
      NDArray sum = sums[i];
      if (gradient != null) {
        sums[i] = sum == null ? gradient : sum.add(gradient);
      }
    }
  }
}
