package dev.headgrad.tape.core;

/** A place on the tape: a variable that collects a gradient, or a recorded call of an operation. */
public abstract class Vertex {

  private final int depth;

  Vertex(int depth) {
    this.depth = depth;
  }

  /**
   * The length of the longest way to a variable. Every vertex is deeper than all it was computed
   * from, whichever threads recorded them, so that going by falling depth is a topological order.
   */
  public final int depth() {
    return depth;
  }
}
