package dev.headgrad;

/** Reductions of {@link Nd} in fluent form: {@code x.sum(1)} is {@code nd.sum(x, 1)}. */
public sealed interface ReductionMethods permits Tensor {

  /** This array. */
  Tensor self();

  private Nd nd() {
    return self().mx().nd();
  }

  /** {@link Nd#sum(Tensor, int...)}; of all elements if no axis is given. */
  default Tensor sum(int... axis) {
    return nd().sum(self(), axis);
  }

  /** {@link Nd#sum(Tensor, int[], boolean)} of one axis. */
  default Tensor sum(int axis, boolean keepdims) {
    return nd().sum(self(), new int[] {axis}, keepdims);
  }

  /** {@link Nd#sum(Tensor, int[], boolean)}. */
  default Tensor sum(int[] axis, boolean keepdims) {
    return nd().sum(self(), axis, keepdims);
  }

  /** {@link Nd#mean(Tensor, int...)}; of all elements if no axis is given. */
  default Tensor mean(int... axis) {
    return nd().mean(self(), axis);
  }

  /** {@link Nd#mean(Tensor, int[], boolean)} of one axis. */
  default Tensor mean(int axis, boolean keepdims) {
    return nd().mean(self(), new int[] {axis}, keepdims);
  }

  /** {@link Nd#mean(Tensor, int[], boolean)}. */
  default Tensor mean(int[] axis, boolean keepdims) {
    return nd().mean(self(), axis, keepdims);
  }

  /** {@link Nd#prod(Tensor, int...)}; of all elements if no axis is given. */
  default Tensor prod(int... axis) {
    return nd().prod(self(), axis);
  }

  /** {@link Nd#prod(Tensor, int[], boolean)} of one axis. */
  default Tensor prod(int axis, boolean keepdims) {
    return nd().prod(self(), new int[] {axis}, keepdims);
  }

  /** {@link Nd#prod(Tensor, int[], boolean)}. */
  default Tensor prod(int[] axis, boolean keepdims) {
    return nd().prod(self(), axis, keepdims);
  }

  /** {@link Nd#nansum(Tensor, int...)}; of all elements if no axis is given. */
  default Tensor nansum(int... axis) {
    return nd().nansum(self(), axis);
  }

  /** {@link Nd#nansum(Tensor, int[], boolean)} of one axis. */
  default Tensor nansum(int axis, boolean keepdims) {
    return nd().nansum(self(), new int[] {axis}, keepdims);
  }

  /** {@link Nd#nansum(Tensor, int[], boolean)}. */
  default Tensor nansum(int[] axis, boolean keepdims) {
    return nd().nansum(self(), axis, keepdims);
  }

  /** {@link Nd#nanprod(Tensor, int...)}; of all elements if no axis is given. */
  default Tensor nanprod(int... axis) {
    return nd().nanprod(self(), axis);
  }

  /** {@link Nd#nanprod(Tensor, int[], boolean)} of one axis. */
  default Tensor nanprod(int axis, boolean keepdims) {
    return nd().nanprod(self(), new int[] {axis}, keepdims);
  }

  /** {@link Nd#nanprod(Tensor, int[], boolean)}. */
  default Tensor nanprod(int[] axis, boolean keepdims) {
    return nd().nanprod(self(), axis, keepdims);
  }

  /** {@link Nd#max(Tensor, int...)}; of all elements if no axis is given. */
  default Tensor max(int... axis) {
    return nd().max(self(), axis);
  }

  /** {@link Nd#max(Tensor, int[], boolean)} of one axis. */
  default Tensor max(int axis, boolean keepdims) {
    return nd().max(self(), new int[] {axis}, keepdims);
  }

  /** {@link Nd#max(Tensor, int[], boolean)}. */
  default Tensor max(int[] axis, boolean keepdims) {
    return nd().max(self(), axis, keepdims);
  }

  /** {@link Nd#min(Tensor, int...)}; of all elements if no axis is given. */
  default Tensor min(int... axis) {
    return nd().min(self(), axis);
  }

  /** {@link Nd#min(Tensor, int[], boolean)} of one axis. */
  default Tensor min(int axis, boolean keepdims) {
    return nd().min(self(), new int[] {axis}, keepdims);
  }

  /** {@link Nd#min(Tensor, int[], boolean)}. */
  default Tensor min(int[] axis, boolean keepdims) {
    return nd().min(self(), axis, keepdims);
  }

  /** {@link Nd#norm(Tensor)}. */
  default Tensor norm() {
    return nd().norm(self());
  }

  /** {@link Nd#norm(Tensor, int, int[], boolean)}. */
  default Tensor norm(int ord, int[] axis, boolean keepdims) {
    return nd().norm(self(), ord, axis, keepdims);
  }

  /** {@link Nd#argmax(Tensor)}. */
  default Tensor argmax() {
    return nd().argmax(self());
  }

  /** {@link Nd#argmax(Tensor, int)}. */
  default Tensor argmax(int axis) {
    return nd().argmax(self(), axis);
  }

  /** {@link Nd#argmin(Tensor)}. */
  default Tensor argmin() {
    return nd().argmin(self());
  }

  /** {@link Nd#argmin(Tensor, int)}. */
  default Tensor argmin(int axis) {
    return nd().argmin(self(), axis);
  }

  /** {@link Nd#sum(Tensor, int[], boolean, boolean)}. */
  default Tensor sum(int[] axis, boolean keepdims, boolean exclude) {
    return nd().sum(self(), axis, keepdims, exclude);
  }

  /** {@link Nd#mean(Tensor, int[], boolean, boolean)}. */
  default Tensor mean(int[] axis, boolean keepdims, boolean exclude) {
    return nd().mean(self(), axis, keepdims, exclude);
  }

  /** {@link Nd#prod(Tensor, int[], boolean, boolean)}. */
  default Tensor prod(int[] axis, boolean keepdims, boolean exclude) {
    return nd().prod(self(), axis, keepdims, exclude);
  }

  /** {@link Nd#nansum(Tensor, int[], boolean, boolean)}. */
  default Tensor nansum(int[] axis, boolean keepdims, boolean exclude) {
    return nd().nansum(self(), axis, keepdims, exclude);
  }

  /** {@link Nd#nanprod(Tensor, int[], boolean, boolean)}. */
  default Tensor nanprod(int[] axis, boolean keepdims, boolean exclude) {
    return nd().nanprod(self(), axis, keepdims, exclude);
  }

  /** {@link Nd#max(Tensor, int[], boolean, boolean)}. */
  default Tensor max(int[] axis, boolean keepdims, boolean exclude) {
    return nd().max(self(), axis, keepdims, exclude);
  }

  /** {@link Nd#min(Tensor, int[], boolean, boolean)}. */
  default Tensor min(int[] axis, boolean keepdims, boolean exclude) {
    return nd().min(self(), axis, keepdims, exclude);
  }

  /** {@link Nd#argmaxChannel}. */
  default Tensor argmaxChannel() {
    return nd().argmaxChannel(self());
  }

  /** {@link Nd#argmax(Tensor, int, boolean)}. */
  default Tensor argmax(int axis, boolean keepdims) {
    return nd().argmax(self(), axis, keepdims);
  }

  /** {@link Nd#argmin(Tensor, int, boolean)}. */
  default Tensor argmin(int axis, boolean keepdims) {
    return nd().argmin(self(), axis, keepdims);
  }

  /** {@link Nd#cumsum(Tensor, int)}. */
  default Tensor cumsum(int axis) {
    return nd().cumsum(self(), axis);
  }

  /** {@link Nd#norm(Tensor, int, int...)}. */
  default Tensor norm(int ord, int... axis) {
    return nd().norm(self(), ord, axis);
  }

  /** {@link Nd#norm(Tensor, int[], boolean)}. */
  default Tensor norm(int[] axis, boolean keepdims) {
    return nd().norm(self(), axis, keepdims);
  }
}
