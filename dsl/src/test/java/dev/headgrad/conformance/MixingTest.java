package dev.headgrad.conformance;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.nn.core.Linear;
import ai.djl.training.GradientCollector;
import ai.djl.training.ParameterStore;
import ai.djl.training.initializer.ConstantInitializer;
import dev.headgrad.MX;
import dev.headgrad.Nd;
import dev.headgrad.Tensor;
import dev.headgrad.djl.Autograd;
import dev.headgrad.djl.AutogradException;
import dev.headgrad.djl.HeadGradientCollector;
import dev.headgrad.djl.RecordScope;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** DJL's blocks and collectors, and the DSL, in one program. */
@Tag("conformance")
class MixingTest {

  private static final MX SESSION = MX.open(System.getProperty("headgrad.engine"));

  private final Nd nd = SESSION.nd();

  private static void assertGrad(@Nullable Tensor grad, float... expected) {
    assertNotNull(grad);
    assertArrayEquals(expected, grad.toFloatArray(), 1e-6f);
  }

  /** {@code 2 a + 2 b} for each row {@code [a, b]}. */
  private static Block linear() {
    Block block = Linear.builder().setUnits(1).optBias(false).build();
    block.setInitializer(new ConstantInitializer(2), Parameter.Type.WEIGHT);
    block.initialize(SESSION.manager(), DataType.FLOAT32, new Shape(1, 2));
    return block;
  }

  private static NDArray weight(Block block) {
    return block.getParameters().valueAt(0).getArray();
  }

  private Tensor forward(Block block, Tensor x) {
    ParameterStore parameters = new ParameterStore(SESSION.manager(), false);
    return nd.wrap(block.forward(parameters, new NDList(x.ndarray()), true).singletonOrThrow());
  }

  @Test
  void aBlockInsideOfRecord() {
    Block block = linear();
    Autograd.attachParameters(block);
    Tensor x = nd.array(1, 2).reshape(1, 2).attachGrad();
    Tensor y = SESSION.autograd().record(() -> forward(block, x.times(3)).times(x.sum()));
    // y = 2 (3 a + 3 b) (a + b) = 6 (a + b)², and the weight gets 3 x (a + b)
    y.backward(nd.array(10).reshape(1, 1));
    assertGrad(x.getGrad(), 360, 360);
    assertArrayEquals(new float[] {90, 180}, weight(block).getGradient().toFloatArray());
    assertArrayEquals(new float[] {90, 180}, Autograd.getGrad(weight(block)).toFloatArray());
  }

  /** Parameters that nobody has attached are constants. */
  @Test
  void aBlockWhoseParametersAreNotWanted() {
    Block block = linear();
    block.freezeParameters(true);
    Tensor x = nd.array(1, 2).reshape(1, 2).attachGrad();
    SESSION.autograd().record(() -> forward(block, x)).backward(nd.array(10).reshape(1, 1));
    assertGrad(x.getGrad(), 20, 20);
  }

  @Test
  void tensorsInsideOfACollectorWithHeads() {
    Tensor x = nd.array(0, 1, 2, 3).attachGrad();
    try (HeadGradientCollector collector = HeadGradientCollector.of(SESSION.engine())) {
      Tensor y = x.times(2).relu();
      collector.backward(y.ndarray(), nd.array(10, 1, .1f, .01f).ndarray());
    }
    assertGrad(x.getGrad(), 0, 2, .2f, .02f);
  }

  @Test
  void tensorsInsideOfTheEnginesOwnCollector() {
    Tensor x = nd.array(0, 1, 2, 3).attachGrad();
    try (GradientCollector collector = SESSION.engine().newGradientCollector()) {
      assertTrue(SESSION.autograd().isRecording());
      assertTrue(SESSION.autograd().isTraining());
      collector.backward(x.times(x).times(2).ndarray());
      assertGrad(x.getGrad(), 0, 4, 8, 12);
      // or the Tensor's own backward, with a head
      x.times(x).backward(nd.array(10, 1, .1f, .01f));
      assertGrad(x.getGrad(), 0, 2, .4f, .06f);
      try (RecordScope pause = SESSION.autograd().pause()) {
        Tensor constant = x.times(2);
        assertThrows(AutogradException.class, constant::backward);
      }
      assertTrue(SESSION.autograd().isRecording());
    }
  }

  @Test
  void aCollectorInsideOfRecordIsRefused() {
    try (RecordScope record = SESSION.autograd().record()) {
      assertThrows(
          AutogradException.class, () -> HeadGradientCollector.of(SESSION.engine()).close());
      assertTrue(SESSION.autograd().isRecording());
    }
  }
}
