package dev.headgrad.conformance;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.headgrad.MX;
import dev.headgrad.djl.AutogradException;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/**
 * The functions of {@code nd} on the engine that the system property {@code headgrad.engine} names,
 * against MXNet's own operators, which are called by name: values, gradients and refusals. Skipped
 * where the native MXNet does not load.
 */
@Tag("conformance")
class OperatorCasesTest {

  private static final MX SESSION = MX.open(System.getProperty("headgrad.engine"));
  private static final MX MXNET = MX.open("MXNet");

  private final Differences differences = Differences.of(SESSION.engine().getEngineName());

  @AfterAll
  static void close() {
    SESSION.close();
    MXNET.close();
  }

  @TestFactory
  Stream<DynamicTest> operators() throws Exception {
    return tests("operator-cases.txt");
  }

  @TestFactory
  Stream<DynamicTest> layers() throws Exception {
    return tests("layer-cases.txt");
  }

  private Stream<DynamicTest> tests(String file) throws Exception {
    assumeTrue(isMxNetThere(), "the native MXNet does not load here");
    List<String> lines;
    try (BufferedReader in =
        new BufferedReader(
            new InputStreamReader(
                OperatorCasesTest.class.getResourceAsStream(file), StandardCharsets.UTF_8))) {
      lines = in.lines().filter(line -> !line.isBlank() && !line.startsWith("//")).toList();
    }
    return lines.stream()
        .map(OperatorCase::parse)
        .map(
            c ->
                DynamicTest.dynamicTest(c.text(), () -> differences.check(c.text(), () -> run(c))));
  }

  private static void run(OperatorCase c) {
    if (c.mode() == OperatorCase.Mode.REFUSED) {
      assertThrows(RuntimeException.class, () -> c.runNatively(MXNET));
      RuntimeException refusal = assertThrows(RuntimeException.class, () -> c.run(SESSION));
      if (refusal instanceof PythonCalls.NoSuchCall) {
        throw refusal;
      }
      return;
    }
    if (c.attachesIntegers() && SESSION.engine().getEngineName().equals("PyTorch")) {
      // PyTorch differentiates floating-point arrays only
      assertThrows(AutogradException.class, () -> c.run(SESSION));
      return;
    }
    OperatorCase.Result expected = c.runNatively(MXNET);
    c.compare(expected, c.run(SESSION));
  }

  private static boolean isMxNetThere() {
    try {
      return MXNET.engine().getEngineName().equals("MXNet");
    } catch (RuntimeException e) {
      return false;
    }
  }
}
