package dev.headgrad.tape.op;

import static dev.headgrad.tape.op.GradientCheck.check;
import static dev.headgrad.tape.op.GradientCheck.uniform;

import ai.djl.ndarray.types.DataType;
import dev.headgrad.tape.core.DenseArray;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class GatheringTest {

  private static final long SEED = 12;
  private final Random random = new Random(SEED);

  private static DenseArray square(DenseArray x) {
    return Arithmetic.mul(x, x);
  }

  private static DenseArray index(int[] dims, long... values) {
    return DenseArray.of(values, DataType.INT64, dims);
  }

  @Test
  void gradientsOfTakeAddUpOverDuplicates() {
    for (int axis = 0; axis < 3; axis++) {
      int a = axis;
      check(
          "take along " + a,
          SEED,
          in -> square(Gathering.take(in[0], index(new int[] {2, 3}, 1, 0, 1, -1, 1, 0), a)),
          uniform(random, -1, 1, 3, 2, 4));
    }
    check(
        "take of flattened",
        SEED,
        in -> square(Gathering.take(Shapes.transpose(in[0]), index(new int[] {4}, 5, 0, 5, -6))),
        uniform(random, -1, 1, 3, 2));
  }

  /** Rows of this length are copied and added whole; row 1 is not taken at all. */
  @Test
  void gradientsOfRows() {
    DenseArray at = index(new int[] {2, 2}, 2, 0, 2, -1);
    check(
        "rows", SEED, in -> square(Gathering.take(in[0], at, 0)), uniform(random, -1, 1, 4, 3, 3));
    check(
        "rows times one number",
        SEED,
        in -> Arithmetic.mul(in[1], Reductions.sum(Gathering.take(in[0], at, 0))),
        uniform(random, -1, 1, 4, 9),
        uniform(random, -1, 1, 1));
    check(
        "rows summed up over rows",
        SEED,
        in -> square(Reductions.sum(Gathering.take(in[0], at, 0), new int[] {0, 1}, false)),
        uniform(random, -1, 1, 4, 9));
  }

  @Test
  void gradientsOfGather() {
    check(
        "gather",
        SEED,
        in -> square(Gathering.gather(in[0], index(new int[] {3, 2}, 1, 1, 0, -1, 2, 2), 1)),
        uniform(random, -1, 1, 3, 3));
  }

  @Test
  void gradientsThroughIndexArraysThatAreNotNeighbours() {
    @Nullable DenseArray[] indices = {
      index(new int[] {2, 1}, 0, 2), null, index(new int[] {3}, 1, 1, 0), null
    };
    check(
        "x[i, :, j]",
        SEED,
        in -> square(Gathering.gather(in[0], Positions.of(in[0].dims(), indices))),
        uniform(random, -1, 1, 3, 2, 2, 3));
    check(
        "x[i, :, j] = v",
        SEED,
        in -> square(Gathering.scatter(square(in[0]), Positions.of(in[0].dims(), indices), in[1])),
        uniform(random, -1, 1, 3, 2, 2, 3),
        uniform(random, -1, 1, 3, 2, 1));
    check(
        "zeros[i, :, j] += v",
        SEED,
        in -> square(Gathering.accumulate(in[0], Positions.of(new int[] {3, 2, 2, 3}, indices))),
        uniform(random, -1, 1, 3, 2, 3));
  }
}
