package dev.headgrad.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.types.DataType;
import dev.headgrad.MX;
import dev.headgrad.Nd;
import dev.headgrad.Tensor;
import dev.headgrad.djl.AutogradException;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * First, second and third derivatives against closed forms, in double precision: all of them on
 * JavaTape, and on the native engines as many as they have. What comes after those is an error that
 * says so.
 *
 * <p>With heads h, k and l, the derivatives are those of {@code <h, f(x)>}, of {@code <k, first>}
 * and of {@code <l, second>}.
 */
@Tag("conformance")
class ThirdDerivativesTest {

  private static final MX SESSION = MX.open(System.getProperty("headgrad.engine"));
  private static final Nd ND = SESSION.nd();

  private static final Tensor X = doubles(.5, 1, 2, 3);
  private static final Tensor H = doubles(10, 1, .1, .01);
  private static final Tensor K = doubles(1, 2, 3, 4);
  private static final Tensor L = doubles(-1, .5, 2, 1);
  private static final Tensor ONE = doubles(1.5);
  private static final Tensor W = doubles(.3, -.2, .1, .4, .5, -.6, .7, .2).reshape(2, 4);
  private static final Tensor B = doubles(.1, -.3);

  private static Tensor doubles(double... values) {
    return ND.array(values, DataType.FLOAT64);
  }

  /** A function, how many of its derivatives an engine has, and what they are. */
  enum Case {
    PRODUCT(x -> x.times(x).times(x), 1, 3) {
      @Override
      List<Tensor> derivatives() {
        return elementwise(X.square().times(3), X.times(6), X.onesLike().times(6));
      }
    },
    POWER(x -> x.pow(3), 1, 3) {
      @Override
      List<Tensor> derivatives() {
        return PRODUCT.derivatives();
      }
    },
    SUM_OF_POWERS(x -> x.pow(4).sum(), 1, 3) {
      @Override
      List<Tensor> derivatives() {
        Tensor first = ONE.times(X.pow(3).times(4));
        Tensor second = ONE.times(K).times(X.square().times(12));
        return List.of(first, second, ONE.times(K).times(L).times(X.times(24)));
      }

      @Override
      Tensor head() {
        return ONE;
      }
    },
    MATRIX_PRODUCTS(x -> ND.dot(ND.dot(x, x), x), 1, 3) {
      @Override
      List<Tensor> derivatives() {
        return List.of(
            symmetric(point(), point()).div(2),
            symmetric(matrix(K), point()),
            symmetric(matrix(K), matrix(L)));
      }

      /** What is left of {@code <h, PQR>} when two of the three are k and l, in every order. */
      private Tensor symmetric(Tensor k, Tensor l) {
        Tensor h = head();
        Tensor kl = ND.dot(k, l).plus(ND.dot(l, k)).T();
        return ND.dot(h, kl)
            .plus(ND.dot(kl, h))
            .plus(ND.dot(ND.dot(k.T(), h), l.T()))
            .plus(ND.dot(ND.dot(l.T(), h), k.T()));
      }

      @Override
      Tensor shaped(Tensor x) {
        return matrix(x);
      }
    },
    SOFTMAX(ND::softmax, 1, 3) {
      @Override
      List<Tensor> derivatives() {
        Tensor s = ND.softmax(X);
        Tensor h = centred(H, s);
        Tensor k = centred(K, s);
        Tensor l = centred(L, s);
        Tensor third = h.times(k).times(l);
        third = third.minus(third.times(s).sum());
        third = third.minus(h.times(covariance(k, l, s)));
        third = third.minus(k.times(covariance(h, l, s)));
        third = third.minus(l.times(covariance(h, k, s)));
        return List.of(s.times(h), s.times(h.times(k).minus(covariance(h, k, s))), s.times(third));
      }

      /** Less its mean under the probabilities s. */
      private Tensor centred(Tensor a, Tensor s) {
        return a.minus(a.times(s).sum());
      }

      private Tensor covariance(Tensor a, Tensor b, Tensor s) {
        return a.times(b).times(s).sum();
      }
    },
    LAYER(x -> ND.dot(W, x).plus(B).tanh(), 1, 3) {
      @Override
      List<Tensor> derivatives() {
        Tensor t = ND.dot(W, X).plus(B).tanh();
        Tensor slope = t.square().rminus(1);
        Tensor wk = ND.dot(W, K);
        Tensor wl = ND.dot(W, L);
        Tensor curve = t.times(slope).times(-2);
        Tensor third = slope.times(t.square().times(6).minus(2));
        return List.of(
            ND.dot(W.T(), head().times(slope)),
            ND.dot(W.T(), head().times(curve).times(wk)),
            ND.dot(W.T(), head().times(third).times(wk).times(wl)));
      }

      @Override
      Tensor head() {
        return doubles(10, .1);
      }
    };

    private final UnaryOperator<Tensor> function;
    private final int onMxNet;
    private final int onPyTorch;

    Case(UnaryOperator<Tensor> function, int onMxNet, int onPyTorch) {
      this.function = function;
      this.onMxNet = onMxNet;
      this.onPyTorch = onPyTorch;
    }

    abstract List<Tensor> derivatives();

    Tensor head() {
      return shaped(H);
    }

    /** An array of four elements in the shape that the function wants. */
    Tensor shaped(Tensor x) {
      return x;
    }

    Tensor point() {
      return shaped(X);
    }

    int orders() {
      return switch (SESSION.engine().getEngineName()) {
        case "MXNet" -> onMxNet;
        case "PyTorch" -> onPyTorch;
        default -> 3;
      };
    }

    static Tensor matrix(Tensor x) {
      return x.reshape(2, 2);
    }

    static List<Tensor> elementwise(Tensor first, Tensor second, Tensor third) {
      return List.of(H.times(first), H.times(K).times(second), H.times(K).times(L).times(third));
    }
  }

  @ParameterizedTest
  @EnumSource
  void derivatives(Case f) {
    List<Tensor> expected = f.derivatives();
    Tensor x = f.point().copy().attachGrad();
    Tensor y = SESSION.autograd().record(() -> f.function.apply(x));
    List<Tensor> heads = List.of(f.head(), f.shaped(K), f.shaped(L));
    for (int order = 1; order <= f.orders(); order++) {
      y = gradient(y, x, heads.get(order - 1));
      assertClose(f + ", derivative " + order, expected.get(order - 1), y);
    }
    if (f.orders() < 3) {
      Tensor last = y;
      AutogradException e =
          assertThrows(AutogradException.class, () -> gradient(last, x, heads.get(f.orders())));
      assertTrue(
          String.valueOf(e.getMessage()).endsWith("; the engine JavaTape can"), e.getMessage());
    }
  }

  private static Tensor gradient(Tensor y, Tensor x, Tensor head) {
    return SESSION
        .autograd()
        .record(() -> SESSION.autograd().grad(y, List.of(x), head, true).get(0));
  }

  private static void assertClose(String what, Tensor expected, Tensor actual) {
    assertEquals(expected.shape(), actual.shape(), what);
    double[] e = expected.toDoubleArray();
    double[] a = actual.toDoubleArray();
    for (int i = 0; i < e.length; i++) {
      assertEquals(e[i], a[i], 1e-9 * Math.max(1, Math.abs(e[i])), what + ", element " + i);
    }
  }
}
