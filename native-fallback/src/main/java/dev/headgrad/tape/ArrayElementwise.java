package dev.headgrad.tape;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import dev.headgrad.tape.core.DenseArray;
import dev.headgrad.tape.op.Arithmetic;
import dev.headgrad.tape.op.Comparison;
import dev.headgrad.tape.op.ComplexNumbers;
import dev.headgrad.tape.op.Contents;
import dev.headgrad.tape.op.Creation;
import dev.headgrad.tape.op.Logic;
import dev.headgrad.tape.op.Powers;
import dev.headgrad.tape.op.Rounding;
import dev.headgrad.tape.op.SpecialFunctions;
import dev.headgrad.tape.op.Trigonometry;
import dev.headgrad.tape.op.UnaryMath;
import org.jspecify.annotations.Nullable;

/** Element by element: arithmetic, comparison, logic and functions of one number. */
abstract class ArrayElementwise extends ArrayResource {

  ArrayElementwise(TapeNDManager manager, DenseArray array) {
    super(manager, array);
  }

  private DenseArray scalar(Number n) {
    return Creation.scalar(n, array().type());
  }

  /** What an array is divided by: never a number in an integer dtype, which may not hold it. */
  private DenseArray divisor(Number n) {
    DataType type = array().type();
    return n instanceof Double || type.isFloating()
        ? scalar(n)
        : Creation.scalar(n, DataType.FLOAT32);
  }

  @Override
  public boolean contentEquals(Number number) {
    return Contents.all(array(), number);
  }

  @Override
  public boolean contentEquals(@Nullable NDArray other) {
    return other != null && Contents.same(array(), arrayOf(other));
  }

  @Override
  public NDArray eq(Number n) {
    return wrap(Comparison.eq(array(), scalar(n)));
  }

  @Override
  public NDArray eq(NDArray other) {
    return wrap(Comparison.eq(array(), arrayOf(other)));
  }

  @Override
  public NDArray neq(Number n) {
    return wrap(Comparison.neq(array(), scalar(n)));
  }

  @Override
  public NDArray neq(NDArray other) {
    return wrap(Comparison.neq(array(), arrayOf(other)));
  }

  @Override
  public NDArray gt(Number n) {
    return wrap(Comparison.gt(array(), scalar(n)));
  }

  @Override
  public NDArray gt(NDArray other) {
    return wrap(Comparison.gt(array(), arrayOf(other)));
  }

  @Override
  public NDArray gte(Number n) {
    return wrap(Comparison.gte(array(), scalar(n)));
  }

  @Override
  public NDArray gte(NDArray other) {
    return wrap(Comparison.gte(array(), arrayOf(other)));
  }

  @Override
  public NDArray lt(Number n) {
    return wrap(Comparison.lt(array(), scalar(n)));
  }

  @Override
  public NDArray lt(NDArray other) {
    return wrap(Comparison.lt(array(), arrayOf(other)));
  }

  @Override
  public NDArray lte(Number n) {
    return wrap(Comparison.lte(array(), scalar(n)));
  }

  @Override
  public NDArray lte(NDArray other) {
    return wrap(Comparison.lte(array(), arrayOf(other)));
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
    return wrap(Arithmetic.sub(array(), scalar(n)));
  }

  @Override
  public NDArray sub(NDArray other) {
    return wrap(Arithmetic.sub(array(), arrayOf(other)));
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
    return wrap(Arithmetic.div(array(), divisor(n)));
  }

  @Override
  public NDArray div(NDArray other) {
    return wrap(Arithmetic.div(array(), arrayOf(other)));
  }

  @Override
  public NDArray mod(Number n) {
    return wrap(Arithmetic.mod(array(), scalar(n)));
  }

  @Override
  public NDArray mod(NDArray other) {
    return wrap(Arithmetic.mod(array(), arrayOf(other)));
  }

  @Override
  public NDArray pow(Number n) {
    return wrap(Powers.pow(array(), n));
  }

  @Override
  public NDArray pow(NDArray other) {
    return wrap(Powers.pow(array(), arrayOf(other)));
  }

  @Override
  public NDArray xlogy(NDArray other) {
    return wrap(Arithmetic.xlogy(array(), arrayOf(other)));
  }

  @Override
  public NDArray addi(Number n) {
    return assign(Arithmetic.addOver(array(), scalar(n)));
  }

  @Override
  public NDArray addi(NDArray other) {
    return assign(Arithmetic.addOver(array(), arrayOf(other)));
  }

  @Override
  public NDArray subi(Number n) {
    return assign(Arithmetic.subOver(array(), scalar(n)));
  }

  @Override
  public NDArray subi(NDArray other) {
    return assign(Arithmetic.subOver(array(), arrayOf(other)));
  }

  @Override
  public NDArray muli(Number n) {
    return assign(Arithmetic.mulOver(array(), scalar(n)));
  }

  @Override
  public NDArray muli(NDArray other) {
    return assign(Arithmetic.mulOver(array(), arrayOf(other)));
  }

  @Override
  public NDArray divi(Number n) {
    return assign(Arithmetic.divOver(array(), scalar(n)));
  }

  @Override
  public NDArray divi(NDArray other) {
    return assign(Arithmetic.divOver(array(), arrayOf(other)));
  }

  @Override
  public NDArray modi(Number n) {
    return assign(Arithmetic.mod(array(), scalar(n)));
  }

  @Override
  public NDArray modi(NDArray other) {
    return assign(Arithmetic.mod(array(), arrayOf(other)));
  }

  @Override
  public NDArray powi(Number n) {
    return assign(Powers.pow(array(), n));
  }

  @Override
  public NDArray powi(NDArray other) {
    return assign(Powers.pow(array(), arrayOf(other)));
  }

  @Override
  public NDArray sign() {
    return wrap(Rounding.sign(array()));
  }

  @Override
  public NDArray signi() {
    return assign(Rounding.sign(array()));
  }

  @Override
  public NDArray maximum(Number n) {
    return wrap(Arithmetic.maximum(array(), scalar(n)));
  }

  @Override
  public NDArray maximum(NDArray other) {
    return wrap(Arithmetic.maximum(array(), arrayOf(other)));
  }

  @Override
  public NDArray minimum(Number n) {
    return wrap(Arithmetic.minimum(array(), scalar(n)));
  }

  @Override
  public NDArray minimum(NDArray other) {
    return wrap(Arithmetic.minimum(array(), arrayOf(other)));
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
    return wrap(UnaryMath.abs(array()));
  }

  @Override
  public NDArray square() {
    return wrap(UnaryMath.square(array()));
  }

  @Override
  public NDArray sqrt() {
    return wrap(UnaryMath.sqrt(array()));
  }

  @Override
  public NDArray cbrt() {
    return wrap(UnaryMath.cbrt(array()));
  }

  @Override
  public NDArray floor() {
    return wrap(Rounding.floor(array()));
  }

  @Override
  public NDArray ceil() {
    return wrap(Rounding.ceil(array()));
  }

  @Override
  public NDArray round() {
    return wrap(Rounding.round(array()));
  }

  @Override
  public NDArray trunc() {
    return wrap(Rounding.trunc(array()));
  }

  @Override
  public NDArray exp() {
    return wrap(UnaryMath.exp(array()));
  }

  @Override
  public NDArray gammaln() {
    return wrap(SpecialFunctions.gammaln(array()));
  }

  @Override
  public NDArray log() {
    return wrap(UnaryMath.log(array()));
  }

  @Override
  public NDArray log10() {
    return wrap(UnaryMath.log10(array()));
  }

  @Override
  public NDArray log2() {
    return wrap(UnaryMath.log2(array()));
  }

  @Override
  public NDArray sin() {
    return wrap(Trigonometry.sin(array()));
  }

  @Override
  public NDArray cos() {
    return wrap(Trigonometry.cos(array()));
  }

  @Override
  public NDArray tan() {
    return wrap(Trigonometry.tan(array()));
  }

  @Override
  public NDArray asin() {
    return wrap(Trigonometry.asin(array()));
  }

  @Override
  public NDArray acos() {
    return wrap(Trigonometry.acos(array()));
  }

  @Override
  public NDArray atan() {
    return wrap(Trigonometry.atan(array()));
  }

  @Override
  public NDArray atan2(NDArray other) {
    return wrap(Trigonometry.atan2(array(), arrayOf(other)));
  }

  @Override
  public NDArray sinh() {
    return wrap(Trigonometry.sinh(array()));
  }

  @Override
  public NDArray cosh() {
    return wrap(Trigonometry.cosh(array()));
  }

  @Override
  public NDArray tanh() {
    return wrap(UnaryMath.tanh(array()));
  }

  @Override
  public NDArray asinh() {
    return wrap(Trigonometry.asinh(array()));
  }

  @Override
  public NDArray acosh() {
    return wrap(Trigonometry.acosh(array()));
  }

  @Override
  public NDArray atanh() {
    return wrap(Trigonometry.atanh(array()));
  }

  @Override
  public NDArray toDegrees() {
    return wrap(Trigonometry.toDegrees(array()));
  }

  @Override
  public NDArray toRadians() {
    return wrap(Trigonometry.toRadians(array()));
  }

  @Override
  public NDArray logicalAnd(NDArray other) {
    return wrap(Logic.and(array(), arrayOf(other)));
  }

  @Override
  public NDArray logicalOr(NDArray other) {
    return wrap(Logic.or(array(), arrayOf(other)));
  }

  @Override
  public NDArray logicalXor(NDArray other) {
    return wrap(Logic.xor(array(), arrayOf(other)));
  }

  @Override
  public NDArray logicalNot() {
    return wrap(Logic.not(array()));
  }

  @Override
  public NDArray isInfinite() {
    return wrap(Logic.isInfinite(array()));
  }

  @Override
  public NDArray isNaN() {
    return wrap(Logic.isNaN(array()));
  }

  @Override
  public NDArray clip(Number min, Number max) {
    return wrap(UnaryMath.clip(array(), min, max));
  }

  @Override
  public NDArray erfinv() {
    return wrap(SpecialFunctions.erfinv(array()));
  }

  @Override
  public NDArray erf() {
    return wrap(SpecialFunctions.erf(array()));
  }

  @Override
  public NDArray complex() {
    return wrap(ComplexNumbers.complex(array()));
  }

  @Override
  public NDArray real() {
    return wrap(ComplexNumbers.real(array()));
  }

  @Override
  public NDArray conj() {
    return wrap(ComplexNumbers.conj(array()));
  }
}
