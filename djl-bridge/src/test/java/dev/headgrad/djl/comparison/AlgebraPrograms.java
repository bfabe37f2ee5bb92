package dev.headgrad.djl.comparison;

import static dev.headgrad.djl.comparison.Input.CUBE;
import static dev.headgrad.djl.comparison.Input.random;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import java.util.List;

/** Matrix products and inverses, Fourier transforms and complex numbers. */
final class AlgebraPrograms {

  private AlgebraPrograms() {}

  static List<Family> families() {
    return List.of(linear(), fourier());
  }

  private static Family linear() {
    Input vector = random("(3)", 1, 3);
    Input matrix = random("(2, 3)", 2, 2, 3);
    Input right = random("(3, 4)", 3, 3, 4);
    Input batch = random("(2, 3, 4)", 4, 2, 3, 4);
    Input batchRight = random("(2, 4, 5)", 5, 2, 4, 5);
    Input manyRight = random("(1, 4, 5)", 6, 1, 4, 5);
    Input scalar = random("()", 7);
    Input ints = Input.ints("int32", 1, 2, 3, 4, 5, 6).reshaped(2, 3);
    Input intsRight = Input.ints("int32", 1, 0, 2, 1, 0, 3).reshaped(3, 2);
    Input none = new Input("(0, 3)", m -> m.create(Input.shape(0, 3)));
    Input noDepth = new Input("(2, 0)", m -> m.create(Input.shape(2, 0)));
    Input noDepthRight = new Input("(0, 3)", m -> m.create(Input.shape(0, 3)));
    Input[][] pairs = {
      vector.with(vector),
      matrix.with(vector),
      matrix.with(right),
      vector.with(right),
      batch.with(batchRight),
      batch.with(manyRight),
      batch.with(random("(4)", 8, 4)),
      batch.with(random("(4, 5)", 9, 4, 5)),
      random("(2, 3)", 10, 2, 3).with(batch),
      ints.with(intsRight),
      none.with(right),
      noDepth.with(noDepthRight),
      matrix.as(DataType.FLOAT64).with(right.as(DataType.FLOAT64)),
      scalar.with(matrix),
      matrix.with(scalar),
      random("(2, 3, 2, 3)", 11, 2, 3, 2, 3).with(random("(2, 3, 3, 2)", 12, 2, 3, 3, 2))
    };
    Family family =
        new Family("linear algebra")
            .binary("dot", NDArray::dot, pairs)
            .binary("matMul", NDArray::matMul, pairs)
            .binary("batchDot", NDArray::batchDot, batch.with(batchRight), batch.with(manyRight))
            .binary(
                "batchMatMul", NDArray::batchMatMul, batch.with(batchRight), batch.with(manyRight));
    Input regular = new Input("regular", m -> random("r", 13, 3, 3).on(m).add(m.eye(3).mul(3)));
    Input regulars =
        new Input("regular batch", m -> random("r", 14, 2, 3, 3).on(m).add(m.eye(3).mul(3)));
    return family.unary(
        "inverse",
        NDArray::inverse,
        regular,
        regular.as(DataType.FLOAT64),
        regulars,
        random("1", 15, 1, 1));
  }

  private static NDArray complex(NDManager m, long... shape) {
    long[] pairs = java.util.Arrays.copyOf(shape, shape.length + 1);
    pairs[shape.length] = 2;
    return random("pairs", 17, pairs).on(m).complex();
  }

  private static Family fourier() {
    Input signal = random("signal", 16, 8);
    Input odd = random("odd", 18, 2, 7);
    return new Family("Fourier transforms and complex numbers")
        .add("complex", m -> complex(m, 4))
        .add("real", m -> complex(m, 4).real())
        .add("conj", m -> complex(m, 4).conj().real())
        .add("complex product", m -> complex(m, 4).mul(complex(m, 4)))
        .add("complex sum", m -> complex(m, 4).add(complex(m, 4)))
        .unary("fft 8", x -> x.fft(8), signal)
        .unary("fft 4", x -> x.fft(4), signal)
        .unary("fft 10", x -> x.fft(10), signal)
        .unary("fft of an axis", x -> x.fft(2, 0), odd)
        .unary("fft 7", x -> x.fft(7), odd)
        .unary("rfft", x -> x.rfft(8), signal)
        .unary("rfft 7", x -> x.rfft(7, 1), odd)
        .add("ifft", m -> complex(m, 8).ifft(8))
        .add("irfft", m -> complex(m, 5).irfft(8))
        .add("fft of complex numbers", m -> complex(m, 8).fft(8))
        .unary("fft2", x -> x.fft2(new long[] {3, 4}, new long[] {1, 2}), CUBE)
        .add("ifft2", m -> complex(m, 3, 4).ifft2(new long[] {3, 4}, new long[] {0, 1}))
        .add(
            "stft",
            m -> random("long signal", 19, 64).on(m).stft(16, 4, true, m.hanningWindow(16), true))
        .add(
            "stft not centred",
            m -> random("long signal", 19, 64).on(m).stft(16, 8, false, m.hanningWindow(16), true))
        .add(
            "stft of a batch",
            m ->
                random("long signals", 20, 2, 64)
                    .on(m)
                    .stft(16, 4, true, m.hanningWindow(16), true))
        .add(
            "stft normalized, both sides",
            m ->
                random("long signal", 19, 64)
                    .on(m)
                    .stft(16, 4, true, m.hanningWindow(16), true, false));
  }
}
