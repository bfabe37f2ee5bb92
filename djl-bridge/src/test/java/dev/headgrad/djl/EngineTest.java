package dev.headgrad.djl;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;

/**
 * A test that runs once per engine: on the one that system property {@code headgrad.engine} names.
 */
@Tag("conformance")
abstract class EngineTest {

  static final float[] HEAD = {10, 1, .1f, .01f};

  static final Engine ENGINE = Engine.getEngine(System.getProperty("headgrad.engine"));

  NDManager manager = ENGINE.newBaseManager();

  @BeforeEach
  void openManager() {
    manager = ENGINE.newBaseManager();
  }

  /** No test leaves a flag behind, whatever went wrong in it. */
  @AfterEach
  void closeManager() {
    assertFalse(Autograd.setRecording(ENGINE, false), "recording was left on");
    assertFalse(Autograd.setTraining(ENGINE, false), "training was left on");
    manager.close();
  }

  /** [0, 1, 2, 3], attached. */
  NDArray x4() {
    return attached(0, 1, 2, 3);
  }

  NDArray attached(float... values) {
    NDArray x = array(values);
    Autograd.attachGrad(x);
    return x;
  }

  NDArray array(float... values) {
    return manager.create(values);
  }

  NDArray head() {
    return array(HEAD);
  }

  static NDArray recorded(Supplier<NDArray> expression) {
    try (RecordScope scope = Autograd.record(ENGINE)) {
      return expression.get();
    }
  }

  static NDArray grad(NDArray x) {
    NDArray gradient = Autograd.getGrad(x);
    if (gradient == null) {
      throw new AssertionError("no gradient is attached");
    }
    return gradient;
  }

  static void assertGrad(NDArray x, float... expected) {
    assertValues(grad(x), expected);
  }

  static void assertValues(NDArray actual, float... expected) {
    assertArray(actual, new Shape(expected.length), expected);
  }

  static void assertArray(NDArray actual, Shape shape, float... expected) {
    assertEquals(shape, actual.getShape());
    float[] values =
        actual.getDataType() == DataType.FLOAT32
            ? actual.toFloatArray()
            : actual.toType(DataType.FLOAT32, true).toFloatArray();
    assertEquals(expected.length, values.length);
    for (int i = 0; i < values.length; i++) {
      float tolerance = 1e-6f + 1e-5f * Math.abs(expected[i]);
      boolean close =
          values[i] == expected[i]
              || Float.isNaN(values[i]) && Float.isNaN(expected[i])
              || Math.abs(values[i] - expected[i]) <= tolerance;
      if (!close) {
        assertArrayEquals(expected, values);
      }
    }
  }
}
