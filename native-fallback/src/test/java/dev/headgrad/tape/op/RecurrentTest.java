package dev.headgrad.tape.op;

import static dev.headgrad.tape.op.GradientCheck.check;
import static dev.headgrad.tape.op.GradientCheck.uniform;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import dev.headgrad.tape.core.DenseArray;
import java.util.Random;
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
}
