package dev.headgrad.tape.op;

import static dev.headgrad.tape.op.GradientCheck.check;
import static dev.headgrad.tape.op.GradientCheck.uniform;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.djl.ndarray.types.DataType;
import dev.headgrad.tape.core.DenseArray;
import dev.headgrad.tape.core.Dims;
import dev.headgrad.tape.core.Elements;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MatrixProductTest {

  private static final long SEED = 11;
  private final Random random = new Random(SEED);

  /** 0, 1, 2, … in the given dtype. */
  private static DenseArray count(DataType type, int... dims) {
    DenseArray x = DenseArray.zeros(type, dims);
    for (int i = 0; i < x.size(); i++) {
      Elements.setDouble(x.data(), type, i, i);
    }
    return x;
  }

  private static void assertValues(double[] expected, DenseArray y, int... dims) {
    assertEquals(Dims.text(dims), Dims.text(y.dims()));
    double[] values = new double[y.size()];
    DenseArray c = Elements.copy(y);
    for (int i = 0; i < values.length; i++) {
      values[i] = Elements.getDouble(c.data(), c.type(), i);
    }
    assertArrayEquals(expected, values, 1e-5, Arrays.toString(values));
  }

  @Test
  void productsOfEveryDtype() {
    for (DataType type :
        new DataType[] {
          DataType.FLOAT32,
          DataType.FLOAT64,
          DataType.FLOAT16,
          DataType.INT32,
          DataType.INT64,
          DataType.UINT8
        }) {
      DenseArray c = MatrixProduct.matMul(count(type, 2, 3), count(type, 3, 2));
      assertEquals(type, c.type());
      assertValues(new double[] {10, 13, 28, 40}, c, 2, 2);
      assertValues(new double[] {14}, MatrixProduct.matMul(count(type, 4), count(type, 4)));
    }
  }

  @Test
  void shapesOfMatMul() {
    DataType f = DataType.FLOAT64;
    assertValues(new double[] {5, 14}, MatrixProduct.matMul(count(f, 2, 3), count(f, 3)), 2);
    assertValues(new double[] {10, 13}, MatrixProduct.matMul(count(f, 3), count(f, 3, 2)), 2);
    assertValues(
        new double[] {2, 3, 6, 11, 46, 55, 66, 79},
        MatrixProduct.matMul(count(f, 2, 2, 2), count(f, 2, 2, 2)),
        2,
        2,
        2);
    assertEquals(
        "(5, 4, 2, 6)",
        Dims.text(MatrixProduct.matMul(count(f, 4, 2, 3), count(f, 5, 1, 3, 6)).dims()));
    assertEquals(
        "(4, 2, 6)", Dims.text(MatrixProduct.matMul(count(f, 4, 2, 3), count(f, 3, 6)).dims()));
    assertEquals("(4, 6)", Dims.text(MatrixProduct.matMul(count(f, 3), count(f, 4, 3, 6)).dims()));
    assertEquals("(4, 2)", Dims.text(MatrixProduct.matMul(count(f, 4, 2, 3), count(f, 3)).dims()));
    assertValues(new double[6], MatrixProduct.matMul(count(f, 2, 0), count(f, 0, 3)), 2, 3);
    assertEquals(
        "(4, 2, 6)", Dims.text(MatrixProduct.matMul(count(f, 4, 2, 0), count(f, 0, 6)).dims()));
    assertEquals("(0, 6)", Dims.text(MatrixProduct.matMul(count(f, 0, 3), count(f, 3, 6)).dims()));
  }

  @Test
  void dotSumsOverTheLastAxisAndTheLastButOne() {
    DataType f = DataType.FLOAT64;
    assertValues(new double[] {0, 3}, MatrixProduct.dot(count(f, 2), full(3)), 2);
    assertEquals(
        "(4, 2, 5, 6)", Dims.text(MatrixProduct.dot(count(f, 4, 2, 3), count(f, 5, 3, 6)).dims()));
    assertEquals("(5, 6)", Dims.text(MatrixProduct.dot(count(f, 3), count(f, 5, 3, 6)).dims()));
    assertValues(
        new double[] {2, 3, 6, 7, 6, 11, 26, 31},
        MatrixProduct.dot(count(f, 2, 2), count(f, 2, 2, 2)),
        2,
        2,
        2);
    assertEquals("(4, 2)", Dims.text(MatrixProduct.dot(count(f, 4, 2, 3), count(f, 3)).dims()));
  }

  private static DenseArray full(double value) {
    return Creation.full(value, DataType.FLOAT64);
  }

  @Test
  void shapesThatDoNotFitAreNamed() {
    DataType f = DataType.FLOAT32;
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> MatrixProduct.matMul(count(f, 2, 3), count(f, 2, 3)))
            .getMessage();
    assertEquals(
        "shapes (2, 3) and (2, 3) cannot be multiplied: the first has 3 columns, but the second"
            + " has 2 rows",
        message);
    assertThrows(
        IllegalArgumentException.class,
        () -> MatrixProduct.matMul(count(f, 2, 2, 3), count(f, 3, 3, 4)));
    assertThrows(
        IllegalArgumentException.class, () -> MatrixProduct.matMul(full(1), count(f, 2, 3)));
  }

  @Test
  void gradients() {
    check("vector . vector", SEED, in -> MatrixProduct.dot(in[0], in[1]), u(3), u(3));
    check("matrix . matrix", SEED, in -> MatrixProduct.dot(in[0], in[1]), u(2, 3), u(3, 4));
    check("matrix . vector", SEED, in -> MatrixProduct.dot(in[0], in[1]), u(2, 3), u(3));
    check("vector . matrix", SEED, in -> MatrixProduct.dot(in[0], in[1]), u(3), u(3, 2));
    check("stack . stack", SEED, in -> MatrixProduct.dot(in[0], in[1]), u(2, 2, 3), u(2, 3, 2));
    check("scalar . vector", SEED, in -> MatrixProduct.dot(in[0], in[1]), u(), u(3));
    check("stacks", SEED, in -> MatrixProduct.matMul(in[0], in[1]), u(2, 2, 3), u(2, 3, 2));
    check("broadcast", SEED, in -> MatrixProduct.matMul(in[0], in[1]), u(2, 1, 2, 3), u(3, 3, 2));
    check("stack matrix", SEED, in -> MatrixProduct.matMul(in[0], in[1]), u(2, 2, 3), u(3, 2));
    check("matrix stack", SEED, in -> MatrixProduct.matMul(in[0], in[1]), u(2, 3), u(2, 3, 2));
    check("vector stack", SEED, in -> MatrixProduct.matMul(in[0], in[1]), u(3), u(2, 3, 2));
    check("stack vector", SEED, in -> MatrixProduct.matMul(in[0], in[1]), u(2, 2, 3), u(3));
    check(
        "transposed views",
        SEED,
        in -> MatrixProduct.matMul(Shapes.transpose(in[0]), Shapes.transpose(in[1])),
        u(3, 2),
        u(4, 3));
    check("x.T x", SEED, in -> MatrixProduct.matMul(Shapes.transpose(in[0]), in[0]), u(3, 2));
    check("empty", SEED, in -> MatrixProduct.matMul(in[0], in[1]), u(2, 0), u(0, 2));
  }

  private DenseArray u(int... dims) {
    return uniform(random, -1, 1, dims);
  }
}
