package dev.headgrad.tape.op;

import static dev.headgrad.tape.op.GradientCheck.check;
import static dev.headgrad.tape.op.GradientCheck.uniform;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import ai.djl.ndarray.types.DataType;
import dev.headgrad.tape.core.DenseArray;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PoolingTest {

  private static final long SEED = 12;
  private final Random random = new Random(SEED);

  private static int[] pair(int value) {
    return new int[] {value, value};
  }

  private static DenseArray counted(int height, int width) {
    float[] x = new float[height * width];
    for (int i = 0; i < x.length; i++) {
      x[i] = i;
    }
    return DenseArray.of(x, DataType.FLOAT32, 1, 1, height, width);
  }

  @Test
  void valuesWithPaddingAndCeil() {
    DenseArray x = counted(3, 3);
    assertArrayEquals(
        new float[] {0, 2, 6, 8}, Pooling.max(x, pair(2), pair(2), pair(1), false).floats());
    assertArrayEquals(
        new float[] {4, 5, 7, 8}, Pooling.max(x, pair(2), pair(2), pair(0), true).floats());
    assertArrayEquals(
        new float[] {0, .75f, 2.25f, 6},
        Pooling.mean(x, pair(2), pair(2), pair(1), false, true).floats());
    assertArrayEquals(
        new float[] {0, 1.5f, 4.5f, 6},
        Pooling.mean(x, pair(2), pair(2), pair(1), false, false).floats());
  }

  @Test
  void gradients() {
    DenseArray x = uniform(random, -1, 1, 2, 2, 5, 4);
    check("max", SEED, in -> Pooling.max(in[0], pair(3), pair(1), pair(1), false), x);
    check("max, ceil", SEED, in -> Pooling.max(in[0], pair(2), pair(2), pair(0), true), x);
    check("mean", SEED, in -> Pooling.mean(in[0], pair(3), pair(2), pair(1), false, true), x);
    check(
        "mean inside", SEED, in -> Pooling.mean(in[0], pair(3), pair(2), pair(1), true, false), x);
    check("lp", SEED, in -> Pooling.lp(in[0], 3, pair(2), pair(2), pair(0), false), x);
    DenseArray line = uniform(random, -1, 1, 2, 1, 7);
    int[] three = {3};
    int[] two = {2};
    int[] none = {0};
    check("max of lines", SEED, in -> Pooling.max(in[0], three, two, none, false), line);
  }
}
