package dev.headgrad.print;

import ai.djl.ndarray.types.DataType;
import ai.djl.util.Float16Utils;
import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Objects;

/** Cases of printed arrays in JSON, as test resources. */
final class PrintCases {
  private PrintCases() {}

  /** The {@code cases} of a resource. */
  static JsonArray read(String resource) {
    try (InputStream in =
        Objects.requireNonNull(PrintCases.class.getResourceAsStream(resource), resource)) {
      return new Gson()
          .fromJson(new InputStreamReader(in, StandardCharsets.UTF_8), JsonObject.class)
          .getAsJsonArray("cases");
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

  /** Numbers as the bytes of an array of a data type. */
  static ByteBuffer bytes(DataType type, String... numbers) {
    int width = type == DataType.COMPLEX64 ? 4 : type.getNumOfBytes();
    ByteBuffer bytes = ByteBuffer.allocate(numbers.length * width).order(ByteOrder.nativeOrder());
    for (String number : numbers) {
      switch (type) {
        case FLOAT32, COMPLEX64 -> bytes.putFloat((float) floating(number));
        case FLOAT64 -> bytes.putDouble(floating(number));
        case FLOAT16 -> bytes.putShort(half(floating(number)));
        case BOOLEAN -> bytes.put((byte) (Boolean.parseBoolean(number) ? 1 : 0));
        case INT8, UINT8 -> bytes.put((byte) Integer.parseInt(number));
        case INT16, UINT16 -> bytes.putShort((short) Integer.parseInt(number));
        case INT32, UINT32 -> bytes.putInt((int) Long.parseLong(number));
        case INT64 -> bytes.putLong(Long.parseLong(number));
        case UINT64 -> bytes.putLong(Long.parseUnsignedLong(number));
        default -> throw new IllegalArgumentException("no case has the type " + type);
      }
    }
    return bytes.flip();
  }

  private static double floating(String number) {
    return switch (number) {
      case "nan" -> Double.NaN;
      case "inf" -> Double.POSITIVE_INFINITY;
      case "-inf" -> Double.NEGATIVE_INFINITY;
      default -> Double.parseDouble(number);
    };
  }

  /** The bits of a number that float16 holds exactly. */
  private static short half(double number) {
    return Float16Utils.floatToHalf((float) number);
  }
}
