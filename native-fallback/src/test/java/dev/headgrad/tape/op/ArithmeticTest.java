package dev.headgrad.tape.op;

import static dev.headgrad.tape.op.GradientCheck.check;
import static dev.headgrad.tape.op.GradientCheck.uniform;

import dev.headgrad.tape.core.DenseArray;
import java.util.Random;
import java.util.function.BinaryOperator;
import org.junit.jupiter.api.Test;

class ArithmeticTest {

  private static final long SEED = 7;
  private final Random random = new Random(SEED);

  /** Operands alike, broadcast in both directions, single and transposed. */
  private void checkLayouts(String name, BinaryOperator<DenseArray> op, double low, double high) {
    check(name, SEED, in -> op.apply(in[0], in[1]), u(low, high, 2, 3), u(low, high, 2, 3));
    check(name, SEED, in -> op.apply(in[0], in[1]), u(low, high, 2, 1, 3), u(low, high, 4, 1));
    check(name, SEED, in -> op.apply(in[0], in[1]), u(low, high), u(low, high, 3));
    check(name, SEED, in -> op.apply(in[0], in[1]), u(low, high, 3, 2), u(low, high, 1));
    check(
        name + " of a transposed x",
        SEED,
        in -> op.apply(Shapes.transpose(in[0]), in[1]),
        u(low, high, 2, 3),
        u(low, high, 3, 2));
  }

  private DenseArray u(double low, double high, int... dims) {
    return uniform(random, low, high, dims);
  }

  @Test
  void gradientsOfArithmetic() {
    checkLayouts("add", Arithmetic::add, -2, 2);
    checkLayouts("sub", Arithmetic::sub, -2, 2);
    checkLayouts("mul", Arithmetic::mul, -2, 2);
    checkLayouts("div", Arithmetic::div, 0.5, 2);
    checkLayouts("maximum", Arithmetic::maximum, -2, 2);
    checkLayouts("minimum", Arithmetic::minimum, -2, 2);
    checkLayouts("pow", Powers::pow, 0.5, 2);
  }

  @Test
  void gradientsOfAnArrayCombinedWithItself() {
    check("x * x", SEED, in -> Arithmetic.mul(in[0], in[0]), u(-2, 2, 3));
    check("x / x²", SEED, in -> Arithmetic.div(in[0], UnaryMath.square(in[0])), u(0.5, 2, 3));
    check("x ^ x", SEED, in -> Powers.pow(in[0], in[0]), u(0.5, 2, 3));
  }
}
