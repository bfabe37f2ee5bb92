package dev.headgrad.tape.kernel;

/**
 * The fused multiply-add, where the processor has one.
 *
 * <p>Elsewhere {@link Math#fma} is emulated with big decimals, thousands of times slower, so the
 * kernels fall back to a multiplication and an addition, which round twice.
 */
public final class Fma {

  /** Whether {@link Math#fma} is an instruction on this machine. */
  public static final boolean FAST = isInstruction();

  private static final int CALLS = 10;

  /** Ten interpreted instructions take less than 1 microsecond, ten emulations more than 100. */
  private static final long LIMIT_NANOS = 10_000;

  private Fma() {}

  /**
   * There is no way to ask but to try: the JVM's option UseFMA needs the management classes, which
   * load slowly.
   */
  private static boolean isInstruction() {
    float x = 1.5f;
    long best = Long.MAX_VALUE;
    for (int round = 0; round < 5; round++) {
      long start = System.nanoTime();
      for (int i = 0; i < CALLS; i++) {
        x = Math.fma(x, 0.75f, 0.25f);
      }
      best = Math.min(best, System.nanoTime() - start);
    }
    return best < LIMIT_NANOS && x > 0;
  }

  /** a b + c. */
  public static float of(float a, float b, float c) {
    return FAST ? Math.fma(a, b, c) : a * b + c;
  }

  /** a b + c. */
  public static double of(double a, double b, double c) {
    return FAST ? Math.fma(a, b, c) : a * b + c;
  }
}
