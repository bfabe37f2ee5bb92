package dev.headgrad.benchmarks;

/** How large a program's data is. */
enum Size {
  /** As it is measured. */
  FULL,
  /** As the tests run it, in an instant. */
  SMALL;

  /** One of two numbers. */
  int of(int full, int small) {
    return this == FULL ? full : small;
  }
}
