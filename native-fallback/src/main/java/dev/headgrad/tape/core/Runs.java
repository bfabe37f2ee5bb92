package dev.headgrad.tape.core;

import dev.headgrad.tape.kernel.Workers;
import java.util.Arrays;

/**
 * Walks up to three arrays of the same dimensions together, as few long runs: axes that lie behind
 * each other in all of them are merged into one, and the innermost is handed to a kernel as a run
 * of constant strides.
 */
public final class Runs {

  /** Works on one run of n elements, from these offsets on. */
  @FunctionalInterface
  public interface Kernel {
    void run(int a, int b, int c, int n);
  }

  /** Elements that are worth a thread of their own. */
  private static final int GRAIN = 1 << 15;

  private static final int[] NONE = {};

  private final int rank;
  private final int[] dims;
  private final int[][] strides;
  private final int length;
  private final int count;

  private Runs(int[] dims, int[][] strides) {
    int operands = strides.length;
    int rank = 0;
    int[] merged = new int[dims.length];
    int[][] mergedStrides = new int[operands][dims.length];
    for (int i = 0; i < dims.length; i++) {
      if (dims[i] == 1) {
        continue;
      }
      if (rank > 0 && follows(strides, i, dims[i], mergedStrides, rank - 1)) {
        merged[rank - 1] *= dims[i];
      } else {
        merged[rank++] = dims[i];
      }
      for (int k = 0; k < operands; k++) {
        mergedStrides[k][rank - 1] = strides[k][i];
      }
    }
    this.strides = mergedStrides;
    this.length = rank == 0 ? 1 : merged[rank - 1];
    int outer = Math.max(0, rank - 1);
    this.dims = rank == 0 ? NONE : merged;
    int n = 1;
    for (int i = 0; i < outer; i++) {
      n *= merged[i];
    }
    this.count = n;
    this.rank = rank;
  }

  private static boolean follows(int[][] strides, int i, int dim, int[][] merged, int last) {
    for (int k = 0; k < strides.length; k++) {
      if (merged[k][last] != strides[k][i] * dim) {
        return false;
      }
    }
    return true;
  }

  /** The runs over arrays with these dimensions and strides (one array of strides per operand). */
  public static Runs over(int[] dims, int[]... strides) {
    return new Runs(dims, strides);
  }

  /** The elements in each run. */
  public int length() {
    return length;
  }

  /** The stride of operand k inside a run; 0 where it is broadcast along it. */
  public int stride(int k) {
    return rank == 0 ? 1 : strides[k][rank - 1];
  }

  /** Whether the last two axes are a row-major matrix of operand 1 and a column-major one of 0. */
  boolean areTransposed() {
    return rank >= 2
        && strides[0][rank - 1] != 1
        && strides[0][rank - 2] == 1
        && strides[1][rank - 1] == 1
        && strides[1][rank - 2] == length;
  }

  /** How many runs the second-last axis has. */
  int secondLength() {
    return dims[rank - 2];
  }

  /** All axes but the last two. */
  Runs withoutLastTwo() {
    int[][] outer = new int[strides.length][];
    for (int k = 0; k < outer.length; k++) {
      outer[k] = Arrays.copyOf(strides[k], rank - 2);
    }
    return new Runs(Arrays.copyOf(dims, rank - 2), outer);
  }

  /** Hands every run to the kernel, on several threads where it is much work. */
  public void forEach(int a, int b, int c, Kernel kernel) {
    forEach(a, b, c, 1, kernel);
  }

  /** The same for runs of things that are worth as much as so many elements each. */
  void forEach(int a, int b, int c, int worth, Kernel kernel) {
    if (length == 0 || count == 0) {
      return;
    }
    if (count == 1) {
      Workers.parallelFor(
          length,
          Math.max(1, GRAIN / worth),
          (from, to) ->
              kernel.run(
                  a + from * stride(0),
                  strides.length > 1 ? b + from * stride(1) : b,
                  strides.length > 2 ? c + from * stride(2) : c,
                  to - from));
    } else {
      Workers.parallelFor(
          count,
          Math.max(1, GRAIN / worth / length),
          (from, to) -> walk(a, b, c, from, to, kernel));
    }
  }

  private void walk(int a, int b, int c, int from, int to, Kernel kernel) {
    int outer = rank - 1;
    if (outer == 1) {
      int da = strides[0][0];
      int db = strides.length > 1 ? strides[1][0] : 0;
      int dc = strides.length > 2 ? strides[2][0] : 0;
      for (int i = from; i < to; i++) {
        kernel.run(a + i * da, b + i * db, c + i * dc, length);
      }
      return;
    }
    int[] index = new int[outer];
    int[] at = {a, b, c};
    int rest = from;
    for (int i = outer - 1; i >= 0; i--) {
      index[i] = rest % dims[i];
      rest /= dims[i];
      for (int k = 0; k < strides.length; k++) {
        at[k] += index[i] * strides[k][i];
      }
    }
    for (int run = from; run < to; run++) {
      kernel.run(at[0], at[1], at[2], length);
      for (int i = outer - 1; i >= 0; i--) {
        boolean carry = ++index[i] == dims[i];
        for (int k = 0; k < strides.length; k++) {
          at[k] += carry ? strides[k][i] * (1 - dims[i]) : strides[k][i];
        }
        if (!carry) {
          break;
        }
        index[i] = 0;
      }
    }
  }
}
