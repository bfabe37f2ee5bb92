package dev.headgrad.tape;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.internal.NDArrayEx;
import ai.djl.ndarray.types.Shape;
import ai.djl.ndarray.types.SparseFormat;
import ai.djl.nn.recurrent.RNN;
import java.util.List;

/** Calls of the layers and image operations of {@link NDArrayEx}. */
final class LayerCalls {

  private static final Shape ONES = new Shape(1, 1);
  private static final Shape TWOS = new Shape(2, 2);
  private static final Shape ZEROS = new Shape(0, 0);

  private final WrittenCalls calls;

  private LayerCalls(WrittenCalls calls) {
    this.calls = calls;
  }

  static void addTo(WrittenCalls calls) {
    LayerCalls layers = new LayerCalls(calls);
    layers.addLayers();
    layers.addImages();
  }

  private void add(String signature, WrittenCalls.Call call) {
    calls.add("NDArrayEx." + signature, call);
  }

  private void update(String signature, WrittenCalls.Action action) {
    calls.perform("NDArrayEx." + signature, action);
  }

  private NDArray array(long... dims) {
    return calls.array(dims);
  }

  private NDArray matrix() {
    return calls.matrix();
  }

  private static NDArrayEx ex(NDArray array) {
    return array.getNDArrayInternal();
  }

  private void addLayers() {
    String updates = "NDList, NDList, float, float, float, float, float";
    update(
        "sgdUpdate(" + updates + ", boolean)",
        () -> ex(matrix()).sgdUpdate(state(1), new NDList(), .1f, 0, 1, -1, .9f, true));
    update(
        "nagUpdate(" + updates + ")",
        () -> ex(matrix()).nagUpdate(state(1), new NDList(), .1f, 0, 1, -1, .9f));
    update(
        "adagradUpdate(" + updates + ")",
        () -> ex(matrix()).adagradUpdate(state(1), new NDList(), .1f, 0, 1, -1, 1e-7f));
    update(
        "adadeltaUpdate(" + updates + ")",
        () -> ex(matrix()).adadeltaUpdate(state(2), new NDList(), 0, 1, -1, .9f, 1e-7f));
    update(
        "rmspropUpdate(" + updates + ", float, float, boolean)",
        () ->
            ex(matrix())
                .rmspropUpdate(state(3), new NDList(), .1f, 0, 1, -1, .9f, .9f, 1e-7f, true));
    update(
        "adamUpdate(" + updates + ", float, float, float, boolean, boolean)",
        () ->
            ex(matrix())
                .adamUpdate(
                    state(2), new NDList(), .1f, .1f, 0, 1, -1, .9f, .99f, 1e-7f, true, false));
    add(
        "batchNorm(NDArray, NDArray, NDArray, NDArray, NDArray, int, float, float," + " boolean)",
        () ->
            ex(matrix())
                .batchNorm(matrix(), array(3), array(3), array(3), array(3), 1, .9f, 1e-5f, true));
    add(
        "layerNorm(NDArray, Shape, NDArray, NDArray, float)",
        () -> ex(matrix()).layerNorm(matrix(), new Shape(3), array(3), array(3), 1e-5f));
    add(
        "embedding(NDArray, NDArray, SparseFormat)",
        () -> ex(matrix()).embedding(calls.index(2), array(3, 4), SparseFormat.DENSE));
    add(
        "linear(NDArray, NDArray, NDArray)",
        () -> ex(matrix()).linear(matrix(), array(2, 3), array(2)));
    add("prelu(NDArray, NDArray)", () -> ex(matrix()).prelu(matrix(), array(1)));
    add("where(NDArray, NDArray)", () -> ex(matrix().gt(.5)).where(matrix(), matrix()));
    add(
        "rnn(NDArray, NDArray, NDList, boolean, int, Activation, double, boolean,"
            + " boolean, boolean)",
        () ->
            ex(matrix())
                .rnn(
                    array(2, 3, 4),
                    array(1, 2, 5),
                    gates(1),
                    true,
                    1,
                    RNN.Activation.TANH,
                    0,
                    true,
                    false,
                    true));
    add(
        "gru(NDArray, NDArray, NDList, boolean, int, double, boolean, boolean, boolean)",
        () ->
            ex(matrix())
                .gru(array(2, 3, 4), array(1, 2, 5), gates(3), true, 1, 0, true, false, true));
    add(
        "lstm(NDArray, NDList, NDList, boolean, int, double, boolean, boolean, boolean)",
        () ->
            ex(matrix())
                .lstm(
                    array(2, 3, 4),
                    new NDList(array(1, 2, 5), array(1, 2, 5)),
                    gates(4),
                    true,
                    1,
                    0,
                    true,
                    false,
                    true));
    String window = "Shape, Shape, Shape, boolean";
    add("maxPool(" + window + ")", () -> ex(image()).maxPool(TWOS, ONES, ZEROS, true));
    add(
        "avgPool(" + window + ", boolean)",
        () -> ex(image()).avgPool(TWOS, ONES, ZEROS, true, true));
    add("lpPool(float, " + window + ")", () -> ex(image()).lpPool(2, TWOS, ONES, ZEROS, true));
    add("globalMaxPool()", () -> ex(image()).globalMaxPool());
    add("globalAvgPool()", () -> ex(image()).globalAvgPool());
    add("globalLpPool(float)", () -> ex(image()).globalLpPool(2));
    String filters = "NDArray, NDArray, NDArray, Shape, Shape, Shape, ";
    add(
        "convolution(" + filters + "int)",
        () -> ex(matrix()).convolution(image(), array(2, 3, 2, 2), array(2), ONES, ZEROS, ONES, 1));
    add(
        "deconvolution(" + filters + "Shape, int)",
        () ->
            ex(matrix())
                .deconvolution(image(), array(3, 2, 2, 2), array(2), ONES, ZEROS, ZEROS, ONES, 1));
  }

  /** A weight, its gradient, and some state of the same shape. */
  private NDList state(int count) {
    NDList list = new NDList(matrix(), matrix());
    for (int i = 0; i < count; i++) {
      list.add(calls.manager.zeros(new Shape(3, 3)));
    }
    return list;
  }

  /** The parameters of a layer with 4 inputs and 5 states. */
  private NDList gates(int count) {
    return new NDList(array(5 * count, 4), array(5 * count, 5), array(5 * count), array(5 * count));
  }

  private NDArray image() {
    return array(1, 3, 4, 4);
  }

  private void addImages() {
    add("toTensor()", () -> ex(array(4, 5, 3)).toTensor());
    add("crop(int, int, int, int)", () -> ex(array(4, 5, 3)).crop(1, 1, 2, 2));
    add("resize(int, int, int)", () -> ex(array(4, 5, 3)).resize(3, 2, 1));
    add(
        "normalize(float[], float[])",
        () -> ex(image()).normalize(new float[] {0, 0, 0}, new float[] {1, 1, 1}));
    add(
        "interpolation(long[], int, boolean)",
        () -> ex(image()).interpolation(new long[] {2, 3}, 1, true));
    add("randomFlipLeftRight()", () -> ex(array(4, 5, 3)).randomFlipLeftRight());
    add("randomFlipTopBottom()", () -> ex(array(4, 5, 3)).randomFlipTopBottom());
    add("randomBrightness(float)", () -> ex(array(4, 5, 3)).randomBrightness(.1f));
    add("randomHue(float)", () -> ex(array(4, 5, 3)).randomHue(.1f));
    add(
        "randomColorJitter(float, float, float, float)",
        () -> ex(array(4, 5, 3)).randomColorJitter(.1f, .1f, .1f, .1f));
    add(
        "multiBoxPrior(List, List, List, List, boolean)",
        () ->
            ex(image())
                .multiBoxPrior(
                    List.of(.5f), List.of(1f), List.of(.1f, .1f), List.of(.5f, .5f), false));
    add(
        "multiBoxTarget(NDList, float, float, float, float, int)",
        () ->
            ex(matrix())
                .multiBoxTarget(
                    new NDList(array(1, 2, 4), array(1, 1, 5), array(1, 2, 2)),
                    .5f,
                    -1,
                    -1,
                    .5f,
                    0));
    add(
        "multiBoxDetection(NDList, boolean, float, int, float, boolean, int)",
        () ->
            ex(matrix())
                .multiBoxDetection(
                    new NDList(array(1, 2, 2), array(1, 8), array(1, 2, 4)),
                    true,
                    .01f,
                    0,
                    .5f,
                    false,
                    -1));
  }
}
