package dev.headgrad.tape.op;

import static dev.headgrad.tape.op.ComplexNumbers.conj;

import ai.djl.ndarray.types.DataType;
import dev.headgrad.tape.core.DenseArray;
import dev.headgrad.tape.core.Node;
import dev.headgrad.tape.core.Op.Keeps;
import dev.headgrad.tape.kernel.arithmetic.BinaryLoops;
import dev.headgrad.tape.kernel.arithmetic.ComplexLoops;
import dev.headgrad.tape.kernel.arithmetic.RowLoops;

/**
 * Sums, products, quotients and extremes of two arrays, element by element and broadcast.
 *
 * <p>The gradient of a function of complex numbers is multiplied by the conjugate of its
 * derivative, as PyTorch does.
 *
 * <p>Each operation is a field of its own class, so that a program loads those it uses.
 */
public final class Arithmetic {

  private Arithmetic() {}

  // y = a + b          da = g                  db = g
  private static final class Add extends Broadcasting {
    static final Add OP = new Add();

    Add() {
      super("add", Keeps.NOTHING, RowLoops.ADD, RowLoops.ADD);
    }

    @Override
    void run(float[] a, int ao, int as, float[] b, int bo, int bs, float[] y, int yo, int n) {
      BinaryLoops.add(a, ao, as, b, bo, bs, y, yo, n);
    }

    @Override
    void run(double[] a, int ao, int as, double[] b, int bo, int bs, double[] y, int yo, int n) {
      BinaryLoops.add(a, ao, as, b, bo, bs, y, yo, n);
    }

    @Override
    void run(long[] a, int ao, int as, long[] b, int bo, int bs, long[] y, int yo, int n) {
      BinaryLoops.add(a, ao, as, b, bo, bs, y, yo, n);
    }

    @Override
    void runComplex(
        float[] a, int ao, int as, float[] b, int bo, int bs, float[] y, int yo, int n) {
      ComplexLoops.add(a, ao, as, b, bo, bs, y, yo, n);
    }

    @Override
    protected DenseArray gradientA(Node node, DenseArray head) {
      return head;
    }

    @Override
    protected DenseArray gradientB(Node node, DenseArray head) {
      return head;
    }
  }

  // y = a - b          da = g                  db = -g
  private static final class Sub extends Broadcasting {
    static final Sub OP = new Sub();

    Sub() {
      super("sub", Keeps.NOTHING, RowLoops.SUB, RowLoops.SUB_FROM);
    }

    @Override
    void run(float[] a, int ao, int as, float[] b, int bo, int bs, float[] y, int yo, int n) {
      BinaryLoops.sub(a, ao, as, b, bo, bs, y, yo, n);
    }

    @Override
    void run(double[] a, int ao, int as, double[] b, int bo, int bs, double[] y, int yo, int n) {
      BinaryLoops.sub(a, ao, as, b, bo, bs, y, yo, n);
    }

    @Override
    void run(long[] a, int ao, int as, long[] b, int bo, int bs, long[] y, int yo, int n) {
      BinaryLoops.sub(a, ao, as, b, bo, bs, y, yo, n);
    }

    @Override
    void runComplex(
        float[] a, int ao, int as, float[] b, int bo, int bs, float[] y, int yo, int n) {
      ComplexLoops.sub(a, ao, as, b, bo, bs, y, yo, n);
    }

    @Override
    protected DenseArray gradientA(Node node, DenseArray head) {
      return head;
    }

    @Override
    protected DenseArray gradientB(Node node, DenseArray head) {
      return UnaryMath.neg(head);
    }
  }

  // y = a * b          da = g * b              db = g * a
  private static final class Mul extends Broadcasting {
    static final Mul OP = new Mul();

    Mul() {
      super("mul", Keeps.OTHER_INPUT, RowLoops.MUL, RowLoops.MUL);
    }

    @Override
    void run(float[] a, int ao, int as, float[] b, int bo, int bs, float[] y, int yo, int n) {
      BinaryLoops.mul(a, ao, as, b, bo, bs, y, yo, n);
    }

    @Override
    void run(double[] a, int ao, int as, double[] b, int bo, int bs, double[] y, int yo, int n) {
      BinaryLoops.mul(a, ao, as, b, bo, bs, y, yo, n);
    }

    @Override
    void run(long[] a, int ao, int as, long[] b, int bo, int bs, long[] y, int yo, int n) {
      BinaryLoops.mul(a, ao, as, b, bo, bs, y, yo, n);
    }

    @Override
    void runComplex(
        float[] a, int ao, int as, float[] b, int bo, int bs, float[] y, int yo, int n) {
      ComplexLoops.mul(a, ao, as, b, bo, bs, y, yo, n);
    }

    @Override
    protected DenseArray gradientA(Node node, DenseArray head) {
      return mul(head, conj(node.input(1)));
    }

    @Override
    protected DenseArray gradientB(Node node, DenseArray head) {
      return mul(head, conj(node.input(0)));
    }
  }

  // y = a / b          da = g / b              db = -(g / b) * (a / b)
  private static final class Div extends Broadcasting {
    static final Div OP = new Div();

    Div() {
      super("div", Keeps.INPUTS, RowLoops.DIV, RowLoops.DIV_INTO);
    }

    @Override
    DataType resultType(DataType promoted) {
      return Types.floating(promoted);
    }

    @Override
    protected boolean keepsInput(Node node, int i) {
      return i == 1 || node.needs(1);
    }

    @Override
    void run(float[] a, int ao, int as, float[] b, int bo, int bs, float[] y, int yo, int n) {
      BinaryLoops.div(a, ao, as, b, bo, bs, y, yo, n);
    }

    @Override
    void run(double[] a, int ao, int as, double[] b, int bo, int bs, double[] y, int yo, int n) {
      BinaryLoops.div(a, ao, as, b, bo, bs, y, yo, n);
    }

    @Override
    void run(long[] a, int ao, int as, long[] b, int bo, int bs, long[] y, int yo, int n) {
      throw new AssertionError("integers are divided as FLOAT32");
    }

    @Override
    void runComplex(
        float[] a, int ao, int as, float[] b, int bo, int bs, float[] y, int yo, int n) {
      ComplexLoops.div(a, ao, as, b, bo, bs, y, yo, n);
    }

    @Override
    protected DenseArray gradientA(Node node, DenseArray head) {
      return div(head, conj(node.input(1)));
    }

    @Override
    protected DenseArray gradientB(Node node, DenseArray head) {
      return UnaryMath.neg(
          mul(div(head, conj(node.input(1))), conj(div(node.input(0), node.input(1)))));
    }
  }

  // y = max(a, b)      da = g where a >= b     db = g where a < b
  private static final class Maximum extends Broadcasting {
    static final Maximum OP = new Maximum();

    Maximum() {
      super("maximum", Keeps.INPUTS, RowLoops.MAX, RowLoops.MAX);
    }

    @Override
    void run(float[] a, int ao, int as, float[] b, int bo, int bs, float[] y, int yo, int n) {
      BinaryLoops.max(a, ao, as, b, bo, bs, y, yo, n);
    }

    @Override
    void run(double[] a, int ao, int as, double[] b, int bo, int bs, double[] y, int yo, int n) {
      BinaryLoops.max(a, ao, as, b, bo, bs, y, yo, n);
    }

    @Override
    void run(long[] a, int ao, int as, long[] b, int bo, int bs, long[] y, int yo, int n) {
      BinaryLoops.max(a, ao, as, b, bo, bs, y, yo, n);
    }

    @Override
    protected DenseArray gradientA(Node node, DenseArray head) {
      return Selection.masked(head, Comparison.gte(node.input(0), node.input(1)));
    }

    @Override
    protected DenseArray gradientB(Node node, DenseArray head) {
      return Selection.masked(head, Comparison.lt(node.input(0), node.input(1)));
    }
  }

  // y = min(a, b)      da = g where a <= b     db = g where a > b
  private static final class Minimum extends Broadcasting {
    static final Minimum OP = new Minimum();

    Minimum() {
      super("minimum", Keeps.INPUTS, RowLoops.MIN, RowLoops.MIN);
    }

    @Override
    void run(float[] a, int ao, int as, float[] b, int bo, int bs, float[] y, int yo, int n) {
      BinaryLoops.min(a, ao, as, b, bo, bs, y, yo, n);
    }

    @Override
    void run(double[] a, int ao, int as, double[] b, int bo, int bs, double[] y, int yo, int n) {
      BinaryLoops.min(a, ao, as, b, bo, bs, y, yo, n);
    }

    @Override
    void run(long[] a, int ao, int as, long[] b, int bo, int bs, long[] y, int yo, int n) {
      BinaryLoops.min(a, ao, as, b, bo, bs, y, yo, n);
    }

    @Override
    protected DenseArray gradientA(Node node, DenseArray head) {
      return Selection.masked(head, Comparison.lte(node.input(0), node.input(1)));
    }

    @Override
    protected DenseArray gradientB(Node node, DenseArray head) {
      return Selection.masked(head, Comparison.gt(node.input(0), node.input(1)));
    }
  }

  /** a + b. */
  public static DenseArray add(DenseArray a, DenseArray b) {
    return Add.OP.apply(a, b);
  }

  /** a + b, written over a if it can be; then a is returned. */
  public static DenseArray addOver(DenseArray a, DenseArray b) {
    return Add.OP.over(a, b);
  }

  /** a - b. */
  public static DenseArray sub(DenseArray a, DenseArray b) {
    return Sub.OP.apply(a, b);
  }

  /** a - b, written over a if it can be; then a is returned. */
  public static DenseArray subOver(DenseArray a, DenseArray b) {
    return Sub.OP.over(a, b);
  }

  /** a * b. */
  public static DenseArray mul(DenseArray a, DenseArray b) {
    return Mul.OP.apply(a, b);
  }

  /** a * b, written over a if it can be; then a is returned. */
  public static DenseArray mulOver(DenseArray a, DenseArray b) {
    return Mul.OP.over(a, b);
  }

  /** a / b; FLOAT32 for integers. */
  public static DenseArray div(DenseArray a, DenseArray b) {
    return Div.OP.apply(a, b);
  }

  /** a / b, written over a if it can be; then a is returned. */
  public static DenseArray divOver(DenseArray a, DenseArray b) {
    return Div.OP.over(a, b);
  }

  /** The larger of a and b; NaN if one of them is. */
  public static DenseArray maximum(DenseArray a, DenseArray b) {
    return Maximum.OP.apply(a, b);
  }

  /** The smaller of a and b; NaN if one of them is. */
  public static DenseArray minimum(DenseArray a, DenseArray b) {
    return Minimum.OP.apply(a, b);
  }

  // y = a - ⌊a / b⌋ b      da = g      db = -g ⌊a / b⌋
  private static final class Mod extends Broadcasting.Formula {
    static final Mod OP = new Mod();

    Mod() {
      super("mod", Keeps.INPUTS);
    }

    @Override
    double of(double a, double b) {
      double rest = a % b;
      return rest != 0 && rest < 0 != b < 0 ? rest + b : rest;
    }

    @Override
    long of(long a, long b) {
      return b == 0 ? 0 : Math.floorMod(a, b);
    }

    @Override
    protected DenseArray gradientA(Node node, DenseArray head) {
      return head;
    }

    @Override
    protected DenseArray gradientB(Node node, DenseArray head) {
      return UnaryMath.neg(mul(head, Rounding.floor(div(node.input(0), node.input(1)))));
    }
  }

  /** What is left of a divided by b; it has the sign of b. Of integers by 0: 0. */
  public static DenseArray mod(DenseArray a, DenseArray b) {
    return Mod.OP.apply(a, b);
  }

  /** a log b, and 0 where a is 0 and b is a number. */
  public static DenseArray xlogy(DenseArray a, DenseArray b) {
    DenseArray zero = Comparison.eq(a, UnaryMath.number(0, a));
    DenseArray none = Logic.and(zero, Logic.not(Logic.isNaN(b)));
    DenseArray safe = Selection.where(none, UnaryMath.number(1, b), b);
    return Selection.where(none, UnaryMath.number(0, a), mul(a, UnaryMath.log(safe)));
  }
}
