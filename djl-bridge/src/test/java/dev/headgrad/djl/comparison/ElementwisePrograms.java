package dev.headgrad.djl.comparison;

import static dev.headgrad.djl.comparison.Input.BOOL;
import static dev.headgrad.djl.comparison.Input.DOUBLE;
import static dev.headgrad.djl.comparison.Input.EMPTY;
import static dev.headgrad.djl.comparison.Input.FLOAT;
import static dev.headgrad.djl.comparison.Input.HALF;
import static dev.headgrad.djl.comparison.Input.INT;
import static dev.headgrad.djl.comparison.Input.INT8;
import static dev.headgrad.djl.comparison.Input.INT_LIMITS;
import static dev.headgrad.djl.comparison.Input.INT_SCALAR;
import static dev.headgrad.djl.comparison.Input.LONG;
import static dev.headgrad.djl.comparison.Input.ONE;
import static dev.headgrad.djl.comparison.Input.SCALAR;
import static dev.headgrad.djl.comparison.Input.SPECIAL;
import static dev.headgrad.djl.comparison.Input.UINT8;
import static dev.headgrad.djl.comparison.Input.VIEW;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.types.DataType;
import java.util.List;
import java.util.function.BinaryOperator;

/** Arithmetic, functions of one number, comparison and logic. */
final class ElementwisePrograms {

  private ElementwisePrograms() {}

  private static final Input[][] PAIRS = {
    FLOAT.with(FLOAT.reshaped(3, 2).reshaped(2, 3)),
    FLOAT.with(Input.random("row", 1, 3)),
    FLOAT.with(Input.random("column", 2, 2, 1)),
    Input.random("row", 3, 1, 3).with(Input.random("column", 4, 2, 1)),
    DOUBLE.with(DOUBLE),
    HALF.with(HALF),
    INT.with(Input.ints("row", 2, 3, -2)),
    LONG.with(LONG),
    UINT8.with(UINT8),
    INT8.with(INT8),
    BOOL.with(BOOL),
    INT_LIMITS.with(INT_LIMITS),
    SPECIAL.with(SPECIAL),
    SPECIAL.with(SCALAR),
    SCALAR.with(SCALAR),
    SCALAR.with(FLOAT),
    EMPTY.with(EMPTY),
    EMPTY.with(SCALAR),
    ONE.with(FLOAT),
    VIEW.with(FLOAT),
    FLOAT.with(INT),
    INT.with(FLOAT),
    FLOAT.with(DOUBLE),
    INT.with(LONG),
    UINT8.with(INT),
    BOOL.with(FLOAT),
    INT_SCALAR.with(FLOAT),
    FLOAT.with(INT_SCALAR),
  };

  private static void arithmetic(Family family, String name, BinaryOperator<NDArray> body) {
    family.binary(name, body, PAIRS);
  }

  private static Input[] numbers() {
    return new Input[] {
      FLOAT, DOUBLE, HALF, SPECIAL, INT, LONG, UINT8, INT8, INT_LIMITS, SCALAR, EMPTY, VIEW
    };
  }

  static List<Family> families() {
    return List.of(arithmetic(), unary(), activations(), comparison(), logic());
  }

  private static Family arithmetic() {
    Family family = new Family("arithmetic");
    arithmetic(family, "add", NDArray::add);
    arithmetic(family, "sub", NDArray::sub);
    arithmetic(family, "mul", NDArray::mul);
    arithmetic(family, "div", NDArray::div);
    arithmetic(family, "mod", NDArray::mod);
    arithmetic(family, "pow", NDArray::pow);
    arithmetic(family, "maximum", NDArray::maximum);
    arithmetic(family, "minimum", NDArray::minimum);
    arithmetic(family, "atan2", NDArray::atan2);
    arithmetic(family, "xlogy", NDArray::xlogy);
    Input[] inputs = numbers();
    for (Number n : new Number[] {2, 2L, 2.5f, -2, 0, 2.5}) {
      String kind = n + " " + n.getClass().getSimpleName();
      family
          .unary("add " + kind, x -> x.add(n), inputs)
          .unary("sub " + kind, x -> x.sub(n), inputs)
          .unary("mul " + kind, x -> x.mul(n), inputs)
          .unary("div " + kind, x -> x.div(n), inputs)
          .unary("mod " + kind, x -> x.mod(n), inputs)
          .unary("pow " + kind, x -> x.pow(n), inputs)
          .unary("maximum " + kind, x -> x.maximum(n), inputs)
          .unary("minimum " + kind, x -> x.minimum(n), inputs);
    }
    for (Number n : new Number[] {2, 2.5f}) {
      String kind = n + " " + n.getClass().getSimpleName();
      family
          .unary("reversed sub " + kind, x -> NDArrays.sub(n, x), inputs)
          .unary("reversed div " + kind, x -> NDArrays.div(n, x), inputs)
          .unary("reversed mod " + kind, x -> NDArrays.mod(n, x), inputs)
          .unary("reversed pow " + kind, x -> NDArrays.pow(n, x), inputs)
          .unary("addi " + kind, x -> x.addi(n), inputs)
          .unary("subi " + kind, x -> x.subi(n), inputs)
          .unary("muli " + kind, x -> x.muli(n), inputs)
          .unary("divi " + kind, x -> x.divi(n), inputs)
          .unary("modi " + kind, x -> x.modi(n), inputs)
          .unary("powi " + kind, x -> x.powi(n), inputs);
    }
    Input[][] inPlace = {
      FLOAT.with(FLOAT),
      FLOAT.with(Input.random("row", 1, 3)),
      DOUBLE.with(DOUBLE),
      INT.with(INT),
      LONG.with(LONG),
      FLOAT.with(SCALAR),
      FLOAT.with(INT),
      EMPTY.with(EMPTY),
      SCALAR.with(SCALAR)
    };
    return family
        .binary("addi", NDArray::addi, inPlace)
        .binary("subi", NDArray::subi, inPlace)
        .binary("muli", NDArray::muli, inPlace)
        .binary("divi", NDArray::divi, inPlace)
        .binary("modi", NDArray::modi, inPlace)
        .binary("powi", NDArray::powi, inPlace)
        .binary("rsubi", (a, b) -> a.getNDArrayInternal().rsubi(b), inPlace)
        .binary("rdivi", (a, b) -> a.getNDArrayInternal().rdivi(b), inPlace)
        .binary("rmodi", (a, b) -> a.getNDArrayInternal().rmodi(b), inPlace);
  }

  private static Family unary() {
    Input[] all = Input.everything();
    Family family =
        new Family("functions of one number")
            .unary("neg", NDArray::neg, all)
            .unary("negi", NDArray::negi, all)
            .unary("sign", NDArray::sign, all)
            .unary("signi", NDArray::signi, all)
            .unary("abs", NDArray::abs, all)
            .unary("square", NDArray::square, all)
            .unary("sqrt", NDArray::sqrt, all)
            .unary("cbrt", NDArray::cbrt, all)
            .unary("floor", NDArray::floor, all)
            .unary("ceil", NDArray::ceil, all)
            .unary("round", NDArray::round, all)
            .unary("trunc", NDArray::trunc, all)
            .unary("exp", NDArray::exp, all)
            .unary("gammaln", NDArray::gammaln, all)
            .unary("log", NDArray::log, all)
            .unary("log10", NDArray::log10, all)
            .unary("log2", NDArray::log2, all)
            .unary("sin", NDArray::sin, all)
            .unary("cos", NDArray::cos, all)
            .unary("tan", NDArray::tan, all)
            .unary("asin", NDArray::asin, all)
            .unary("acos", NDArray::acos, all)
            .unary("atan", NDArray::atan, all)
            .unary("sinh", NDArray::sinh, all)
            .unary("cosh", NDArray::cosh, all)
            .unary("tanh", NDArray::tanh, all)
            .unary("asinh", NDArray::asinh, all)
            .unary("acosh", NDArray::acosh, all)
            .unary("atanh", NDArray::atanh, all)
            .unary("toDegrees", NDArray::toDegrees, all)
            .unary("toRadians", NDArray::toRadians, all)
            .unary("erf", NDArray::erf, all)
            .unary("erfinv", NDArray::erfinv, all)
            .unary("clip -1 2", x -> x.clip(-1, 2), all)
            .unary("clip -.5 .5", x -> x.clip(-.5f, .5f), all)
            .unary("isNaN", NDArray::isNaN, all)
            .unary("isInfinite", NDArray::isInfinite, all)
            .unary("scaleGradient", x -> x.scaleGradient(.5), FLOAT)
            .unary("stopGradient", NDArray::stopGradient, all)
            .unary("duplicate", NDArray::duplicate, all);
    Input negativeZero = new Input("-0", m -> m.create(new float[] {-0f, 0}));
    for (DataType type :
        new DataType[] {
          DataType.FLOAT32,
          DataType.FLOAT64,
          DataType.FLOAT16,
          DataType.INT32,
          DataType.INT64,
          DataType.INT8,
          DataType.UINT8,
          DataType.BOOLEAN
        }) {
      family.unary(
          "toType " + type,
          x -> x.toType(type, true),
          FLOAT,
          INT,
          LONG,
          UINT8,
          BOOL,
          DOUBLE,
          EMPTY,
          SCALAR);
    }
    return family
        .unary("the sign of zero: neg", x -> NDArrays.div(1f, x.neg()), negativeZero)
        .unary("the sign of zero: abs", x -> NDArrays.div(1f, x.abs()), negativeZero)
        .unary("the sign of zero: sqrt", x -> NDArrays.div(1f, x.sqrt()), negativeZero)
        .unary("the sign of zero: add", x -> NDArrays.div(1f, x.add(x)), negativeZero)
        .unary("the sign of zero: mul", x -> NDArrays.div(1f, x.mul(1f)), negativeZero)
        .unary("the sign of zero: ceil", x -> NDArrays.div(1f, x.sub(.5f).ceil()), negativeZero)
        .unary("the sign of zero: sin", x -> NDArrays.div(1f, x.sin()), negativeZero)
        .unary("the sign of zero: tanh", x -> NDArrays.div(1f, x.tanh()), negativeZero)
        .unary(
            "the sign of zero: relu",
            x -> NDArrays.div(1f, x.getNDArrayInternal().relu()),
            negativeZero);
  }

  private static Family activations() {
    Input[] floats = Input.floats();
    return new Family("activations")
        .unary("relu", x -> x.getNDArrayInternal().relu(), Input.everything())
        .unary("sigmoid", x -> x.getNDArrayInternal().sigmoid(), floats)
        .unary("tanh", x -> x.getNDArrayInternal().tanh(), floats)
        .unary("softPlus", x -> x.getNDArrayInternal().softPlus(), floats)
        .unary("softSign", x -> x.getNDArrayInternal().softSign(), floats)
        .unary("leakyRelu", x -> x.getNDArrayInternal().leakyRelu(.1f), floats)
        .unary("elu", x -> x.getNDArrayInternal().elu(.5f), floats)
        .unary("selu", x -> x.getNDArrayInternal().selu(), floats)
        .unary("gelu", x -> x.getNDArrayInternal().gelu(), floats)
        .unary("swish", x -> x.getNDArrayInternal().swish(.5f), floats)
        .unary("mish", x -> x.getNDArrayInternal().mish(), floats)
        .unary("softmax", x -> x.softmax(-1), floats)
        .unary("softmax of the first axis", x -> x.softmax(0), floats)
        .unary("logSoftmax", x -> x.logSoftmax(-1), floats)
        .unary("logSoftmax of the first axis", x -> x.logSoftmax(0), floats)
        .unaryList(
            "prelu",
            x -> x.getNDArrayInternal().prelu(x, x.getManager().create(new float[] {.25f})),
            FLOAT,
            Input.CUBE);
  }

  private static Family comparison() {
    Family family = new Family("comparison");
    arithmetic(family, "eq", NDArray::eq);
    arithmetic(family, "neq", NDArray::neq);
    arithmetic(family, "gt", NDArray::gt);
    arithmetic(family, "gte", NDArray::gte);
    arithmetic(family, "lt", NDArray::lt);
    arithmetic(family, "lte", NDArray::lte);
    Input[] inputs = numbers();
    for (Number n : new Number[] {1, .25f, -1L}) {
      String kind = n + " " + n.getClass().getSimpleName();
      family
          .unary("eq " + kind, x -> x.eq(n), inputs)
          .unary("neq " + kind, x -> x.neq(n), inputs)
          .unary("gt " + kind, x -> x.gt(n), inputs)
          .unary("gte " + kind, x -> x.gte(n), inputs)
          .unary("lt " + kind, x -> x.lt(n), inputs)
          .unary("lte " + kind, x -> x.lte(n), inputs)
          .unary("contentEquals " + kind, x -> x.getManager().create(x.contentEquals(n)), inputs);
    }
    return family
        .binary("contentEquals", (a, b) -> a.getManager().create(a.contentEquals(b)), PAIRS)
        .binary("shapeEquals", (a, b) -> a.getManager().create(a.shapeEquals(b)), PAIRS)
        .binary(
            "allClose",
            (a, b) -> a.getManager().create(a.allClose(b)),
            FLOAT.with(FLOAT),
            FLOAT.with(VIEW),
            SPECIAL.with(SPECIAL),
            EMPTY.with(EMPTY));
  }

  private static Family logic() {
    Family family = new Family("logic");
    arithmetic(family, "logicalAnd", NDArray::logicalAnd);
    arithmetic(family, "logicalOr", NDArray::logicalOr);
    arithmetic(family, "logicalXor", NDArray::logicalXor);
    return family
        .unary("logicalNot", NDArray::logicalNot, Input.everything())
        .unary("all", NDArray::all, Input.everything())
        .unary("any", NDArray::any, Input.everything())
        .unary("none", NDArray::none, Input.everything())
        .unary("countNonzero", NDArray::countNonzero, Input.everything())
        .unary("countNonzero of the first axis", x -> x.countNonzero(0), Input.everything())
        .unary("nonzero", NDArray::nonzero, Input.everything())
        .add("where", m -> NDArrays.where(FLOAT.on(m).gt(0), FLOAT.on(m), VIEW.on(m)))
        .add(
            "where with a float condition",
            m -> NDArrays.where(FLOAT.on(m), FLOAT.on(m), VIEW.on(m)))
        .add(
            "where, broadcast",
            m ->
                NDArrays.where(
                    m.create(new boolean[] {true, false, true}), FLOAT.on(m), SCALAR.on(m)))
        .add(
            "where of rows",
            m -> NDArrays.where(m.create(new boolean[] {true, false}), FLOAT.on(m), VIEW.on(m)))
        .add("where empty", m -> NDArrays.where(EMPTY.on(m).gt(0), EMPTY.on(m), EMPTY.on(m)))
        .add("where int32", m -> NDArrays.where(INT.on(m).gt(0), INT.on(m), INT.on(m).neg()));
  }
}
