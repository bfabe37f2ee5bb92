package dev.headgrad.print;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.headgrad.print.Dragon4.Digits;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class Dragon4Test {
  private static final long SEED = 4511638;

  private static BigDecimal decimal(Digits digits) {
    String text = digits.text();
    return new BigDecimal(text).scaleByPowerOfTen(digits.exponent() - text.length() + 1);
  }

  /** A positive number of the type, with random bits in double precision before rounding. */
  private static double number(Random random, FloatType type) {
    while (true) {
      double value =
          switch (type) {
            case FLOAT64 -> Double.longBitsToDouble(random.nextLong());
            case FLOAT32, BFLOAT16 -> Float.intBitsToFloat(random.nextInt());
            case FLOAT16 -> Math.scalb(random.nextDouble(), random.nextInt(45) - 27);
          };
      double rounded = type.round(Math.abs(value));
      if (rounded > 0 && Double.isFinite(rounded)) {
        return rounded;
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void shortestDigitsAreReadBackAndNoFewerAre(FloatType type) {
    Random random = new Random(SEED);
    for (int i = 0; i < 1000; i++) {
      double value = number(random, type);
      Digits digits = Dragon4.shortest(value, type);
      String message = value + " as " + digits + ", seed " + SEED;
      assertEquals(value, read(decimal(digits), type), message);
      int fewer = digits.text().length() - 1;
      if (fewer > 0) {
        BigDecimal exact = new BigDecimal(value);
        for (RoundingMode mode : new RoundingMode[] {RoundingMode.DOWN, RoundingMode.UP}) {
          BigDecimal candidate = exact.round(new MathContext(fewer, mode));
          assertNotEquals(value, read(candidate, type), message);
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void shortestDigitsAreTheNearestOfTheirLength(FloatType type) {
    Random random = new Random(SEED);
    for (int i = 0; i < 1000; i++) {
      double value = number(random, type);
      Digits digits = Dragon4.shortest(value, type);
      BigDecimal exact = new BigDecimal(value);
      BigDecimal nearest =
          exact.round(new MathContext(digits.text().length(), RoundingMode.HALF_EVEN));
      // Below a power of two the nearest may belong to the neighbour: then the other one is right.
      if (read(nearest, type) == value) {
        assertEquals(0, nearest.compareTo(decimal(digits)), value + ", seed " + SEED);
      }
    }
  }

  /** Decimal to binary; halves and bfloats first to the nearest double, which suffices for them. */
  private static double read(BigDecimal decimal, FloatType type) {
    return type == FloatType.FLOAT32 ? decimal.floatValue() : type.round(decimal.doubleValue());
  }

  @Test
  void cutDigitsAreRoundedFromTheExactValue() {
    // The shortest digits 0.15 would give 0.2 if rounded half up; the number is below 0.15.
    assertEquals(new Digits("1", -1), Dragon4.fractional(0.15, FloatType.FLOAT64, 1, false));
    assertEquals(new Digits("12", 0), Dragon4.significant(1.25, FloatType.FLOAT64, 2, 1));
    assertEquals(new Digits("14", 0), Dragon4.significant(1.375, FloatType.FLOAT64, 2, 1));
  }

  @Test
  void roundingUpCarries() {
    assertEquals(new Digits("1", 3), Dragon4.significant(999.9, FloatType.FLOAT64, 3, 1));
    assertEquals(new Digits("13", 1), Dragon4.significant(12.99, FloatType.FLOAT64, 3, 1));
  }

  @Test
  void moreDigitsThanTheShortestAreExact() {
    assertEquals(new Digits("30000001", -1), Dragon4.significant(0.3f, FloatType.FLOAT32, 8, 8));
    assertEquals(
        new Digits("99999992", 7), Dragon4.fractional(99999992, FloatType.FLOAT32, 8, true));
    assertEquals(
        new Digits("9999999", 7), Dragon4.fractional(99999992, FloatType.FLOAT32, 8, false));
  }

  @Test
  void zeroHasOneDigit() {
    for (FloatType type : FloatType.values()) {
      assertEquals(new Digits("0", 0), Dragon4.shortest(0, type));
    }
  }

  @Test
  void roundingAgreesWithTheCastToFloat() {
    Random random = new Random(SEED);
    for (int i = 0; i < 10_000; i++) {
      double value = Math.scalb(random.nextDouble() - 0.5, random.nextInt(300) - 160);
      assertEquals((float) value, FloatType.FLOAT32.round(value), value + ", seed " + SEED);
    }
    assertTrue(Double.isNaN(FloatType.FLOAT16.round(Double.NaN)));
    assertEquals(Double.NEGATIVE_INFINITY, FloatType.FLOAT32.round(-1e39));
    assertEquals(65504, FloatType.FLOAT16.round(65519));
    assertEquals(Double.POSITIVE_INFINITY, FloatType.FLOAT16.round(65520));
    assertEquals(Math.scalb(1.0, -24), FloatType.FLOAT16.round(5e-8));
  }
}
