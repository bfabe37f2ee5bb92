package dev.headgrad.tape.op;

import dev.headgrad.tape.core.DenseArray;

/** Dropout. */
public final class Dropout {

  private Dropout() {}

  /**
   * Sets elements to 0 at random and scales the others so that the mean stays. The mask is a
   * constant of the graph: every backward sees the same.
   *
   * @param rate the probability of 0; with 1, everything is 0
   */
  public static DenseArray dropout(DenseArray x, double rate) {
    if (rate < 0 || rate > 1) {
      throw new IllegalArgumentException("the dropout rate is " + rate + ", not between 0 and 1");
    }
    return rate == 0
        ? Casting.copy(x)
        : Arithmetic.mul(x, Sampling.mask(1 - rate, x.type(), x.dims()));
  }
}
