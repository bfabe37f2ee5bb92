package dev.headgrad.djl.comparison;

import static dev.headgrad.djl.comparison.Input.random;

import ai.djl.modality.cv.util.NDImageUtils;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.internal.NDArrayEx;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/** Images, boxes, and the steps of optimizers. */
final class VisionPrograms {

  private VisionPrograms() {}

  static List<Family> families() {
    return List.of(images(), boxes(), updates());
  }

  private static Family images() {
    Input picture = new Input("image", m -> random("image", 81, 6, 8, 3).on(m).add(1).mul(127));
    Input pictures =
        new Input("images", m -> random("images", 82, 2, 6, 8, 3).on(m).add(1).mul(127));
    Input bytes = new Input("bytes", m -> picture.on(m).toType(DataType.UINT8, false));
    Family family =
        new Family("images")
            .unary("toTensor", x -> x.getNDArrayInternal().toTensor(), picture, pictures, bytes)
            .unary(
                "normalize",
                x ->
                    NDImageUtils.normalize(
                        x.transpose(2, 0, 1),
                        new float[] {.4f, .5f, .6f},
                        new float[] {.2f, .3f, .4f}),
                picture)
            .unary("crop", x -> NDImageUtils.crop(x, 1, 2, 4, 3), picture, pictures, bytes)
            .unary("centerCrop", x -> NDImageUtils.centerCrop(x, 4, 4), picture)
            .unary("rotate90", x -> NDImageUtils.rotate90(x, 1), picture);
    for (int mode : new int[] {0, 1}) {
      String label = mode == 0 ? " nearest" : " bilinear";
      family
          .unary(
              "resize to twice the size" + label,
              x -> x.getNDArrayInternal().resize(16, 12, mode),
              picture,
              pictures)
          .unary(
              "resize to half the size" + label,
              x -> x.getNDArrayInternal().resize(4, 3, mode),
              picture)
          .unary(
              "resize to odd sizes" + label,
              x -> x.getNDArrayInternal().resize(5, 7, mode),
              picture)
          .unary(
              "resize to its size" + label,
              x -> x.getNDArrayInternal().resize(8, 6, mode),
              picture);
    }
    Input map = random("map", 83, 2, 3, 4, 5);
    return family
        .unary(
            "interpolation nearest",
            x -> x.getNDArrayInternal().interpolation(new long[] {8, 10}, 0, false),
            map)
        .unary(
            "interpolation bilinear",
            x -> x.getNDArrayInternal().interpolation(new long[] {7, 9}, 2, false),
            map)
        .unary(
            "interpolation bilinear with corners",
            x -> x.getNDArrayInternal().interpolation(new long[] {7, 9}, 2, true),
            map)
        .unary(
            "interpolation bicubic",
            x -> x.getNDArrayInternal().interpolation(new long[] {7, 9}, 3, false),
            map)
        .unary(
            "randomFlipLeftRight has its shape",
            x -> x.getNDArrayInternal().randomFlipLeftRight().mul(0),
            picture)
        .unary(
            "randomFlipTopBottom has its shape",
            x -> x.getNDArrayInternal().randomFlipTopBottom().mul(0),
            picture)
        .unary(
            "randomBrightness of nothing", x -> x.getNDArrayInternal().randomBrightness(0), picture)
        .unary("randomHue of nothing", x -> x.getNDArrayInternal().randomHue(0), picture)
        .unary(
            "randomColorJitter of nothing",
            x -> x.getNDArrayInternal().randomColorJitter(0, 0, 0, 0),
            picture);
  }

  private static List<Float> floats(float... values) {
    List<Float> list = new ArrayList<>();
    for (float v : values) {
      list.add(v);
    }
    return list;
  }

  private static NDArrayEx ex(NDManager m) {
    return m.create(0f).getNDArrayInternal();
  }

  static NDArray anchors(NDManager m) {
    return m.create(
        new float[] {
          .1f, .08f, .52f, .92f, .08f, .2f, .56f, .95f, .15f, .3f, .62f, .91f, .55f, .2f, .9f, .88f,
          .7f, .7f, .8f, .8f
        },
        new Shape(1, 5, 4));
  }

  private static Family boxes() {
    Input map = random("map", 91, 1, 3, 2, 3);
    Input squareMap = random("map", 92, 1, 3, 3, 3);
    return new Family("boxes")
        .addList(
            "multiBoxPrior",
            m ->
                squareMap
                    .on(m)
                    .getNDArrayInternal()
                    .multiBoxPrior(
                        floats(.5f, .25f),
                        floats(1, 2, .5f),
                        floats(-1, -1),
                        floats(.5f, .5f),
                        false))
        .addList(
            "multiBoxPrior clipped",
            m ->
                map.on(m)
                    .getNDArrayInternal()
                    .multiBoxPrior(
                        floats(.9f), floats(1, 4), floats(-1, -1), floats(.5f, .5f), true))
        .addList(
            "multiBoxPrior with steps",
            m ->
                map.on(m)
                    .getNDArrayInternal()
                    .multiBoxPrior(
                        floats(.2f, .4f), floats(1), floats(.4f, .3f), floats(.5f, .25f), false))
        .addList(
            "multiBoxTarget",
            m ->
                ex(m)
                    .multiBoxTarget(
                        new NDList(
                            anchors(m),
                            m.create(
                                new float[] {
                                  0, .1f, .08f, .52f, .92f, 1, .55f, .2f, .9f, .88f, -1, -1, -1, -1,
                                  -1
                                },
                                new Shape(1, 3, 5)),
                            random("scores", 93, 1, 3, 5).on(m)),
                        .5f,
                        -1,
                        3,
                        .5f,
                        0))
        .addList(
            "multiBoxDetection",
            m ->
                ex(m)
                    .multiBoxDetection(
                        new NDList(
                            random("scores", 94, 1, 3, 5).on(m).softmax(1),
                            random("offsets", 95, 1, 20).on(m).mul(.1f),
                            anchors(m)),
                        true,
                        .01f,
                        0,
                        .5f,
                        false,
                        -1))
        .addList(
            "multiBoxDetection of everything",
            m ->
                ex(m)
                    .multiBoxDetection(
                        new NDList(
                            random("scores", 94, 1, 3, 5).on(m).softmax(1),
                            random("offsets", 95, 1, 20).on(m).mul(.1f),
                            anchors(m)),
                        false,
                        .3f,
                        0,
                        .2f,
                        true,
                        3));
  }

  /** A step with n states beside weight and gradient: gives the weight and the states. */
  private static void step(
      Family family, String name, int states, BiConsumer<NDList, NDList> update) {
    family.addList(
        name,
        m -> {
          NDArray weight = random("weight", 101, 2, 3).on(m);
          weight.setRequiresGradient(true);
          NDList inputs = new NDList(weight, random("gradient", 102, 2, 3).on(m));
          for (int i = 0; i < states; i++) {
            inputs.add(random("state", 103 + i, 2, 3).on(m).abs());
          }
          update.accept(inputs, new NDList(weight));
          update.accept(inputs, new NDList(weight));
          NDList results = new NDList(weight);
          results.addAll(inputs.subNDList(2).subList(0, states));
          return results;
        });
  }

  private static Family updates() {
    Family family = new Family("optimizer updates");
    for (float clip : new float[] {-1, .4f}) {
      String label = clip > 0 ? ", clipped" : "";
      step(
          family,
          "sgd" + label,
          0,
          (in, w) ->
              in.head().getNDArrayInternal().sgdUpdate(in, w, .1f, .01f, .5f, clip, 0, false));
      step(
          family,
          "sgd with momentum" + label,
          1,
          (in, w) ->
              in.head().getNDArrayInternal().sgdUpdate(in, w, .1f, .01f, .5f, clip, .9f, false));
      step(
          family,
          "nag" + label,
          1,
          (in, w) -> in.head().getNDArrayInternal().nagUpdate(in, w, .1f, .01f, .5f, clip, .9f));
      step(
          family,
          "adam" + label,
          2,
          (in, w) ->
              in.head()
                  .getNDArrayInternal()
                  .adamUpdate(in, w, .1f, .12f, .01f, .5f, clip, .9f, .99f, 1e-6f, false, false));
      step(
          family,
          "adamw" + label,
          2,
          (in, w) ->
              in.head()
                  .getNDArrayInternal()
                  .adamUpdate(in, w, .1f, .12f, .01f, .5f, clip, .9f, .99f, 1e-6f, false, true));
      step(
          family,
          "rmsprop" + label,
          1,
          (in, w) ->
              in.head()
                  .getNDArrayInternal()
                  .rmspropUpdate(in, w, .1f, .01f, .5f, clip, .9f, .8f, 1e-6f, false));
      step(
          family,
          "rmsprop centered" + label,
          3,
          (in, w) ->
              in.head()
                  .getNDArrayInternal()
                  .rmspropUpdate(in, w, .1f, .01f, .5f, clip, .9f, .8f, 1e-6f, true));
      step(
          family,
          "adagrad" + label,
          1,
          (in, w) ->
              in.head().getNDArrayInternal().adagradUpdate(in, w, .1f, .01f, .5f, clip, 1e-6f));
      step(
          family,
          "adadelta" + label,
          2,
          (in, w) ->
              in.head().getNDArrayInternal().adadeltaUpdate(in, w, .01f, .5f, clip, .9f, 1e-5f));
    }
    return family;
  }
}
