package dev.headgrad.tape;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import org.junit.jupiter.api.Test;

class ArrayShapesTest extends FaceTest {

  @Test
  void reshapeInfersOneDimension() {
    NDArray x = counting(2, 3);
    assertIs(x.reshape(3, -1), new Shape(3, 2), 0, 1, 2, 3, 4, 5);
    assertIs(x.reshape(-1), new Shape(6), 0, 1, 2, 3, 4, 5);
    assertIs(x.transpose().reshape(2, 3), new Shape(2, 3), 0, 3, 1, 4, 2, 5);
    assertIs(counting(0, 3).reshape(3, 0, 2), new Shape(3, 0, 2));
    assertIs(manager.create(4f).reshape(1, 1), new Shape(1, 1), 4);
    assertThrows(IllegalArgumentException.class, () -> x.reshape(4, -1));
    assertThrows(IllegalArgumentException.class, () -> x.reshape(-1, -1));
    assertThrows(IllegalArgumentException.class, () -> counting(0, 3).reshape(-1, 0));
    assertEquals(
        "an array of shape (2, 3) cannot be reshaped to (4, 2): it has 6 elements",
        assertThrows(IllegalArgumentException.class, () -> x.reshape(4, 2)).getMessage());
  }

  @Test
  void reshapeIsAViewWhereStridesAllowIt() {
    NDArray x = counting(2, 3, 4);
    NDArray flat = x.get(":, 1").reshape(2, 2, 2); // rows of 4 with a gap between them
    flat.set(new NDIndex("1, 1"), -1);
    assertIs(x.get("1, 1"), new Shape(4), 16, 17, -1, -1);
    NDArray copy = x.transpose().reshape(24);
    copy.set(new NDIndex("0"), 5);
    assertEquals(0, x.getFloat(0, 0, 0));
    NDArray expanded = x.transpose().expandDims(1).squeeze();
    expanded.set(new NDIndex(0, 0, 0), 7);
    assertEquals(7, x.getFloat(0, 0, 0));
  }

  @Test
  void expandDimsAndSqueeze() {
    NDArray x = counting(2, 1);
    assertEquals(new Shape(1, 2, 1), x.expandDims(0).getShape());
    assertEquals(new Shape(2, 1, 1), x.expandDims(-1).getShape());
    assertEquals(new Shape(2, 1, 1), x.expandDims(-2).getShape());
    assertEquals(new Shape(1), manager.create(1f).expandDims(0).getShape());
    assertThrows(IllegalArgumentException.class, () -> x.expandDims(3));
    assertEquals(new Shape(2), x.squeeze().getShape());
    assertEquals(new Shape(2), x.squeeze(-1).getShape());
    assertEquals(new Shape(), counting(1, 1).squeeze().getShape());
    assertEquals(new Shape(2, 1), x.squeeze(new int[0]).getShape());
    assertEquals(new Shape(2), x.squeeze(new int[] {1, -1}).getShape());
    assertEquals(new Shape(), manager.create(1f).squeeze(0).getShape());
    assertThrows(IllegalArgumentException.class, () -> x.squeeze(0));
    assertThrows(IllegalArgumentException.class, () -> manager.create(1f).squeeze(1));
  }

  @Test
  void flattenSomeAxes() {
    NDArray x = counting(2, 3, 4);
    assertEquals(new Shape(24), x.flatten().getShape());
    assertEquals(new Shape(6, 4), x.flatten(0, 1).getShape());
    assertEquals(new Shape(2, 12), x.flatten(1, -1).getShape());
    assertEquals(new Shape(2, 3, 4), x.flatten(1, 1).getShape());
    assertEquals(new Shape(1), manager.create(1f).flatten().getShape());
    assertEquals(new Shape(1), manager.create(1f).flatten(0, -1).getShape());
    assertThrows(IllegalArgumentException.class, () -> x.flatten(2, 1));
  }

  @Test
  void splitIntoEqualPartsOrAtIndices() {
    NDArray x = counting(2, 4);
    NDList halves = x.split(2, 1);
    assertEquals(2, halves.size());
    assertIs(halves.get(1), new Shape(2, 2), 2, 3, 6, 7);
    assertIs(x.split(2, -1).get(0), new Shape(2, 2), 0, 1, 4, 5);
    NDList parts = x.split(new long[] {1, 3, 9}, 1);
    assertEquals(4, parts.size());
    assertIs(parts.get(0), new Shape(2, 1), 0, 4);
    assertIs(parts.get(1), new Shape(2, 2), 1, 2, 5, 6);
    assertIs(parts.get(2), new Shape(2, 1), 3, 7);
    assertEquals(new Shape(2, 0), parts.get(3).getShape());
    assertEquals(x, x.split(new long[0]).singletonOrThrow());
    assertIs(counting(2, 0).split(2).get(1), new Shape(1, 0));
    assertThrows(IllegalArgumentException.class, () -> x.split(3, 1));
    assertThrows(IllegalArgumentException.class, () -> x.split(0, 1));
    assertThrows(IllegalArgumentException.class, () -> x.split(new long[] {3, 1}, 1));
    assertThrows(IllegalArgumentException.class, () -> manager.create(1f).split(1));
  }

  @Test
  void concatAndStack() {
    NDArray x = counting(2, 2);
    NDArray y = manager.create(new int[] {7, 8}, new Shape(2, 1));
    NDArray joined = x.concat(y, -1);
    assertEquals(DataType.FLOAT32, joined.getDataType());
    assertIs(joined, new Shape(2, 3), 0, 1, 7, 2, 3, 8);
    assertIs(
        NDArrays.concat(new NDList(x, counting(0, 2), x)), new Shape(4, 2), 0, 1, 2, 3, 0, 1, 2, 3);
    assertIs(
        NDArrays.stack(new NDList(x, x.transpose()), 2),
        new Shape(2, 2, 2),
        0,
        0,
        1,
        2,
        2,
        1,
        3,
        3);
    assertIs(manager.create(1f).stack(manager.create(2f)), new Shape(2), 1, 2);
    assertIs(NDArrays.stack(new NDList(x), -1), new Shape(2, 2, 1), 0, 1, 2, 3);
    assertThrows(IllegalArgumentException.class, () -> x.concat(y, 0));
    assertThrows(IllegalArgumentException.class, () -> x.concat(counting(2), 0));
    assertThrows(IllegalArgumentException.class, () -> x.concat(x, 2));
    assertThrows(
        IllegalArgumentException.class, () -> manager.create(1f).concat(manager.create(2f)));
    assertThrows(IllegalArgumentException.class, () -> x.stack(y));
  }

  @Test
  void tileRepeatsTheWhole() {
    NDArray x = counting(2, 2);
    assertIs(x.tile(2), new Shape(4, 4), 0, 1, 0, 1, 2, 3, 2, 3, 0, 1, 0, 1, 2, 3, 2, 3);
    assertIs(x.tile(0, 2), new Shape(4, 2), 0, 1, 2, 3, 0, 1, 2, 3);
    assertIs(x.tile(new long[] {2, 1, 1}), new Shape(2, 2, 2), 0, 1, 2, 3, 0, 1, 2, 3);
    assertIs(x.tile(new long[] {2}), new Shape(2, 4), 0, 1, 0, 1, 2, 3, 2, 3);
    assertIs(x.tile(new Shape(4)), new Shape(2, 4), 0, 1, 0, 1, 2, 3, 2, 3);
    assertIs(manager.create(3f).tile(3), new Shape(3), 3, 3, 3);
    assertIs(x.tile(new long[] {0, 1}), new Shape(0, 2));
    assertIs(counting(2, 0).tile(3), new Shape(2, 0));
    assertThrows(IllegalArgumentException.class, () -> x.tile(new Shape(3)));
    assertThrows(IllegalArgumentException.class, () -> manager.create(3f).tile(0, 2));
    assertThrows(IllegalArgumentException.class, () -> x.tile(-1));
    NDArray once = x.tile(1);
    once.set(new NDIndex(0, 0), 9);
    assertEquals(0, x.getFloat(0, 0));
  }

  @Test
  void repeatRepeatsEachElement() {
    NDArray x = counting(2, 2);
    assertIs(x.repeat(2), new Shape(4, 4), 0, 0, 1, 1, 0, 0, 1, 1, 2, 2, 3, 3, 2, 2, 3, 3);
    assertIs(x.repeat(-1, 2), new Shape(2, 4), 0, 0, 1, 1, 2, 2, 3, 3);
    assertIs(x.repeat(new long[] {2, 1}), new Shape(4, 2), 0, 1, 0, 1, 2, 3, 2, 3);
    assertIs(x.repeat(new Shape(2, 4)), new Shape(2, 4), 0, 0, 1, 1, 2, 2, 3, 3);
    assertIs(manager.create(3f).repeat(2), new Shape(2), 3, 3);
    assertIs(counting(2, 0).repeat(3), new Shape(2, 0));
    assertThrows(IllegalArgumentException.class, () -> x.repeat(new Shape(2, 3)));
    assertThrows(IllegalArgumentException.class, () -> x.repeat(new Shape(1, 2, 2)));
    assertThrows(IllegalArgumentException.class, () -> x.repeat(2, 2));
  }

  @Test
  void padCountsAxesFromTheLast() {
    NDArray x = counting(2, 2);
    assertIs(x.pad(new Shape(1, 0), 7), new Shape(2, 3), 7, 0, 1, 7, 2, 3);
    assertIs(x.pad(new Shape(0, 1, 1, 0), 7), new Shape(3, 3), 7, 7, 7, 0, 1, 7, 2, 3, 7);
    assertIs(x.pad(new Shape(-1, 1), 7), new Shape(2, 2), 1, 7, 3, 7);
    assertThrows(IllegalArgumentException.class, () -> x.pad(new Shape(1), 0));
    assertThrows(IllegalArgumentException.class, () -> x.pad(new Shape(1, 1, 1, 1, 1, 1), 0));
  }

  @Test
  void flipAndRotateCopy() {
    NDArray x = counting(2, 3);
    assertIs(x.flip(1), new Shape(2, 3), 2, 1, 0, 5, 4, 3);
    assertIs(x.flip(0, -1), new Shape(2, 3), 5, 4, 3, 2, 1, 0);
    assertIs(x.rotate90(1, new int[] {0, 1}), new Shape(3, 2), 2, 5, 1, 4, 0, 3);
    assertIs(x.rotate90(1, new int[] {1, 0}), new Shape(3, 2), 3, 0, 4, 1, 5, 2);
    assertIs(x.rotate90(-6, new int[] {0, 1}), new Shape(2, 3), 5, 4, 3, 2, 1, 0);
    x.flip(0).set(new NDIndex(0, 0), 9);
    assertIs(x, new Shape(2, 3), 0, 1, 2, 3, 4, 5);
    assertThrows(IllegalArgumentException.class, () -> x.rotate90(1, new int[] {0}));
    assertThrows(IllegalArgumentException.class, () -> x.rotate90(1, new int[] {0, -2}));
    assertThrows(IllegalArgumentException.class, () -> x.flip(0, -2));
  }

  @Test
  void axesAreReordered() {
    NDArray x = counting(1, 2, 3);
    assertIs(x.transpose(), new Shape(3, 2, 1), 0, 3, 1, 4, 2, 5);
    assertIs(x.transpose(1, 0, 2), new Shape(2, 1, 3), 0, 1, 2, 3, 4, 5);
    assertIs(x.swapAxes(-1, 1), new Shape(1, 3, 2), 0, 3, 1, 4, 2, 5);
    assertThrows(IllegalArgumentException.class, () -> x.transpose(0, 1));
    assertThrows(IllegalArgumentException.class, () -> x.transpose(0, 1, 1));
    assertThrows(IllegalArgumentException.class, () -> x.swapAxes(0, 3));
  }

  @Test
  void broadcastRepeatsAxesOfLengthOne() {
    assertIs(counting(2, 1).broadcast(2, 3), new Shape(2, 3), 0, 0, 0, 1, 1, 1);
    assertIs(counting(2).broadcast(2, 2), new Shape(2, 2), 0, 1, 0, 1);
    assertIs(manager.create(3f).broadcast(2), new Shape(2), 3, 3);
    assertIs(counting(1).broadcast(0), new Shape(0));
    assertThrows(IllegalArgumentException.class, () -> counting(2).broadcast(3));
    assertThrows(IllegalArgumentException.class, () -> counting(2, 2).broadcast(2));
  }

  @Test
  void diagonals() {
    NDArray x = counting(3, 4);
    assertIs(x.diagonal(), new Shape(3), 0, 5, 10);
    assertIs(x.diagonal(2), new Shape(2), 2, 7);
    assertIs(x.diagonal(-2), new Shape(1), 8);
    assertIs(x.diagonal(4), new Shape(0));
    assertIs(counting(2, 2, 2).diagonal(0, 1, 2), new Shape(2, 2), 0, 3, 4, 7);
    assertIs(counting(2, 2, 3).diagonal(1, 2, 0), new Shape(2, 1), 6, 9);
    assertThrows(IllegalArgumentException.class, () -> counting(3).diagonal());
    assertThrows(IllegalArgumentException.class, () -> x.diagonal(0, 1, -1));
  }

  @Test
  void differencesOfNeighbours() {
    NDArray x = manager.create(new float[] {1, 4, 9, 16, 25, 37}, new Shape(2, 3));
    assertIs(x.diff(1, 1), new Shape(2, 2), 3, 5, 9, 12);
    assertIs(x.diff(2, -1), new Shape(2, 1), 2, 3);
    assertIs(x.diff(1, 0), new Shape(1, 3), 15, 21, 28);
    assertIs(x.diff(0, 0), new Shape(2, 3), 1, 4, 9, 16, 25, 37);
    assertIs(x.diff(5, 0), new Shape(0, 3));
    NDArray flags = manager.create(new boolean[] {true, false, false}).diff(1, 0);
    assertArrayEquals(new boolean[] {true, false}, flags.toBooleanArray());
    assertThrows(IllegalArgumentException.class, () -> x.diff(-1, 0));
    assertThrows(IllegalArgumentException.class, () -> manager.create(1f).diff(1, 0));
  }
}
