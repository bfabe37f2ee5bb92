package dev.headgrad.tape.kernel.recurrent;

import dev.headgrad.tape.kernel.Buffers;
import dev.headgrad.tape.kernel.Workers;
import dev.headgrad.tape.kernel.function.Folds;
import dev.headgrad.tape.kernel.function.Simd;
import dev.headgrad.tape.kernel.matrix.FloatProduct;
import dev.headgrad.tape.kernel.matrix.Gemm;
import dev.headgrad.tape.kernel.matrix.PackedProduct;
import dev.headgrad.tape.kernel.matrix.Transpose;
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
   * From this number of rows a thread on, and up to this number of weights, the inputs of a step
   * are multiplied when it comes: its gates then stay in the second-level cache until they are
   * done.
   */
  private static final int STEP_ROWS = 8;

  private static final int STEP_WEIGHTS = 1 << 17;

  /** Least number of elements to be summed that is worth a hand-over to another thread. */
  private static final int SUM_GRAIN = 1 << 15;

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
    int features = sizes.features;
    int threads = Math.min(Workers.threads(), sizes.batch);
    boolean inSteps =
        sizes.batch / Math.max(1, threads) >= STEP_ROWS && in.w.length <= STEP_WEIGHTS;
    float @Nullable [] bias = startingBias();
    if (inSteps && !separate()) {
      joined(threads, bias);
      return;
    }
    if (!inSteps) {
      int all = sizes.steps * sizes.batch;
      fill(gates, 0, all, bias);
      Gemm.multiply(
          all, rows, features, in.x, 0, features, 1, in.w, 0, 1, features, gates, 0, rows, true);
    }
    float[] state = separate() ? Buffers.floats(sizes.batch * rows) : gates;
    try (PackedProduct w =
            inSteps ? product(in.x, features, in.w, 1, features, gates, rows) : null;
        PackedProduct u = product(y, sizes.width, in.u, 1, sizes.width, state, rows)) {
      Workers.parallelFor(
          threads, 1, (i, j) -> forward(share(i, threads), share(j, threads), w, bias, u, state));
    }
    if (state != gates) {
      Buffers.recycle(state);
    }
  }

  /** Computes all with one product a step, of inputs and states side by side. */
  private void joined(int threads, float @Nullable [] bias) {
    int features = sizes.features;
    int length = features + sizes.width;
    float[] weights = Buffers.floats(rows * length);
    for (int r = 0; r < rows; r++) {
      System.arraycopy(in.w, r * features, weights, r * length, features);
      System.arraycopy(in.u, r * sizes.width, weights, r * length + features, sizes.width);
    }
    float[] left = Buffers.floats(sizes.batch * length);
    try (PackedProduct both = product(left, length, weights, 1, length, gates, rows)) {
      Workers.parallelFor(
          threads,
          1,
          (p, q) -> {
            int from = share(p, threads);
            int n = share(q, threads) - from;
            for (int i = 0; i < sizes.steps; i++) {
              int row = row(step(i), from);
              join(i, from, n, left, from);
              fill(gates, row, n, bias);
              both.addRows(from, row, n);
              finish(i, from, n, gates, row);
            }
          });
    }
    Buffers.recycle(left);
    Buffers.recycle(weights);
  }

  /** Puts inputs and states before a step side by side, for n rows of the batch. */
  private void join(int i, int from, int n, float[] out, int to) {
    int features = sizes.features;
    int length = features + sizes.width;
    for (int k = 0; k < n; k++) {
      int at = (to + k) * length;
      System.arraycopy(in.x, row(step(i), from + k) * features, out, at, features);
      System.arraycopy(before(i), beforeAt(i, from + k), out, at + features, sizes.width);
    }
  }

  /** Takes the pre-activations of n rows through the rest of a step. */
  private void finish(int i, int from, int n, float[] state, int at) {
    float[] cells = i == 0 ? in.cell : memory;
    for (int k = 0; k < n; k++) {
      int of = from + k;
      forward(row(step(i), of), state, (at + k) * rows, before(i), cells, beforeAt(i, of));
    }
  }

  /** The product of rows of length k, as a step brings them, with b; it is added to c. */
  private PackedProduct product(float[] a, int k, float[] b, int bRow, int bCol, float[] c, int n) {
    FloatProduct.Matrix right = new FloatProduct.Matrix(b, 0, bRow, bCol);
    return new PackedProduct(
        new FloatProduct(sizes.batch, n, k, a, 0, k, 1, right, c, 0, n, 1, true), sizes.batch);
  }

  private int share(int part, int parts) {
    return (int) ((long) sizes.batch * part / parts);
  }

  /**
   * Takes some rows of the batch through all steps.
   *
   * @param w the product with the inputs; null if the gates hold it already, and the bias with it
   * @param state receives the product with the state
   */
  private void forward(
      int from,
      int to,
      @Nullable PackedProduct w,
      float @Nullable [] bias,
      PackedProduct u,
      float[] state) {
    int width = sizes.width;
    int n = to - from;
    for (int i = 0; i < sizes.steps; i++) {
      int t = step(i);
      if (w != null) {
        fill(gates, row(t, from), n, bias);
        w.addRows(row(t, from), row(t, from), n);
      }
      int at = state == gates ? row(t, from) : from;
      if (state != gates) {
        fill(state, at, n, in.c);
      }
      if (i > 0) {
        u.addRows(row(step(i - 1), from), at, n);
      } else {
        int off = from * width;
        Gemm.multiply(
            n, rows, width, in.h, off, width, 1, in.u, 0, 1, width, state, at * rows, rows, true);
      }
      finish(i, from, n, state, at);
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
    float[] dg = Buffers.floats(all * rows);
    float[] ds = separate() ? Buffers.floats(all * rows) : dg;
    int threads = Math.min(Workers.threads(), sizes.batch);
    try (PackedProduct u = product(ds, rows, in.u, sizes.width, 1, out.h, sizes.width)) {
      Workers.parallelFor(
          threads,
          1,
          (i, j) -> backward(share(i, threads), share(j, threads), u, head, out, dg, ds));
    }
    int features = sizes.features;
    if (out.x != null) {
      Gemm.multiply(
          all, features, rows, dg, 0, rows, 1, in.w, 0, features, 1, out.x, 0, features, false);
    }
    if (ds == dg && out.w != null && out.u != null) {
      weights(dg, out.w, out.u);
    } else {
      weightsApart(dg, ds, out);
    }
    if (out.b != null) {
      sum(dg, all, out.b);
    }
    if (out.c != null) {
      if (out.b != null && ds == dg) {
        System.arraycopy(out.b, 0, out.c, 0, rows);
      } else {
        sum(ds, all, out.c);
      }
    }
    Buffers.recycle(dg);
    if (ds != dg) {
      Buffers.recycle(ds);
    }
  }

  /** The gradients of all weights, by one product. */
  private void weights(float[] dg, float[] dw, float[] du) {
    int all = sizes.steps * sizes.batch;
    int features = sizes.features;
    int length = features + sizes.width;
    float[] left = Buffers.floats(all * length);
    Workers.parallelFor(
        sizes.steps,
        Math.max(1, SUM_GRAIN / (sizes.batch * length)),
        (from, to) -> {
          for (int i = from; i < to; i++) {
            join(i, 0, sizes.batch, left, row(step(i), 0));
          }
        });
    float[] turned = Buffers.floats(length * rows);
    addProduct(left, 0, length, dg, 0, all, turned, false);
    Transpose.copy(rows, features, turned, 0, 1, rows, dw, 0);
    Transpose.copy(rows, sizes.width, turned, features * rows, 1, rows, du, 0);
    Buffers.recycle(turned);
    Buffers.recycle(left);
  }

  private void weightsApart(float[] dg, float[] ds, Gradients out) {
    int all = sizes.steps * sizes.batch;
    int features = sizes.features;
    if (out.w != null) {
      float[] turned = Buffers.floats(features * rows);
      addProduct(in.x, 0, features, dg, 0, all, turned, false);
      Transpose.copy(rows, features, turned, 0, 1, rows, out.w, 0);
      Buffers.recycle(turned);
    }
    if (out.u != null) {
      int width = sizes.width;
      float[] turned = Buffers.floats(width * rows);
      int batch = sizes.batch;
      int later = sizes.reversed ? 0 : batch;
      addProduct(in.h, 0, width, ds, row(step(0), 0), batch, turned, false);
      addProduct(y, batch - later, width, ds, later, all - batch, turned, true);
      Transpose.copy(rows, width, turned, 0, 1, rows, out.u, 0);
      Buffers.recycle(turned);
    }
  }

  /**
   * The gradient of weights, transposed: what is long is then the right factor, which is copied
   * faster. {@code out = aᵀ d}, or is added to, over n rows of a and of d, from given ones on.
   */
  private void addProduct(
      float[] a, int aFrom, int cols, float[] d, int dFrom, int n, float[] out, boolean add) {
    Gemm.multiply(
        cols, rows, n, a, aFrom * cols, 1, cols, d, dFrom * rows, rows, 1, out, 0, rows, add);
  }

  private void backward(
      int from,
      int to,
      PackedProduct u,
      float @Nullable [] head,
      Gradients out,
      float[] dg,
      float[] ds) {
    int width = sizes.width;
    int start = from * width;
    for (int i = sizes.steps - 1; i >= 0; i--) {
      int t = step(i);
      if (head != null) {
        int n = (to - from) * width;
        Folds.KERNELS.addRows(head, row(t, from) * width, 1, n, n, out.h, start);
      }
      float[] cells = i == 0 ? in.cell : memory;
      for (int of = from; of < to; of++) {
        int at = of * width;
        backward(row(t, of), before(i), cells, beforeAt(i, of), out.h, out.cell, at, dg, ds);
      }
      u.addRows(row(t, from), from, to - from);
    }
  }

  /** Sets n rows of pre-activations to a bias. */
  private void fill(float[] target, int from, int n, float @Nullable [] bias) {
    if (bias == null) {
      Arrays.fill(target, from * rows, (from + n) * rows, 0);
    } else {
      for (int i = from; i < from + n; i++) {
        System.arraycopy(bias, 0, target, i * rows, rows);
      }
    }
  }

  /** The sum of n rows. */
  private void sum(float[] of, int n, float[] out) {
    Arrays.fill(out, 0);
    Workers.parallelFor(
        rows,
        Math.max(1, Math.max(rows / Workers.threads(), SUM_GRAIN / n)),
        (from, to) -> Folds.KERNELS.addRows(of, from, n, to - from, rows, out, from));
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
