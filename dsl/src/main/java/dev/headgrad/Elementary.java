package dev.headgrad;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.util.PairList;
import dev.headgrad.djl.Operations;
import java.util.function.UnaryOperator;

/** Arithmetic, comparisons and casts on DJL arrays, by MXNet's rules for shapes and dtypes. */
final class Elementary {
  private Elementary() {}

  static NDArray add(NDArray a, NDArray b) {
    return checked(a, b).add(a, b);
  }

  static NDArray elemwiseAdd(NDArray a, NDArray b) {
    return mxNet("elemwise_add", check(a, b), b);
  }

  /** An operation of MXNet's own; other engines refuse it. */
  static NDArray mxNet(String operation, NDArray... operands) {
    NDManager manager = operands[0].getManager();
    return manager.invoke(operation, new NDList(operands), new PairList<>()).singletonOrThrow();
  }

  static NDArray sub(NDArray a, NDArray b) {
    return checked(a, b).sub(a, b);
  }

  static NDArray mul(NDArray a, NDArray b) {
    return checked(a, b).mul(a, b);
  }

  /** a / b; on integers the quotient is cut to an integer, as in C. */
  static NDArray div(NDArray a, NDArray b) {
    Operations operations = checked(a, b);
    DataType dtype = operations.dtype(a);
    NDArray quotient = operations.div(a, b);
    return dtype.isFloating() ? quotient : cut(quotient, dtype);
  }

  static NDArray add(NDArray a, Number b) {
    Operations operations = Operations.of(a);
    return operations.add(a, scalar(operations.dtype(a), b));
  }

  static NDArray sub(NDArray a, Number b) {
    Operations operations = Operations.of(a);
    return operations.sub(a, scalar(operations.dtype(a), b));
  }

  /** b - a. */
  static NDArray rsub(NDArray a, Number b) {
    return a.neg().add(scalar(a, b));
  }

  static NDArray mul(NDArray a, Number b) {
    Operations operations = Operations.of(a);
    Number scalar = scalar(operations.dtype(a), b);
    if (!EngineGaps.borrowsBuffers(a.getManager())) {
      return operations.mul(a, scalar);
    }
    try (NDArray factor = constant(a, scalar)) {
      return a.mul(factor);
    }
  }

  static NDArray div(NDArray a, Number b) {
    Operations operations = Operations.of(a);
    DataType dtype = operations.dtype(a);
    Number scalar = scalar(dtype, b);
    if (dtype.isFloating()) {
      return EngineGaps.borrowsBuffers(a.getManager())
          ? a.div(constant(a, scalar))
          : operations.div(a, scalar);
    }
    UnaryOperator<NDArray> quotient = x -> cut(x.div(scalar), dtype);
    return Custom.apply(a, quotient, (head, x, y) -> quotient.apply(head));
  }

  /** b / a. */
  static NDArray rdiv(NDArray a, Number b) {
    NDArray scalar = constant(a, scalar(a, b));
    return a.getDataType().isFloating() ? scalar.div(a) : cut(scalar.div(a), a.getDataType());
  }

  /** A 0-d array of a's dtype and the given value, to be broadcast. */
  static NDArray constant(NDArray a, Number value) {
    return full(a, new Shape(), value);
  }

  /** An array of a's dtype with the given value everywhere. */
  static NDArray full(NDArray a, Shape shape, Number value) {
    return full(a.getManager(), shape, scalar(a, value), a.getDataType());
  }

  /** An array with the given value everywhere. */
  static NDArray full(NDManager manager, Shape shape, Number scalar, DataType dtype) {
    float narrow = scalar.floatValue();
    boolean fits =
        dtype.isFloating()
            ? dtype != DataType.FLOAT64 || narrow == scalar.doubleValue() || Float.isNaN(narrow)
            : (long) narrow == scalar.longValue();
    if (fits) {
      return manager.full(shape, narrow, dtype);
    }
    // DJL fills with floats: a value that no float holds takes another way.
    NDArray exact =
        NestedValues.create(
            manager,
            new double[] {scalar.doubleValue()},
            new long[] {scalar.longValue()},
            new Shape(1),
            dtype);
    return exact.reshape(new Shape()).broadcast(shape);
  }

  /** The elements of {@code truth}, 0 or 1, in the dtype of {@code a}. */
  static NDArray truth(NDArray truth, NDArray a) {
    return cast(truth, a.getDataType());
  }

  static NDArray cast(NDArray a, DataType dtype) {
    DataType own = a.getDataType();
    if (own == dtype || !own.isFloating() || !dtype.isFloating() || EngineGaps.recordsCasts(a)) {
      return a.toType(dtype, false);
    }
    return Custom.apply(a, x -> x.toType(dtype, true), (head, x, y) -> head.toType(own, false));
  }

  /** An array of the same values in memory of its own; gradients pass. */
  static NDArray copy(NDArray a) {
    return a.getDataType() == DataType.BOOLEAN ? a.duplicate() : mul(a, 1);
  }

  /**
   * A scalar for arithmetic with {@code a}: an exact integer for integer arrays.
   *
   * @throws IllegalArgumentException if {@code a} holds integers and the value has a fraction
   */
  static Number scalar(NDArray a, Number value) {
    return scalar(Operations.of(a).dtype(a), value);
  }

  private static Number scalar(DataType dtype, Number value) {
    if (dtype.isFloating()) {
      return value.doubleValue();
    }
    double wide = value.doubleValue();
    if (wide != Math.rint(wide) || Double.isInfinite(wide)) {
      throw new IllegalArgumentException(
          "an array of "
              + Shapes.text(dtype)
              + " cannot be combined with the number "
              + value
              + "; cast the array first, for example with astype(DataType.FLOAT32)");
    }
    return value.longValue();
  }

  /** Checks dtypes and shapes of two operands and returns the first. */
  static NDArray check(NDArray a, NDArray b) {
    checked(a, b);
    return a;
  }

  /** Checks dtypes and shapes of two operands and returns the operations for them. */
  private static Operations checked(NDArray a, NDArray b) {
    Operations operations = Operations.of(a);
    if (!operations.alike(a, b)) {
      Shapes.sameDtype(a, b);
      Shapes.broadcast(a.getShape(), b.getShape());
    }
    return operations;
  }

  private static NDArray cut(NDArray quotient, DataType dtype) {
    return cast(quotient.trunc(), dtype);
  }
}
