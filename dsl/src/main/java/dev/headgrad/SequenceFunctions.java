package dev.headgrad;

import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Batches of sequences of different lengths: part of {@link Nd}. Data has the shape (steps, batch,
 * …), or (batch, steps, …) with {@code axis} 1; lengths are a constant of shape (batch).
 */
public sealed interface SequenceFunctions permits Nd {

  /** A copy: all sequences have all steps. */
  default Tensor sequenceMask(Tensor data) {
    return data.copy();
  }

  /** Zeros behind the end of each sequence. */
  default Tensor sequenceMask(Tensor data, Tensor sequenceLength, boolean useSequenceLength) {
    return sequenceMask(data, sequenceLength, useSequenceLength, 0, 0);
  }

  /** A value behind the end of each sequence. */
  default Tensor sequenceMask(
      Tensor data, Tensor sequenceLength, boolean useSequenceLength, double value) {
    return sequenceMask(data, sequenceLength, useSequenceLength, value, 0);
  }

  /**
   * A value behind the end of each sequence.
   *
   * @param useSequenceLength false for a copy
   * @param axis of the steps, 0 or 1
   */
  default Tensor sequenceMask(
      Tensor data, Tensor sequenceLength, boolean useSequenceLength, double value, int axis) {
    if (!useSequenceLength) {
      return data.copy();
    }
    int[] lengths = lengths(data, sequenceLength, axis);
    int steps = (int) data.shape(axis);
    boolean[][] inside = new boolean[(int) data.shape(0)][(int) data.shape(1)];
    for (int t = 0; t < steps; t++) {
      for (int b = 0; b < lengths.length; b++) {
        inside[axis == 0 ? t : b][axis == 0 ? b : t] = t < lengths[b];
      }
    }
    long[] shape = new long[data.ndim()];
    Arrays.fill(shape, 1);
    shape[0] = data.shape(0);
    shape[1] = data.shape(1);
    Tensor mask = data.mx().nd().array(inside, DataType.FLOAT32).reshape(shape);
    return data.with(mask, (x, m) -> Select.where(m.neq(0), x, value));
  }

  /** The last step of all sequences. */
  default Tensor sequenceLast(Tensor data) {
    return data.get(-1);
  }

  /** The last step of each sequence. */
  default Tensor sequenceLast(Tensor data, Tensor sequenceLength, boolean useSequenceLength) {
    return sequenceLast(data, sequenceLength, useSequenceLength, 0);
  }

  /**
   * The last step of each sequence.
   *
   * @param useSequenceLength false for the last step of all
   * @param axis of the steps, 0 or 1
   */
  default Tensor sequenceLast(
      Tensor data, @Nullable Tensor sequenceLength, boolean useSequenceLength, int axis) {
    int batch = (int) data.shape(1 - axis);
    int[] last = new int[batch];
    Arrays.fill(last, (int) data.shape(axis) - 1);
    if (useSequenceLength && sequenceLength != null) {
      last = lengths(data, sequenceLength, axis);
      for (int b = 0; b < batch; b++) {
        last[b]--;
      }
    }
    int[] sequences = new int[batch];
    Arrays.setAll(sequences, b -> b);
    return axis == 0 ? data.get(last, sequences) : data.get(sequences, last);
  }

  /** All sequences reversed. */
  default Tensor sequenceReverse(Tensor data) {
    return data.flip(0);
  }

  /**
   * Each sequence (steps, batch, …) reversed up to its end.
   *
   * @param useSequenceLength false to reverse all steps
   */
  default Tensor sequenceReverse(Tensor data, Tensor sequenceLength, boolean useSequenceLength) {
    if (!useSequenceLength) {
      return data.flip(0);
    }
    int[] lengths = lengths(data, sequenceLength, 0);
    int steps = (int) data.shape(0);
    long width = Shapes.product(data.shape(), 2, data.ndim());
    long[] rows = new long[steps * lengths.length];
    for (int t = 0; t < steps; t++) {
      for (int b = 0; b < lengths.length; b++) {
        int from = t < lengths[b] ? lengths[b] - 1 - t : t;
        rows[t * lengths.length + b] = (long) from * lengths.length + b;
      }
    }
    return data.map(
        x -> {
          Shape table = new Shape(rows.length, width);
          return Indexing.reshape(
              Indexing.takeRows(Indexing.reshape(x, table), rows), x.getShape());
        });
  }

  private static int[] lengths(Tensor data, Tensor sequenceLength, int axis) {
    if (axis != 0 && axis != 1) {
      throw new IllegalArgumentException("the axis of the steps is 0 or 1, not " + axis);
    }
    int[] lengths = sequenceLength.toIntArray();
    if (data.ndim() < 2 || lengths.length != data.shape(1 - axis)) {
      throw new IllegalArgumentException(
          "sequences of shape "
              + Shapes.text(data.shape())
              + " with lengths of shape "
              + Shapes.text(sequenceLength.shape()));
    }
    for (int length : lengths) {
      if (length < 0 || length > data.shape(axis)) {
        throw new IllegalArgumentException(
            "a sequence of " + data.shape(axis) + " steps cannot have the length " + length);
      }
    }
    return lengths;
  }
}
