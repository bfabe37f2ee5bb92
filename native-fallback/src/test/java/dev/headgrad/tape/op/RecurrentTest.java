package dev.headgrad.tape.op;

import static dev.headgrad.tape.op.GradientCheck.check;
import static dev.headgrad.tape.op.GradientCheck.uniform;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.recurrent.RNN;
import ai.djl.training.ParameterStore;
import ai.djl.training.initializer.Initializer;
import dev.headgrad.tape.autograd.Backward;
import dev.headgrad.tape.core.DenseArray;
import dev.headgrad.tape.core.Elements;
import dev.headgrad.tape.core.Leaf;
import dev.headgrad.tape.core.Tape;
import dev.headgrad.tape.kernel.Workers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RecurrentTest {

  private static final long SEED = 14;
  private static final int FEATURES = 2;
  private static final int WIDTH = 2;
  private final Random random = new Random(SEED);

  private static int gates(Recurrent.Cell cell) {
    switch (cell) {
      case LSTM:
        return 4;
      case GRU:
        return 3;
      default:
        return 1;
    }
  }

  private DenseArray[] parameters(Recurrent.Cell cell, int layers, int directions) {
    DenseArray[] p = new DenseArray[layers * directions * 4];
    int rows = gates(cell) * WIDTH;
    int at = 0;
    for (int layer = 0; layer < layers; layer++) {
      int in = layer == 0 ? FEATURES : WIDTH * directions;
      for (int d = 0; d < directions; d++) {
        p[at++] = uniform(random, -.5, .5, rows, in);
        p[at++] = uniform(random, -.5, .5, rows, WIDTH);
      }
      for (int i = 0; i < 2 * directions; i++) {
        p[at++] = uniform(random, -.5, .5, rows);
      }
    }
    return p;
  }

  @ParameterizedTest
  @EnumSource(Recurrent.Cell.class)
  void gradients(Recurrent.Cell cell) {
    DenseArray x = uniform(random, -1, 1, 2, 2, FEATURES);
    DenseArray state = uniform(random, -1, 1, 4, 2, WIDTH);
    DenseArray[] p = parameters(cell, 2, 2);
    check(
        cell + ", two layers, both directions",
        SEED,
        in -> {
          DenseArray[] parameters = p.clone();
          parameters[0] = in[1];
          parameters[1] = in[2];
          parameters[4] = in[3];
          DenseArray[] states =
              cell == Recurrent.Cell.LSTM
                  ? new DenseArray[] {state, state}
                  : new DenseArray[] {state};
          return Recurrent.run(cell, in[0], states, parameters, true, 2, 0, true)[0];
        },
        x,
        p[0],
        p[1],
        p[4]);
  }

  @Test
  void aStepOfTheGruIsTheFormula() {
    DenseArray[] p = parameters(Recurrent.Cell.GRU, 1, 1);
    DenseArray x = uniform(random, -1, 1, 1, 1, FEATURES);
    DenseArray h = uniform(random, -1, 1, 1, 1, WIDTH);
    DenseArray[] out =
        Recurrent.run(Recurrent.Cell.GRU, x, new DenseArray[] {h}, p, true, 1, 0, false);
    double[] a = affine(p[0], x.doubles(), p[2]);
    double[] b = affine(p[1], h.doubles(), p[3]);
    double[] expected = new double[WIDTH];
    for (int i = 0; i < WIDTH; i++) {
      double reset = 1 / (1 + Math.exp(-a[i] - b[i]));
      double update = 1 / (1 + Math.exp(-a[WIDTH + i] - b[WIDTH + i]));
      double fresh = Math.tanh(a[2 * WIDTH + i] + reset * b[2 * WIDTH + i]);
      expected[i] = (1 - update) * fresh + update * h.doubles()[i];
    }
    assertArrayEquals(expected, out[1].doubles(), 1e-12);
  }

  private static double[] affine(DenseArray w, double[] x, DenseArray b) {
    double[] y = b.doubles().clone();
    for (int i = 0; i < y.length; i++) {
      for (int j = 0; j < x.length; j++) {
        y[i] += w.doubles()[i * x.length + j] * x[j];
      }
    }
    return y;
  }

  @ParameterizedTest
  @EnumSource(Recurrent.Cell.class)
  void oneOperationOfFloatsIsTheSameAsTheSteps(Recurrent.Cell cell) {
    sameAsTheSteps(cell, 3);
  }

  /** So many that inputs are multiplied step by step, and no multiple of a tile's rows. */
  @ParameterizedTest
  @EnumSource(Recurrent.Cell.class)
  void alsoWithManySequences(Recurrent.Cell cell) {
    sameAsTheSteps(cell, 16 * Workers.threads() + 5);
  }

  private void sameAsTheSteps(Recurrent.Cell cell, int batch) {
    for (boolean biased : new boolean[] {true, false}) {
      DenseArray[] doubles = bidirectional(cell, biased, batch);
      DenseArray[] floats = new DenseArray[doubles.length];
      for (int i = 0; i < floats.length; i++) {
        floats[i] = Elements.to(doubles[i], DataType.FLOAT32);
      }
      List<DenseArray> expected = differentiated(cell, biased, doubles);
      List<DenseArray> actual = differentiated(cell, biased, floats);
      assertEquals(expected.size(), actual.size());
      for (int i = 0; i < expected.size(); i++) {
        double[] exact = Elements.copy(expected.get(i)).doubles();
        double largest = DoubleStream.of(exact).map(Math::abs).max().orElse(0);
        assertArrayEquals(
            exact,
            Elements.copy(Elements.to(actual.get(i), DataType.FLOAT64)).doubles(),
            // gradients of parameters are sums over the batch
            1e-5 / 3 * batch * Math.max(1, largest),
            cell + (biased ? " with" : " without") + " biases, array " + i + ", seed " + SEED);
      }
    }
  }

  /** Inputs, states, parameters of two layers in both directions. */
  private DenseArray[] bidirectional(Recurrent.Cell cell, boolean biased, int batch) {
    int steps = 4;
    int features = 5;
    int width = 11; // whole vectors and a rest
    List<DenseArray> all = new ArrayList<>();
    all.add(uniform(random, -1, 1, steps, batch, features));
    for (int s = 0; s < cell.states; s++) {
      all.add(uniform(random, -1, 1, 4, batch, width));
    }
    int rows = gates(cell) * width;
    for (int layer = 0; layer < 2; layer++) {
      for (int d = 0; d < 2; d++) {
        all.add(uniform(random, -.5, .5, rows, layer == 0 ? features : 2 * width));
        all.add(uniform(random, -.5, .5, rows, width));
      }
      for (int i = 0; biased && i < 4; i++) {
        all.add(uniform(random, -.5, .5, rows));
      }
    }
    return all.toArray(new DenseArray[0]);
  }

  /** The outputs, their gradients from heads that are not uniform, and the gradients of those. */
  private static List<DenseArray> differentiated(
      Recurrent.Cell cell, boolean biased, DenseArray[] in) {
    for (DenseArray x : in) {
      x.setVertex(new Leaf(x.type(), x.dims(), Leaf.Update.WRITE), 0);
    }
    boolean was = Tape.setRecording(true);
    try {
      List<DenseArray> all = new ArrayList<>();
      int first = 1 + cell.states;
      DenseArray[] states = Arrays.copyOfRange(in, 1, first);
      DenseArray[] parameters = Arrays.copyOfRange(in, first, in.length);
      List<DenseArray> outputs =
          List.of(Recurrent.run(cell, in[0], states, parameters, biased, 2, 0, true));
      Random heads = new Random(SEED);
      all.addAll(outputs);
      List<DenseArray> kernels = pass(outputs, heads, in, false);
      List<DenseArray> recorded = pass(outputs, new Random(SEED), in, true);
      all.addAll(kernels);
      all.addAll(recorded);
      all.addAll(pass(recorded, heads, in, false));
      all.addAll(pass(outputs.subList(1, outputs.size()), heads, in, false));
      return all;
    } finally {
      Tape.setRecording(was);
    }
  }

  private static List<DenseArray> pass(
      List<DenseArray> y, Random random, DenseArray[] in, boolean createGraph) {
    List<DenseArray> heads = new ArrayList<>();
    for (DenseArray output : y) {
      heads.add(Elements.to(uniform(random, -1, 1, output.dims()), output.type()));
    }
    Map<Leaf, @Nullable DenseArray> gradients = Backward.run(y, heads, true, createGraph);
    List<DenseArray> all = new ArrayList<>();
    for (DenseArray x : in) {
      DenseArray g = gradients.get(x.vertex());
      all.add(g == null ? DenseArray.zeros(x.type(), x.dims()) : g);
    }
    return all;
  }

  /** As DJL's MXNet engine has it; its PyTorch engine refuses an RNN without an activation. */
  @Test
  void anRnnWithoutAnActivationRectifies() {
    try (NDManager manager = NDManager.newBaseManager("JavaTape")) {
      Block rnn = RNN.builder().setStateSize(2).setNumLayers(1).optHasBiases(false).build();
      rnn.setInitializer(Initializer.ONES, parameter -> true);
      rnn.initialize(manager, DataType.FLOAT32, new Shape(1, 2, 2));
      NDArray x = manager.create(new float[] {-1, -1, 1, 2}, new Shape(1, 2, 2));
      NDArray y = rnn.forward(new ParameterStore(manager, false), new NDList(x), false).head();
      assertArrayEquals(new float[] {0, 0, 3, 3}, y.toFloatArray());
    }
  }

  @Test
  void wrongShapesAreNamed() {
    DenseArray[] p = parameters(Recurrent.Cell.GRU, 1, 1);
    DenseArray x = uniform(random, -1, 1, 1, 1, FEATURES + 1);
    DenseArray h = uniform(random, -1, 1, 1, 1, WIDTH);
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () -> Recurrent.run(Recurrent.Cell.GRU, x, new DenseArray[] {h}, p, true, 1, 0, false));
    assertEquals("the weights of the inputs have the shape (6, 2), not (6, 3)", e.getMessage());
  }
}
