package dev.headgrad.tape.op;

import static dev.headgrad.tape.op.GradientCheck.check;
import static dev.headgrad.tape.op.GradientCheck.uniform;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.types.DataType;
import dev.headgrad.tape.core.DenseArray;
import dev.headgrad.tape.core.Elements;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SoftmaxTest {

  private static final long SEED = 13;
  private final Random random = new Random(SEED);

  @Test
  void gradientsAlongEveryAxis() {
    for (int axis = -1; axis < 3; axis++) {
      int a = axis;
      check("softmax " + a, SEED, in -> Softmax.softmax(in[0], a), u(2, 3, 2));
      check("logSoftmax " + a, SEED, in -> Softmax.logSoftmax(in[0], a), u(2, 3, 2));
    }
    check("0-d", SEED, in -> Softmax.softmax(in[0], 0), u());
    check("0-d", SEED, in -> Softmax.logSoftmax(in[0], -1), u());
    check("a view", SEED, in -> Softmax.softmax(Shapes.transpose(in[0]), 1), u(3, 2));
    check("third order", SEED, in -> new ThirdOrder(in[0]).gradient(), u(3));
  }

  /** The first derivative of a product of both functions, so that a check goes to the third. */
  private static final class ThirdOrder {
    private final DenseArray x;

    ThirdOrder(DenseArray x) {
      this.x = x;
    }

    DenseArray gradient() {
      DenseArray y = Softmax.softmax(x, 0);
      return Arithmetic.mul(y, Arithmetic.mul(Softmax.logSoftmax(x, 0), y));
    }
  }

  @Test
  void largeNumbersDoNotOverflow() {
    DenseArray x = DenseArray.of(new float[] {1000, 1000, -1000, 0}, DataType.FLOAT32, 2, 2);
    assertArrayEquals(new float[] {.5f, .5f, 0, 1}, Softmax.softmax(x, 1).floats(), 1e-6f);
    assertArrayEquals(
        new float[] {-.6931472f, -.6931472f, -1000, 0}, Softmax.logSoftmax(x, 1).floats(), 1e-4f);
  }

  @Test
  void halfPrecisionStaysAndWholeNumbersBecomeFloat() {
    DenseArray half = Elements.to(u(2, 2), DataType.FLOAT16);
    assertEquals(DataType.FLOAT16, Softmax.softmax(half, 0).type());
    DenseArray whole = DenseArray.of(new int[] {1, 2}, DataType.INT32, 2);
    assertEquals(DataType.FLOAT32, Softmax.logSoftmax(whole, 0).type());
  }

  @Test
  void emptyArraysStayEmpty() {
    DenseArray empty = DenseArray.zeros(DataType.FLOAT32, 0, 3);
    assertEquals(0, Softmax.softmax(empty, 0).size());
    assertEquals(0, Softmax.softmax(empty, 1).size());
  }

  private DenseArray u(int... dims) {
    return uniform(random, -1, 1, dims);
  }
}
