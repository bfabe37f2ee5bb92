package dev.headgrad.tape.op;

import dev.headgrad.tape.core.DenseArray;
import java.util.Arrays;

/**
 * A rectangular part of an array, as basic indices name it: one index or an arithmetic progression
 * of indices per axis, and new axes in between.
 */
public final class Region implements Part {

  private final int[] first;
  private final int[] dims;
  private final int[] axes;
  private final int[] steps;

  private Region(int[] first, int[] dims, int[] axes, int[] steps) {
    this.first = first;
    this.dims = dims;
    this.axes = axes;
    this.steps = steps;
  }

  /** Names a part axis by axis, from the front. Axes left over at the end are taken whole. */
  public static final class Builder {

    private final int[] source;
    private final int[] first;
    private int[] dims;
    private int[] axes;
    private int[] steps;
    private int next;
    private int rank;

    private Builder(int[] source) {
      this.source = source;
      this.first = new int[source.length];
      this.dims = new int[source.length];
      this.axes = new int[source.length];
      this.steps = new int[source.length];
    }

    /** Takes one index of the next axis, which the part then does not have. */
    public Builder fix(int index) {
      first[next++] = index;
      return this;
    }

    /** Takes the next axis whole. */
    public Builder all() {
      return range(0, 1, source[next]);
    }

    /** Takes so many of the next axes whole. */
    public Builder all(int count) {
      for (int i = 0; i < count; i++) {
        all();
      }
      return this;
    }

    /** Takes {@code length} indices of the next axis: start, start + step, … */
    public Builder range(int start, int step, int length) {
      first[next] = length == 0 ? 0 : start;
      append(next++, length <= 1 ? 1 : step, length);
      return this;
    }

    /** Puts a new axis of length 1. */
    public Builder insert() {
      append(-1, 0, 1);
      return this;
    }

    private void append(int axis, int step, int length) {
      if (rank == dims.length) {
        dims = Arrays.copyOf(dims, rank + 4);
        axes = Arrays.copyOf(axes, rank + 4);
        steps = Arrays.copyOf(steps, rank + 4);
      }
      axes[rank] = axis;
      steps[rank] = step;
      dims[rank++] = length;
    }

    /** How many axes were named so far. */
    public int named() {
      return next;
    }

    /** The part. */
    public Region build() {
      all(source.length - next);
      return new Region(first, rank == dims.length ? dims : Arrays.copyOf(dims, rank), axes, steps);
    }
  }

  /**
   * Starts to name a part.
   *
   * @param source the dimensions of the array
   */
  public static Builder of(int... source) {
    return new Builder(source);
  }

  @Override
  public int[] dims() {
    return dims;
  }

  @Override
  public DenseArray of(DenseArray x) {
    int[] xs = x.strides();
    int offset = x.offset();
    for (int i = 0; i < first.length; i++) {
      offset += first[i] * xs[i];
    }
    int[] strides = new int[dims.length];
    for (int i = 0; i < strides.length; i++) {
      strides[i] = axes[i] < 0 ? 0 : xs[axes[i]] * steps[i];
    }
    return x.view(dims, strides, offset);
  }
}
