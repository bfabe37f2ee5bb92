package dev.headgrad.tape;

import ai.djl.ndarray.NDArray;
import dev.headgrad.tape.core.DenseArray;
import dev.headgrad.tape.op.Arithmetic;
import dev.headgrad.tape.op.Creation;
import dev.headgrad.tape.op.UnaryMath;

/** Element by element: arithmetic, comparison, logic and functions of one number. */
abstract class ArrayElementwise extends ArrayResource {

  ArrayElementwise(TapeNDManager manager, DenseArray array) {
    super(manager, array);
  }

  private DenseArray scalar(Number n) {
    return Creation.scalar(n, array().type());
  }

  @Override
  public boolean contentEquals(Number number) {
    throw unsupported("contentEquals");
  }

  @Override
  public boolean contentEquals(NDArray other) {
    throw unsupported("contentEquals");
  }

  @Override
  public NDArray eq(Number n) {
    throw unsupported("eq");
  }

  @Override
  public NDArray eq(NDArray other) {
    throw unsupported("eq");
  }

  @Override
  public NDArray neq(Number n) {
    throw unsupported("neq");
  }

  @Override
  public NDArray neq(NDArray other) {
    throw unsupported("neq");
  }

  @Override
  public NDArray gt(Number n) {
    throw unsupported("gt");
  }

  @Override
  public NDArray gt(NDArray other) {
    throw unsupported("gt");
  }

  @Override
  public NDArray gte(Number n) {
    throw unsupported("gte");
  }

  @Override
  public NDArray gte(NDArray other) {
    throw unsupported("gte");
  }

  @Override
  public NDArray lt(Number n) {
    throw unsupported("lt");
  }

  @Override
  public NDArray lt(NDArray other) {
    throw unsupported("lt");
  }

  @Override
  public NDArray lte(Number n) {
    throw unsupported("lte");
  }

  @Override
  public NDArray lte(NDArray other) {
    throw unsupported("lte");
  }

  @Override
  public NDArray add(Number n) {
    return wrap(Arithmetic.add(array(), scalar(n)));
  }

  @Override
  public NDArray add(NDArray other) {
    return wrap(Arithmetic.add(array(), arrayOf(other)));
  }

  @Override
  public NDArray sub(Number n) {
    throw unsupported("sub");
  }

  @Override
  public NDArray sub(NDArray other) {
    throw unsupported("sub");
  }

  @Override
  public NDArray mul(Number n) {
    return wrap(Arithmetic.mul(array(), scalar(n)));
  }

  @Override
  public NDArray mul(NDArray other) {
    return wrap(Arithmetic.mul(array(), arrayOf(other)));
  }

  @Override
  public NDArray div(Number n) {
    throw unsupported("div");
  }

  @Override
  public NDArray div(NDArray other) {
    throw unsupported("div");
  }

  @Override
  public NDArray mod(Number n) {
    throw unsupported("mod");
  }

  @Override
  public NDArray mod(NDArray other) {
    throw unsupported("mod");
  }

  @Override
  public NDArray pow(Number n) {
    throw unsupported("pow");
  }

  @Override
  public NDArray pow(NDArray other) {
    throw unsupported("pow");
  }

  @Override
  public NDArray xlogy(NDArray other) {
    throw unsupported("xlogy");
  }

  @Override
  public NDArray addi(Number n) {
    return assign(Arithmetic.add(array(), scalar(n)));
  }

  @Override
  public NDArray addi(NDArray other) {
    return assign(Arithmetic.add(array(), arrayOf(other)));
  }

  @Override
  public NDArray subi(Number n) {
    throw unsupported("subi");
  }

  @Override
  public NDArray subi(NDArray other) {
    throw unsupported("subi");
  }

  @Override
  public NDArray muli(Number n) {
    throw unsupported("muli");
  }

  @Override
  public NDArray muli(NDArray other) {
    throw unsupported("muli");
  }

  @Override
  public NDArray divi(Number n) {
    throw unsupported("divi");
  }

  @Override
  public NDArray divi(NDArray other) {
    throw unsupported("divi");
  }

  @Override
  public NDArray modi(Number n) {
    throw unsupported("modi");
  }

  @Override
  public NDArray modi(NDArray other) {
    throw unsupported("modi");
  }

  @Override
  public NDArray powi(Number n) {
    throw unsupported("powi");
  }

  @Override
  public NDArray powi(NDArray other) {
    throw unsupported("powi");
  }

  @Override
  public NDArray sign() {
    throw unsupported("sign");
  }

  @Override
  public NDArray signi() {
    throw unsupported("signi");
  }

  @Override
  public NDArray maximum(Number n) {
    throw unsupported("maximum");
  }

  @Override
  public NDArray maximum(NDArray other) {
    throw unsupported("maximum");
  }

  @Override
  public NDArray minimum(Number n) {
    throw unsupported("minimum");
  }

  @Override
  public NDArray minimum(NDArray other) {
    throw unsupported("minimum");
  }

  @Override
  public NDArray neg() {
    return wrap(UnaryMath.neg(array()));
  }

  @Override
  public NDArray negi() {
    return assign(UnaryMath.neg(array()));
  }

  @Override
  public NDArray abs() {
    throw unsupported("abs");
  }

  @Override
  public NDArray square() {
    throw unsupported("square");
  }

  @Override
  public NDArray sqrt() {
    throw unsupported("sqrt");
  }

  @Override
  public NDArray cbrt() {
    throw unsupported("cbrt");
  }

  @Override
  public NDArray floor() {
    throw unsupported("floor");
  }

  @Override
  public NDArray ceil() {
    throw unsupported("ceil");
  }

  @Override
  public NDArray round() {
    throw unsupported("round");
  }

  @Override
  public NDArray trunc() {
    throw unsupported("trunc");
  }

  @Override
  public NDArray exp() {
    return wrap(UnaryMath.exp(array()));
  }

  @Override
  public NDArray gammaln() {
    throw unsupported("gammaln");
  }

  @Override
  public NDArray log() {
    throw unsupported("log");
  }

  @Override
  public NDArray log10() {
    throw unsupported("log10");
  }

  @Override
  public NDArray log2() {
    throw unsupported("log2");
  }

  @Override
  public NDArray sin() {
    throw unsupported("sin");
  }

  @Override
  public NDArray cos() {
    throw unsupported("cos");
  }

  @Override
  public NDArray tan() {
    throw unsupported("tan");
  }

  @Override
  public NDArray asin() {
    throw unsupported("asin");
  }

  @Override
  public NDArray acos() {
    throw unsupported("acos");
  }

  @Override
  public NDArray atan() {
    throw unsupported("atan");
  }

  @Override
  public NDArray atan2(NDArray other) {
    throw unsupported("atan2");
  }

  @Override
  public NDArray sinh() {
    throw unsupported("sinh");
  }

  @Override
  public NDArray cosh() {
    throw unsupported("cosh");
  }

  @Override
  public NDArray tanh() {
    throw unsupported("tanh");
  }

  @Override
  public NDArray asinh() {
    throw unsupported("asinh");
  }

  @Override
  public NDArray acosh() {
    throw unsupported("acosh");
  }

  @Override
  public NDArray atanh() {
    throw unsupported("atanh");
  }

  @Override
  public NDArray toDegrees() {
    throw unsupported("toDegrees");
  }

  @Override
  public NDArray toRadians() {
    throw unsupported("toRadians");
  }

  @Override
  public NDArray logicalAnd(NDArray other) {
    throw unsupported("logicalAnd");
  }

  @Override
  public NDArray logicalOr(NDArray other) {
    throw unsupported("logicalOr");
  }

  @Override
  public NDArray logicalXor(NDArray other) {
    throw unsupported("logicalXor");
  }

  @Override
  public NDArray logicalNot() {
    throw unsupported("logicalNot");
  }

  @Override
  public NDArray isInfinite() {
    throw unsupported("isInfinite");
  }

  @Override
  public NDArray isNaN() {
    throw unsupported("isNaN");
  }

  @Override
  public NDArray clip(Number min, Number max) {
    throw unsupported("clip");
  }

  @Override
  public NDArray erfinv() {
    throw unsupported("erfinv");
  }

  @Override
  public NDArray erf() {
    throw unsupported("erf");
  }

  @Override
  public NDArray complex() {
    throw unsupported("complex");
  }

  @Override
  public NDArray real() {
    throw unsupported("real");
  }

  @Override
  public NDArray conj() {
    throw unsupported("conj");
  }
}
