package dev.headgrad;

/** Parts of an index that stand for axes rather than for positions in one. */
public enum Axis {
  /** Python's {@code ...}: as many whole axes as are missing. */
  ELLIPSIS,
  /** Python's {@code None} or {@code newaxis}: a new axis of size 1. */
  NEW
}
