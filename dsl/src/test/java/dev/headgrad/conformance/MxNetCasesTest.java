package dev.headgrad.conformance;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.fail;

import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.headgrad.MX;
import dev.headgrad.Tensor;
import dev.headgrad.conformance.contract.Holds;
import dev.headgrad.djl.GradRequest;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Every case that was measured on the real MXNet: values, gradients and refusals, on the engine
 * that the system property {@code headgrad.engine} names. What differs on an engine is listed, with
 * its reason, in {@code engine-differences.txt}; a listed case that passes fails here, so that the
 * list stays true.
 */
@Tag("conformance")
@Holds("9")
public class MxNetCasesTest {

  private static final MX SESSION = MX.open(System.getProperty("headgrad.engine"));

  private final Differences differences = Differences.of(SESSION.engine().getEngineName());

  @AfterAll
  static void close() {
    SESSION.close();
  }

  @TestFactory
  Stream<DynamicTest> cases() throws Exception {
    JsonArray cases;
    try (InputStream in = MxNetCasesTest.class.getResourceAsStream("mxnet-cases.json")) {
      cases =
          JsonParser.parseReader(new InputStreamReader(in, StandardCharsets.UTF_8))
              .getAsJsonObject()
              .getAsJsonArray("cases");
    }
    List<DynamicTest> tests = new ArrayList<>();
    for (JsonElement element : cases) {
      JsonObject c = element.getAsJsonObject();
      String name = c.get("name").getAsString();
      if (name.equals("nd_index_neg")) {
        continue; // crashed MXNet, so it has no numbers; the next test stands for it
      }
      tests.add(DynamicTest.dynamicTest(name, () -> differences.check(name, () -> run(c))));
    }
    return tests.stream();
  }

  /** D12: MXNet writes the gradient of negative indices out of bounds. */
  @Test
  void negativeIndicesCountFromTheEndAndGetTheirGradient() {
    Tensor x = SESSION.nd().array(1, 2, 3).attachGrad();
    Tensor index = SESSION.nd().array(-1, 0, -1);
    Tensor y = SESSION.autograd().record(() -> x.get(index));
    y.backward(SESSION.nd().array(10, 1, 5));
    assertArrayEquals(new float[] {3, 1, 3}, y.toFloatArray());
    Tensor grad = x.getGrad();
    assertArrayEquals(new float[] {1, 0, 15}, grad == null ? null : grad.toFloatArray());
  }

  private static void run(JsonObject c) {
    String expression = c.get("expr").getAsString();
    boolean train = c.get("train_mode").getAsBoolean();
    Map<String, Tensor> inputs = tensors(c.getAsJsonObject("inputs"));
    Map<String, Tensor> constants = tensors(c.getAsJsonObject("constants"));
    boolean adds = c.get("name").getAsString().startsWith("add_req");
    inputs.values().forEach(x -> x.attachGrad(adds ? GradRequest.ADD : GradRequest.WRITE));
    Map<String, Tensor> variables = new LinkedHashMap<>(inputs);
    variables.putAll(constants);
    if (c.has("error")
        && !Differences.RIGHT_WHERE_MXNET_FAILS.contains(c.get("name").getAsString())) {
      assertThrows(
          RuntimeException.class,
          () -> {
            List<Tensor> outputs = compute(expression, train, variables);
            SESSION.autograd().backward(outputs, heads(c), false, train);
          });
      return;
    }
    List<Tensor> outputs = compute(expression, train, variables);
    if (c.has("forward")) {
      JsonArray forward = c.getAsJsonArray("forward");
      assertEquals(forward.size(), outputs.size(), "number of outputs");
      for (int i = 0; i < outputs.size(); i++) {
        assertClose("output " + i, forward.get(i).getAsJsonObject(), outputs.get(i), expression);
      }
    }
    SESSION.autograd().backward(outputs, heads(c), false, train);
    if (c.has("grads")) {
      for (Map.Entry<String, JsonElement> grad : c.getAsJsonObject("grads").entrySet()) {
        Tensor x = inputs.get(grad.getKey());
        Tensor g = x == null ? null : x.getGrad();
        if (g == null) {
          fail("no gradient of " + grad.getKey());
        } else if (!grad.getValue().isJsonNull()) {
          assertClose(
              "gradient of " + grad.getKey(), grad.getValue().getAsJsonObject(), g, expression);
        }
      }
    }
    if (c.has("constants_after")) {
      for (Map.Entry<String, JsonElement> after : c.getAsJsonObject("constants_after").entrySet()) {
        Tensor x = constants.get(after.getKey());
        assertClose(after.getKey(), after.getValue().getAsJsonObject(), x, expression);
      }
    }
  }

  private static List<Tensor> compute(
      String expression, boolean train, Map<String, Tensor> variables) {
    Object value =
        SESSION
            .autograd()
            .record(train, () -> PythonExpression.evaluate(expression, SESSION, variables));
    List<Tensor> outputs = new ArrayList<>();
    if (value instanceof List<?> list) {
      list.forEach(x -> outputs.add((Tensor) x));
    } else {
      outputs.add((Tensor) value);
    }
    return outputs;
  }

  private static @Nullable List<@Nullable Tensor> heads(JsonObject c) {
    JsonElement head = c.get("head");
    if (head == null || head.isJsonNull()) {
      return null;
    }
    List<@Nullable Tensor> heads = new ArrayList<>();
    for (JsonElement h : head.getAsJsonArray()) {
      heads.add(h.isJsonNull() ? null : tensor(h.getAsJsonObject()));
    }
    return heads;
  }

  private static Map<String, Tensor> tensors(@Nullable JsonObject arrays) {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    if (arrays != null) {
      arrays
          .entrySet()
          .forEach(e -> tensors.put(e.getKey(), tensor(e.getValue().getAsJsonObject())));
    }
    return tensors;
  }

  private static DataType dtype(JsonObject array) {
    return DataType.valueOf(array.get("dtype").getAsString().toUpperCase(Locale.ROOT));
  }

  private static long[] shape(JsonObject array) {
    JsonArray dims = array.getAsJsonArray("shape");
    long[] shape = new long[dims.size()];
    for (int i = 0; i < shape.length; i++) {
      shape[i] = dims.get(i).getAsLong();
    }
    return shape;
  }

  private static double[] data(JsonObject array) {
    JsonArray numbers = array.getAsJsonArray("data");
    double[] data = new double[numbers.size()];
    for (int i = 0; i < data.length; i++) {
      data[i] =
          switch (numbers.get(i).getAsString()) {
            case "nan" -> Double.NaN;
            case "inf" -> Double.POSITIVE_INFINITY;
            case "-inf" -> Double.NEGATIVE_INFINITY;
            default -> numbers.get(i).getAsDouble();
          };
    }
    return data;
  }

  private static Tensor tensor(JsonObject array) {
    return SESSION
        .nd()
        .array(data(array), DataType.FLOAT64)
        .astype(dtype(array))
        .reshape(new Shape(shape(array)));
  }

  private static void assertClose(
      String what, JsonObject expected, @Nullable Tensor actual, String expression) {
    assertEquals(new Shape(shape(expected)), actual.shape(), "shape of " + what);
    assertEquals(dtype(expected), actual.dtype(), "dtype of " + what);
    double[] e = data(expected);
    double[] a = actual.astype(DataType.FLOAT64).toDoubleArray();
    boolean loose = expression.matches(".*(log_softmax|SoftmaxCrossEntropy|softmax_cross).*");
    boolean half = dtype(expected) == DataType.FLOAT16;
    double relative = half ? 1e-3 : loose ? 1e-4 : 1e-5;
    for (int i = 0; i < e.length; i++) {
      boolean close =
          e[i] == a[i]
              || (Double.isNaN(e[i]) && Double.isNaN(a[i]))
              || Math.abs(e[i] - a[i]) <= 1e-6 + relative * Math.abs(e[i]);
      if (!close) {
        fail(what + ", element " + i + ": expected " + e[i] + ", but got " + a[i]);
      }
    }
  }
}
