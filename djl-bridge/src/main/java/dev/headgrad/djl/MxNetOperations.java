package dev.headgrad.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import java.util.Arrays;

/** Operations of native MXNet, past DJL's binding. */
final class MxNetOperations implements Operations {

  private static final String SCALAR = "scalar";

  private final MxNetOperator add = new MxNetOperator("_npi_add");
  private final MxNetOperator addScalar = new MxNetOperator("_npi_add_scalar", SCALAR);
  private final MxNetOperator sub = new MxNetOperator("_npi_subtract");
  private final MxNetOperator subScalar = new MxNetOperator("_npi_subtract_scalar", SCALAR);
  private final MxNetOperator mul = new MxNetOperator("_npi_multiply");
  private final MxNetOperator mulScalar = new MxNetOperator("_npi_multiply_scalar", SCALAR);
  private final MxNetOperator div = new MxNetOperator("_npi_true_divide");
  private final MxNetOperator divScalar = new MxNetOperator("_npi_true_divide_scalar", SCALAR);
  private final MxNetOperator sum = new MxNetOperator("_np_sum", "axis", "keepdims");
  private final MxNetOperator total = new MxNetOperator("sum"); // without axes, its shape is (1)
  private final MxNetOperator matMul = new MxNetOperator("_npi_matmul");

  @Override
  public DataType dtype(NDArray x) {
    return MxNetLibrary.dtype(x);
  }

  @Override
  public int rank(NDArray x) {
    return MxNetLibrary.rank(x);
  }

  @Override
  public boolean alike(NDArray a, NDArray b) {
    return a == b
        || dtype(a) == dtype(b) && Arrays.equals(MxNetLibrary.dims(a), MxNetLibrary.dims(b));
  }

  @Override
  public NDArray add(NDArray a, NDArray b) {
    return add.apply(a, b);
  }

  @Override
  public NDArray add(NDArray a, Number b) {
    return addScalar.apply(a, b.toString());
  }

  @Override
  public NDArray sub(NDArray a, NDArray b) {
    return sub.apply(a, b);
  }

  @Override
  public NDArray sub(NDArray a, Number b) {
    return subScalar.apply(a, b.toString());
  }

  @Override
  public NDArray mul(NDArray a, NDArray b) {
    return mul.apply(a, b);
  }

  @Override
  public NDArray mul(NDArray a, Number b) {
    return mulScalar.apply(a, b.toString());
  }

  @Override
  public NDArray div(NDArray a, NDArray b) {
    return div.apply(a, b);
  }

  @Override
  public NDArray div(NDArray a, Number b) {
    return divScalar.apply(a, b.toString());
  }

  @Override
  public NDArray sum(NDArray x, int[] axes, boolean keepDims) {
    StringBuilder tuple = new StringBuilder("(");
    for (int axis : axes) {
      tuple.append(axis).append(','); // as Python: a tuple of one has a comma as well
    }
    return sum.apply(x, tuple.append(')').toString(), keepDims ? "True" : "False");
  }

  @Override
  public NDArray total(NDArray x) {
    for (long size : MxNetLibrary.dims(x)) {
      if (size == 0) {
        return Operations.super.total(x); // the operator reads what is not there
      }
    }
    return total.apply(x);
  }

  @Override
  public NDArray matMul(NDArray a, NDArray b) {
    return matMul.apply(a, b);
  }
}
