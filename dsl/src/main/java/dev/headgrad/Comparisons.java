package dev.headgrad;

import ai.djl.ndarray.NDArray;
import java.util.function.BinaryOperator;

/** Comparisons and logic: 0 and 1 in the dtype of the operands, gradient 0. */
final class Comparisons {
  private Comparisons() {}

  static NDArray eq(NDArray a, NDArray b) {
    return compare(a, b, NDArray::eq);
  }

  static NDArray neq(NDArray a, NDArray b) {
    return compare(a, b, NDArray::neq);
  }

  static NDArray gt(NDArray a, NDArray b) {
    return compare(a, b, NDArray::gt);
  }

  static NDArray gte(NDArray a, NDArray b) {
    return compare(a, b, NDArray::gte);
  }

  static NDArray lt(NDArray a, NDArray b) {
    return compare(a, b, NDArray::lt);
  }

  static NDArray lte(NDArray a, NDArray b) {
    return compare(a, b, NDArray::lte);
  }

  static NDArray and(NDArray a, NDArray b) {
    return compare(a, b, (l, r) -> l.neq(0).logicalAnd(r.neq(0)));
  }

  static NDArray or(NDArray a, NDArray b) {
    return compare(a, b, (l, r) -> l.neq(0).logicalOr(r.neq(0)));
  }

  static NDArray xor(NDArray a, NDArray b) {
    return compare(a, b, (l, r) -> l.neq(0).logicalXor(r.neq(0)));
  }

  private static NDArray compare(NDArray a, NDArray b, BinaryOperator<NDArray> comparison) {
    return Kinks.reaching(Elementary.truth(comparison.apply(Elementary.check(a, b), b), a), a, b);
  }
}
