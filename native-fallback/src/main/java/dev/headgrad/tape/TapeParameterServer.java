package dev.headgrad.tape;

import ai.djl.ndarray.NDArray;
import ai.djl.training.LocalParameterServer;
import ai.djl.training.optimizer.Optimizer;

/**
 * Updates parameters in place. With one device there is nothing to collect: the optimizer reads the
 * gradients themselves, where DJL's own server copies them.
 */
final class TapeParameterServer extends LocalParameterServer {

  private final Optimizer optimizer;

  TapeParameterServer(Optimizer optimizer) {
    super(optimizer);
    this.optimizer = optimizer;
  }

  @Override
  public void update(String parameterId, NDArray[] grads, NDArray[] params) {
    if (params.length == 1) {
      optimizer.update(parameterId, params[0], grads[0]);
    } else {
      super.update(parameterId, grads, params);
    }
  }
}
