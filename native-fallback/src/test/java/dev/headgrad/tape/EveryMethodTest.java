package dev.headgrad.tape;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.internal.NDArrayEx;
import ai.djl.ndarray.types.DataType;
import ai.djl.training.GradientCollector;
import ai.djl.training.ParameterServer;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every method of DJL's interfaces is called with {@linkplain FittingCalls arguments that fit}, or
 * stands in {@code unsupported-methods.txt} with the reason why it cannot be.
 */
class EveryMethodTest {

  private static final Class<?>[] INTERFACES = {
    NDArray.class,
    NDArrayEx.class,
    NDManager.class,
    Engine.class,
    GradientCollector.class,
    Model.class,
    ParameterServer.class
  };

  private static FittingCalls calls;

  @BeforeAll
  static void open(@TempDir Path folder) throws Exception {
    calls = new FittingCalls(folder);
  }

  @AfterAll
  static void close() {
    calls.close();
  }

  /** A method's interface, name and parameter types. */
  static String signature(Class<?> owner, Method method) {
    return owner.getSimpleName()
        + "."
        + method.getName()
        + Arrays.stream(method.getParameterTypes())
            .map(Class::getSimpleName)
            .collect(Collectors.joining(", ", "(", ")"));
  }

  static Stream<Arguments> methods() {
    return Arrays.stream(INTERFACES)
        .flatMap(
            owner ->
                Arrays.stream(owner.getMethods())
                    .filter(m -> !Modifier.isStatic(m.getModifiers()) && !m.isSynthetic())
                    .filter(m -> m.getDeclaringClass() != Object.class)
                    .map(m -> Arguments.of(signature(owner, m), owner, m)))
        .sorted(Comparator.comparing(a -> (String) a.get()[0]));
  }

  private static Map<String, String> unsupported() throws IOException {
    return Reasons.of(EveryMethodTest.class, "unsupported-methods.txt");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("methods")
  void isThere(String signature, Class<?> owner, Method method) throws Throwable {
    if (unsupported().containsKey(signature)) {
      assertThrows(
          UnsupportedOperationException.class,
          () -> calls.call(owner, signature, method),
          "works, so it must leave unsupported-methods.txt");
    } else {
      readable(calls.call(owner, signature, method), method.getReturnType());
    }
  }

  @Test
  void theListNamesMethodsThatExistAndSaysWhy() throws IOException {
    TreeSet<String> names =
        methods().map(a -> (String) a.get()[0]).collect(Collectors.toCollection(TreeSet::new));
    unsupported()
        .forEach(
            (signature, reason) -> {
              assertTrue(names.contains(signature), "no such method: " + signature);
              assertTrue(reason.length() > 20, "no reason: " + signature);
            });
  }

  private static void readable(@Nullable Object result, Class<?> type) {
    if (result instanceof NDArray) {
      NDArray array = assertInstanceOf(TapeNDArray.class, result);
      if (array.getDataType() != DataType.STRING) {
        array.toByteBuffer();
      }
      assertEquals(array.getShape().size(), array.size());
    } else if (result instanceof NDList list) {
      list.forEach(a -> readable(a, NDArray.class));
    } else if (type.isPrimitive() && type != void.class) {
      assertNotNull(result);
    }
  }

  /** What a method does when it is called by name; its own exceptions, not reflection's. */
  static @Nullable Object invoke(Object receiver, Method method, Object... arguments)
      throws Throwable {
    try {
      return method.invoke(receiver, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
