package dev.headgrad.conformance.contract;

import dev.headgrad.Options;
import dev.headgrad.Tensor;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Gradients where there is no derivative: what the real MXNet gives, or D12. */
class KinksTest extends Contract {

  private static final double INF = Double.POSITIVE_INFINITY;

  private void check(UnaryOperator<Tensor> f, Tensor x, double... expected) {
    x.attachGrad();
    record(() -> f.apply(x)).backward();
    assertValues(x.getGrad(), expected);
  }

  @Test
  @Holds("9")
  void everyTiedElementOfAReductionGetsTheFullHead() {
    Tensor x = nd.array(3, 1, 3, 2).attachGrad();
    record(() -> x.max()).backward(nd.array(5));
    assertValues(x.getGrad(), 5, 0, 5, 0);
    record(() -> x.times(-1).min()).backward(nd.array(5));
    assertValues(x.getGrad(), -5, 0, -5, 0);
  }

  @Test
  @Holds("9")
  void tiesOfMaximumAndMinimumGoToTheLeft() {
    Tensor x = nd.array(1, 2, 3).attachGrad();
    Tensor y = nd.array(1, 3, 2).attachGrad();
    record(() -> nd.maximum(x, y)).backward();
    assertValues(x.getGrad(), 1, 0, 1);
    assertValues(y.getGrad(), 0, 1, 0);
    record(() -> nd.minimum(x, y)).backward();
    assertValues(x.getGrad(), 1, 1, 0);
    assertValues(y.getGrad(), 0, 0, 1);
    record(() -> nd.maximum(x, x)).backward();
    assertValues(x.getGrad(), 1, 1, 1);
  }

  @Test
  @Holds("9")
  void tiesOfMaxPoolingGoToTheFirst() {
    Tensor x = nd.ones(1, 1, 2, 2).attachGrad();
    record(() -> nd.pooling(x, new Options.Pooling().kernel(2, 2).poolType("max"))).backward();
    assertValues(x.getGrad(), 1, 0, 0, 0);
  }

  @Test
  @Holds("9")
  void kinksAtZero() {
    check(Tensor::abs, nd.array(-1, 0, -0f, 1), -1, 0, 0, 1);
    check(Tensor::relu, nd.array(-1, 0, -0f, 1), 0, 0, 0, 1);
    check(Tensor::sign, nd.array(-1, 0, -0f, 1), 0, 0, 0, 0);
  }

  @Test
  @Holds("9")
  void clipPassesAtTheBound() {
    check(x -> x.clip(-1, 1), nd.array(-2, -1, 0, 1, 2), 0, 1, 1, 1, 0);
  }

  @Test
  @Holds("9")
  void poles() {
    check(Tensor::sqrt, nd.array(0, -1, 4), INF, Double.NaN, .25);
    check(Tensor::log, nd.array(0, -2, 2), INF, -.5, .5);
    check(Tensor::reciprocal, nd.array(0, 2), -INF, -.25);
    check(Tensor::cbrt, nd.array(0, 8), INF, 1 / 12.);
    check(x -> x.pow(-1), nd.array(0, 2), -INF, -.25);
    check(x -> x.pow(.5), nd.array(0, 4), INF, .25);
  }

  @Test
  @Holds("9")
  void theNormAtZero() {
    check(Tensor::norm, nd.array(0, 0), Double.NaN, Double.NaN);
  }

  @Test
  @Holds("9")
  void nothingIsMasked() {
    check(x -> nd.where(x.gt(0), x.log(), x.times(0)), nd.array(0, 2), Double.NaN, .5);
  }

  @Test
  @Holds("D12")
  void rightGradientsWhereMxNetsAreWrong() {
    double lambda = 1.0507009873554805;
    double alpha = 1.6732632423543772;
    check(x -> nd.leakyReLU(x, "selu"), nd.array(-2, 3), lambda * alpha * Math.exp(-2), lambda);
    check(x -> x.prod(), nd.array(2, 0, 3), 0, 6, 0);
    check(x -> x.prod(), nd.array(0, 0, 3), 0, 0, 0);
    check(x -> x.pow(0), nd.array(0, 2), 0, 0);
    Tensor x = nd.array(-1, 1).attachGrad();
    record(x::relu).backward(nd.array(Float.POSITIVE_INFINITY, Float.POSITIVE_INFINITY));
    assertValues(x.getGrad(), 0, INF);
  }

  @Test
  @Holds("D12")
  void negativeIndicesInAnIndexArray() {
    Tensor x = x4();
    record(() -> x.get(nd.array(-1, 0, -1))).backward(nd.array(1, 10, 100));
    assertValues(x.getGrad(), 10, 0, 0, 101);
  }
}
