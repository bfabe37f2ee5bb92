package dev.headgrad.print;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.nio.ByteBuffer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class NumpyFormatTest {
  @TestFactory
  Stream<DynamicTest> printsLikeMxnet() {
    return PrintCases.read("/mxnet-prints.json").asList().stream()
        .map(JsonElement::getAsJsonObject)
        .map(
            c ->
                DynamicTest.dynamicTest(
                    c.get("expr").getAsString(),
                    () -> {
                      long[] shape = PrintCases.shape(c);
                      String text =
                          "\n" + NumpyFormat.format(shape, PrintCases.type(c), data(c)) + "\n";
                      String printed = c.get("printed").getAsString();
                      assertEquals(printed.substring(0, printed.lastIndexOf('\n') + 1), text);
                    }));
  }

  private static ByteBuffer data(JsonObject c) {
    if (c.get("data").isJsonNull()) {
      assertEquals("nd.zeros((1001,1001))", c.get("expr").getAsString());
      return ByteBuffer.allocate(1001 * 1001 * Float.BYTES);
    }
    String[] numbers =
        c.getAsJsonArray("data").asList().stream()
            .map(JsonElement::getAsString)
            .toArray(String[]::new);
    return PrintCases.bytes(PrintCases.type(c), numbers);
  }
}
