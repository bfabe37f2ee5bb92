package dev.headgrad.benchmarks.jmh;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Operations on four elements: the way from the method call to the kernel and back. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class DispatchBenchmark {

  /** The engine; MXNet only hands over its work, and does it later. */
  @Param({"JavaTape", "PyTorch"})
  public String engine = "";

  private @Nullable NDManager manager;
  private @Nullable NDArray array;
  private @Nullable NDArray attached;

  /** Makes the data. */
  @Setup
  public void prepare() {
    NDManager made = Engine.getEngine(engine).newBaseManager();
    manager = made;
    array = made.create(new float[] {0, 1, 2, 3});
    NDArray variable = made.create(new float[] {0, 1, 2, 3});
    variable.setRequiresGradient(true);
    attached = variable;
  }

  /** Frees the data. */
  @TearDown
  public void close() {
    Objects.requireNonNull(manager).close();
  }

  private NDArray x() {
    return Objects.requireNonNull(array);
  }

  /** Times a number. */
  @Benchmark
  public void timesScalar() {
    x().mul(2).close();
  }

  /** Times itself. */
  @Benchmark
  public void timesArray() {
    x().mul(x()).close();
  }

  /** In place. */
  @Benchmark
  public void addInPlace() {
    x().addi(0);
  }

  /** Sum of all elements. */
  @Benchmark
  public void sum() {
    x().sum().close();
  }

  /** A view of the same elements. */
  @Benchmark
  public void reshape() {
    x().reshape(2, 2).close();
  }

  /** A new array from Java numbers. */
  @Benchmark
  public void create() {
    Objects.requireNonNull(manager).create(new float[] {0, 1, 2, 3}).close();
  }

  /** Elements as Java numbers. */
  @Benchmark
  public float[] read() {
    return x().toFloatArray();
  }

  /** Three operations recorded, and their gradient. */
  @Benchmark
  public void recordAndBackward() {
    NDArray v = Objects.requireNonNull(attached);
    try (GradientCollector collector = Engine.getEngine(engine).newGradientCollector();
        NDArray square = v.mul(v);
        NDArray twice = square.mul(2);
        NDArray sum = twice.sum()) {
      collector.backward(sum);
    }
  }
}
