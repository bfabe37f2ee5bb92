package dev.headgrad.tape.op;

import static dev.headgrad.tape.op.GradientCheck.check;
import static dev.headgrad.tape.op.GradientCheck.uniform;

import dev.headgrad.tape.core.DenseArray;
import java.util.Random;
import org.junit.jupiter.api.Test;

class JoiningTest {

  private static final long SEED = 13;
  private final Random random = new Random(SEED);

  private static DenseArray square(DenseArray x) {
    return Arithmetic.mul(x, x);
  }

  @Test
  void gradientsOfConcatAndStack() {
    check(
        "concat",
        SEED,
        in -> square(Joining.concat(-1, in[0], Shapes.transpose(in[1]), in[0])),
        uniform(random, -1, 1, 2, 3),
        uniform(random, -1, 1, 4, 2));
    for (int axis = 0; axis < 3; axis++) {
      int a = axis;
      check(
          "stack " + a,
          SEED,
          in -> square(Joining.stack(a, in[0], in[1])),
          uniform(random, -1, 1, 2, 3),
          uniform(random, -1, 1, 2, 3));
    }
  }

  @Test
  void gradientsOfSplit() {
    check(
        "split",
        SEED,
        in -> {
          DenseArray[] parts = Joining.split(in[0], 1, 1, 3);
          return Joining.concat(1, square(parts[2]), Arithmetic.mul(parts[0], parts[1]));
        },
        uniform(random, -1, 1, 2, 4));
  }

  @Test
  void gradientsOfCopies() {
    DenseArray x = uniform(random, -1, 1, 2, 3);
    check("tile", SEED, in -> square(Joining.tile(in[0], 2, 1, 3)), x);
    check("repeat", SEED, in -> square(Joining.repeat(in[0], 2, 3)), x);
    check("flip", SEED, in -> square(Joining.flip(in[0], 1)), x);
    for (int times = -1; times < 4; times++) {
      int k = times;
      check("rotate90 " + k, SEED, in -> square(Joining.rotate90(in[0], k, 1, 0)), x);
    }
    check("pad", SEED, in -> square(Joining.pad(in[0], new int[] {1, -1}, new int[] {0, 2}, 3)), x);
  }
}
