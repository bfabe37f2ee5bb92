package dev.headgrad.tape.kernel.convolution;

/**
 * The sizes of a convolution of images (images, channels, axes…) with filters (maps, channels /
 * groups, kernel…) to maps (images, maps, windows…).
 */
public final class ConvolutionShape {

  /** Number of images. */
  public final int images;

  /** Channels of an image. */
  public final int channels;

  /** Maps of an image, and filters. */
  public final int maps;

  /** Groups: the first of them sees the first channels only and makes the first maps. */
  public final int groups;

  /** How the filters slide over the images. */
  public final Window window;

  /** A convolution of these sizes; {@code groups} divides channels and maps. */
  public ConvolutionShape(int images, int channels, int maps, int groups, Window window) {
    this.images = images;
    this.channels = channels;
    this.maps = maps;
    this.groups = groups;
    this.window = window;
  }

  /** Channels of one group. */
  int depth() {
    return channels / groups;
  }

  /** Maps of one group. */
  int width() {
    return maps / groups;
  }

  /** Elements of one filter. */
  int patch() {
    return Math.multiplyExact(depth(), window.kernelSize());
  }

  /** Where the elements of a group's filters find what they read in images laid out. */
  int[] taps(Planes planes, int room) {
    int[] channel = planes.taps(window, room);
    int[] taps = new int[patch()];
    for (int p = 0; p < taps.length; p++) {
      taps[p] = p / channel.length * planes.distance(room) + channel[p % channel.length];
    }
    return taps;
  }
}
