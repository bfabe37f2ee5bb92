package dev.headgrad.tape.op;

import static dev.headgrad.tape.op.GradientCheck.check;
import static dev.headgrad.tape.op.GradientCheck.uniform;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.types.DataType;
import dev.headgrad.tape.core.DenseArray;
import dev.headgrad.tape.core.Dims;
import dev.headgrad.tape.core.Elements;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.DoubleBinaryOperator;
import org.junit.jupiter.api.Test;

class ReductionsTest {

  private static final long SEED = 17;
  private final Random random = new Random(SEED);

  /** A reduction as callers see it. */
  private interface Reduce {
    DenseArray of(DenseArray x, int[] axes, boolean keepDims);
  }

  @Test
  void everySetOfAxesOfEveryLayout() {
    DenseArray x = uniform(random, -2, 2, 3, 4, 2, 5);
    List<DenseArray> layouts = new ArrayList<>();
    layouts.add(x);
    layouts.add(Shapes.transpose(x, 2, 0, 3, 1));
    layouts.add(Shapes.transpose(x, 1, 0, 2, 3));
    layouts.add(Shapes.broadcast(uniform(random, -2, 2, 3, 1, 2, 1), 3, 4, 2, 5));
    layouts.add(x.view(new int[] {3, 2, 2, 2}, new int[] {40, 20, 5, 2}, 11));
    layouts.add(uniform(random, -2, 2, 1, 4, 1, 3));
    for (DenseArray layout : layouts) {
      for (int set = 0; set < 16; set++) {
        agree("sum", layout, set, Reductions::sum, 0, (y, v) -> y + v);
        agree("max", layout, set, Reductions::max, Double.NEGATIVE_INFINITY, Math::max);
        agree("min", layout, set, Reductions::min, Double.POSITIVE_INFINITY, Math::min);
      }
    }
  }

  /** Holds a reduction of float64, float32 and (rounded) int32 against a plain loop. */
  private static void agree(
      String name,
      DenseArray x,
      int set,
      Reduce reduce,
      double identity,
      DoubleBinaryOperator fold) {
    int[] axes = Arrays.stream(Dims.all(4)).filter(a -> (set >> a & 1) == 1).toArray();
    DenseArray whole = Elements.to(Arithmetic.mul(x, Creation.full(10, x.type())), DataType.INT32);
    for (DenseArray in : new DenseArray[] {x, Elements.to(x, DataType.FLOAT32), whole}) {
      int[] keptDims = Dims.reduced(in.dims(), Dims.mask(axes, 4), true);
      double[] expected = new double[Dims.size(keptDims)];
      Arrays.fill(expected, identity);
      int[] strides = Dims.strides(keptDims);
      DenseArray c = Elements.copy(in);
      for (int i = 0; i < c.size(); i++) {
        int rest = i;
        int at = 0;
        for (int a = 3; a >= 0; a--) {
          at += keptDims[a] == 1 ? 0 : rest % in.dim(a) * strides[a];
          rest /= in.dim(a);
        }
        expected[at] = fold.applyAsDouble(expected[at], Elements.getDouble(c.data(), c.type(), i));
      }
      String what = name + " of " + in + " over " + Arrays.toString(axes) + ", seed " + SEED;
      DenseArray y = reduce.of(in, axes, true);
      assertEquals(Dims.text(keptDims), Dims.text(y.dims()), what);
      assertArrayEquals(expected, Elements.to(y, DataType.FLOAT64).doubles(), 1e-4, what);
      DenseArray dropped = reduce.of(in, axes, false);
      assertEquals(
          Dims.text(Dims.reduced(in.dims(), Dims.mask(axes, 4), false)),
          Dims.text(dropped.dims()),
          what);
      assertArrayEquals(
          expected,
          Arrays.copyOf(Elements.to(dropped, DataType.FLOAT64).doubles(), expected.length),
          1e-4,
          what);
    }
  }

  @Test
  void largeArraysAreCutIntoParts() {
    int[][] shapes = {
      {1 << 18}, {3, 1 << 17}, {1 << 15, 7}, {4, 1 << 12, 9}, {300, 700}, {12, 9, 900}
    };
    for (int[] dims : shapes) {
      DenseArray x = Creation.full(1, DataType.FLOAT32, dims);
      float[] v = x.floats();
      for (int i = 0; i < v.length; i++) {
        v[i] = i % 8 - 3;
      }
      v[v.length - 3] = 99;
      for (int axis = 0; axis < dims.length; axis++) {
        DenseArray y = Reductions.sum(x, new int[] {axis}, false);
        DenseArray exact = Reductions.sum(Elements.to(x, DataType.INT64), new int[] {axis}, false);
        assertArrayEquals(
            Elements.to(exact, DataType.FLOAT32).floats(), y.floats(), Dims.text(dims));
        DenseArray max = Reductions.max(x, new int[] {axis}, false);
        DenseArray exactMax =
            Reductions.max(Elements.to(x, DataType.INT64), new int[] {axis}, false);
        assertArrayEquals(
            Elements.to(exactMax, DataType.FLOAT32).floats(), max.floats(), Dims.text(dims));
      }
    }
  }

  @Test
  void manySmallNumbersAddUpAccurately() {
    DenseArray x = Creation.full(.1, DataType.FLOAT32, 1 << 20);
    assertEquals(.1 * (1 << 20), Reductions.sum(x).floats()[0], 3);
    DenseArray columns = Creation.full(.1, DataType.FLOAT32, 1 << 18, 4);
    assertEquals(.1 * (1 << 18), Reductions.sum(columns, new int[] {0}, false).floats()[0], 3);
  }

  @Test
  void dtypes() {
    DenseArray bytes = DenseArray.of(new byte[] {1, 1, 0, (byte) 200}, DataType.UINT8, 4);
    assertEquals(DataType.INT64, Reductions.sum(bytes).type());
    assertEquals(202, Reductions.sum(bytes).longs()[0]);
    assertEquals(DataType.FLOAT32, Reductions.mean(bytes).type());
    assertEquals(50.5f, Reductions.mean(bytes).floats()[0]);
    assertEquals(DataType.UINT8, Reductions.max(bytes).type());
    DenseArray truths = DenseArray.of(new byte[] {1, 1, 0}, DataType.BOOLEAN, 3);
    assertEquals(2, Reductions.sum(truths).longs()[0]);
    DenseArray half = Elements.to(uniform(random, 1, 2, 4), DataType.FLOAT16);
    assertEquals(DataType.FLOAT16, Reductions.mean(half).type());
  }

  @Test
  void nothingAndNotANumber() {
    DenseArray empty = DenseArray.zeros(DataType.FLOAT32, 0, 3);
    assertEquals(0, Reductions.sum(empty).floats()[0]);
    assertArrayEquals(new float[3], Reductions.sum(empty, new int[] {0}, false).floats());
    assertEquals(0, Reductions.sum(empty, new int[] {1}, false).size());
    assertTrue(Float.isNaN(Reductions.mean(empty).floats()[0]));
    assertThrows(IllegalArgumentException.class, () -> Reductions.max(empty));
    assertEquals(0, Reductions.max(empty, new int[] {1}, false).size());
    DenseArray x = DenseArray.of(new float[] {1, Float.NaN, 3, 4, 5, 6}, DataType.FLOAT32, 2, 3);
    assertTrue(Float.isNaN(Reductions.max(x).floats()[0]));
    assertArrayEquals(new float[] {Float.NaN, 4}, Reductions.min(x, new int[] {1}, false).floats());
    assertArrayEquals(
        new float[] {4, Float.NaN, 6}, Reductions.max(x, new int[] {0}, false).floats());
  }

  @Test
  void gradients() {
    int[][] axes = {{}, {0}, {1}, {-1}, {0, 2}, {0, 1, 2}};
    for (int[] a : axes) {
      for (boolean keep : new boolean[] {false, true}) {
        String at = " over " + Arrays.toString(a);
        check("sum" + at, SEED, in -> Reductions.sum(squared(in[0]), a, keep), u(2, 3, 2));
        check("mean" + at, SEED, in -> Reductions.mean(squared(in[0]), a, keep), u(2, 3, 2));
        check("max" + at, SEED, in -> Reductions.max(squared(in[0]), a, keep), u(2, 3, 2));
        check("min" + at, SEED, in -> Reductions.min(squared(in[0]), a, keep), u(2, 3, 2));
      }
    }
    check(
        "a view",
        SEED,
        in -> Reductions.mean(Shapes.transpose(squared(in[0])), new int[] {0}, false),
        u(2, 3));
    check("0-d", SEED, in -> Reductions.max(squared(in[0])), u());
  }

  private static DenseArray squared(DenseArray x) {
    return Arithmetic.mul(x, x);
  }

  private DenseArray u(int... dims) {
    return uniform(random, .5, 2, dims);
  }
}
