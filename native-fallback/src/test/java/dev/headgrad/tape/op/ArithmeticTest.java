package dev.headgrad.tape.op;

import static dev.headgrad.tape.op.GradientCheck.check;
import static dev.headgrad.tape.op.GradientCheck.uniform;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.types.DataType;
import dev.headgrad.tape.core.DenseArray;
import dev.headgrad.tape.core.Dims;
import dev.headgrad.tape.core.Elements;
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

  private interface Exact {
    double of(double a, double b);
  }

  /** A view of new numbers that begins somewhere in its memory. */
  private DenseArray inside(DataType type, int... dims) {
    int size = Dims.size(dims);
    int offset = random.nextInt(5);
    DenseArray numbers = Casting.cast(u(1, 9, offset + size + 3), type);
    return numbers.view(dims, Dims.strides(dims), offset);
  }

  private void checkRows(
      BinaryOperator<DenseArray> op,
      BinaryOperator<DenseArray> over,
      Exact exact,
      DataType type,
      int rows,
      int n) {
    DenseArray whole = inside(type, rows, n);
    DenseArray row = inside(type, n);
    DenseArray after = op.apply(whole, row);
    DenseArray before = op.apply(row, whole);
    DenseArray written = over.apply(Casting.copy(whole), row);
    for (int i = 0; i < rows * n; i++) {
      double a = Elements.getDouble(whole.data(), type, whole.offset() + i);
      double b = Elements.getDouble(row.data(), type, row.offset() + i % n);
      String message = "seed " + SEED + ", " + type + ", element " + i + " of " + rows + " x " + n;
      double rounding = type == DataType.FLOAT32 ? 1e-6 * Math.abs(exact.of(a, b)) : 1e-15;
      assertEquals(exact.of(a, b), Elements.getDouble(after.data(), type, i), rounding, message);
      assertEquals(exact.of(a, b), Elements.getDouble(written.data(), type, i), rounding, message);
      rounding = type == DataType.FLOAT32 ? 1e-6 * Math.abs(exact.of(b, a)) : 1e-15;
      assertEquals(exact.of(b, a), Elements.getDouble(before.data(), type, i), rounding, message);
    }
  }

  @Test
  void rowsOfEveryLength() {
    for (DataType type : new DataType[] {DataType.FLOAT32, DataType.FLOAT64, DataType.INT64}) {
      for (int n : new int[] {1, 2, 3, 8, 40, 64, 67, 128, 250, 300}) {
        for (int rows : new int[] {0, 1, 3, 4, 7, 300}) {
          checkRows(Arithmetic::add, Arithmetic::addOver, (a, b) -> a + b, type, rows, n);
          checkRows(Arithmetic::sub, Arithmetic::subOver, (a, b) -> a - b, type, rows, n);
          checkRows(Arithmetic::mul, Arithmetic::mulOver, (a, b) -> a * b, type, rows, n);
          checkRows(Arithmetic::maximum, Arithmetic::maximum, Math::max, type, rows, n);
          checkRows(Arithmetic::minimum, Arithmetic::minimum, Math::min, type, rows, n);
          if (type.isFloating()) {
            checkRows(Arithmetic::div, Arithmetic::divOver, (a, b) -> a / b, type, rows, n);
          }
        }
      }
    }
  }

  @Test
  void twoThatWereBroadcastFromOneElement() {
    DenseArray a = Shapes.broadcast(u(1, 2), new int[] {3, 5});
    DenseArray b = Shapes.broadcast(u(1, 2, 1), new int[] {5});
    DenseArray y = Arithmetic.div(a, b);
    double expected = a.doubles()[a.offset()] / b.doubles()[b.offset()];
    for (int i = 0; i < 15; i++) {
      assertEquals(expected, y.doubles()[i]);
    }
  }

  @Test
  void oneToAnyPowerIsOne() {
    for (DataType type : new DataType[] {DataType.FLOAT32, DataType.FLOAT64}) {
      for (double p : new double[] {Double.NaN, 1 / 0.0, -1 / 0.0}) {
        DenseArray ones = Creation.full(1, type, 3);
        DenseArray exponents = Creation.full(p, type, 3);
        assertEquals(1, first(Powers.pow(ones, exponents)));
        assertEquals(1, first(Powers.pow(ones, Creation.full(p, type))));
        assertEquals(1, first(Powers.pow(Creation.full(1, type), exponents)));
        assertEquals(1, first(Powers.pow(ones, p)));
        double minus = Double.isNaN(p) ? Double.NaN : 1;
        assertEquals(minus, first(Powers.pow(Creation.full(-1, type, 3), exponents)));
      }
    }
  }

  private static double first(DenseArray x) {
    return Elements.getDouble(x.data(), x.type(), x.offset());
  }

  @Test
  void gradientsOfAnArrayCombinedWithItself() {
    check("x * x", SEED, in -> Arithmetic.mul(in[0], in[0]), u(-2, 2, 3));
    check("x / x²", SEED, in -> Arithmetic.div(in[0], UnaryMath.square(in[0])), u(0.5, 2, 3));
    check("x ^ x", SEED, in -> Powers.pow(in[0], in[0]), u(0.5, 2, 3));
  }
}
