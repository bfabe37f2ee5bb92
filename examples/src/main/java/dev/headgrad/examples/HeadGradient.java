package dev.headgrad.examples;

import dev.headgrad.Autograd;
import dev.headgrad.MX;
import dev.headgrad.Nd;
import dev.headgrad.Tensor;

/** What the head gradient of {@code y.backward(head)} is for, answered by running it. */
final class HeadGradient implements Example {

  static final String WITH_HEAD =
      """

      y = 2x was recorded, so dy/dx is known. z = w(y) was computed elsewhere, and the head
      [10, 1, .1, .01] is its dz/dy. backward multiplies the two: dz/dx = dz/dy * dy/dx.
      """;

  static final String WITHOUT_HEAD =
      """

      No head means a head of ones: x.grad is dy/dx, summed over the elements of y.
      """;

  static final String RECORDED_WHOLE =
      """

      Here z = sum(y * [10, 1, .1, .01]) was recorded too. Its dz/dy is that head, so x.grad
      is the same as in the first run: a head stands for the part that was not recorded.
      """;

  static final String PAGES_VERSION =
      """

      The original page records both y = 2x and z = y * x, which is 2x * x: dz/dx is 4x. The
      head belongs to something computed from z, so x.grad is head * 4x.""";

  @Override
  public void run(MX mx, Python out) {
    Nd nd = mx.nd();
    Autograd autograd = mx.autograd();

    Tensor x = nd.array(0, 1, 2, 3);
    x.attachGrad();
    Tensor head = nd.array(10, 1, .1f, .01f);

    autograd.record(() -> x.times(2)).backward(head);
    out.print("with a head:", x.getGrad());
    out.print(WITH_HEAD);

    autograd.record(() -> x.times(2)).backward();
    out.print("without one:", x.getGrad());
    out.print(WITHOUT_HEAD);

    autograd.record(() -> x.times(2).times(head).sum()).backward();
    out.print("recorded whole:", x.getGrad());
    out.print(RECORDED_WHOLE);

    autograd.record(() -> x.times(2).times(x)).backward(head);
    out.print("the page's version:", x.getGrad());
    out.print("is head * 4x:", x.getGrad().eq(head.times(4).times(x)));
    out.print(PAGES_VERSION);
  }
}
