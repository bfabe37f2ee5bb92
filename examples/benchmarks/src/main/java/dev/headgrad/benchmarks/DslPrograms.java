package dev.headgrad.benchmarks;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.headgrad.MX;
import dev.headgrad.Tensor;
import java.util.List;
import java.util.function.Supplier;

/** Small programs of {@link ArrayPrograms} in headgrad's DSL: what it costs over plain DJL. */
final class DslPrograms {

  private DslPrograms() {}

  /**
   * A program in both forms.
   *
   * @param plain the program of {@link ArrayPrograms}
   * @param dsl the same in the DSL
   * @param operations how many operations it consists of
   */
  record Pair(String plain, Program dsl, int operations) {}

  static final List<Pair> PAIRS =
      List.of(
          new Pair(
              "mul-4",
              new Program(
                  "dsl-mul-4",
                  "`x.times(2)`, 4 elements",
                  Goal.FASTER,
                  (manager, size) -> multiply(open(manager))),
              1),
          new Pair(
              "record-4",
              new Program(
                  "dsl-record-4",
                  "record `(x*x*2).sum()`, backward, 4 elements",
                  Goal.FASTER,
                  (manager, size) -> recordAndBackward(open(manager))),
              4),
          new Pair(
              "matmul-128",
              new Program(
                  "dsl-matmul-128",
                  "matrix product 128",
                  Goal.FASTER,
                  (manager, size) -> product(open(manager), size.of(128, 8))),
              1));

  static final List<Program> ALL = PAIRS.stream().map(Pair::dsl).toList();

  private static MX open(NDManager manager) {
    return MX.open(manager.getEngine().getEngineName());
  }

  private static Tensor tensor(MX mx, long... shape) {
    return mx.nd().random.uniform(-1, 1, shape);
  }

  private static Work latest(Supplier<Tensor> operation) {
    return Work.of(operation, Tensor::ndarray, Tensor::close);
  }

  private static Work multiply(MX mx) {
    Tensor x = tensor(mx, 4);
    return latest(() -> x.times(2));
  }

  private static Work product(MX mx, int n) {
    Tensor a = tensor(mx, n, n);
    Tensor b = tensor(mx, n, n);
    return latest(() -> mx.nd().dot(a, b));
  }

  private static Work recordAndBackward(MX mx) {
    Tensor x = tensor(mx, 4);
    x.attachGrad();
    return Work.inPlace(
        gradient(x),
        () -> {
          try (var scope = mx.scope()) {
            Tensor y = mx.autograd().record(() -> x.times(x).times(2).sum());
            y.backward();
          }
        });
  }

  private static NDArray gradient(Tensor x) {
    Tensor gradient = x.getGrad();
    if (gradient == null) {
      throw new IllegalStateException("the array has no gradient attached");
    }
    return gradient.ndarray();
  }
}
