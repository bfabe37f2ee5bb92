package dev.headgrad.tape;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Tests of arrays as DJL programs see them. */
abstract class FaceTest {

  NDManager manager;

  @BeforeEach
  final void open() {
    manager = Engine.getEngine(TapeEngine.NAME).newBaseManager();
  }

  @AfterEach
  final void close() {
    manager.close();
  }

  /** 0, 1, 2, … as FLOAT32. */
  final NDArray counting(long... dims) {
    Shape shape = new Shape(dims);
    return manager.arange((float) shape.size()).reshape(shape);
  }

  static void assertIs(NDArray actual, DataType type, Shape shape, double... expected) {
    assertEquals(type, actual.getDataType());
    assertEquals(shape, actual.getShape());
    double[] elements = actual.toType(DataType.FLOAT64, false).toDoubleArray();
    assertArrayEquals(expected, elements, 1e-5);
  }

  static void assertIs(NDArray actual, Shape shape, double... expected) {
    assertIs(actual, DataType.FLOAT32, shape, expected);
  }
}
