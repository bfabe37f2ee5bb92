package dev.headgrad;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Layers of images (n, channels, axes…): part of {@link Nd}. */
public sealed interface ImageFunctions permits Nd {

  /** The convolution of images (n, channels, axes…) with weights (filters, channels, kernel…). */
  default Tensor convolution(Tensor data, Tensor weight, Options.Convolution options) {
    return convolved(data, weight, null, options);
  }

  /** The convolution of images with weights, plus a bias (filters). */
  default Tensor convolution(Tensor data, Tensor weight, Tensor bias, Options.Convolution options) {
    return convolved(data, weight, options.noBias() ? null : bias, options);
  }

  private static Tensor convolved(
      Tensor data, Tensor weight, @Nullable Tensor bias, Options.Convolution options) {
    options.check(weight.shape());
    Tensor maps =
        data.with(
            weight,
            (x, w) ->
                x.getNDArrayInternal()
                    .convolution(
                        x,
                        w,
                        null,
                        options.stride(),
                        options.pad(),
                        options.dilate(),
                        options.groups())
                    .get(0));
    return bias == null ? maps : maps.plus(Shapes.perChannel(bias, maps, 1));
  }

  /**
   * The transposed convolution: the gradient of a convolution as a layer.
   *
   * @param data (n, channels, axes…)
   * @param weight (channels, filters of each group, kernel…)
   */
  default Tensor deconvolution(Tensor data, Tensor weight, Options.Deconvolution options) {
    return deconvolved(data, weight, null, options);
  }

  /** The transposed convolution plus a bias (filters), unless the options leave it out. */
  default Tensor deconvolution(
      Tensor data, Tensor weight, Tensor bias, Options.Deconvolution options) {
    return deconvolved(data, weight, options.noBias() ? null : bias, options);
  }

  private static Tensor deconvolved(
      Tensor data, Tensor weight, @Nullable Tensor bias, Options.Deconvolution options) {
    options.check(data.shape(), weight.shape());
    Tensor maps = data.with(weight, (x, w) -> Transposed.convolution(x, w, options));
    return bias == null ? maps : maps.plus(Shapes.perChannel(bias, maps, 1));
  }

  /** Pooling of images (n, channels, axes…). */
  default Tensor pooling(Tensor data, Options.Pooling options) {
    return data.map(x -> Windows.of(x, options).pooled(x));
  }

  /**
   * Images with every axis longer.
   *
   * @param sampleType {@code nearest}
   */
  default Tensor upSampling(Tensor data, int scale, String sampleType) {
    if (!sampleType.equals("nearest")) {
      throw new IllegalArgumentException("upSampling knows nearest, not " + sampleType);
    }
    Tensor y = data;
    for (int axis = 2; axis < data.ndim(); axis++) {
      y = y.repeat(scale, axis);
    }
    return y;
  }

  /**
   * Images made as large as the first one becomes, their channels one after the other.
   *
   * @param data images whose lengths divide those of the first times the scale
   * @param sampleType {@code nearest}
   */
  default Tensor upSampling(List<Tensor> data, int scale, String sampleType) {
    long height = data.get(0).shape(2) * scale;
    List<Tensor> enlarged = new ArrayList<>();
    for (Tensor image : data) {
      enlarged.add(upSampling(image, (int) (height / image.shape(2)), sampleType));
    }
    return data.get(0).mx().nd().concat(enlarged, 1);
  }
}
