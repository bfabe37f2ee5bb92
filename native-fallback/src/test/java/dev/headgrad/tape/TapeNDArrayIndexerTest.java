package dev.headgrad.tape;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TapeNDArrayIndexerTest {

  private NDManager manager;

  @BeforeEach
  void open() {
    manager = Engine.getEngine(TapeEngine.NAME).newBaseManager();
  }

  @AfterEach
  void close() {
    manager.close();
  }

  /** What NumPy reads and writes for 250 random indices; see numpy-indexing.py. */
  static List<String> numpy() throws IOException {
    try (InputStream in =
            Objects.requireNonNull(
                TapeNDArrayIndexerTest.class.getResourceAsStream("numpy-indexing.txt"));
        BufferedReader reader =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      return reader.lines().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("numpy")
  void readsAndWritesAsNumPyDoes(String line) {
    String[] fields = line.split("\\|", -1);
    NDIndex index = new NDIndex(fields[1], arrays(fields[2]));
    NDArray array = counting(shape(fields[0]));

    NDArray read = array.get(index);
    assertEquals(shape(fields[3]), read.getShape());
    assertArrayEquals(longs(fields[4]), read.toLongArray());

    long[] written = longs(fields[5]);
    boolean twice = false;
    for (long value : written) {
      twice |= value == -1;
    }
    if (twice) {
      array.set(index, -1);
    } else {
      array.set(index, counting(read.getShape()).add(100));
    }
    assertArrayEquals(written, array.toLongArray());
  }

  @ParameterizedTest
  @MethodSource("numpy")
  void gradientsOfWhatIsReadCountHowOftenItWas(String line) {
    String[] fields = line.split("\\|", -1);
    NDIndex index = new NDIndex(fields[1], arrays(fields[2]));
    NDArray array = counting(shape(fields[0])).toType(DataType.FLOAT64, false);
    array.setRequiresGradient(true);
    try (GradientCollector collector = manager.getEngine().newGradientCollector()) {
      collector.backward(array.get(index).mul(3).sum());
    }
    double[] expected = new double[(int) array.size()];
    for (long element : longs(fields[4])) {
      expected[(int) element] += 3;
    }
    assertArrayEquals(expected, array.getGradient().toDoubleArray());
  }

  @ParameterizedTest
  @MethodSource("numpy")
  void gradientsFlowToWhatIsWrittenAndToWhatIsNotOverwritten(String line) {
    String[] fields = line.split("\\|", -1);
    NDIndex index = new NDIndex(fields[1], arrays(fields[2]));
    long[] read = longs(fields[4]);
    long[] written = longs(fields[5]);
    NDArray x = counting(shape(fields[0])).toType(DataType.FLOAT64, false);
    NDArray v = counting(shape(fields[3])).toType(DataType.FLOAT64, false);
    x.setRequiresGradient(true);
    v.setRequiresGradient(true);
    NDArray weights = counting(x.getShape()).toType(DataType.FLOAT64, false);
    try (GradientCollector collector = manager.getEngine().newGradientCollector()) {
      NDArray y = x.mul(2);
      y.set(index, v.mul(5));
      collector.backward(y.mul(weights).sum());
    }
    double[] dx = new double[written.length];
    for (int i = 0; i < dx.length; i++) {
      dx[i] = written[i] == i ? 2 * i : 0;
    }
    double[] dv = new double[read.length];
    for (int i = 0; i < dv.length; i++) {
      boolean last = true;
      for (int k = i + 1; k < dv.length; k++) {
        last &= read[k] != read[i];
      }
      dv[i] = last ? 5 * read[i] : 0;
    }
    assertArrayEquals(dx, x.getGradient().toDoubleArray());
    assertArrayEquals(dv, v.getGradient().toDoubleArray());
  }

  private NDArray counting(Shape shape) {
    return manager.arange(0, (int) shape.size(), 1, DataType.INT64).reshape(shape);
  }

  private Object[] arrays(String text) {
    if (text.isEmpty()) {
      return new Object[0];
    }
    String[] items = text.split(";", -1);
    Object[] arrays = new Object[items.length];
    for (int i = 0; i < items.length; i++) {
      String[] parts = items[i].split(":", -1);
      NDArray array = manager.create(longs(parts[2]), shape(parts[1]));
      arrays[i] = parts[0].equals("b") ? array.toType(DataType.BOOLEAN, false) : array;
    }
    return arrays;
  }

  private static Shape shape(String text) {
    return text.isEmpty() ? new Shape() : new Shape(numbers(text, ","));
  }

  private static long[] longs(String text) {
    return text.isEmpty() ? new long[0] : numbers(text, " ");
  }

  private static long[] numbers(String text, String separator) {
    String[] items = text.split(separator, -1);
    long[] numbers = new long[items.length];
    for (int i = 0; i < items.length; i++) {
      numbers[i] = Long.parseLong(items[i]);
    }
    return numbers;
  }

  @Test
  void whatIsReadWithoutIndexArraysSharesMemory() {
    NDArray x = counting(new Shape(3, 4));
    NDArray row = x.get(1);
    row.set(new NDIndex("::-2"), 70);
    assertArrayEquals(new long[] {0, 1, 2, 3, 4, 70, 6, 70, 8, 9, 10, 11}, x.toLongArray());
    x.close();
    assertArrayEquals(new long[] {4, 70, 6, 70}, row.toLongArray());
  }

  @Test
  void whatIsReadCanBeClosedByItself() {
    NDArray x = counting(new Shape(3, 4));
    x.get("...").close();
    x.get(new NDIndex()).close();
    x.broadcast(3, 4).close();
    x.get(":, :").set(new NDIndex(0, 0), 9);
    assertEquals(9, x.getLong(0, 0));
  }

  @Test
  void overlappingWritesReadTheOldValues() {
    NDArray x = counting(new Shape(5));
    x.set(new NDIndex("1:"), x.get(":4"));
    assertArrayEquals(new long[] {0, 0, 1, 2, 3}, x.toLongArray());
    x.set(new NDIndex("::-1"), x);
    assertArrayEquals(new long[] {3, 2, 1, 0, 0}, x.toLongArray());
    x.set(new NDIndex("{}", manager.create(new long[] {1, 0})), x.get(":2"));
    assertArrayEquals(new long[] {2, 3, 1, 0, 0}, x.toLongArray());
  }

  @Test
  void writesCastAndBroadcast() {
    NDArray x = manager.zeros(new Shape(2, 3), DataType.INT32);
    x.set(new NDIndex(":, 1:"), manager.create(new float[] {1.9f, -1.9f}));
    assertArrayEquals(new int[] {0, 1, -1, 0, 1, -1}, x.toIntArray());
    x.set(new NDIndex("0"), manager.create(new long[] {7}, new Shape(1, 1, 1)));
    assertArrayEquals(new int[] {7, 7, 7, 0, 1, -1}, x.toIntArray());
    x.set(new NDIndex(":, 0"), manager.create(new long[] {5, 6}, new Shape(2, 1)));
    assertArrayEquals(new int[] {5, 7, 7, 6, 1, -1}, x.toIntArray());
    x.set(new NDIndex("1"), (NDArray a) -> a.mul(2));
    assertArrayEquals(new int[] {5, 7, 7, 12, 2, -2}, x.toIntArray());
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () -> x.set(new NDIndex("0"), manager.create(new float[] {1, 2})));
    assertEquals(
        "a value of shape (2) cannot be broadcast to the indexed part, of shape (3)",
        e.getMessage());
  }

  @Test
  void masksTakeOneValuePerSelectedElementOrPerElement() {
    NDArray x = counting(new Shape(2, 2));
    NDArray mask = x.gt(0);
    x.set(mask, 9);
    assertArrayEquals(new long[] {0, 9, 9, 9}, x.toLongArray());
    x.set(new NDIndex("{}", mask), manager.create(new long[] {1, 2, 3}));
    assertArrayEquals(new long[] {0, 1, 2, 3}, x.toLongArray());
    x.set(new NDIndex("{}", mask), manager.create(new long[] {4, 5, 6, 7}, new Shape(2, 2)));
    assertArrayEquals(new long[] {0, 5, 6, 7}, x.toLongArray());
    assertArrayEquals(new long[] {5, 6, 7}, x.get(mask).toLongArray());
  }

  @Test
  void picksOneElementPerPlace() {
    NDArray x = counting(new Shape(2, 3));
    NDArray labels = manager.create(new float[] {1, 2});
    NDIndex index = new NDIndex().addAllDim().addPickDim(labels);
    assertEquals(new Shape(2, 1), x.get(index).getShape());
    assertArrayEquals(new long[] {1, 5}, x.get(index).toLongArray());
    x.set(index, -1);
    assertArrayEquals(new long[] {0, -1, 2, 3, 4, -1}, x.toLongArray());
    NDArray cube = counting(new Shape(2, 3, 2));
    NDArray picked =
        cube.get(
            new NDIndex()
                .addAllDim()
                .addPickDim(manager.create(new int[] {1, 2, 0, 1}, new Shape(2, 2))));
    assertEquals(new Shape(2, 1, 2), picked.getShape());
    assertArrayEquals(new long[] {2, 5, 6, 9}, picked.toLongArray());
  }

  @Test
  void scalarsAreReadAndWritten() {
    NDArray x = counting(new Shape(2, 2));
    assertEquals(new Shape(), x.getScalar(1, -1).getShape());
    assertEquals(3, x.getLong(1, -1));
    x.setScalar(new NDIndex(1, 0), 8);
    assertEquals(8, x.getLong(1, 0));
    assertThrows(IllegalArgumentException.class, () -> x.setScalar(new NDIndex(1), 8));
    assertThrows(IllegalArgumentException.class, () -> x.getScalar(1));
    NDArray scalar = manager.create(5f);
    assertEquals(5, scalar.get(new NDIndex()).getFloat());
  }

  @Test
  void errorsNameIndexAxisAndShape() {
    NDArray x = counting(new Shape(2, 3));
    assertEquals(
        "index 3 is out of bounds for axis 1 with size 3",
        assertThrows(IndexOutOfBoundsException.class, () -> x.get(0, 3)).getMessage());
    assertEquals(
        "index -3 is out of bounds for axis 0 with size 2",
        assertThrows(
                IndexOutOfBoundsException.class, () -> x.get(manager.create(new long[] {0, -3})))
            .getMessage());
    assertEquals(
        "The index has too many dimensions - 3 dimensions for an array of shape (2, 3)",
        assertThrows(IllegalArgumentException.class, () -> x.get(0, 0, 0)).getMessage());
    assertEquals(
        "a mask of shape (3) does not fit an array of shape (2, 3) from axis 0 on",
        assertThrows(
                IllegalArgumentException.class,
                () -> x.get(manager.create(new boolean[] {true, false, true})))
            .getMessage());
    assertThrows(
        IndexOutOfBoundsException.class,
        () -> x.set(new NDIndex("{}", manager.create(new long[] {1, 2})), 5));
    assertArrayEquals(new long[] {0, 1, 2, 3, 4, 5}, x.toLongArray());
  }

  @Test
  void variablesAndBroadcastArraysAreNotWrittenTo() {
    NDArray x = manager.ones(new Shape(3));
    x.setRequiresGradient(true);
    try (GradientCollector collector = manager.getEngine().newGradientCollector()) {
      assertThrows(IllegalStateException.class, () -> x.set(new NDIndex(0), 5));
      collector.backward(x.sum());
    }
    assertArrayEquals(new float[] {1, 1, 1}, x.toFloatArray());
    x.set(new NDIndex(0), 5);
    assertArrayEquals(new float[] {5, 1, 1}, x.toFloatArray());

    NDArray repeated = manager.zeros(new Shape(1, 2)).broadcast(3, 2);
    assertThrows(IllegalStateException.class, () -> repeated.set(new NDIndex(0), 5));
    assertThrows(IllegalStateException.class, () -> repeated.addi(1));
  }

  @Test
  void everyDataTypeIsIndexed() {
    for (DataType type :
        new DataType[] {
          DataType.FLOAT16, DataType.FLOAT64, DataType.INT8, DataType.UINT8, DataType.INT32
        }) {
      NDArray x = counting(new Shape(2, 3)).toType(type, false);
      NDArray read = x.get(":, {}", manager.create(new int[] {2, 0}));
      assertEquals(type, read.getDataType());
      assertArrayEquals(new long[] {2, 0, 5, 3}, read.toType(DataType.INT64, false).toLongArray());
      x.set(new NDIndex("{}", manager.create(new int[] {1})), 7);
      assertArrayEquals(
          new long[] {0, 1, 2, 7, 7, 7}, x.toType(DataType.INT64, false).toLongArray());
    }
    NDArray words = manager.create(new String[] {"a", "b", "c"});
    assertArrayEquals(
        new String[] {"c", "a"}, words.get(manager.create(new int[] {2, 0})).toStringArray());
    assertArrayEquals(new String[] {"b", "c"}, words.get("1:").toStringArray());
    NDArray complex = manager.create(new float[] {1, 2, 3, 4, 5, 6}, new Shape(3, 2)).complex();
    NDArray taken = complex.get(manager.create(new int[] {2, 2, 0}));
    assertArrayEquals(new float[] {5, 6, 5, 6, 1, 2}, taken.real().toFloatArray());
  }
}
