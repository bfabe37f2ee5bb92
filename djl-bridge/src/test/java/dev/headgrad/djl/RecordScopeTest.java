package dev.headgrad.djl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Item 5 of the contract: the two flags, and the table of section 6 of the facts. */
class RecordScopeTest extends EngineTest {

  private static RecordScope open(String name) {
    return switch (name) {
      case "record" -> Autograd.record(ENGINE);
      case "record(false)" -> Autograd.record(ENGINE, false);
      case "pause" -> Autograd.pause(ENGINE);
      case "pause(true)" -> Autograd.pause(ENGINE, true);
      case "train_mode" -> Autograd.trainMode(ENGINE);
      case "predict_mode" -> Autograd.predictMode(ENGINE);
      default -> throw new IllegalArgumentException(name);
    };
  }

  private static String flags() {
    return (Autograd.isRecording(ENGINE) ? "T" : "F") + (Autograd.isTraining(ENGINE) ? "T" : "F");
  }

  @ParameterizedTest
  @CsvSource({
    "record, TT",
    "record(false), TF",
    "record>pause, FF",
    "record>pause(true), FT",
    "record>pause>record, TT",
    "record>pause>train_mode, FT",
    "record>predict_mode, TF",
    "record>predict_mode>record, TT",
    "record>record(false), TF",
    "train_mode, FT",
    "train_mode>pause, FF",
    "predict_mode, FF",
  })
  void nesting(String scopes, String expected) {
    Deque<RecordScope> open = new ArrayDeque<>();
    Deque<String> before = new ArrayDeque<>();
    assertEquals("FF", flags());
    for (String name : scopes.split(">")) {
      before.push(flags());
      open.push(open(name));
    }
    assertEquals(expected, flags());
    while (!open.isEmpty()) {
      open.pop().close();
      assertEquals(before.pop(), flags());
    }
  }

  @Test
  void restoredAfterAnException() {
    assertThrows(
        ArithmeticException.class,
        () -> {
          try (RecordScope scope = Autograd.record(ENGINE)) {
            throw new ArithmeticException();
          }
        });
    assertEquals("FF", flags());
  }

  @Test
  void settersReturnThePreviousValue() {
    assertFalse(Autograd.setRecording(ENGINE, true));
    assertTrue(Autograd.setRecording(ENGINE, false));
    assertFalse(Autograd.setTraining(ENGINE, true));
    assertTrue(Autograd.setTraining(ENGINE, false));
  }

  @Test
  void oneScopeObjectNestedInItselfIsRefused() {
    RecordScope scope = Autograd.record(ENGINE);
    assertThrows(
        AutogradException.class,
        () -> {
          try (scope) {
            try (scope) {
              assertEquals("TT", flags());
            }
          }
        });
    assertEquals("FF", flags());
  }

  @Test
  void anotherThreadStartsWithBothOffAndCannotCloseTheScope() throws InterruptedException {
    try (RecordScope scope = Autograd.record(ENGINE)) {
      List<String> elsewhere = new CopyOnWriteArrayList<>();
      Thread thread =
          new Thread(
              () -> {
                String before = flags();
                Autograd.setTraining(ENGINE, true);
                AutogradException refused = assertThrows(AutogradException.class, scope::close);
                elsewhere.add(before + " " + refused.getMessage());
              });
      thread.start();
      thread.join();
      assertTrue(elsewhere.get(0).startsWith("FF a scope opened by thread"), elsewhere.get(0));
      assertEquals("TT", flags());
    }
  }
}
