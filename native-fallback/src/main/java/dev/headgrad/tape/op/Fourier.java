package dev.headgrad.tape.op;

import ai.djl.ndarray.types.DataType;
import dev.headgrad.tape.core.DenseArray;
import dev.headgrad.tape.core.Dims;
import dev.headgrad.tape.core.Elements;
import dev.headgrad.tape.core.Node;
import dev.headgrad.tape.core.UnaryOp;
import org.jtransforms.fft.DoubleFFT_1D;

/**
 * Discrete Fourier transforms along axes, of any length. COMPLEX64, computed in double precision.
 */
public final class Fourier {

  private Fourier() {}

  // y = F x, or x = F⁻¹ y        the gradient is that of the conjugate transpose: dx = Fᴴ g
  private static final class Transform extends UnaryOp {
    private final int axis;
    private final boolean inverse;
    private final double scale;

    /**
     * @param inverse whether with e<sup>+i…</sup> rather than e<sup>-i…</sup>
     * @param scale what the sums are multiplied with
     */
    Transform(int axis, boolean inverse, double scale) {
      super("fft", Keeps.NOTHING);
      this.axis = axis;
      this.inverse = inverse;
      this.scale = scale;
    }

    @Override
    protected DenseArray forward(DenseArray x) {
      DenseArray y = Elements.copy(Lanes.last(x, axis, DataType.COMPLEX64));
      float[] numbers = y.floats();
      int n = x.dim(axis);
      if (n > 0) {
        DoubleFFT_1D fft = new DoubleFFT_1D(n);
        Lanes.forEach(Lanes.count(x, axis), n, lane -> transform(fft, numbers, 2 * lane * n, n));
      }
      return Lanes.back(y, axis);
    }

    private void transform(DoubleFFT_1D fft, float[] numbers, int from, int n) {
      double[] lane = new double[2 * n];
      for (int i = 0; i < lane.length; i++) {
        lane[i] = numbers[from + i];
      }
      if (inverse) {
        fft.complexInverse(lane, false);
      } else {
        fft.complexForward(lane);
      }
      for (int i = 0; i < lane.length; i++) {
        numbers[from + i] = (float) (lane[i] * scale);
      }
    }

    @Override
    protected DenseArray gradient(Node node, DenseArray head) {
      return new Transform(axis, !inverse, scale).apply(head);
    }
  }

  /** x cut, or filled up with zeros, to a length along an axis. */
  private static DenseArray sized(DenseArray x, int axis, int length) {
    int n = x.dim(axis);
    if (n > length) {
      return Slicing.range(x, axis, 0, length);
    }
    if (n == length) {
      return x;
    }
    int[] dims = x.dims().clone();
    dims[axis] = length - n;
    return Joining.concat(axis, x, DenseArray.zeros(x.type(), dims));
  }

  private static DenseArray complexOf(DenseArray x) {
    return Casting.cast(x, DataType.COMPLEX64);
  }

  /** The Fourier transform along an axis, of x cut or filled up with zeros to a length. */
  public static DenseArray fft(DenseArray x, int length, int axis) {
    int a = Dims.axis(axis, x.rank());
    return new Transform(a, false, 1).apply(sized(complexOf(x), a, length));
  }

  /** The inverse of {@link #fft}. */
  public static DenseArray ifft(DenseArray x, int length, int axis) {
    int a = Dims.axis(axis, x.rank());
    return new Transform(a, true, 1.0 / length).apply(sized(complexOf(x), a, length));
  }

  /** The first length / 2 + 1 elements of the transform of real numbers; the others mirror them. */
  public static DenseArray rfft(DenseArray x, int length, int axis) {
    int a = Dims.axis(axis, x.rank());
    return Slicing.range(fft(x, length, a), a, 0, length / 2 + 1);
  }

  /** The inverse of {@link #rfft}: real numbers, FLOAT32, of the given length. */
  public static DenseArray irfft(DenseArray x, int length, int axis) {
    int a = Dims.axis(axis, x.rank());
    DenseArray half = sized(complexOf(x), a, length / 2 + 1);
    DenseArray mirrored = Slicing.range(half, a, 1, (length + 1) / 2);
    DenseArray whole = Joining.concat(a, half, ComplexNumbers.conj(Joining.flip(mirrored, a)));
    return Casting.cast(ifft(whole, length, a), DataType.FLOAT32);
  }

  /** The transforms along several axes, one after the other. */
  public static DenseArray fftn(DenseArray x, int[] lengths, int[] axes, boolean inverse) {
    DenseArray y = x;
    for (int i = 0; i < axes.length; i++) {
      y = inverse ? ifft(y, lengths[i], axes[i]) : fft(y, lengths[i], axes[i]);
    }
    return y;
  }

  /**
   * Transforms of windows that slide over signals.
   *
   * @param x (…, samples)
   * @param length of a window
   * @param hop from one window to the next
   * @param center whether windows are centered on their samples: x is mirrored at its ends
   * @param window (length), what the samples are multiplied with
   * @param normalize whether the transforms are divided by the square root of the length
   * @return (…, length / 2 + 1, windows), COMPLEX64
   */
  public static DenseArray stft(
      DenseArray x, int length, int hop, boolean center, DenseArray window, boolean normalize) {
    int last = x.rank() - 1;
    int samples = x.dim(last);
    int pad = center ? length / 2 : 0;
    int windows = (samples + 2 * pad - length) / hop + 1;
    if (windows < 1 || pad >= samples) {
      throw new IllegalArgumentException(
          "a signal of " + samples + " samples is too short for windows of " + length);
    }
    long[] places = new long[windows * length];
    for (int w = 0; w < windows; w++) {
      for (int i = 0; i < length; i++) {
        int at = Math.abs(w * hop + i - pad);
        places[w * length + i] = at < samples ? at : 2 * (samples - 1) - at;
      }
    }
    DenseArray index = DenseArray.of(places, DataType.INT64, windows, length);
    DenseArray frames = Arithmetic.mul(Gathering.take(x, index, last), window);
    DenseArray spectra = rfft(frames, length, last + 1);
    DenseArray turned = Shapes.swapAxes(spectra, last, last + 1);
    return normalize
        ? Arithmetic.mul(turned, complexOf(Creation.scalar(1 / Math.sqrt(length), x.type())))
        : turned;
  }
}
