package dev.headgrad.tape.op;

import static dev.headgrad.tape.op.GradientCheck.check;
import static dev.headgrad.tape.op.GradientCheck.uniform;

import dev.headgrad.tape.core.DenseArray;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class UnaryMathTest {

  private static final long SEED = 11;
  private final Random random = new Random(SEED);

  /** Contiguous and transposed, between two points. */
  private void checkBetween(String name, UnaryOperator<DenseArray> op, double low, double high) {
    check(name, SEED, in -> op.apply(in[0]), uniform(random, low, high, 5));
    check(
        name + " of a transposed x",
        SEED,
        in -> op.apply(Shapes.transpose(in[0])),
        uniform(random, low, high, 2, 3));
  }

  @Test
  void gradients() {
    checkBetween("exp", UnaryMath::exp, -2, 2);
    checkBetween("log", UnaryMath::log, 0.5, 2);
    checkBetween("sqrt", UnaryMath::sqrt, 0.5, 2);
    checkBetween("neg", UnaryMath::neg, -2, 2);
    checkBetween("abs", UnaryMath::abs, 0.1, 2);
    checkBetween("abs", UnaryMath::abs, -2, -0.1);
    checkBetween("square", UnaryMath::square, -2, 2);
    checkBetween("tanh", UnaryMath::tanh, -2, 2);
    checkBetween("clip", x -> UnaryMath.clip(x, -1, 1), -2, 2);
    checkBetween("x^3", x -> Powers.pow(x, 3), -2, 2);
    checkBetween("x^1", x -> Powers.pow(x, 1), -2, 2);
    checkBetween("x^0", x -> Powers.pow(x, 0), -2, 2);
    checkBetween("x^-1.5", x -> Powers.pow(x, -1.5), 0.5, 2);
    checkBetween("sigmoid", Activations::sigmoid, -2, 2);
    checkBetween("relu", Activations::relu, -2, 2);
  }
}
