package dev.headgrad;

import ai.djl.ndarray.NDArray;
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

  /** {@code leaky} with the slope 0.25. */
  default Tensor leakyReLU(Tensor data) {
    return leakyReLU(data, "leaky");
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
      case "rrelu":
        return leakyReLU(data, actType, 0.125, 0.334);
      case "gelu":
        Tensor share = data.mx().nd().erf(data.times(Math.sqrt(0.5))).plus(1).times(0.5);
        return data.times(share);
      default:
        throw new IllegalArgumentException(
            "there is no rectifier " + actType + "; leaky, prelu, rrelu, elu, selu and gelu are");
    }
  }

  /**
   * {@code rrelu}: a slope below zero that is drawn for each element in training, and the middle
   * between the bounds otherwise.
   *
   * @param actType {@code rrelu}
   */
  default Tensor leakyReLU(Tensor data, String actType, double lowerBound, double upperBound) {
    if (!actType.equals("rrelu")) {
      throw new IllegalArgumentException("only rrelu has two bounds, not " + actType);
    }
    if (!data.mx().autograd().isTraining()) {
      return leakyReLU(data, "leaky", (lowerBound + upperBound) / 2);
    }
    return data.map(
        x -> {
          NDArray slope =
              x.getManager()
                  .randomUniform(
                      (float) lowerBound, (float) upperBound, x.getShape(), x.getDataType());
          return Select.where(x.gt(0), x, x.mul(slope));
        });
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
    Tensor slope = gamma.size() == 1 ? gamma.reshape(1) : Shapes.perChannel(gamma, data, 1);
    return positiveOr(data, data.times(slope));
  }

  private static Tensor positiveOr(Tensor data, Tensor below) {
    return data.mx().nd().where(data.gt(0), data, below);
  }

  /** {@code data weightᵀ + bias}; of data, all axes but the first are made one. */
  default Tensor fullyConnected(Tensor data, Tensor weight, Tensor bias, int numHidden) {
    return fullyConnected(data, weight, bias, numHidden, false, true);
  }

  /** {@code data weightᵀ}; of data, all axes but the first are made one. */
  default Tensor fullyConnected(Tensor data, Tensor weight, int numHidden) {
    return fullyConnected(data, weight, null, numHidden, true, true);
  }

  /** {@code data weightᵀ} without a bias. */
  default Tensor fullyConnected(
      Tensor data, Tensor weight, int numHidden, boolean noBias, boolean flatten) {
    return fullyConnected(data, weight, null, numHidden, noBias, flatten);
  }

  /**
   * {@code data weightᵀ + bias}.
   *
   * @param noBias whether the bias is left out
   * @param flatten whether all axes of data but the first are made one, rather than kept but for
   *     the last
   */
  default Tensor fullyConnected(
      Tensor data,
      Tensor weight,
      @Nullable Tensor bias,
      int numHidden,
      boolean noBias,
      boolean flatten) {
    if (weight.shape(0) != numHidden) {
      throw new IllegalArgumentException(
          "fullyConnected with numHidden "
              + numHidden
              + " needs weights of shape ("
              + numHidden
              + ", …), not "
              + Shapes.text(weight.shape()));
    }
    Tensor rows = data.ndim() == 2 || !flatten ? data : data.mx().nd().flatten(data);
    Tensor sums = data.mx().nd().dot(rows, weight, false, true);
    return noBias || bias == null ? sums : sums.plus(bias);
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
}
