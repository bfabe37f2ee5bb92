package dev.headgrad.tape.op;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.types.DataType;
import dev.headgrad.tape.autograd.Backward;
import dev.headgrad.tape.core.DenseArray;
import dev.headgrad.tape.core.Dims;
import dev.headgrad.tape.core.Elements;
import dev.headgrad.tape.core.Leaf;
import dev.headgrad.tape.core.Tape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Holds the gradient rules of a function against central differences in float64, with a random,
 * non-uniform head: the first derivatives, and the derivatives of those.
 */
public final class GradientCheck {

  private static final double STEP = 1e-5;

  private final String name;
  private final Function<DenseArray[], DenseArray> function;
  private final Random random;
  private final long seed;
  private double tolerance = 1e-6;

  private GradientCheck(String name, Function<DenseArray[], DenseArray> function, long seed) {
    this.name = name;
    this.function = function;
    this.seed = seed;
    this.random = new Random(seed);
  }

  /** Checks both orders of a function of float64 arrays at the given point. */
  public static void check(
      String name, long seed, Function<DenseArray[], DenseArray> function, DenseArray... at) {
    GradientCheck check = new GradientCheck(name, function, seed);
    check.firstOrder(at);
    check.secondOrder(at);
  }

  /** Checks the first derivatives only, for a function whose second ones are zero or undefined. */
  public static void checkFirst(
      String name, long seed, Function<DenseArray[], DenseArray> function, DenseArray... at) {
    new GradientCheck(name, function, seed).firstOrder(at);
  }

  /** A float64 array of numbers between low and high. */
  public static DenseArray uniform(Random random, double low, double high, int... dims) {
    double[] values = new double[Dims.size(dims)];
    for (int i = 0; i < values.length; i++) {
      values[i] = low + (high - low) * random.nextDouble();
    }
    return DenseArray.of(values, DataType.FLOAT64, dims);
  }

  private void firstOrder(DenseArray[] at) {
    DenseArray y = function.apply(constants(at));
    DenseArray head = uniform(random, -1, 1, y.dims());
    DenseArray[] gradients = gradients(variables(at), head, false);
    compare("first", at, gradients, x -> dot(function.apply(constants(x)), head));
  }

  private void secondOrder(DenseArray[] at) {
    tolerance = 1e-5;
    DenseArray head = uniform(random, -1, 1, function.apply(constants(at)).dims());
    DenseArray[] weights = new DenseArray[at.length];
    for (int i = 0; i < at.length; i++) {
      weights[i] = uniform(random, -1, 1, at[i].dims());
    }
    DenseArray[] x = variables(at);
    DenseArray[] first = gradients(x, head, true);
    List<DenseArray> heads = new ArrayList<>();
    List<@Nullable DenseArray> headGradients = new ArrayList<>();
    for (int i = 0; i < first.length; i++) {
      if (first[i].needsGradient()) {
        heads.add(first[i]);
        headGradients.add(weights[i]);
      }
    }
    DenseArray[] second = collect(x, Backward.run(heads, headGradients, false, false));
    compare(
        "second",
        at,
        second,
        p -> {
          DenseArray[] g = gradients(variables(p), head, false);
          double sum = 0;
          for (int i = 0; i < g.length; i++) {
            sum += dot(g[i], weights[i]);
          }
          return sum;
        });
  }

  private DenseArray[] gradients(DenseArray[] x, DenseArray head, boolean createGraph) {
    boolean was = Tape.setRecording(true);
    try {
      DenseArray y = function.apply(x);
      return collect(x, Backward.run(List.of(y), List.of(head), createGraph, createGraph));
    } finally {
      Tape.setRecording(was);
    }
  }

  private static DenseArray[] collect(DenseArray[] x, Map<Leaf, @Nullable DenseArray> gradients) {
    DenseArray[] out = new DenseArray[x.length];
    for (int i = 0; i < x.length; i++) {
      DenseArray g = gradients.get(x[i].vertex());
      out[i] = g == null ? DenseArray.zeros(DataType.FLOAT64, x[i].dims()) : g;
    }
    return out;
  }

  private static DenseArray[] variables(DenseArray[] at) {
    DenseArray[] x = constants(at);
    for (DenseArray v : x) {
      v.setVertex(new Leaf(v.type(), v.dims(), Leaf.Update.WRITE), 0);
    }
    return x;
  }

  private static DenseArray[] constants(DenseArray[] at) {
    DenseArray[] x = new DenseArray[at.length];
    for (int i = 0; i < at.length; i++) {
      x[i] = Elements.copy(at[i]);
    }
    return x;
  }

  private static double dot(DenseArray a, DenseArray b) {
    assertEquals(Dims.text(b.dims()), Dims.text(a.dims()));
    double[] x = Elements.copy(a).doubles();
    double[] y = Elements.copy(b).doubles();
    double sum = 0;
    for (int i = 0; i < x.length; i++) {
      sum += x[i] * y[i];
    }
    return sum;
  }

  private void compare(
      String order, DenseArray[] at, DenseArray[] gradients, Function<DenseArray[], Double> f) {
    for (int k = 0; k < at.length; k++) {
      assertEquals(Dims.text(at[k].dims()), Dims.text(gradients[k].dims()));
      double[] g = Elements.copy(gradients[k]).doubles();
      for (int i = 0; i < at[k].size(); i++) {
        double expected =
            (f.apply(moved(at, k, i, STEP)) - f.apply(moved(at, k, i, -STEP))) / (2 * STEP);
        assertEquals(
            expected,
            g[i],
            tolerance * Math.max(1, Math.abs(expected)),
            name + ": " + order + " order, input " + k + ", element " + i + ", seed " + seed);
      }
    }
  }

  private static DenseArray[] moved(DenseArray[] at, int k, int i, double step) {
    DenseArray[] x = constants(at);
    x[k].doubles()[i] += step;
    return x;
  }
}
