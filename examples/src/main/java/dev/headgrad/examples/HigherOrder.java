package dev.headgrad.examples;

import dev.headgrad.Autograd;
import dev.headgrad.Function;
import dev.headgrad.MX;
import dev.headgrad.Nd;
import dev.headgrad.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Gradients of gradients, and a custom function. */
final class HigherOrder implements Example {

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

  @Override
  public void run(MX mx, Python out) {
    Nd nd = mx.nd();
    Autograd autograd = mx.autograd();
    Tensor x = nd.array(0.5f, 1, 2, 3);
    x.attachGrad();
    Tensor head = nd.array(10, 1, .1f, .01f);

    Map<String, UnaryOperator<Tensor>> functions = new LinkedHashMap<>();
    functions.put("sin", nd::sin);
    functions.put("exp", nd::exp);
    functions.put("log", nd::log);
    functions.put("sigmoid", nd::sigmoid);
    functions.put("tanh", nd::tanh);
    functions.put("sqrt", nd::sqrt);
    functions.forEach(
        (name, f) -> {
          Tensor g =
              autograd.record(() -> autograd.grad(f.apply(x), List.of(x), head, true).get(0));
          g.backward(nd.array(1, 2, 3, 4));
          out.print(name, g, x.getGrad());
        });

    Tensor y = autograd.record(() -> new Sigmoid().call(x));
    y.backward(head);
    out.print(y, x.getGrad());
  }
}
