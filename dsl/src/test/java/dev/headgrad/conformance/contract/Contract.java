package dev.headgrad.conformance.contract;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.headgrad.Autograd;
import dev.headgrad.MX;
import dev.headgrad.Nd;
import dev.headgrad.Tensor;
import dev.headgrad.djl.AutogradException;
import java.util.Arrays;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.function.Executable;

/** What the tests of the contract share: the engine under test, x = [0, 1, 2, 3] and its head. */
@Tag("conformance")
abstract class Contract {

  static final MX SESSION = MX.open(System.getProperty("headgrad.engine"));

  final Nd nd = SESSION.nd();
  final Autograd autograd = SESSION.autograd();

  static boolean on(String... engines) {
    return Arrays.asList(engines).contains(SESSION.engine().getEngineName());
  }

  final Tensor x4() {
    return nd.array(0, 1, 2, 3).attachGrad();
  }

  final Tensor head() {
    return nd.array(10, 1, .1f, .01f);
  }

  final Tensor record(Supplier<Tensor> expression) {
    return autograd.record(expression);
  }

  /** NaN equals NaN. */
  static void assertValues(@Nullable Tensor actual, double... expected) {
    assertNotNull(actual);
    double[] values = actual.toDoubleArray();
    assertEquals(expected.length, values.length, "number of elements");
    for (int i = 0; i < values.length; i++) {
      double tolerance = 1e-6 + 1e-5 * Math.abs(expected[i]);
      boolean finite = Double.isFinite(expected[i]);
      assertArrayEquals(
          new double[] {expected[i]}, new double[] {values[i]}, finite ? tolerance : 0, "at " + i);
    }
  }

  static void assertShape(Tensor actual, long... expected) {
    assertArrayEquals(expected, actual.shape().getShape());
  }

  /** Checks that autograd refuses something, with words that say why. */
  static void assertRefused(String words, Executable action) {
    assertSays(words, assertThrows(AutogradException.class, action));
  }

  /** Checks that an argument is refused, with words that say why. */
  static void assertBadArgument(String words, Executable action) {
    assertSays(words, assertThrows(IllegalArgumentException.class, action));
  }

  static void assertSays(String words, Throwable e) {
    assertTrue(String.valueOf(e.getMessage()).contains(words), e::toString);
  }
}
