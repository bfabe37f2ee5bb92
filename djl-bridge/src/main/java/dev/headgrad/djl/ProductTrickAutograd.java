package dev.headgrad.djl;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.training.GradientCollector;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Autograd on any engine that has DJL's gradient collector: {@code backward(y, head)} is the
 * collector's backward of the sum of {@code y * head}, with the head as a constant.
 *
 * <p>A collector says nothing about which variables it reached, frees its graph, and knows no
 * gradients of gradients. So here a variable that is not reached gets zeros, and what needs more is
 * refused.
 */
final class ProductTrickAutograd implements EngineAutograd {

  private static final class Flags {
    @Nullable GradientCollector collector;
    boolean training;
  }

  private final Engine engine;
  private final ThreadLocal<Flags> flags = ThreadLocal.withInitial(Flags::new);

  ProductTrickAutograd(Engine engine) {
    this.engine = engine;
  }

  @Override
  public boolean isRecording() {
    return flags.get().collector != null;
  }

  @Override
  public boolean setRecording(boolean recording) {
    Flags mine = flags.get();
    GradientCollector collector = mine.collector;
    if (recording && collector == null) {
      mine.collector = engine.newGradientCollector();
    } else if (!recording && collector != null) {
      collector.close();
      mine.collector = null;
    }
    return collector != null;
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
    // The engine refuses at setRequiresGradient what it cannot differentiate with respect to.
  }

  @Override
  public void attach(NDArray array, Leaf leaf) {
    array.setRequiresGradient(leaf.request() != GradRequest.NULL);
  }

  @Override
  public boolean isInGraph(NDArray array) {
    return array.hasGradient();
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
    if (retainGraph) {
      throw refusal("keep a graph for another backward");
    }
    List<NDArray> variables = new ArrayList<>();
    List<Leaf> leaves = new ArrayList<>();
    Leaves.forEach(
        (array, leaf) -> {
          if (array.getManager().getEngine() == engine && leaf.request() != GradRequest.NULL) {
            variables.add(array);
            leaves.add(leaf);
          }
        });
    differentiate(heads, headGradients, variables);
    for (int i = 0; i < leaves.size(); i++) {
      Leaf leaf = leaves.get(i);
      try (NDArray computed = variables.get(i).getGradient()) {
        if (leaf.request() == GradRequest.WRITE) {
          leaf.gradient().subi(leaf.gradient());
        }
        leaf.gradient().addi(computed);
      }
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
    if (retainGraph || createGraph) {
      throw refusal("keep a graph for another backward, or differentiate gradients");
    }
    differentiate(heads, headGradients, variables);
    List<@Nullable NDArray> gradients = new ArrayList<>();
    for (NDArray variable : variables) {
      gradients.add(variable.getGradient().duplicate());
    }
    return gradients;
  }

  /** Leaves in the variables' own gradients what this backward contributes. */
  private void differentiate(
      List<NDArray> heads, List<@Nullable NDArray> headGradients, List<NDArray> variables) {
    for (NDArray variable : variables) {
      try (NDArray gradient = variable.getGradient()) {
        gradient.subi(gradient);
      }
    }
    boolean wasRecording = setRecording(true);
    try {
      NDArray total = null;
      for (int i = 0; i < heads.size(); i++) {
        NDArray head = headGradients.get(i);
        NDArray y = heads.get(i);
        NDArray weighted = (head == null ? y : y.mul(head.stopGradient())).sum();
        total = total == null ? weighted : total.add(weighted);
      }
      GradientCollector collector = flags.get().collector;
      if (total != null && collector != null) {
        collector.backward(total);
      }
    } finally {
      setRecording(wasRecording);
    }
  }

  @Override
  public NDList function(
      String name, NDList inputs, UnaryOperator<NDList> forward, UnaryOperator<NDList> backward) {
    throw refusal("record a custom function");
  }

  private AutogradException refusal(String what) {
    return new AutogradException(
        "headgrad cannot "
            + what
            + " on the engine "
            + engine.getEngineName()
            + "; on MXNet, PyTorch and JavaTape it can");
  }
}
