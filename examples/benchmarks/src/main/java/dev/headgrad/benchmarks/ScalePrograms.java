package dev.headgrad.benchmarks;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;

/** Operations at many sizes. Their ids are a curve's name and a size, as {@code add@1000}. */
final class ScalePrograms {

  private static final int[] ELEMENTS = {
    1,
    3,
    10,
    30,
    100,
    300,
    1000,
    3000,
    10_000,
    30_000,
    100_000,
    300_000,
    1_000_000,
    3_000_000,
    10_000_000
  };
  private static final int[] SIDES = {1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024};

  private ScalePrograms() {}

  /**
   * An operation at growing sizes.
   *
   * @param id what the command line calls it
   * @param title what the chart calls it
   * @param axis what the size counts
   * @param sizes from small to large
   * @param setup makes the work of one size
   */
  record Curve(String id, String title, String axis, List<Integer> sizes, Sized setup) {
    /** The program for one size. */
    Program at(int size) {
      return new Program(
          id + "@" + size,
          title + ", " + size,
          Goal.FASTER,
          (manager, scale) -> setup.prepare(manager, scale.of(size, Math.min(size, 100))));
    }
  }

  /** Makes the work of one size. */
  @FunctionalInterface
  interface Sized {
    Work prepare(NDManager manager, int size);
  }

  static final List<Curve> CURVES =
      List.of(
          elements("add", "x.add(x)", x -> x.add(x)),
          elements("exp", "x.exp()", NDArray::exp),
          elements("sum", "x.sum()", NDArray::sum),
          new Curve(
              "record",
              "record (x*x*2).sum(), backward",
              "elements",
              boxed(ELEMENTS),
              (manager, n) -> ArrayPrograms.recordAndBackward(Data.uniform(manager, n))),
          new Curve(
              "matmul",
              "a.matMul(a), n x n",
              "n",
              boxed(SIDES),
              (manager, n) -> of(Data.uniform(manager, n, n), a -> a.matMul(a))),
          new Curve(
              "softmax",
              "x.softmax(-1), n x n",
              "n",
              boxed(SIDES),
              (manager, n) -> of(Data.uniform(manager, n, n), x -> x.softmax(-1))));

  /** The program with this id. */
  static Program get(String id) {
    int at = id.indexOf('@');
    String name = id.substring(0, at);
    return CURVES.stream()
        .filter(curve -> curve.id().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("there is no curve " + name))
        .at(Integer.parseInt(id.substring(at + 1)));
  }

  private static Curve elements(String id, String title, UnaryOperator<NDArray> operation) {
    return new Curve(
        id,
        title,
        "elements",
        boxed(ELEMENTS),
        (manager, n) -> of(Data.uniform(manager, n), operation));
  }

  private static Work of(NDArray x, UnaryOperator<NDArray> operation) {
    return Work.of(() -> operation.apply(x));
  }

  private static List<Integer> boxed(int... sizes) {
    return Arrays.stream(sizes).boxed().toList();
  }
}
