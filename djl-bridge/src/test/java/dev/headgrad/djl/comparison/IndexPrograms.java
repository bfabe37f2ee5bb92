package dev.headgrad.djl.comparison;

import static dev.headgrad.djl.comparison.Input.BOOL;
import static dev.headgrad.djl.comparison.Input.CUBE;
import static dev.headgrad.djl.comparison.Input.EMPTY;
import static dev.headgrad.djl.comparison.Input.FLOAT;
import static dev.headgrad.djl.comparison.Input.INT;
import static dev.headgrad.djl.comparison.Input.ONE;
import static dev.headgrad.djl.comparison.Input.VIEW;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.List;

/** Reading and writing by index, gathering and scattering. */
final class IndexPrograms {

  private IndexPrograms() {}

  static List<Family> families() {
    return List.of(indexing(), gathering());
  }

  private static NDArray square(NDManager m) {
    return m.arange(20f).reshape(4, 5);
  }

  private static Family indexing() {
    Family family = new Family("indexing");
    for (String index :
        new String[] {
          "1",
          "-1",
          "1:3",
          ":2",
          "2:",
          ":",
          "::2",
          "1::2",
          "::-1",
          "3:0:-1",
          "3:0:-2",
          ":, 1",
          ":, -1",
          ":, 1:4:2",
          "1, 2",
          "-1, -2",
          "1:3, 2:4",
          "..., 1",
          "1, ...",
          "...",
          "2:2",
          "1:1, :",
          ":, ::-1",
          "-3:-1",
          ":-1",
          "1:100",
          "*",
          "0:4, 2"
        }) {
      family.add("get " + index, m -> square(m).get(index));
      family.add("set " + index, m -> set(square(m), new NDIndex(index), 7));
      family.add("get of a transposed array " + index, m -> square(m).transpose().get(index));
    }
    for (String index :
        new String[] {"0, 1:3", "..., -1", ":, 2, 1:3", "1, ..., 0", ":, :, ::2", "1:, :1, ..."}) {
      family.add("get of a cube " + index, m -> CUBE.on(m).get(index));
      family.add("set in a cube " + index, m -> set(CUBE.on(m), new NDIndex(index), 7));
    }
    return family
        .add("get longs", m -> square(m).get(1, 2))
        .add("get a row", m -> square(m).get(2))
        .add("get by a mask", m -> square(m).get(square(m).gt(7)))
        .add(
            "get rows by a mask",
            m -> square(m).get(m.create(new boolean[] {true, false, true, true})))
        .add("get by no mask at all", m -> square(m).get(square(m).gt(100)))
        .add(
            "get by an index array",
            m -> square(m).get(new NDIndex("{}", m.create(new long[] {2, 0, 2}))))
        .add(
            "get by an index array of ints",
            m -> square(m).get(new NDIndex("{}", m.create(new int[] {2, 0}))))
        .add(
            "get by an index array of floats",
            m -> square(m).get(new NDIndex("{}", m.create(new float[] {2, 0}))))
        .add(
            "get by a matrix of indices",
            m -> square(m).get(new NDIndex("{}", m.create(new long[][] {{2, 0}, {1, 3}}))))
        .add(
            "get by an array in the second place",
            m -> square(m).get(new NDIndex(":, {}", m.create(new long[] {2, 0, 2}))))
        .add(
            "get by two index arrays",
            m ->
                square(m)
                    .get(
                        new NDIndex(
                            "{}, {}", m.create(new long[] {2, 0}), m.create(new long[] {1, 4}))))
        .add(
            "get by an array and a number",
            m -> square(m).get(new NDIndex("{}, 1", m.create(new long[] {2, 0}))))
        .add(
            "get by an array and a slice",
            m -> square(m).get(new NDIndex("{}, 1:3", m.create(new long[] {2, 0}))))
        .add(
            "get by a negative index array",
            m -> square(m).get(new NDIndex("{}", m.create(new long[] {-1, 0}))))
        .add("getScalar", m -> square(m).getScalar(1, 2))
        .add("get along an axis", m -> square(m).get(new NDIndex().addAllDim().addIndices(3)))
        .add(
            "set an array",
            m -> set(square(m), new NDIndex("1:3, :2"), m.create(new float[][] {{7, 8}, {9, 10}})))
        .add("set a broadcast array", m -> set(square(m), new NDIndex("1:3"), m.arange(5f)))
        .add(
            "set a strided part",
            m -> set(square(m), new NDIndex("::2, 1::2"), m.arange(4f).reshape(2, 2)))
        .add("set a row", m -> set(square(m), new NDIndex(2), m.arange(5f)))
        .add("set by a mask", m -> set(square(m), new NDIndex("{}", square(m).gt(7)), -1))
        .add(
            "set an array by a mask",
            m ->
                set(
                    square(m),
                    new NDIndex("{}", square(m).gt(16)),
                    m.create(new float[] {1, 2, 3})))
        .add(
            "set by an index array",
            m -> set(square(m), new NDIndex("{}", m.create(new long[] {2, 0})), -1))
        .add(
            "set an array by an index array",
            m ->
                set(
                    square(m),
                    new NDIndex("{}", m.create(new long[] {2, 0})),
                    m.arange(10f).reshape(2, 5)))
        .add(
            "set by two index arrays",
            m ->
                set(
                    square(m),
                    new NDIndex("{}, {}", m.create(new long[] {2, 0}), m.create(new long[] {1, 4})),
                    -1))
        .add(
            "set by a function",
            m -> {
              NDArray x = square(m);
              x.set(new NDIndex("1:3"), y -> y.mul(10));
              return x;
            })
        .add(
            "setScalar",
            m -> {
              NDArray x = square(m);
              x.setScalar(new NDIndex(1, 2), 7);
              return x;
            })
        .add(
            "set where",
            m -> {
              NDArray x = square(m);
              x.set(x.gt(7), 0);
              return x;
            })
        .add(
            "set floats",
            m -> {
              NDArray x = FLOAT.on(m);
              x.set(new float[] {1, 2, 3, 4, 5, 6});
              return x;
            })
        .add("set in ints", m -> set(INT.on(m), new NDIndex(":, 1"), 9))
        .add("set in booleans", m -> set(BOOL.on(m), new NDIndex("0"), 1))
        .add("get of booleans", m -> BOOL.on(m).get(":, 1"))
        .add("get of an empty array", m -> EMPTY.on(m).get(":, 1"))
        .add(
            "write to a slice",
            m -> {
              NDArray x = square(m);
              x.get("1:3").addi(100);
              return x;
            })
        .add(
            "write to a row",
            m -> {
              NDArray x = square(m);
              x.get(1).muli(-1);
              return x;
            })
        .add(
            "write to a reshaped array",
            m -> {
              NDArray x = square(m);
              x.reshape(-1).addi(100);
              return x;
            })
        .add(
            "write to a transposed array",
            m -> {
              NDArray x = square(m);
              x.transpose().addi(100);
              return x;
            })
        .add(
            "write to an expanded array",
            m -> {
              NDArray x = square(m);
              x.expandDims(0).addi(100);
              return x;
            })
        .add(
            "write to what was the same dtype",
            m -> {
              NDArray x = square(m);
              x.toType(DataType.FLOAT32, false).addi(100);
              return x;
            })
        .add(
            "booleanMask",
            m -> square(m).booleanMask(m.create(new boolean[] {true, false, true, true})))
        .add(
            "booleanMask of axis 1",
            m -> square(m).booleanMask(m.create(new boolean[] {true, false, true, true, false}), 1))
        .add("booleanMask of everything", m -> square(m).booleanMask(square(m).gt(7)))
        .add("sequenceMask", m -> CUBE.on(m).sequenceMask(m.create(new float[] {1, 2})))
        .add(
            "sequenceMask with a value",
            m -> CUBE.on(m).sequenceMask(m.create(new float[] {3, 0}), -1));
  }

  private static NDArray set(NDArray x, NDIndex index, Number value) {
    x.set(index, value);
    return x;
  }

  private static NDArray set(NDArray x, NDIndex index, NDArray value) {
    x.set(index, value);
    return x;
  }

  private static NDArray longs(NDManager m, long[] values, long... shape) {
    return m.create(values, new Shape(shape));
  }

  private static Family gathering() {
    return new Family("gathering and scattering")
        .add("gather", m -> square(m).gather(longs(m, new long[] {0, 1, 4, 2}, 2, 2), 1))
        .add("gather axis 0", m -> square(m).gather(longs(m, new long[] {0, 1, 3, 2}, 2, 2), 0))
        .add(
            "gather by ints",
            m ->
                square(m)
                    .gather(longs(m, new long[] {0, 1}, 1, 2).toType(DataType.INT32, false), 0))
        .add(
            "gather of a cube",
            m -> CUBE.on(m).gather(longs(m, new long[] {0, 1, 3, 2}, 2, 2, 1), 2))
        .add("gatherNd", m -> square(m).gatherNd(longs(m, new long[] {0, 1, 3, 2}, 2, 2)))
        .add("gatherNd of rows", m -> square(m).gatherNd(longs(m, new long[] {0, 1, 3}, 1, 3)))
        .add("take", m -> square(m).take(longs(m, new long[] {0, 7, 19}, 3)))
        .add("take a matrix", m -> square(m).take(longs(m, new long[] {0, 7, 19, 3}, 2, 2)))
        .add("take by ints", m -> square(m).take(m.create(new int[] {3, 1})))
        .add("take nothing", m -> square(m).take(longs(m, new long[0], 0)))
        .add(
            "take of a transposed array",
            m -> square(m).transpose().take(longs(m, new long[] {0, 7}, 2)))
        .add(
            "put",
            m -> square(m).put(longs(m, new long[] {0, 7}, 2), m.create(new float[] {-1, -2})))
        .add(
            "put in ints",
            m -> INT.on(m).put(longs(m, new long[] {0, 4}, 2), m.create(new int[] {-1, -2})))
        .add(
            "scatter",
            m ->
                square(m)
                    .scatter(
                        longs(m, new long[] {0, 1, 4, 2}, 2, 2),
                        m.create(new float[][] {{-1, -2}, {-3, -4}}),
                        1))
        .add(
            "scatter axis 0",
            m ->
                square(m)
                    .scatter(
                        longs(m, new long[] {0, 1, 3, 2}, 2, 2),
                        m.create(new float[][] {{-1, -2}, {-3, -4}}),
                        0))
        .addList(
            "embedding",
            m ->
                square(m)
                    .getNDArrayInternal()
                    .embedding(
                        longs(m, new long[] {0, 3, 1, 1}, 2, 2),
                        square(m),
                        ai.djl.ndarray.types.SparseFormat.DENSE))
        .addList(
            "embedding of ints",
            m ->
                square(m)
                    .getNDArrayInternal()
                    .embedding(
                        m.create(new int[] {0, 3}),
                        square(m),
                        ai.djl.ndarray.types.SparseFormat.DENSE))
        .add("get of one element", m -> ONE.on(m).get("0, 0"))
        .add("take of a view", m -> VIEW.on(m).get("1").take(longs(m, new long[] {2, 0}, 2)))
        .addList(
            "nothing is gathered",
            m -> new NDList(square(m).gather(longs(m, new long[0], 0, 2), 0)));
  }
}
