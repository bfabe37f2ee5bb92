package dev.headgrad;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import org.jspecify.annotations.Nullable;

/** Layers of neural networks: part of {@link Nd}. */
public sealed interface NeuralFunctions permits Nd {

  /**
   * An activation by name.
   *
   * @param actType {@code relu}, {@code sigmoid}, {@code softrelu}, {@code softsign} or {@code
   *     tanh}
   */
  default Tensor activation(Tensor data, String actType) {
    switch (actType) {
      case "relu":
        return data.relu();
      case "sigmoid":
        return data.sigmoid();
      case "softrelu":
        return data.map(a -> a.getNDArrayInternal().softPlus());
      case "softsign":
        return data.softsign();
      case "tanh":
        return data.tanh();
      default:
        throw new IllegalArgumentException(
            "there is no activation "
                + actType
                + "; relu, sigmoid, softrelu, softsign and tanh are");
    }
  }

  /** {@code leaky}, {@code elu}, {@code selu} or {@code gelu}, with the slope 0.25. */
  default Tensor leakyReLU(Tensor data, String actType) {
    return leakyReLU(data, actType, 0.25);
  }

  /**
   * A rectifier that lets something through below zero.
   *
   * @param actType {@code leaky}, {@code elu}, {@code selu} or {@code gelu}
   * @param slope what leaky multiplies with below zero, and where elu ends
   */
  default Tensor leakyReLU(Tensor data, String actType, double slope) {
    switch (actType) {
      case "leaky":
        return positiveOr(data, data.times(slope));
      case "elu":
        return positiveOr(data, data.clip(Double.NEGATIVE_INFINITY, 0).expm1().times(slope));
      case "selu":
        Tensor below = data.clip(Double.NEGATIVE_INFINITY, 0).expm1().times(1.6732632423543772);
        return positiveOr(data, below).times(1.0507009873554805);
      case "gelu":
        Tensor share = data.mx().nd().erf(data.times(Math.sqrt(0.5))).plus(1).times(0.5);
        return data.times(share);
      default:
        throw new IllegalArgumentException(
            "there is no rectifier " + actType + "; leaky, prelu, elu, selu and gelu are");
    }
  }

  /**
   * {@code prelu}: a slope below zero that is learned.
   *
   * @param gamma one slope, or one for each channel
   * @param actType {@code prelu}
   */
  default Tensor leakyReLU(Tensor data, Tensor gamma, String actType) {
    if (!actType.equals("prelu")) {
      throw new IllegalArgumentException("only prelu has a gamma, not " + actType);
    }
    Tensor slope = gamma.size() == 1 ? gamma.reshape(1) : perChannel(gamma, data, 1);
    return positiveOr(data, data.times(slope));
  }

  private static Tensor positiveOr(Tensor data, Tensor below) {
    return data.mx().nd().where(data.gt(0), data, below);
  }

  /** A parameter of shape (channels), to be broadcast against data. */
  private static Tensor perChannel(Tensor parameter, Tensor data, int axis) {
    long[] shape = new long[data.ndim()];
    java.util.Arrays.fill(shape, 1);
    shape[axis] = parameter.size();
    return parameter.reshape(shape);
  }

  /** {@code data weightᵀ + bias}; of data, all axes but the first are made one. */
  default Tensor fullyConnected(Tensor data, Tensor weight, Tensor bias, int numHidden) {
    return fullyConnected(data, weight, numHidden).plus(bias);
  }

  /** {@code data weightᵀ}; of data, all axes but the first are made one. */
  default Tensor fullyConnected(Tensor data, Tensor weight, int numHidden) {
    if (weight.shape(0) != numHidden) {
      throw new IllegalArgumentException(
          "fullyConnected with numHidden "
              + numHidden
              + " needs weights of shape ("
              + numHidden
              + ", …), not "
              + Shapes.text(weight.shape()));
    }
    Tensor rows = data.ndim() == 2 ? data : data.mx().nd().flatten(data);
    return data.mx().nd().dot(rows, weight, false, true);
  }

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
    return bias == null ? maps : maps.plus(perChannel(bias, maps, 1));
  }

  /** Pooling of images (n, channels, axes…). */
  default Tensor pooling(Tensor data, Options.Pooling options) {
    return data.map(x -> pooled(x, options));
  }

  private static NDArray pooled(NDArray x, Options.Pooling options) {
    Shape shape = x.getShape();
    Shape kernel = options.global() ? shape.slice(2) : options.kernel();
    long[] none = new long[kernel.dimension()];
    Shape pad = options.global() ? new Shape(none) : options.pad();
    Shape stride = options.global() ? kernel : options.stride();
    switch (options.type()) {
      case "max":
        return x.getNDArrayInternal().maxPool(kernel, stride, pad, options.full());
      case "avg":
        NDArray mean = x.getNDArrayInternal().avgPool(kernel, stride, pad, options.full(), true);
        if (options.includePad()) {
          return mean;
        }
        // the share of each window that is no padding, which PyTorch through DJL does not leave out
        NDArray share =
            x.onesLike().getNDArrayInternal().avgPool(kernel, stride, pad, options.full(), true);
        return mean.div(share);
      case "sum":
        return x.getNDArrayInternal()
            .avgPool(kernel, stride, pad, options.full(), true)
            .mul(kernel.size());
      case "lp":
        return x.getNDArrayInternal().lpPool(options.power(), kernel, stride, pad, options.full());
      default:
        throw new IllegalArgumentException(
            "there is no pooling " + options.type() + "; max, avg, sum and lp are");
    }
  }

  /** Batch normalization with MXNet's defaults. */
  default Tensor batchNorm(
      Tensor data, Tensor gamma, Tensor beta, Tensor movingMean, Tensor movingVar) {
    return batchNorm(data, gamma, beta, movingMean, movingVar, new Options.BatchNorm());
  }

  /**
   * Batch normalization: in training with the batch's statistics, which also move the moving ones;
   * otherwise with the moving ones.
   *
   * @param movingMean (channels), written to in training, as is movingVar
   */
  default Tensor batchNorm(
      Tensor data,
      Tensor gamma,
      Tensor beta,
      Tensor movingMean,
      Tensor movingVar,
      Options.BatchNorm options) {
    Autograd autograd = data.mx().autograd();
    int axis = Shapes.axis(options.axis(), data.ndim());
    Tensor scale = options.fixGamma() ? gamma.times(0).plus(1).detach() : gamma;
    boolean batch = autograd.isTraining() && !options.useGlobalStats();
    Tensor mean = perChannel(movingMean, data, axis);
    Tensor variance = perChannel(movingVar, data, axis);
    if (batch) {
      int[] axes = Shapes.except(new int[] {axis}, data.ndim());
      mean = data.mean(axes, true);
      variance = data.minus(mean).square().mean(axes, true);
      Tensor batchMean = mean.detach();
      Tensor batchVariance = variance.detach();
      autograd.whilePaused(
          () -> {
            move(movingMean, batchMean, options.momentum());
            move(movingVar, batchVariance, options.momentum());
          });
    }
    Tensor normal = data.minus(mean).div(variance.plus(options.eps()).sqrt());
    Tensor y = normal.times(perChannel(scale, data, axis)).plus(perChannel(beta, data, axis));
    // a fixed gamma is reached, with gradient 0
    return options.fixGamma() ? y.plus(gamma.times(0).sum()) : y;
  }

  private static void move(Tensor moving, Tensor batch, double momentum) {
    moving.assign(moving.times(momentum).plus(batch.reshape(-1).times(1 - momentum)));
  }

  /** Layer normalization over the last axis. */
  default Tensor layerNorm(Tensor data, Tensor gamma, Tensor beta, double eps) {
    return normalized(data, new int[] {data.ndim() - 1}, eps).times(gamma).plus(beta);
  }

  /** Instance normalization: over all axes of one channel of one example. */
  default Tensor instanceNorm(Tensor data, Tensor gamma, Tensor beta, double eps) {
    Tensor normal = normalized(data, Shapes.except(new int[] {0, 1}, data.ndim()), eps);
    return normal.times(perChannel(gamma, data, 1)).plus(perChannel(beta, data, 1));
  }

  /**
   * Group normalization: over the channels of each group and all further axes.
   *
   * @param gamma (numGroups), like beta
   */
  default Tensor groupNorm(Tensor data, Tensor gamma, Tensor beta, int numGroups, double eps) {
    Shape shape = data.shape();
    Tensor groups = data.reshape(new Shape(shape.get(0), numGroups, -1));
    Tensor normal = normalized(groups, new int[] {2}, eps);
    return normal
        .times(perChannel(gamma, groups, 1))
        .plus(perChannel(beta, groups, 1))
        .reshape(shape);
  }

  private static Tensor normalized(Tensor data, int[] axes, double eps) {
    Tensor centered = data.minus(data.mean(axes, true));
    return centered.div(centered.square().mean(axes, true).plus(eps).sqrt());
  }

  /** {@link #l2Normalization(Tensor, String, double)} of each example, with eps 1e-10. */
  default Tensor l2Normalization(Tensor data) {
    return l2Normalization(data, "instance");
  }

  /** {@link #l2Normalization(Tensor, String, double)} with eps 1e-10. */
  default Tensor l2Normalization(Tensor data, String mode) {
    return l2Normalization(data, mode, 1e-10);
  }

  /**
   * Vectors divided by their length.
   *
   * @param mode what a vector is: {@code instance}, an example; {@code channel}, all channels at a
   *     place; {@code spatial}, all places of a channel
   */
  default Tensor l2Normalization(Tensor data, String mode, double eps) {
    int[] axes;
    switch (mode) {
      case "instance":
        axes = Shapes.except(new int[] {0}, data.ndim());
        break;
      case "channel":
        axes = new int[] {1};
        break;
      case "spatial":
        axes = Shapes.except(new int[] {0, 1}, data.ndim());
        break;
      default:
        throw new IllegalArgumentException(
            "there is no mode " + mode + "; instance, channel and spatial are");
    }
    return data.div(data.square().sum(axes, true).plus(eps).sqrt());
  }

  /** {@link #lrn(Tensor, int, double, double, double)} with alpha 1e-4, beta 0.75 and knorm 2. */
  default Tensor lrn(Tensor data, int nsize) {
    return lrn(data, nsize, 1e-4, 0.75, 2);
  }

  /** Local response normalization over neighbouring channels (Krizhevsky et al., 2012). */
  default Tensor lrn(Tensor data, int nsize, double alpha, double beta, double knorm) {
    Nd nd = data.mx().nd();
    int channels = (int) data.shape(1);
    Tensor squares = data.square();
    java.util.List<Tensor> sums = new java.util.ArrayList<>();
    for (int c = 0; c < channels; c++) {
      int from = Math.max(0, c - nsize / 2);
      int to = Math.min(channels, c + nsize / 2 + 1);
      sums.add(squares.get(Slice.ALL, Slice.of(from, to)).sum(1, true));
    }
    Tensor scale = nd.concat(sums, 1).times(alpha / nsize).plus(knorm);
    return data.times(scale.pow(-beta));
  }

  /** Dropout with p = 0.5. */
  default Tensor dropout(Tensor data) {
    return dropout(data, 0.5);
  }

  /**
   * In training, sets elements to 0 with probability p and scales the others by 1 / (1 - p);
   * otherwise data itself.
   */
  default Tensor dropout(Tensor data, double p) {
    return dropout(data, p, "training");
  }

  /**
   * Dropout. The mask is a constant of the graph; with p = 1 everything is 0.
   *
   * @param mode {@code training}, or {@code always}: in prediction, too
   */
  default Tensor dropout(Tensor data, double p, String mode) {
    if (p == 0 || !(mode.equals("always") || data.mx().autograd().isTraining())) {
      return data.copy();
    }
    if (p >= 1) {
      return data.times(0);
    }
    return data.mx()
        .autograd()
        .pause(
            () -> {
              NDArray like = data.ndarray();
              NDArray noise =
                  like.getManager().randomUniform(0, 1, like.getShape(), like.getDataType());
              return data.mx().nd().wrap(noise).gte(p).div(1 - p);
            })
        .times(data);
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
}
