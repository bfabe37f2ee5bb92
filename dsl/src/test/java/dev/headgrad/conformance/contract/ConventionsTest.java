package dev.headgrad.conformance.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.headgrad.Tensor;
import org.junit.jupiter.api.Test;

/** Shapes and dtypes of nd. */
class ConventionsTest extends Contract {

  @Test
  @Holds("11")
  void aFullReductionHasOneAxis() {
    Tensor x = nd.ones(2, 3);
    assertShape(x.sum(), 1);
    assertShape(x.mean(), 1);
    assertShape(x.max(), 1);
    assertShape(x.norm(), 1);
    assertShape(x.argmax(), 1);
    assertShape(x.sum(0), 3);
  }

  @Test
  @Holds("11")
  void anIntegerIndexIntoAVectorHasOneAxis() {
    Tensor x = nd.array(1, 2, 3);
    assertShape(x.get(1), 1);
    assertShape(nd.ones(2, 3).get(1), 3);
    assertShape(nd.ones(2, 3).get(1, 2), 1);
  }

  @Test
  @Holds("11")
  void comparisonsGiveZerosAndOnesInTheTypeOfTheOperands() {
    Tensor x = nd.array(1, 2, 3).gt(2);
    assertEquals(DataType.FLOAT32, x.dtype());
    assertValues(x, 0, 0, 1);
    Tensor whole = nd.array(new int[] {1, 2}, DataType.INT32);
    assertEquals(DataType.INT32, whole.eq(whole).dtype());
  }

  @Test
  @Holds("11")
  void arraysAreFloat32UnlessSaid() {
    assertEquals(DataType.FLOAT32, nd.array(1., 2.).dtype());
    assertEquals(DataType.FLOAT32, nd.array(new int[] {1, 2}).dtype());
    assertEquals(DataType.FLOAT32, nd.arange(3).dtype());
    assertEquals(DataType.FLOAT64, nd.zeros(new Shape(2), DataType.FLOAT64).dtype());
  }

  @Test
  @Holds("11")
  void twoArraysMustHaveOneType() {
    Tensor x = nd.array(1, 2);
    Tensor y = x.astype(DataType.FLOAT64);
    assertBadArgument("float64", () -> x.times(y));
    assertBadArgument("float64", () -> nd.dot(x, y));
  }
}
