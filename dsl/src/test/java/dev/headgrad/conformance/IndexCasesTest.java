package dev.headgrad.conformance;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.djl.ndarray.types.Shape;
import dev.headgrad.MX;
import dev.headgrad.Nd;
import dev.headgrad.Tensor;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Python's index forms, read, differentiated and written. Elements of the indexed arrays are their
 * own positions, so what a form reads says where its gradient goes and what it writes.
 */
@Tag("conformance")
class IndexCasesTest {

  private static final MX SESSION = MX.open(System.getProperty("headgrad.engine"));

  private final Nd nd = SESSION.nd();

  @AfterAll
  static void close() {
    SESSION.close();
  }

  private Tensor array(char name) {
    return switch (name) {
      case 'v' -> nd.arange(5);
      case 'm' -> nd.arange(6).reshape(2, 3);
      default -> nd.arange(24).reshape(2, 3, 4);
    };
  }

  private Map<String, Tensor> variables(String form, Tensor indexed) {
    return Map.of(
        form.substring(0, 1),
        indexed,
        "i",
        nd.array(2, 0, 2),
        "j",
        nd.array(new float[][] {{0, 1}, {1, 0}}));
  }

  private Tensor evaluate(String form, Tensor indexed) {
    return (Tensor) PythonExpression.evaluate(form, SESSION, variables(form, indexed));
  }

  @TestFactory
  Stream<DynamicTest> forms() throws Exception {
    List<String> lines;
    try (BufferedReader in =
        new BufferedReader(
            new InputStreamReader(
                IndexCasesTest.class.getResourceAsStream("index-cases.txt"),
                StandardCharsets.UTF_8))) {
      lines = in.lines().filter(line -> !line.startsWith("//")).toList();
    }
    return lines.stream()
        .map(
            line -> {
              String[] parts = line.split("\\|", -1);
              return DynamicTest.dynamicTest(
                  parts[0].strip(),
                  () -> check(parts[0].strip(), longs(parts[1]), longs(parts[2])));
            });
  }

  private static long[] longs(String text) {
    return Arrays.stream(text.split(","))
        .filter(s -> !s.isBlank())
        .mapToLong(s -> Long.parseLong(s.strip()))
        .toArray();
  }

  private void check(String form, long[] shape, long[] positions) {
    Tensor x = array(form.charAt(0)).attachGrad();
    Tensor y = SESSION.autograd().record(() -> evaluate(form, x).times(1));
    assertEquals(new Shape(shape), y.shape());
    assertArrayEquals(positions, y.toLongArray());
    Tensor head = nd.arange(1, positions.length + 1).reshape(y.shape());
    y.backward(head);
    long[] gradient = new long[(int) x.size()];
    for (int k = 0; k < positions.length; k++) {
      gradient[(int) positions[k]] += k + 1;
    }
    Tensor grad = x.getGrad();
    assertArrayEquals(gradient, grad == null ? null : grad.toLongArray());
    if (!form.contains("][")) {
      checkWrite(form, positions, head);
    }
  }

  /** What a form of one index writes: a number, and an array; the last of several counts. */
  private void checkWrite(String form, long[] positions, Tensor values) {
    Tensor target = array(form.charAt(0));
    PythonExpression.assign(form, SESSION, variables(form, target), -7);
    Tensor other = array(form.charAt(0));
    PythonExpression.assign(form, SESSION, variables(form, other), values);
    long[] numbers = array(form.charAt(0)).toLongArray();
    long[] elements = numbers.clone();
    for (int k = 0; k < positions.length; k++) {
      numbers[(int) positions[k]] = -7;
      elements[(int) positions[k]] = k + 1;
    }
    assertArrayEquals(numbers, target.toLongArray());
    assertArrayEquals(elements, other.toLongArray());
  }

  @Test
  void whatIsOutsideIsRefused() {
    for (String form :
        List.of("v[5]", "v[-6]", "m[0,3]", "m[2]", "v[[0,5]]", "v[0,0]", "m[0,0,0]")) {
      assertThrows(RuntimeException.class, () -> evaluate(form, array(form.charAt(0))), form);
    }
  }
}
