package dev.headgrad.print;

import static ai.djl.ndarray.types.DataType.BFLOAT16;
import static ai.djl.ndarray.types.DataType.BOOLEAN;
import static ai.djl.ndarray.types.DataType.COMPLEX64;
import static ai.djl.ndarray.types.DataType.FLOAT16;
import static ai.djl.ndarray.types.DataType.FLOAT32;
import static ai.djl.ndarray.types.DataType.FLOAT64;
import static ai.djl.ndarray.types.DataType.INT32;
import static ai.djl.ndarray.types.DataType.INT64;
import static ai.djl.ndarray.types.DataType.INT8;
import static ai.djl.ndarray.types.DataType.STRING;
import static ai.djl.ndarray.types.DataType.UINT16;
import static ai.djl.ndarray.types.DataType.UINT32;
import static ai.djl.ndarray.types.DataType.UINT64;
import static ai.djl.ndarray.types.DataType.UINT8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.ndarray.types.SparseFormat;
import com.google.gson.JsonObject;
import java.lang.reflect.Proxy;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.nio.ShortBuffer;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Expected texts are those of NumPy 1.23.5 and MXNet 1.9.1. */
class NumpyFormatTest {
  private static String floats(float... values) {
    return NumpyFormat.format(new long[] {values.length}, FLOAT32, FloatBuffer.wrap(values));
  }

  private static String doubles(double... values) {
    return NumpyFormat.format(new long[] {values.length}, FLOAT64, DoubleBuffer.wrap(values));
  }

  private static String halves(int... bits) {
    return NumpyFormat.format(new long[] {bits.length}, FLOAT16, shorts(bits));
  }

  private static ShortBuffer shorts(int... bits) {
    ShortBuffer shorts = ShortBuffer.allocate(bits.length);
    for (int value : bits) {
      shorts.put((short) value);
    }
    return shorts.flip();
  }

  private static String zeros(long... shape) {
    return NumpyFormat.format(shape, INT8, ByteBuffer.allocate((int) new Shape(shape).size()));
  }

  @TestFactory
  Stream<DynamicTest> printsLikeMxnet() {
    return PrintCases.ofMxnet().stream()
        .map(
            expected ->
                dynamicTest(
                    expected.get("expr").getAsString(),
                    () ->
                        assertEquals(
                            expected.get("printed").getAsString(),
                            NumpyFormat.printed(
                                array(
                                    PrintCases.shape(expected),
                                    PrintCases.type(expected),
                                    PrintCases.data(expected),
                                    Device.cpu(),
                                    SparseFormat.DENSE)))));
  }

  @TestFactory
  Stream<DynamicTest> printsLikeNumpy() {
    List<JsonObject> cases = PrintCases.ofNumpy();
    return IntStream.range(0, cases.size())
        .mapToObj(
            i -> {
              JsonObject expected = cases.get(i);
              long[] shape = PrintCases.shape(expected);
              DataType type = PrintCases.type(expected);
              ByteBuffer data = PrintCases.data(expected);
              return dynamicTest(
                  i + ": " + type + " " + NumpyFormat.tuple(shape),
                  () -> {
                    assertEquals(
                        expected.get("text").getAsString(), NumpyFormat.format(shape, type, data));
                    if (expected.has("list")) {
                      assertEquals(
                          expected.get("list").getAsString(), NumpyFormat.list(shape, type, data));
                    }
                  });
            });
  }

  @Test
  void exponentsFromHundredMillionAndBelowOneTenThousandth() {
    assertEquals("[99999992.]", floats(99999992f));
    assertEquals("[1.e+08]", floats(1e8f));
    assertEquals("[0.00010001]", floats(1.0001e-4f));
    assertEquals("[1.e-04]", floats(1e-4f)); // as a float less than 0.0001
    assertEquals("[0.0001]", doubles(1e-4));
    assertEquals("[9.999e-05 0.000e+00]", doubles(9.999e-5, 0));
  }

  @Test
  void exponentsWhereTheGreatestIsOverThousandTimesTheLeast() {
    assertEquals("[   0.    1. 1000.]", floats(0, 1, 1000));
    assertEquals("[0.000e+00 1.000e+00 1.001e+03]", floats(0, 1, 1001));
    assertEquals("[5.e-324 1.e+308]", doubles(Double.MIN_VALUE, 1e308)); // the quotient overflows
    // 1000.5 / 1 is above 1000 in float16, 1001 / 1.001 (= 1000.02) is rounded to 1000.
    assertEquals("[1.0000e+00 1.0005e+03]", halves(0x3c00, 0x63d1));
    assertEquals("[   1.001 1001.   ]", halves(0x3c01, 0x63d2));
  }

  @Test
  void eightDigitsBehindThePointRoundedFromTheExactValue() {
    assertEquals("[0.00195312]", doubles(1 / 512.)); // 0.001953125: ties to even
    assertEquals("[0.00585938]", doubles(3 / 512.)); // 0.005859375
    assertEquals("[1.         0.12345679]", doubles(0.999999996, 0.123456789));
    assertEquals("[1.23456789e-05 1.00000000e+00]", doubles(1.23456789012e-5, 1));
  }

  @Test
  void digitsPastTheShortestAreExact() {
    assertEquals("[16777216. 99999992.]", floats(16777216f, 99999992f));
    assertEquals("[3.0000001e-01 1.2345678e-05]", floats(0.3f, 1.2345678e-5f));
  }

  @Test
  void exponentsAreAsWideAsTheWidest() {
    assertEquals("[1.e+001 1.e+300]", doubles(10, 1e300));
    assertEquals("[ 1.e+01 -1.e+30]", doubles(10, -1e30));
  }

  @Test
  void signsMakeRoomOnlyWhereTheyAreWidest() {
    assertEquals("[-1. 10.]", floats(-1, 10));
    assertEquals("[-0.  1.]", floats(-0f, 1));
    assertEquals("[-10.   1.]", floats(-10, 1));
  }

  @Test
  void nonFiniteNumbersFillTheirColumn() {
    assertEquals("[nan]", floats(Float.NaN));
    assertEquals("[ nan  inf -inf]", floats(Float.NaN, Float.POSITIVE_INFINITY, -1 / 0f));
    assertEquals("[ 1. nan]", floats(1, Float.NaN));
    assertEquals("[  1. -inf]", floats(1, Float.NEGATIVE_INFINITY));
    assertEquals("[1.25  nan]", floats(1.25f, Float.NaN));
    assertEquals("[1.e+10    inf]", floats(1e10f, Float.POSITIVE_INFINITY));
  }

  @Test
  void extremesOfEachType() {
    assertEquals("[5.96e-08 6.55e+04]", halves(1, 0x7bff));
    assertEquals("[1.4012985e-45 3.4028235e+38]", floats(Float.MIN_VALUE, Float.MAX_VALUE));
    assertEquals("[1.79769313e+308]", doubles(Double.MAX_VALUE));
    assertEquals(
        "[                   0 18446744073709551615]",
        NumpyFormat.format(new long[] {2}, UINT64, LongBuffer.wrap(new long[] {0, -1})));
    assertEquals(
        "[-9223372036854775808                    1]",
        NumpyFormat.format(new long[] {2}, INT64, LongBuffer.wrap(new long[] {1L << 63, 1})));
    assertEquals(
        "[4294967295]", NumpyFormat.format(new long[] {1}, UINT32, IntBuffer.wrap(new int[] {-1})));
    assertEquals("[65535]", NumpyFormat.format(new long[] {1}, UINT16, shorts(-1)));
  }

  @Test
  void booleansAndComplexNumbers() {
    ByteBuffer flags = ByteBuffer.wrap(new byte[] {1, 0});
    assertEquals("[ True False]", NumpyFormat.format(new long[] {2}, BOOLEAN, flags));
    assertEquals("True", NumpyFormat.format(new long[0], BOOLEAN, flags.slice(0, 1)));
    FloatBuffer parts = FloatBuffer.wrap(new float[] {1, -2.5f, 0, 3});
    assertEquals("[1.-2.5j 0.+3.j ]", NumpyFormat.format(new long[] {2}, COMPLEX64, parts));
    assertEquals("(1-2.5j)", NumpyFormat.format(new long[0], COMPLEX64, parts.slice(0, 2)));
    assertEquals("[(1-2.5j), 3j]", NumpyFormat.list(new long[] {2}, COMPLEX64, parts));
  }

  @Test
  void bfloat16HasItsOwnShortestDigits() {
    assertEquals("[0.1 1. ]", NumpyFormat.format(new long[] {2}, BFLOAT16, shorts(0x3dcd, 0x3f80)));
  }

  @Test
  void emptyArrays() {
    assertEquals("[]", zeros(0));
    assertEquals("[]", zeros(2, 0, 3));
    ByteBuffer none = ByteBuffer.allocate(0);
    assertEquals("[[], []]", NumpyFormat.list(new long[] {2, 0}, INT8, none));
    assertEquals("[]", NumpyFormat.list(new long[] {0, 2}, INT8, none));
  }

  @Test
  void blocksAreSetApartByBlankLines() {
    assertEquals("[[[0]\n  [0]]\n\n [[0]\n  [0]]]", zeros(2, 2, 1));
    assertEquals("[[[[0]]\n\n  [[0]]]\n\n\n [[[0]]\n\n  [[0]]]]", zeros(2, 2, 1, 1));
  }

  @Test
  void linesBreakBeforeColumn75() {
    // 37 digits and the blanks between them, with brackets: 75 columns.
    assertEquals("[" + "0 ".repeat(36) + "0]", zeros(37));
    assertEquals("[" + "0 ".repeat(36) + "0\n 0]", zeros(38));
    assertEquals(
        "[[[" + "0 ".repeat(34) + "0\n   0 0]]]", zeros(1, 1, 37)); // one column less per bracket
  }

  @Test
  void moreThanThousandElementsAreSummarized() {
    assertEquals(1000, zeros(1000).chars().filter(c -> c == '0').count());
    assertEquals("[0 0 0 ... 0 0 0]", zeros(1001));
    assertEquals(
        "[[0 0 0 ... 0 0 0]\n [0 0 0 ... 0 0 0]]", zeros(2, 501)); // axes up to 6 are whole
    String row = "[0 0]";
    assertEquals(
        "[" + (row + "\n ").repeat(3) + "...\n " + (row + "\n ").repeat(2) + row + "]",
        zeros(501, 2));
  }

  @Test
  void elementsThatAreNotPrintedDoNotCount() {
    float[] values = new float[1001];
    values[500] = 1e20f;
    assertEquals("[0. 0. 0. ... 0. 0. 0.]", floats(values));
  }

  @Test
  void buffersAreReadFromTheirPositionInTheirOrder() {
    ByteBuffer bytes = ByteBuffer.allocate(12).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putInt(0, 7).putInt(4, 8).putInt(8, 9).position(4).limit(8);
    assertEquals("[8]", NumpyFormat.format(new long[] {1}, INT32, bytes));
    assertEquals(4, bytes.position());
    assertEquals(
        "[134217728]",
        NumpyFormat.format(new long[] {1}, INT32, bytes.duplicate().order(ByteOrder.BIG_ENDIAN)));
    IntBuffer ints = IntBuffer.wrap(new int[] {1, 2, 3}, 1, 2);
    assertEquals("[2 3]", NumpyFormat.format(new long[] {2}, INT32, ints));
  }

  @Test
  void dataThatDoNotFitAreRefused() {
    IllegalArgumentException size =
        assertThrows(
            IllegalArgumentException.class,
            () -> NumpyFormat.format(new long[] {2, 3}, FLOAT32, FloatBuffer.allocate(5)));
    assertEquals("shape (2, 3) has 6 elements, but the data has 5", size.getMessage());
    IllegalArgumentException width =
        assertThrows(
            IllegalArgumentException.class,
            () -> NumpyFormat.format(new long[] {5}, FLOAT64, FloatBuffer.allocate(5)));
    assertEquals(
        "elements of type float64 cannot be read from a HeapFloatBuffer", width.getMessage());
    IllegalArgumentException text =
        assertThrows(
            IllegalArgumentException.class,
            () ->
                NumpyFormat.printed(
                    array(
                        new long[] {1},
                        STRING,
                        ByteBuffer.allocate(1),
                        Device.cpu(),
                        SparseFormat.DENSE)));
    assertEquals(
        "an array of type string cannot be printed, only numbers and booleans", text.getMessage());
  }

  @Test
  void scalars() {
    assertEquals("22.494442", NumpyFormat.scalar(22.494442f, FLOAT32));
    assertEquals("5.0", NumpyFormat.scalar(5, FLOAT32));
    assertEquals("0.1", NumpyFormat.scalar(0.1, FLOAT32)); // rounded to float32 first
    assertEquals("0.10000000149011612", NumpyFormat.scalar(0.1f, FLOAT64));
    assertEquals("0.1", NumpyFormat.scalar(0.1, FLOAT16));
    assertEquals("inf", NumpyFormat.scalar(65520, FLOAT16));
    assertEquals("65500.0", NumpyFormat.scalar(65519, FLOAT16));
    assertEquals("1e-04", NumpyFormat.scalar(1e-4f, FLOAT32)); // as a float less than 0.0001
    assertEquals("0.0001", NumpyFormat.scalar(1e-4, FLOAT64));
    assertEquals("9999999000000000.0", NumpyFormat.scalar(9.999999e15f, FLOAT32));
    assertEquals("1e+16", NumpyFormat.scalar(1e16f, FLOAT32));
    assertEquals("5e-324", NumpyFormat.scalar(Double.MIN_VALUE, FLOAT64));
    assertEquals("2e+23", NumpyFormat.scalar(2e23, FLOAT64)); // Java 17 says 2.0000000000000003E23
    assertEquals("-0.0", NumpyFormat.scalar(-0.0, FLOAT64));
    assertEquals("nan", NumpyFormat.scalar(Float.NaN, FLOAT32));
    assertEquals("-inf", NumpyFormat.scalar(Double.NEGATIVE_INFINITY, FLOAT64));
    assertEquals("-3", NumpyFormat.scalar(-3, INT32));
    assertEquals("200", NumpyFormat.scalar((byte) 200, UINT8));
    assertEquals("18446744073709551615", NumpyFormat.scalar(-1L, UINT64));
    assertEquals("True", NumpyFormat.scalar(1, BOOLEAN));
    assertThrows(IllegalArgumentException.class, () -> NumpyFormat.scalar(1, COMPLEX64));
  }

  @Test
  void lists() {
    FloatBuffer values = FloatBuffer.wrap(new float[] {14, 13, 0.1f, 1e16f});
    assertEquals(
        "[[14.0, 13.0], [0.10000000149011612, 1.0000000272564224e+16]]",
        NumpyFormat.list(new long[] {2, 2}, FLOAT32, values));
    assertEquals("14.0", NumpyFormat.list(new long[0], FLOAT32, values.slice(0, 1)));
    assertEquals(
        "[True, False]",
        NumpyFormat.list(new long[] {2}, BOOLEAN, ByteBuffer.wrap(new byte[] {1, 0})));
  }

  @Test
  void tuples() {
    assertEquals("()", NumpyFormat.tuple());
    assertEquals("(12,)", NumpyFormat.tuple(12));
    assertEquals("(3, 4)", NumpyFormat.tuple(3, 4));
  }

  @Test
  void footersNameShapeAndDevice() {
    FloatBuffer five = FloatBuffer.wrap(new float[] {5});
    long[] scalar = {};
    long[] matrix = {1, 1};
    assertEquals(
        "\n5.0\n<NDArray  @cpu(0)>",
        NumpyFormat.printed(array(scalar, FLOAT32, five, Device.cpu(), SparseFormat.DENSE)));
    assertEquals(
        "\n[[5.]]\n<NDArray 1x1 @gpu(1)>",
        NumpyFormat.printed(array(matrix, FLOAT32, five, Device.gpu(1), SparseFormat.DENSE)));
    assertEquals(
        "\n<CSRNDArray 1x1 @cpu(0)>",
        NumpyFormat.printed(array(matrix, FLOAT32, five, Device.cpu(), SparseFormat.CSR)));
    assertEquals(
        "\n<RowSparseNDArray 1x1 @cpu(0)>",
        NumpyFormat.printed(array(matrix, FLOAT32, five, Device.cpu(), SparseFormat.ROW_SPARSE)));
  }

  /** An array that can do nothing but be printed: no engine here has a GPU. */
  private static NDArray array(
      long[] shape, DataType type, Buffer data, Device device, SparseFormat format) {
    ByteBuffer bytes;
    if (data instanceof FloatBuffer floats) {
      bytes = ByteBuffer.allocate(floats.remaining() * Float.BYTES).order(ByteOrder.nativeOrder());
      bytes.asFloatBuffer().put(floats.duplicate());
    } else {
      bytes = (ByteBuffer) data;
    }
    return (NDArray)
        Proxy.newProxyInstance(
            NDArray.class.getClassLoader(),
            new Class<?>[] {NDArray.class},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "getShape" -> new Shape(shape);
                  case "getDataType" -> type;
                  case "getDevice" -> device;
                  case "getSparseFormat" -> format;
                  case "isSparse" -> format != SparseFormat.DENSE;
                  case "toByteBuffer" -> bytes;
                  default -> throw new UnsupportedOperationException(method.toString());
                });
  }
}
