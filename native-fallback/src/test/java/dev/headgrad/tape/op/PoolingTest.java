package dev.headgrad.tape.op;

import static dev.headgrad.tape.op.GradientCheck.check;
import static dev.headgrad.tape.op.GradientCheck.uniform;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.djl.ndarray.types.DataType;
import dev.headgrad.tape.autograd.Backward;
import dev.headgrad.tape.core.DenseArray;
import dev.headgrad.tape.core.Elements;
import dev.headgrad.tape.core.Leaf;
import dev.headgrad.tape.core.Tape;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.function.UnaryOperator;
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

  /** As measured on MXNet and PyTorch, but for the negative root, which PyTorch has as NaN. */
  @Test
  void normsAreOfTheElementsThemselves() {
    DenseArray x = DenseArray.of(new float[] {1, -3, 2, -2}, DataType.FLOAT32, 1, 1, 4);
    int[] two = {2};
    int[] none = {0};
    assertArrayEquals(new float[] {-2, 0}, Pooling.lp(x, 1, two, two, none, false).floats());
    assertArrayEquals(
        new float[] {(float) Math.sqrt(10), (float) Math.sqrt(8)},
        Pooling.lp(x, 2, two, two, none, false).floats(),
        1e-6f);
    assertArrayEquals(
        new float[] {(float) -Math.cbrt(26), 0},
        Pooling.lp(x, 3, two, two, none, false).floats(),
        1e-6f);
    int[] last = {2};
    assertArrayEquals(new float[] {-2}, Pooling.globalLp(x, 1, last).floats());
    assertArrayEquals(
        new float[] {(float) -Math.cbrt(26)}, Pooling.globalLp(x, 3, last).floats(), 1e-6f);
  }

  @Test
  void gradients() {
    DenseArray x = uniform(random, -1, 1, 2, 2, 5, 4);
    check("max", SEED, in -> Pooling.max(in[0], pair(3), pair(1), pair(1), false), x);
    check("max, ceil", SEED, in -> Pooling.max(in[0], pair(2), pair(2), pair(0), true), x);
    check("mean", SEED, in -> Pooling.mean(in[0], pair(3), pair(2), pair(1), false, true), x);
    check(
        "mean inside", SEED, in -> Pooling.mean(in[0], pair(3), pair(2), pair(1), true, false), x);
    for (int p = 1; p <= 3; p++) {
      double power = p;
      check("lp", SEED, in -> Pooling.lp(in[0], power, pair(2), pair(2), pair(0), false), x);
      check("global lp", SEED, in -> Pooling.globalLp(in[0], power, new int[] {2, 3}), x);
    }
    DenseArray line = uniform(random, -1, 1, 2, 1, 7);
    int[] three = {3};
    int[] two = {2};
    int[] none = {0};
    check("max of lines", SEED, in -> Pooling.max(in[0], three, two, none, false), line);
  }

  /** Single precision goes line by line; double precision is the definition. */
  @Test
  void bothPrecisionsGiveTheSame() {
    for (long seed = 0; seed < 60; seed++) {
      Random sizes = new Random(seed);
      int axes = 1 + sizes.nextInt(3);
      int[] dims = new int[axes + 2];
      dims[0] = 1 + sizes.nextInt(2);
      dims[1] = 1 + sizes.nextInt(3);
      int[] kernel = new int[axes];
      int[] stride = new int[axes];
      int[] pad = new int[axes];
      for (int i = 0; i < axes; i++) {
        dims[2 + i] = 3 + sizes.nextInt(20 / axes);
        kernel[i] = 1 + sizes.nextInt(3);
        stride[i] = 1 + sizes.nextInt(3);
        pad[i] = sizes.nextInt(kernel[i]);
      }
      boolean ceil = sizes.nextBoolean();
      // few values, so that there are ties, infinities and NaN
      double[] few = {Double.NEGATIVE_INFINITY, -1, 0, 2, Double.POSITIVE_INFINITY, Double.NaN};
      double[] values = sizes.nextInt(3) == 0 ? few : new double[] {-1, 0, .5, 2};
      DenseArray x = uniform(sizes, 0, values.length, dims);
      for (int i = 0; i < x.size(); i++) {
        x.doubles()[i] = values[(int) x.doubles()[i]];
      }
      String text = "seed " + seed;
      assertSame(text, x, in -> Pooling.max(in, kernel, stride, pad, ceil));
      boolean includePad = sizes.nextBoolean();
      assertSame(text, x, in -> Pooling.mean(in, kernel, stride, pad, ceil, includePad));
    }
  }

  private static void assertSame(String text, DenseArray x, UnaryOperator<DenseArray> pool) {
    DenseArray[] expected = run(x, pool);
    DenseArray[] actual = run(Elements.to(x, DataType.FLOAT32), pool);
    for (int i = 0; i < expected.length; i++) {
      for (int j = 0; j < expected[i].size(); j++) {
        assertEquals(expected[i].doubles()[j], actual[i].floats()[j], 1e-5, text + " at " + j);
      }
    }
  }

  /** The result, and the gradient for a head of the numbers 1 to 7 */
  private static DenseArray[] run(DenseArray at, UnaryOperator<DenseArray> pool) {
    DenseArray x = Elements.copy(at);
    Leaf leaf = new Leaf(x.type(), x.dims(), Leaf.Update.WRITE);
    x.setVertex(leaf, 0);
    boolean was = Tape.setRecording(true);
    DenseArray y;
    try {
      y = pool.apply(x);
    } finally {
      Tape.setRecording(was);
    }
    DenseArray head = DenseArray.zeros(y.type(), y.dims());
    for (int i = 0; i < y.size(); i++) {
      Elements.setDouble(head.data(), head.type(), i, i % 7 + 1);
    }
    DenseArray g = Backward.run(List.of(y), List.of(head), false, false).get(leaf);
    return new DenseArray[] {y, Objects.requireNonNull(g)};
  }

  @Test
  void windowsOfNothingButPaddingAreRefused() {
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () -> Pooling.max(counted(3, 3), pair(2), pair(1), pair(2), false));
    assertEquals(
        "with a padding of 2 on axis 2 a window of length 2 would see nothing but padding; it must"
            + " be less",
        e.getMessage());
  }

  @Test
  void windowsAndStridesAreAtLeastOne() {
    DenseArray x = counted(3, 3);
    int[] flat = {0, 2};
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class, () -> Pooling.max(x, pair(2), flat, pair(0), false));
    assertEquals("the stride is (0, 2), but must be at least 1 on every axis", e.getMessage());
    assertThrows(
        IllegalArgumentException.class, () -> Pooling.mean(x, flat, pair(1), pair(0), false, true));
  }
}
