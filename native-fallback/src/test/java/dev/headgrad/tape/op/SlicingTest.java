package dev.headgrad.tape.op;

import static dev.headgrad.tape.op.GradientCheck.check;
import static dev.headgrad.tape.op.GradientCheck.uniform;

import dev.headgrad.tape.core.DenseArray;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SlicingTest {

  private static final long SEED = 11;
  private final Random random = new Random(SEED);

  /** Squares, so that the second derivatives are not all zero. */
  private static DenseArray square(DenseArray x) {
    return Arithmetic.mul(x, x);
  }

  @Test
  void gradientsOfSlices() {
    Region region = Region.of(4, 3, 5).range(3, -2, 2).insert().fix(1).range(0, 3, 2).build();
    check(
        "x[3::-2, None, 1, ::3]",
        SEED,
        in -> square(Slicing.slice(in[0], region)),
        uniform(random, -1, 1, 4, 3, 5));
    check(
        "x.T[1]",
        SEED,
        in -> square(Slicing.select(Shapes.transpose(in[0]), 0, 1)),
        uniform(random, -1, 1, 4, 3));
    check(
        "x[2:2]", SEED, in -> square(Slicing.range(in[0], 0, 2, 2)), uniform(random, -1, 1, 4, 3));
  }

  @Test
  void gradientsOfDiagonals() {
    for (int offset = -5; offset <= 5; offset += 2) {
      int k = offset;
      check(
          "diagonal " + k,
          SEED,
          in -> square(Slicing.diagonal(in[0], k, 2, 0)),
          uniform(random, -1, 1, 4, 2, 3));
    }
  }

  @Test
  void gradientsOfWrites() {
    Region region = Region.of(4, 3).range(1, 2, 2).all().build();
    check(
        "x[1::2] = v",
        SEED,
        in -> square(Slicing.replace(square(in[0]), region, in[1])),
        uniform(random, -1, 1, 4, 3),
        uniform(random, -1, 1, 3));
    check(
        "zeros[1::2] = v",
        SEED,
        in -> square(Slicing.embed(in[0], region, 7, 4, 3)),
        uniform(random, -1, 1, 2, 3));
  }
}
