package dev.headgrad;

import org.jspecify.annotations.Nullable;

/**
 * A slice of one axis, Python's {@code start:stop:step}. A null bound is an open one, negative
 * bounds count from the end, and bounds beyond the ends are cut to them.
 *
 * @param start first index, or null for the first of the axis in the direction of {@code step}
 * @param stop index before which the slice ends, or null to go to the end
 * @param step distance between elements, not 0; negative to go backwards
 */
public record Slice(@Nullable Long start, @Nullable Long stop, long step) {

  /** The whole axis, Python's {@code :}. */
  public static final Slice ALL = new Slice(null, null, 1);

  /** Checks that the step is not 0. */
  public Slice {
    if (step == 0) {
      throw new IllegalArgumentException("slice step cannot be zero");
    }
  }

  /** Python's {@code :stop}. */
  public static Slice to(long stop) {
    return new Slice(null, stop, 1);
  }

  /** Python's {@code start:}. */
  public static Slice from(long start) {
    return new Slice(start, null, 1);
  }

  /** Python's {@code start:stop}. */
  public static Slice of(long start, long stop) {
    return new Slice(start, stop, 1);
  }

  /** Python's {@code start:stop:step}. */
  public static Slice of(@Nullable Long start, @Nullable Long stop, long step) {
    return new Slice(start, stop, step);
  }

  /** Index of the first element this slice takes from an axis of {@code size} elements. */
  long first(long size) {
    if (start == null) {
      return step > 0 ? 0 : size - 1;
    }
    long from = start < 0 ? start + size : start;
    return step > 0 ? Math.max(0, Math.min(from, size)) : Math.max(-1, Math.min(from, size - 1));
  }

  /** Number of elements this slice takes from an axis of {@code size} elements. */
  long count(long size) {
    long first = first(size);
    long end;
    if (stop == null) {
      end = step > 0 ? size : -1;
    } else {
      end = stop < 0 ? stop + size : stop;
      end = step > 0 ? Math.max(0, Math.min(end, size)) : Math.max(-1, Math.min(end, size - 1));
    }
    long distance = step > 0 ? end - first : first - end;
    return distance <= 0 ? 0 : (distance + Math.abs(step) - 1) / Math.abs(step);
  }

  /** Parses {@code start:stop} or {@code start:stop:step}, any part of which may be missing. */
  static Slice parse(String text) {
    String[] parts = text.split(":", -1);
    if (parts.length < 2 || parts.length > 3) {
      throw new IllegalArgumentException("not a slice: '" + text + "'");
    }
    Long step = parts.length == 3 ? bound(parts[2], text) : null;
    return new Slice(bound(parts[0], text), bound(parts[1], text), step == null ? 1 : step);
  }

  private static @Nullable Long bound(String part, String text) {
    String digits = part.strip();
    if (digits.isEmpty()) {
      return null;
    }
    try {
      return Long.valueOf(digits);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("not a slice: '" + text + "'", e);
    }
  }

  @Override
  public String toString() {
    return (start == null ? "" : start)
        + ":"
        + (stop == null ? "" : stop)
        + (step == 1 ? "" : ":" + step);
  }
}
