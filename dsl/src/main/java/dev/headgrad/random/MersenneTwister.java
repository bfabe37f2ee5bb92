package dev.headgrad.random;

/**
 * The 32-bit Mersenne Twister MT19937 of Matsumoto and Nishimura (1998), seeded by {@code
 * init_genrand}: the stream of C++'s {@code std::mt19937}, together with the ways in which
 * libstdc++ makes real numbers and integers of it. Not safe for use by several threads.
 */
final class MersenneTwister {
  private static final int SIZE = 624;
  private static final int MIDDLE = 397;
  private static final int UPPER_BIT = 0x80000000;
  private static final int LOWER_BITS = 0x7fffffff;

  private final int[] state = new int[SIZE];
  private int next = SIZE;

  MersenneTwister(int seed) {
    state[0] = seed;
    for (int i = 1; i < SIZE; i++) {
      int last = state[i - 1];
      state[i] = 1812433253 * (last ^ (last >>> 30)) + i;
    }
  }

  /** The next 32 random bits. */
  int nextInt() {
    if (next == SIZE) {
      twist();
    }
    int y = state[next++];
    y ^= y >>> 11;
    y ^= (y << 7) & 0x9d2c5680;
    y ^= (y << 15) & 0xefc60000;
    return y ^ (y >>> 18);
  }

  private void twist() {
    for (int i = 0; i < SIZE - MIDDLE; i++) {
      state[i] = state[i + MIDDLE] ^ mix(state[i], state[i + 1]);
    }
    for (int i = SIZE - MIDDLE; i < SIZE - 1; i++) {
      state[i] = state[i + MIDDLE - SIZE] ^ mix(state[i], state[i + 1]);
    }
    state[SIZE - 1] = state[MIDDLE - 1] ^ mix(state[SIZE - 1], state[0]);
    next = 0;
  }

  private static int mix(int upper, int lower) {
    int y = (upper & UPPER_BIT) | (lower & LOWER_BITS);
    return (y >>> 1) ^ (-(y & 1) & 0x9908b0df);
  }

  /** The next 32 random bits as a number from 0 to 2^32 - 1. */
  long nextUnsigned() {
    return Integer.toUnsignedLong(nextInt());
  }

  /** {@code std::generate_canonical<float, 24>}: one draw, in [0, 1). */
  float nextFloat() {
    float r = nextUnsigned() * 0x1p-32f;
    return r < 1f ? r : Math.nextDown(1f);
  }

  /** {@code std::generate_canonical<double, 53>}: two draws, the first one the lower, in [0, 1). */
  double nextDouble() {
    double low = nextUnsigned();
    double r = (low + nextUnsigned() * 0x1p32) * 0x1p-64;
    return r < 1 ? r : Math.nextDown(1.0);
  }

  /**
   * {@code std::normal_distribution<float>}, fresh for every number: Marsaglia's polar method,
   * whose second number is thrown away.
   */
  float nextGaussianFloat() {
    while (true) {
      float x = 2 * nextFloat() - 1;
      float y = 2 * nextFloat() - 1;
      float square = x * x + y * y;
      if (square > 0 && square <= 1) {
        return y * (float) Math.sqrt(-2 * FloatMath.log(square) / square);
      }
    }
  }

  /** {@code std::normal_distribution<double>}, fresh for every number. */
  double nextGaussianDouble() {
    while (true) {
      double x = 2 * nextDouble() - 1;
      double y = 2 * nextDouble() - 1;
      double square = x * x + y * y;
      if (square > 0 && square <= 1) {
        return y * Math.sqrt(-2 * Math.log(square) / square);
      }
    }
  }

  /**
   * {@code std::uniform_int_distribution} from 0 to {@code bound - 1}, as in libstdc++ before
   * version 11, which MXNet's binaries are made with: the range is cut into equal parts and what is
   * left over is drawn again.
   */
  int nextBelow(int bound) {
    long part = 0xffffffffL / bound;
    long past = part * bound;
    long draw;
    do {
      draw = nextUnsigned();
    } while (draw >= past);
    return (int) (draw / part);
  }
}
