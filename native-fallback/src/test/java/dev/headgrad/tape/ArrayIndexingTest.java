package dev.headgrad.tape;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ArrayIndexingTest extends FaceTest {

  private NDArray indices(Shape shape, long... values) {
    return manager.create(values, shape);
  }

  @Test
  void readsSingleElementsOfEveryLayoutAndType() {
    for (DataType type :
        new DataType[] {DataType.FLOAT32, DataType.FLOAT64, DataType.INT32, DataType.INT64}) {
      NDArray x = counting(2, 3).toType(type, false).transpose().get("1:"); // 1 4, 2 5
      assertEquals(4, read(x, 0, 1), type::toString);
      assertEquals(5, read(x, -1, -1), type::toString);
      assertEquals(2, read(x.get(1).get(0)), type::toString);
      assertThrows(IndexOutOfBoundsException.class, () -> read(x, 2, 0), type::toString);
      assertThrows(IllegalArgumentException.class, () -> read(x, 0), type::toString);
      assertThrows(IllegalArgumentException.class, () -> read(x, 0, 0, 0), type::toString);
    }
    NDArray doubles = manager.create(new double[] {1, 2});
    assertThrows(IllegalStateException.class, () -> doubles.getFloat(0));
    doubles.close();
    assertThrows(IllegalStateException.class, () -> doubles.getDouble(0));
  }

  private static double read(NDArray x, long... index) {
    switch (x.getDataType()) {
      case FLOAT32:
        return x.getFloat(index);
      case FLOAT64:
        return x.getDouble(index);
      case INT32:
        return x.getInt(index);
      default:
        return x.getLong(index);
    }
  }

  @Test
  void takeCountsInRowMajorOrder() {
    NDArray x = counting(2, 3).transpose(); // 0 3 1 4 2 5
    assertIs(x.take(indices(new Shape(2, 2), 1, -1, 0, 4)), new Shape(2, 2), 3, 5, 0, 2);
    assertIs(x.take(manager.create(new float[] {1})), new Shape(1), 3);
    assertIs(x.take(indices(new Shape(0))), new Shape(0));
    assertThrows(IndexOutOfBoundsException.class, () -> x.take(indices(new Shape(1), 6)));
  }

  @Test
  void gatherReadsAlongAnAxis() {
    NDArray x = counting(3, 3);
    assertIs(x.gather(indices(new Shape(2, 2), 0, 1, 2, 0), 1), new Shape(2, 2), 0, 1, 5, 3);
    assertIs(x.gather(indices(new Shape(1, 3), 2, -1, 0), 0), new Shape(1, 3), 6, 7, 2);
    assertThrows(
        IllegalArgumentException.class, () -> x.gather(indices(new Shape(4, 1), 0, 0, 0, 0), 1));
    assertThrows(IllegalArgumentException.class, () -> x.gather(indices(new Shape(1), 0), 1));
  }

  @Test
  void gatherNdReadsWhereColumnsOfIndicesPoint() {
    NDArray x = counting(2, 3, 2);
    assertIs(x.gatherNd(indices(new Shape(2, 2), 0, 1, 2, 0)), new Shape(2, 2), 4, 5, 6, 7);
    assertIs(x.gatherNd(indices(new Shape(3, 1), 1, 2, 0)), new Shape(1), 10);
    assertIs(x.gatherNd(indices(new Shape(1, 1), -1)), new Shape(1, 3, 2), 6, 7, 8, 9, 10, 11);
    assertThrows(
        IllegalArgumentException.class, () -> x.gatherNd(indices(new Shape(4, 1), 0, 0, 0, 0)));
  }

  @Test
  void putAndScatterReturnACopy() {
    NDArray x = counting(2, 3);
    NDArray put = x.put(indices(new Shape(2), 0, -2), manager.create(new float[] {9, 8}));
    assertIs(put, new Shape(2, 3), 9, 1, 2, 3, 8, 5);
    assertIs(
        x.put(indices(new Shape(2), 5, 5), manager.create(new float[] {9, 8})),
        new Shape(2, 3),
        0,
        1,
        2,
        3,
        4,
        8);
    NDArray values = manager.create(new float[] {9, 7, 8, 7}, new Shape(2, 2));
    assertIs(
        x.scatter(indices(new Shape(2, 1), 0, 2), values, 1), new Shape(2, 3), 9, 1, 2, 3, 4, 8);
    assertIs(x.scatter(manager.create(new Shape(0)), values, 1), new Shape(2, 3), 0, 1, 2, 3, 4, 5);
    assertIs(x, new Shape(2, 3), 0, 1, 2, 3, 4, 5);
    assertThrows(
        IllegalArgumentException.class,
        () -> x.scatter(indices(new Shape(2, 3), 0, 1, 2, 0, 1, 2), values, 1));
  }

  @Test
  void whatIsOverwrittenGetsNoGradient() {
    NDArray x = manager.zeros(new Shape(3));
    NDArray values = manager.create(new float[] {1, 2, 3});
    x.setRequiresGradient(true);
    values.setRequiresGradient(true);
    try (GradientCollector collector = manager.getEngine().newGradientCollector()) {
      NDArray y = x.put(indices(new Shape(3), 1, 0, 1), values);
      collector.backward(y.mul(manager.create(new float[] {4, 5, 6})).sum());
    }
    assertIs(x.getGradient(), new Shape(3), 0, 0, 6);
    assertIs(values.getGradient(), new Shape(3), 0, 4, 5);
  }

  @Test
  void booleanMaskSelectsAlongAxes() {
    NDArray x = counting(2, 3, 2);
    NDArray middle = manager.create(new boolean[] {true, false, true});
    assertIs(x.booleanMask(middle, 1), new Shape(2, 2, 2), 0, 1, 4, 5, 6, 7, 10, 11);
    NDArray first = manager.create(new boolean[] {false, true});
    assertIs(x.booleanMask(first), new Shape(1, 3, 2), 6, 7, 8, 9, 10, 11);
    NDArray lastTwo =
        manager.create(new boolean[] {true, false, true, true, false, false}, new Shape(3, 2));
    assertIs(x.booleanMask(lastTwo, 1), new Shape(2, 3), 0, 2, 3, 6, 8, 9);
    assertIs(x.booleanMask(x.gt(9), 2), new Shape(2), 10, 11);
    assertIs(x.booleanMask(x.lt(0)), new Shape(0));
    assertIs(counting(2, 2).booleanMask(manager.create(new int[] {0, 7})), new Shape(1, 2), 2, 3);
    assertIs(manager.create(3f).booleanMask(manager.create(true)), new Shape(1), 3);
    assertThrows(IllegalArgumentException.class, () -> x.booleanMask(middle, 0));
  }

  @Test
  void sequenceMaskReplacesWhatComesAfterTheEnd() {
    NDArray x = counting(2, 3, 2);
    NDArray lengths = manager.create(new float[] {1, 2});
    assertIs(x.sequenceMask(lengths), new Shape(2, 3, 2), 0, 1, 0, 0, 0, 0, 6, 7, 8, 9, 0, 0);
    assertIs(
        x.sequenceMask(manager.create(new int[] {0, 9}), 5),
        new Shape(2, 3, 2),
        5,
        5,
        5,
        5,
        5,
        5,
        6,
        7,
        8,
        9,
        10,
        11);
    x.setRequiresGradient(true);
    try (GradientCollector collector = manager.getEngine().newGradientCollector()) {
      collector.backward(x.sequenceMask(lengths, 3).sum());
    }
    assertIs(x.getGradient(), new Shape(2, 3, 2), 1, 1, 0, 0, 0, 0, 1, 1, 1, 1, 0, 0);
    assertThrows(IllegalArgumentException.class, () -> counting(2).sequenceMask(lengths));
    assertThrows(IllegalArgumentException.class, () -> counting(3, 2).sequenceMask(lengths));
  }

  @Test
  void oneHotIsOffOutOfRange() {
    NDArray x = manager.create(new int[] {1, 0, 3, -1});
    NDArray y = x.oneHot(3);
    assertIs(y, new Shape(4, 3), 0, 1, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0);
    NDArray z = manager.create(new float[] {2, 0}).oneHot(3, 8, 1, DataType.INT32);
    assertIs(z, DataType.INT32, new Shape(2, 3), 1, 1, 8, 8, 1, 1);
    assertIs(manager.create(1).oneHot(2), new Shape(2), 0, 1);
  }

  /** Large enough that several threads share the work. */
  @Test
  void manyRowsAreTakenAndTheirGradientsAddedUp() {
    long seed = 3;
    Random random = new Random(seed);
    int rows = 500;
    int width = 24;
    long[] chosen = random.longs(20_000, -rows, rows).toArray();
    NDArray table = counting(rows, width);
    table.setRequiresGradient(true);
    NDArray index = manager.create(chosen);
    try (GradientCollector collector = manager.getEngine().newGradientCollector()) {
      NDArray y = table.get(index);
      float[] values = y.toFloatArray();
      for (int i = 0; i < chosen.length; i++) {
        float first = Math.floorMod(chosen[i], rows) * width;
        assertEquals(first, values[i * width], "row " + i + ", seed " + seed);
        assertEquals(first + width - 1, values[(i + 1) * width - 1], "row " + i + ", seed " + seed);
      }
      collector.backward(y.mul(manager.arange(1, 1 + width)).sum());
    }
    int[] count = new int[rows];
    for (long i : chosen) {
      count[(int) Math.floorMod(i, rows)]++;
    }
    float[] gradient = table.getGradient().toFloatArray();
    for (int i = 0; i < gradient.length; i++) {
      assertEquals(
          count[i / width] * (1 + i % width), gradient[i], "element " + i + ", seed " + seed);
    }
  }
}
