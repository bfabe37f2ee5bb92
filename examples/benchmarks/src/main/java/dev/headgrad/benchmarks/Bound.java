package dev.headgrad.benchmarks;

/**
 * What a program has to do at least, and the limit of the machine that it meets.
 *
 * @param limit which limit
 * @param amount floating-point operations, or bytes that are read and written
 */
record Bound(Limit limit, double amount) {

  /** What a machine can do in a nanosecond. */
  enum Limit {
    /** Floating-point operations. */
    MULTIPLY_ADD("multiply-adds"),
    /** Bytes of arrays that fit the last cache, one read for each written. */
    COPY("copying in the cache"),
    /** Bytes of arrays that fit the last cache, two read for each written. */
    ADD("adding in the cache"),
    /** Bytes of arrays that fit no cache, one read for each written. */
    LARGE_COPY("copying from memory");

    private final String title;

    Limit(String title) {
      this.title = title;
    }

    /** What the table calls it. */
    String title() {
      return title;
    }

    /** Operations or bytes in a nanosecond. */
    double of(Machine machine) {
      return switch (this) {
        case MULTIPLY_ADD -> machine.gigaflops();
        case COPY -> machine.copyInCache();
        case ADD -> machine.addInCache();
        case LARGE_COPY -> machine.copy();
      };
    }
  }

  /** Products of matrices, or what comes down to them. */
  static Bound flops(double amount) {
    return new Bound(Limit.MULTIPLY_ADD, amount);
  }

  /** Floats, each read and written. */
  static Bound copied(double floats) {
    return new Bound(Limit.COPY, 2 * Float.BYTES * floats);
  }

  /** The share of the limit that is reached in a time. */
  double share(Machine machine, double nanos) {
    return amount / nanos / limit.of(machine);
  }
}
