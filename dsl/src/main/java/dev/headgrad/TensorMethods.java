package dev.headgrad;

import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.List;

/** Functions of {@link Nd} in fluent form: {@code x.exp()} is {@code nd.exp(x)}. */
public sealed interface TensorMethods permits Tensor {

  /** This array. */
  Tensor self();

  private Nd nd() {
    return self().mx().nd();
  }

  /** The elements in another dtype; gradients come back in this one. */
  default Tensor astype(DataType dtype) {
    return nd().cast(self(), dtype);
  }

  /** A copy with memory of its own; gradients pass. */
  default Tensor copy() {
    return nd().identity(self());
  }

  /** The axes in reverse order: Python's {@code x.T}. */
  default Tensor T() {
    return nd().transpose(self());
  }

  /** {@link Nd#dot(Tensor, Tensor)}. */
  default Tensor dot(Tensor other) {
    return nd().dot(self(), other);
  }

  /** {@link Nd#dot(Tensor, Tensor, boolean, boolean)}. */
  default Tensor dot(Tensor other, boolean transposeA, boolean transposeB) {
    return nd().dot(self(), other, transposeA, transposeB);
  }

  /** {@link Nd#reshape(Tensor, long[], boolean)}. */
  default Tensor reshape(long[] shape, boolean reverse) {
    return nd().reshape(self(), shape, reverse);
  }

  /** {@link Nd#reshape(Tensor, long...)}, with MXNet's codes 0, -1, -2, -3, -4. */
  default Tensor reshape(long... shape) {
    return nd().reshape(self(), shape);
  }

  /** {@link Nd#reshape(Tensor, long...)}. */
  default Tensor reshape(Shape shape) {
    return nd().reshape(self(), shape.getShape());
  }

  /** {@link Nd#clip}. */
  default Tensor clip(Number aMin, Number aMax) {
    return nd().clip(self(), aMin, aMax);
  }

  /** {@link Nd#abs}. */
  default Tensor abs() {
    return nd().abs(self());
  }

  /** {@link Nd#square}. */
  default Tensor square() {
    return nd().square(self());
  }

  /** {@link Nd#sqrt}. */
  default Tensor sqrt() {
    return nd().sqrt(self());
  }

  /** {@link Nd#rsqrt}. */
  default Tensor rsqrt() {
    return nd().rsqrt(self());
  }

  /** {@link Nd#cbrt}. */
  default Tensor cbrt() {
    return nd().cbrt(self());
  }

  /** {@link Nd#rcbrt}. */
  default Tensor rcbrt() {
    return nd().rcbrt(self());
  }

  /** {@link Nd#reciprocal}. */
  default Tensor reciprocal() {
    return nd().reciprocal(self());
  }

  /** {@link Nd#exp}. */
  default Tensor exp() {
    return nd().exp(self());
  }

  /** {@link Nd#expm1}. */
  default Tensor expm1() {
    return nd().expm1(self());
  }

  /** {@link Nd#log}. */
  default Tensor log() {
    return nd().log(self());
  }

  /** {@link Nd#log2}. */
  default Tensor log2() {
    return nd().log2(self());
  }

  /** {@link Nd#log10}. */
  default Tensor log10() {
    return nd().log10(self());
  }

  /** {@link Nd#log1p}. */
  default Tensor log1p() {
    return nd().log1p(self());
  }

  /** {@link Nd#sin}. */
  default Tensor sin() {
    return nd().sin(self());
  }

  /** {@link Nd#cos}. */
  default Tensor cos() {
    return nd().cos(self());
  }

  /** {@link Nd#tan}. */
  default Tensor tan() {
    return nd().tan(self());
  }

  /** {@link Nd#arcsin}. */
  default Tensor arcsin() {
    return nd().arcsin(self());
  }

  /** {@link Nd#arccos}. */
  default Tensor arccos() {
    return nd().arccos(self());
  }

  /** {@link Nd#arctan}. */
  default Tensor arctan() {
    return nd().arctan(self());
  }

  /** {@link Nd#sinh}. */
  default Tensor sinh() {
    return nd().sinh(self());
  }

  /** {@link Nd#cosh}. */
  default Tensor cosh() {
    return nd().cosh(self());
  }

  /** {@link Nd#tanh}. */
  default Tensor tanh() {
    return nd().tanh(self());
  }

  /** {@link Nd#arcsinh}. */
  default Tensor arcsinh() {
    return nd().arcsinh(self());
  }

  /** {@link Nd#arccosh}. */
  default Tensor arccosh() {
    return nd().arccosh(self());
  }

  /** {@link Nd#arctanh}. */
  default Tensor arctanh() {
    return nd().arctanh(self());
  }

  /** {@link Nd#degrees}. */
  default Tensor degrees() {
    return nd().degrees(self());
  }

  /** {@link Nd#radians}. */
  default Tensor radians() {
    return nd().radians(self());
  }

  /** {@link Nd#sigmoid}. */
  default Tensor sigmoid() {
    return nd().sigmoid(self());
  }

  /** {@link Nd#relu}. */
  default Tensor relu() {
    return nd().relu(self());
  }

  /** {@link Nd#softsign}. */
  default Tensor softsign() {
    return nd().softsign(self());
  }

  /** {@link Nd#sign}. */
  default Tensor sign() {
    return nd().sign(self());
  }

  /** {@link Nd#round}. */
  default Tensor round() {
    return nd().round(self());
  }

  /** {@link Nd#rint}. */
  default Tensor rint() {
    return nd().rint(self());
  }

  /** {@link Nd#ceil}. */
  default Tensor ceil() {
    return nd().ceil(self());
  }

  /** {@link Nd#floor}. */
  default Tensor floor() {
    return nd().floor(self());
  }

  /** {@link Nd#trunc}. */
  default Tensor trunc() {
    return nd().trunc(self());
  }

  /** {@link Nd#fix}. */
  default Tensor fix() {
    return nd().fix(self());
  }

  /** {@link Nd#zerosLike}. */
  default Tensor zerosLike() {
    return nd().zerosLike(self());
  }

  /** {@link Nd#onesLike}. */
  default Tensor onesLike() {
    return nd().onesLike(self());
  }

  /** {@link Nd#flatten}. */
  default Tensor flatten() {
    return nd().flatten(self());
  }

  /** {@link Nd#shapeArray}. */
  default Tensor shapeArray() {
    return nd().shapeArray(self());
  }

  /** {@link Nd#sizeArray}. */
  default Tensor sizeArray() {
    return nd().sizeArray(self());
  }

  /** {@link Nd#transpose}. */
  default Tensor transpose(int... axes) {
    return nd().transpose(self(), axes);
  }

  /** {@link Nd#swapaxes}. */
  default Tensor swapaxes(int dim1, int dim2) {
    return nd().swapaxes(self(), dim1, dim2);
  }

  /** {@link Nd#expandDims}. */
  default Tensor expandDims(int axis) {
    return nd().expandDims(self(), axis);
  }

  /** {@link Nd#squeeze}. */
  default Tensor squeeze(int... axis) {
    return nd().squeeze(self(), axis);
  }

  /** {@link Nd#flip}. */
  default Tensor flip(int... axis) {
    return nd().flip(self(), axis);
  }

  /** {@link Nd#tile}. */
  default Tensor tile(long... reps) {
    return nd().tile(self(), reps);
  }

  /** {@link Nd#repeat(Tensor, long, int)}. */
  default Tensor repeat(long repeats, int axis) {
    return nd().repeat(self(), repeats, axis);
  }

  /** {@link Nd#repeat(Tensor, long)}. */
  default Tensor repeat(long repeats) {
    return nd().repeat(self(), repeats);
  }

  /** {@link Nd#diag(Tensor, int)}. */
  default Tensor diag(int k) {
    return nd().diag(self(), k);
  }

  /** {@link Nd#broadcastTo}. */
  default Tensor broadcastTo(long... shape) {
    return nd().broadcastTo(self(), shape);
  }

  /** {@link Nd#broadcastLike(Tensor, Tensor)}. */
  default Tensor broadcastLike(Tensor other) {
    return nd().broadcastLike(self(), other);
  }

  /** {@link Nd#reshapeLike}. */
  default Tensor reshapeLike(Tensor other) {
    return nd().reshapeLike(self(), other);
  }

  /** {@link Nd#split(Tensor, int, int, boolean)}. */
  default List<Tensor> split(int numOutputs, int axis, boolean squeezeAxis) {
    return nd().split(self(), numOutputs, axis, squeezeAxis);
  }
}
