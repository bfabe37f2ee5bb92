package dev.headgrad.conformance;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Named.named;

import dev.headgrad.MX;
import dev.headgrad.Nd;
import dev.headgrad.Tensor;
import java.lang.ref.Reference;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** An operation leaves no array but its result, recorded or not. */
@Tag("conformance")
class LeftoversTest {

  private static final MX SESSION = MX.open(System.getProperty("headgrad.engine"));
  private static final Nd ND = SESSION.nd();

  @AfterAll
  static void close() {
    SESSION.close();
  }

  private static Stream<Named<UnaryOperator<Tensor>>> operations() {
    return Stream.of(
        named("x + x", x -> x.plus(x)),
        named("x + 2", x -> x.plus(2)),
        named("x - x", x -> x.minus(x)),
        named("x - 2", x -> x.minus(2)),
        named("2 - x", x -> x.rminus(2)),
        named("x * x", x -> x.times(x)),
        named("x * 2", x -> x.times(2)),
        named("x / x", x -> x.div(x)),
        named("x / 2", x -> x.div(2)),
        named("2 / x", x -> x.rdiv(2)),
        named("x ** 2", x -> x.pow(2)),
        named("x > 2", x -> x.gt(2)),
        named("abs", ND::abs),
        named("square", ND::square),
        named("sqrt", ND::sqrt),
        named("negative", ND::negative),
        named("exp", ND::exp),
        named("log", ND::log),
        named("log2", ND::log2),
        named("log10", ND::log10),
        named("sin", ND::sin),
        named("cos", ND::cos),
        named("tan", ND::tan),
        named("arcsin", ND::arcsin),
        named("arccos", ND::arccos),
        named("arctan", ND::arctan),
        named("sinh", ND::sinh),
        named("cosh", ND::cosh),
        named("tanh", ND::tanh),
        named("erf", ND::erf),
        named("erfinv", ND::erfinv),
        named("gammaln", ND::gammaln),
        named("log1p", ND::log1p),
        named("relu", ND::relu),
        named("softmax", ND::softmax),
        named("sum", x -> x.sum()),
        named("sum of an axis", x -> x.sum(1)),
        named("mean", x -> x.mean()),
        named("norm", ND::norm),
        named("dot", x -> ND.dot(x, x)),
        named("dot, transposed", x -> ND.dot(x, x, true, false)),
        named("reshape", x -> x.reshape(-1)),
        named("transpose", x -> ND.transpose(x)),
        named("x[1]", x -> x.get(1)));
  }

  @ParameterizedTest
  @MethodSource("operations")
  void onlyTheResult(UnaryOperator<Tensor> operation) {
    Tensor x = ND.array(.1, .2, .3, .4).reshape(2, 2).attachGrad();
    Reference.reachabilityFence(operation.apply(x)); // what is made once
    int before = held();
    Tensor result = operation.apply(x);
    int unrecorded = held() - before;
    Tensor recorded = SESSION.autograd().record(() -> operation.apply(x));
    int both = held() - before;
    Reference.reachabilityFence(result);
    Reference.reachabilityFence(recorded);
    assertTrue(unrecorded <= 1, unrecorded + " arrays");
    assertTrue(both <= unrecorded + 1, both - unrecorded + " arrays while recording");
  }

  private static int held() {
    return SESSION.manager().getManagedArrays().size();
  }
}
