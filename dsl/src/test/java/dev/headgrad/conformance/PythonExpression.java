package dev.headgrad.conformance;

import dev.headgrad.Axis;
import dev.headgrad.MX;
import dev.headgrad.Slice;
import dev.headgrad.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Evaluates a Python expression over {@code nd} with the DSL: literals, names, operators,
 * subscripts, and calls with keywords.
 */
final class PythonExpression {

  private static final Pattern TOKEN =
      Pattern.compile(
          "\\s*(\\d+\\.?\\d*(?:[eE][-+]?\\d+)?|\\.\\d+|\"[^\"]*\"|'[^']*'|\\.\\.\\.|[A-Za-z_]\\w*"
              + "|\\*\\*|//|==|!=|<=|>=|[-+*/%<>()\\[\\],:.=])");

  /** A dotted name that is not an object yet: {@code nd.linalg}. */
  record Namespace(String path) {}

  /** What a call means. */
  @FunctionalInterface
  interface Calls {
    /**
     * Calls a function or method, or reads a property.
     *
     * @param target the receiver, or a {@link Namespace} that names a function
     * @param name the method, or empty for the target itself
     */
    Object call(
        @Nullable Object target,
        String name,
        List<? extends @Nullable Object> args,
        Map<String, ? extends @Nullable Object> keywords);
  }

  private final Calls calls;
  private final Map<String, Tensor> variables;
  private final List<String> tokens = new ArrayList<>();
  private int next;
  private @Nullable Object assigned;

  private PythonExpression(String text, Calls calls, Map<String, Tensor> variables) {
    this.calls = calls;
    this.variables = variables;
    Matcher matcher = TOKEN.matcher(text);
    int end = 0;
    while (matcher.find() && matcher.start() == end) {
      tokens.add(matcher.group(1));
      end = matcher.end();
    }
    if (!text.substring(end).isBlank()) {
      throw new IllegalArgumentException("not understood from " + end + " on: " + text);
    }
  }

  /** The value: a Tensor, or a list of them. */
  static Object evaluate(String text, MX mx, Map<String, Tensor> variables) {
    return evaluate(text, new PythonCalls(mx), variables);
  }

  /** The value, where calls mean something else than the DSL. */
  static Object evaluate(String text, Calls calls, Map<String, Tensor> variables) {
    PythonExpression expression = new PythonExpression(text, calls, variables);
    Object value = expression.comparison();
    if (expression.next < expression.tokens.size() || value == null) {
      throw new IllegalArgumentException("not understood: " + text);
    }
    return value;
  }

  /** Python's {@code x[...] = value}. */
  static void assign(String place, MX mx, Map<String, Tensor> variables, Object value) {
    PythonExpression expression = new PythonExpression(place, new PythonCalls(mx), variables);
    expression.assigned = value;
    expression.comparison();
  }

  private boolean take(String token) {
    if (next < tokens.size() && tokens.get(next).equals(token)) {
      next++;
      return true;
    }
    return false;
  }

  private void expect(String token) {
    if (!take(token)) {
      throw new IllegalArgumentException("expected " + token + " at " + next + " of " + tokens);
    }
  }

  private boolean peek(String token) {
    return next < tokens.size() && tokens.get(next).equals(token);
  }

  private @Nullable Object comparison() {
    Object left = sum();
    for (String operator : List.of("==", "!=", "<=", ">=", "<", ">")) {
      if (take(operator)) {
        return PythonCalls.operate(operator, left, sum());
      }
    }
    return left;
  }

  private @Nullable Object sum() {
    Object left = product();
    while (peek("+") || peek("-")) {
      left = PythonCalls.operate(tokens.get(next++), left, product());
    }
    return left;
  }

  private @Nullable Object product() {
    Object left = unary();
    while (peek("*") || peek("/") || peek("%")) {
      left = PythonCalls.operate(tokens.get(next++), left, unary());
    }
    return left;
  }

  private @Nullable Object unary() {
    if (take("-")) {
      Object value = unary();
      return value instanceof Tensor x ? x.unaryMinus() : negated((Number) value);
    }
    return power();
  }

  private static Number negated(@Nullable Number value) {
    return value instanceof Integer i ? (Number) (-i) : (Number) (-value.doubleValue());
  }

  private @Nullable Object power() {
    Object base = postfix();
    return take("**") ? PythonCalls.operate("**", base, unary()) : base;
  }

  private @Nullable Object postfix() {
    Object value = atom();
    while (true) {
      if (take(".")) {
        String name = tokens.get(next++);
        if (value instanceof Namespace namespace) {
          value = new Namespace(namespace.path() + "." + name);
        } else if (peek("(")) {
          value = call(value, name);
        } else {
          value = calls.call(value, name, List.of(), Map.of());
        }
      } else if (peek("(")) {
        value = call(value, "");
      } else if (take("[")) {
        value = subscript(value);
      } else {
        return value;
      }
    }
  }

  private Object call(@Nullable Object target, String name) {
    expect("(");
    List<@Nullable Object> args = new ArrayList<>();
    Map<String, @Nullable Object> keywords = new LinkedHashMap<>();
    while (!take(")")) {
      if (next + 1 < tokens.size() && tokens.get(next + 1).equals("=")) {
        String keyword = tokens.get(next);
        next += 2;
        keywords.put(keyword, comparison());
      } else {
        args.add(comparison());
      }
      if (!peek(")")) {
        expect(",");
      }
    }
    return calls.call(target, name, args, keywords);
  }

  private Object subscript(@Nullable Object value) {
    List<@Nullable Object> index = new ArrayList<>();
    while (!take("]")) {
      index.add(indexItem());
      if (!peek("]")) {
        expect(",");
      }
    }
    if (value instanceof List<?> list) {
      return list.get((Integer) index.get(0));
    }
    Object[] parts = index.toArray();
    Tensor x = (Tensor) value;
    if (assigned != null) {
      switch (parts.length) {
        case 1 -> x.set(parts[0], assigned);
        case 2 -> x.set(parts[0], parts[1], assigned);
        case 3 -> x.set(parts[0], parts[1], parts[2], assigned);
        default -> x.set(parts[0], parts[1], parts[2], parts[3], assigned);
      }
    }
    return x.get(parts);
  }

  private @Nullable Object indexItem() {
    Object first = peek(":") ? null : comparison();
    if (!take(":")) {
      return first == null ? Axis.NEW : first;
    }
    Object stop = peek(":") || peek(",") || peek("]") ? null : comparison();
    Object step = take(":") && !peek(",") && !peek("]") ? comparison() : null;
    return Slice.of(whole(first), whole(stop), step == null ? 1 : ((Number) step).longValue());
  }

  private static @Nullable Long whole(@Nullable Object value) {
    return value == null ? null : ((Number) value).longValue();
  }

  private @Nullable Object atom() {
    String token = tokens.get(next++);
    char first = token.charAt(0);
    if (token.equals("...")) {
      return Axis.ELLIPSIS;
    }
    if (Character.isDigit(first) || (first == '.' && token.length() > 1)) {
      return token.matches("\\d+") ? (Object) Integer.valueOf(token) : Double.valueOf(token);
    }
    if (first == '"' || first == '\'') {
      return token.substring(1, token.length() - 1);
    }
    if (token.equals("(")) {
      return sequence(")");
    }
    if (token.equals("[")) {
      return sequence("]");
    }
    switch (token) {
      case "None":
        return null;
      case "True":
        return true;
      case "False":
        return false;
      default:
        Tensor variable = variables.get(token);
        return variable == null ? new Namespace(token) : variable;
    }
  }

  /** A list or tuple; what stands alone in round brackets without a comma is itself. */
  private @Nullable Object sequence(String end) {
    List<@Nullable Object> items = new ArrayList<>();
    boolean comma = false;
    while (!take(end)) {
      items.add(comparison());
      if (!peek(end)) {
        expect(",");
        comma = true;
      }
    }
    return end.equals(")") && items.size() == 1 && !comma ? items.get(0) : items;
  }
}
