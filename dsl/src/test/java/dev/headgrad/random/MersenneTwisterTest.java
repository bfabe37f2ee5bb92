package dev.headgrad.random;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class MersenneTwisterTest {
  /** The C++ standard, [rand.predef]: the 10000th number of a default-seeded std::mt19937. */
  @Test
  void isTheStandardGenerator() {
    MersenneTwister generator = new MersenneTwister(5489);
    assertEquals(3499211612L, generator.nextUnsigned());
    for (int i = 2; i < 10000; i++) {
      generator.nextInt();
    }
    assertEquals(4123659995L, generator.nextUnsigned());
  }

  /** Seeds are unsigned: init_genrand(4294967295), as NumPy's RandomState gives it. */
  @Test
  void takesSeedsAboveTheSignBit() {
    MersenneTwister generator = new MersenneTwister(-1);
    assertEquals(419326371L, generator.nextUnsigned());
  }

  @Test
  void nextBelowReachesAllAndOnlyTheNumbersBelow() {
    MersenneTwister generator = new MersenneTwister(1);
    boolean[] seen = new boolean[7];
    for (int i = 0; i < 1000; i++) {
      seen[generator.nextBelow(7)] = true;
    }
    for (boolean s : seen) {
      assertTrue(s);
    }
  }
}
