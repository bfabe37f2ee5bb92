package dev.headgrad.benchmarks;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.SparseFormat;
import ai.djl.nn.core.Embedding;
import ai.djl.training.GradientCollector;
import java.util.List;
import java.util.function.UnaryOperator;

/** Single operations, and small programs of them with gradients. */
final class ArrayPrograms {

  private static final int MILLION = 1_000_000;
  private static final float LEARNING_RATE = 0.03f;

  private ArrayPrograms() {}

  static final List<Program> ALL =
      List.of(
          new Program(
              "mul-4",
              "`x.mul(2)`, 4 elements",
              Goal.TINY,
              (manager, size) -> unary(Data.uniform(manager, 4), x -> x.mul(2))),
          new Program(
              "broadcast-add",
              "broadcast add (32,64)+(64)",
              Goal.TINY,
              (manager, size) -> {
                NDArray row = Data.uniform(manager, 64);
                return unary(Data.uniform(manager, 32, 64), x -> x.add(row));
              }),
          new Program(
              "record-4",
              "record `(x*x*2).sum()`, backward, 4 elements",
              Goal.TINY,
              (manager, size) -> recordAndBackward(Data.uniform(manager, 4))),
          new Program(
              "linear-regression",
              "linear regression step, batch 10, 2 features, by hand",
              Goal.TINY,
              (manager, size) -> linearRegression(manager)),
          elementwise("exp-1m", "exp, 1M floats", NDArray::exp),
          new Program(
                  "add-1m",
                  "add, 1M",
                  Goal.FASTER,
                  (manager, size) -> {
                    NDArray y = Data.uniform(manager, size.of(MILLION, 100));
                    return unary(Data.uniform(manager, size.of(MILLION, 100)), x -> x.add(y));
                  })
              .boundBy(new Bound(Bound.Limit.ADD, 3.0 * Float.BYTES * MILLION)),
          elementwise("tanh-1m", "tanh, 1M", NDArray::tanh),
          matrix("sum-axis-0", "sum over axis 0, 1000x1000", 1000, x -> x.sum(new int[] {0})),
          matrix("softmax", "softmax 256x1000", 256, x -> x.softmax(-1))
              .boundBy(Bound.copied(256_000)),
          matrix(
                  "transpose",
                  "transpose 1000x1000, materialised",
                  1000,
                  x -> {
                    try (NDArray view = x.transpose()) {
                      return view.flatten();
                    }
                  })
              .boundBy(Bound.copied(MILLION)),
          product(128),
          product(512),
          product(1024),
          new Program(
                  "gather",
                  "gather of 100k rows of 64",
                  Goal.FASTER,
                  (manager, size) -> {
                    int count = size.of(100_000, 10);
                    NDArray rows = Data.rows(manager, count, count);
                    return unary(Data.uniform(manager, count, 64), x -> x.get(rows));
                  })
              .boundBy(new Bound(Bound.Limit.LARGE_COPY, 2.0 * Float.BYTES * 100_000 * 64)),
          new Program(
              "embedding",
              "embedding of 100k rows of 64, with gradient",
              Goal.FASTER,
              ArrayPrograms::embedding));

  private static Work unary(NDArray x, UnaryOperator<NDArray> operation) {
    return Work.of(() -> operation.apply(x));
  }

  private static Program elementwise(String id, String title, UnaryOperator<NDArray> operation) {
    return new Program(
            id,
            title,
            Goal.FASTER,
            (manager, size) -> unary(Data.uniform(manager, size.of(MILLION, 100)), operation))
        .boundBy(Bound.copied(MILLION));
  }

  private static Program matrix(
      String id, String title, int rows, UnaryOperator<NDArray> operation) {
    return new Program(
        id,
        title,
        Goal.FASTER,
        (manager, size) ->
            unary(Data.uniform(manager, size.of(rows, 7), size.of(1000, 11)), operation));
  }

  private static Program product(int n) {
    return new Program(
            "matmul-" + n,
            "matrix product " + n,
            Goal.PRODUCT,
            (manager, size) -> {
              int rows = size.of(n, 8);
              NDArray b = Data.uniform(manager, rows, rows);
              return unary(Data.uniform(manager, rows, rows), a -> a.matMul(b));
            })
        .boundBy(Bound.flops(2.0 * n * n * n));
  }

  static Work recordAndBackward(NDArray x) {
    Runnable step = recordAndBackwardStep(x);
    return Work.of(
        () -> {
          step.run();
          return x.getGradient();
        });
  }

  /** Makes x a variable; each run records {@code (x*x*2).sum()} and goes backward. */
  static Runnable recordAndBackwardStep(NDArray x) {
    x.setRequiresGradient(true);
    Engine engine = x.getManager().getEngine();
    return () -> {
      try (GradientCollector collector = engine.newGradientCollector();
          NDArray square = x.mul(x);
          NDArray twice = square.mul(2);
          NDArray sum = twice.sum()) {
        collector.backward(sum);
      }
    };
  }

  private static Work linearRegression(NDManager manager) {
    int batch = 10;
    NDArray features = Data.uniform(manager, batch, 2);
    NDArray labels = Data.uniform(manager, batch, 1);
    NDArray w = Data.uniform(manager, 2, 1);
    NDArray b = manager.zeros(w.getShape().slice(1));
    w.setRequiresGradient(true);
    b.setRequiresGradient(true);
    Engine engine = manager.getEngine();
    return Work.inPlace(
        w,
        () -> {
          try (GradientCollector collector = engine.newGradientCollector();
              NDArray product = features.matMul(w);
              NDArray prediction = product.add(b);
              NDArray error = prediction.sub(labels);
              NDArray square = error.mul(error);
              NDArray loss = square.mul(0.5f);
              NDArray sum = loss.sum()) {
            collector.backward(sum);
          }
          descend(b, batch);
          descend(w, batch);
        });
  }

  /** Steps down the gradient and clears it, for engines that add to it. */
  private static void descend(NDArray parameter, int batch) {
    try (NDArray gradient = parameter.getGradient();
        NDArray step = gradient.mul(LEARNING_RATE / batch)) {
      parameter.subi(step);
      gradient.subi(gradient);
    }
  }

  private static Work embedding(NDManager manager, Size size) {
    int count = size.of(100_000, 10);
    NDArray rows = Data.rows(manager, count, count);
    NDArray table = Data.uniform(manager, count, 64);
    table.setRequiresGradient(true);
    Engine engine = manager.getEngine();
    return Work.of(
        () -> {
          try (GradientCollector collector = engine.newGradientCollector();
              NDArray vectors =
                  Embedding.embedding(rows, table, SparseFormat.DENSE).singletonOrThrow();
              NDArray sum = vectors.sum()) {
            collector.backward(sum);
          }
          return table.getGradient();
        });
  }
}
