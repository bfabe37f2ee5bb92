package dev.headgrad;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Functions of {@link Nd} that choose and order elements, in fluent form. */
public sealed interface SelectionMethods permits Tensor {

  /** This array. */
  Tensor self();

  private Nd nd() {
    return self().mx().nd();
  }

  /** The elements from begin to end along the first axes. */
  default Tensor slice(long[] begin, long[] end) {
    return nd().slice(self(), begin, end);
  }

  /** The elements from begin to end along the first axes, {@code step} apart; null is open. */
  default Tensor slice(@Nullable Long[] begin, @Nullable Long[] end, @Nullable Long[] step) {
    return nd().slice(self(), begin, end, step);
  }

  /** {@link Nd#sliceAxis(Tensor, int, int, int)}. */
  default Tensor sliceAxis(int axis, int begin, int end) {
    return nd().sliceAxis(self(), axis, begin, end);
  }

  /** {@link Nd#sliceAxis(Tensor, int, long, Long)}. */
  default Tensor sliceAxis(int axis, long begin, @Nullable Long end) {
    return nd().sliceAxis(self(), axis, begin, end);
  }

  /** {@link Nd#sliceLike}. */
  default Tensor sliceLike(Tensor shapeLike, int... axes) {
    return nd().sliceLike(self(), shapeLike, axes);
  }

  /** {@link Nd#take(Tensor, Tensor)}. */
  default Tensor take(Tensor indices) {
    return nd().take(self(), indices);
  }

  /** {@link Nd#take(Tensor, Tensor, int)}. */
  default Tensor take(Tensor indices, int axis) {
    return nd().take(self(), indices, axis);
  }

  /** {@link Nd#take(Tensor, Tensor, int, String)}. */
  default Tensor take(Tensor indices, int axis, String mode) {
    return nd().take(self(), indices, axis, mode);
  }

  /** {@link Nd#pick(Tensor, Tensor)}. */
  default Tensor pick(Tensor index) {
    return nd().pick(self(), index);
  }

  /** {@link Nd#pick(Tensor, Tensor, int)}. */
  default Tensor pick(Tensor index, int axis) {
    return nd().pick(self(), index, axis);
  }

  /** {@link Nd#pick(Tensor, Tensor, int, boolean)}. */
  default Tensor pick(Tensor index, int axis, boolean keepdims) {
    return nd().pick(self(), index, axis, keepdims);
  }

  /** {@link Nd#pick(Tensor, Tensor, int, boolean, String)}. */
  default Tensor pick(Tensor index, int axis, boolean keepdims, String mode) {
    return nd().pick(self(), index, axis, keepdims, mode);
  }

  /** {@link Nd#oneHot(Tensor, int)}. */
  default Tensor oneHot(int depth) {
    return nd().oneHot(self(), depth);
  }

  /** {@link Nd#oneHot(Tensor, int, double, double)}. */
  default Tensor oneHot(int depth, double onValue, double offValue) {
    return nd().oneHot(self(), depth, onValue, offValue);
  }

  /** {@link Nd#sort(Tensor)}. */
  default Tensor sort() {
    return nd().sort(self());
  }

  /** {@link Nd#sort(Tensor, int, boolean)}. */
  default Tensor sort(int axis, boolean isAscend) {
    return nd().sort(self(), axis, isAscend);
  }

  /** {@link Nd#argsort(Tensor)}. */
  default Tensor argsort() {
    return nd().argsort(self());
  }

  /** {@link Nd#argsort(Tensor, int, boolean)}. */
  default Tensor argsort(int axis, boolean isAscend) {
    return nd().argsort(self(), axis, isAscend);
  }

  /** {@link Nd#topk(Tensor, int)}. */
  default Tensor topk(int k) {
    return nd().topk(self(), k);
  }

  /** {@link Nd#topk(Tensor, int, String)}. */
  default Tensor topk(int k, String retTyp) {
    return nd().topk(self(), k, retTyp);
  }

  /** {@link Nd#topk(Tensor, int, int, String, boolean)}. */
  default Tensor topk(int axis, int k, String retTyp, boolean isAscend) {
    return nd().topk(self(), axis, k, retTyp, isAscend);
  }

  /** {@link Nd#softmax(Tensor)}. */
  default Tensor softmax() {
    return nd().softmax(self());
  }

  /** {@link Nd#softmax(Tensor, int)}. */
  default Tensor softmax(int axis) {
    return nd().softmax(self(), axis);
  }

  /** {@link Nd#logSoftmax(Tensor)}. */
  default Tensor logSoftmax() {
    return nd().logSoftmax(self());
  }

  /** {@link Nd#logSoftmax(Tensor, int)}. */
  default Tensor logSoftmax(int axis) {
    return nd().logSoftmax(self(), axis);
  }

  /** {@link Nd#softmin(Tensor)}. */
  default Tensor softmin() {
    return nd().softmin(self());
  }

  /** {@link Nd#softmin(Tensor, int)}. */
  default Tensor softmin(int axis) {
    return nd().softmin(self(), axis);
  }

  /** {@link Nd#logSigmoid}. */
  default Tensor logSigmoid() {
    return nd().logSigmoid(self());
  }

  /** {@link Nd#mish}. */
  default Tensor mish() {
    return nd().mish(self());
  }

  /** {@link Nd#erf}. */
  default Tensor erf() {
    return nd().erf(self());
  }

  /** {@link Nd#pad(Tensor, String, long[], double)}. */
  default Tensor pad(String mode, long[] padWidth, double constantValue) {
    return nd().pad(self(), mode, padWidth, constantValue);
  }

  /** {@link Nd#pad(Tensor, String, long[])}. */
  default Tensor pad(String mode, long[] padWidth) {
    return nd().pad(self(), mode, padWidth);
  }

  /** {@link Nd#depthToSpace}. */
  default Tensor depthToSpace(int blockSize) {
    return nd().depthToSpace(self(), blockSize);
  }

  /** {@link Nd#spaceToDepth}. */
  default Tensor spaceToDepth(int blockSize) {
    return nd().spaceToDepth(self(), blockSize);
  }

  /** {@link Nd#diag(Tensor)}. */
  default Tensor diag() {
    return nd().diag(self());
  }

  /** {@link Nd#broadcastAxes}. */
  default Tensor broadcastAxes(int[] axis, long[] size) {
    return nd().broadcastAxes(self(), axis, size);
  }

  /** {@link Nd#split(Tensor, int)}. */
  default List<Tensor> split(int numOutputs) {
    return nd().split(self(), numOutputs);
  }

  /** {@link Nd#split(Tensor, int, int)}. */
  default List<Tensor> split(int numOutputs, int axis) {
    return nd().split(self(), numOutputs, axis);
  }

  /** {@link Nd#splitV2(Tensor, long[], int, boolean)}. */
  default List<Tensor> splitV2(long[] indices, int axis, boolean squeezeAxis) {
    return nd().splitV2(self(), indices, axis, squeezeAxis);
  }

  /** {@link Nd#splitV2(Tensor, int, int, boolean)}. */
  default List<Tensor> splitV2(int sections, int axis, boolean squeezeAxis) {
    return nd().splitV2(self(), sections, axis, squeezeAxis);
  }

  /** {@link Nd#topkBoth}. */
  default List<Tensor> topkBoth(int axis, int k, boolean isAscend) {
    return nd().topkBoth(self(), axis, k, isAscend);
  }
}
