package dev.headgrad.djl.comparison;

import static dev.headgrad.djl.comparison.Input.BOOL;
import static dev.headgrad.djl.comparison.Input.CUBE;
import static dev.headgrad.djl.comparison.Input.DOUBLE;
import static dev.headgrad.djl.comparison.Input.EMPTY;
import static dev.headgrad.djl.comparison.Input.FLOAT;
import static dev.headgrad.djl.comparison.Input.INT;
import static dev.headgrad.djl.comparison.Input.INT_SCALAR;
import static dev.headgrad.djl.comparison.Input.LONG;
import static dev.headgrad.djl.comparison.Input.ONE;
import static dev.headgrad.djl.comparison.Input.SCALAR;
import static dev.headgrad.djl.comparison.Input.UINT8;
import static dev.headgrad.djl.comparison.Input.VIEW;
import static dev.headgrad.djl.comparison.Input.shape;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.FloatBuffer;
import java.util.List;

/** Changes of shape, joining and splitting, creation. */
final class ShapePrograms {

  private ShapePrograms() {}

  static List<Family> families() {
    return List.of(shapes(), joining(), creation());
  }

  private static Family shapes() {
    Input[] two = {FLOAT, INT, BOOL, EMPTY, ONE, VIEW};
    Input[] any = {FLOAT, DOUBLE, INT, UINT8, BOOL, SCALAR, EMPTY, ONE, VIEW, CUBE};
    return new Family("shapes")
        .unary("reshape", x -> x.reshape(3, 2), FLOAT, INT, VIEW, BOOL)
        .unary("reshape -1", x -> x.reshape(-1), any)
        .unary("reshape (-1, 3)", x -> x.reshape(-1, 3), FLOAT, VIEW, CUBE)
        .unary("reshape to one more axis", x -> x.reshape(new Shape(1, -1, 1)), FLOAT, ONE, SCALAR)
        .unary("reshape 0-d", x -> x.reshape(new Shape()), ONE, SCALAR)
        .unary("flatten", NDArray::flatten, any)
        .unary("flatten some axes", x -> x.flatten(0, 1), FLOAT, CUBE)
        .unary("flatten the last axes", x -> x.flatten(1, -1), CUBE)
        .unary("expandDims 0", x -> x.expandDims(0), any)
        .unary("expandDims -1", x -> x.expandDims(-1), any)
        .unary("expandDims 1", x -> x.expandDims(1), two)
        .unary("squeeze", NDArray::squeeze, any)
        .unary("squeeze 0", x -> x.squeeze(0), ONE)
        .unary("squeeze two axes", x -> x.squeeze(new int[] {0, 1}), ONE)
        .unary("transpose", NDArray::transpose, any)
        .unary("transpose (1, 0)", x -> x.transpose(1, 0), two)
        .unary("transpose (2, 0, 1)", x -> x.transpose(2, 0, 1), CUBE)
        .unary("swapAxes", x -> x.swapAxes(0, 1), two)
        .unary("swapAxes -1", x -> x.swapAxes(0, -1), CUBE)
        .unary("flip", x -> x.flip(0), two)
        .unary("flip both", x -> x.flip(0, 1), two)
        .unary("flip -1", x -> x.flip(-1), CUBE)
        .unary("rotate90", x -> x.rotate90(1, new int[] {0, 1}), FLOAT, INT, CUBE)
        .unary("rotate90 thrice", x -> x.rotate90(3, new int[] {1, 2}), CUBE)
        .unary("broadcast", x -> x.broadcast(2, 2, 3), FLOAT, INT)
        .unary("broadcast 0-d", x -> x.broadcast(shape(2, 2)), SCALAR, ONE)
        .unary("tile 2", x -> x.tile(2), any)
        .unary("tile axis 0", x -> x.tile(0, 2), two)
        .unary("tile (2, 3)", x -> x.tile(new long[] {2, 3}), two)
        .unary("tile to a shape", x -> x.tile(new Shape(4, 6)), FLOAT, INT)
        .unary("repeat 2", x -> x.repeat(2), any)
        .unary("repeat axis 0", x -> x.repeat(0, 2), two)
        .unary("repeat (2, 3)", x -> x.repeat(new long[] {2, 3}), two)
        .unary("repeat to a shape", x -> x.repeat(new Shape(4, 6)), FLOAT, INT)
        .unary("pad", x -> x.pad(new Shape(1, 2), 7), FLOAT, VIEW, CUBE)
        .unary("pad two axes", x -> x.pad(new Shape(1, 0, 2, 1), -1), FLOAT, CUBE)
        .unary("diagonal", NDArray::diagonal, FLOAT, INT, ONE, EMPTY)
        .unary("diagonal 1", x -> x.diagonal(1), FLOAT, INT)
        .unary("diagonal -1 of two axes", x -> x.diagonal(-1, 0, 2), CUBE)
        .unary("zerosLike", NDArray::zerosLike, any)
        .unary("onesLike", NDArray::onesLike, any)
        .unary("isEmpty", x -> x.getManager().create(x.isEmpty()), any)
        .unary("size", x -> x.getManager().create(x.size()), any)
        .unary("oneHot", x -> x.oneHot(4), Input.ints("indices", 0, 3, 1), INT_SCALAR)
        .unary("oneHot int64", x -> x.oneHot(4, DataType.INT64), Input.ints("indices", 0, 3, 1))
        .unary(
            "oneHot with values",
            x -> x.oneHot(3, 5, -1, DataType.FLOAT32),
            Input.ints("indices", 0, 2))
        .unary(
            "oneHot of a matrix",
            x -> x.oneHot(3),
            Input.ints("indices", 0, 2, 1, 1).reshaped(2, 2))
        .unary("oneHot out of range", x -> x.oneHot(3), Input.ints("indices", 0, -1))
        .unary(
            "intern",
            x -> {
              NDArray y = x.add(1);
              x.intern(y);
              return x;
            },
            FLOAT,
            INT)
        .unary(
            "copyTo",
            x -> {
              NDArray target = x.zerosLike();
              x.copyTo(target);
              return target;
            },
            any);
  }

  private static Family joining() {
    Family family = new Family("joining and splitting");
    for (Input x : new Input[] {FLOAT, INT, BOOL, EMPTY, ONE, VIEW, CUBE, UINT8, LONG}) {
      String label = " " + x.label();
      family
          .add("concat" + label, m -> NDArrays.concat(new NDList(x.on(m), x.on(m))))
          .add("concat -1" + label, m -> NDArrays.concat(new NDList(x.on(m), x.on(m), x.on(m)), -1))
          .add("stack" + label, m -> NDArrays.stack(new NDList(x.on(m), x.on(m))))
          .add("stack 1" + label, m -> NDArrays.stack(new NDList(x.on(m), x.on(m)), 1))
          .add("stack -1" + label, m -> NDArrays.stack(new NDList(x.on(m), x.on(m)), -1));
    }
    return family
        .add("stack 0-d", m -> NDArrays.stack(new NDList(SCALAR.on(m), SCALAR.on(m))))
        .add("concat of one", m -> NDArrays.concat(new NDList(FLOAT.on(m))))
        .add("concat with an empty one", m -> EMPTY.on(m).concat(FLOAT.on(m)))
        .add("concat of two dtypes", m -> FLOAT.on(m).concat(INT.on(m)))
        .add("stack of two dtypes", m -> FLOAT.on(m).stack(DOUBLE.on(m)))
        .addList("split 2", m -> FLOAT.on(m).split(2))
        .addList("split 3 of axis 1", m -> FLOAT.on(m).split(3, 1))
        .addList("split at indices", m -> CUBE.on(m).split(new long[] {1, 3}, 2))
        .addList("split at no index", m -> FLOAT.on(m).split(new long[0]))
        .addList("split at an index, int32", m -> INT.on(m).split(new long[] {1}))
        .addList("split of the last axis", m -> CUBE.on(m).split(2, -1))
        .addList("split at 0", m -> FLOAT.on(m).split(new long[] {0}))
        .addList("split unequally", m -> CUBE.on(m).split(2, 1));
  }

  private static Family creation() {
    Family family = new Family("creation");
    for (DataType type :
        new DataType[] {
          DataType.FLOAT32,
          DataType.FLOAT64,
          DataType.FLOAT16,
          DataType.INT32,
          DataType.INT64,
          DataType.INT8,
          DataType.UINT8,
          DataType.BOOLEAN
        }) {
      String label = " " + type;
      family
          .add("zeros" + label, m -> m.zeros(new Shape(2, 2), type))
          .add("ones" + label, m -> m.ones(new Shape(2, 2), type))
          .add("ones 0-d" + label, m -> m.ones(new Shape(), type))
          .add("full" + label, m -> m.full(new Shape(2), 3, type))
          .add("eye" + label, m -> m.eye(2, 3, 1, type))
          .add("arange" + label, m -> m.arange(0, 5, 2, type))
          .add("arange of floats" + label, m -> m.arange(0f, 5f, 2f, type));
    }
    return family
        .add("0-d float", m -> m.create(1.5f))
        .add("0-d int", m -> m.create(3))
        .add("0-d long", m -> m.create(3L))
        .add("0-d double", m -> m.create(2.5))
        .add("0-d byte", m -> m.create((byte) 3))
        .add("0-d boolean", m -> m.create(true))
        .add("floats", m -> m.create(new float[] {1, 2}))
        .add("doubles", m -> m.create(new double[] {1, 2}))
        .add("ints", m -> m.create(new int[] {1, 2}))
        .add("longs", m -> m.create(new long[] {1, 2}))
        .add("bytes", m -> m.create(new byte[] {1, -2}))
        .add("booleans", m -> m.create(new boolean[] {true, false}))
        .add("rows of floats", m -> m.create(new float[][] {{1, 2}, {3, 4}}))
        .add("rows of ints", m -> m.create(new int[][] {{1, 2}, {3, 4}}))
        .add("rows of doubles", m -> m.create(new double[][] {{1, 2}, {3, 4}}))
        .add("rows of longs", m -> m.create(new long[][] {{1, 2}, {3, 4}}))
        .add("rows of bytes", m -> m.create(new byte[][] {{1, 2}, {3, 4}}))
        .add("rows of booleans", m -> m.create(new boolean[][] {{true}, {false}}))
        .add("no floats", m -> m.create(new float[0]))
        .add("a buffer", m -> m.create(FloatBuffer.wrap(new float[] {1, 2, 3, 4}), new Shape(2, 2)))
        .add("full int", m -> m.full(new Shape(2), 3))
        .add("full float", m -> m.full(new Shape(2), 3.5f))
        .add("arange 5", m -> m.arange(5))
        .add("arange 5f", m -> m.arange(5f))
        .add("arange backwards", m -> m.arange(5, 0, -2))
        .add("arange of nothing", m -> m.arange(3, 3, 1))
        .add("arange by fractions", m -> m.arange(0f, 1f, .3f))
        .add("eye", m -> m.eye(3))
        .add("eye below", m -> m.eye(3, 4, -1))
        .add("linspace", m -> m.linspace(0, 10, 5))
        .add("linspace without its end", m -> m.linspace(0, 10, 5, false))
        .add("linspace of floats", m -> m.linspace(-1f, 1f, 7))
        .add("linspace of one", m -> m.linspace(2f, 3f, 1, true))
        .add("linspace of none", m -> m.linspace(2f, 3f, 0, true))
        .add("hanningWindow", m -> m.hanningWindow(8))
        .add("randomUniform has its shape", m -> m.randomUniform(0, 1, new Shape(3, 2)).mul(0))
        .add(
            "randomUniform in float64",
            m -> m.randomUniform(0, 1, new Shape(3), DataType.FLOAT64).mul(0))
        .add("randomNormal has its shape", m -> m.randomNormal(new Shape(3, 2)).mul(0))
        .add("truncatedNormal has its shape", m -> m.truncatedNormal(new Shape(3, 2)).mul(0))
        .add(
            "randomInteger has its shape",
            m -> m.randomInteger(0, 5, new Shape(3, 2), DataType.INT64).mul(0))
        .add(
            "randomInteger has its dtype",
            m -> m.randomInteger(0, 5, new Shape(3), DataType.INT32).mul(0))
        .add("randomPermutation permutes", m -> m.randomPermutation(5).sort())
        .add(
            "randomMultinomial of a certainty",
            m -> m.randomMultinomial(4, m.create(new float[] {0, 1, 0})))
        .add(
            "randomMultinomial with a shape",
            m -> m.randomMultinomial(4, m.create(new float[] {0, 1}), new Shape(2)))
        .add(
            "sampleNormal without variance",
            m -> m.sampleNormal(m.create(new float[] {1, 2}), m.create(new float[] {0, 0})))
        .add(
            "sampleNormal with a shape",
            m ->
                m.sampleNormal(
                    m.create(new float[] {1, 2}), m.create(new float[] {0, 0}), new Shape(3)))
        .add("samplePoisson of nothing", m -> m.samplePoisson(m.create(new float[] {0, 0})))
        .add(
            "sampleGamma has its shape",
            m ->
                m.sampleGamma(
                        m.create(new float[] {1, 2}), m.create(new float[] {1, 1}), new Shape(3))
                    .mul(0));
  }
}
