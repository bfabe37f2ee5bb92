package dev.headgrad.random;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Values of glibc 2.36. */
class FloatMathTest {
  /** The last four are not the floats nearest to the logarithm. */
  @ParameterizedTest
  @CsvSource({
    "9.999999717180685e-10, -20.723267",
    "0.1, -2.3025851",
    "0.5, -0.6931472",
    "0.9999, -0.00010002159",
    "1, 0",
    "1.0001, 0.000100011595",
    "3.7, 1.3083328",
    "12345.678, 9.4210615",
    "3e9, 21.821878",
    "0.9446688890457153, -0.056920793",
    "0.8207671046257019, -0.19751588",
    "0.9854914546012878, -0.014614824",
    "0.9799623489379883, -0.020241126"
  })
  void log(float x, float expected) {
    assertEquals(expected, FloatMath.log(x), 0f);
  }

  @ParameterizedTest
  @CsvSource({
    "1, 0",
    "2, 0",
    "3, 0.6931472",
    "4, 1.7917595",
    "7, 6.5792513",
    "8, 8.525162",
    "9, 10.604603",
    "13, 19.987215",
    "36.5, 93.92446",
    "1001, 5912.128",
    "12345.678, 103959.92",
    "1e6, 1.2815504e+07",
    "1e8, 1.7420681e+09",
    "2147483648, 4.3996705e+10"
  })
  void logGamma(float x, float expected) {
    assertEquals(expected, FloatMath.logGamma(x), 0f);
  }
}
