package dev.headgrad.djl;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.nn.core.Linear;
import ai.djl.training.ParameterStore;
import ai.djl.training.Trainer;
import ai.djl.training.initializer.ConstantInitializer;
import ai.djl.util.PairList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A custom function inside a DJL block, trained by DJL's Trainer. */
class FunctionInBlockTest extends EngineTest {

  /** tanh, with a gradient of its own. */
  private static final class Tanh extends Function {
    @Override
    protected NDList forward(NDList inputs) {
      NDArray y = inputs.get(0).tanh();
      saveForBackward(y);
      return new NDList(y);
    }

    @Override
    protected NDList backward(NDList outputGrads) {
      NDArray y = savedTensors().get(0);
      return new NDList(outputGrads.get(0).mul(y.onesLike().sub(y.mul(y))));
    }
  }

  private static final class TanhBlock extends AbstractBlock {
    @Override
    protected NDList forwardInternal(
        ParameterStore parameters,
        NDList inputs,
        boolean training,
        @Nullable PairList<String, Object> options) {
      return Autograd.apply(new Tanh(), inputs);
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputShapes) {
      return inputShapes;
    }
  }

  @Test
  void itTrainsLikeTheBuiltInOne() {
    TrainingLoop.Outcome expected =
        TrainingLoop.run(Activation.tanhBlock(), HeadGradientCollector::of);
    TrainingLoop.Outcome actual = TrainingLoop.run(new TanhBlock(), HeadGradientCollector::of);
    assertArrayEquals(expected.losses(), actual.losses(), 1e-5f);
    assertArrayEquals(expected.weight(), actual.weight(), 1e-5f);
  }

  /** PyTorch's graph cannot hold a function: a collector that would pass it over is refused. */
  @Test
  void underTheEnginesOwnCollector() {
    if (ENGINE.getEngineName().equals("PyTorch")) {
      AutogradException e =
          assertThrows(
              AutogradException.class,
              () -> TrainingLoop.run(new TanhBlock(), Trainer::newGradientCollector));
      assertEquals(
          "PyTorch's own GradientCollector would not differentiate Tanh, which has a backward of"
              + " its own: open HeadGradientCollector.of(trainer) instead, or record with Autograd",
          e.getMessage());
      // and afterwards functions work again
      TrainingLoop.run(new TanhBlock(), HeadGradientCollector::of);
    } else {
      TrainingLoop.Outcome expected =
          TrainingLoop.run(Activation.tanhBlock(), Trainer::newGradientCollector);
      TrainingLoop.Outcome actual =
          TrainingLoop.run(new TanhBlock(), Trainer::newGradientCollector);
      assertArrayEquals(expected.losses(), actual.losses(), 1e-5f);
      assertArrayEquals(expected.weight(), actual.weight(), 1e-5f);
    }
  }

  /** Recorded without a collector or trainer, with a head gradient. */
  @Test
  void aBlockOnItsOwn() {
    Block block = Linear.builder().setUnits(1).optBias(false).build();
    block.setInitializer(new ConstantInitializer(2), Parameter.Type.WEIGHT);
    block.initialize(manager, DataType.FLOAT32, new Shape(1, 2));
    Autograd.attachParameters(block);
    NDArray x = manager.create(new float[] {1, 2}, new Shape(1, 2));
    Autograd.attachGrad(x);
    NDArray weight = block.getParameters().valueAt(0).getArray();
    ParameterStore parameters = new ParameterStore(manager, false);
    NDArray y = recorded(() -> block.forward(parameters, new NDList(x), true).singletonOrThrow());
    Autograd.backward(y, manager.create(new float[] {10}, new Shape(1, 1)));
    assertArray(grad(weight), new Shape(1, 2), 10, 20);
    assertArray(weight.getGradient(), new Shape(1, 2), 10, 20);
    assertArray(grad(x), new Shape(1, 2), 20, 20);
  }
}
