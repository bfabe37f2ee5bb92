package dev.headgrad;

import ai.djl.ndarray.NDArray;
import java.util.function.BinaryOperator;

/**
 * Functions of two arrays, or of an array and a number, element by element: part of {@link Nd}.
 * Arrays are broadcast against each other and have one dtype, which is the result's; truth is 1 or
 * 0, with gradient 0.
 */
public sealed interface BinaryFunctions permits Nd {

  private static Tensor right(Tensor x, Number scalar, BinaryOperator<NDArray> operation) {
    return x.map(a -> operation.apply(a, Elementary.constant(a, scalar)));
  }

  private static Tensor left(Number scalar, Tensor x, BinaryOperator<NDArray> operation) {
    return x.map(a -> operation.apply(Elementary.constant(a, scalar), a));
  }

  private static Tensor same(Tensor lhs, Tensor rhs, BinaryOperator<NDArray> operation) {
    Shapes.sameShape(lhs.ndarray(), rhs.ndarray());
    return lhs.with(rhs, operation);
  }

  /** The sum of each pair of elements. */
  default Tensor add(Tensor lhs, Tensor rhs) {
    return lhs.plus(rhs);
  }

  /** The sum of each element and a number. */
  default Tensor add(Tensor lhs, Number rhs) {
    return lhs.plus(rhs);
  }

  /** The sum of a number and each element. */
  default Tensor add(Number lhs, Tensor rhs) {
    return rhs.plus(lhs);
  }

  /** The difference of each pair of elements. */
  default Tensor subtract(Tensor lhs, Tensor rhs) {
    return lhs.minus(rhs);
  }

  /** The difference of each element and a number. */
  default Tensor subtract(Tensor lhs, Number rhs) {
    return lhs.minus(rhs);
  }

  /** The difference of a number and each element. */
  default Tensor subtract(Number lhs, Tensor rhs) {
    return rhs.rminus(lhs);
  }

  /** The product of each pair of elements. */
  default Tensor multiply(Tensor lhs, Tensor rhs) {
    return lhs.times(rhs);
  }

  /** The product of each element and a number. */
  default Tensor multiply(Tensor lhs, Number rhs) {
    return lhs.times(rhs);
  }

  /** The product of a number and each element. */
  default Tensor multiply(Number lhs, Tensor rhs) {
    return rhs.times(lhs);
  }

  /** The quotient of each pair of elements. */
  default Tensor divide(Tensor lhs, Tensor rhs) {
    return lhs.div(rhs);
  }

  /** The quotient of each element and a number. */
  default Tensor divide(Tensor lhs, Number rhs) {
    return lhs.div(rhs);
  }

  /** The quotient of a number and each element. */
  default Tensor divide(Number lhs, Tensor rhs) {
    return rhs.rdiv(lhs);
  }

  /** The remainder, with the sign of the divisor, of each pair of elements. */
  default Tensor modulo(Tensor lhs, Tensor rhs) {
    return lhs.with(rhs, Powers::mod);
  }

  /** The remainder, with the sign of the divisor, of each element and a number. */
  default Tensor modulo(Tensor lhs, Number rhs) {
    return right(lhs, rhs, Powers::mod);
  }

  /** The remainder, with the sign of the divisor, of a number and each element. */
  default Tensor modulo(Number lhs, Tensor rhs) {
    return left(lhs, rhs, Powers::mod);
  }

  /** The power of each pair of elements. */
  default Tensor power(Tensor lhs, Tensor rhs) {
    return lhs.with(rhs, Powers::pow);
  }

  /** The power of each element and a number. */
  default Tensor power(Tensor lhs, Number rhs) {
    return right(lhs, rhs, Powers::pow);
  }

  /** The power of a number and each element. */
  default Tensor power(Number lhs, Tensor rhs) {
    return left(lhs, rhs, Powers::pow);
  }

  /**
   * The larger one; of two equal ones the gradient goes to the left one of each pair of elements.
   */
  default Tensor maximum(Tensor lhs, Tensor rhs) {
    return lhs.with(rhs, Select::maximum);
  }

  /**
   * The larger one; of two equal ones the gradient goes to the left one of each element and a
   * number.
   */
  default Tensor maximum(Tensor lhs, Number rhs) {
    return right(lhs, rhs, Select::maximum);
  }

  /** The larger one; of two equal ones the gradient goes to the array. */
  default Tensor maximum(Number lhs, Tensor rhs) {
    return maximum(rhs, lhs);
  }

  /**
   * The smaller one; of two equal ones the gradient goes to the left one of each pair of elements.
   */
  default Tensor minimum(Tensor lhs, Tensor rhs) {
    return lhs.with(rhs, Select::minimum);
  }

  /**
   * The smaller one; of two equal ones the gradient goes to the left one of each element and a
   * number.
   */
  default Tensor minimum(Tensor lhs, Number rhs) {
    return right(lhs, rhs, Select::minimum);
  }

  /** The smaller one; of two equal ones the gradient goes to the array. */
  default Tensor minimum(Number lhs, Tensor rhs) {
    return minimum(rhs, lhs);
  }

  /** The square root of the sum of squares of each pair of elements. */
  default Tensor hypot(Tensor lhs, Tensor rhs) {
    return lhs.with(rhs, Powers::hypot);
  }

  /** The square root of the sum of squares of each element and a number. */
  default Tensor hypot(Tensor lhs, Number rhs) {
    return right(lhs, rhs, Powers::hypot);
  }

  /** The square root of the sum of squares of a number and each element. */
  default Tensor hypot(Number lhs, Tensor rhs) {
    return left(lhs, rhs, Powers::hypot);
  }

  /** The truth of lhs == rhs of each pair of elements. */
  default Tensor equal(Tensor lhs, Tensor rhs) {
    return lhs.with(rhs, Comparisons::eq);
  }

  /** The truth of lhs == rhs of each element and a number. */
  default Tensor equal(Tensor lhs, Number rhs) {
    return right(lhs, rhs, Comparisons::eq);
  }

  /** The truth of lhs == rhs of a number and each element. */
  default Tensor equal(Number lhs, Tensor rhs) {
    return left(lhs, rhs, Comparisons::eq);
  }

  /** The truth of lhs != rhs of each pair of elements. */
  default Tensor notEqual(Tensor lhs, Tensor rhs) {
    return lhs.with(rhs, Comparisons::neq);
  }

  /** The truth of lhs != rhs of each element and a number. */
  default Tensor notEqual(Tensor lhs, Number rhs) {
    return right(lhs, rhs, Comparisons::neq);
  }

  /** The truth of lhs != rhs of a number and each element. */
  default Tensor notEqual(Number lhs, Tensor rhs) {
    return left(lhs, rhs, Comparisons::neq);
  }

  /** The truth of lhs > rhs of each pair of elements. */
  default Tensor greater(Tensor lhs, Tensor rhs) {
    return lhs.with(rhs, Comparisons::gt);
  }

  /** The truth of lhs > rhs of each element and a number. */
  default Tensor greater(Tensor lhs, Number rhs) {
    return right(lhs, rhs, Comparisons::gt);
  }

  /** The truth of lhs > rhs of a number and each element. */
  default Tensor greater(Number lhs, Tensor rhs) {
    return left(lhs, rhs, Comparisons::gt);
  }

  /** The truth of lhs >= rhs of each pair of elements. */
  default Tensor greaterEqual(Tensor lhs, Tensor rhs) {
    return lhs.with(rhs, Comparisons::gte);
  }

  /** The truth of lhs >= rhs of each element and a number. */
  default Tensor greaterEqual(Tensor lhs, Number rhs) {
    return right(lhs, rhs, Comparisons::gte);
  }

  /** The truth of lhs >= rhs of a number and each element. */
  default Tensor greaterEqual(Number lhs, Tensor rhs) {
    return left(lhs, rhs, Comparisons::gte);
  }

  /** The truth of lhs < rhs of each pair of elements. */
  default Tensor lesser(Tensor lhs, Tensor rhs) {
    return lhs.with(rhs, Comparisons::lt);
  }

  /** The truth of lhs < rhs of each element and a number. */
  default Tensor lesser(Tensor lhs, Number rhs) {
    return right(lhs, rhs, Comparisons::lt);
  }

  /** The truth of lhs < rhs of a number and each element. */
  default Tensor lesser(Number lhs, Tensor rhs) {
    return left(lhs, rhs, Comparisons::lt);
  }

  /** The truth of lhs <= rhs of each pair of elements. */
  default Tensor lesserEqual(Tensor lhs, Tensor rhs) {
    return lhs.with(rhs, Comparisons::lte);
  }

  /** The truth of lhs <= rhs of each element and a number. */
  default Tensor lesserEqual(Tensor lhs, Number rhs) {
    return right(lhs, rhs, Comparisons::lte);
  }

  /** The truth of lhs <= rhs of a number and each element. */
  default Tensor lesserEqual(Number lhs, Tensor rhs) {
    return left(lhs, rhs, Comparisons::lte);
  }

  /** The truth of both being not 0 of each pair of elements. */
  default Tensor logicalAnd(Tensor lhs, Tensor rhs) {
    return lhs.with(rhs, Comparisons::and);
  }

  /** The truth of both being not 0 of each element and a number. */
  default Tensor logicalAnd(Tensor lhs, Number rhs) {
    return right(lhs, rhs, Comparisons::and);
  }

  /** The truth of both being not 0 of a number and each element. */
  default Tensor logicalAnd(Number lhs, Tensor rhs) {
    return left(lhs, rhs, Comparisons::and);
  }

  /** The truth of either being not 0 of each pair of elements. */
  default Tensor logicalOr(Tensor lhs, Tensor rhs) {
    return lhs.with(rhs, Comparisons::or);
  }

  /** The truth of either being not 0 of each element and a number. */
  default Tensor logicalOr(Tensor lhs, Number rhs) {
    return right(lhs, rhs, Comparisons::or);
  }

  /** The truth of either being not 0 of a number and each element. */
  default Tensor logicalOr(Number lhs, Tensor rhs) {
    return left(lhs, rhs, Comparisons::or);
  }

  /** The truth of just one being not 0 of each pair of elements. */
  default Tensor logicalXor(Tensor lhs, Tensor rhs) {
    return lhs.with(rhs, Comparisons::xor);
  }

  /** The truth of just one being not 0 of each element and a number. */
  default Tensor logicalXor(Tensor lhs, Number rhs) {
    return right(lhs, rhs, Comparisons::xor);
  }

  /** The truth of just one being not 0 of a number and each element. */
  default Tensor logicalXor(Number lhs, Tensor rhs) {
    return left(lhs, rhs, Comparisons::xor);
  }

  /** {@link #divide(Tensor, Tensor)}. */
  default Tensor trueDivide(Tensor lhs, Tensor rhs) {
    return divide(lhs, rhs);
  }

  /** {@link #add(Tensor, Tensor)}. */
  default Tensor broadcastAdd(Tensor lhs, Tensor rhs) {
    return add(lhs, rhs);
  }

  /** {@link #add(Tensor, Tensor)}. */
  default Tensor broadcastPlus(Tensor lhs, Tensor rhs) {
    return add(lhs, rhs);
  }

  /** {@link #subtract(Tensor, Tensor)}. */
  default Tensor broadcastSub(Tensor lhs, Tensor rhs) {
    return subtract(lhs, rhs);
  }

  /** {@link #subtract(Tensor, Tensor)}. */
  default Tensor broadcastMinus(Tensor lhs, Tensor rhs) {
    return subtract(lhs, rhs);
  }

  /** {@link #multiply(Tensor, Tensor)}. */
  default Tensor broadcastMul(Tensor lhs, Tensor rhs) {
    return multiply(lhs, rhs);
  }

  /** {@link #divide(Tensor, Tensor)}. */
  default Tensor broadcastDiv(Tensor lhs, Tensor rhs) {
    return divide(lhs, rhs);
  }

  /** {@link #modulo(Tensor, Tensor)}. */
  default Tensor broadcastMod(Tensor lhs, Tensor rhs) {
    return modulo(lhs, rhs);
  }

  /** {@link #power(Tensor, Tensor)}. */
  default Tensor broadcastPower(Tensor lhs, Tensor rhs) {
    return power(lhs, rhs);
  }

  /** {@link #maximum(Tensor, Tensor)}. */
  default Tensor broadcastMaximum(Tensor lhs, Tensor rhs) {
    return maximum(lhs, rhs);
  }

  /** {@link #minimum(Tensor, Tensor)}. */
  default Tensor broadcastMinimum(Tensor lhs, Tensor rhs) {
    return minimum(lhs, rhs);
  }

  /** {@link #hypot(Tensor, Tensor)}. */
  default Tensor broadcastHypot(Tensor lhs, Tensor rhs) {
    return hypot(lhs, rhs);
  }

  /** {@link #equal(Tensor, Tensor)}. */
  default Tensor broadcastEqual(Tensor lhs, Tensor rhs) {
    return equal(lhs, rhs);
  }

  /** {@link #notEqual(Tensor, Tensor)}. */
  default Tensor broadcastNotEqual(Tensor lhs, Tensor rhs) {
    return notEqual(lhs, rhs);
  }

  /** {@link #greater(Tensor, Tensor)}. */
  default Tensor broadcastGreater(Tensor lhs, Tensor rhs) {
    return greater(lhs, rhs);
  }

  /** {@link #greaterEqual(Tensor, Tensor)}. */
  default Tensor broadcastGreaterEqual(Tensor lhs, Tensor rhs) {
    return greaterEqual(lhs, rhs);
  }

  /** {@link #lesser(Tensor, Tensor)}. */
  default Tensor broadcastLesser(Tensor lhs, Tensor rhs) {
    return lesser(lhs, rhs);
  }

  /** {@link #lesserEqual(Tensor, Tensor)}. */
  default Tensor broadcastLesserEqual(Tensor lhs, Tensor rhs) {
    return lesserEqual(lhs, rhs);
  }

  /** {@link #logicalAnd(Tensor, Tensor)}. */
  default Tensor broadcastLogicalAnd(Tensor lhs, Tensor rhs) {
    return logicalAnd(lhs, rhs);
  }

  /** {@link #logicalOr(Tensor, Tensor)}. */
  default Tensor broadcastLogicalOr(Tensor lhs, Tensor rhs) {
    return logicalOr(lhs, rhs);
  }

  /** {@link #logicalXor(Tensor, Tensor)}. */
  default Tensor broadcastLogicalXor(Tensor lhs, Tensor rhs) {
    return logicalXor(lhs, rhs);
  }

  /** {@code broadcastAdd} of arrays of one shape. */
  default Tensor elemwiseAdd(Tensor lhs, Tensor rhs) {
    return same(
        lhs, rhs, lhs.mx().hasMxNetOperations() ? Elementary::elemwiseAdd : Elementary::add);
  }

  /** {@code broadcastSub} of arrays of one shape. */
  default Tensor elemwiseSub(Tensor lhs, Tensor rhs) {
    return same(lhs, rhs, Elementary::sub);
  }

  /** {@code broadcastMul} of arrays of one shape. */
  default Tensor elemwiseMul(Tensor lhs, Tensor rhs) {
    return same(lhs, rhs, Elementary::mul);
  }

  /** {@code broadcastDiv} of arrays of one shape. */
  default Tensor elemwiseDiv(Tensor lhs, Tensor rhs) {
    return same(lhs, rhs, Elementary::div);
  }
}
