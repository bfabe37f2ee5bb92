package dev.headgrad.tape;

import ai.djl.ndarray.NDArray;
import dev.headgrad.tape.core.DenseArray;
import dev.headgrad.tape.op.Inverse;
import dev.headgrad.tape.op.MatrixProduct;

/** Matrix products, inverses and Fourier transforms. */
abstract class ArrayLinalg extends ArrayIndexing {

  ArrayLinalg(TapeNDManager manager, DenseArray array) {
    super(manager, array);
  }

  @Override
  public NDArray fft(long length, long axis) {
    throw unsupported("fft");
  }

  @Override
  public NDArray ifft(long length, long axis) {
    throw unsupported("ifft");
  }

  @Override
  public NDArray rfft(long length, long axis) {
    throw unsupported("rfft");
  }

  @Override
  public NDArray irfft(long length, long axis) {
    throw unsupported("irfft");
  }

  @Override
  public NDArray stft(
      long nFft,
      long hopLength,
      boolean center,
      NDArray window,
      boolean normalize,
      boolean returnComplex) {
    throw unsupported("stft");
  }

  @Override
  public NDArray fft2(long[] sizes, long[] axes) {
    throw unsupported("fft2");
  }

  @Override
  public NDArray ifft2(long[] sizes, long[] axes) {
    throw unsupported("ifft2");
  }

  @Override
  public NDArray inverse() {
    return wrap(Inverse.inverse(array()));
  }

  @Override
  public NDArray dot(NDArray other) {
    return wrap(MatrixProduct.dot(array(), arrayOf(other)));
  }

  @Override
  public NDArray matMul(NDArray other) {
    return wrap(MatrixProduct.matMul(array(), arrayOf(other)));
  }

  @Override
  public NDArray batchMatMul(NDArray other) {
    return wrap(MatrixProduct.matMul(array(), arrayOf(other)));
  }

  @Override
  public NDArray batchDot(NDArray other) {
    return wrap(MatrixProduct.matMul(array(), arrayOf(other)));
  }
}
