package dev.headgrad.djl.comparison;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.SplittableRandom;
import java.util.function.Function;

/**
 * A labelled array that every engine can make.
 *
 * @param label what programs that use it are called
 * @param maker makes it
 */
record Input(String label, Function<NDManager, NDArray> maker) {

  private static final float NAN = Float.NaN;
  private static final float INF = Float.POSITIVE_INFINITY;

  static final Input FLOAT =
      new Input("float32", m -> m.create(new float[] {-1.5f, -.5f, 0, .25f, 1, 3}, shape(2, 3)));
  static final Input DOUBLE =
      new Input("float64", m -> m.create(new double[] {-1.5, -.5, 0, .25, 1, 3}, shape(2, 3)));
  static final Input HALF = new Input("float16", m -> FLOAT.on(m).toType(DataType.FLOAT16, false));
  static final Input SPECIAL =
      new Input("special", m -> m.create(new float[] {NAN, INF, -INF, -0f, 0, 1}));
  static final Input INT =
      new Input("int32", m -> m.create(new int[] {-3, -1, 0, 2, 5, 5}, shape(2, 3)));
  static final Input LONG =
      new Input("int64", m -> m.create(new long[] {-3, -1, 0, 2, 5, 5}, shape(2, 3)));
  static final Input INT_LIMITS =
      new Input(
          "int32 limits",
          m -> m.create(new int[] {Integer.MIN_VALUE, -1, 1, 1 << 30, Integer.MAX_VALUE}));
  static final Input INT8 =
      new Input("int8", m -> m.create(new byte[] {-128, -1, 0, 1, 100, 127}, shape(2, 3)));
  static final Input UINT8 =
      new Input(
          "uint8",
          m ->
              m.create(new int[] {0, 1, 2, 3, 200, 255}, shape(2, 3))
                  .toType(DataType.UINT8, false));
  static final Input BOOL =
      new Input(
          "bool",
          m -> m.create(new boolean[] {true, false, true, true, false, false}, shape(2, 3)));
  static final Input SCALAR = new Input("0-d", m -> m.create(.75f));
  static final Input INT_SCALAR = new Input("0-d int32", m -> m.create(3));
  static final Input EMPTY = new Input("empty", m -> m.create(shape(0, 3)));
  static final Input ONE = new Input("one element", m -> m.create(new float[] {.75f}, shape(1, 1)));
  static final Input VIEW =
      new Input(
          "transposed",
          m -> m.create(new float[] {-1.5f, -.5f, 0, .25f, 1, 3}, shape(3, 2)).transpose());
  static final Input TIES =
      new Input(
          "ties", m -> m.create(new float[] {2, 5, 5, 1, 5, 2, 2, 2, 1, 1, 1, 5}, shape(3, 4)));
  static final Input CUBE = random("cube", 7, 2, 3, 4);

  /** Every kind of array there is. */
  static Input[] everything() {
    return new Input[] {
      FLOAT,
      DOUBLE,
      HALF,
      SPECIAL,
      INT,
      LONG,
      INT_LIMITS,
      INT8,
      UINT8,
      BOOL,
      SCALAR,
      INT_SCALAR,
      EMPTY,
      ONE,
      VIEW,
      CUBE
    };
  }

  /** Arrays of floats in all shapes. */
  static Input[] floats() {
    return new Input[] {FLOAT, DOUBLE, HALF, SPECIAL, SCALAR, EMPTY, ONE, VIEW, CUBE};
  }

  /** Numbers in [-1, 1), the same for the same seed on every engine. */
  static Input random(String label, long seed, long... shape) {
    return new Input(
        label,
        m -> {
          SplittableRandom random = new SplittableRandom(seed);
          float[] values = new float[(int) shape(shape).size()];
          for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextDouble(-1, 1);
          }
          return m.create(values, shape(shape));
        });
  }

  static Input ints(String label, int... values) {
    return new Input(label, m -> m.create(values));
  }

  static Shape shape(long... dims) {
    return new Shape(dims);
  }

  /** The same numbers with other dimensions. */
  Input reshaped(long... dims) {
    return new Input(label + " " + shape(dims), m -> on(m).reshape(dims));
  }

  Input as(DataType type) {
    return new Input(
        label + " " + type.name().toLowerCase(java.util.Locale.ROOT),
        m -> on(m).toType(type, false));
  }

  NDArray on(NDManager manager) {
    return maker.apply(manager);
  }

  /** The pair of this and another input. */
  Input[] with(Input other) {
    return new Input[] {this, other};
  }
}
