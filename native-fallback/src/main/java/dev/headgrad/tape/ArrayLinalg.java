package dev.headgrad.tape;

import ai.djl.ndarray.NDArray;
import dev.headgrad.tape.core.DenseArray;
import dev.headgrad.tape.op.ComplexNumbers;
import dev.headgrad.tape.op.Fourier;
import dev.headgrad.tape.op.Inverse;
import dev.headgrad.tape.op.MatrixProduct;
import java.util.Arrays;

/** Matrix products, inverses and Fourier transforms. */
abstract class ArrayLinalg extends ArrayIndexing {

  ArrayLinalg(TapeNDManager manager, DenseArray array) {
    super(manager, array);
  }

  @Override
  public final NDArray fft(long length, long axis) {
    return wrap(Fourier.fft(array(), Math.toIntExact(length), (int) axis));
  }

  @Override
  public final NDArray ifft(long length, long axis) {
    return wrap(Fourier.ifft(array(), Math.toIntExact(length), (int) axis));
  }

  @Override
  public final NDArray rfft(long length, long axis) {
    return wrap(Fourier.rfft(array(), Math.toIntExact(length), (int) axis));
  }

  @Override
  public final NDArray irfft(long length, long axis) {
    return wrap(Fourier.irfft(array(), Math.toIntExact(length), (int) axis));
  }

  @Override
  public final NDArray stft(
      long nFft,
      long hopLength,
      boolean center,
      NDArray window,
      boolean normalize,
      boolean returnComplex) {
    DenseArray spectra =
        Fourier.stft(
            array(),
            Math.toIntExact(nFft),
            Math.toIntExact(hopLength),
            center,
            arrayOf(window),
            normalize);
    return wrap(returnComplex ? spectra : ComplexNumbers.real(spectra));
  }

  @Override
  public final NDArray fft2(long[] sizes, long[] axes) {
    return wrap(Fourier.fftn(array(), ints(sizes), ints(axes), false));
  }

  @Override
  public final NDArray ifft2(long[] sizes, long[] axes) {
    return wrap(Fourier.fftn(array(), ints(sizes), ints(axes), true));
  }

  @Override
  public final NDArray inverse() {
    return wrap(Inverse.inverse(array()));
  }

  @Override
  public final NDArray dot(NDArray other) {
    return wrap(MatrixProduct.dot(array(), arrayOf(other)));
  }

  @Override
  public final NDArray matMul(NDArray other) {
    return wrap(MatrixProduct.matMul(array(), arrayOf(other)));
  }

  @Override
  public final NDArray batchMatMul(NDArray other) {
    return wrap(MatrixProduct.matMul(array(), arrayOf(other)));
  }

  @Override
  public final NDArray batchDot(NDArray other) {
    return wrap(MatrixProduct.matMul(array(), arrayOf(other)));
  }

  private static int[] ints(long[] numbers) {
    return Arrays.stream(numbers).mapToInt(Math::toIntExact).toArray();
  }
}
