package dev.headgrad.tape.op;

import dev.headgrad.tape.core.DenseArray;
import dev.headgrad.tape.core.Node;
import dev.headgrad.tape.core.Op.Keeps;

/** Sums, products, powers and extremes of two arrays. */
public final class Arithmetic {

  private Arithmetic() {}

  // y = a + b          da = g          db = g
  private static final Broadcasting ADD =
      new Broadcasting("add", Keeps.NOTHING) {
        @Override
        float of(float a, float b) {
          return a + b;
        }

        @Override
        double of(double a, double b) {
          return a + b;
        }

        @Override
        long of(long a, long b) {
          return a + b;
        }

        @Override
        protected DenseArray gradientA(Node node, DenseArray head) {
          return head;
        }

        @Override
        protected DenseArray gradientB(Node node, DenseArray head) {
          return head;
        }
      };

  // y = a * b          da = g * b      db = g * a
  private static final Broadcasting MUL =
      new Broadcasting("mul", Keeps.OTHER_INPUT) {
        @Override
        float of(float a, float b) {
          return a * b;
        }

        @Override
        double of(double a, double b) {
          return a * b;
        }

        @Override
        long of(long a, long b) {
          return a * b;
        }

        @Override
        protected DenseArray gradientA(Node node, DenseArray head) {
          return mul(head, node.input(1));
        }

        @Override
        protected DenseArray gradientB(Node node, DenseArray head) {
          return mul(head, node.input(0));
        }
      };

  /** a + b. */
  public static DenseArray add(DenseArray a, DenseArray b) {
    return ADD.apply(a, b);
  }

  /** a * b. */
  public static DenseArray mul(DenseArray a, DenseArray b) {
    return MUL.apply(a, b);
  }
}
