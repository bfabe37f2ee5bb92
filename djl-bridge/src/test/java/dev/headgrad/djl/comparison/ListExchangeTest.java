package dev.headgrad.djl.comparison;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Arrays that one engine writes are read by the others, in every format that DJL has. */
class ListExchangeTest {

  static Stream<Arguments> exchanges() {
    return NativeEngines.available().stream()
        .flatMap(
            engine ->
                Stream.of(NDList.Encoding.values())
                    .flatMap(
                        format ->
                            Stream.of(
                                Arguments.of(format, "JavaTape", engine),
                                Arguments.of(format, engine, "JavaTape"))));
  }

  private static NDList arrays(NDManager m) {
    NDList list = new NDList();
    list.add(m.create(new float[] {1, -2.5f, Float.NaN, 4, 5, 6}, new Shape(2, 3)));
    list.add(m.create(new double[] {1, -2.5}));
    list.add(m.create(new int[] {1, -2, 3}, new Shape(3, 1)));
    list.add(m.create(new long[] {1L << 40, -2}));
    list.add(m.create(new byte[] {1, -2}));
    list.add(m.create(new float[] {1, -2.5f}).toType(DataType.FLOAT16, false));
    list.add(m.create(new int[] {1, 255}).toType(DataType.UINT8, false));
    list.add(m.create(new boolean[] {true, false}));
    list.add(m.create(.5f));
    list.add(m.create(new Shape(0, 3)));
    for (int i = 0; i < list.size(); i++) {
      list.get(i).setName("array" + i);
    }
    return list;
  }

  @ParameterizedTest(name = "{0} from {1} to {2}", allowZeroInvocations = true)
  @MethodSource("exchanges")
  void listsAreRead(NDList.Encoding format, String from, String to, @TempDir Path folder)
      throws Exception {
    Path file = folder.resolve("arrays");
    try (NDManager source = NDManager.newBaseManager(from);
        NDManager target = NDManager.newBaseManager(to)) {
      NDList written = arrays(source);
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      written.encode(bytes, format);
      Files.write(file, bytes.toByteArray());
      assertSame(written, NDList.decode(target, bytes.toByteArray()));
      try (InputStream stream = Files.newInputStream(file)) {
        assertSame(written, NDList.decode(target, stream));
      }
      if (to.equals("JavaTape")) {
        assertSame(written, target.load(file)); // the native engines load formats of their own
      }
      for (NDArray array : written) {
        assertSame(new NDList(array), new NDList(NDArray.decode(target, array.encode())));
      }
    }
  }

  private static void assertSame(NDList expected, NDList actual) {
    assertEquals(expected.size(), actual.size());
    for (NDArray x : expected) {
      NDArray y = expected.size() == 1 ? actual.head() : actual.get(x.getName());
      assertEquals(x.getDataType(), y.getDataType(), x.getName());
      assertEquals(x.getShape(), y.getShape(), x.getName());
      assertEquals(x.toByteBuffer(), y.toByteBuffer(), x.getName());
    }
  }
}
