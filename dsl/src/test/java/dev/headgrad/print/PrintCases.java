package dev.headgrad.print;

import ai.djl.ndarray.types.DataType;
import ai.djl.util.Float16Utils;
import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/** Arrays with their texts, from the JSON in the test resources. */
final class PrintCases {
  private PrintCases() {}

  /** What MXNet printed: {@code expr} and {@code printed}, with the footer. */
  static List<JsonObject> ofMxnet() {
    return read("/mxnet-prints.json");
  }

  /** What NumPy printed: {@code text} and {@code list}. */
  static List<JsonObject> ofNumpy() {
    return read("/numpy-prints.json");
  }

  private static List<JsonObject> read(String resource) {
    try (InputStream in =
        Objects.requireNonNull(PrintCases.class.getResourceAsStream(resource), resource)) {
      InputStreamReader reader = new InputStreamReader(in, StandardCharsets.UTF_8);
      JsonObject file = new Gson().fromJson(reader, JsonObject.class);
      return file.getAsJsonArray("cases").asList().stream()
          .map(JsonElement::getAsJsonObject)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static long[] shape(JsonObject printCase) {
    return printCase.getAsJsonArray("shape").asList().stream()
        .mapToLong(JsonElement::getAsLong)
        .toArray();
  }

  static DataType type(JsonObject printCase) {
    String name = printCase.get("dtype").getAsString();
    return name.equals("bool") ? DataType.BOOLEAN : DataType.valueOf(name.toUpperCase(Locale.ROOT));
  }

  /** The bytes of the array: the case's numbers, repeated to fill its shape. */
  static ByteBuffer data(JsonObject printCase) {
    DataType type = type(printCase);
    int size = 1;
    for (long length : shape(printCase)) {
      size *= (int) length;
    }
    if (type == DataType.COMPLEX64) {
      size *= 2;
    }
    ByteBuffer bytes =
        ByteBuffer.allocate(size * type.getNumOfBytes()).order(ByteOrder.nativeOrder());
    if (printCase.get("data").isJsonNull()) {
      String expression = printCase.get("expr").getAsString();
      if (!expression.startsWith("nd.zeros(")) {
        throw new IllegalArgumentException("no data, and no rule to make those of " + expression);
      }
      return bytes;
    }
    List<JsonElement> numbers = printCase.getAsJsonArray("data").asList();
    for (int i = 0; i < size; i++) {
      put(bytes, type, numbers.get(i % numbers.size()).getAsString());
    }
    return bytes.flip();
  }

  private static void put(ByteBuffer bytes, DataType type, String number) {
    switch (type) {
      case FLOAT32, COMPLEX64 -> bytes.putFloat((float) floating(number));
      case FLOAT64 -> bytes.putDouble(floating(number));
      case FLOAT16 -> bytes.putShort(Float16Utils.floatToHalf((float) floating(number)));
      case BOOLEAN -> bytes.put((byte) (Boolean.parseBoolean(number) ? 1 : 0));
      case INT8, UINT8 -> bytes.put((byte) Integer.parseInt(number));
      case INT16, UINT16 -> bytes.putShort((short) Integer.parseInt(number));
      case INT32, UINT32 -> bytes.putInt((int) Long.parseLong(number));
      case INT64 -> bytes.putLong(Long.parseLong(number));
      case UINT64 -> bytes.putLong(Long.parseUnsignedLong(number));
      default -> throw new IllegalArgumentException("no case has the type " + type);
    }
  }

  private static double floating(String number) {
    return switch (number) {
      case "nan" -> Double.NaN;
      case "inf" -> Double.POSITIVE_INFINITY;
      case "-inf" -> Double.NEGATIVE_INFINITY;
      default -> Double.parseDouble(number);
    };
  }
}
