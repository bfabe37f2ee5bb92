package dev.headgrad.tape.op;

import static dev.headgrad.tape.op.Arithmetic.add;
import static dev.headgrad.tape.op.Arithmetic.mul;

import ai.djl.ndarray.types.DataType;
import dev.headgrad.tape.core.DenseArray;
import dev.headgrad.tape.core.Dims;

/**
 * Images of other sizes and colours. Sizes change by matrix products, which carry the gradients.
 */
public final class Images {

  /** How a pixel of the result is made of the image's, as numbered by DJL's interpolation modes. */
  public enum Mode {
    /** The nearest one. */
    NEAREST,
    /** The four around it, weighted by distance. */
    BILINEAR,
    /** The mean of those it covers. */
    AREA,
    /** Sixteen around it (Keys, 1981, with a = -0.75). */
    BICUBIC;

    /** The mode with a number. */
    public static Mode of(int number) {
      if (number < 0 || number >= values().length) {
        throw new IllegalArgumentException("there is no interpolation mode " + number);
      }
      return values()[number];
    }
  }

  private Images() {}

  /**
   * Images of another size.
   *
   * @param x (…, height, width)
   * @param alignCorners whether the corner pixels keep their places, rather than the image's edges
   * @return (…, newHeight, newWidth), FLOAT32 for whole numbers
   */
  public static DenseArray resize(
      DenseArray x, int newHeight, int newWidth, Mode mode, boolean alignCorners) {
    if (x.rank() < 2 || x.size() == 0) {
      throw new IllegalArgumentException(
          "an image of shape " + Dims.text(x.dims()) + " cannot be resized");
    }
    DenseArray image = Casting.cast(x, Types.floating(x.type()));
    int height = x.dim(x.rank() - 2);
    int width = x.dim(x.rank() - 1);
    DenseArray rows = weights(height, newHeight, mode, alignCorners, image.type());
    DenseArray columns = weights(width, newWidth, mode, alignCorners, image.type());
    DenseArray tall = MatrixProduct.matMul(rows, image);
    return MatrixProduct.matMul(tall, Shapes.transpose(columns));
  }

  /** The share that each of n pixels has in each of m: (m, n). */
  private static DenseArray weights(int n, int m, Mode mode, boolean alignCorners, DataType type) {
    double[] w = new double[m * n];
    double step = alignCorners ? (m > 1 ? (n - 1.0) / (m - 1) : 0) : (double) n / m;
    for (int i = 0; i < m; i++) {
      double center = alignCorners ? i * step : (i + .5) * step - .5;
      switch (mode) {
        case NEAREST:
          w[i * n + Math.min(n - 1, (int) Math.floor(i * (double) n / m))] = 1;
          break;
        case BILINEAR:
          int left = (int) Math.floor(Math.max(0, center));
          double share = Math.max(0, center) - left;
          w[i * n + Math.min(n - 1, left)] += 1 - share;
          w[i * n + Math.min(n - 1, left + 1)] += share;
          break;
        case AREA:
          int from = (int) Math.floor(i * (double) n / m);
          int to = (int) Math.ceil((i + 1) * (double) n / m);
          for (int j = from; j < to; j++) {
            w[i * n + j] = 1.0 / (to - from);
          }
          break;
        default:
          int middle = (int) Math.floor(center);
          for (int j = middle - 1; j <= middle + 2; j++) {
            w[i * n + Math.max(0, Math.min(n - 1, j))] += cubic(Math.abs(center - j));
          }
      }
    }
    return Casting.cast(DenseArray.of(w, DataType.FLOAT64, m, n), type);
  }

  private static double cubic(double t) {
    double a = -.75;
    return t <= 1
        ? ((a + 2) * t - (a + 3)) * t * t + 1
        : t < 2 ? ((a * t - 5 * a) * t + 8 * a) * t - 4 * a : 0;
  }

  /** A number from [-extent, extent). */
  private static double random(double extent) {
    return Sampling.uniform(-extent, extent, DataType.FLOAT64).doubles()[0];
  }

  /** x, or with probability one half x mirrored along an axis. */
  public static DenseArray randomFlip(DenseArray x, int axis) {
    return random(1) < 0 ? Joining.flip(x, axis) : Casting.copy(x);
  }

  /** x times a number from [1 - extent, 1 + extent). */
  public static DenseArray randomBrightness(DenseArray x, double extent) {
    return scaled(x, 1 + random(extent));
  }

  /**
   * Colours with their differences from a grey image's mean times a number from [1 - extent, 1 +
   * extent).
   */
  public static DenseArray randomContrast(DenseArray x, double extent) {
    DenseArray mean = Reductions.mean(grey(x));
    return blended(x, mean, 1 + random(extent));
  }

  /** Colours with their differences from grey times a number from [1 - extent, 1 + extent). */
  public static DenseArray randomSaturation(DenseArray x, double extent) {
    return blended(x, grey(x), 1 + random(extent));
  }

  /** Colours turned around the grey axis of YIQ by a random angle of up to extent half turns. */
  public static DenseArray randomHue(DenseArray x, double extent) {
    double angle = random(extent) * Math.PI;
    double u = Math.cos(angle);
    double v = Math.sin(angle);
    double[][] turn = {{1, 0, 0}, {0, u, -v}, {0, v, u}};
    double[][] colours = product(FROM_YIQ, product(turn, TO_YIQ));
    double[] flat = new double[9];
    for (int i = 0; i < 3; i++) {
      System.arraycopy(colours[i], 0, flat, 3 * i, 3);
    }
    DenseArray image = Casting.cast(x, Types.floating(x.type()));
    DenseArray matrix = Casting.cast(DenseArray.of(flat, DataType.FLOAT64, 3, 3), image.type());
    return MatrixProduct.matMul(image, Shapes.transpose(matrix));
  }

  private static final double[][] TO_YIQ = {
    {.299, .587, .114}, {.5959, -.2746, -.3213}, {.2115, -.5227, .3112}
  };

  // The inverse: an angle of 0 leaves an image as it is.
  private static final double[][] FROM_YIQ = {
    {1, .956050226, .620754941}, {1, -.272052344, -.647205713}, {1, -1.106704315, 1.704421284}
  };

  private static double[][] product(double[][] a, double[][] b) {
    double[][] c = new double[3][3];
    for (int i = 0; i < 3; i++) {
      for (int j = 0; j < 3; j++) {
        for (int k = 0; k < 3; k++) {
          c[i][j] += a[i][k] * b[k][j];
        }
      }
    }
    return c;
  }

  /** The luminance of colours (…, 3): (…, 1). */
  private static DenseArray grey(DenseArray x) {
    DenseArray image = Casting.cast(x, Types.floating(x.type()));
    double[] shares = {.299, .587, .114};
    DenseArray weights = Casting.cast(DenseArray.of(shares, DataType.FLOAT64, 3), image.type());
    return Reductions.sum(mul(image, weights), new int[] {x.rank() - 1}, true);
  }

  private static DenseArray blended(DenseArray x, DenseArray with, double share) {
    return add(scaled(x, share), scaled(with, 1 - share));
  }

  private static DenseArray scaled(DenseArray x, double factor) {
    DenseArray image = Casting.cast(x, Types.floating(x.type()));
    return mul(image, Creation.scalar(factor, image.type()));
  }

  /**
   * Colours in the dtype of an image: of whole numbers the nearest, the upper one of two, and for
   * bytes within their bounds.
   */
  public static DenseArray saturated(DenseArray x, DataType type) {
    if (type.isFloating()) {
      return Casting.cast(x, type);
    }
    DenseArray whole = Rounding.floor(Arithmetic.add(x, Creation.scalar(.5, x.type())));
    return Casting.cast(type == DataType.UINT8 ? UnaryMath.clip(whole, 0, 255) : whole, type);
  }
}
