package dev.headgrad.tape.op;

import dev.headgrad.tape.core.DenseArray;

/** Some of an array's elements, each at most once, that a layout of their own can describe. */
interface Part {

  /** The dimensions of the part. */
  int[] dims();

  /** The part of x, as a view. Not recorded. */
  DenseArray of(DenseArray x);
}
