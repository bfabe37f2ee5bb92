package dev.headgrad.tape.autograd;

import dev.headgrad.tape.core.DenseArray;
import dev.headgrad.tape.core.Elements;
import dev.headgrad.tape.core.Leaf;
import dev.headgrad.tape.op.Arithmetic;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Puts what a backward computed into the gradients of the variables. */
public final class Gradients {

  private Gradients() {}

  /**
   * Updates the gradient of every variable as it asks for.
   *
   * @param gradients what {@link Backward} returned, without a graph of their own; null stands for
   *     zeros. They are released
   * @param pass what the backwards whose gradients add up have in common: a collector; null for a
   *     backward on its own
   */
  public static void update(Map<Leaf, @Nullable DenseArray> gradients, @Nullable Object pass) {
    for (Map.Entry<Leaf, @Nullable DenseArray> entry : gradients.entrySet()) {
      update(entry.getKey(), entry.getValue(), pass);
    }
  }

  private static void update(Leaf leaf, @Nullable DenseArray value, @Nullable Object pass) {
    if (adds(leaf, pass)) {
      if (value != null) {
        DenseArray sum = Arithmetic.add(leaf.gradient(), value);
        write(leaf, sum);
        sum.release();
      }
    } else if (leaf.update() != Leaf.Update.NONE) {
      if (value == null) {
        clear(leaf);
      } else {
        write(leaf, value);
      }
    }
    if (value != null) {
      value.release();
    }
    leaf.setPass(pass);
  }

  private static boolean adds(Leaf leaf, @Nullable Object pass) {
    return leaf.update() == Leaf.Update.ADD
        || (leaf.update() == Leaf.Update.WRITE && pass != null && leaf.pass() == pass);
  }

  /** Hands the memory of the value over if it can; copies it otherwise. */
  private static void write(Leaf leaf, DenseArray value) {
    DenseArray gradient = leaf.gradient();
    if (!gradient.swapMemory(value)) {
      Elements.write(value, gradient);
    }
    gradient.written();
  }

  private static void clear(Leaf leaf) {
    DenseArray zeros = DenseArray.zeros(leaf.type(), leaf.dims());
    write(leaf, zeros);
    zeros.release();
  }

  /** Sets the gradient of every variable to zeros. */
  public static void zero() {
    for (Leaf leaf : Leaf.live()) {
      clear(leaf);
    }
  }
}
