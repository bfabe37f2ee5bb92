package dev.headgrad.tape.kernel.function;

import static dev.headgrad.tape.kernel.function.FloatMath.*;

import dev.headgrad.tape.kernel.Species;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The functions of {@link FloatMath}, a vector at a time: the same steps, and so the same bits.
 *
 * <p>What some processor or some JVM has no instruction for is avoided: conversions between
 * integers and floats, minima and maxima, which treat zeros and NaN at length, and the JVM's own
 * transcendental functions.
 *
 * <p>The compiler stops inlining when a method has grown large (NodeCountInliningCutoff), and
 * vectors that are passed to a method become objects. The methods of the Vector API themselves are
 * always inlined. So a function calls others of this class first of all or not at all, and
 * constants and steps are written out.
 */
final class VectorMath {

  static final VectorSpecies<Float> FLOATS = Species.FLOATS;

  /** Up to this magnitude, e to the power of x is a normal number. */
  private static final float EXP_MODERATE = 87;

  private VectorMath() {}

  static FloatVector exp(FloatVector x) {
    FloatVector y = x.blend(EXP_LOW, x.lt(EXP_LOW));
    return expClamped(y.blend(EXP_HIGH, y.compare(VectorOperators.GT, EXP_HIGH)));
  }

  /** e to the power of x between EXP_LOW and EXP_HIGH. */
  private static FloatVector expClamped(FloatVector x) {
    FloatVector z = x.fma(LOG2_E, ROUNDER);
    FloatVector p = expReduced(x, z.sub(ROUNDER));
    IntVector n = z.reinterpretAsInts().sub(ROUNDER_BITS);
    IntVector half = n.lanewise(VectorOperators.ASHR, 1);
    IntVector rest = n.sub(half);
    return p.mul(half.lanewise(VectorOperators.LSHL, 23).add(ONE_BITS).reinterpretAsFloats())
        .mul(rest.lanewise(VectorOperators.LSHL, 23).add(ONE_BITS).reinterpretAsFloats());
  }

  /** Whether {@link #expInside} is right for all of x. */
  static boolean isModerate(FloatVector x) {
    return x.reinterpretAsInts().and(~SIGN).reinterpretAsFloats().lt(EXP_MODERATE).allTrue();
  }

  /** e to the power of x, which is so far from the limits that one scaling does. */
  static FloatVector expInside(FloatVector x) {
    FloatVector z = x.fma(LOG2_E, ROUNDER);
    FloatVector p = expReduced(x, z.sub(ROUNDER));
    IntVector n = z.reinterpretAsInts().lanewise(VectorOperators.LSHL, 23);
    return p.mul(n.add(ONE_BITS).reinterpretAsFloats());
  }

  /** e to the power of x, which is not positive; 0 where that would be subnormal. */
  static FloatVector expBelow(FloatVector x) {
    FloatVector z = x.fma(LOG2_E, ROUNDER);
    FloatVector r = expm1Small(reduced(x, z.sub(ROUNDER)));
    IntVector n = z.reinterpretAsInts().lanewise(VectorOperators.LSHL, 23);
    FloatVector s = n.add(ONE_BITS).reinterpretAsFloats();
    return s.fma(r, s).blend(0, x.lt(EXP_NORMAL));
  }

  /** e to the power of x - n log 2, a small number. */
  private static FloatVector expReduced(FloatVector x, FloatVector n) {
    FloatVector high = n.fma(FloatVector.broadcast(FLOATS, -LN2_HIGH), x);
    FloatVector low = n.mul(-LN2_LOW);
    FloatVector r = high.add(low);
    FloatVector p = r.fma(E7, E6);
    p = p.fma(r, FloatVector.broadcast(FLOATS, E5));
    p = p.fma(r, FloatVector.broadcast(FLOATS, E4));
    p = p.fma(r, FloatVector.broadcast(FLOATS, E3));
    p = p.fma(r, FloatVector.broadcast(FLOATS, E2));
    FloatVector tail = r.mul(r).fma(p, high.sub(r).add(low));
    FloatVector sum = r.add(1);
    return sum.add(r.sub(sum.sub(1)).add(tail));
  }

  private static FloatVector reduced(FloatVector x, FloatVector n) {
    FloatVector r = n.fma(FloatVector.broadcast(FLOATS, -LN2_HIGH), x);
    return n.fma(FloatVector.broadcast(FLOATS, -LN2_LOW), r);
  }

  /** e<sup>r</sup> - 1 for small r. */
  private static FloatVector expm1Small(FloatVector r) {
    FloatVector p = r.fma(E7, E6);
    p = p.fma(r, FloatVector.broadcast(FLOATS, E5));
    p = p.fma(r, FloatVector.broadcast(FLOATS, E4));
    p = p.fma(r, FloatVector.broadcast(FLOATS, E3));
    p = p.fma(r, FloatVector.broadcast(FLOATS, E2));
    return r.mul(r).fma(p, r);
  }

  static FloatVector expm1(FloatVector x) {
    FloatVector y = x.blend(EXPM1_LOW, x.lt(EXPM1_LOW));
    y = y.blend(EXP_HIGH, y.compare(VectorOperators.GT, EXP_HIGH));
    FloatVector z = y.fma(LOG2_E, ROUNDER);
    FloatVector q = expm1Small(reduced(y, z.sub(ROUNDER)));
    IntVector n = z.reinterpretAsInts().sub(1).lanewise(VectorOperators.LSHL, 23);
    FloatVector s = n.add(ONE_BITS).reinterpretAsFloats();
    FloatVector h = s.fma(q, s.sub(0.5f));
    IntVector sign = x.reinterpretAsInts().and(SIGN);
    return h.add(h).reinterpretAsInts().or(sign).reinterpretAsFloats();
  }

  /** log(1 + f) for 1 + f between sqrt(1/2) and sqrt(2), plus e logarithms of 2. */
  private static FloatVector logOf(FloatVector e, FloatVector f) {
    FloatVector y = logTail(f).fma(f.mul(f).mul(f), e.mul(LN2_LOW));
    y = f.mul(f).fma(FloatVector.broadcast(FLOATS, -0.5f), y);
    return e.fma(FloatVector.broadcast(FLOATS, LN2_HIGH), y.add(f));
  }

  private static FloatVector logNearOne(FloatVector f) {
    FloatVector y = logTail(f).mul(f.mul(f).mul(f));
    return f.mul(f).fma(FloatVector.broadcast(FLOATS, -0.5f), y).add(f);
  }

  private static FloatVector logTail(FloatVector f) {
    FloatVector p = f.fma(L11, L10);
    p = p.fma(f, FloatVector.broadcast(FLOATS, L9));
    p = p.fma(f, FloatVector.broadcast(FLOATS, L8));
    p = p.fma(f, FloatVector.broadcast(FLOATS, L7));
    p = p.fma(f, FloatVector.broadcast(FLOATS, L6));
    p = p.fma(f, FloatVector.broadcast(FLOATS, L5));
    p = p.fma(f, FloatVector.broadcast(FLOATS, L4));
    return p.fma(f, FloatVector.broadcast(FLOATS, L3));
  }

  /** The mantissa between sqrt(1/2) and sqrt(2) of a normal number, minus 1. */
  private static FloatVector mantissa(FloatVector x) {
    IntVector m = x.reinterpretAsInts().sub(SQRT_HALF_BITS).and(MANTISSA);
    return m.add(SQRT_HALF_BITS).reinterpretAsFloats().sub(1);
  }

  /** The exponent of a normal number with that mantissa. */
  private static FloatVector exponent(FloatVector x) {
    IntVector e = x.reinterpretAsInts().sub(SQRT_HALF_BITS).lanewise(VectorOperators.ASHR, 23);
    return e.add(ROUNDER_BITS).reinterpretAsFloats().sub(ROUNDER);
  }

  /** The exponent of any number x, of which v is what {@link #normal} makes. */
  private static FloatVector exponent(FloatVector x, FloatVector v) {
    FloatVector e = exponent(v);
    return e.blend(e.sub(23), x.lt(Float.MIN_NORMAL));
  }

  private static FloatVector normal(FloatVector x) {
    return x.blend(x.mul(TWO_23), x.lt(Float.MIN_NORMAL));
  }

  static FloatVector log(FloatVector x) {
    FloatVector v = normal(x);
    FloatVector y = logOf(exponent(x, v), mantissa(v));
    FloatVector limits = x.blend(Float.NaN, x.lt(0)).blend(Float.NEGATIVE_INFINITY, x.eq(0));
    VectorMask<Float> inside = x.compare(VectorOperators.GT, 0).and(x.lt(Float.POSITIVE_INFINITY));
    return limits.blend(y, inside);
  }

  static FloatVector log2(FloatVector x) {
    FloatVector v = normal(x);
    FloatVector y = logNearOne(mantissa(v));
    FloatVector z = y.fma(FloatVector.broadcast(FLOATS, LOG2_E_LOW), exponent(x, v));
    z = y.fma(FloatVector.broadcast(FLOATS, LOG2_E), z);
    FloatVector limits = x.blend(Float.NaN, x.lt(0)).blend(Float.NEGATIVE_INFINITY, x.eq(0));
    VectorMask<Float> inside = x.compare(VectorOperators.GT, 0).and(x.lt(Float.POSITIVE_INFINITY));
    return limits.blend(z, inside);
  }

  static FloatVector log10(FloatVector x) {
    FloatVector v = normal(x);
    FloatVector y = logNearOne(mantissa(v));
    FloatVector e = exponent(x, v);
    FloatVector z = e.fma(FloatVector.broadcast(FLOATS, LOG10_2_LOW), y.mul(LOG10_E));
    z = e.fma(FloatVector.broadcast(FLOATS, LOG10_2_HIGH), z);
    FloatVector limits = x.blend(Float.NaN, x.lt(0)).blend(Float.NEGATIVE_INFINITY, x.eq(0));
    VectorMask<Float> inside = x.compare(VectorOperators.GT, 0).and(x.lt(Float.POSITIVE_INFINITY));
    return limits.blend(z, inside);
  }

  static FloatVector log1p(FloatVector x) {
    FloatVector u = x.add(1);
    FloatVector y = logOf(exponent(u), mantissa(u));
    FloatVector lost = x.sub(u.sub(1));
    FloatVector z = y.blend(lost.div(u).add(y), x.lt(TWO_23));
    FloatVector limits = u.blend(Float.NaN, u.lt(0)).blend(Float.NEGATIVE_INFINITY, u.eq(0));
    VectorMask<Float> inside = u.compare(VectorOperators.GT, 0).and(u.lt(Float.POSITIVE_INFINITY));
    IntVector sign = x.reinterpretAsInts().and(SIGN);
    return limits.blend(z, inside).reinterpretAsInts().or(sign).reinterpretAsFloats();
  }

  /** e to the power of -|x|. */
  private static FloatVector expLowered(FloatVector x) {
    FloatVector y = x.reinterpretAsInts().or(SIGN).reinterpretAsFloats();
    return expClamped(y.blend(EXP_LOW, y.lt(EXP_LOW)));
  }

  static FloatVector softplus(FloatVector x) {
    FloatVector e = expLowered(x);
    FloatVector s = e.div(e.add(2));
    FloatVector z = s.mul(s);
    FloatVector r = z.fma(A10, A8);
    r = r.fma(z, FloatVector.broadcast(FLOATS, A6));
    r = r.fma(z, FloatVector.broadcast(FLOATS, A4));
    r = r.fma(z, FloatVector.broadcast(FLOATS, A2));
    FloatVector above = FloatVector.zero(FLOATS).blend(x, x.compare(VectorOperators.GT, 0));
    return above.add(s.fma(r.fma(z, e.neg()), e));
  }

  static FloatVector tanh(FloatVector x) {
    FloatVector a = x.reinterpretAsInts().and(~SIGN).reinterpretAsFloats();
    FloatVector b = a.blend(TANH_HIGH, a.compare(VectorOperators.GT, TANH_HIGH));
    FloatVector y = b.add(b);
    FloatVector z = y.fma(LOG2_E, ROUNDER);
    FloatVector r = expm1Small(reduced(y, z.sub(ROUNDER)));
    IntVector n = z.reinterpretAsInts().lanewise(VectorOperators.LSHL, 23);
    FloatVector s = n.add(ONE_BITS).reinterpretAsFloats();
    FloatVector q = s.fma(r, s.sub(1));
    IntVector sign = x.reinterpretAsInts().and(SIGN);
    return q.div(q.add(2)).reinterpretAsInts().or(sign).reinterpretAsFloats();
  }

  /** The power of e is not subnormal where it matters, and scaled without its last doubling. */
  static FloatVector sigmoid(FloatVector x) {
    FloatVector y = x.neg();
    y = y.blend(SIGMOID_LOW, y.lt(SIGMOID_LOW));
    y = y.blend(EXP_HIGH, y.compare(VectorOperators.GT, EXP_HIGH));
    FloatVector z = y.fma(LOG2_E, ROUNDER);
    FloatVector p = expReduced(y, z.sub(ROUNDER));
    IntVector n = z.reinterpretAsInts().lanewise(VectorOperators.LSHL, 23);
    FloatVector half = p.mul(n.add(HALF_BITS).reinterpretAsFloats());
    return FloatVector.broadcast(FLOATS, 1).div(half.add(half).add(1));
  }

  static FloatVector erf(FloatVector x) {
    FloatVector a = x.reinterpretAsInts().and(~SIGN).reinterpretAsFloats();
    FloatVector t = a.blend(ERF_HIGH, a.compare(VectorOperators.GT, ERF_HIGH));
    FloatVector g = t.fma(G7, G6);
    g = g.fma(t, FloatVector.broadcast(FLOATS, G5));
    g = g.fma(t, FloatVector.broadcast(FLOATS, G4));
    g = g.fma(t, FloatVector.broadcast(FLOATS, G3));
    g = g.fma(t, FloatVector.broadcast(FLOATS, G2));
    g = g.fma(t, FloatVector.broadcast(FLOATS, G1));
    FloatVector e = expInside(g.fma(t, t).neg());
    FloatVector s = x.mul(x);
    FloatVector p = s.fma(F11, F9);
    p = p.fma(s, FloatVector.broadcast(FLOATS, F7));
    p = p.fma(s, FloatVector.broadcast(FLOATS, F5));
    p = p.fma(s, FloatVector.broadcast(FLOATS, F3));
    p = p.fma(s, FloatVector.broadcast(FLOATS, F1));
    FloatVector small = p.fma(x, x);
    IntVector sign = x.reinterpretAsInts().and(SIGN);
    FloatVector large = FloatVector.broadcast(FLOATS, 1).sub(e);
    large = large.reinterpretAsInts().or(sign).reinterpretAsFloats();
    return large.blend(small, a.lt(ERF_SMALL));
  }

  static FloatVector gelu(FloatVector x) {
    FloatVector y = erf(x.mul(SQRT_HALF));
    return x.mul(0.5f).mul(y.add(1));
  }

  /** Whether sin and cos are right for all of x. */
  static boolean isCircular(FloatVector x) {
    return x.reinterpretAsInts().and(~SIGN).reinterpretAsFloats().lt(SIN_HIGH).allTrue();
  }

  static FloatVector sin(FloatVector x) {
    FloatVector y = circular(x, 0);
    return y.blend(x, x.reinterpretAsInts().and(~SIGN).reinterpretAsFloats().lt(SIN_SMALL));
  }

  static FloatVector cos(FloatVector x) {
    return circular(x, 1);
  }

  /** The sine of x plus so many right angles. */
  private static FloatVector circular(FloatVector x, int quadrant) {
    FloatVector z = x.fma(TWO_OVER_PI, ROUNDER);
    FloatVector n = z.sub(ROUNDER);
    FloatVector r = n.fma(FloatVector.broadcast(FLOATS, -HALF_PI_1), x);
    r = n.fma(FloatVector.broadcast(FLOATS, -HALF_PI_2), r);
    r = n.fma(FloatVector.broadcast(FLOATS, -HALF_PI_3), r);
    IntVector q = z.reinterpretAsInts().add(quadrant);
    FloatVector s = r.mul(r);
    FloatVector p = s.fma(S7, S5).fma(s, FloatVector.broadcast(FLOATS, S3));
    FloatVector sine = p.mul(s).fma(r, r);
    FloatVector c = s.fma(C8, C6).fma(s, FloatVector.broadcast(FLOATS, C4));
    FloatVector cosine = c.fma(s.mul(s), s.fma(-0.5f, 1));
    // the lowest bit of q, as a number: 0 or the least normal one
    FloatVector odd = q.and(1).lanewise(VectorOperators.LSHL, 23).reinterpretAsFloats();
    FloatVector y = sine.blend(cosine, odd.compare(VectorOperators.GT, 0));
    IntVector sign = q.and(2).lanewise(VectorOperators.LSHL, 30);
    return y.reinterpretAsInts().lanewise(VectorOperators.XOR, sign).reinterpretAsFloats();
  }
}
