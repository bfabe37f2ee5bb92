package dev.headgrad.tape.op;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.headgrad.tape.Reasons;
import dev.headgrad.tape.core.NonDifferentiable;
import dev.headgrad.tape.core.Op;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Every operation has a gradient rule, or stands in {@code non-differentiable.txt} with the reason
 * why not. There is no third kind: {@link Op} makes a subclass write a rule.
 */
class EveryOperationTest {

  /**
   * Operations by the names of their families and constants or classes; whether they have a rule.
   */
  private static Map<String, Boolean> operations() throws Exception {
    Map<String, Boolean> found = new TreeMap<>();
    Set<Class<?>> constants = new HashSet<>();
    Set<Class<?>> classes = new HashSet<>();
    for (Class<?> type : families()) {
      if (Op.class.isAssignableFrom(type) && !Modifier.isAbstract(type.getModifiers())) {
        classes.add(type);
      }
      for (Field field : type.getDeclaredFields()) {
        if (Modifier.isStatic(field.getModifiers()) && Op.class.isAssignableFrom(field.getType())) {
          field.setAccessible(true);
          Op op = (Op) field.get(null);
          found.put(type.getSimpleName() + "." + field.getName(), op.isDifferentiable());
          constants.add(op.getClass());
        }
      }
    }
    classes.removeAll(constants);
    for (Class<?> type : classes) {
      String family = type.getName().replaceAll(".*\\.|\\$.*", "");
      String name = type.getSimpleName().isEmpty() ? type.getName() : type.getSimpleName();
      found.put(family + "." + name, !NonDifferentiable.class.isAssignableFrom(type));
    }
    return found;
  }

  /** All classes of the package, nested ones too. */
  private static List<Class<?>> families() throws Exception {
    Path root = Path.of(Shapes.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    List<Class<?>> found = new ArrayList<>();
    try (Stream<Path> files = Files.list(root.resolve("dev/headgrad/tape/op"))) {
      for (Path file : (Iterable<Path>) files::iterator) {
        String name = file.getFileName().toString().replace(".class", "");
        if (!name.equals("package-info")) {
          found.add(Class.forName("dev.headgrad.tape.op." + name));
        }
      }
    }
    return found;
  }

  @Test
  void hasARuleOrAReason() throws Exception {
    Map<String, Boolean> operations = operations();
    assertTrue(operations.size() > 100, "only found " + operations.keySet());
    Set<String> without = new TreeSet<>();
    operations.forEach(
        (name, rule) -> {
          if (!rule) {
            without.add(name);
          }
        });
    assertEquals(Reasons.of(EveryOperationTest.class, "non-differentiable.txt").keySet(), without);
  }
}
