package dev.headgrad.benchmarks;

import ai.djl.ndarray.NDManager;
import org.jspecify.annotations.Nullable;

/**
 * A program written once against DJL's API, to run on any engine.
 *
 * @param id what the command line calls it
 * @param title what the table calls it
 * @param goal the ratios it is meant to reach
 * @param bound the limit of the machine that it meets, if that is known
 * @param setup makes its data
 */
record Program(String id, String title, Goal goal, @Nullable Bound bound, Setup setup) {

  /** A program that meets several limits. */
  Program(String id, String title, Goal goal, Setup setup) {
    this(id, title, goal, null, setup);
  }

  /** The same program, of which is known what limits it. */
  Program boundBy(Bound limit) {
    return new Program(id, title, goal, limit, setup);
  }

  /** Makes a program's data. */
  @FunctionalInterface
  interface Setup {
    /**
     * Returns the program, ready to run.
     *
     * @param manager makes its arrays, and names the engine
     * @param size how large
     */
    Work prepare(NDManager manager, Size size);
  }

  /** Sets the program up. */
  Work prepare(NDManager manager, Size size) {
    return setup.prepare(manager, size);
  }
}
