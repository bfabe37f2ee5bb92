package dev.headgrad.tape.op;

import static dev.headgrad.tape.op.GradientCheck.check;
import static dev.headgrad.tape.op.GradientCheck.uniform;

import java.util.Random;
import org.junit.jupiter.api.Test;

class ArithmeticTest {

  private static final long SEED = 7;
  private final Random random = new Random(SEED);

  @Test
  void gradientsOfProductsAndSumsThroughBroadcasting() {
    check(
        "x * y + exp(x)",
        SEED,
        in -> Arithmetic.add(Arithmetic.mul(in[0], in[1]), UnaryMath.exp(in[0])),
        uniform(random, -1, 1, 2, 3),
        uniform(random, -1, 1, 3));
    check(
        "x.T * y, x (2, 3), y (3, 1)",
        SEED,
        in -> Arithmetic.mul(Shapes.transpose(in[0]), in[1]),
        uniform(random, -1, 1, 2, 3),
        uniform(random, -1, 1, 3, 1));
  }
}
