package dev.headgrad.benchmarks.jmh;

import dev.headgrad.tape.kernel.matrix.Gemm;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Matrix products of floats and doubles, on all threads. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class ProductBenchmark {

  /** Rows of the left factor, columns of the right one, and what they share. */
  @Param({"4x4x4", "32x32x32", "128x128x128", "512x512x512", "256x10x256", "1x1024x1024"})
  public String shape = "";

  /** Which factors are stored transposed. */
  @Param({"none", "left", "right"})
  public String transposed = "";

  private int m;
  private int n;
  private int k;
  private float[] a = {};
  private float[] b = {};
  private float[] c = {};
  private double[] da = {};
  private double[] db = {};
  private double[] dc = {};

  /** Makes the data. */
  @Setup
  public void prepare() {
    String[] sizes = shape.split("x", -1);
    m = Integer.parseInt(sizes[0]);
    n = Integer.parseInt(sizes[1]);
    k = Integer.parseInt(sizes[2]);
    a = new float[m * k];
    b = new float[k * n];
    c = new float[m * n];
    da = new double[m * k];
    db = new double[k * n];
    dc = new double[m * n];
    Arrays.fill(a, 0.5f);
    Arrays.fill(b, 0.25f);
    Arrays.fill(da, 0.5);
    Arrays.fill(db, 0.25);
  }

  private boolean left() {
    return transposed.equals("left");
  }

  private boolean right() {
    return transposed.equals("right");
  }

  /** A product of floats. */
  @Benchmark
  public float[] floats() {
    int aRow = left() ? 1 : k;
    int aCol = left() ? m : 1;
    int bRow = right() ? 1 : n;
    int bCol = right() ? k : 1;
    Gemm.multiply(m, n, k, a, 0, aRow, aCol, b, 0, bRow, bCol, c, 0, n, false);
    return c;
  }

  /** A product of doubles. */
  @Benchmark
  public double[] doubles() {
    int aRow = left() ? 1 : k;
    int aCol = left() ? m : 1;
    int bRow = right() ? 1 : n;
    int bCol = right() ? k : 1;
    Gemm.multiply(m, n, k, da, 0, aRow, aCol, db, 0, bRow, bCol, dc, 0, n, false);
    return dc;
  }
}
