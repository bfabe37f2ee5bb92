package dev.headgrad;

import ai.djl.ndarray.types.Shape;

/** Normalizing layers: part of {@link Nd}. */
public sealed interface NormalizationFunctions permits Nd {

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
    Tensor mean = Shapes.perChannel(movingMean, data, axis);
    Tensor variance = Shapes.perChannel(movingVar, data, axis);
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
    Tensor y =
        normal
            .times(Shapes.perChannel(scale, data, axis))
            .plus(Shapes.perChannel(beta, data, axis));
    // a fixed gamma is reached, with gradient 0
    return options.fixGamma() ? y.plus(gamma.times(0).sum()) : y;
  }

  private static void move(Tensor moving, Tensor batch, double momentum) {
    moving.assign(moving.times(momentum).plus(batch.reshape(-1).times(1 - momentum)));
  }

  /** Layer normalization over the last axis, with eps 1e-5. */
  default Tensor layerNorm(Tensor data, Tensor gamma, Tensor beta) {
    return layerNorm(data, gamma, beta, -1, 1e-5);
  }

  /** Layer normalization over the last axis. */
  default Tensor layerNorm(Tensor data, Tensor gamma, Tensor beta, double eps) {
    return layerNorm(data, gamma, beta, -1, eps);
  }

  /** Layer normalization over an axis. */
  default Tensor layerNorm(Tensor data, Tensor gamma, Tensor beta, int axis, double eps) {
    int at = Shapes.axis(axis, data.ndim());
    Tensor normal = normalized(data, new int[] {at}, eps);
    return normal.times(Shapes.perChannel(gamma, data, at)).plus(Shapes.perChannel(beta, data, at));
  }

  /** {@link #instanceNorm(Tensor, Tensor, Tensor, double)} with eps 0.001. */
  default Tensor instanceNorm(Tensor data, Tensor gamma, Tensor beta) {
    return instanceNorm(data, gamma, beta, 1e-3);
  }

  /** Instance normalization: over all axes of one channel of one example. */
  default Tensor instanceNorm(Tensor data, Tensor gamma, Tensor beta, double eps) {
    Tensor normal = normalized(data, Shapes.except(new int[] {0, 1}, data.ndim()), eps);
    return normal.times(Shapes.perChannel(gamma, data, 1)).plus(Shapes.perChannel(beta, data, 1));
  }

  /** {@link #groupNorm(Tensor, Tensor, Tensor, int, double)} of one group, with eps 1e-5. */
  default Tensor groupNorm(Tensor data, Tensor gamma, Tensor beta) {
    return groupNorm(data, gamma, beta, 1, 1e-5);
  }

  /** {@link #groupNorm(Tensor, Tensor, Tensor, int, double)} with eps 1e-5. */
  default Tensor groupNorm(Tensor data, Tensor gamma, Tensor beta, int numGroups) {
    return groupNorm(data, gamma, beta, numGroups, 1e-5);
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
        .times(Shapes.perChannel(gamma, groups, 1))
        .plus(Shapes.perChannel(beta, groups, 1))
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
}
