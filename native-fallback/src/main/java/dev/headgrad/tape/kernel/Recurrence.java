package dev.headgrad.tape.kernel;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A recurrent layer in one direction over a whole sequence, forward and back.
 *
 * <p>Every array is row-major and starts with its first element. A gate's pre-activation is {@code
 * W x + b + U h + c}: what comes from the inputs of all steps is one matrix product, what comes
 * from the state is one product in every step. The rows of a batch do not depend on each other, so
 * each thread takes some of them through all steps without waiting for the others.
 */
public abstract class Recurrence {

  static final Simd SIMD = Simd.KERNELS;

  /**
   * The sizes of a sequence.
   *
   * @param steps its length
   * @param batch the number of sequences
   * @param features the length of an input
   * @param width the length of the state
   * @param reversed whether the last step is the first that is computed
   */
  public record Sizes(int steps, int batch, int features, int width, boolean reversed) {}

  /** What a layer is computed from. */
  public static final class Operands {
    final float[] x;
    final float[] h;
    final float[] cell;
    final float[] w;
    final float[] u;
    final float @Nullable [] b;
    final float @Nullable [] c;

    /**
     * The arrays, which are only read.
     *
     * @param x inputs (steps, batch, features)
     * @param h the state before (batch, width)
     * @param cell the cell state before (batch, width); of no meaning if the cell has none
     * @param w weights of the inputs (gates * width, features)
     * @param u weights of the state (gates * width, width)
     * @param b bias of the inputs (gates * width)
     * @param c bias of the state (gates * width)
     */
    public Operands(
        float[] x,
        float[] h,
        float[] cell,
        float[] w,
        float[] u,
        float @Nullable [] b,
        float @Nullable [] c) {
      this.x = x;
      this.h = h;
      this.cell = cell;
      this.w = w;
      this.u = u;
      this.b = b;
      this.c = c;
    }
  }

  final Sizes sizes;
  final Operands in;

  /** The pre-activations of a step in one row. */
  final int rows;

  /** The state of every step (steps, batch, width). */
  final float[] y;

  /** The gates of every step (steps, batch, gates * width). */
  final float[] gates;

  /** What a cell keeps beside its gates (steps, batch, width). */
  final float[] memory;

  Recurrence(Sizes sizes, Operands in, int gateCount, float[] y, float[] gates, float[] memory) {
    this.sizes = sizes;
    this.in = in;
    this.rows = gateCount * sizes.width;
    this.y = y;
    this.gates = gates;
    this.memory = memory;
  }

  /** The gradients of a layer, as far as they are asked for; null for those that are not. */
  public static final class Gradients {
    final float @Nullable [] x;
    final float[] h;
    final float[] cell;
    final float @Nullable [] w;
    final float @Nullable [] u;
    final float @Nullable [] b;
    final float @Nullable [] c;

    /**
     * The arrays to be filled. Those of the states hold, at first, the gradients of the states
     * after the sequence.
     */
    public Gradients(
        float @Nullable [] x,
        float[] h,
        float[] cell,
        float @Nullable [] w,
        float @Nullable [] u,
        float @Nullable [] b,
        float @Nullable [] c) {
      this.x = x;
      this.h = h;
      this.cell = cell;
      this.w = w;
      this.u = u;
      this.b = b;
      this.c = c;
    }
  }

  /** Where the row of a batch stands in a step, counted in rows. */
  final int row(int step, int of) {
    return step * sizes.batch + of;
  }

  /** The step that is computed as number i. */
  private int step(int i) {
    return sizes.reversed ? sizes.steps - 1 - i : i;
  }

  /** The array with the states before the step that is computed as number i. */
  private float[] before(int i) {
    return i == 0 ? in.h : y;
  }

  /** Where in that array the state of a row starts. */
  private int beforeAt(int i, int of) {
    return sizes.width * (i == 0 ? of : row(step(i - 1), of));
  }

  /** Computes y, gates and memory. */
  public final void forward() {
    int all = sizes.steps * sizes.batch;
    fill(gates, all, startingBias());
    int features = sizes.features;
    Gemm.multiply(
        all, rows, features, in.x, 0, features, 1, in.w, 0, 1, features, gates, 0, rows, true);
    // every step reads it anew: by rows, as it is multiplied
    float[] turned = Buffers.floats(in.u.length);
    Transpose.copy(sizes.width, rows, in.u, 0, 1, sizes.width, turned, 0);
    int threads = Math.min(Workers.threads(), sizes.batch);
    Workers.parallelFor(
        threads, 1, (i, j) -> forward(share(i, threads), share(j, threads), turned));
    Buffers.recycle(turned);
  }

  private int share(int part, int parts) {
    return (int) ((long) sizes.batch * part / parts);
  }

  /** Takes some rows of the batch through all steps. */
  private void forward(int from, int to, float[] turned) {
    int width = sizes.width;
    int n = to - from;
    float[] state = stateProducts(n);
    for (int i = 0; i < sizes.steps; i++) {
      int t = step(i);
      boolean apart = state != gates;
      int at = apart ? 0 : row(t, from) * rows;
      if (apart) {
        fill(state, n, in.c);
      }
      Gemm.multiply(
          n,
          rows,
          width,
          before(i),
          beforeAt(i, from),
          width,
          1,
          turned,
          0,
          rows,
          1,
          state,
          at,
          rows,
          true);
      for (int of = from; of < to; of++) {
        float[] cells = i == 0 ? in.cell : memory;
        forward(row(t, of), state, at + (of - from) * rows, before(i), cells, beforeAt(i, of));
      }
    }
  }

  /**
   * Computes the gradients.
   *
   * @param head the gradient of y; null for zeros
   * @param out where they go
   */
  public final void backward(float @Nullable [] head, Gradients out) {
    int all = sizes.steps * sizes.batch;
    int width = sizes.width;
    int features = sizes.features;
    float[] dg = Buffers.floats(all * rows);
    float[] ds = separate() ? Buffers.floats(all * rows) : dg;
    int threads = Math.min(Workers.threads(), sizes.batch);
    Workers.parallelFor(
        threads, 1, (i, j) -> backward(share(i, threads), share(j, threads), head, out, dg, ds));
    if (out.x != null) {
      Gemm.multiply(
          all, features, rows, dg, 0, rows, 1, in.w, 0, features, 1, out.x, 0, features, false);
    }
    if (out.w != null) {
      Gemm.multiply(
          rows, features, all, dg, 0, 1, rows, in.x, 0, features, 1, out.w, 0, features, false);
    }
    if (out.u != null) {
      int first = row(step(0), 0);
      Gemm.multiply(
          rows,
          width,
          sizes.batch,
          ds,
          first * rows,
          1,
          rows,
          in.h,
          0,
          width,
          1,
          out.u,
          0,
          width,
          false);
      int others = all - sizes.batch;
      int later = sizes.reversed ? 0 : sizes.batch;
      Gemm.multiply(
          rows,
          width,
          others,
          ds,
          later * rows,
          1,
          rows,
          y,
          (sizes.batch - later) * width,
          width,
          1,
          out.u,
          0,
          width,
          true);
    }
    if (out.b != null) {
      sum(dg, all, out.b);
    }
    if (out.c != null) {
      sum(ds, all, out.c);
    }
    Buffers.recycle(dg);
    if (ds != dg) {
      Buffers.recycle(ds);
    }
  }

  private void backward(
      int from, int to, float @Nullable [] head, Gradients out, float[] dg, float[] ds) {
    int width = sizes.width;
    for (int i = sizes.steps - 1; i >= 0; i--) {
      int t = step(i);
      for (int of = from; of < to; of++) {
        int dh = of * width;
        if (head != null) {
          int at = row(t, of) * width;
          for (int k = 0; k < width; k++) {
            out.h[dh + k] += head[at + k];
          }
        }
        float[] cells = i == 0 ? in.cell : memory;
        backward(row(t, of), before(i), cells, beforeAt(i, of), out.h, out.cell, dh, dg, ds);
      }
      Gemm.multiply(
          to - from,
          width,
          rows,
          ds,
          row(t, from) * rows,
          rows,
          1,
          in.u,
          0,
          width,
          1,
          out.h,
          from * width,
          width,
          true);
    }
  }

  /** Sets n rows of pre-activations to a bias. */
  private void fill(float[] target, int n, float @Nullable [] bias) {
    if (bias == null) {
      Arrays.fill(target, 0, n * rows, 0);
    } else {
      for (int i = 0; i < n; i++) {
        System.arraycopy(bias, 0, target, i * rows, rows);
      }
    }
  }

  private void sum(float[] of, int n, float[] out) {
    Arrays.fill(out, 0);
    for (int i = 0; i < n; i++) {
      for (int k = 0; k < rows; k++) {
        out[k] += of[i * rows + k];
      }
    }
  }

  /** The bias that the gates start from. */
  private float @Nullable [] startingBias() {
    float[] b = in.b;
    float[] c = in.c;
    if (separate() || c == null || b == null) {
      return b;
    }
    float[] both = new float[rows];
    for (int k = 0; k < rows; k++) {
      both[k] = b[k] + c[k];
    }
    return both;
  }

  private float[] stateProducts(int n) {
    return separate() ? new float[n * rows] : gates;
  }

  /** Whether what comes from the state is not simply added to what comes from the input. */
  boolean separate() {
    return false;
  }

  /**
   * One row in one step.
   *
   * @param row of y, memory and gates; the gates hold the pre-activations
   * @param state what came from the state, if that is {@link #separate}
   * @param so where its row starts
   * @param h the states before
   * @param cells the cell states before
   * @param before where the row starts in them
   */
  abstract void forward(int row, float[] state, int so, float[] h, float[] cells, int before);

  /**
   * One row in one step, backwards.
   *
   * @param row of y, memory and gates
   * @param h the states before
   * @param cells the cell states before
   * @param before where the row starts in them
   * @param dh the gradient of the state; to be replaced by what flows to the state before, beside
   *     that through U
   * @param dc the gradient of the cell state; to be replaced by that of the one before
   * @param at where the row starts in dh and dc
   * @param dg receives the gradient of what came from the input
   * @param ds receives the gradient of what came from the state, if that is {@link #separate}
   */
  abstract void backward(
      int row,
      float[] h,
      float[] cells,
      int before,
      float[] dh,
      float[] dc,
      int at,
      float[] dg,
      float[] ds);
}
