package dev.headgrad.tape.kernel.convolution;

/**
 * How a window slides over an image of one to three axes: the geometry of convolutions and pooling.
 * Fewer axes than three are led by axes of length 1, over which nothing slides.
 */
public final class Window {

  private static final int AXES = 3;

  /** Lengths of the image's axes. */
  public final int[] in;

  /** Lengths of the window's axes. */
  public final int[] kernel;

  /** From one window to the next along each axis. */
  public final int[] stride;

  /** What is thought before the image along each axis (and behind it). */
  public final int[] pad;

  /** From one element of the window to the next along each axis. */
  public final int[] dilation;

  /** How many windows there are along each axis. */
  public final int[] out;

  /**
   * A window over an image. All arguments have as many entries as the image has axes.
   *
   * @param out how many windows there are along each axis
   */
  public Window(int[] in, int[] kernel, int[] stride, int[] pad, int[] dilation, int[] out) {
    this.in = led(in, 1);
    this.kernel = led(kernel, 1);
    this.stride = led(stride, 1);
    this.pad = led(pad, 0);
    this.dilation = led(dilation, 1);
    this.out = led(out, 1);
  }

  private static int[] led(int[] values, int fill) {
    int[] all = new int[AXES];
    int lead = AXES - values.length;
    for (int i = 0; i < AXES; i++) {
      all[i] = i < lead ? fill : values[i - lead];
    }
    return all;
  }

  /** Elements of the image. */
  public int inSize() {
    return in[0] * in[1] * in[2];
  }

  /** Elements of the window. */
  public int kernelSize() {
    return kernel[0] * kernel[1] * kernel[2];
  }

  /** Number of windows. */
  public int outSize() {
    return out[0] * out[1] * out[2];
  }

  /** Whether every window is one element, and they are all the image's in order. */
  public boolean isIdentity() {
    for (int i = 0; i < AXES; i++) {
      if (kernel[i] != 1 || stride[i] != 1 || pad[i] != 0 || out[i] != in[i]) {
        return false;
      }
    }
    return true;
  }

  /** Where along an axis element k of window o lies; outside of the image where it is padding. */
  public int at(int axis, int o, int k) {
    return o * stride[axis] - pad[axis] + k * dilation[axis];
  }

  /** The first window along the last axis whose element k lies in the image. */
  int firstInside(int k) {
    int start = at(2, 0, k);
    return start >= 0 ? 0 : Math.min(out[2], (-start + stride[2] - 1) / stride[2]);
  }

  /** One behind the last window along the last axis whose element k lies in the image. */
  int endInside(int k) {
    int room = in[2] - 1 - at(2, 0, k);
    return room < 0 ? 0 : Math.min(out[2], room / stride[2] + 1);
  }
}
