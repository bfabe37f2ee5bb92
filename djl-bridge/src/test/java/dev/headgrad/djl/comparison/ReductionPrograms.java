package dev.headgrad.djl.comparison;

import static dev.headgrad.djl.comparison.Input.BOOL;
import static dev.headgrad.djl.comparison.Input.CUBE;
import static dev.headgrad.djl.comparison.Input.DOUBLE;
import static dev.headgrad.djl.comparison.Input.EMPTY;
import static dev.headgrad.djl.comparison.Input.FLOAT;
import static dev.headgrad.djl.comparison.Input.HALF;
import static dev.headgrad.djl.comparison.Input.INT;
import static dev.headgrad.djl.comparison.Input.INT_LIMITS;
import static dev.headgrad.djl.comparison.Input.LONG;
import static dev.headgrad.djl.comparison.Input.ONE;
import static dev.headgrad.djl.comparison.Input.SCALAR;
import static dev.headgrad.djl.comparison.Input.SPECIAL;
import static dev.headgrad.djl.comparison.Input.TIES;
import static dev.headgrad.djl.comparison.Input.UINT8;
import static dev.headgrad.djl.comparison.Input.VIEW;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import java.util.List;

/** Reductions, running sums, sorting and searching. */
final class ReductionPrograms {

  private ReductionPrograms() {}

  static List<Family> families() {
    return List.of(reductions(), cumulative(), sorting());
  }

  private interface OverAxes {
    NDArray apply(NDArray x, int[] axes, boolean keepDims);
  }

  private static void overAxes(Family family, String name, OverAxes body) {
    int[][] sets = {{0}, {1}, {-1}, {0, 1}};
    for (boolean keep : new boolean[] {false, true}) {
      for (int[] axes : sets) {
        family.unary(
            name + " over " + java.util.Arrays.toString(axes) + (keep ? " kept" : ""),
            x -> body.apply(x, axes, keep),
            FLOAT,
            INT,
            VIEW,
            CUBE,
            ONE,
            TIES,
            EMPTY);
      }
      family.unary(
          name + " over (0, 2)" + (keep ? " kept" : ""),
          x -> body.apply(x, new int[] {0, 2}, keep),
          CUBE);
    }
  }

  private static Family reductions() {
    Input[] all = Input.everything();
    Family family =
        new Family("reductions")
            .unary("sum", NDArray::sum, all)
            .unary("mean", NDArray::mean, all)
            .unary("max", NDArray::max, all)
            .unary("min", NDArray::min, all)
            .unary("prod", NDArray::prod, all)
            .unary("norm", NDArray::norm, Input.floats())
            .unary("norm kept", x -> x.norm(true), Input.floats())
            .unary("norm over the last axis", x -> x.norm(new int[] {-1}), FLOAT, CUBE, ONE, EMPTY)
            .unary("norm over two axes", x -> x.norm(new int[] {0, 1}, true), FLOAT, CUBE)
            .unary("1-norm", x -> x.norm(1, new int[] {1}, false), FLOAT, CUBE)
            .unary("2-norm", x -> x.norm(2, new int[] {0}, true), FLOAT, CUBE)
            .unary("normalize", x -> x.normalize(), FLOAT, CUBE, ONE)
            .unary("normalize 1-norm of the first axis", x -> x.normalize(1, 0), FLOAT, CUBE)
            .unary("normalize with eps", x -> x.normalize(2, 1, 2), FLOAT, CUBE)
            .unary("trace", NDArray::trace, FLOAT, DOUBLE, INT, ONE, EMPTY, VIEW)
            .unary("trace of an upper diagonal", x -> x.trace(1), FLOAT, INT, ONE)
            .unary("trace of two axes", x -> x.trace(-1, 2, 0), CUBE)
            .unary("median", NDArray::median, FLOAT, DOUBLE, TIES, ONE, SCALAR)
            .unary("median of the last axis", x -> x.median(new int[] {-1}), FLOAT, CUBE, TIES)
            .unary("percentile 30", x -> x.percentile(30), FLOAT, DOUBLE, TIES, ONE, SCALAR)
            .unary(
                "percentile 75 of an axis",
                x -> x.percentile(75, new int[] {1}),
                FLOAT,
                CUBE,
                TIES);
    overAxes(family, "sum", NDArray::sum);
    overAxes(family, "mean", NDArray::mean);
    overAxes(family, "max", NDArray::max);
    overAxes(family, "min", NDArray::min);
    overAxes(family, "prod", NDArray::prod);
    return family;
  }

  private static Family cumulative() {
    Input[] all = {
      FLOAT,
      DOUBLE,
      HALF,
      SPECIAL,
      INT,
      LONG,
      UINT8,
      BOOL,
      INT_LIMITS,
      SCALAR,
      EMPTY,
      ONE,
      VIEW,
      CUBE
    };
    return new Family("cumulative")
        .unary("cumSum", NDArray::cumSum, all)
        .unary("cumSum of the first axis", x -> x.cumSum(0), all)
        .unary("cumSum of the last axis", x -> x.cumSum(-1), all)
        .unary("cumProd of the first axis", x -> x.cumProd(0), all)
        .unary("cumProd of the last axis", x -> x.cumProd(-1), all)
        .unary("cumProd in float64", x -> x.cumProd(0, DataType.FLOAT64), all)
        .unary("diff", x -> x.diff(1, -1), all)
        .unary("diff of the first axis", x -> x.diff(1, 0), all)
        .unary("second diff", x -> x.diff(2, -1), FLOAT, INT, CUBE, ONE);
  }

  private static Family sorting() {
    Input[] all = {FLOAT, DOUBLE, HALF, INT, LONG, UINT8, SCALAR, ONE, VIEW, CUBE, TIES};
    Input[] plain = {FLOAT, DOUBLE, INT, LONG, ONE, VIEW, CUBE};
    Family family =
        new Family("sorting and searching")
            .unary("sort", NDArray::sort, all)
            .unary("sort of the first axis", x -> x.sort(0), all)
            .unary("argSort", NDArray::argSort, plain)
            .unary("argSort of the first axis", x -> x.argSort(0), plain)
            .unary("argSort descending", x -> x.argSort(-1, false), FLOAT, DOUBLE, ONE, VIEW, CUBE)
            .unary("argMax", NDArray::argMax, all)
            .unary("argMax of the first axis", x -> x.argMax(0), all)
            .unary("argMax of the last axis", x -> x.argMax(-1), all)
            .unary("argMin", NDArray::argMin, all)
            .unary("argMin of the first axis", x -> x.argMin(0), all)
            .unary("argMin of the last axis", x -> x.argMin(-1), all)
            .unary("argMax", NDArray::argMax, SPECIAL, EMPTY)
            .unary("argMin", NDArray::argMin, SPECIAL, EMPTY)
            .unary("sort", NDArray::sort, SPECIAL, EMPTY);
    Input distinct =
        new Input(
            "distinct",
            m ->
                m.create(
                    new float[] {3, 1, 7, -2, 9, 4, 0, 8}, new ai.djl.ndarray.types.Shape(2, 4)));
    for (boolean largest : new boolean[] {true, false}) {
      String kind = largest ? " largest" : " smallest";
      family
          .unaryList("topK 2" + kind, x -> x.topK(2, -1, largest, true), distinct, CUBE)
          .unaryList(
              "topK 1 of the first axis" + kind, x -> x.topK(1, 0, largest, true), distinct, CUBE);
    }
    Input repeated = Input.ints("repeated", 3, 1, 3, 2, 1, 3);
    return family
        .unaryList("unique", NDArray::unique, FLOAT, repeated, ONE)
        .unaryList(
            "unique with inverse and counts",
            x -> x.unique(true, true, true),
            FLOAT,
            repeated,
            TIES)
        .unaryList("unique rows", x -> x.unique(0, true, true, true), INT, TIES, FLOAT);
  }
}
