package dev.headgrad.print;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.headgrad.conformance.contract.Holds;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What MXNet printed of its own arrays, from the arrays of the engine under test. */
@Tag("conformance")
@Holds("10")
public class PrintedOnEngineTest {
  private static NDManager manager() {
    Engine engine = Engine.getEngine(System.getProperty("headgrad.engine"));
    return engine.newBaseManager(Device.cpu());
  }

  @TestFactory
  Stream<DynamicTest> printsLikeMxnet() {
    return PrintCases.ofMxnet().stream()
        .map(
            expected ->
                dynamicTest(
                    expected.get("expr").getAsString(),
                    () -> {
                      try (NDManager manager = manager()) {
                        NDArray array =
                            manager.create(
                                PrintCases.data(expected),
                                new Shape(PrintCases.shape(expected)),
                                PrintCases.type(expected));
                        assertEquals(
                            expected.get("printed").getAsString(), NumpyFormat.printed(array));
                      }
                    }));
  }

  @Test
  void scalarsAndBooleans() {
    try (NDManager manager = manager()) {
      assertEquals("\n5.0\n<NDArray  @cpu(0)>", NumpyFormat.printed(manager.create(5f)));
      NDArray flags = manager.create(new boolean[] {true, false});
      assertEquals("\n[ True False]\n<NDArray 2 @cpu(0)>", NumpyFormat.printed(flags));
      assertEquals("[True, False]", NumpyFormat.list(flags));
      assertEquals("[ True False]", NumpyFormat.format(flags));
    }
  }
}
