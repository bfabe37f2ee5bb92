package dev.headgrad.benchmarks;

/**
 * What the DSL costs over plain DJL, for one program on one engine.
 *
 * @param title of the program
 * @param entrant the engine
 * @param operations how many operations the program consists of
 * @param plain nanoseconds per run in plain DJL
 * @param dsl nanoseconds per run in the DSL
 */
record Overhead(String title, Entrant entrant, int operations, Series plain, Series dsl) {

  /** At most this much more than plain DJL, on a native engine. */
  static final double MOST_SHARE = 0.05;

  /** At most this many nanoseconds more for an operation, on JavaTape. */
  static final double MOST_NANOS = 150;

  /** How much longer the DSL takes, as a fraction of plain DJL's time. */
  double share() {
    return dsl.median() / plain.median() - 1;
  }

  /** How many nanoseconds longer the DSL takes for an operation. */
  double nanos() {
    return (dsl.median() - plain.median()) / operations;
  }

  /** Whether the DSL costs no more than it is meant to. */
  boolean reached() {
    return entrant == Entrant.JAVATAPE ? nanos() <= MOST_NANOS : share() <= MOST_SHARE;
  }
}
