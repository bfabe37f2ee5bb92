package dev.headgrad.conformance;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.types.Shape;
import dev.headgrad.MX;
import dev.headgrad.Nd;
import dev.headgrad.Tensor;
import dev.headgrad.TensorScope;
import dev.headgrad.gluon.Loss;
import dev.headgrad.gluon.Parameter;
import dev.headgrad.gluon.Trainer;
import dev.headgrad.gluon.nn.Dense;
import dev.headgrad.gluon.nn.Sequential;
import dev.headgrad.optimizer.Adam;
import dev.headgrad.optimizer.Sgd;
import dev.headgrad.random.Initializers;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Networks, their parameters and their training. */
@Tag("conformance")
class GluonTest {

  private static final MX SESSION = MX.open(System.getProperty("headgrad.engine"));
  private static final Nd ND = SESSION.nd();

  @AfterAll
  static void close() {
    SESSION.close();
  }

  @Test
  void parametersAreDrawnInTheOrderOfTheLayers() {
    ND.random.seed(5);
    Tensor first = ND.random.init(Initializers.xavier(), 3, 4);
    Tensor second = ND.random.init(Initializers.xavier(), 2, 3);
    Sequential net = new Sequential(new Dense(3, "tanh"), new Dense(2));
    net.initialize(Initializers.xavier());
    ND.random.seed(5);
    Tensor x = ND.arange(8).reshape(2, 2, 2);
    Tensor y = net.call(x);
    Tensor hidden = ND.dot(x.reshape(2, 4), first, false, true).tanh();
    assertValues(ND.dot(hidden, second, false, true), y);
    assertEquals(
        List.of("0.weight", "0.bias", "1.weight", "1.bias"),
        List.copyOf(net.collectParams().keySet()));
    assertValues(first, net.collectParams().get("0.weight").data());
    assertValues(ND.zeros(2), net.collectParams().get("1.bias").data());
    assertEquals(2, net.size());
  }

  @Test
  void aLayerMayKeepAxesAndLeaveTheBiasOut() {
    Dense layer = new Dense(2, null, false, false, Initializers.one(), Initializers.constant(7));
    layer.initialize();
    assertNull(layer.bias());
    Tensor y = layer.call(ND.ones(5, 4, 3));
    assertEquals(new Shape(5, 4, 2), y.shape());
    assertEquals(3, y.get(0, 0, 0).asScalar());
  }

  @Test
  void aFunctionIsALayer() {
    Sequential net = new Sequential(x -> x.times(2), x -> x.plus(1));
    assertEquals(7, net.call(ND.array(3)).asScalar());
    assertTrue(net.collectParams().isEmpty());
  }

  @Test
  void whatIsNotThereIsNamed() {
    Dense layer = new Dense(2);
    assertFalse(layer.weight().hasData());
    assertMessage("has not been initialized", () -> layer.call(ND.ones(1, 3)));
    layer.initialize();
    assertMessage("no values yet", () -> layer.weight().data());
    layer.call(ND.ones(1, 3));
    assertMessage(
        "the parameter has shape (2, 3), but the data needs (2, 4)",
        () -> layer.call(ND.ones(1, 4)));
    assertMessage("1 output or more", () -> new Dense(0));
  }

  private static void assertMessage(String part, Runnable action) {
    RuntimeException e = assertThrows(RuntimeException.class, action::run);
    assertTrue(String.valueOf(e.getMessage()).contains(part), e.getMessage());
  }

  @Test
  void initializingAgainDrawsAgain() {
    Dense layer = new Dense(2);
    layer.initialize(Initializers.one());
    layer.call(ND.ones(1, 3));
    Parameter weight = layer.weight();
    layer.initialize(Initializers.constant(4));
    assertArrayEquals(new double[] {4, 4, 4, 4, 4, 4}, weight.data().toDoubleArray());
  }

  @Test
  void parametersOutlastTheScopesOfBatches() {
    Dense layer = new Dense(1);
    layer.initialize(Initializers.zero());
    Trainer trainer = new Trainer(layer.collectParams(), new Adam(0.1));
    Tensor x = ND.array(1, 2, 3, 4).reshape(4, 1);
    Tensor y = x.times(3).minus(2).reshape(4);
    Loss loss = Loss.l2Loss();
    for (int step = 0; step < 300; step++) {
      try (TensorScope batch = SESSION.scope()) {
        SESSION.autograd().record(() -> loss.call(layer.call(x), y)).backward();
        trainer.step(4);
      }
    }
    assertEquals(3, layer.weight().data().asScalar(), 0.05);
  }

  @Test
  void aStepDividesByTheBatch() {
    Dense layer = new Dense(1, null, false, true, Initializers.zero(), null);
    layer.initialize();
    Trainer trainer = new Trainer(layer.collectParams(), new Sgd(0.5));
    Tensor x = ND.array(1, 3).reshape(2, 1);
    SESSION.autograd().record(() -> layer.call(x)).backward();
    assertEquals(4, layer.weight().grad().asScalar());
    trainer.step(2);
    assertEquals(-1, layer.weight().data().asScalar());
    trainer.optimizer().setLearningRate(0);
    trainer.step(2);
    assertEquals(-1, layer.weight().data().asScalar());
  }

  private static void assertValues(Tensor expected, Tensor actual) {
    assertEquals(expected.shape(), actual.shape());
    assertArrayEquals(expected.toDoubleArray(), actual.toDoubleArray(), 1e-6);
  }
}
