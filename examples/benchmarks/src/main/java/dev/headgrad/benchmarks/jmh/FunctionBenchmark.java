package dev.headgrad.benchmarks.jmh;

import dev.headgrad.tape.kernel.function.Folds;
import dev.headgrad.tape.kernel.function.Simd;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Kernels over one row of floats, on one thread. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class FunctionBenchmark {

  /** Elements: a few, what fits the first cache, and what fits the last. */
  @Param({"16", "4096", "1000000"})
  public int n;

  private float[] x = {};
  private float[] y = {};

  /** Makes the data. */
  @Setup
  public void prepare() {
    SplittableRandom random = new SplittableRandom(1);
    x = new float[n];
    y = new float[n];
    for (int i = 0; i < n; i++) {
      x[i] = (float) (4 * random.nextDouble() - 2);
    }
  }

  /** Exponential function. */
  @Benchmark
  public float[] exp() {
    Simd.KERNELS.exp(x, 0, y, 0, n);
    return y;
  }

  /** Hyperbolic tangent. */
  @Benchmark
  public float[] tanh() {
    Simd.KERNELS.tanh(x, 0, y, 0, n);
    return y;
  }

  /** Logistic function. */
  @Benchmark
  public float[] sigmoid() {
    Simd.KERNELS.sigmoid(x, 0, y, 0, n);
    return y;
  }

  /** Softmax of the row. */
  @Benchmark
  public float[] softmax() {
    Folds.KERNELS.softmax(x, 0, y, 0, n);
    return y;
  }

  /** Sum. */
  @Benchmark
  public float sum() {
    return Folds.KERNELS.sum(x, 0, n);
  }

  /** Greatest element. */
  @Benchmark
  public float max() {
    return Folds.KERNELS.max(x, 0, n);
  }

  /** Dot product with itself. */
  @Benchmark
  public float dot() {
    return Folds.KERNELS.dot(x, 0, x, 0, n);
  }
}
