package dev.headgrad.tape;

import ai.djl.ndarray.NDList;
import dev.headgrad.tape.core.DenseArray;
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
    Updates.adaDelta(
        in[0],
        in[1],
        in[2],
        in[3],
        rho,
        epsilon,
        new Updates.Preparation(weightDecay, rescaleGrad, clipGrad));
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
    Updates.adaGrad(
        in[0],
        in[1],
        in[2],
        learningRate,
        epsilon,
        new Updates.Preparation(weightDecay, rescaleGrad, clipGrad));
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
    Updates.adam(
        in[0],
        in[1],
        in[2],
        in[3],
        learningRateBiasCorrection,
        adamw ? learningRate * weightDecay : 0,
        beta1,
        beta2,
        epsilon,
        new Updates.Preparation(adamw ? 0 : weightDecay, rescaleGrad, clipGrad));
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
    Updates.nesterov(
        in[0],
        in[1],
        in[2],
        learningRate,
        momentum,
        new Updates.Preparation(weightDecay, rescaleGrad, clipGrad));
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
    Updates.Preparation preparation = new Updates.Preparation(weightDecay, rescaleGrad, clipGrad);
    if (centered) {
      Updates.centeredRmsProp(
          in[0], in[1], in[2], in[3], in[4], learningRate, rho, momentum, epsilon, preparation);
    } else {
      Updates.rmsProp(in[0], in[1], in[2], learningRate, rho, epsilon, preparation);
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
    Updates.Preparation preparation = new Updates.Preparation(weightDecay, rescaleGrad, clipGrad);
    if (momentum == 0) {
      Updates.sgd(in[0], in[1], learningRate, preparation);
    } else {
      Updates.momentum(in[0], in[1], in[2], learningRate, momentum, preparation);
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
