package dev.headgrad;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import org.jspecify.annotations.Nullable;

/**
 * Connectionist temporal classification: the probability of all ways to stretch a labelling over
 * the steps, with blanks between (Graves et al., 2006, section 4.1), in logarithms.
 */
final class Alignment {
  /** Stands for the logarithm of 0, and stays far from overflow. */
  private static final double NOTHING = -1e30;

  private Alignment() {}

  static Tensor loss(
      SoftmaxFunctions nd,
      Tensor data,
      Tensor label,
      int[] steps,
      int @Nullable [] labelLengths,
      String blankLabel) {
    boolean first = blankLabel.equals("first");
    if (!first && !blankLabel.equals("last")) {
      throw new IllegalArgumentException(
          "the blank is the first or the last label, not '" + blankLabel + "'");
    }
    int n = (int) data.shape(1);
    if (label.ndim() != 2 || label.shape(0) != n || steps.length != n) {
      throw new IllegalArgumentException(
          "a CTC loss of data of shape "
              + Shapes.text(data.shape())
              + " needs labels of shape ("
              + n
              + ", labels), not "
              + Shapes.text(label.shape()));
    }
    int blank = first ? 0 : (int) data.shape(2) - 1;
    int width = (int) label.shape(1);
    int[] labels = label.toIntArray();
    int[] lengths = new int[n];
    for (int b = 0; b < n; b++) {
      while (lengths[b] < width && labels[b * width + lengths[b]] != (first ? 0 : -1)) {
        lengths[b]++;
      }
    }
    int[] counted = labelLengths == null ? lengths : labelLengths;
    Tensor logits = nd.logSoftmax(data, 2);
    return logits.map(x -> loss(x, labels, width, counted, steps, blank));
  }

  /** Minus the logarithm of the probability of each labelling, from logarithms of probabilities. */
  private static NDArray loss(
      NDArray x, int[] labels, int width, int[] lengths, int[] steps, int blank) {
    int count = (int) x.getShape().get(0);
    int n = (int) x.getShape().get(1);
    int classes = (int) x.getShape().get(2);
    int states = 2 * width + 1; // blank, label, blank, ..., blank
    Shape shape = new Shape(n, states);
    long[] symbols = new long[n * states];
    boolean[] skips = new boolean[n * states]; // from the label before, over the blank
    boolean[] starts = new boolean[n * states];
    boolean[] ends = new boolean[n * states];
    for (int b = 0; b < n; b++) {
      for (int s = 0; s < states; s++) {
        int at = b * states + s;
        boolean inside = s < 2 * lengths[b] + 1;
        symbols[at] = s % 2 == 1 && inside ? labels[b * width + s / 2] : blank;
        skips[at] = s % 2 == 1 && s >= 3 && symbols[at] != symbols[at - 2];
        starts[at] = s < 2 && inside;
        ends[at] = s == 2 * lengths[b] || (s == 2 * lengths[b] - 1);
      }
    }
    NDArray skip = truth(x, skips, shape);
    NDArray alpha =
        Select.where(truth(x, starts, shape), emitted(x, 0, symbols, n, classes), NOTHING);
    NDArray one = filler(x, n, 1);
    NDArray two = filler(x, n, Math.min(2, states));
    for (int t = 1; t < count; t++) {
      NDArray stay = alpha;
      NDArray step = Join.concat(new NDList(one, Indexing.range(alpha, 1, 0, states - 1)), 1);
      NDArray total = sum(stay, step);
      if (states > 2) {
        NDArray jump = Join.concat(new NDList(two, Indexing.range(alpha, 1, 0, states - 2)), 1);
        total = sum(total, Select.where(skip, jump, NOTHING));
      }
      boolean[] running = new boolean[n];
      for (int b = 0; b < n; b++) {
        running[b] = t < steps[b];
      }
      NDArray next = total.add(emitted(x, t, symbols, n, classes));
      alpha = Select.where(truth(x, running, new Shape(n, 1)), next, alpha);
    }
    NDArray last = Select.where(truth(x, ends, shape), alpha, NOTHING);
    NDArray peak = last.max(new int[] {1}, true).stopGradient();
    NDArray total = last.sub(peak).exp().sum(new int[] {1}).log();
    return total.add(Indexing.reshape(peak, new Shape(n))).neg();
  }

  /** What each state emits at a step: (n, states). */
  private static NDArray emitted(NDArray x, int t, long[] symbols, int n, int classes) {
    int states = symbols.length / n;
    long[] positions = new long[symbols.length];
    for (int i = 0; i < positions.length; i++) {
      positions[i] = ((long) t * n + i / states) * classes + symbols[i];
    }
    return Indexing.takeFlat(x, positions, new Shape(n, states));
  }

  /** log(exp(a) + exp(b)) without overflow. */
  private static NDArray sum(NDArray a, NDArray b) {
    NDArray high = Select.maximum(a, b);
    NDArray low = Select.minimum(a, b);
    return high.add(Smooth.log1p(low.sub(high).exp()));
  }

  private static NDArray filler(NDArray x, int n, int width) {
    return Elementary.full(x, new Shape(n, width), NOTHING);
  }

  private static NDArray truth(NDArray x, boolean[] values, Shape shape) {
    return EngineGaps.owned(x.getManager().create(values, shape)).toType(DataType.BOOLEAN, false);
  }
}
