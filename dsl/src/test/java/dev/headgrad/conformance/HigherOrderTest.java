package dev.headgrad.conformance;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.headgrad.Function;
import dev.headgrad.MX;
import dev.headgrad.Nd;
import dev.headgrad.Tensor;
import dev.headgrad.djl.AutogradException;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Gradients of gradients, and a custom function: the tutorial page and section 8 of the facts. */
@Tag("conformance")
class HigherOrderTest {

  private static final MX SESSION = MX.open(System.getProperty("headgrad.engine"));

  private final Nd nd = SESSION.nd();

  private static float[] floats(@Nullable Tensor x) {
    return x == null ? new float[0] : x.toFloatArray();
  }

  private void check(UnaryOperator<Tensor> f, float[] first, float[] second) {
    Tensor x = nd.array(.5f, 1, 2, 3).attachGrad();
    Tensor g =
        SESSION
            .autograd()
            .record(
                () ->
                    SESSION
                        .autograd()
                        .grad(
                            List.of(f.apply(x)),
                            List.of(x),
                            List.of(nd.array(10, 1, .1f, .01f)),
                            null,
                            true,
                            true)
                        .get(0));
    close(first, floats(g));
    g.backward(nd.array(1, 2, 3, 4));
    close(second, floats(x.getGrad()));
  }

  private static void close(float[] expected, float[] actual) {
    for (int i = 0; i < expected.length; i++) {
      assertArrayEquals(
          new float[] {expected[i]},
          new float[] {actual[i]},
          1e-6f + 2e-5f * Math.abs(expected[i]),
          "element " + i);
    }
  }

  @Test
  void secondDerivativesThatEveryEngineHas() {
    check(
        Tensor::sin,
        new float[] {8.7758255f, .5403023f, -.0416147f, -.0098999f},
        new float[] {-4.7942553f, -1.6829419f, -.2727892f, -.0056448f});
    check(
        Tensor::exp,
        new float[] {16.487213f, 2.7182817f, .7389056f, .2008554f},
        new float[] {16.487213f, 5.4365635f, 2.216717f, .8034214f});
    check(
        Tensor::log,
        new float[] {20, 1, .05f, .0033333f},
        new float[] {-40, -2, -.075f, -.0044444f});
    check(
        Tensor::tanh,
        new float[] {7.8644772f, .41997433f, .0070650815f, 9.8659992e-05f},
        new float[] {-7.2686195f, -1.2794f, -.0408656f, -.00078537676f});
    check(
        Tensor::sigmoid,
        new float[] {2.3500371f, .19661193f, .010499363f, .00045176654f},
        new float[] {-.575568f, -.1817155f, -.0239888f, -.0016357f});
    check(
        Tensor::sqrt,
        new float[] {7.0710678f, .5f, .035355341f, .0028867512f},
        new float[] {-7.0710683f, -.5f, -.026516508f, -.0019245009f});
    check(Tensor::square, new float[] {10, 2, .4f, .06f}, new float[] {20, 4, .6f, .08f});
  }

  @Test
  void cubesHaveSecondDerivativesOrAnErrorThatSaysWhereTheyDo() {
    UnaryOperator<Tensor> cube = x -> x.times(x).times(x);
    float[] first = {7.5f, 3, 1.2f, .27f};
    float[] second = {30, 12, 3.6f, .72f};
    if (SESSION.engine().getEngineName().equals("MXNet")) {
      AutogradException e = assertThrows(AutogradException.class, () -> check(cube, first, second));
      org.junit.jupiter.api.Assertions.assertTrue(
          String.valueOf(e.getMessage()).endsWith("the engine JavaTape can"), e.getMessage());
    } else {
      check(cube, first, second);
    }
  }

  private static final class Sigmoid extends Function {
    @Override
    protected List<Tensor> forward(List<Tensor> inputs) {
      Tensor y = inputs.get(0).unaryMinus().exp().plus(1).rdiv(1);
      saveForBackward(y);
      return List.of(y);
    }

    @Override
    protected List<Tensor> backward(List<Tensor> outputGradients) {
      Tensor y = savedTensors().get(0);
      return List.of(outputGradients.get(0).times(y).times(y.rminus(1)));
    }
  }

  @Test
  void aCustomFunction() {
    Tensor x = nd.array(.5f, 1, 2, 3).attachGrad();
    Tensor y = SESSION.autograd().record(() -> new Sigmoid().call(x));
    y.backward(nd.array(10, 1, .1f, .01f));
    close(new float[] {.62245935f, .7310586f, .880797f, .95257413f}, floats(y));
    close(new float[] {2.3500371f, .19661193f, .010499363f, .00045176654f}, floats(x.getGrad()));
  }
}
