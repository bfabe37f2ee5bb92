package dev.headgrad.tape.op;

import static dev.headgrad.tape.op.GradientCheck.check;
import static dev.headgrad.tape.op.GradientCheck.uniform;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.djl.ndarray.types.DataType;
import dev.headgrad.tape.core.DenseArray;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DenseTest {

  private static final long SEED = 15;
  private final Random random = new Random(SEED);

  @Test
  void gradients() {
    check(
        "linear",
        SEED,
        in -> Dense.linear(in[0], in[1], in[2]),
        uniform(random, -1, 1, 2, 2, 3),
        uniform(random, -1, 1, 4, 3),
        uniform(random, -1, 1, 4));
    for (int[] dims : new int[][] {{3}, {2, 3}, {2, 1, 2, 3}, {0, 3}}) {
      check(
          "linear without bias, input of " + dims.length + " axes",
          SEED,
          in -> Dense.linear(in[0], in[1], null),
          uniform(random, -1, 1, dims),
          uniform(random, -1, 1, 4, 3));
    }
    check(
        "linear of an empty batch, with a bias",
        SEED,
        in -> Dense.linear(in[0], in[1], in[2]),
        uniform(random, -1, 1, 0, 3),
        uniform(random, -1, 1, 4, 3),
        uniform(random, -1, 1, 4));
    check(
        "linear of views",
        SEED,
        in -> Dense.linear(Shapes.transpose(in[0]), Shapes.transpose(in[1]), null),
        uniform(random, -1, 1, 3, 2),
        uniform(random, -1, 1, 3, 4));
    check(
        "linear of views, with a bias that is every other element",
        SEED,
        in -> Dense.linear(in[0], in[1], Slicing.select(in[2], 1, 1)),
        uniform(random, -1, 1, 2, 3),
        uniform(random, -1, 1, 4, 3),
        uniform(random, -1, 1, 4, 2));
    check(
        "one bias for all",
        SEED,
        in -> Dense.linear(in[0], in[1], in[2]),
        uniform(random, -1, 1, 2, 3),
        uniform(random, -1, 1, 4, 3),
        uniform(random, -1, 1, 1));
    check("x xᵀ", SEED, in -> Dense.linear(in[0], in[0], null), uniform(random, -1, 1, 2, 3));
    DenseArray index = DenseArray.of(new long[] {2, 0, 2}, DataType.INT64, 3);
    check("embedding", SEED, in -> Dense.embedding(index, in[0]), uniform(random, -1, 1, 3, 2));
    check(
        "prelu",
        SEED,
        in -> Dense.prelu(in[0], in[1]),
        uniform(random, -1, 1, 2, 3, 2),
        uniform(random, 0, 1, 3));
  }

  @Test
  void aLayerOfAnotherWidthIsNamed() {
    DenseArray x = uniform(random, -1, 1, 2, 3);
    DenseArray w = uniform(random, -1, 1, 4, 5);
    assertEquals(
        "shapes (2, 3) and (5, 4) cannot be multiplied: the first has 3 columns, but the second"
            + " has 5 rows",
        assertThrows(IllegalArgumentException.class, () -> Dense.linear(x, w, null)).getMessage());
  }

  @Test
  void dropoutKeepsTheMeanAndItsMask() {
    Sampling.seed(SEED);
    DenseArray x = Creation.full(1, DataType.FLOAT32, 100_000);
    float[] y = Dropout.dropout(x, .25).floats();
    double sum = 0;
    for (float v : y) {
      assertEquals(v == 0 ? 0 : 4 / 3f, v, 1e-6f);
      sum += v;
    }
    assertEquals(1, sum / y.length, .01, "seed " + SEED);
    assertArrayEquals(
        new float[] {0, 0}, Dropout.dropout(Creation.full(1, DataType.FLOAT32, 2), 1).floats());
  }
}
