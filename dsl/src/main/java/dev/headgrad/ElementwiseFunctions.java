package dev.headgrad;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;

/** Functions of each element: part of {@link Nd}. Shapes and dtypes of results are those of x. */
public sealed interface ElementwiseFunctions permits Nd {

  /** |x|; gradient sign(x), 0 at 0. */
  default Tensor abs(Tensor x) {
    return x.call(NDArray::abs);
  }

  /** x². */
  default Tensor square(Tensor x) {
    return x.call(NDArray::square);
  }

  /** The square root; gradient 1 / (2 sqrt(x)), infinite at 0. */
  default Tensor sqrt(Tensor x) {
    return x.call(NDArray::sqrt);
  }

  /** 1 / sqrt(x). */
  default Tensor rsqrt(Tensor x) {
    return x.map(a -> Elementary.rdiv(a.sqrt(), 1));
  }

  /** The real cube root; gradient infinite at 0. */
  default Tensor cbrt(Tensor x) {
    return x.map(Smooth::cbrt);
  }

  /** 1 / cbrt(x). */
  default Tensor rcbrt(Tensor x) {
    return x.map(a -> Elementary.rdiv(Smooth.cbrt(a), 1));
  }

  /** 1 / x. */
  default Tensor reciprocal(Tensor x) {
    return x.map(a -> Elementary.rdiv(a, 1));
  }

  /** -x. */
  default Tensor negative(Tensor x) {
    return x.call(NDArray::neg);
  }

  /** e to the power of x. */
  default Tensor exp(Tensor x) {
    return x.call(NDArray::exp);
  }

  /** exp(x) - 1, accurate near 0. */
  default Tensor expm1(Tensor x) {
    return x.map(Smooth::expm1);
  }

  /** The natural logarithm; gradient 1 / x, also where the value is NaN. */
  default Tensor log(Tensor x) {
    return x.call(NDArray::log);
  }

  /** The logarithm to base 2. */
  default Tensor log2(Tensor x) {
    return x.call(NDArray::log2);
  }

  /** The logarithm to base 10. */
  default Tensor log10(Tensor x) {
    return x.call(NDArray::log10);
  }

  /** log(1 + x), accurate near 0. */
  default Tensor log1p(Tensor x) {
    return x.map(Smooth::log1p);
  }

  /** The sine. */
  default Tensor sin(Tensor x) {
    return x.call(NDArray::sin);
  }

  /** The cosine. */
  default Tensor cos(Tensor x) {
    return x.call(NDArray::cos);
  }

  /** The tangent. */
  default Tensor tan(Tensor x) {
    return x.call(NDArray::tan);
  }

  /** The inverse sine, from -π/2 to π/2. */
  default Tensor arcsin(Tensor x) {
    return x.call(NDArray::asin);
  }

  /** The inverse cosine, from 0 to π. */
  default Tensor arccos(Tensor x) {
    return x.call(NDArray::acos);
  }

  /** The inverse tangent, from -π/2 to π/2. */
  default Tensor arctan(Tensor x) {
    return x.call(NDArray::atan);
  }

  /** The hyperbolic sine. */
  default Tensor sinh(Tensor x) {
    return x.call(NDArray::sinh);
  }

  /** The hyperbolic cosine. */
  default Tensor cosh(Tensor x) {
    return x.call(NDArray::cosh);
  }

  /** The hyperbolic tangent. */
  default Tensor tanh(Tensor x) {
    return x.call(NDArray::tanh);
  }

  /** The inverse hyperbolic sine. */
  default Tensor arcsinh(Tensor x) {
    return x.map(Smooth::arcsinh);
  }

  /** The inverse hyperbolic cosine. */
  default Tensor arccosh(Tensor x) {
    return x.map(Smooth::arccosh);
  }

  /** The inverse hyperbolic tangent. */
  default Tensor arctanh(Tensor x) {
    return x.map(Smooth::arctanh);
  }

  /** Radians in degrees. */
  default Tensor degrees(Tensor x) {
    return x.map(a -> Elementary.mul(a, 180 / Math.PI));
  }

  /** Degrees in radians. */
  default Tensor radians(Tensor x) {
    return x.map(a -> Elementary.mul(a, Math.PI / 180));
  }

  /** The error function. */
  default Tensor erf(Tensor x) {
    return x.call(NDArray::erf);
  }

  /** The inverse error function. */
  default Tensor erfinv(Tensor x) {
    return x.call(NDArray::erfinv);
  }

  /** The gamma function. */
  default Tensor gamma(Tensor x) {
    return x.map(Smooth::gamma);
  }

  /** The logarithm of the gamma function's absolute value. */
  default Tensor gammaln(Tensor x) {
    return x.call(NDArray::gammaln);
  }

  /** The derivative of {@link #gammaln}. */
  default Tensor digamma(Tensor x) {
    return x.map(Smooth::digamma);
  }

  /** 1 / (1 + exp(-x)). */
  default Tensor sigmoid(Tensor x) {
    return x.mx().hasMxNetOperations()
        ? x.map(a -> Elementary.mxNet("sigmoid", a))
        : x.map(a -> a.getNDArrayInternal().sigmoid());
  }

  /** log(sigmoid(x)), without overflow. */
  default Tensor logSigmoid(Tensor x) {
    return x.map(a -> a.neg().getNDArrayInternal().softPlus().neg());
  }

  /** max(x, 0); gradient 0 at 0. */
  default Tensor relu(Tensor x) {
    return x.map(Kinks::relu);
  }

  /** x / (1 + |x|). */
  default Tensor softsign(Tensor x) {
    return x.map(a -> a.div(a.abs().add(1)));
  }

  /** x tanh(log(1 + exp(x))). */
  default Tensor mish(Tensor x) {
    return x.map(a -> a.mul(a.getNDArrayInternal().softPlus().tanh()));
  }

  /** -1, 0 or 1; gradient 0. */
  default Tensor sign(Tensor x) {
    return x.map(Kinks::sign);
  }

  /** The nearest integer, halves away from 0; gradient 0. */
  default Tensor round(Tensor x) {
    return x.map(Kinks::round);
  }

  /** The nearest integer, halves downwards; gradient 0. */
  default Tensor rint(Tensor x) {
    return x.map(Kinks::rint);
  }

  /** The least integer not below x; gradient 0. */
  default Tensor ceil(Tensor x) {
    return x.map(a -> Kinks.flat(a, NDArray::ceil));
  }

  /** The greatest integer not above x; gradient 0. */
  default Tensor floor(Tensor x) {
    return x.map(a -> Kinks.flat(a, NDArray::floor));
  }

  /** x without its fraction; gradient 0. */
  default Tensor trunc(Tensor x) {
    return x.map(a -> Kinks.flat(a, NDArray::trunc));
  }

  /** x without its fraction; gradient 0. */
  default Tensor fix(Tensor x) {
    return x.map(a -> Kinks.flat(a, NDArray::trunc));
  }

  /** 1 where x is 0, else 0, in x's dtype; gradient 0. */
  default Tensor logicalNot(Tensor x) {
    return x.map(a -> Kinks.flat(a, b -> Elementary.truth(b.eq(0), b)));
  }

  /** A copy; the gradient passes. */
  default Tensor identity(Tensor x) {
    return x.map(Elementary::copy);
  }

  /** Zeros in x's shape and dtype; gradient 0. */
  default Tensor zerosLike(Tensor x) {
    return x.map(a -> Kinks.flat(a, NDArray::zerosLike));
  }

  /** Ones in x's shape and dtype; gradient 0. */
  default Tensor onesLike(Tensor x) {
    return x.map(a -> Kinks.flat(a, NDArray::onesLike));
  }

  /** min(max(x, aMin), aMax); the gradient passes between the bounds and at them. */
  default Tensor clip(Tensor x, Number aMin, Number aMax) {
    return x.map(a -> Kinks.clip(a, aMin, aMax));
  }

  /** x as a constant: nothing flows back through it, but x counts as reached. */
  default Tensor blockGrad(Tensor x) {
    return x.map(a -> Kinks.flat(a, b -> Elementary.copy(b.stopGradient())));
  }

  /** {@link #blockGrad}. */
  default Tensor stopGradient(Tensor x) {
    return blockGrad(x);
  }

  /** alpha x + beta, cut to 0 and 1; gradient 0 where it is cut and at the bounds. */
  default Tensor hardSigmoid(Tensor x, double alpha, double beta) {
    return x.map(a -> Kinks.hardSigmoid(a, alpha, beta));
  }

  /** {@link #hardSigmoid(Tensor, double, double)} with alpha 0.2 and beta 0.5. */
  default Tensor hardSigmoid(Tensor x) {
    return hardSigmoid(x, 0.2, 0.5);
  }

  /** (s x)² / 2 where |x| < 1 / s², else |x| - 1 / (2 s²), with s = {@code scalar}. */
  default Tensor smoothL1(Tensor x, double scalar) {
    return x.map(a -> Kinks.smoothL1(a, scalar));
  }

  /** {@link #smoothL1(Tensor, double)} with scalar 1. */
  default Tensor smoothL1(Tensor x) {
    return smoothL1(x, 1);
  }

  /** The elements in another dtype; gradients come back in x's dtype. */
  default Tensor cast(Tensor x, DataType dtype) {
    return x.map(a -> a.getDataType() == dtype ? Elementary.copy(a) : Elementary.cast(a, dtype));
  }

  /** {@link #cast}. */
  default Tensor ampCast(Tensor x, DataType dtype) {
    return cast(x, dtype);
  }
}
