package dev.headgrad.benchmarks;

import ai.djl.ndarray.NDManager;

/**
 * A program written once against DJL's API, to run on any engine.
 *
 * @param id what the command line calls it
 * @param title what the table calls it
 * @param goal the ratios it is meant to reach
 * @param setup makes its data
 */
record Program(String id, String title, Goal goal, Setup setup) {

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
