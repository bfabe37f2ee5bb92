package dev.headgrad.examples;

import dev.headgrad.Autograd;
import dev.headgrad.MX;
import dev.headgrad.Nd;
import dev.headgrad.Tensor;
import dev.headgrad.djl.GradRequest;
import dev.headgrad.djl.RecordScope;

/** The autograd page of the crash course, cell by cell. */
final class AutogradPage implements Example {

  @Override
  public void run(MX mx, Python out) {
    columnTimesItself(mx, out);
    intermediateVariable(mx, out);
    controlFlow(mx, out);
    modes(mx, out);
    addedUp(mx, out);
  }

  private static void columnTimesItself(MX mx, Python out) {
    Nd nd = mx.nd();
    Autograd autograd = mx.autograd();
    Tensor x = nd.arange(4).reshape(4, 1);
    x.attachGrad();
    out.print(x, x.getGrad());
    Tensor y = autograd.record(() -> nd.dot(x.T(), x).times(2));
    out.print(y);
    y.backward();
    out.print(x.getGrad(), x.getGrad().minus(x.times(4)).norm().asScalar() == 0);

    autograd.record(() -> x.sum()).backward();
    out.print(x.getGrad());

    autograd.record(() -> x.times(x)).backward();
    out.print(x.getGrad());

    try (RecordScope scope = autograd.record()) {
      Tensor square = x.times(x);
      Tensor u = square.detach();
      Tensor z = u.times(x);
      z.backward();
      out.print(Python.scalar(x.getGrad().minus(u).sum()));
      square.backward();
      out.print(Python.scalar(x.getGrad().minus(x.times(2)).sum()));
    }
  }

  private static void intermediateVariable(MX mx, Python out) {
    Nd nd = mx.nd();
    Tensor y = nd.ones(4).times(2);
    y.attachGrad();
    Tensor x = nd.arange(4);
    x.attachGrad();
    try (RecordScope scope = mx.autograd().record()) {
      Tensor u = x.times(y);
      u.attachGrad(); // from here on u is a variable: what it was computed from is cut off
      Tensor z = u.times(5).minus(x);
      z.backward();
      out.print(x.getGrad(), u.getGrad(), y.getGrad());
    }
  }

  /** Doubles until the norm reaches 1000; a negative result is taken a hundred times. */
  private static Tensor f(Tensor a) {
    Tensor b = a.times(2);
    while (b.norm().asScalar() < 1000) {
      b = b.times(2);
    }
    return b.sum().asScalar() > 0 ? b : b.times(100);
  }

  private static void controlFlow(MX mx, Python out) {
    Nd nd = mx.nd();
    for (int seed = 0; seed < 4; seed++) {
      nd.random.seed(seed);
      Tensor a = nd.random.normal(0, 1, 1);
      a.attachGrad();
      Tensor c = mx.autograd().record(() -> f(a));
      c.backward();
      out.print(a, c, a.getGrad(), a.getGrad().eq(c.div(a)));
    }
  }

  private static void modes(MX mx, Python out) {
    Autograd autograd = mx.autograd();
    out.print(autograd.isTraining(), autograd.isRecording());
    try (RecordScope record = autograd.record()) {
      out.print(autograd.isTraining(), autograd.isRecording());
      try (RecordScope predict = autograd.predictMode()) {
        out.print(autograd.isTraining(), autograd.isRecording());
      }
      try (RecordScope pause = autograd.pause()) {
        out.print(autograd.isTraining(), autograd.isRecording());
      }
    }
  }

  private static void addedUp(MX mx, Python out) {
    Nd nd = mx.nd();
    Tensor x = nd.array(1, 2, 3);
    x.attachGrad(GradRequest.ADD);
    for (Tensor head : new Tensor[] {nd.array(1, 1, 1), nd.array(10, 20, 30)}) {
      mx.autograd().record(() -> x.pow(2)).backward(head);
    }
    out.print(x.getGrad());
  }
}
