package dev.headgrad;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;

/** Functions that make arrays: part of {@link Nd}. */
public sealed interface CreationFunctions permits Nd {

  /** The session in which arrays are made. */
  MX mx();

  /** A 1-d float32 array: {@code nd.array(0, 1, 2.5f)}. */
  default Tensor array(float... values) {
    return array(values, DataType.FLOAT32);
  }

  /** A 1-d float32 array. */
  default Tensor array(double... values) {
    return array(values, DataType.FLOAT32);
  }

  /**
   * A float32 array of what {@link #array(Object, DataType)} takes; a Tensor or DJL array keeps its
   * dtype.
   */
  default Tensor array(Object source) {
    if (source instanceof Tensor tensor) {
      return array(tensor, tensor.dtype());
    }
    return array(source, source instanceof NDArray a ? a.getDataType() : DataType.FLOAT32);
  }

  /**
   * An array with the elements of another thing.
   *
   * @param source a number, for an array of one element; a Java array or list of numbers or
   *     booleans, nested to any depth; a Tensor or a DJL array, which is copied
   * @param dtype the type of the elements
   * @throws IllegalArgumentException if rows have different lengths or an element is no number
   */
  default Tensor array(Object source, DataType dtype) {
    MX mx = mx();
    if (source instanceof Tensor tensor) {
      return array(tensor.ndarray(), dtype);
    }
    if (source instanceof NDArray array) {
      return mx.own(
          () ->
              Elementary.cast(
                  mx.manager().create(array.toByteBuffer(), array.getShape(), array.getDataType()),
                  dtype));
    }
    NestedValues nested = NestedValues.of(source);
    Shape shape = Shapes.atLeast1d(nested.shape());
    return mx.own(() -> nested.create(mx.manager(), shape, dtype));
  }

  /** An array of the given row-major elements. */
  default Tensor array(float[] values, Shape shape) {
    return array(values).reshape(shape);
  }

  /** A 0-d float32 array. */
  default Tensor scalar(Number value) {
    return full(new Shape(), value);
  }

  /**
   * A Tensor for a DJL array of this session's engine. It is the Tensor's from now on, and is freed
   * with it.
   */
  default Tensor wrap(NDArray array) {
    MX mx = mx();
    if (array.getManager().getEngine() != mx.engine()) {
      throw new IllegalArgumentException(
          "the array is of engine "
              + array.getManager().getEngine().getEngineName()
              + ", but the session runs on "
              + mx.engine().getEngineName()
              + "; nd.array copies it");
    }
    return new Tensor(mx, array);
  }

  /** Float32 zeros. */
  default Tensor zeros(long... shape) {
    return zeros(new Shape(shape));
  }

  /** Float32 zeros. */
  default Tensor zeros(Shape shape) {
    return zeros(shape, DataType.FLOAT32);
  }

  /** Zeros. */
  default Tensor zeros(Shape shape, DataType dtype) {
    return new Tensor(mx(), mx().manager().zeros(shape, dtype));
  }

  /** Float32 ones. */
  default Tensor ones(long... shape) {
    return ones(new Shape(shape));
  }

  /** Float32 ones. */
  default Tensor ones(Shape shape) {
    return ones(shape, DataType.FLOAT32);
  }

  /** Ones. */
  default Tensor ones(Shape shape, DataType dtype) {
    return new Tensor(mx(), mx().manager().ones(shape, dtype));
  }

  /** An array whose elements are all alike, float32. */
  default Tensor full(Shape shape, Number value) {
    return full(shape, value, DataType.FLOAT32);
  }

  /** An array whose elements are all alike. */
  default Tensor full(Shape shape, Number value, DataType dtype) {
    return mx().compute(() -> Elementary.full(mx().manager(), shape, value, dtype));
  }

  /** Float32 elements to be written: they are zeros, on every engine. */
  default Tensor empty(long... shape) {
    return zeros(shape);
  }

  /** 0, 1, 2, ... below {@code stop}, float32. */
  default Tensor arange(double stop) {
    return arange(0, stop, 1);
  }

  /** {@code start}, start + 1, ... below {@code stop}, float32. */
  default Tensor arange(double start, double stop) {
    return arange(start, stop, 1);
  }

  /** {@code start}, start + step, ... before {@code stop}, float32. */
  default Tensor arange(double start, double stop, double step) {
    return arange(start, stop, step, 1, DataType.FLOAT32);
  }

  /**
   * {@code start}, start + step, ... before {@code stop}.
   *
   * @param repeat how often each number stands there in succession
   */
  default Tensor arange(double start, double stop, double step, int repeat, DataType dtype) {
    if (step == 0) {
      throw new IllegalArgumentException("the step of arange cannot be 0");
    }
    int count = (int) Math.max(0, Math.ceil((stop - start) / step));
    double[] values = new double[count * repeat];
    for (int i = 0; i < values.length; i++) {
      values[i] = start + (i / repeat) * step;
    }
    return array(values, dtype);
  }

  /** {@code num} numbers evenly spaced from start to stop, both included, float32. */
  default Tensor linspace(double start, double stop, int num) {
    return linspace(start, stop, num, true);
  }

  /** {@code num} numbers evenly spaced from start to stop, which is included or not; float32. */
  default Tensor linspace(double start, double stop, int num, boolean endpoint) {
    double[] values = new double[num];
    double step = (stop - start) / Math.max(1, endpoint ? num - 1 : num);
    for (int i = 0; i < num; i++) {
      values[i] = start + i * step;
    }
    return array(values);
  }

  /** The identity matrix, float32. */
  default Tensor eye(int n) {
    return eye(n, n, 0);
  }

  /** Ones on the k-th diagonal, counted to the right, else zeros; float32. */
  default Tensor eye(int rows, int columns, int k) {
    double[] values = new double[rows * columns];
    for (int i = Math.max(0, -k); i < rows && i + k < columns; i++) {
      values[i * columns + i + k] = 1;
    }
    return array(values).reshape(rows, columns);
  }
}
