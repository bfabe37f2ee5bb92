package dev.headgrad.print;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.SparseFormat;
import java.nio.Buffer;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * Arrays, scalars and shapes as MXNet's Python front end prints them, to the letter.
 *
 * <p>The rules are those of NumPy 1.23 ({@code numpy/core/arrayprint.py}, {@code dragon4.c}) with
 * its default print options: 8 digits, lines of 75 columns, three items at each end of an axis
 * where an array has more than 1000 elements. Its later releases differ: from 2.0 on, float32
 * numbers are compared with 0.0001 in float32, from 2.3 on they turn to exponents at 1e6.
 *
 * <p>Buffers hold the elements in row-major order, from their position to their limit: bytes in the
 * buffer's byte order, or a buffer of the data type's own width. float16 and bfloat16 are bits in
 * shorts, booleans are bytes, complex64 is pairs of floats.
 */
public final class NumpyFormat {
  private NumpyFormat() {}

  /**
   * What {@code print(x)} prints for an MXNet {@code NDArray}: a line feed, NumPy's text, and a
   * line such as {@code <NDArray 2x3 @cpu(0)>}. Of a sparse array only the last line is printed, as
   * in MXNet.
   *
   * @param array an array of any shape and of any data type but STRING
   * @return the text, without a line feed at its end
   * @throws IllegalArgumentException if the data type is STRING or UNKNOWN
   */
  public static String printed(NDArray array) {
    String shape =
        Arrays.stream(array.getShape().getShape())
            .mapToObj(Long::toString)
            .collect(Collectors.joining("x"));
    Device device = array.getDevice();
    int id = Math.max(device.getDeviceId(), 0); // DJL's only CPU has the id -1
    String kind = kind(array.getSparseFormat());
    String footer = "\n<" + kind + " " + shape + " @" + device.getDeviceType() + "(" + id + ")>";
    return array.isSparse() ? footer : "\n" + format(array) + footer;
  }

  private static String kind(SparseFormat format) {
    return switch (format) {
      case CSR -> "CSRNDArray";
      case ROW_SPARSE -> "RowSparseNDArray";
      default -> "NDArray";
    };
  }

  /**
   * What {@code print(x.asnumpy())} prints: {@link #format(long[], DataType, Buffer)} of an array.
   *
   * @param array an array of any shape and of any data type but STRING
   * @return the text, such as {@code [0. 1. 2.]}
   * @throws IllegalArgumentException if the data type is STRING or UNKNOWN
   */
  public static String format(NDArray array) {
    return elements(array).numpy();
  }

  /**
   * What {@code print(a)} prints for a NumPy array {@code a}.
   *
   * @param shape the shape; no axes for a scalar
   * @param type the data type
   * @param data as many elements as the shape has
   * @return the text, such as {@code [0. 1. 2.]}
   * @throws IllegalArgumentException if the buffer does not fit the data type or the shape
   */
  public static String format(long[] shape, DataType type, Buffer data) {
    return new Elements(shape, type, data).numpy();
  }

  /**
   * What {@code print(x.asnumpy().tolist())} prints: {@link #list(long[], DataType, Buffer)} of an
   * array.
   *
   * @param array an array of any shape and of any data type but STRING
   * @return the text, such as {@code [[1.0, 2.0], [3.0, 4.0]]}
   * @throws IllegalArgumentException if the data type is STRING or UNKNOWN
   */
  public static String list(NDArray array) {
    return elements(array).python();
  }

  /**
   * What {@code print(a.tolist())} prints for a NumPy array {@code a}: a nested list, whatever its
   * length, of Python numbers. These are of double precision, so float32's 0.1 is {@code
   * 0.10000000149011612}. A scalar is a number without brackets.
   *
   * @param shape the shape; no axes for a scalar
   * @param type the data type
   * @param data as many elements as the shape has
   * @return the text, such as {@code [[1.0, 2.0], [3.0, 4.0]]}
   * @throws IllegalArgumentException if the buffer does not fit the data type or the shape
   */
  public static String list(long[] shape, DataType type, Buffer data) {
    return new Elements(shape, type, data).python();
  }

  /**
   * What {@code print(x.asscalar())} prints: {@code 22.494442}, {@code 1e-05}, {@code 3}, {@code
   * True}.
   *
   * @param value the number. It is rounded to a floating data type; bits of an unsigned data type
   *     may come as signed numbers
   * @param type the data type, not complex
   * @return the text with the fewest digits that identify the number within its data type
   * @throws IllegalArgumentException if the data type is COMPLEX64, STRING or UNKNOWN
   */
  public static String scalar(Number value, DataType type) {
    return switch (type) {
      case FLOAT16, BFLOAT16, FLOAT32, FLOAT64 -> {
        FloatType format = FloatType.of(type);
        yield FloatText.scalar(format.round(value.doubleValue()), format);
      }
      case BOOLEAN -> Elements.bool(value.longValue());
      case COMPLEX64, STRING, UNKNOWN ->
          throw new IllegalArgumentException(
              "a number cannot be printed as " + type + ", only as a real or boolean data type");
      default ->
          ElementFormat.integer(
              Elements.unsigned(value.longValue(), type), type == DataType.UINT64);
    };
  }

  /**
   * What {@code print(x.shape)} prints: {@code (3, 4)}, {@code (12,)}, {@code ()}.
   *
   * @param numbers the elements of a tuple
   * @return the text of the tuple
   */
  public static String tuple(long... numbers) {
    if (numbers.length == 1) {
      return "(" + numbers[0] + ",)";
    }
    return Arrays.stream(numbers)
        .mapToObj(Long::toString)
        .collect(Collectors.joining(", ", "(", ")"));
  }

  private static Elements elements(NDArray array) {
    DataType type = array.getDataType();
    if (type == DataType.STRING || type == DataType.UNKNOWN) {
      throw new IllegalArgumentException(
          "an array of type " + type + " cannot be printed, only numbers and booleans");
    }
    return new Elements(array.getShape().getShape(), type, array.toByteBuffer());
  }
}
