package dev.headgrad.conformance.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.headgrad.conformance.MxNetCasesTest;
import dev.headgrad.conformance.RandomStreamsTest;
import dev.headgrad.print.PrintedOnEngineTest;
import java.io.IOException;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The table of docs/contract.md says which tests hold which item, and every item has one. */
class ContractTableTest {

  private static final List<Class<?>> TESTS =
      List.of(
          HeadsTest.class,
          GradientsTest.class,
          LeavesTest.class,
          LifetimeTest.class,
          ScopesTest.class,
          GradTest.class,
          FunctionTest.class,
          MarkedVariablesTest.class,
          KinksTest.class,
          ConventionsTest.class,
          DeviationsTest.class,
          MxNetCasesTest.class,
          PrintedOnEngineTest.class,
          RandomStreamsTest.class);

  private static final Comparator<String> ORDER =
      Comparator.comparing((String item) -> item.startsWith("D"))
          .thenComparing(item -> Integer.parseInt(item.replace("D", "")));

  private static String table() {
    Map<String, List<String>> tests = new TreeMap<>(ORDER);
    for (int i = 1; i <= 12; i++) {
      tests.put("" + i, new ArrayList<>());
    }
    for (int i = 1; i <= 15; i++) {
      tests.put("D" + i, new ArrayList<>());
    }
    for (Class<?> type : TESTS) {
      note(tests, type, type.getSimpleName());
      List<Method> methods = new ArrayList<>(List.of(type.getDeclaredMethods()));
      methods.sort(Comparator.comparing(Method::getName));
      for (Method method : methods) {
        note(tests, method, type.getSimpleName() + "." + method.getName());
      }
    }
    StringBuilder table = new StringBuilder("| item | tests |\n|---|---|\n");
    tests.forEach(
        (item, names) -> table.append("| " + item + " | `" + String.join("`, `", names) + "` |\n"));
    return table.toString();
  }

  private static void note(Map<String, List<String>> tests, AnnotatedElement element, String name) {
    Holds holds = element.getAnnotation(Holds.class);
    if (holds != null) {
      for (String item : holds.value()) {
        tests.get(item).add(name);
      }
    }
  }

  @Test
  void theTableIsTrueAndNoItemIsWithoutATest() throws IOException {
    String page = Files.readString(Path.of("../docs/contract.md"));
    String written = page.substring(page.indexOf("| item |"));
    assertEquals(table(), written);
    assertEquals(-1, written.indexOf("``"), "an item without a test");
  }
}
