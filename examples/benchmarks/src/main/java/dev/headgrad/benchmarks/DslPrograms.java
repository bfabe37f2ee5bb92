package dev.headgrad.benchmarks;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.headgrad.MX;
import dev.headgrad.Tensor;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Small programs of {@link ArrayPrograms} in headgrad's DSL: what it costs over plain DJL. */
final class DslPrograms {

  private DslPrograms() {}

  /**
   * A program in both forms.
   *
   * @param plain the program in plain DJL
   * @param dsl the same in the DSL
   * @param operations how many operations it consists of
   */
  record Pair(Program plain, Program dsl, int operations) {}

  static final List<Pair> PAIRS =
      List.of(
          new Pair(
              array("mul-4"),
              new Program(
                  "dsl-mul-4",
                  "`x.times(2)`, 4 elements",
                  Goal.FASTER,
                  (manager, size) -> multiply(open(manager))),
              1),
          new Pair(
              // as below, its gradient is asked for once: closing it would wait for each backward
              new Program(
                  "record-once-4",
                  "record `(x*x*2).sum()`, backward, 4 elements, plain",
                  Goal.FASTER,
                  (manager, size) -> recordAndBackward(Data.uniform(manager, 4))),
              new Program(
                  "dsl-record-4",
                  "record `(x*x*2).sum()`, backward, 4 elements",
                  Goal.FASTER,
                  (manager, size) -> recordAndBackward(open(manager))),
              4),
          new Pair(
              array("matmul-128"),
              new Program(
                  "dsl-matmul-128",
                  "matrix product 128",
                  Goal.FASTER,
                  (manager, size) -> product(open(manager), size.of(128, 8))),
              1));

  /** What of these is in no other list. */
  static final List<Program> ALL =
      PAIRS.stream()
          .flatMap(pair -> Stream.of(pair.plain(), pair.dsl()))
          .filter(program -> !ArrayPrograms.ALL.contains(program))
          .toList();

  private static Program array(String id) {
    return ArrayPrograms.ALL.stream().filter(p -> p.id().equals(id)).findFirst().orElseThrow();
  }

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

  private static Work recordAndBackward(NDArray x) {
    Runnable step = ArrayPrograms.recordAndBackwardStep(x);
    return Work.inPlace(x.getGradient(), step);
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
