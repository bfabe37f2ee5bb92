package dev.headgrad.tape.op;

import static dev.headgrad.tape.op.GradientCheck.check;
import static dev.headgrad.tape.op.GradientCheck.uniform;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.types.DataType;
import dev.headgrad.tape.autograd.Backward;
import dev.headgrad.tape.core.DenseArray;
import dev.headgrad.tape.core.Elements;
import dev.headgrad.tape.core.Leaf;
import dev.headgrad.tape.core.Tape;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class NormalizationTest {

  private static final long SEED = 13;
  private final Random random = new Random(SEED);

  private static DenseArray batch(DenseArray[] in, int axis, int channels) {
    DenseArray mean = DenseArray.zeros(DataType.FLOAT64, channels);
    DenseArray variance = DenseArray.zeros(DataType.FLOAT64, channels);
    return Normalization.batchNorm(in[0], mean, variance, in[1], in[2], axis, .9, 1e-3, true);
  }

  private static DenseArray layer(DenseArray[] in, int... dims) {
    return Normalization.layerNorm(in[0], dims, in[1], in[2], 1e-3);
  }

  @Test
  void gradients() {
    DenseArray three = uniform(random, .5, 1.5, 3);
    DenseArray beta = uniform(random, -1, 1, 3);
    check("batch", SEED, in -> batch(in, 1, 3), uniform(random, -1, 1, 2, 3, 2, 2), three, beta);
    check("batch of rows", SEED, in -> batch(in, 1, 3), uniform(random, -1, 1, 4, 3), three, beta);
    check("batch, last", SEED, in -> batch(in, 2, 3), uniform(random, -1, 1, 2, 2, 3), three, beta);
    check("layer", SEED, in -> layer(in, 3), uniform(random, -1, 1, 2, 2, 3), three, beta);
    check(
        "layer over two",
        SEED,
        in -> layer(in, 2, 3),
        uniform(random, -1, 1, 3, 2, 3),
        uniform(random, .5, 1.5, 2, 3),
        uniform(random, -1, 1, 2, 3));
  }

  @Test
  void theFastPathsGiveWhatTheOthersGive() {
    DenseArray[] images = {
      uniform(random, -1, 1, 3, 4, 5, 2), uniform(random, .5, 1.5, 4), uniform(random, -1, 1, 4)
    };
    sameInFloat(images, 2e-5, in -> batchOf(in, 1, 4));
    DenseArray[] sequences = {
      uniform(random, 2, 4, 50, 3, 37), uniform(random, .5, 1.5, 37), uniform(random, -1, 1, 37)
    };
    sameInFloat(sequences, 2e-4, in -> batchOf(in, 2, 37));
    DenseArray[] turned = {
      uniform(random, 2, 4, 3, 50, 37), uniform(random, .5, 1.5, 37), uniform(random, -1, 1, 37)
    };
    sameInFloat(
        turned,
        2e-4,
        in -> Shapes.transpose(batchOf(Shapes.transpose(in[0], 1, 0, 2), in, 2, 37), 1, 0, 2));
    DenseArray[] rows = {
      uniform(random, -1, 1, 3, 4, 5), uniform(random, .5, 1.5, 5), uniform(random, -1, 1, 5)
    };
    sameInFloat(
        rows, 2e-5, in -> Normalization.layerNorm(in[0], new int[] {5}, in[1], in[2], 1e-5));
  }

  private static DenseArray batchOf(DenseArray[] in, int axis, int channels) {
    return batchOf(in[0], in, axis, channels);
  }

  private static DenseArray batchOf(DenseArray x, DenseArray[] in, int axis, int channels) {
    DenseArray mean = DenseArray.zeros(x.type(), channels);
    DenseArray variance = DenseArray.zeros(x.type(), channels);
    return Normalization.batchNorm(x, mean, variance, in[1], in[2], axis, .9, 1e-5, true);
  }

  private void sameInFloat(DenseArray[] at, double delta, Function<DenseArray[], DenseArray> f) {
    DenseArray head = uniform(random, -1, 1, at[0].dims());
    DenseArray[] expected = run(at, head, DataType.FLOAT64, f);
    DenseArray[] actual = run(at, head, DataType.FLOAT32, f);
    for (int i = 0; i < expected.length; i++) {
      for (int j = 0; j < expected[i].size(); j++) {
        double e = Elements.getDouble(Elements.copy(expected[i]).data(), DataType.FLOAT64, j);
        double a = Elements.getDouble(Elements.copy(actual[i]).data(), DataType.FLOAT32, j);
        assertEquals(e, a, delta, "array " + i + ", element " + j + ", seed " + SEED);
      }
    }
  }

  /** The result and the gradients, computed in a dtype. */
  private static DenseArray[] run(
      DenseArray[] at, DenseArray head, DataType type, Function<DenseArray[], DenseArray> f) {
    DenseArray[] x = new DenseArray[at.length];
    DenseArray[] out = new DenseArray[1 + at.length];
    for (int i = 0; i < at.length; i++) {
      x[i] = Elements.copy(Elements.to(at[i], type));
      x[i].setVertex(new Leaf(type, x[i].dims(), Leaf.Update.WRITE), 0);
    }
    boolean was = Tape.setRecording(true);
    try {
      out[0] = f.apply(x);
    } finally {
      Tape.setRecording(was);
    }
    Map<Leaf, @Nullable DenseArray> gradients =
        Backward.run(List.of(out[0]), List.of(Elements.to(head, type)), false, false);
    for (int i = 0; i < at.length; i++) {
      DenseArray g = gradients.get((Leaf) x[i].vertex());
      out[1 + i] = g == null ? DenseArray.zeros(type, x[i].dims()) : g;
    }
    return out;
  }

  @Test
  void runningStatisticsMoveOnceInTraining() {
    DenseArray x = DenseArray.of(new double[] {1, 2, 3, 6}, DataType.FLOAT64, 4, 1);
    DenseArray one = DenseArray.of(new double[] {1}, DataType.FLOAT64, 1);
    DenseArray zero = DenseArray.of(new double[] {0}, DataType.FLOAT64, 1);
    DenseArray mean = DenseArray.of(new double[] {1}, DataType.FLOAT64, 1);
    DenseArray variance = DenseArray.of(new double[] {2}, DataType.FLOAT64, 1);
    Normalization.batchNorm(x, mean, variance, one, zero, 1, .9, 1e-5, true);
    assertEquals(.9 * 1 + .1 * 3, mean.doubles()[0], 1e-12);
    assertEquals(.9 * 2 + .1 * 3.5, variance.doubles()[0], 1e-9);
    Normalization.batchNorm(x, mean, variance, one, zero, 1, .9, 1e-5, false);
    assertEquals(1.2, mean.doubles()[0], 1e-12);
  }

  @Test
  void runningStatisticsGiveTheSameWhetherRecordedOrNot() {
    for (DataType type : new DataType[] {DataType.FLOAT32, DataType.FLOAT64}) {
      statisticsGiveTheSame(type, 1, 20);
      statisticsGiveTheSame(type, 3, 1);
    }
  }

  private void statisticsGiveTheSame(DataType type, int axis, int inner) {
    DenseArray x = Elements.to(uniform(random, -1, 1, 2, 13, 5, 4), type);
    int n = x.dim(axis);
    DenseArray mean = Elements.to(uniform(random, -1, 1, n), type);
    DenseArray variance = Elements.to(uniform(random, .5, 2, n), type);
    DenseArray gamma = Elements.to(uniform(random, .5, 1.5, n), type);
    DenseArray beta = Elements.to(uniform(random, -1, 1, n), type);
    DenseArray plain =
        Normalization.batchNorm(x, mean, variance, gamma, beta, axis, .9, 1e-5, false);
    boolean was = Tape.setRecording(true);
    DenseArray recorded;
    try {
      recorded = Normalization.batchNorm(x, mean, variance, gamma, beta, axis, .9, 1e-5, false);
    } finally {
      Tape.setRecording(was);
    }
    for (int i = 0; i < x.size(); i++) {
      int c = i / inner % n;
      double expected =
          (Elements.getDouble(x.data(), type, i) - Elements.getDouble(mean.data(), type, c))
                  / Math.sqrt(Elements.getDouble(variance.data(), type, c) + 1e-5)
                  * Elements.getDouble(gamma.data(), type, c)
              + Elements.getDouble(beta.data(), type, c);
      String text = type + " at " + i + ", seed " + SEED;
      assertEquals(expected, Elements.getDouble(plain.data(), type, i), 1e-5, text);
      assertEquals(expected, Elements.getDouble(recorded.data(), type, i), 1e-5, text);
    }
  }

  /** Many rows are shared out among threads; sizes that are no multiple of a vector's. */
  @Test
  void manyRows() {
    DenseArray[] rows = {
      uniform(random, -1, 1, 3000, 37), uniform(random, .5, 1.5, 37), uniform(random, -1, 1, 37)
    };
    sameInFloat(
        rows, 2e-3, in -> Normalization.layerNorm(in[0], new int[] {37}, in[1], in[2], 1e-5));
  }
}
