package dev.headgrad.tape;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.ndarray.types.SparseFormat;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.ShortBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TapeNDManagerTest extends FaceTest {

  @Test
  void fromBuffers() {
    Shape two = new Shape(2);
    FloatBuffer floats = FloatBuffer.wrap(new float[] {1, 2, 3});
    assertIs(manager.create(floats, two), DataType.FLOAT32, two, 1, 2);
    DoubleBuffer doubles = DoubleBuffer.wrap(new double[] {1, 2});
    assertIs(manager.create(doubles, two), DataType.FLOAT64, two, 1, 2);
    ByteBuffer bytes = ByteBuffer.wrap(new byte[] {1, -1});
    assertIs(manager.create(bytes, two, DataType.UINT8), DataType.UINT8, two, 1, 255);
    bytes.rewind();
    assertIs(manager.create(bytes, two, DataType.INT8), DataType.INT8, two, 1, -1);
    ShortBuffer halves = ShortBuffer.wrap(new short[] {0x3c00, (short) 0xc000});
    assertIs(manager.create(halves, two, DataType.FLOAT16), DataType.FLOAT16, two, 1, -2);
    floats.rewind();
    assertIs(manager.create(floats, two, DataType.FLOAT64), DataType.FLOAT64, two, 1, 2);
    IntBuffer ints = IntBuffer.wrap(new int[] {1, 300});
    assertIs(manager.create(ints, two, DataType.UINT8), DataType.UINT8, two, 1, 44);
    assertThrows(
        IllegalArgumentException.class,
        () -> manager.create(ShortBuffer.allocate(2), two, DataType.INT32));
    assertThrows(
        IllegalArgumentException.class,
        () -> manager.create(FloatBuffer.wrap(new float[] {1}), two));
    assertThrows(
        IllegalArgumentException.class, () -> manager.create(new float[] {1, 2, 3}, new Shape(4)));
  }

  @ParameterizedTest
  @EnumSource(
      value = DataType.class,
      names = {"FLOAT16", "FLOAT32", "FLOAT64", "INT8", "UINT8", "INT32", "INT64", "BOOLEAN"})
  void constantsOfEveryDataType(DataType type) {
    Shape shape = new Shape(2, 1);
    assertIs(manager.zeros(shape, type), type, shape, 0, 0);
    assertIs(manager.ones(shape, type), type, shape, 1, 1);
    assertIs(manager.full(shape, 1, type), type, shape, 1, 1);
    assertIs(manager.ones(shape, type).zerosLike(), type, shape, 0, 0);
    assertIs(manager.eye(2, 2, 0, type), type, new Shape(2, 2), 1, 0, 0, 1);
    assertIs(manager.zeros(new Shape(0, 2), type), type, new Shape(0, 2));
  }

  @Test
  void ranges() {
    assertIs(manager.arange(3), DataType.INT32, new Shape(3), 0, 1, 2);
    assertIs(manager.arange(5f, 0f, -2.5f), DataType.FLOAT32, new Shape(2), 5, 2.5);
    assertIs(manager.arange(5f, 0f), DataType.FLOAT32, new Shape(0));
    assertIs(manager.arange(0, 10, 4, DataType.INT64), DataType.INT64, new Shape(3), 0, 4, 8);
    assertIs(manager.arange(0f, .6f, .25f), DataType.FLOAT32, new Shape(3), 0, .25, .5);
    assertThrows(IllegalArgumentException.class, () -> manager.arange(0, 5, 0));
    assertIs(
        manager.arange(.5f, 5.6f, 1.3f, DataType.INT32), DataType.INT32, new Shape(4), 0, 1, 2, 3);
    assertIs(manager.linspace(0, 9, 4), DataType.FLOAT32, new Shape(4), 0, 3, 6, 9);
    assertIs(manager.linspace(0f, 10f, 4, false), DataType.FLOAT32, new Shape(4), 0, 2.5, 5, 7.5);
    assertIs(manager.linspace(2f, 9f, 1), DataType.FLOAT32, new Shape(1), 2);
    assertThrows(IllegalArgumentException.class, () -> manager.linspace(0f, 1f, -1));
    assertIs(manager.eye(2, 3, 1), DataType.FLOAT32, new Shape(2, 3), 0, 1, 0, 0, 0, 1);
    assertIs(manager.eye(2, 3, -1), DataType.FLOAT32, new Shape(2, 3), 0, 0, 0, 1, 0, 0);
    assertThrows(IllegalArgumentException.class, () -> manager.eye(-1));
    assertThrows(IllegalArgumentException.class, () -> manager.zeros(new Shape(-1)));
    assertIs(manager.hanningWindow(4), DataType.FLOAT32, new Shape(4), 0, .5, 1, .5);
  }

  @Test
  void sparseArraysKeepTheirFormat() {
    NDArray csr =
        manager.createCSR(
            FloatBuffer.wrap(new float[] {7, 8, 9}),
            new long[] {0, 2, 2, 3},
            new long[] {0, 2, 1},
            new Shape(3, 4));
    assertEquals(SparseFormat.CSR, csr.getSparseFormat());
    assertTrue(csr.isSparse());
    assertArrayEquals(new float[] {7, 0, 8, 0, 0, 0, 0, 0, 0, 9, 0, 0}, csr.toFloatArray());
    assertThrows(
        IllegalArgumentException.class,
        () ->
            manager.createCSR(
                FloatBuffer.allocate(2), new long[] {0, 2, 1}, new long[2], new Shape(2, 4)));
    NDArray rows =
        manager.createRowSparse(
            FloatBuffer.wrap(new float[] {1, 2, 3, 4}),
            new Shape(2, 2),
            new long[] {2, 0},
            new Shape(3, 2));
    assertEquals(SparseFormat.ROW_SPARSE, rows.getSparseFormat());
    assertArrayEquals(new float[] {3, 4, 0, 0, 1, 2}, rows.toFloatArray());
    NDArray coo =
        manager.createCoo(
            FloatBuffer.wrap(new float[] {1, 2, 3}),
            new long[][] {{0, 1, 0}, {2, 1, 2}},
            new Shape(2, 3));
    assertEquals(SparseFormat.COO, coo.getSparseFormat());
    assertArrayEquals(new float[] {0, 0, 4, 0, 2, 0}, coo.toFloatArray());
    NDArray dense = coo.toDense();
    assertFalse(dense.isSparse());
    assertEquals(coo, dense);
    for (SparseFormat format : SparseFormat.values()) {
      assertEquals(format, dense.toSparse(format).getSparseFormat());
    }
  }

  @Test
  void randomNumbersKeepToTheirDistribution() {
    manager.getEngine().setRandomSeed(7);
    int n = 100_000;
    NDArray uniform = manager.randomUniform(-2, 4, new Shape(n));
    assertTrue(uniform.min().getFloat() >= -2 && uniform.max().getFloat() < 4);
    assertEquals(1, uniform.mean().getFloat(), .03);
    NDArray normal = manager.randomNormal(3, .5f, new Shape(n), DataType.FLOAT64);
    assertEquals(3, normal.mean().getDouble(), .01);
    assertEquals(.25, normal.sub(3).square().mean().getDouble(), .01);
    NDArray truncated = manager.truncatedNormal(1, 2, new Shape(n), DataType.FLOAT32);
    assertTrue(truncated.sub(1).abs().max().getFloat() <= 4);
    NDArray dice = manager.randomInteger(1, 7, new Shape(n), DataType.INT32);
    assertArrayEquals(new int[] {1, 2, 3, 4, 5, 6}, dice.unique().head().toIntArray());
    assertArrayEquals(new long[] {0, 1, 2, 3}, manager.randomPermutation(4).sort().toLongArray());
    NDArray counts = manager.randomMultinomial(1000, manager.create(new float[] {.2f, 0, .8f}));
    assertEquals(1000, counts.sum().getLong());
    assertEquals(0, counts.getLong(1));
    NDArray poisson = manager.samplePoisson(manager.create(new float[] {1, 4}), new Shape(n));
    assertEquals(new Shape(2, n), poisson.getShape());
    assertEquals(4, poisson.get(1).mean().getFloat(), .05);
    NDArray three = manager.create(new float[] {3});
    NDArray gamma = manager.sampleGamma(three, manager.create(new float[] {2}), new Shape(n));
    assertEquals(6, gamma.mean().getFloat(), .1);
    NDArray none = manager.create(new float[] {0, 0});
    assertIs(manager.sampleGamma(none, none.add(1)), DataType.FLOAT32, new Shape(2), 0, 0);
    assertThrows(
        IllegalArgumentException.class,
        () -> manager.randomNormal(0, -1, new Shape(2), DataType.FLOAT32));
    assertThrows(
        IllegalArgumentException.class,
        () -> manager.randomInteger(3, 3, new Shape(2), DataType.INT32));
  }

  @Test
  void aSeedRepeatsTheNumbers() {
    manager.getEngine().setRandomSeed(11);
    NDArray first = manager.randomNormal(new Shape(5));
    manager.getEngine().setRandomSeed(11);
    assertEquals(first, manager.randomNormal(new Shape(5)));
  }

  @Test
  void whatIsAlreadyItsOwnIsNotCopied() {
    NDArray x = manager.create(1f);
    assertSame(x, manager.newSubManager().from(x));
    assertNull(manager.from(null));
  }

  @Test
  void filesOfArraysAreLoaded(@TempDir Path folder) throws IOException {
    NDArray x = manager.arange(3f);
    x.setName("x");
    for (NDList.Encoding encoding : NDList.Encoding.values()) {
      Path file = folder.resolve(encoding.name());
      try (OutputStream out = Files.newOutputStream(file)) {
        new NDList(x).encode(out, encoding);
      }
      NDList loaded = manager.load(file);
      assertEquals(new NDList(x), loaded);
      assertSame(manager, loaded.head().getManager());
    }
  }

  @Test
  void closingClosesWhatIsOwned() {
    NDManager child = manager.newSubManager();
    NDManager grandchild = child.newSubManager();
    NDArray lost = grandchild.create(1f);
    NDArray kept = child.create(2f);
    kept.attach(manager);
    NDArray free = child.create(3f);
    free.detach();
    NDArray lent = manager.create(4f);
    lent.tempAttach(child);
    child.close();
    assertFalse(grandchild.isOpen());
    assertTrue(lost.isReleased());
    assertEquals(2, kept.getFloat());
    assertEquals(3, free.getFloat());
    assertEquals(4, lent.getFloat());
    assertSame(manager, lent.getManager());
    assertThrows(IllegalStateException.class, () -> child.create(1f));
    assertEquals(
        "NDArray "
            + lost.getUid()
            + " has been closed already, with its manager "
            + grandchild.getName(),
        assertThrows(IllegalStateException.class, lost::toFloatArray).getMessage());
    free.close();
  }

  @Test
  void whatWasLentTwiceGoesBackTheWayItCame() {
    NDArray x = manager.create(1f);
    NDManager first = manager.newSubManager();
    NDManager second = manager.newSubManager();
    x.tempAttach(first);
    x.tempAttach(second);
    second.close();
    assertSame(first, x.getManager());
    first.close();
    assertSame(manager, x.getManager());
    assertEquals(1, x.getFloat());
  }

  @Test
  void aCappedManagerTakesOnlyWhatReturns() {
    NDManager child = manager.newSubManager();
    NDArray x = child.create(1f);
    child.cap();
    assertThrows(IllegalStateException.class, () -> child.create(1f));
    assertThrows(IllegalStateException.class, () -> x.add(1));
    x.tempAttach(manager);
    x.add(1).close();
    x.returnResource(child);
    assertSame(child, x.getManager());
  }

  @Test
  void aScopeClosesWhatWasMadeInIt() {
    NDArray outside = manager.create(1f);
    NDArray inside;
    NDArray kept;
    try (NDScope scope = new NDScope()) {
      inside = outside.add(1);
      kept = inside.mul(2);
      NDScope.unregister(kept);
      scope.suppressNotUsedWarning();
    }
    assertTrue(inside.isReleased());
    assertEquals(4, kept.getFloat());
    assertEquals(1, outside.getFloat());
  }

  @Test
  void closesAllThatManyThreadsMadeAndDidNotCloseOrMove() throws InterruptedException {
    NDManager shared = manager.newSubManager();
    List<NDArray> kept = Collections.synchronizedList(new ArrayList<>());
    List<NDArray> moved = Collections.synchronizedList(new ArrayList<>());
    Thread[] threads = new Thread[4];
    for (int t = 0; t < threads.length; t++) {
      threads[t] =
          new Thread(
              () -> {
                for (int i = 0; i < 900; i++) {
                  NDArray x = shared.create(i);
                  if (i % 3 == 0) {
                    kept.add(x);
                  } else if (i % 3 == 1) {
                    x.close();
                  } else if (i % 9 == 2) {
                    x.attach(manager);
                    moved.add(x);
                  }
                }
              });
      threads[t].start();
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertEquals(4 * 300, kept.size());
    Set<NDArray> managed = Collections.newSetFromMap(new IdentityHashMap<>());
    managed.addAll(shared.getManagedArrays());
    assertTrue(managed.containsAll(kept));
    assertTrue(moved.stream().noneMatch(managed::contains));
    shared.close();
    assertTrue(kept.stream().allMatch(NDArray::isReleased));
    assertTrue(moved.stream().noneMatch(NDArray::isReleased));
  }
}
