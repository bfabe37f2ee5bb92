package dev.headgrad.conformance.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.headgrad.Tensor;
import dev.headgrad.djl.RecordScope;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ScopesTest extends Contract {

  /** Scopes, outermost first, and the flags inside: what the real MXNet does. */
  private static final Map<String, String> TABLE =
      Map.ofEntries(
          Map.entry("record", "TT"),
          Map.entry("record(false)", "TF"),
          Map.entry("record > pause", "FF"),
          Map.entry("record > pause(true)", "FT"),
          Map.entry("record > pause > record", "TT"),
          Map.entry("record > pause > train", "FT"),
          Map.entry("record > predict", "TF"),
          Map.entry("record > predict > record", "TT"),
          Map.entry("record > record(false)", "TF"),
          Map.entry("train", "FT"),
          Map.entry("train > pause", "FF"),
          Map.entry("predict", "FF"));

  private String flags() {
    return (autograd.isRecording() ? "T" : "F") + (autograd.isTraining() ? "T" : "F");
  }

  private RecordScope open(String scope) {
    return switch (scope) {
      case "record" -> autograd.record();
      case "record(false)" -> autograd.record(false);
      case "pause" -> autograd.pause();
      case "pause(true)" -> autograd.pause(true);
      case "train" -> autograd.trainMode();
      case "predict" -> autograd.predictMode();
      default -> throw new IllegalArgumentException(scope);
    };
  }

  @Test
  @Holds("5")
  void nesting() {
    TABLE.forEach(this::checkNesting);
  }

  private void checkNesting(String scopes, String expected) {
    Deque<RecordScope> open = new ArrayDeque<>();
    Deque<String> before = new ArrayDeque<>();
    for (String scope : scopes.split(" > ")) {
      before.push(flags());
      open.push(open(scope));
    }
    assertEquals(expected, flags(), scopes);
    while (!open.isEmpty()) {
      open.pop().close();
      assertEquals(before.pop(), flags(), scopes);
    }
    assertEquals("FF", flags(), scopes);
  }

  @Test
  @Holds("5")
  void scopesRestoreAfterAnException() {
    assertThrows(
        ArithmeticException.class,
        () ->
            autograd.whileRecording(
                () -> {
                  throw new ArithmeticException();
                }));
    assertEquals("FF", flags());
  }

  @Test
  @Holds("5")
  void settersReturnThePreviousValue() {
    assertFalse(autograd.setRecording(true));
    assertFalse(autograd.setTraining(true));
    assertEquals("TT", flags());
    assertTrue(autograd.setTraining(false));
    assertTrue(autograd.setRecording(false));
    assertEquals("FF", flags());
  }

  @Test
  @Holds("5")
  void lambdasWithAndWithoutAResult() {
    assertEquals("TT", autograd.record(this::flags));
    assertEquals("TF", autograd.record(false, this::flags));
    assertEquals("FF", autograd.record(() -> autograd.pause(this::flags)));
    assertEquals("FT", autograd.trainMode(this::flags));
    assertEquals("TF", autograd.record(() -> autograd.predictMode(this::flags)));
    autograd.whileRecording(() -> assertEquals("TT", flags()));
    autograd.whilePaused(() -> assertEquals("FF", flags()));
    autograd.whileTraining(() -> assertEquals("FT", flags()));
    autograd.whilePredicting(() -> assertEquals("FF", flags()));
  }

  @Test
  @Holds("5")
  void backwardNeverChangesTheFlags() {
    Tensor x = x4();
    for (boolean trainMode : new boolean[] {true, false}) {
      record(() -> x.times(x)).backward(null, false, trainMode);
      assertEquals("FF", flags());
      try (RecordScope scope = autograd.record(false)) {
        x.times(x).backward(null, false, trainMode);
        assertEquals("TF", flags());
      }
    }
  }

  @Test
  @Holds("5")
  void aNewThreadStartsWithBothOff() throws InterruptedException {
    StringBuilder seen = new StringBuilder();
    try (RecordScope scope = autograd.record()) {
      Thread thread = new Thread(() -> seen.append(flags()));
      thread.start();
      thread.join();
    }
    assertEquals("FF", seen.toString());
  }

  @Test
  @Holds("D15")
  void oneScopeObjectNestedInItselfIsRefused() {
    RecordScope scope = autograd.record();
    scope.close();
    assertRefused("closed twice", scope::close);
    assertEquals("FF", flags());
  }
}
