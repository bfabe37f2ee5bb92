package dev.headgrad.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.headgrad.MX;
import dev.headgrad.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An expression and its arrays, as a line of text: {@code nd.take(x, i, axis=1) ; x(2,3) ; #i(2)=2,
 * 0}. An array has a name, a shape, and, after {@code :}, a dtype other than float32. Its elements
 * stand after {@code =}; without them they are numbers between -3 and 3, none twice; {@code +}
 * makes those positive. A {@code #} marks what no gradient is attached to, an {@code !} in front of
 * the expression one that is refused, a {@code ~} one that is recorded in prediction mode. {@code
 * nd._mul_scalar(x, scalar=2) => x*2} has one expression for MXNet and another one for the DSL.
 *
 * @param text the line
 * @param expression what MXNet computes
 * @param translation what the DSL computes
 * @param mode how it is run
 * @param inputs the arrays
 */
record OperatorCase(
    String text, String expression, String translation, Mode mode, List<Input> inputs) {

  /** How a case is run. */
  enum Mode {
    TRAIN,
    PREDICT,
    REFUSED
  }

  /** An array. */
  record Input(String name, Shape shape, DataType dtype, double[] data, boolean constant) {

    Tensor in(MX mx) {
      Tensor x = mx.nd().array(data, DataType.FLOAT64).astype(dtype).reshape(shape);
      return constant ? x : x.attachGrad();
    }
  }

  /** What came out: the outputs, and the gradients by name. */
  record Result(List<Tensor> outputs, Map<String, Tensor> gradients) {}

  private static final Pattern INPUT =
      Pattern.compile("(#?)(\\w+)\\(([\\d,]*)\\)(?::(\\w+))?(\\+?)(?:=(.*))?");

  static OperatorCase parse(String line) {
    String[] parts = line.split(";");
    String expression = parts[0].strip();
    Mode mode =
        switch (expression.charAt(0)) {
          case '!' -> Mode.REFUSED;
          case '~' -> Mode.PREDICT;
          default -> Mode.TRAIN;
        };
    List<Input> inputs = new ArrayList<>();
    for (int i = 1; i < parts.length; i++) {
      inputs.add(input(parts[i].strip(), i));
    }
    String text = mode == Mode.TRAIN ? expression : expression.substring(1).strip();
    String[] sides = text.split("=>", 2);
    return new OperatorCase(
        line.strip(), sides[0].strip(), sides[sides.length - 1].strip(), mode, inputs);
  }

  private static Input input(String text, int number) {
    Matcher m = INPUT.matcher(text);
    if (!m.matches()) {
      throw new IllegalArgumentException("not an array: " + text);
    }
    long[] dims =
        Arrays.stream(m.group(3).split(","))
            .filter(d -> !d.isEmpty())
            .mapToLong(Long::parseLong)
            .toArray();
    Shape shape = new Shape(dims);
    DataType dtype =
        m.group(4) == null
            ? DataType.FLOAT32
            : DataType.valueOf(m.group(4).toUpperCase(Locale.ROOT));
    double[] data;
    if (m.group(6) != null) {
      data =
          Arrays.stream(m.group(6).split(","))
              .mapToDouble(x -> Double.parseDouble(x.strip()))
              .toArray();
    } else {
      data = numbers((int) shape.size(), number, !m.group(5).isEmpty());
    }
    return new Input(m.group(2), shape, dtype, data, !m.group(1).isEmpty());
  }

  /** Numbers of which no two are equal, in no order, far from whole ones. */
  private static double[] numbers(int count, int seed, boolean positive) {
    double[] data = new double[count];
    for (int i = 0; i < count; i++) {
      double turn = (0.37 + 0.618034 * (i + 1) + 0.171 * seed) % 1; // golden ratio: well spread
      data[i] = positive ? 0.3 + 2.7 * turn : 6 * turn - 3;
    }
    return data;
  }

  boolean attachesIntegers() {
    return inputs.stream().anyMatch(x -> !x.constant() && !x.dtype().isFloating());
  }

  /** Evaluates and differentiates with MXNet's operators. */
  Result runNatively(MX mx) {
    return run(mx, expression, new NativeCalls(mx));
  }

  /** Evaluates and differentiates with the DSL. */
  Result run(MX mx) {
    return run(mx, translation, new PythonCalls(mx));
  }

  private Result run(MX mx, String evaluated, PythonExpression.Calls calls) {
    Map<String, Tensor> arrays = new LinkedHashMap<>();
    inputs.forEach(input -> arrays.put(input.name(), input.in(mx)));
    boolean train = mode != Mode.PREDICT;
    Object value =
        mx.autograd().record(train, () -> PythonExpression.evaluate(evaluated, calls, arrays));
    List<Tensor> outputs = new ArrayList<>();
    if (value instanceof List<?> list) {
      list.forEach(x -> outputs.add((Tensor) x));
    } else {
      outputs.add((Tensor) value);
    }
    outputs.forEach(Tensor::toDoubleArray); // brings late errors to light
    Map<String, Tensor> gradients = new LinkedHashMap<>();
    if (inputs.stream().allMatch(Input::constant)) {
      return new Result(outputs, gradients);
    }
    List<Tensor> heads = new ArrayList<>();
    for (Tensor output : outputs) {
      double[] head = numbers((int) output.size(), 7, false);
      heads.add(
          mx.nd().array(head, DataType.FLOAT64).astype(output.dtype()).reshape(output.shape()));
    }
    mx.autograd().backward(outputs, heads, false, train);
    for (Input input : inputs) {
      Tensor gradient = arrays.get(input.name()).getGrad();
      if (gradient != null) {
        gradients.put(input.name(), gradient);
      }
    }
    gradients.values().forEach(Tensor::toDoubleArray);
    return new Result(outputs, gradients);
  }

  /** Compares with what is right. */
  void compare(Result expected, Result actual) {
    assertEquals(expected.outputs().size(), actual.outputs().size(), "number of outputs");
    for (int i = 0; i < expected.outputs().size(); i++) {
      compare("output " + i, expected.outputs().get(i), actual.outputs().get(i));
    }
    expected
        .gradients()
        .forEach((x, g) -> compare("gradient of " + x, g, actual.gradients().get(x)));
  }

  private void compare(String what, Tensor expected, Tensor actual) {
    // DJL switches MXNet to NumPy's shapes; MXNet's own have at least one dimension
    Shape shape = expected.ndim() == 0 ? new Shape(1) : expected.shape();
    assertEquals(shape, actual.shape(), "shape of " + what);
    assertEquals(expected.dtype(), actual.dtype(), "dtype of " + what);
    double[] e = expected.toDoubleArray();
    double[] a = actual.toDoubleArray();
    double relative = expression.matches(".*(log_softmax|softmax_cross|ctc|CTC).*") ? 1e-4 : 1e-5;
    for (int i = 0; i < e.length; i++) {
      boolean close =
          e[i] == a[i]
              || (Double.isNaN(e[i]) && Double.isNaN(a[i]))
              || Math.abs(e[i] - a[i]) <= 2e-6 + relative * Math.abs(e[i]);
      if (!close) {
        fail(
            what
                + " of "
                + text
                + ": expected "
                + Arrays.toString(e)
                + ", but got "
                + Arrays.toString(a));
      }
    }
  }
}
