package dev.headgrad.conformance;

import ai.djl.mxnet.engine.MxNDManager;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.util.PairList;
import dev.headgrad.MX;
import dev.headgrad.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Calls operators of the native MXNet by their names, past the DSL: {@code nd.LeakyReLU(x, g,
 * act_type="prelu")} is the operator {@code LeakyReLU} with the inputs x and g and the parameter
 * act_type. Methods of arrays are the DSL's.
 */
final class NativeCalls implements PythonExpression.Calls {

  private final MX mx;
  private final PythonCalls methods;

  /** For a session on MXNet. */
  NativeCalls(MX mx) {
    this.mx = mx;
    this.methods = new PythonCalls(mx);
  }

  @Override
  public Object call(
      @Nullable Object target,
      String name,
      List<? extends @Nullable Object> args,
      Map<String, ? extends @Nullable Object> keywords) {
    if (!(target instanceof PythonExpression.Namespace namespace)) {
      return methods.call(target, name, args, keywords);
    }
    NDList inputs = new NDList();
    for (Object argument : args) {
      if (argument instanceof List<?> list) {
        list.forEach(x -> inputs.add(((Tensor) x).ndarray()));
      } else if (argument instanceof Tensor x) {
        inputs.add(x.ndarray());
      } else {
        throw new IllegalArgumentException("name the parameter that is " + argument);
      }
    }
    PairList<String, Object> parameters = new PairList<>();
    keywords.forEach(
        (key, value) -> {
          if (value instanceof Tensor x) {
            inputs.add(x.ndarray());
          } else {
            parameters.add(key, text(value));
          }
        });
    String path = namespace.path().replaceFirst("^nd\\.", "");
    String operator =
        path.replaceFirst("^contrib\\.", "").replace('.', '_'); // DJL drops such prefixes
    if (List.of("Concat", "concat", "stack", "add_n", "khatri_rao").contains(operator)) {
      parameters.add("num_args", String.valueOf(inputs.size()));
    }
    List<Tensor> outputs = new ArrayList<>();
    for (NDArray output : ((MxNDManager) mx.manager()).invoke(operator, inputs, parameters)) {
      outputs.add(mx.nd().wrap(output));
    }
    boolean single = outputs.size() == 1 || operator.equals("LeakyReLU"); // Python hides the mask
    return single ? outputs.get(0) : outputs;
  }

  private static String text(@Nullable Object value) {
    if (value instanceof Boolean flag) {
      return flag ? "True" : "False";
    }
    if (value instanceof List<?> list) {
      return list.stream().map(NativeCalls::text).collect(Collectors.joining(",", "(", ")"));
    }
    return value == null ? "None" : value.toString();
  }
}
