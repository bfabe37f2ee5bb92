package dev.headgrad.benchmarks;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.IntConsumer;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** The process that measures the limits of the {@link Machine}; it needs the Vector API. */
final class MachineLimits {

  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int THREADS = Runtime.getRuntime().availableProcessors();
  private static final int IN_CACHE = 1_000_000;
  private static final int LARGE = 32_000_000;
  private static final int TRIALS = 9;

  private MachineLimits() {}

  /** Measures, and prints the limits in the order of {@link Machine}. */
  public static void main(String[] args) {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    out.println(Worker.MARK + gigaflops());
    for (int n : new int[] {IN_CACHE, LARGE}) {
      int times = LARGE / n;
      float[] a = new float[n];
      float[] b = new float[n];
      float[] c = new float[n];
      Arrays.fill(a, 1);
      Arrays.fill(b, 2);
      double bytes = 4.0 * n * times;
      double copying =
          fastest(
              part -> {
                int from = start(part, n);
                for (int i = 0; i < times; i++) {
                  System.arraycopy(a, from, c, from, start(part + 1, n) - from);
                }
              });
      double adding =
          fastest(
              part -> {
                for (int i = 0; i < times; i++) {
                  add(a, b, c, start(part, n), start(part + 1, n));
                }
              });
      out.println(Worker.MARK + 2 * bytes / copying);
      out.println(Worker.MARK + 3 * bytes / adding);
    }
  }

  private static double gigaflops() {
    int rounds = 20_000_000;
    float[] sink = new float[THREADS];
    double nanos = fastest(part -> sink[part] = multiplyAdd(rounds, part));
    return 2.0 * 12 * SPECIES.length() * rounds * THREADS / nanos;
  }

  /** Where a thread's part of n elements starts; at a multiple of every vector's length. */
  private static int start(int part, int n) {
    return part == THREADS ? n : (int) ((long) n * part / THREADS) & -64;
  }

  /** The least time that all threads take together, in nanoseconds. */
  private static double fastest(IntConsumer work) {
    double least = Double.POSITIVE_INFINITY;
    for (int trial = 0; trial < TRIALS; trial++) {
      Thread[] threads = new Thread[THREADS];
      for (int t = 0; t < THREADS; t++) {
        int part = t;
        threads[t] = new Thread(() -> work.accept(part), "limit-" + t);
      }
      long start = System.nanoTime();
      for (Thread thread : threads) {
        thread.start();
      }
      for (Thread thread : threads) {
        join(thread);
      }
      least = Math.min(least, System.nanoTime() - start);
    }
    return least;
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void add(float[] a, float[] b, float[] c, int from, int to) {
    int i = from;
    for (; i <= to - SPECIES.length(); i += SPECIES.length()) {
      FloatVector.fromArray(SPECIES, a, i)
          .add(FloatVector.fromArray(SPECIES, b, i))
          .intoArray(c, i);
    }
    for (; i < to; i++) {
      c[i] = a[i] + b[i];
    }
  }

  /** Twelve chains of multiply-adds: as many as hide the latency and fit the registers of AVX2. */
  private static float multiplyAdd(int rounds, float seed) {
    FloatVector x = FloatVector.broadcast(SPECIES, 0.999f);
    FloatVector y = FloatVector.broadcast(SPECIES, seed);
    FloatVector a = y;
    FloatVector b = y;
    FloatVector c = y;
    FloatVector d = y;
    FloatVector e = y;
    FloatVector f = y;
    FloatVector g = y;
    FloatVector h = y;
    FloatVector i = y;
    FloatVector j = y;
    FloatVector k = y;
    FloatVector l = y;
    for (int round = 0; round < rounds; round++) {
      a = a.fma(x, y);
      b = b.fma(x, y);
      c = c.fma(x, y);
      d = d.fma(x, y);
      e = e.fma(x, y);
      f = f.fma(x, y);
      g = g.fma(x, y);
      h = h.fma(x, y);
      i = i.fma(x, y);
      j = j.fma(x, y);
      k = k.fma(x, y);
      l = l.fma(x, y);
    }
    FloatVector sum =
        a.add(b).add(c).add(d).add(e).add(f).add(g).add(h).add(i).add(j).add(k).add(l);
    return sum.lane(0);
  }
}
