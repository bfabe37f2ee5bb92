package dev.headgrad.conformance;

import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.headgrad.LossOptions;
import dev.headgrad.MX;
import dev.headgrad.Options;
import dev.headgrad.Tensor;
import dev.headgrad.gluon.Loss;
import java.lang.reflect.Array;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Calls a DSL method as Python would: {@code nd.snake_case} is {@code nd.camelCase}, keywords are
 * parameter names, and numbers and tuples take the type that a parameter has.
 */
final class PythonCalls implements PythonExpression.Calls {

  /** Thrown where the DSL has no such method, or none that takes these arguments. */
  static final class NoSuchCall extends RuntimeException {

    NoSuchCall(String message) {
      super(message);
    }
  }

  private static final Object UNFIT = new Object();

  /** MXNet's defaults of parameters that are neither flags nor open bounds. */
  private static final Map<String, Object> STANDARDS =
      Map.ofEntries(
          Map.entry("makeLoss.gradScale", 1.0),
          Map.entry("makeLoss.validThresh", 0.0),
          Map.entry("argsort.axis", -1),
          Map.entry("argsort.isAscend", true),
          Map.entry("sort.isAscend", true),
          Map.entry("sort.axis", -1),
          Map.entry("topk.axis", -1),
          Map.entry("topk.k", 1),
          Map.entry("topk.retTyp", "indices"),
          Map.entry("topkBoth.axis", -1),
          Map.entry("diag.k", 0),
          Map.entry("oneHot.onValue", 1.0),
          Map.entry("oneHot.offValue", 0.0),
          Map.entry("sequenceMask.value", 0.0),
          Map.entry("arangeLike.start", 0.0),
          Map.entry("arangeLike.step", 1.0),
          Map.entry("gemm.alpha", 1.0),
          Map.entry("gemm.beta", 1.0),
          Map.entry("gemm2.alpha", 1.0),
          Map.entry("syrk.alpha", 1.0),
          Map.entry("trmm.alpha", 1.0),
          Map.entry("trsm.alpha", 1.0),
          Map.entry("extracttrian.offset", 0),
          Map.entry("maketrian.offset", 0),
          Map.entry("softmax.axis", -1),
          Map.entry("softmax.temperature", 1.0),
          Map.entry("svmOutput.margin", 1.0),
          Map.entry("svmOutput.regularizationCoefficient", 1.0),
          Map.entry("layerNorm.eps", 1e-5),
          Map.entry("norm.ord", 2),
          Map.entry("softmaxCrossEntropyLoss.axis", -1),
          Map.entry("softmaxCrossEntropyLoss.sparseLabel", true),
          Map.entry("klDivLoss.axis", -1),
          Map.entry("klDivLoss.fromLogits", true),
          Map.entry("poissonNLLLoss.fromLogits", true),
          Map.entry("ctcLoss.layout", "NTC"),
          Map.entry("ctcLoss.labelLayout", "NT"),
          Map.entry("lrn.alpha", 1e-4),
          Map.entry("lrn.beta", 0.75),
          Map.entry("lrn.knorm", 2.0));

  /** Flags that are set by default. */
  private static final List<String> TRUE_FLAGS = List.of("flatten", "lower");

  private final MX mx;

  PythonCalls(MX mx) {
    this.mx = mx;
  }

  @Override
  public Object call(
      @Nullable Object target,
      String name,
      List<? extends @Nullable Object> args,
      Map<String, ? extends @Nullable Object> keywords) {
    Object receiver = target;
    String method = name;
    if (name.isEmpty() && (target instanceof Loss || target instanceof Loss.OfThree)) {
      return invoke(
          target instanceof Loss ? Loss.class : Loss.OfThree.class, target, "call", args, keywords);
    }
    if (target instanceof PythonExpression.Namespace namespace) {
      if (namespace.path().startsWith("gluon.loss.")) {
        String loss = namespace.path().substring("gluon.loss.".length());
        return invoke(Loss.class, null, camel(loss), args, keywords);
      }
      String path = namespace.path();
      receiver =
          path.startsWith("nd.linalg.")
              ? mx.nd().linalg
              : path.startsWith("nd.contrib.") ? mx.nd().contrib : mx.nd();
      method = path.substring(path.lastIndexOf('.') + 1);
    }
    String camel = camel(method);
    return invoke(receiver.getClass(), receiver, camel, args, keywords);
  }

  /** Calls the method of a class that takes the arguments. */
  private static Object invoke(
      Class<?> type,
      @Nullable Object receiver,
      String camel,
      List<? extends @Nullable Object> args,
      Map<String, ? extends @Nullable Object> keywords) {
    List<Method> candidates = new ArrayList<>();
    for (Method m : type.getMethods()) {
      if (m.getName().equals(camel)) {
        candidates.add(m);
      }
    }
    candidates.sort(
        Comparator.comparing(Method::isVarArgs)
            .thenComparing(m -> -m.getParameterCount())
            .thenComparing(Method::toString));
    // the fewest parameters that take all arguments
    Method best = null;
    Object[] bestValues = {};
    for (Method m : candidates) {
      Object[] values = bind(m, args, keywords);
      if (values != null && (best == null || m.getParameterCount() <= best.getParameterCount())) {
        best = m;
        bestValues = values;
      }
    }
    if (best == null) {
      throw new NoSuchCall(camel + args.size() + keywords.keySet());
    }
    try {
      return best.invoke(receiver, bestValues);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException(e.getCause());
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * {@code broadcast_add} to {@code broadcastAdd}, {@code FullyConnected} to {@code
   * fullyConnected}.
   */
  private static String camel(String name) {
    if (name.equals("T")) {
      return name;
    }
    // capitals in front become small, but for one that begins a word: CTCLoss to ctcLoss
    int capitals = 0;
    while (capitals < name.length() && Character.isUpperCase(name.charAt(capitals))) {
      capitals++;
    }
    boolean word =
        capitals > 1 && capitals < name.length() && Character.isLowerCase(name.charAt(capitals));
    int lower = word ? capitals - 1 : capitals;
    String rest = name.substring(0, lower).toLowerCase(Locale.ROOT) + name.substring(lower);
    StringBuilder camel = new StringBuilder();
    boolean upper = false;
    for (char c : rest.toCharArray()) {
      if (c == '_') {
        upper = true;
      } else {
        camel.append(upper ? Character.toUpperCase(c) : c);
        upper = false;
      }
    }
    return camel.toString();
  }

  private static Object @Nullable [] bind(
      Method m,
      List<? extends @Nullable Object> args,
      Map<String, ? extends @Nullable Object> keywords) {
    Parameter[] parameters = m.getParameters();
    Object[] values = new Object[parameters.length];
    int used = 0;
    int named = 0;
    for (int i = 0; i < parameters.length; i++) {
      Parameter p = parameters[i];
      Object value;
      if (used < args.size() && p.isVarArgs() && args.size() - used > 1) {
        value = convert(args.subList(used, args.size()), p.getParameterizedType());
        used = args.size();
      } else if (used < args.size()
          && p.getType() == List.class
          && args.get(used) instanceof Tensor) {
        int end = used;
        while (end < args.size() && args.get(end) instanceof Tensor) {
          end++;
        }
        value = args.subList(used, end);
        used = end;
      } else if (used < args.size()) {
        value = convert(args.get(used++), p.getParameterizedType());
      } else {
        String keyword = keywordOf(p, keywords);
        if (keyword == null && isOptions(p.getType())) {
          value = options(p.getType(), keywords, named);
          named = keywords.size();
        } else if (keyword == null) {
          value = standard(m.getName(), p);
        } else {
          value = convert(keywords.get(keyword), p.getParameterizedType());
          named++;
        }
      }
      if (value == UNFIT) {
        return null;
      }
      values[i] = value;
    }
    return used == args.size() && named == keywords.size() ? values : null;
  }

  /** What MXNet takes for a parameter that is not given, or UNFIT if it must be given. */
  private static @Nullable Object standard(String method, Parameter p) {
    if (STANDARDS.containsKey(method + "." + p.getName())) {
      return STANDARDS.get(method + "." + p.getName());
    }
    if (p.getType() == boolean.class) {
      return TRUE_FLAGS.contains(p.getName());
    }
    if (p.isVarArgs()) {
      return Array.newInstance(p.getType().getComponentType(), 0);
    }
    return p.getType() == Long.class ? null : UNFIT;
  }

  private static boolean isOptions(Class<?> type) {
    Class<?> enclosing = type.getEnclosingClass();
    return enclosing == Options.class || enclosing == LossOptions.class;
  }

  /** An options object made of the keywords that are not parameters. */
  private static Object options(
      Class<?> type, Map<String, ? extends @Nullable Object> keywords, int named) {
    try {
      Object options = type.getConstructor().newInstance();
      int taken = 0;
      for (Map.Entry<String, ? extends @Nullable Object> keyword : keywords.entrySet()) {
        for (Method m : type.getMethods()) {
          if (m.getName().equals(camel(keyword.getKey())) && m.getParameterCount() == 1) {
            Object value = convert(keyword.getValue(), m.getGenericParameterTypes()[0]);
            if (value == UNFIT) {
              return UNFIT;
            }
            m.invoke(options, value);
            taken++;
          }
        }
      }
      return taken + named == keywords.size() ? options : UNFIT;
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static @Nullable String keywordOf(Parameter p, Map<String, ?> keywords) {
    for (String keyword : keywords.keySet()) {
      if (camel(keyword).equals(p.getName())) {
        return keyword;
      }
    }
    return null;
  }

  private static @Nullable Object convert(@Nullable Object value, Type type) {
    if (type instanceof ParameterizedType generic && generic.getRawType() == List.class) {
      return value instanceof List<?> list && list.stream().allMatch(x -> x instanceof Tensor)
          ? list
          : UNFIT;
    }
    Class<?> target = type instanceof Class<?> c ? c : Object.class;
    if (value == null) {
      return target.isPrimitive() ? UNFIT : null;
    }
    if (target == DataType.class) {
      return value instanceof String name ? DataType.valueOf(name.toUpperCase(Locale.ROOT)) : UNFIT;
    }
    if (target == Shape.class) {
      return value instanceof List<?> list && sizes(list)
          ? new Shape(list.stream().mapToLong(x -> ((Number) x).longValue()).toArray())
          : UNFIT;
    }
    if (target == Long.class) {
      return value instanceof Integer whole ? (Object) (long) whole : UNFIT;
    }
    if (target.isArray()) {
      return array(
          value instanceof List<?> list ? list : List.of(value), target.getComponentType());
    }
    if (value instanceof Number number) {
      if (target == int.class || target == long.class) {
        if (!(value instanceof Integer)) {
          return UNFIT;
        }
        return target == int.class ? (Object) number.intValue() : (Object) number.longValue();
      }
      if (target == double.class) {
        return number.doubleValue();
      }
      if (target == float.class) {
        return number.floatValue();
      }
    }
    if (target == boolean.class) {
      return value instanceof Boolean ? value : UNFIT;
    }
    return target.isInstance(value) ? value : UNFIT;
  }

  /** Whether these are sizes, rather than codes of reshape. */
  private static boolean sizes(List<?> list) {
    return list.stream().allMatch(x -> x instanceof Integer n && n >= -1);
  }

  private static Object array(List<?> list, Class<?> component) {
    Object array = Array.newInstance(component, list.size());
    for (int i = 0; i < list.size(); i++) {
      Object element = convert(list.get(i), component);
      if (element == UNFIT) {
        return UNFIT;
      }
      Array.set(array, i, element);
    }
    return array;
  }

  static Object operate(String operator, @Nullable Object left, @Nullable Object right) {
    if (left instanceof Tensor x) {
      return right instanceof Tensor y ? both(operator, x, y) : scalar(operator, x, (Number) right);
    }
    return reversed(operator, (Number) left, (Tensor) right);
  }

  private static Tensor both(String operator, Tensor x, Tensor y) {
    return switch (operator) {
      case "+" -> x.plus(y);
      case "-" -> x.minus(y);
      case "*" -> x.times(y);
      case "/" -> x.div(y);
      case "%" -> x.rem(y);
      case "**" -> x.pow(y);
      case "==" -> x.eq(y);
      case "!=" -> x.neq(y);
      case "<" -> x.lt(y);
      case "<=" -> x.lte(y);
      case ">" -> x.gt(y);
      default -> x.gte(y);
    };
  }

  private static Tensor scalar(String operator, Tensor x, @Nullable Number n) {
    return switch (operator) {
      case "+" -> x.plus(n);
      case "-" -> x.minus(n);
      case "*" -> x.times(n);
      case "/" -> x.div(n);
      case "%" -> x.rem(n);
      case "**" -> x.pow(n);
      case "==" -> x.eq(n);
      case "!=" -> x.neq(n);
      case "<" -> x.lt(n);
      case "<=" -> x.lte(n);
      case ">" -> x.gt(n);
      default -> x.gte(n);
    };
  }

  private static Tensor reversed(String operator, @Nullable Number n, @Nullable Tensor x) {
    return switch (operator) {
      case "+" -> x.plus(n);
      case "-" -> x.rminus(n);
      case "*" -> x.times(n);
      case "/" -> x.rdiv(n);
      case "%" -> x.rrem(n);
      case "**" -> x.rpow(n);
      case "==" -> x.eq(n);
      case "!=" -> x.neq(n);
      case "<" -> x.gt(n);
      case "<=" -> x.gte(n);
      case ">" -> x.lt(n);
      case ">=" -> x.lte(n);
      default -> throw new NoSuchCall(Arrays.asList(operator, n) + " with an array on the right");
    };
  }
}
