package dev.headgrad.tape.core;

import ai.djl.ndarray.types.DataType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.WeakHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A variable: where a gradient flows to and stays.
 *
 * <p>The tape holds the leaf, not the variable's array: after the array was attached anew, a graph
 * recorded before still writes to the old leaf.
 */
public final class Leaf extends Vertex {

  /** What a backward does with the gradient that is there. */
  public enum Update {
    /** Overwrites it, or adds to what an earlier backward of the same DJL collector wrote. */
    WRITE,
    /** Adds to it. */
    ADD,
    /** Leaves it alone. */
    NONE
  }

  private static final Set<Leaf> LIVE =
      Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));

  private final DataType type;
  private final int[] dims;
  private final Update update;
  private @Nullable DenseArray gradient;
  private @Nullable Object pass;

  /** A variable of this type and these dimensions, with zeros as its gradient. */
  public Leaf(DataType type, int[] dims, Update update) {
    super(0);
    this.type = type;
    this.dims = dims;
    this.update = update;
    LIVE.add(this);
  }

  /** Every variable that the program or a graph can still reach. */
  public static List<Leaf> live() {
    synchronized (LIVE) {
      return new ArrayList<>(LIVE);
    }
  }

  /** What a backward does with the gradient that is there. */
  public Update update() {
    return update;
  }

  /** The dtype of the variable and of its gradient. */
  public DataType type() {
    return type;
  }

  /** The dimensions of the variable and of its gradient. */
  public int[] dims() {
    return dims;
  }

  /** The gradient: zeros until a backward wrote it; always the same array. */
  public synchronized DenseArray gradient() {
    DenseArray g = gradient;
    if (g == null) {
      g = DenseArray.zeros(type, dims);
      gradient = g;
    }
    return g;
  }

  /** Makes the caller's own array the gradient. */
  public synchronized void setGradient(DenseArray buffer) {
    gradient = buffer;
  }

  /** The pass (a collector, say) that wrote the gradient last. */
  public @Nullable Object pass() {
    return pass;
  }

  /** Notes which pass wrote the gradient. */
  public void setPass(@Nullable Object newPass) {
    pass = newPass;
  }
}
