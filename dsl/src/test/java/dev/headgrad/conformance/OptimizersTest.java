package dev.headgrad.conformance;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.util.PairList;
import dev.headgrad.MX;
import dev.headgrad.Tensor;
import dev.headgrad.TensorScope;
import dev.headgrad.optimizer.AdaDelta;
import dev.headgrad.optimizer.AdaGrad;
import dev.headgrad.optimizer.Adam;
import dev.headgrad.optimizer.Nag;
import dev.headgrad.optimizer.Optimizer;
import dev.headgrad.optimizer.RmsProp;
import dev.headgrad.optimizer.Sgd;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Optimizers against MXNet's own update operators, and against their formulas. */
@Tag("conformance")
class OptimizersTest {

  private static final MX SESSION = MX.open(System.getProperty("headgrad.engine"));
  private static final MX MXNET = MX.open("MXNet,JavaTape");

  private static final float[] WEIGHT = {-5, -2, .25f, 3};
  private static final float[][] GRADS = {{-1, -8, 2, .5f}, {.75f, 4, -.5f, .25f}, {0, 1, 30, -2}};
  private static final double WD = 0.01;
  private static final double RESCALE = 0.5;
  private static final double CLIP = 3;

  @AfterAll
  static void close() {
    SESSION.close();
    MXNET.close();
  }

  /** A rule, MXNet's operator for it, and how many arrays that remembers. */
  enum Rule {
    SGD("sgd_update", 0) {
      @Override
      Optimizer optimizer() {
        return new Sgd(0.4);
      }
    },
    SGD_WITH_MOMENTUM("sgd_mom_update", 1) {
      @Override
      Optimizer optimizer() {
        return new Sgd(0.4, 0.5);
      }

      @Override
      void add(PairList<String, Object> parameters) {
        parameters.add("momentum", 0.5);
      }
    },
    NAG("nag_mom_update", 1) {
      @Override
      Optimizer optimizer() {
        return new Nag(0.4, 0.5);
      }

      @Override
      void add(PairList<String, Object> parameters) {
        parameters.add("momentum", 0.5);
      }
    },
    RMSPROP("rmsprop_update", 1) {
      @Override
      Optimizer optimizer() {
        return new RmsProp(0.4, 0.8, 1e-6);
      }

      @Override
      void add(PairList<String, Object> parameters) {
        parameters.add("gamma1", 0.8);
        parameters.add("epsilon", 1e-6);
      }
    },
    ADAM("adam_update", 2) {
      @Override
      Optimizer optimizer() {
        return new Adam(0.4, 0.8, 0.99, 1e-6);
      }

      @Override
      void add(PairList<String, Object> parameters) {
        parameters.add("beta1", 0.8);
        parameters.add("beta2", 0.99);
        parameters.add("epsilon", 1e-6);
      }

      @Override
      double rate(int count) { // Python corrects the rate, not the operator
        return 0.4 * Math.sqrt(1 - Math.pow(0.99, count)) / (1 - Math.pow(0.8, count));
      }
    };

    private final String operator;
    private final int states;

    Rule(String operator, int states) {
      this.operator = operator;
      this.states = states;
    }

    abstract Optimizer optimizer();

    void add(PairList<String, Object> parameters) {}

    double rate(int count) {
      return 0.4;
    }

    /** What MXNet makes of the weight. */
    float[] updatedNatively() {
      NDManager manager = MXNET.manager();
      NDArray[] inputs = new NDArray[2 + states];
      inputs[0] = manager.create(WEIGHT);
      for (int i = 0; i < states; i++) {
        inputs[2 + i] = manager.zeros(inputs[0].getShape());
      }
      for (int i = 0; i < GRADS.length; i++) {
        inputs[1] = manager.create(GRADS[i]);
        PairList<String, Object> parameters = new PairList<>();
        parameters.add("lr", rate(i + 1));
        parameters.add("wd", WD);
        parameters.add("rescale_grad", RESCALE);
        add(parameters);
        // not in place, where nag would decay by the new weight what it remembers
        NDArray updated = manager.zeros(inputs[0].getShape());
        manager.invoke(operator, inputs, new NDArray[] {updated}, parameters);
        inputs[0] = updated;
      }
      return inputs[0].toFloatArray();
    }
  }

  private static float[] updated(Optimizer optimizer) {
    Tensor weight = SESSION.nd().array(WEIGHT).attachGrad();
    try (TensorScope first = SESSION.scope()) {
      first.keep(weight);
      List<Tensor> state = optimizer.createState(weight);
      for (float[] grad : GRADS) {
        try (TensorScope scope = SESSION.scope()) {
          optimizer.update(7, weight, SESSION.nd().array(grad), state);
        }
      }
    }
    return weight.toFloatArray();
  }

  @ParameterizedTest
  @EnumSource
  void isMxNets(Rule rule) {
    assumeTrue(MXNET.engine().getEngineName().equals("MXNet"), "the native MXNet does not load");
    Optimizer optimizer = rule.optimizer();
    optimizer.setWd(WD);
    optimizer.setRescaleGrad(RESCALE);
    assertArrayEquals(rule.updatedNatively(), updated(optimizer), 2e-6f);
  }

  @Test
  void adaGradFollowsItsFormula() {
    Optimizer optimizer = new AdaGrad(0.4, 1e-3);
    optimizer.setWd(WD);
    double[] h = new double[WEIGHT.length];
    assertFollows(
        optimizer,
        (i, w, g) -> {
          h[i] += g * g;
          return w - 0.4 * (g / Math.sqrt(h[i] + 1e-3) + WD * w);
        });
  }

  @Test
  void adaDeltaFollowsItsFormula() {
    Optimizer optimizer = new AdaDelta(0.8, 1e-3);
    optimizer.setWd(WD);
    double[] n = new double[WEIGHT.length];
    double[] s = new double[WEIGHT.length];
    assertFollows(
        optimizer,
        (i, w, g) -> {
          n[i] = 0.8 * n[i] + 0.2 * g * g;
          double d = Math.sqrt(s[i] + 1e-3) / Math.sqrt(n[i] + 1e-3) * g;
          s[i] = 0.8 * s[i] + 0.2 * d * d;
          return w - d - WD * w;
        });
  }

  @Test
  void gradientsAreRescaledThenClipped() {
    Optimizer optimizer = new Sgd(0.4);
    optimizer.setRescaleGrad(RESCALE);
    optimizer.setClipGradient(CLIP);
    assertFollows(optimizer, (i, w, g) -> w - 0.4 * Math.max(-CLIP, Math.min(CLIP, RESCALE * g)));
  }

  /** The formula of one element. */
  @FunctionalInterface
  private interface Formula {
    double next(int i, double weight, double gradient);
  }

  private static void assertFollows(Optimizer optimizer, Formula formula) {
    float[] actual = updated(optimizer);
    for (int i = 0; i < WEIGHT.length; i++) {
      double expected = WEIGHT[i];
      for (float[] grad : GRADS) {
        expected = formula.next(i, expected, grad[i]);
      }
      assertEquals(expected, actual[i], 1e-5 * Math.max(1, Math.abs(expected)), "element " + i);
    }
  }

  @Test
  void badOptionsAreRefused() {
    IllegalArgumentException rate =
        assertThrows(IllegalArgumentException.class, () -> new Sgd(-0.1));
    assertEquals("learningRate must be 0 or more, not -0.1", rate.getMessage());
    IllegalArgumentException clip =
        assertThrows(IllegalArgumentException.class, () -> new Sgd(1).setClipGradient(0));
    assertEquals("clipGradient must be above 0, not 0.0", clip.getMessage());
  }
}
