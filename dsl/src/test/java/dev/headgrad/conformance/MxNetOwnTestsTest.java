package dev.headgrad.conformance;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.SparseFormat;
import dev.headgrad.Autograd;
import dev.headgrad.Function;
import dev.headgrad.MX;
import dev.headgrad.Nd;
import dev.headgrad.Tensor;
import dev.headgrad.djl.AutogradException;
import dev.headgrad.djl.GradRequest;
import dev.headgrad.djl.RecordScope;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/**
 * What MXNet 1.9.1's own {@code test_autograd.py} asserts, test by test and under its names. Its
 * sparse storage types have no counterpart in the DSL: all arrays are dense, which is said where it
 * matters.
 */
@Tag("conformance")
class MxNetOwnTestsTest {

  private static final MX SESSION = MX.open(System.getProperty("headgrad.engine"));

  private final Nd nd = SESSION.nd();
  private final Autograd autograd = SESSION.autograd();

  @BeforeEach
  void seed(TestInfo test) {
    int seed = test.getDisplayName().hashCode() & 0xffff;
    System.err.println(test.getDisplayName() + ": seed " + seed);
    nd.random.seed(seed);
  }

  private Tensor uniform(long... shape) {
    return nd.random.uniform(0.5, 1.5, shape);
  }

  private static Tensor grad(Tensor x) {
    Tensor grad = x.getGrad();
    assertNotNull(grad);
    return grad;
  }

  private static void assertClose(Tensor expected, Tensor actual) {
    assertEquals(expected.shape(), actual.shape());
    float[] e = expected.toFloatArray();
    float[] a = actual.toFloatArray();
    for (int i = 0; i < e.length; i++) {
      assertEquals(e[i], a[i], 1e-6f + 1e-5f * Math.abs(e[i]), "element " + i);
    }
  }

  private static void assertEqual(Tensor expected, Tensor actual) {
    assertEquals(expected.shape(), actual.shape());
    assertArrayEquals(expected.toFloatArray(), actual.toFloatArray());
  }

  /** MXNet's {@code autograd_assert}: what {@code grad_and_loss} gives, against closed forms. */
  private void autogradAssert(
      List<Tensor> arguments,
      UnaryOperator<List<Tensor>> function,
      UnaryOperator<List<Tensor>> gradients,
      int... positions) {
    for (int position : positions) {
      arguments.get(position).attachGrad();
    }
    Tensor y = autograd.record(() -> function.apply(arguments).get(0));
    y.backward();
    List<Tensor> expected = gradients.apply(arguments);
    for (int position : positions) {
      assertClose(expected.get(position), grad(arguments.get(position)));
    }
    assertClose(function.apply(arguments).get(0), y);
  }

  private void checkUnary(UnaryOperator<Tensor> f, UnaryOperator<Tensor> derivative) {
    autogradAssert(
        List.of(uniform(4, 5)),
        x -> List.of(f.apply(x.get(0))),
        x -> List.of(derivative.apply(x.get(0))),
        0);
  }

  @Test
  void testUnaryFunc() {
    checkUnary(Tensor::exp, Tensor::exp);
    checkUnary(x -> x.div(2), x -> x.onesLike().div(2));
    checkUnary(x -> x.pow(2), x -> x.times(2));
  }

  private void checkBinary(
      BinaryOperator<Tensor> f, BinaryOperator<Tensor> dx, BinaryOperator<Tensor> dy) {
    autogradAssert(
        List.of(uniform(4, 5), uniform(4, 5)),
        a -> List.of(f.apply(a.get(0), a.get(1))),
        a -> List.of(dx.apply(a.get(0), a.get(1)), dy.apply(a.get(0), a.get(1))),
        0,
        1);
  }

  @Test
  void testBinaryFunc() {
    checkBinary(Tensor::plus, (x, y) -> x.onesLike(), (x, y) -> x.onesLike());
    checkBinary(Tensor::times, (x, y) -> y, (x, y) -> x);
    checkBinary((x, y) -> x.plus(x.times(y)), (x, y) -> y.plus(1), (x, y) -> x);
  }

  @Test
  void testOperatorWithState() {
    Tensor a = uniform(64, 50).attachGrad();
    Tensor b = uniform(64, 50).attachGrad();
    Tensor weight = uniform(32, 50).attachGrad();
    Tensor bias = uniform(32).attachGrad();
    autograd.record(() -> nd.fullyConnected(a.times(b), weight, bias, 32)).backward();
    // MXNet's test asserts no values; these are the closed forms for a head of ones
    assertClose(nd.full(bias.shape(), 64), grad(bias));
    assertClose(nd.broadcastTo(a.times(b).sum(0, true), 32, 50), grad(weight));
    assertClose(b.times(nd.broadcastTo(weight.sum(0, true), 64, 50)), grad(a));
    assertClose(a.times(nd.broadcastTo(weight.sum(0, true), 64, 50)), grad(b));
  }

  @Test
  void testArgnum() {
    Tensor a = uniform(3, 2);
    Tensor b = uniform(3, 2);
    for (boolean mode : new boolean[] {true, false}) {
      for (int[] positions : new int[][] {{0}, {1}, {0, 1}}) {
        autogradAssert(
            List.of(a.copy(), b.copy()),
            x -> List.of(mode ? x.get(0).plus(x.get(1)) : x.get(0).times(x.get(1))),
            x -> mode ? List.of(a.onesLike(), a.onesLike()) : List.of(b, a),
            positions);
      }
    }
  }

  @Test
  void testTraining() {
    Tensor x = nd.ones(10, 10);
    try (RecordScope record = autograd.record()) {
      assertFalse(Arrays.equals(x.toFloatArray(), nd.dropout(x, 0.5).toFloatArray()));
      try (RecordScope pause = autograd.pause()) {
        assertEqual(x, nd.dropout(x, 0.5));
      }
    }
  }

  @Test
  void testOutGrads() {
    Tensor x = nd.ones(3, 5);
    Tensor dx = nd.zeros(3, 5);
    autograd.markVariables(List.of(x), List.of(dx));
    try (RecordScope record = autograd.record()) {
      List<Tensor> rows = nd.split(x, 3, 0, true);
      autograd.backward(
          rows, Arrays.asList(null, nd.array(1, 2, 3, 4, 5), nd.array(5, 4, 3, 2, 1)));
    }
    assertEqual(
        nd.array(new float[] {1, 1, 1, 1, 1, 1, 2, 3, 4, 5, 5, 4, 3, 2, 1}).reshape(3, 5), dx);
  }

  /** MXNet asks {@code _fresh_grad}; here a mark in the buffer tells what has been written. */
  @Test
  void testDetachUpdatedGrad() {
    Tensor x = nd.ones(2, 2);
    Tensor y = nd.ones(2, 2);
    Tensor dx = nd.full(x.shape(), 7);
    Tensor dy = nd.full(x.shape(), 7);
    autograd.markVariables(List.of(x, y), List.of(dx, dy));
    autograd.record(() -> x.plus(2).plus(y)).backward();
    assertEqual(nd.ones(2, 2), dx);
    assertEqual(nd.ones(2, 2), dy);
    dx.assign(7);
    dy.assign(7);
    autograd
        .record(
            () -> {
              Tensor x2 = x.plus(2).detach();
              return x2.plus(y);
            })
        .backward();
    assertEqual(nd.full(x.shape(), 7), dx);
    assertEqual(nd.ones(2, 2), dy);
  }

  @Test
  void testRetainGrad() {
    Tensor x = nd.ones(2, 2);
    Tensor dx = nd.zeros(2, 2);
    autograd.markVariables(List.of(x), List.of(dx), List.of(GradRequest.ADD));
    autograd.record(() -> x.plus(1)).backward(null, false);
    assertEqual(nd.ones(2, 2), dx);
    dx.assign(0);
    Tensor y = autograd.record(() -> x.plus(1));
    y.backward(null, true);
    y.backward(null, false);
    assertEqual(nd.full(x.shape(), 2), dx);
    Tensor z = autograd.record(() -> x.plus(1));
    z.backward();
    assertThrows(AutogradException.class, z::backward);
  }

  @Test
  void testAttachGrad() {
    Tensor x = nd.zeros(10, 10);
    assertNull(x.getGrad());
    x.attachGrad();
    Tensor y = autograd.record(() -> x.times(2));
    assertNull(y.getGrad());
    y.backward(y.onesLike());
    assertEqual(nd.full(x.shape(), 2), grad(x));
  }

  private void assertFlags(boolean recording, boolean training) {
    assertEquals(recording, autograd.isRecording());
    assertEquals(training, autograd.isTraining());
  }

  private static void assertDropped(Tensor y) {
    assertEquals(2, y.max().asScalar());
    assertEquals(0, y.min().asScalar());
  }

  @Test
  void testIsTrain() {
    Tensor x = nd.ones(10, 10).attachGrad();
    try (RecordScope record = autograd.record(true)) {
      assertFlags(true, true);
      Tensor y = nd.dropout(x, 0.5);
      assertDropped(y);
      y.backward();
      assertEqual(y, grad(x));
      try (RecordScope predict = autograd.predictMode()) {
        assertFlags(true, false);
        Tensor same = nd.dropout(x, 0.5);
        assertEqual(x, same);
        same.backward(null, false, false);
        assertEqual(x, grad(x));
      }
    }
    try (RecordScope record = autograd.record(false)) {
      assertFlags(true, false);
      Tensor same = nd.dropout(x, 0.5);
      assertEqual(x, same);
      same.backward(null, false, false);
      assertEqual(x, grad(x));
      try (RecordScope train = autograd.trainMode()) {
        assertFlags(true, true);
        Tensor y = nd.dropout(x, 0.5);
        assertDropped(y);
        y.backward();
        assertEqual(y, grad(x));
      }
    }
    assertFlags(false, false);
    assertEqual(x, nd.dropout(x, 0.5));
    try (RecordScope train = autograd.trainMode()) {
      assertFlags(false, true);
      assertDropped(nd.dropout(x, 0.5));
    }
  }

  /** {@code x / y} and {@code x * y}. */
  private static final class QuotientAndProduct extends Function {
    @Override
    protected List<Tensor> forward(List<Tensor> inputs) {
      Tensor x = inputs.get(0);
      Tensor y = inputs.get(1);
      saveForBackward(x, y);
      return List.of(x.div(y), x.times(y));
    }

    @Override
    protected List<Tensor> backward(List<Tensor> outputGradients) {
      Tensor dm = outputGradients.get(0);
      Tensor dn = outputGradients.get(1);
      Tensor x = savedTensors().get(0);
      Tensor y = savedTensors().get(1);
      return List.of(dm.div(y).plus(dn.times(y)), dn.times(x).minus(dm.times(x).div(y).div(y)));
    }
  }

  @Test
  void testFunction() {
    Tensor x = uniform(10).attachGrad();
    Tensor y = uniform(10).attachGrad();
    try (RecordScope record = autograd.record()) {
      autograd.backward(new QuotientAndProduct().call(List.of(x, y)));
    }
    Tensor dx = grad(x).copy();
    Tensor dy = grad(y).copy();
    try (RecordScope record = autograd.record()) {
      autograd.backward(List.of(x.div(y), x.times(y)));
    }
    assertClose(grad(x), dx);
    assertClose(grad(y), dy);
  }

  private static final class PlusOne extends Function {
    @Override
    protected List<Tensor> forward(List<Tensor> inputs) {
      return List.of(inputs.get(0).plus(1));
    }

    @Override
    protected List<Tensor> backward(List<Tensor> outputGradients) {
      return outputGradients;
    }
  }

  @Test
  void testFunction1() {
    Tensor x = nd.zeros(3, 4);
    Tensor y =
        autograd.record(
            () -> {
              Tensor a = x;
              for (int i = 0; i < 5; i++) {
                a = new PlusOne().call(a);
              }
              return a;
            });
    assertEqual(nd.full(x.shape(), 5), y);
  }

  /**
   * MXNet counts the arguments of the recorded symbol. There are no symbols here: what the graph
   * depends on is what {@code grad} can reach.
   */
  @Test
  void testGetSymbol() {
    Tensor x = nd.ones(1).attachGrad();
    Tensor z = nd.ones(1).attachGrad();
    assertEquals(List.of(true, false), reached(autograd.record(() -> x.times(x)), x, z));
    assertEquals(
        List.of(true, true), reached(autograd.record(() -> x.times(x).plus(z.times(z))), x, z));
  }

  private List<Boolean> reached(Tensor y, Tensor... variables) {
    List<Boolean> reached = new ArrayList<>();
    for (Tensor variable : variables) {
      reached.add(isReached(y, variable));
    }
    return reached;
  }

  private boolean isReached(Tensor y, Tensor variable) {
    try {
      autograd.grad(List.of(y), List.of(variable), null, true, false, true);
      return true;
    } catch (AutogradException e) {
      assertTrue(String.valueOf(e.getMessage()).endsWith("do not depend on it"), e.getMessage());
      return false;
    }
  }

  /** MXNet's gradient has the storage type of its array: here both are dense, of one dtype. */
  @Test
  void testGradWithStype() {
    for (DataType type : new DataType[] {DataType.FLOAT32, DataType.FLOAT64}) {
      Tensor x = nd.zeros(new ai.djl.ndarray.types.Shape(3, 2), type).attachGrad();
      assertEquals(SparseFormat.DENSE, grad(x).ndarray().getSparseFormat());
      autograd.record(() -> x.times(2).sum()).backward();
      assertEquals(SparseFormat.DENSE, grad(x).ndarray().getSparseFormat());
      assertEquals(type, grad(x).dtype());
      assertEquals(x.shape(), grad(x).shape());
    }
  }

  /** The value of the gradient: {@code lhs.T · ones}. MXNet's is row-sparse; here it is dense. */
  @Test
  void testSparseDotGrad() {
    Tensor lhs = uniform(6, 4).times(nd.random.uniform(0, 1, 6, 4).lt(0.3));
    Tensor rhs = uniform(4, 3).attachGrad();
    autograd.record(() -> nd.dot(lhs, rhs)).backward();
    assertClose(nd.dot(lhs.T(), nd.ones(6, 3)), grad(rhs));
  }

  @Test
  void testGradient() {
    Tensor x = nd.ones(1).attachGrad();
    Tensor dx =
        autograd.record(
            () -> autograd.grad(nd.elemwiseAdd(nd.exp(x), x), List.of(x), null, true).get(0));
    assertEquals(3.71828175, dx.asScalar(), 1e-7);
    dx.backward();
    assertEquals(2.71828175, grad(x).asScalar(), 1e-7);
  }
}
