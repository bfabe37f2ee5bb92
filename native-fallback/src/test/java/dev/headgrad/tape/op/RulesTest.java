package dev.headgrad.tape.op;

import static dev.headgrad.tape.op.GradientCheck.check;
import static dev.headgrad.tape.op.GradientCheck.uniform;

import ai.djl.ndarray.types.DataType;
import dev.headgrad.tape.core.DenseArray;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Gradients of first and second order of operations of one array, each on its domain. */
class RulesTest {

  private static final long SEED = 21;

  private static Arguments of(
      String name, double low, double high, Function<DenseArray, DenseArray> f) {
    return Arguments.of(name, low, high, f);
  }

  static Stream<Arguments> functions() {
    return Stream.of(
        of("sin", -2, 2, Trigonometry::sin),
        of("cos", -2, 2, Trigonometry::cos),
        of("tan", -1, 1, Trigonometry::tan),
        of("asin", -.8, .8, Trigonometry::asin),
        of("acos", -.8, .8, Trigonometry::acos),
        of("atan", -2, 2, Trigonometry::atan),
        of("sinh", -2, 2, Trigonometry::sinh),
        of("cosh", -2, 2, Trigonometry::cosh),
        of("asinh", -2, 2, Trigonometry::asinh),
        of("acosh", 1.5, 3, Trigonometry::acosh),
        of("atanh", -.8, .8, Trigonometry::atanh),
        of("toDegrees", -2, 2, Trigonometry::toDegrees),
        of("toRadians", -2, 2, Trigonometry::toRadians),
        of("log2", .5, 2, UnaryMath::log2),
        of("log10", .5, 2, UnaryMath::log10),
        of("cbrt", .5, 2, UnaryMath::cbrt),
        of("erf", -2, 2, SpecialFunctions::erf),
        of("erfinv", -.8, .8, SpecialFunctions::erfinv),
        of("gammaln", .5, 4, SpecialFunctions::gammaln),
        of("gammaln below 0", -1.8, -1.2, SpecialFunctions::gammaln),
        of("softPlus", -2, 2, Activations::softPlus),
        of("softSign", -2, 2, Activations::softSign),
        of("gelu", -2, 2, Activations::gelu),
        of("elu", -2, 2, x -> Activations.elu(x, .7)),
        of("selu", -2, 2, Activations::selu),
        of("leakyRelu", -2, 2, x -> Activations.leakyRelu(x, .1)),
        of("cumSum", -2, 2, x -> Cumulative.cumSum(x, 0)),
        of("cumProd", .5, 2, x -> Cumulative.cumProd(x, 1)),
        of("prod", .5, 2, x -> Cumulative.prod(x, new int[] {0}, false)),
        of("prod of all", .5, 2, x -> Cumulative.prod(x, new int[] {0, 1}, true)),
        of("sort", -2, 2, x -> Sorting.sort(x, 1)),
        of("topK", -2, 2, x -> Sorting.topK(x, 2, 0, true)[0]),
        of("median", -2, 2, x -> Sorting.median(x, 1)),
        of("percentile", -2, 2, x -> Sorting.percentile(x, 30, 0, 1)),
        of("norm", .5, 2, x -> Norms.norm(x, 2, new int[] {1}, false)),
        of("norm 1", .5, 2, x -> Norms.norm(x, 1, new int[] {0}, true)),
        of("norm 3", .5, 2, x -> Norms.norm(x, 3, new int[] {0, 1}, false)),
        of("normalize", .5, 2, x -> Norms.normalize(x, 2, 1, 1e-12)),
        of("unique", -2, 2, x -> Uniqueness.elements(x)[0]),
        of("difference", -2, 2, x -> Slicing.difference(x, 1, 0)),
        of("complex", -2, 2, x -> ComplexNumbers.conj(x)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("functions")
  void gradientsAreThoseOfCentralDifferences(
      String name, double low, double high, Function<DenseArray, DenseArray> f) {
    Random random = new Random(SEED);
    check(name, SEED, in -> f.apply(in[0]), uniform(random, low, high, 3, 4));
    check(
        name + " of a view",
        SEED,
        in -> f.apply(Shapes.transpose(in[0])),
        uniform(random, low, high, 3, 4));
  }

  @org.junit.jupiter.api.Test
  void gradientsOfTwoArrays() {
    Random random = new Random(SEED);
    check(
        "atan2",
        SEED,
        in -> Trigonometry.atan2(in[0], in[1]),
        uniform(random, .5, 2, 2, 3),
        uniform(random, .5, 2, 3));
    check(
        "mod",
        SEED,
        in -> Arithmetic.mod(in[0], in[1]),
        uniform(random, 3.1, 3.9, 2, 3),
        uniform(random, .71, .75, 3));
    check(
        "xlogy",
        SEED,
        in -> Arithmetic.xlogy(in[0], in[1]),
        uniform(random, .5, 2, 2, 3),
        uniform(random, .5, 2, 3));
    DenseArray index = DenseArray.of(new long[] {1, 0, 0, 1}, DataType.INT64, 2, 2);
    check(
        "gatherNd", SEED, in -> Gathering.gatherNd(in[0], index), uniform(random, -1, 1, 2, 2, 3));
    check(
        "scatter",
        SEED,
        in -> Gathering.scatter(in[0], index, in[1], 0),
        uniform(random, -1, 1, 2, 2),
        uniform(random, -1, 1, 2, 2));
    DenseArray square = uniform(random, -1, 1, 2, 3, 3);
    check("inverse", SEED, in -> Inverse.inverse(in[0]), square);
  }

  @org.junit.jupiter.api.Test
  void productsWithZerosHaveRightGradients() {
    DenseArray x = DenseArray.of(new double[] {0, 2, 3, 0, 5, 0}, DataType.FLOAT64, 2, 3);
    check("prod", SEED, in -> Cumulative.prod(in[0], new int[] {1}, false), x);
    check("prod of all", SEED, in -> Cumulative.prod(in[0], new int[] {0, 1}, false), x);
    check("cumProd", SEED, in -> Cumulative.cumProd(in[0], 1), x);
    check("cumProd", SEED, in -> Cumulative.cumProd(in[0], 0), x);
  }
}
