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

  /**
   * Updates the gradient of every variable as it asks for.
   *
   * @param gradients what {@link Backward} returned; null stands for zeros
   * @param pass what the backwards whose gradients add up have in common: a collector; null for a
   *     backward on its own
   */
  public static void update(Map<Leaf, @Nullable DenseArray> gradients, @Nullable Object pass) {
    gradients.forEach(
        (leaf, value) -> {
          if (adds(leaf, pass)) {
            if (value != null) {
              write(leaf, Arithmetic.add(leaf.gradient(), value));
            }
          } else if (leaf.update() != Leaf.Update.NONE) {
            write(leaf, value == null ? Creation.full(0, leaf.type(), leaf.dims()) : value);
          }
          leaf.setPass(pass);
        });
  }

  private static boolean adds(Leaf leaf, @Nullable Object pass) {
    return leaf.update() == Leaf.Update.ADD
        || (leaf.update() == Leaf.Update.WRITE && pass != null && leaf.pass() == pass);
  }

  private static void write(Leaf leaf, DenseArray value) {
    DenseArray gradient = leaf.gradient();
    Elements.write(value, gradient);
    gradient.written();
  }

  /** Sets the gradient of every variable to zeros. */
  public static void zero() {
    for (Leaf leaf : Leaf.live()) {
      write(leaf, Creation.full(0, leaf.type(), leaf.dims()));
    }
  }
}
