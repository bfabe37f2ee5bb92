package dev.headgrad.tape.autograd;

import dev.headgrad.tape.core.DenseArray;
import dev.headgrad.tape.core.Elements;
import dev.headgrad.tape.core.Leaf;
import dev.headgrad.tape.op.Arithmetic;
import dev.headgrad.tape.op.Creation;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Puts what a backward computed into the gradients of the variables. */
public final class Gradients {

  private Gradients() {}

  /** Overwrites a variable's gradient; null stands for zeros. */
  public static void write(Leaf leaf, @Nullable DenseArray value) {
    DenseArray gradient = leaf.gradient();
    Elements.write(value == null ? Creation.full(0, leaf.type(), leaf.dims()) : value, gradient);
    gradient.written();
  }

  /** Adds to a variable's gradient; null stands for zeros. */
  public static void add(Leaf leaf, @Nullable DenseArray value) {
    if (value != null) {
      write(leaf, Arithmetic.add(leaf.gradient(), value));
    }
  }

  /**
   * Adds to the gradients that the same pass wrote before, and overwrites the others.
   *
   * @param pass what the backwards that add up have in common: a collector
   */
  public static void add(Map<Leaf, @Nullable DenseArray> gradients, Object pass) {
    gradients.forEach(
        (leaf, value) -> {
          if (leaf.pass() == pass) {
            add(leaf, value);
          } else {
            write(leaf, value);
            leaf.setPass(pass);
          }
        });
  }
}
