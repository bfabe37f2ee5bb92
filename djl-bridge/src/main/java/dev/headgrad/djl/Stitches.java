package dev.headgrad.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
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

  private final PyTorchAutograd autograd;
  private final List<Stitch> stitches = new ArrayList<>();

  Stitches(PyTorchAutograd autograd) {
    this.autograd = autograd;
  }

  /**
   * A call of a custom function: a resource of the outputs' manager, to be forgotten with it.
   *
   * <p>The part behind is recorded from products of the leaves and 1. Such a product is an
   * operation that saves something, and PyTorch refuses to go through it again once that has been
   * freed.
   */
  private final class Stitch implements AutoCloseable {
    private final String id = NDManager.nextUid();
    private final NDManager manager;
    private final UnaryOperator<NDList> backward;
    private final List<NDArray> inputs = new ArrayList<>();
    private final List<NDArray> leaves = new ArrayList<>();
    private final List<NDArray> products = new ArrayList<>();

    Stitch(NDManager manager, UnaryOperator<NDList> backward) {
      this.manager = manager;
      this.backward = backward;
    }

    @Override
    public void close() {
      synchronized (stitches) {
        stitches.remove(this);
      }
      inputs.forEach(NDArray::close);
      leaves.forEach(NDArray::close);
      products.forEach(NDArray::close);
    }

    /** Forgets the call. */
    void consume() {
      manager.detachInternal(id);
      close();
    }
  }

  /** Calls a function, and cuts the graph there if one of the inputs is in a graph. */
  NDList call(NDList inputs, UnaryOperator<NDList> forward, UnaryOperator<NDList> backward) {
    NDList outputs;
    try (RecordScope unrecorded = new RecordScope(autograd, false, null)) {
      outputs = forward.apply(inputs);
    }
    if (inputs.stream().noneMatch(autograd::isInGraph)) {
      return outputs;
    }
    NDManager manager = outputs.head().getManager();
    Stitch stitch = new Stitch(manager, backward);
    for (NDArray input : inputs) {
      stitch.inputs.add(kept(input.reshape(input.getShape())));
    }
    NDList visible = new NDList(outputs.size());
    for (NDArray output : outputs) {
      // PyTorch differentiates floating-point arrays only: what stands for others stays unreached
      boolean differentiable = output.getDataType().isFloating();
      NDArray leaf =
          kept(differentiable ? output.stopGradient() : output.toType(DataType.FLOAT32, true));
      leaf.setRequiresGradient(true);
      NDArray product;
      try (NDArray one = manager.ones(new Shape(), leaf.getDataType(), leaf.getDevice())) {
        product = kept(leaf.mul(one));
      }
      stitch.leaves.add(leaf);
      stitch.products.add(product);
      NDArray alias = differentiable ? product.reshape(product.getShape()) : output;
      alias.attach(manager);
      visible.add(alias);
    }
    synchronized (stitches) {
      stitches.add(stitch);
    }
    manager.attachInternal(stitch.id, stitch);
    return visible;
  }

  private static NDArray kept(NDArray array) {
    array.detach();
    NDScope.unregister(array);
    return array;
  }

  /** Differentiates part by part, the last one first. */
  List<@Nullable NDArray> grad(
      List<NDArray> heads,
      List<NDArray> headGradients,
      List<NDArray> variables,
      boolean retainGraph,
      boolean createGraph) {
    List<Stitch> calls;
    synchronized (stitches) {
      calls = new ArrayList<>(stitches);
    }
    if (calls.isEmpty()) {
      return autograd.pass(heads, headGradients, variables, retainGraph, createGraph);
    }
    List<NDArray> targets = new ArrayList<>(variables);
    calls.forEach(call -> targets.addAll(call.leaves));
    @Nullable NDArray[] sums = new NDArray[targets.size()];
    // a part may be reached from several others: no pass may free it, before all are done
    add(sums, autograd.pass(heads, headGradients, targets, true, createGraph));
    List<NDArray> passed = new ArrayList<>(heads);
    List<NDArray> constants = new ArrayList<>(headGradients);
    List<Stitch> reached = new ArrayList<>();
    int end = targets.size();
    for (int i = calls.size() - 1; i >= 0; i--) {
      Stitch call = calls.get(i);
      int first = end - call.leaves.size();
      NDList outputGradients = new NDList();
      boolean any = false;
      for (int k = first; k < end; k++) {
        NDArray sum = sums[k];
        any |= sum != null;
        outputGradients.add(sum == null ? targets.get(k).zerosLike() : sum);
      }
      end = first;
      if (any) {
        reached.add(call);
        List<NDArray> partHeads = new ArrayList<>();
        List<NDArray> partConstants = new ArrayList<>();
        NDList gradients;
        try (RecordScope scope = new RecordScope(autograd, createGraph, null)) {
          gradients = call.backward.apply(outputGradients);
        }
        for (int k = 0; k < gradients.size(); k++) {
          if (autograd.isInGraph(call.inputs.get(k))) {
            partHeads.add(call.inputs.get(k));
            partConstants.add(gradients.get(k));
          }
        }
        add(sums, autograd.pass(partHeads, partConstants, targets, true, createGraph));
        passed.addAll(partHeads);
        constants.addAll(partConstants);
      }
    }
    if (!retainGraph) {
      free(passed, constants, reached, targets);
    }
    return new ArrayList<>(Arrays.asList(sums).subList(0, variables.size()));
  }

  /**
   * Goes through all parts once more, in one pass that frees them: to go through them again is
   * refused from then on. Any head gradients would do.
   */
  private void free(
      List<NDArray> heads, List<NDArray> constants, List<Stitch> reached, List<NDArray> targets) {
    for (Stitch call : reached) {
      heads.addAll(call.products);
      constants.addAll(call.leaves);
    }
    for (NDArray gradient : autograd.pass(heads, constants, targets, false, false)) {
      if (gradient != null) {
        gradient.close();
      }
    }
    reached.forEach(Stitch::consume);
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
