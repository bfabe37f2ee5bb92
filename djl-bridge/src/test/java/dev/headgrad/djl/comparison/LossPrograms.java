package dev.headgrad.djl.comparison;

import static dev.headgrad.djl.comparison.Input.random;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import ai.djl.training.evaluator.Accuracy;
import ai.djl.training.evaluator.BinaryAccuracy;
import ai.djl.training.evaluator.BoundingBoxError;
import ai.djl.training.evaluator.Coverage;
import ai.djl.training.evaluator.Evaluator;
import ai.djl.training.evaluator.SingleShotDetectionAccuracy;
import ai.djl.training.evaluator.TopKAccuracy;
import ai.djl.training.loss.Loss;
import ai.djl.training.loss.MaskedSoftmaxCrossEntropyLoss;
import ai.djl.training.loss.SigmoidBinaryCrossEntropyLoss;
import ai.djl.training.loss.SimpleCompositeLoss;
import ai.djl.training.loss.SingleShotDetectionLoss;
import ai.djl.training.loss.SoftmaxCrossEntropyLoss;
import ai.djl.training.loss.TabNetClassificationLoss;
import ai.djl.training.loss.TabNetRegressionLoss;
import ai.djl.training.loss.YOLOv3Loss;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/** DJL's losses with their gradients, and its evaluators. */
final class LossPrograms {

  private LossPrograms() {}

  static List<Family> families() {
    return List.of(losses(), evaluators());
  }

  /** The loss, and its gradient with respect to every prediction. */
  private static void loss(
      Family family,
      String name,
      Function<NDManager, NDList> labels,
      Function<NDManager, NDList> predictions,
      Function<NDManager, Loss> loss) {
    family.addList(
        name,
        m -> {
          NDList y = labels.apply(m);
          NDList x = predictions.apply(m);
          x.forEach(p -> p.setRequiresGradient(true));
          NDList results = new NDList();
          try (GradientCollector collector = m.getEngine().newGradientCollector()) {
            NDArray value = loss.apply(m).evaluate(y, x);
            collector.backward(value);
            results.add(value);
          }
          x.forEach(p -> results.add(p.getGradient()));
          return results;
        });
  }

  private static NDArray classes(NDManager m) {
    return m.create(new float[] {0, 2, 1, 2});
  }

  private static Family losses() {
    Family family = new Family("losses");
    Input matrix = random("predictions", 1, 4, 3);
    Function<NDManager, NDList> p = m -> new NDList(matrix.on(m));
    Function<NDManager, NDList> reals = m -> new NDList(random("labels", 2, 4, 3).on(m));
    Function<NDManager, NDList> bits =
        m -> new NDList(random("labels", 3, 4, 3).on(m).gt(0).toType(DataType.FLOAT32, false));
    Function<NDManager, NDList> signs = m -> new NDList(random("labels", 4, 4, 3).on(m).sign());
    Function<NDManager, NDList> indices = m -> new NDList(classes(m));
    loss(family, "l1", reals, p, m -> Loss.l1Loss());
    loss(family, "l2", reals, p, m -> Loss.l2Loss());
    loss(family, "quantile", reals, p, m -> Loss.quantileL1Loss(.3f));
    loss(family, "hinge", signs, p, m -> Loss.hingeLoss());
    loss(family, "sigmoid cross entropy", bits, p, m -> Loss.sigmoidBinaryCrossEntropyLoss());
    loss(
        family,
        "sigmoid cross entropy of probabilities",
        bits,
        m -> new NDList(matrix.on(m).abs().mul(.9f).add(.05f)),
        m -> new SigmoidBinaryCrossEntropyLoss("loss", 1, true));
    loss(family, "softmax cross entropy", indices, p, m -> Loss.softmaxCrossEntropyLoss());
    loss(
        family,
        "softmax cross entropy of int64 labels",
        m -> new NDList(classes(m).toType(DataType.INT64, false)),
        p,
        m -> Loss.softmaxCrossEntropyLoss());
    loss(
        family,
        "softmax cross entropy of distributions",
        m -> new NDList(random("labels", 5, 4, 3).on(m).softmax(-1)),
        p,
        m -> new SoftmaxCrossEntropyLoss("loss", 1, -1, false, true));
    loss(
        family,
        "softmax cross entropy of logarithms",
        indices,
        m -> new NDList(matrix.on(m).logSoftmax(-1)),
        m -> new SoftmaxCrossEntropyLoss("loss", 1, -1, true, false));
    loss(
        family,
        "masked softmax cross entropy",
        m ->
            new NDList(
                m.create(new float[] {1, 0, 2, 1, 2, 0}, new Shape(2, 3)),
                m.create(new float[] {2, 3})),
        m -> new NDList(random("predictions", 6, 2, 3, 4).on(m)),
        m -> new MaskedSoftmaxCrossEntropyLoss());
    family.add(
        "l1 weight decay",
        m -> Loss.l1WeightedDecay("decay", .1f, p.apply(m)).evaluate(new NDList(), new NDList()));
    family.add(
        "l2 weight decay",
        m -> Loss.l2WeightedDecay("decay", .1f, p.apply(m)).evaluate(new NDList(), new NDList()));
    family.add(
        "elastic net weight decay",
        m ->
            Loss.elasticNetWeightedDecay("decay", .1f, p.apply(m))
                .evaluate(new NDList(), new NDList()));
    loss(
        family,
        "composite",
        reals,
        p,
        m -> new SimpleCompositeLoss().addLoss(Loss.l1Loss()).addLoss(Loss.l2Loss()));
    loss(
        family,
        "TabNet classification",
        m -> new NDList(classes(m).toType(DataType.INT64, false)),
        m -> new NDList(matrix.on(m), m.create(.3f)),
        m -> new TabNetClassificationLoss());
    loss(
        family,
        "TabNet regression",
        reals,
        m -> new NDList(matrix.on(m), m.create(.3f)),
        m -> new TabNetRegressionLoss());
    family.add(
        "single shot detection",
        m -> new SingleShotDetectionLoss().evaluate(boxes(m), detections(m)));
    loss(
        family,
        "YOLO",
        m ->
            new NDList(
                m.create(
                    new float[] {1, .2f, .3f, .2f, .3f, 0, .6f, .5f, .3f, .2f},
                    new Shape(1, 2, 5))),
        m ->
            new NDList(
                random("map", 8, 1, 21, 2, 2).on(m),
                random("map", 9, 1, 21, 4, 4).on(m),
                random("map", 10, 1, 21, 8, 8).on(m)),
        m ->
            YOLOv3Loss.builder()
                .setName("YOLO")
                .setAnchorsArray(YOLOv3Loss.getPresetAnchors())
                .setNumClasses(2)
                .setInputShape(new Shape(64, 64))
                .build());
    return family;
  }

  private static NDList boxes(NDManager m) {
    return new NDList(m.create(new float[] {0, .1f, .08f, .52f, .92f}, new Shape(1, 1, 5)));
  }

  private static NDList detections(NDManager m) {
    return new NDList(
        VisionPrograms.anchors(m),
        random("scores", 11, 1, 5, 2).on(m),
        random("offsets", 12, 1, 20).on(m));
  }

  private static void evaluator(
      Family family,
      String name,
      Function<NDManager, NDList> labels,
      Function<NDManager, NDList> predictions,
      Supplier<Evaluator> maker) {
    family.add(name, m -> maker.get().evaluate(labels.apply(m), predictions.apply(m)));
    family.add(
        name + ", accumulated",
        m -> {
          Evaluator evaluator = maker.get();
          evaluator.addAccumulator("key");
          evaluator.updateAccumulator("key", labels.apply(m), predictions.apply(m));
          evaluator.updateAccumulator("key", labels.apply(m), predictions.apply(m));
          return m.create(evaluator.getAccumulator("key"));
        });
  }

  private static Family evaluators() {
    Family family = new Family("evaluators");
    Function<NDManager, NDList> p = m -> new NDList(random("predictions", 13, 4, 3).on(m));
    Function<NDManager, NDList> indices = m -> new NDList(classes(m));
    evaluator(family, "accuracy", indices, p, Accuracy::new);
    evaluator(
        family,
        "accuracy of int64 labels",
        m -> new NDList(classes(m).toType(DataType.INT64, false)),
        p,
        Accuracy::new);
    evaluator(
        family,
        "binary accuracy",
        m -> new NDList(m.create(new float[] {1, 0, 1, 0})),
        m -> new NDList(random("predictions", 14, 4).on(m)),
        () -> new BinaryAccuracy("accuracy", 0));
    evaluator(family, "the best two", indices, p, () -> new TopKAccuracy(2));
    evaluator(
        family,
        "the best two, int64",
        m -> new NDList(classes(m).toType(DataType.INT64, false)),
        p,
        () -> new TopKAccuracy(2));
    evaluator(
        family, "coverage", m -> new NDList(random("labels", 15, 4, 3).on(m)), p, Coverage::new);
    evaluator(
        family,
        "box error",
        LossPrograms::boxes,
        LossPrograms::detections,
        () -> new BoundingBoxError("error"));
    evaluator(
        family,
        "detection accuracy",
        LossPrograms::boxes,
        LossPrograms::detections,
        () -> new SingleShotDetectionAccuracy("accuracy"));
    return family;
  }
}
