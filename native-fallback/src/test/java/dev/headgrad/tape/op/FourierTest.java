package dev.headgrad.tape.op;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.djl.ndarray.types.DataType;
import dev.headgrad.tape.autograd.Backward;
import dev.headgrad.tape.core.DenseArray;
import dev.headgrad.tape.core.Dims;
import dev.headgrad.tape.core.Elements;
import dev.headgrad.tape.core.Leaf;
import dev.headgrad.tape.core.Tape;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class FourierTest {

  private static final long SEED = 31;
  private final Random random = new Random(SEED);

  private DenseArray signal(int... dims) {
    float[] x = new float[Dims.size(dims)];
    for (int i = 0; i < x.length; i++) {
      x[i] = random.nextFloat() - .5f;
    }
    return DenseArray.of(x, DataType.FLOAT32, dims);
  }

  private static float[] floats(DenseArray x) {
    return Elements.copy(x).floats();
  }

  @Test
  void valuesAreTheSums() {
    DenseArray x = signal(6);
    float[] y = floats(Fourier.fft(x, 6, 0));
    for (int k = 0; k < 6; k++) {
      double re = 0;
      double im = 0;
      for (int t = 0; t < 6; t++) {
        re += x.floats()[t] * Math.cos(-2 * Math.PI * k * t / 6);
        im += x.floats()[t] * Math.sin(-2 * Math.PI * k * t / 6);
      }
      assertEquals(re, y[2 * k], 1e-6);
      assertEquals(im, y[2 * k + 1], 1e-6);
    }
  }

  @Test
  void inversesUndoThem() {
    DenseArray x = signal(2, 5, 4);
    DenseArray back = Fourier.ifft(Fourier.fft(x, 5, 1), 5, 1);
    assertArrayEquals(x.floats(), floats(Casting.cast(back, DataType.FLOAT32)), 1e-6f);
    for (int n : new int[] {4, 5}) {
      DenseArray y = signal(3, n);
      assertArrayEquals(y.floats(), floats(Fourier.irfft(Fourier.rfft(y, n, 1), n, 1)), 1e-6f);
    }
    int[] sizes = {5, 4};
    int[] axes = {1, 2};
    DenseArray both = Fourier.fftn(Fourier.fftn(x, sizes, axes, false), sizes, axes, true);
    assertArrayEquals(x.floats(), floats(Casting.cast(both, DataType.FLOAT32)), 1e-6f);
  }

  @Test
  void shortTimeTransformsAreThoseOfTheirWindows() {
    DenseArray x = signal(16);
    DenseArray window = Creation.hann(8);
    DenseArray y = Fourier.stft(x, 8, 4, false, window, false);
    assertEquals("(5, 3)", Dims.text(y.dims()));
    DenseArray second = Arithmetic.mul(Slicing.range(x, 0, 4, 12), window);
    assertArrayEquals(floats(Fourier.rfft(second, 8, 0)), floats(Slicing.select(y, 1, 1)), 1e-6f);
    assertEquals("(5, 5)", Dims.text(Fourier.stft(x, 8, 4, true, window, true).dims()));
  }

  @Test
  void sumsAndMagnitudesOfComplexNumbers() {
    DenseArray x =
        ComplexNumbers.complex(
            DenseArray.of(new float[] {3, 4, 1, -4, 0, 0, 2, 1}, DataType.FLOAT32, 2, 2, 2));
    assertArrayEquals(new float[] {6, 1}, floats(Reductions.sum(x)));
    assertArrayEquals(
        new float[] {3, 4, 3, -3}, floats(Reductions.sum(x, new int[] {0}, false)), 1e-6f);
    assertArrayEquals(
        new float[] {2, 0, 1, .5f}, floats(Reductions.mean(x, new int[] {-1}, true)), 1e-6f);
    DenseArray sizes = UnaryMath.abs(x);
    assertEquals(DataType.FLOAT32, sizes.type());
    assertArrayEquals(
        new float[] {5, (float) Math.sqrt(17), 0, (float) Math.sqrt(5)}, floats(sizes), 1e-6f);
    assertThrows(IllegalArgumentException.class, () -> Reductions.max(x));
  }

  /** In single precision, against differences of the power of the spectrum. */
  @Test
  void gradients() {
    check(x -> Fourier.fft(x, 6, 0));
    check(x -> Fourier.fft(x, 4, 0));
    check(x -> Fourier.ifft(x, 8, 0));
    check(x -> Fourier.rfft(x, 6, 0));
    check(x -> Fourier.stft(x, 4, 2, true, Creation.hann(4), true));
    check(x -> UnaryMath.abs(Fourier.fft(x, 8, 0)));
    check(x -> Reductions.mean(Fourier.stft(x, 4, 2, true, Creation.hann(4), true)));
    check(x -> ComplexNumbers.complex(Shapes.reshape(Fourier.irfft(x, 8, 0), 4, 2)));
  }

  private void check(UnaryOperator<DenseArray> f) {
    DenseArray x = signal(6);
    x.setVertex(new Leaf(DataType.FLOAT32, x.dims(), Leaf.Update.WRITE), 0);
    boolean was = Tape.setRecording(true);
    DenseArray power;
    try {
      power = power(f.apply(x));
    } finally {
      Tape.setRecording(was);
    }
    DenseArray gradient =
        Backward.run(List.of(power), Collections.singletonList(null), false, false)
            .values()
            .iterator()
            .next();
    float[] g = floats(Objects.requireNonNull(gradient));
    for (int i = 0; i < 6; i++) {
      float[] up = x.floats().clone();
      float[] down = x.floats().clone();
      up[i] += 1e-2f;
      down[i] -= 1e-2f;
      double expected = (power(f, up) - power(f, down)) / 2e-2;
      assertEquals(expected, g[i], 1e-3 * Math.max(1, Math.abs(expected)), "seed " + SEED);
    }
  }

  private static double power(UnaryOperator<DenseArray> f, float[] x) {
    return power(f.apply(DenseArray.of(x, DataType.FLOAT32, x.length))).floats()[0];
  }

  private static DenseArray power(DenseArray spectrum) {
    return Reductions.sum(UnaryMath.square(ComplexNumbers.real(spectrum)));
  }
}
