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
  public final boolean contentEquals(Number number) {
    return Contents.all(array(), number);
  }

  @Override
  public final boolean contentEquals(@Nullable NDArray other) {
    return other != null && Contents.same(array(), arrayOf(other));
  }

  @Override
  public final NDArray eq(Number n) {
    return wrap(Comparison.eq(array(), scalar(n)));
  }

  @Override
  public final NDArray eq(NDArray other) {
    return wrap(Comparison.eq(array(), arrayOf(other)));
  }

  @Override
  public final NDArray neq(Number n) {
    return wrap(Comparison.neq(array(), scalar(n)));
  }

  @Override
  public final NDArray neq(NDArray other) {
    return wrap(Comparison.neq(array(), arrayOf(other)));
  }

  @Override
  public final NDArray gt(Number n) {
    return wrap(Comparison.gt(array(), scalar(n)));
  }

  @Override
  public final NDArray gt(NDArray other) {
    return wrap(Comparison.gt(array(), arrayOf(other)));
  }

  @Override
  public final NDArray gte(Number n) {
    return wrap(Comparison.gte(array(), scalar(n)));
  }

  @Override
  public final NDArray gte(NDArray other) {
    return wrap(Comparison.gte(array(), arrayOf(other)));
  }

  @Override
  public final NDArray lt(Number n) {
    return wrap(Comparison.lt(array(), scalar(n)));
  }

  @Override
  public final NDArray lt(NDArray other) {
    return wrap(Comparison.lt(array(), arrayOf(other)));
  }

  @Override
  public final NDArray lte(Number n) {
    return wrap(Comparison.lte(array(), scalar(n)));
  }

  @Override
  public final NDArray lte(NDArray other) {
    return wrap(Comparison.lte(array(), arrayOf(other)));
  }

  @Override
  public final NDArray add(Number n) {
    return wrap(Arithmetic.add(array(), scalar(n)));
  }

  @Override
  public final NDArray add(NDArray other) {
    return wrap(Arithmetic.add(array(), arrayOf(other)));
  }

  @Override
  public final NDArray sub(Number n) {
    return wrap(Arithmetic.sub(array(), scalar(n)));
  }

  @Override
  public final NDArray sub(NDArray other) {
    return wrap(Arithmetic.sub(array(), arrayOf(other)));
  }

  @Override
  public final NDArray mul(Number n) {
    return wrap(Arithmetic.mul(array(), scalar(n)));
  }

  @Override
  public final NDArray mul(NDArray other) {
    return wrap(Arithmetic.mul(array(), arrayOf(other)));
  }

  @Override
  public final NDArray div(Number n) {
    return wrap(Arithmetic.div(array(), divisor(n)));
  }

  @Override
  public final NDArray div(NDArray other) {
    return wrap(Arithmetic.div(array(), arrayOf(other)));
  }

  @Override
  public final NDArray mod(Number n) {
    return wrap(Arithmetic.mod(array(), scalar(n)));
  }

  @Override
  public final NDArray mod(NDArray other) {
    return wrap(Arithmetic.mod(array(), arrayOf(other)));
  }

  @Override
  public final NDArray pow(Number n) {
    return wrap(Powers.pow(array(), n));
  }

  @Override
  public final NDArray pow(NDArray other) {
    return wrap(Powers.pow(array(), arrayOf(other)));
  }

  @Override
  public final NDArray xlogy(NDArray other) {
    return wrap(Arithmetic.xlogy(array(), arrayOf(other)));
  }

  @Override
  public final NDArray addi(Number n) {
    return assign(Arithmetic.addOver(array(), scalar(n)));
  }

  @Override
  public final NDArray addi(NDArray other) {
    return assign(Arithmetic.addOver(array(), arrayOf(other)));
  }

  @Override
  public final NDArray subi(Number n) {
    return assign(Arithmetic.subOver(array(), scalar(n)));
  }

  @Override
  public final NDArray subi(NDArray other) {
    return assign(Arithmetic.subOver(array(), arrayOf(other)));
  }

  @Override
  public final NDArray muli(Number n) {
    return assign(Arithmetic.mulOver(array(), scalar(n)));
  }

  @Override
  public final NDArray muli(NDArray other) {
    return assign(Arithmetic.mulOver(array(), arrayOf(other)));
  }

  @Override
  public final NDArray divi(Number n) {
    return assign(Arithmetic.divOver(array(), scalar(n)));
  }

  @Override
  public final NDArray divi(NDArray other) {
    return assign(Arithmetic.divOver(array(), arrayOf(other)));
  }

  @Override
  public final NDArray modi(Number n) {
    return assign(Arithmetic.mod(array(), scalar(n)));
  }

  @Override
  public final NDArray modi(NDArray other) {
    return assign(Arithmetic.mod(array(), arrayOf(other)));
  }

  @Override
  public final NDArray powi(Number n) {
    return assign(Powers.pow(array(), n));
  }

  @Override
  public final NDArray powi(NDArray other) {
    return assign(Powers.pow(array(), arrayOf(other)));
  }

  @Override
  public final NDArray sign() {
    return wrap(Rounding.sign(array()));
  }

  @Override
  public final NDArray signi() {
    return assign(Rounding.sign(array()));
  }

  @Override
  public final NDArray maximum(Number n) {
    return wrap(Arithmetic.maximum(array(), scalar(n)));
  }

  @Override
  public final NDArray maximum(NDArray other) {
    return wrap(Arithmetic.maximum(array(), arrayOf(other)));
  }

  @Override
  public final NDArray minimum(Number n) {
    return wrap(Arithmetic.minimum(array(), scalar(n)));
  }

  @Override
  public final NDArray minimum(NDArray other) {
    return wrap(Arithmetic.minimum(array(), arrayOf(other)));
  }

  @Override
  public final NDArray neg() {
    return wrap(UnaryMath.neg(array()));
  }

  @Override
  public final NDArray negi() {
    return assign(UnaryMath.neg(array()));
  }

  @Override
  public final NDArray abs() {
    return wrap(UnaryMath.abs(array()));
  }

  @Override
  public final NDArray square() {
    return wrap(UnaryMath.square(array()));
  }

  @Override
  public final NDArray sqrt() {
    return wrap(UnaryMath.sqrt(array()));
  }

  @Override
  public final NDArray cbrt() {
    return wrap(UnaryMath.cbrt(array()));
  }

  @Override
  public final NDArray floor() {
    return wrap(Rounding.floor(array()));
  }

  @Override
  public final NDArray ceil() {
    return wrap(Rounding.ceil(array()));
  }

  @Override
  public final NDArray round() {
    return wrap(Rounding.round(array()));
  }

  @Override
  public final NDArray trunc() {
    return wrap(Rounding.trunc(array()));
  }

  @Override
  public final NDArray exp() {
    return wrap(UnaryMath.exp(array()));
  }

  @Override
  public final NDArray gammaln() {
    return wrap(SpecialFunctions.gammaln(array()));
  }

  @Override
  public final NDArray log() {
    return wrap(UnaryMath.log(array()));
  }

  @Override
  public final NDArray log10() {
    return wrap(UnaryMath.log10(array()));
  }

  @Override
  public final NDArray log2() {
    return wrap(UnaryMath.log2(array()));
  }

  @Override
  public final NDArray sin() {
    return wrap(Trigonometry.sin(array()));
  }

  @Override
  public final NDArray cos() {
    return wrap(Trigonometry.cos(array()));
  }

  @Override
  public final NDArray tan() {
    return wrap(Trigonometry.tan(array()));
  }

  @Override
  public final NDArray asin() {
    return wrap(Trigonometry.asin(array()));
  }

  @Override
  public final NDArray acos() {
    return wrap(Trigonometry.acos(array()));
  }

  @Override
  public final NDArray atan() {
    return wrap(Trigonometry.atan(array()));
  }

  @Override
  public final NDArray atan2(NDArray other) {
    return wrap(Trigonometry.atan2(array(), arrayOf(other)));
  }

  @Override
  public final NDArray sinh() {
    return wrap(Trigonometry.sinh(array()));
  }

  @Override
  public final NDArray cosh() {
    return wrap(Trigonometry.cosh(array()));
  }

  @Override
  public final NDArray tanh() {
    return wrap(UnaryMath.tanh(array()));
  }

  @Override
  public final NDArray asinh() {
    return wrap(Trigonometry.asinh(array()));
  }

  @Override
  public final NDArray acosh() {
    return wrap(Trigonometry.acosh(array()));
  }

  @Override
  public final NDArray atanh() {
    return wrap(Trigonometry.atanh(array()));
  }

  @Override
  public final NDArray toDegrees() {
    return wrap(Trigonometry.toDegrees(array()));
  }

  @Override
  public final NDArray toRadians() {
    return wrap(Trigonometry.toRadians(array()));
  }

  @Override
  public final NDArray logicalAnd(NDArray other) {
    return wrap(Logic.and(array(), arrayOf(other)));
  }

  @Override
  public final NDArray logicalOr(NDArray other) {
    return wrap(Logic.or(array(), arrayOf(other)));
  }

  @Override
  public final NDArray logicalXor(NDArray other) {
    return wrap(Logic.xor(array(), arrayOf(other)));
  }

  @Override
  public final NDArray logicalNot() {
    return wrap(Logic.not(array()));
  }

  @Override
  public final NDArray isInfinite() {
    return wrap(Logic.isInfinite(array()));
  }

  @Override
  public final NDArray isNaN() {
    return wrap(Logic.isNaN(array()));
  }

  @Override
  public final NDArray clip(Number min, Number max) {
    return wrap(UnaryMath.clip(array(), min, max));
  }

  @Override
  public final NDArray erfinv() {
    return wrap(SpecialFunctions.erfinv(array()));
  }

  @Override
  public final NDArray erf() {
    return wrap(SpecialFunctions.erf(array()));
  }

  @Override
  public final NDArray complex() {
    return wrap(ComplexNumbers.complex(array()));
  }

  @Override
  public final NDArray real() {
    return wrap(ComplexNumbers.real(array()));
  }

  @Override
  public final NDArray conj() {
    return wrap(ComplexNumbers.conj(array()));
  }
}
