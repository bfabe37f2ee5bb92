package dev.headgrad.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.headgrad.MX;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every example prints what the Python program printed that it was ported from, on every engine
 * that this platform has natives for. Text must be the same; a number may differ by a few units in
 * the last place of a float.
 */
class ExamplesTest {

  private static final double TOLERANCE = 5e-6;

  static Stream<String> engines() {
    return Stream.of(System.getProperty("test.engines").split(","));
  }

  static Stream<Arguments> examplesOnEngines() {
    List<Arguments> cases = new ArrayList<>();
    engines()
        .forEach(
            engine -> {
              cases.add(Arguments.of("head-gradient", engine));
              cases.add(Arguments.of("autograd", engine));
              cases.add(Arguments.of("ndarray", engine));
              cases.add(Arguments.of("linear-regression-scratch", engine));
              cases.add(Arguments.of("higher-order", engine));
              cases.add(Arguments.of("softmax-scratch", engine));
              cases.add(Arguments.of("linear-regression-gluon", engine));
              cases.add(Arguments.of("mlp-gluon", engine));
              cases.add(Arguments.of("optimizers", engine));
            });
    return cases.stream();
  }

  @ParameterizedTest
  @MethodSource("examplesOnEngines")
  void printsWhatPythonPrinted(String example, String engine) throws IOException {
    String printed = run(example, engine);
    for (String explanation :
        List.of(
            HeadGradient.WITH_HEAD,
            HeadGradient.WITHOUT_HEAD,
            HeadGradient.RECORDED_WHOLE,
            HeadGradient.PAGES_VERSION)) {
      assertTrue(!example.equals("head-gradient") || printed.contains(explanation));
      printed = printed.replace(explanation + "\n", "");
    }
    assertSame(expected(example), printed);
  }

  /** From the third epoch on, a rounding in the last place has grown to something visible. */
  @ParameterizedTest
  @MethodSource("engines")
  void theCharacterModelStartsAsPythonsDid(String engine) throws IOException {
    List<String> printed = run("rnn-scratch", engine).lines().toList();
    List<String> python = expected("rnn-scratch").lines().toList();
    assertSame(python.get(0), printed.get(0));
    assertSame(python.get(1), printed.get(1));
    assertTrue(Double.parseDouble(printed.get(5).split("perplexity ")[1]) < 5, printed.get(5));
  }

  @ParameterizedTest
  @MethodSource("engines")
  void kotlinPrintsWhatJavaPrints(String engine) {
    assertEquals(run("head-gradient", engine), run("head-gradient-kotlin", engine));
  }

  @ParameterizedTest
  @MethodSource("engines")
  void headGradientIsTheSameToTheByteOnEveryEngine(String engine) {
    assertEquals(run("head-gradient", "JavaTape"), run("head-gradient", engine));
  }

  private static String run(String example, String engine) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (MX mx = MX.open(engine);
        PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8)) {
      Launcher.example(example).run(mx, new Python(out));
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  private static String expected(String example) throws IOException {
    try (InputStream in = ExamplesTest.class.getResourceAsStream(example + ".txt")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static void assertSame(String expected, String actual) {
    List<String> expectedWords = words(expected);
    List<String> actualWords = words(actual);
    for (int i = 0; i < Math.min(expectedWords.size(), actualWords.size()); i++) {
      if (!near(expectedWords.get(i), actualWords.get(i))) {
        assertEquals(expected, actual, "from word " + i + ", " + expectedWords.get(i));
      }
    }
    assertEquals(expectedWords.size(), actualWords.size(), actual);
  }

  /** The text, with its numbers apart from what stands around them, and without its padding. */
  private static List<String> words(String text) {
    return Stream.of(text.split("(?<=[\\[\\], \n])|(?=[\\[\\], \n])"))
        .filter(word -> !word.equals(" "))
        .toList();
  }

  private static boolean near(String expected, String actual) {
    if (expected.equals(actual)) {
      return true;
    }
    String number = "-?[0-9.]+(e[-+]?[0-9]+)?";
    if (!expected.matches(number) || !actual.matches(number)) {
      return false;
    }
    double e = Double.parseDouble(expected);
    return Math.abs(e - Double.parseDouble(actual)) <= TOLERANCE * Math.max(1, Math.abs(e));
  }
}
