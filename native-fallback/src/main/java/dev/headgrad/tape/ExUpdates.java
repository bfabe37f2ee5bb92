package dev.headgrad.tape;

import ai.djl.ndarray.NDList;
import dev.headgrad.tape.core.DenseArray;
import dev.headgrad.tape.kernel.arithmetic.UpdateRule;
import dev.headgrad.tape.kernel.arithmetic.UpdateRule.Preparation;
import dev.headgrad.tape.op.Updates;

/** The optimizers' updates, in place and in one pass. */
abstract class ExUpdates extends ExVision {

  ExUpdates(TapeNDArray array) {
    super(array);
  }

  @Override
  public void adadeltaUpdate(
      NDList inputs,
      NDList weights,
      float weightDecay,
      float rescaleGrad,
      float clipGrad,
      float rho,
      float epsilon) {
    DenseArray[] in = arrays(inputs);
    Updates.update(
        new UpdateRule.AdaDelta(rho, epsilon, new Preparation(weightDecay, rescaleGrad, clipGrad)),
        in);
  }

  @Override
  public void adagradUpdate(
      NDList inputs,
      NDList weights,
      float learningRate,
      float weightDecay,
      float rescaleGrad,
      float clipGrad,
      float epsilon) {
    DenseArray[] in = arrays(inputs);
    Updates.update(
        new UpdateRule.AdaGrad(
            learningRate, epsilon, new Preparation(weightDecay, rescaleGrad, clipGrad)),
        in);
  }

  @Override
  public void adamUpdate(
      NDList inputs,
      NDList weights,
      float learningRate,
      float learningRateBiasCorrection,
      float weightDecay,
      float rescaleGrad,
      float clipGrad,
      float beta1,
      float beta2,
      float epsilon,
      boolean lazyUpdate,
      boolean adamw) {
    DenseArray[] in = arrays(inputs);
    Updates.update(
        new UpdateRule.Adam(
            learningRateBiasCorrection,
            adamw ? learningRate * weightDecay : 0,
            beta1,
            beta2,
            epsilon,
            new Preparation(adamw ? 0 : weightDecay, rescaleGrad, clipGrad)),
        in);
  }

  @Override
  public void nagUpdate(
      NDList inputs,
      NDList weights,
      float learningRate,
      float weightDecay,
      float rescaleGrad,
      float clipGrad,
      float momentum) {
    DenseArray[] in = arrays(inputs);
    Updates.update(
        new UpdateRule.Nesterov(
            learningRate, momentum, new Preparation(weightDecay, rescaleGrad, clipGrad)),
        in);
  }

  @Override
  public void rmspropUpdate(
      NDList inputs,
      NDList weights,
      float learningRate,
      float weightDecay,
      float rescaleGrad,
      float clipGrad,
      float rho,
      float momentum,
      float epsilon,
      boolean centered) {
    DenseArray[] in = arrays(inputs);
    Preparation preparation = new Preparation(weightDecay, rescaleGrad, clipGrad);
    if (centered) {
      Updates.update(
          new UpdateRule.CenteredRmsProp(learningRate, rho, momentum, epsilon, preparation), in);
    } else {
      Updates.update(new UpdateRule.RmsProp(learningRate, rho, epsilon, preparation), in);
    }
  }

  @Override
  public void sgdUpdate(
      NDList inputs,
      NDList weights,
      float learningRate,
      float weightDecay,
      float rescaleGrad,
      float clipGrad,
      float momentum,
      boolean lazyUpdate) {
    DenseArray[] in = arrays(inputs);
    Preparation preparation = new Preparation(weightDecay, rescaleGrad, clipGrad);
    if (momentum == 0) {
      Updates.update(new UpdateRule.Sgd(learningRate, preparation), in);
    } else {
      Updates.update(new UpdateRule.Momentum(learningRate, momentum, preparation), in);
    }
  }

  private DenseArray[] arrays(NDList list) {
    DenseArray[] arrays = new DenseArray[list.size()];
    for (int i = 0; i < arrays.length; i++) {
      arrays[i] = array.arrayOf(list.get(i));
    }
    return arrays;
  }
}
