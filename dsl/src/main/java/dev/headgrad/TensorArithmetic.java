package dev.headgrad;

/**
 * Operators of {@link Tensor}: arithmetic and comparisons. Arrays are broadcast against each other
 * and must have one dtype. The names are those of Kotlin's operators; {@code rminus}, {@code rdiv}
 * and so on have the scalar on the left.
 */
public sealed interface TensorArithmetic permits Tensor {

  /** This array. */
  Tensor self();

  /** {@code this + other}. */
  default Tensor plus(Tensor other) {
    return self().callWith(other, Elementary::add);
  }

  /** {@code this + scalar}. */
  default Tensor plus(Number scalar) {
    return self().call(a -> Elementary.add(a, scalar));
  }

  /** {@code this - other}. */
  default Tensor minus(Tensor other) {
    return self().callWith(other, Elementary::sub);
  }

  /** {@code this - scalar}. */
  default Tensor minus(Number scalar) {
    return self().call(a -> Elementary.sub(a, scalar));
  }

  /** {@code scalar - this}. */
  default Tensor rminus(Number scalar) {
    return self().map(a -> Elementary.rsub(a, scalar));
  }

  /** {@code this * other}, element by element. */
  default Tensor times(Tensor other) {
    return self().callWith(other, Elementary::mul);
  }

  /** {@code this * scalar}. */
  default Tensor times(Number scalar) {
    return self().call(a -> Elementary.mul(a, scalar));
  }

  /** {@code this / other}; quotients of integers are cut to integers. */
  default Tensor div(Tensor other) {
    return self().with(other, Elementary::div);
  }

  /** {@code this / scalar}. */
  default Tensor div(Number scalar) {
    return self().map(a -> Elementary.div(a, scalar));
  }

  /** {@code scalar / this}. */
  default Tensor rdiv(Number scalar) {
    return self().map(a -> Elementary.rdiv(a, scalar));
  }

  /** {@code this % other}, with the sign of {@code other}; 0 where that is 0. */
  default Tensor rem(Tensor other) {
    return self().with(other, Powers::mod);
  }

  /** {@code this % scalar}. */
  default Tensor rem(Number scalar) {
    return self().map(a -> Powers.mod(a, Elementary.constant(a, scalar)));
  }

  /** {@code scalar % this}. */
  default Tensor rrem(Number scalar) {
    return self().map(a -> Powers.mod(Elementary.constant(a, scalar), a));
  }

  /** {@code this ** exponent}. */
  default Tensor pow(Tensor exponent) {
    return self().with(exponent, Powers::pow);
  }

  /** {@code this ** exponent}. */
  default Tensor pow(Number exponent) {
    return self().map(a -> Powers.pow(a, exponent));
  }

  /** {@code base ** this}. */
  default Tensor rpow(Number base) {
    return self().map(a -> Powers.pow(Elementary.constant(a, base), a));
  }

  /** {@code -this}. */
  default Tensor unaryMinus() {
    return self().mx().nd().negative(self());
  }

  /** 1 where {@code this == other}, else 0, in this dtype. */
  default Tensor eq(Tensor other) {
    return self().with(other, Comparisons::eq);
  }

  /** 1 where {@code this == scalar}, else 0, in this dtype. */
  default Tensor eq(Number scalar) {
    return self().map(a -> Comparisons.eq(a, Elementary.constant(a, scalar)));
  }

  /** 1 where {@code this != other}, else 0, in this dtype. */
  default Tensor neq(Tensor other) {
    return self().with(other, Comparisons::neq);
  }

  /** 1 where {@code this != scalar}, else 0, in this dtype. */
  default Tensor neq(Number scalar) {
    return self().map(a -> Comparisons.neq(a, Elementary.constant(a, scalar)));
  }

  /** 1 where {@code this > other}, else 0, in this dtype. */
  default Tensor gt(Tensor other) {
    return self().with(other, Comparisons::gt);
  }

  /** 1 where {@code this > scalar}, else 0, in this dtype. */
  default Tensor gt(Number scalar) {
    return self().map(a -> Comparisons.gt(a, Elementary.constant(a, scalar)));
  }

  /** 1 where {@code this >= other}, else 0, in this dtype. */
  default Tensor gte(Tensor other) {
    return self().with(other, Comparisons::gte);
  }

  /** 1 where {@code this >= scalar}, else 0, in this dtype. */
  default Tensor gte(Number scalar) {
    return self().map(a -> Comparisons.gte(a, Elementary.constant(a, scalar)));
  }

  /** 1 where {@code this < other}, else 0, in this dtype. */
  default Tensor lt(Tensor other) {
    return self().with(other, Comparisons::lt);
  }

  /** 1 where {@code this < scalar}, else 0, in this dtype. */
  default Tensor lt(Number scalar) {
    return self().map(a -> Comparisons.lt(a, Elementary.constant(a, scalar)));
  }

  /** 1 where {@code this <= other}, else 0, in this dtype. */
  default Tensor lte(Tensor other) {
    return self().with(other, Comparisons::lte);
  }

  /** 1 where {@code this <= scalar}, else 0, in this dtype. */
  default Tensor lte(Number scalar) {
    return self().map(a -> Comparisons.lte(a, Elementary.constant(a, scalar)));
  }
}
