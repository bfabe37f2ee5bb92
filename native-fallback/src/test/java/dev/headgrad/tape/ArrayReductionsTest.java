package dev.headgrad.tape;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import org.junit.jupiter.api.Test;

class ArrayReductionsTest extends FaceTest {

  private NDArray of(double... values) {
    return manager.create(values).toType(DataType.FLOAT32, false);
  }

  @Test
  void overAxes() {
    NDArray x = counting(2, 3, 2);
    assertIs(x.sum(new int[] {0, 2}), new Shape(3), 14, 22, 30);
    assertIs(x.mean(new int[] {-1}, true), new Shape(2, 3, 1), .5, 2.5, 4.5, 6.5, 8.5, 10.5);
    assertIs(x.max(new int[] {0, 1}), new Shape(2), 10, 11);
    assertIs(x.min(new int[] {1}, true), new Shape(2, 1, 2), 0, 1, 6, 7);
    assertIs(x.add(1).prod(new int[] {0, 2}, true), new Shape(1, 3, 1), 112, 1080, 3960);
    assertIs(x.sum(new int[0]), x.getShape(), x.toType(DataType.FLOAT64, false).toDoubleArray());
    assertThrows(IllegalArgumentException.class, () -> x.sum(new int[] {0, 0}));
    assertThrows(IllegalArgumentException.class, () -> x.sum(new int[] {3}));
  }

  @Test
  void dataTypesOfSums() {
    NDArray bytes = manager.create(new byte[] {100, 100, 100});
    assertIs(bytes.sum(), DataType.INT64, new Shape(), 300);
    assertIs(bytes.mean(), DataType.FLOAT32, new Shape(), 100);
    assertIs(bytes.max(), DataType.INT8, new Shape(), 100);
    NDArray flags = manager.create(new boolean[] {true, false, true});
    assertIs(flags.sum(), DataType.INT64, new Shape(), 2);
    assertTrue(flags.any().getBoolean());
    assertIs(manager.create(new int[] {1, 2}).cumSum(0), DataType.INT64, new Shape(2), 1, 3);
    assertIs(
        manager.create(new int[] {1, 2}).cumProd(0, DataType.FLOAT64),
        DataType.FLOAT64,
        new Shape(2),
        1,
        2);
  }

  @Test
  void ofNothing() {
    NDArray none = manager.create(new Shape(2, 0));
    assertIs(none.sum(), new Shape(), 0);
    assertIs(none.prod(), new Shape(), 1);
    assertIs(none.mean(), new Shape(), Double.NaN);
    assertIs(none.sum(new int[] {1}), new Shape(2), 0, 0);
    assertIs(none.max(new int[] {0}), new Shape(0));
    assertThrows(IllegalArgumentException.class, none::max);
    assertThrows(IllegalArgumentException.class, () -> none.min(new int[] {1}));
    assertThrows(IllegalArgumentException.class, none::argMax);
    assertIs(none.median(new int[] {0}), new Shape(0));
    assertThrows(IllegalArgumentException.class, none::median);
    assertIs(none.cumSum(0), new Shape(2, 0));
    assertIs(none.sort(), new Shape(2, 0));
    assertIs(none.argSort(0), DataType.INT64, new Shape(2, 0));
    assertIs(none.softmax(0), new Shape(2, 0));
    assertTrue(none.all().getBoolean());
    assertTrue(none.none().getBoolean());
  }

  @Test
  void ofOneNumber() {
    NDArray x = manager.create(2f);
    for (NDArray y : new NDArray[] {x.sum(), x.max(), x.mean(), x.prod(), x.sort(), x.cumSum(0)}) {
      assertIs(y, new Shape(), 2);
    }
    assertIs(x.cumSum(), new Shape(1), 2);
    assertIs(x.softmax(0), new Shape(), 1);
    assertIs(x.argMax(), DataType.INT64, new Shape(), 0);
    assertIs(x.argSort(), DataType.INT64, new Shape(), 0);
    assertIs(x.topK(1, 0).get(1), DataType.INT64, new Shape(), 0);
    assertThrows(IllegalArgumentException.class, () -> x.topK(2, 0));
    assertIs(x.nonzero(), DataType.INT64, new Shape(1, 1), 0);
    assertIs(x.median(), new Shape(), 2);
  }

  @Test
  void whereTheExtremesAre() {
    NDArray x = of(3, 1, 3, 1, 3, 1).reshape(2, 3);
    assertIs(x.argMax(), DataType.INT64, new Shape(), 0);
    assertIs(x.argMin(1), DataType.INT64, new Shape(2), 1, 0);
    assertIs(of(1, Double.NaN, 3).argMax(), DataType.INT64, new Shape(), 1);
    assertIs(x.gt(1).nonzero(), DataType.INT64, new Shape(3, 2), 0, 0, 0, 2, 1, 1);
    assertIs(manager.zeros(new Shape(2, 3)).nonzero(), DataType.INT64, new Shape(0, 2));
    assertIs(x.gt(1).countNonzero(1), DataType.INT64, new Shape(2), 2, 1);
  }

  @Test
  void order() {
    NDArray x = of(2, 0, 1, 5, 3, 4).reshape(2, 3);
    assertIs(x.sort(), new Shape(2, 3), 0, 1, 2, 3, 4, 5);
    assertIs(x.sort(0), new Shape(2, 3), 2, 0, 1, 5, 3, 4);
    assertIs(x.argSort(-1, false), DataType.INT64, new Shape(2, 3), 0, 2, 1, 0, 2, 1);
    NDList top = x.topK(2, 1);
    assertIs(top.get(0), new Shape(2, 2), 2, 1, 5, 4);
    assertIs(top.get(1), DataType.INT64, new Shape(2, 2), 0, 2, 0, 2);
    assertIs(x.topK(1, 0, false, true).get(0), new Shape(1, 3), 2, 0, 1);
    assertThrows(IllegalArgumentException.class, () -> x.topK(4, 1));
    NDArray nan = of(2, Double.NaN, Double.POSITIVE_INFINITY);
    assertIs(nan.argSort(), DataType.INT64, new Shape(3), 0, 2, 1);
    assertIs(nan.argSort(0, false), DataType.INT64, new Shape(3), 1, 2, 0);
  }

  @Test
  void medianAndPercentile() {
    NDArray x = of(4, 1, 3, 2, 9, 7).reshape(2, 3);
    assertIs(x.median(), new Shape(2), 3, 7);
    assertIs(x.median(new int[] {0}), new Shape(3), 2, 1, 3);
    assertIs(x.percentile(50), new Shape(2), 3, 7);
    assertIs(x.percentile(25, new int[] {0}), new Shape(3), 2.5, 3, 4);
    assertIs(x.percentile(100, new int[] {0, 1}), new Shape(), 9);
    assertIs(of(1, Double.NaN, 3).median(), new Shape(), Double.NaN);
    assertIs(of(1, Double.NaN, 3).percentile(10), new Shape(), Double.NaN);
    assertThrows(IllegalArgumentException.class, () -> x.percentile(101));
  }

  @Test
  void uniqueElementsAndSlices() {
    NDArray x = manager.create(new int[] {3, 1, 3, 2});
    assertIs(x.unique().get(0), DataType.INT32, new Shape(3), 1, 2, 3);
    assertIs(x.unique(null, true, false, true).get(1), DataType.INT64, new Shape(0));
    assertIs(x.unique(null, true, false, true).get(2), DataType.INT64, new Shape(3), 1, 1, 2);
    assertIs(of(0, -0.0, 1).unique().get(0), new Shape(2), 0, 1);
    NDList all = x.unique(true, true, true);
    assertIs(all.get(1), DataType.INT64, new Shape(4), 2, 0, 2, 1);
    assertIs(all.get(2), DataType.INT64, new Shape(3), 1, 1, 2);
    NDList rows = manager.create(new int[][] {{1, 2}, {0, 1}, {1, 2}}).unique(0, true, true, true);
    assertIs(rows.get(0), DataType.INT32, new Shape(2, 2), 0, 1, 1, 2);
    assertIs(rows.get(1), DataType.INT64, new Shape(3), 1, 0, 1);
    assertIs(rows.get(2), DataType.INT64, new Shape(2), 1, 2);
  }

  @Test
  void cumulativeAndNorms() {
    NDArray x = counting(2, 3);
    assertIs(x.cumSum(), new Shape(6), 0, 1, 3, 6, 10, 15);
    assertIs(x.cumSum(-1), new Shape(2, 3), 0, 1, 3, 3, 7, 12);
    assertIs(manager.create(3).cumSum(), DataType.INT32, new Shape(1), 3);
    assertIs(manager.create(new int[] {1, 2}).cumSum(), DataType.INT64, new Shape(2), 1, 3);
    assertIs(of(1.5, 2.5).cumProd(0, DataType.INT8), DataType.INT8, new Shape(2), 1, 2);
    assertIs(x.add(1).cumProd(0), new Shape(2, 3), 1, 2, 3, 4, 10, 18);
    assertIs(of(3, 4).norm(), new Shape(), 5);
    assertIs(x.norm(1, new int[] {1}, true), new Shape(2, 1), 3, 12);
    assertIs(of(3, 4, 0, 2).reshape(2, 2).normalize(), new Shape(2, 2), .6, .8, 0, 1);
    assertIs(counting(3, 3).trace(), new Shape(), 12);
    assertIs(counting(2, 2, 2).trace(), new Shape(2), 6, 8);
    assertIs(counting(2, 2, 2).trace(0, 1, 2), new Shape(2), 3, 11);
  }
}
